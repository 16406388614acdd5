//! A report of what became of a mail: its status, and which mail it is about.

use std::fmt;
use std::str::FromStr;

use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};
use sister_cities_domain::id::DeliveryId;
use sister_cities_domain::value::EmailAddress;

use super::{NotUnderstood, is_of, parts};
use crate::email::says_gone;

/// What became of a mail (RFC 3464, 2.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the two that say that a mail has not arrived")]
pub enum ReportedAction {
    /// It did not arrive, and nobody tries any more.
    Failed,
    /// It has not arrived yet, and is still tried.
    Delayed,
}

/// A status of mail, such as `5.1.1` (RFC 3463).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportedStatus {
    class: u8,
    subject: u16,
    detail: u16,
}

impl ReportedStatus {
    /// Whether it will never arrive, whoever tries.
    #[must_use]
    pub const fn is_permanent(self) -> bool {
        self.class == 5
    }
}

impl fmt::Display for ReportedStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// The text is no status of mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a status of mail has the form of 5.1.1")]
pub struct NoStatus;

impl FromStr for ReportedStatus {
    type Err = NoStatus;

    fn from_str(text: &str) -> Result<Self, NoStatus> {
        // Some programs add words in brackets.
        let text = text.split_whitespace().next().ok_or(NoStatus)?;
        let mut numbers = text.splitn(3, '.');
        let mut next = || numbers.next().filter(|one| one.len() <= 3)?.parse::<u16>().ok();
        let (Some(class @ (2 | 4 | 5)), Some(subject), Some(detail)) = (next(), next(), next()) else {
            return Err(NoStatus);
        };
        Ok(Self { class: u8::try_from(class).map_err(|_| NoStatus)?, subject, detail })
    }
}

/// A mail of ours that has not arrived, as somebody reports.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReturnedMail {
    /// Which: the id in its `Message-ID`.
    pub delivery: DeliveryId,
    /// What became of it.
    pub action: ReportedAction,
    /// Why.
    pub status: ReportedStatus,
    /// Whether nobody will ever get mail at the address.
    pub is_gone: bool,
    /// To which addresses it was, as the report and the headers that it returns say.
    pub addresses: Vec<EmailAddress>,
}

impl ReturnedMail {
    /// What is kept of it: nothing personal.
    #[must_use]
    pub fn detail(&self) -> String {
        let status = self.status;
        match self.action {
            ReportedAction::Failed => format!("the mail came back: {status}"),
            ReportedAction::Delayed => format!("the mail is still on its way: {status}"),
        }
    }
}

/// What the report says; `None` if the mail is no report.
pub(super) fn report(mail: &Message<'_>) -> Option<Result<ReturnedMail, NotUnderstood>> {
    let statuses =
        parts(mail).find(|part| is_of(part, "message", &["delivery-status", "global-delivery-status"]));
    let Some(statuses) = statuses else {
        let is_report = mail.content_type().is_some_and(|of| {
            of.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
                && of.attribute("report-type").is_some_and(|of| of.eq_ignore_ascii_case("delivery-status"))
        });
        return is_report.then_some(Err(NotUnderstood::NoFailure));
    };
    let text = String::from_utf8_lossy(statuses.contents()).replace("\r\n", "\n");
    let recipients: Vec<Recipient> = text.split("\n\n").filter_map(Recipient::read).collect();
    let failed = recipients.iter().find(|one| one.action == ReportedAction::Failed);
    let Some(about) = failed.or_else(|| recipients.first()) else {
        return Some(Err(NotUnderstood::NoFailure));
    };
    let original = original(mail);
    let Some(delivery) = original.as_ref().and_then(|original| original.delivery).or_else(|| referred(mail))
    else {
        return Some(Err(NotUnderstood::OfUnknownMail));
    };
    let written_to = original.map(|original| original.to).unwrap_or_default();
    let addresses = about.addresses.iter().cloned().chain(written_to).collect();
    Some(Ok(ReturnedMail {
        delivery,
        action: about.action,
        status: about.status,
        is_gone: about.action == ReportedAction::Failed && about.is_gone,
        addresses,
    }))
}

/// What the report says of one recipient.
struct Recipient {
    action: ReportedAction,
    status: ReportedStatus,
    is_gone: bool,
    addresses: Vec<EmailAddress>,
}

impl Recipient {
    /// Reads one group of fields; `None` if it is about no recipient, or says that the mail arrived.
    fn read(fields: &str) -> Option<Self> {
        let fields = format!("{}\n\n", fields.trim_start_matches('\n'));
        let read = MessageParser::default().parse_headers(fields.as_bytes())?;
        let field = |name: &str| {
            let found = read.headers().iter().find(|header| header.name().eq_ignore_ascii_case(name))?;
            let (start, end) = (found.offset_start() as usize, found.offset_end() as usize);
            fields.get(start..end).map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let action = match field("Action")?.to_ascii_lowercase().as_str() {
            "failed" => ReportedAction::Failed,
            "delayed" => ReportedAction::Delayed,
            _ => return None,
        };
        let status: ReportedStatus = field("Status")?.parse().ok()?;
        let diagnostic = field("Diagnostic-Code").unwrap_or_default();
        let named = ["Original-Recipient", "Final-Recipient"].into_iter().filter_map(field);
        let addresses = named.filter_map(|value| address(&value)).collect();
        let is_gone = status.is_permanent() && says_gone(&status.to_string(), &diagnostic);
        Some(Self { action, status, is_gone, addresses })
    }
}

/// The address in `rfc822; nowak@example.org`.
fn address(value: &str) -> Option<EmailAddress> {
    let text = value.split_once(';').map_or(value, |(_, address)| address).trim();
    text.trim_matches(['<', '>']).parse().ok()
}

/// The mail that the report is about, as far as it is returned.
struct Original {
    delivery: Option<DeliveryId>,
    to: Vec<EmailAddress>,
}

impl Original {
    fn of(mail: &Message<'_>) -> Self {
        let to = mail.to().into_iter().flat_map(|to| to.iter().filter_map(|one| one.address.as_deref()));
        let to = to.filter_map(|address| address.parse().ok()).collect();
        Self { delivery: mail.message_id().and_then(delivery), to }
    }
}

/// The mail that is returned, whole or its headers alone.
fn original(mail: &Message<'_>) -> Option<Original> {
    parts(mail).skip(1).find_map(|part| {
        if let PartType::Message(returned) = &part.body {
            return Some(Original::of(returned));
        }
        if !(is_of(part, "text", &["rfc822-headers"])
            || is_of(part, "message", &["rfc822-headers", "global-headers"]))
        {
            return None;
        }
        let headers = [part.contents(), b"\r\n\r\n"].concat();
        MessageParser::default().parse_headers(&headers).map(|returned| Original::of(&returned))
    })
}

/// Which mail of ours the report is an answer to: some return nothing of the mail itself.
fn referred(mail: &Message<'_>) -> Option<DeliveryId> {
    let all = [mail.in_reply_to(), mail.references()];
    let ids = all.into_iter().flat_map(|value| {
        let listed = value.as_text_list().unwrap_or_default().iter().map(AsRef::as_ref);
        listed.chain(value.as_text()).collect::<Vec<&str>>()
    });
    ids.into_iter().find_map(delivery)
}

/// The delivery that a `Message-ID` of ours names.
fn delivery(message_id: &str) -> Option<DeliveryId> {
    let id = message_id.trim().trim_start_matches('<');
    id.split_once('@').map_or(id, |(local, _)| local).parse().ok()
}
