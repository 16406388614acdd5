//! Mails that come to the address from which people are told: reports of mails that came back (RFC 3464), and answers to invitations (RFC 6047).
//!
//! Reading is pure: what a mail says, and nothing of whether it is true. Whoever takes it looks whether the delivery was ever sent, and whether who
//! answers is who was invited. MIME is read by `mail-parser`, the calendar by [`read_calendar`](crate::calendar::read_calendar); what stands in words alone
//! is not understood, as it is another in each program and each language.

mod answer;
mod report;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _};
use sister_cities_domain::value::EmailAddress;

pub use report::{NoStatus, ReportedAction, ReportedStatus, ReturnedMail};

use crate::calendar::Reply;

/// The most parts of a mail that are looked at.
const PARTS: usize = 100;

/// What a mail that came is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "whoever takes mails says what becomes of each")]
pub enum ReceivedMail {
    /// A report of what became of a mail.
    Returned(ReturnedMail),
    /// An answer to an invitation.
    Answer(MailedAnswer),
    /// Nothing that is understood.
    Other(NotUnderstood),
}

/// An answer to an invitation, and from whom the mail is that brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the sender and the answer are all there is to it")]
pub struct MailedAnswer {
    /// The address in `From`: that of whoever answers, or the answer is none.
    pub from: EmailAddress,
    /// What it says.
    pub reply: Reply,
}

/// Why nothing is done with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotUnderstood {
    /// It is no mail.
    #[error("it is no mail: a mail begins with its headers (RFC 5322)")]
    NoMail,
    /// It is of no kind that is understood.
    #[error(
        "it is neither a report of a mail that came back (RFC 3464) nor an answer to an invitation (RFC 6047)"
    )]
    Neither,
    /// A report that names no mail of ours.
    #[error("it is a report of a mail, and does not say of which: no Message-ID of ours stands in it")]
    OfUnknownMail,
    /// A report that says nothing of what became of the mail.
    #[error("it is a report of a mail, and does not say that it failed or waits")]
    NoFailure,
    /// A calendar that is no answer: an invitation, a counter-proposal.
    #[error("it holds a calendar, and that is no answer to an invitation")]
    NoAnswer,
    /// An answer without a sender, or with several.
    #[error("it holds an answer to an invitation, and does not say from whom the mail is")]
    NoSender,
}

/// Reads a mail (RFC 5322). Bytes that are none are [`ReceivedMail::Other`], whatever they are.
#[must_use]
pub fn read_mail(bytes: &[u8]) -> ReceivedMail {
    let Some(mail) = MessageParser::default().parse(bytes) else {
        return ReceivedMail::Other(NotUnderstood::NoMail);
    };
    if mail.headers().is_empty() {
        return ReceivedMail::Other(NotUnderstood::NoMail);
    }
    if let Some(report) = report::report(&mail) {
        return report.map_or_else(ReceivedMail::Other, ReceivedMail::Returned);
    }
    match answer::answer(&mail) {
        Some(answer) => answer.map_or_else(ReceivedMail::Other, ReceivedMail::Answer),
        None => ReceivedMail::Other(NotUnderstood::Neither),
    }
}

/// The parts of a mail, those of the mails in it left out.
fn parts<'a, 'x>(mail: &'a Message<'x>) -> impl Iterator<Item = &'a MessagePart<'x>> {
    mail.parts.iter().take(PARTS)
}

/// Whether a part is of this media type, whatever its parameters.
fn is_of(part: &MessagePart<'_>, of: &str, subtypes: &[&str]) -> bool {
    part.content_type().is_some_and(|found| {
        let subtype = found.subtype().unwrap_or_default();
        found.ctype().eq_ignore_ascii_case(of) && subtypes.iter().any(|one| one.eq_ignore_ascii_case(subtype))
    })
}

#[cfg(test)]
mod tests;
