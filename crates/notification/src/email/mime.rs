//! The bytes of a mail: headers, and one part for each way to read it.

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::address::AddressError;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox as Header, Message, MultiPart, SinglePart};
use sister_cities_domain::id::DeliveryId;
use sister_cities_domain::value::EmailAddress;
use url::Host;

use super::{CalendarPart, Mail, Mailbox};

/// Why a mail cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidMail {
    /// An address that our type takes and the mail library does not.
    #[error("the address is none that mail knows")]
    Address(#[from] AddressError),
    /// The parts do not make a mail.
    #[error("the mail cannot be put together")]
    Mail(#[from] lettre::error::Error),
    /// A header or content type does not take its value.
    #[error("the mail cannot be put together: {0}")]
    Header(
        /// Which.
        &'static str,
    ),
}

/// The mail with its headers. The same delivery makes the same bytes, but for the date of the attempt.
pub(super) fn message(
    mail: &Mail,
    delivery: DeliveryId,
    at: DateTime<Utc>,
    from: &Mailbox,
) -> Result<Message, InvalidMail> {
    let host = ascii_domain(&from.address).1;
    let mut builder = Message::builder()
        .message_id(Some(format!("<{delivery}@{host}>")))
        .date(at.into())
        .from(header(from)?)
        .to(header(&mail.to)?)
        .subject(mail.subject.as_str())
        .raw_header(raw("Auto-Submitted", "auto-generated")?)
        .raw_header(raw("Content-Language", &mail.language.to_string())?);
    if let Some(record) = mail.thread {
        // Nobody was sent the mail of this id; programs put together what refers to the same one.
        let thread = format!("<{record}@{host}>");
        builder = builder.in_reply_to(thread.clone()).references(thread);
    }
    if let Some(link) = mail.unsubscribe.as_ref().filter(|link| link.is_encrypted()) {
        builder = builder
            .raw_header(raw("List-Unsubscribe", &format!("<{link}>"))?)
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    let parts = MultiPart::alternative()
        .boundary(format!("part_of_{delivery}"))
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    let Some(calendar) = &mail.calendar else { return Ok(builder.multipart(parts)?) };
    // Programs that know invitations read the part (RFC 6047, 2.4); the others offer the file.
    let whole = MultiPart::mixed()
        .boundary(format!("all_of_{delivery}"))
        .multipart(parts.singlepart(invitation(calendar)?))
        .singlepart(file(calendar)?);
    Ok(builder.multipart(whole)?)
}

/// What somebody can open who has a calendar that the mail program does not know of.
fn file(calendar: &CalendarPart) -> Result<SinglePart, InvalidMail> {
    let of = ContentType::parse("application/ics").map_err(|_| InvalidMail::Header("Content-Type"))?;
    Ok(Attachment::new("invite.ics".to_owned()).body(calendar.text.clone(), of))
}

fn invitation(calendar: &CalendarPart) -> Result<SinglePart, InvalidMail> {
    let CalendarPart { method, text } = calendar;
    let of = format!("text/calendar; method={}; charset=utf-8", method.as_str());
    let of = ContentType::parse(&of).map_err(|_| InvalidMail::Header("Content-Type"))?;
    Ok(SinglePart::builder().header(of).body(text.clone()))
}

fn raw(name: &'static str, value: &str) -> Result<HeaderValue, InvalidMail> {
    let header = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| InvalidMail::Header(name))?;
    Ok(HeaderValue::new(header, value.to_owned()))
}

fn header(mailbox: &Mailbox) -> Result<Header, AddressError> {
    let name = mailbox.name.as_ref().map(|name| name.as_str().to_owned());
    Ok(Header::new(name, address(&mailbox.address)?))
}

/// An address as servers know it: the domain in ASCII, so that a server need know of other scripts only for what is before the `@`.
fn address(address: &EmailAddress) -> Result<Address, AddressError> {
    let (local, domain) = ascii_domain(address);
    Address::new(local, domain)
}

fn ascii_domain(address: &EmailAddress) -> (&str, String) {
    let (local, domain) = address.as_str().rsplit_once('@').unwrap_or((address.as_str(), ""));
    let ascii = Host::parse(domain).map_or_else(|_| domain.to_owned(), |host| host.to_string());
    (local, ascii)
}
