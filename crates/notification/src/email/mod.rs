//! Mail over SMTP: what a mail is, and the channel that gives it to a mail server.
//!
//! A mail of one delivery has the same `Message-ID` at each attempt, so that a second arrival can be told from a second mail. Mails about
//! one record refer to the same thread. Nothing that is stored can become a header: each value that goes into one has a type that
//! holds no line break.

mod answer;
mod channel;
mod config;
mod mime;
mod stream;

use chrono::{DateTime, Utc};
use sister_cities_domain::id::{DeliveryId, RecordRef};
use sister_cities_domain::named_enum;
use sister_cities_domain::value::{EmailAddress, LanguageTag, Name, Title};

use crate::message::ProductLink;
use crate::words::Composed;

#[cfg(feature = "received-mail")]
#[cfg(feature = "received-mail")]
pub(crate) use answer::says_gone;
pub use channel::SmtpChannel;
pub use config::{InvalidSmtpConfig, Login, SmtpConfig, SmtpSecurity, SmtpServer};
pub use mime::InvalidMail;

/// Somebody who sends or gets mail.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "an address and a name are all there is to it")]
pub struct Mailbox {
    /// Their address.
    pub address: EmailAddress,
    /// What they are called.
    pub name: Option<Name>,
}

named_enum! {
    /// What a calendar in a mail asks for (iTIP, RFC 5546).
    #[non_exhaustive]
    pub enum CalendarMethod ("a method of iTIP") {
        /// Come, or note that something changed.
        Request = "REQUEST",
        /// It does not take place.
        Cancel = "CANCEL",
        /// Whether somebody comes.
        Reply = "REPLY",
    }
}

/// The part of a mail that a calendar program reads.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a method and a text are all there is to it")]
pub struct CalendarPart {
    /// What it asks for; the text says the same.
    pub method: CalendarMethod,
    /// An iCalendar object (RFC 5545).
    pub text: String,
}

/// A mail to one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "embedders send mails of their own")]
pub struct Mail {
    /// Who gets it.
    pub to: Mailbox,
    /// In which language it is.
    pub language: LanguageTag,
    /// The subject line.
    pub subject: Title,
    /// For programs that show no HTML, and for people who want none.
    pub text: String,
    /// A page that loads nothing from elsewhere.
    pub html: String,
    /// The record that it is about: mails about one record stand together in a mailbox.
    pub thread: Option<RecordRef>,
    /// Where the recipient refuses such mails with one click: a `POST` to it is enough (RFC 8058). It must be `https`.
    pub unsubscribe: Option<ProductLink>,
    /// An invitation.
    pub calendar: Option<CalendarPart>,
}

impl Mail {
    /// A mail of what was put into words.
    #[must_use]
    pub fn new(to: Mailbox, composed: Composed) -> Self {
        let Composed { language, subject, text, html, unsubscribe } = composed;
        Self { to, language, subject, text, html, thread: None, unsubscribe, calendar: None }
    }

    /// The bytes of the mail (RFC 5322), as they are given to a server.
    ///
    /// # Errors
    ///
    /// [`InvalidMail`] if it cannot be put together.
    pub fn to_bytes(
        &self,
        delivery: DeliveryId,
        at: DateTime<Utc>,
        from: &Mailbox,
    ) -> Result<Vec<u8>, InvalidMail> {
        Ok(mime::message(self, delivery, at, from)?.formatted())
    }

    /// The mail, in the thread of a record.
    #[must_use]
    pub fn about(self, record: impl Into<RecordRef>) -> Self {
        Self { thread: Some(record.into()), ..self }
    }

    /// The mail, with an invitation.
    #[must_use]
    pub fn with_calendar(self, calendar: CalendarPart) -> Self {
        Self { calendar: Some(calendar), ..self }
    }
}

#[cfg(test)]
mod tests;
