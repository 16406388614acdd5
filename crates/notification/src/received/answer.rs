//! An answer to an invitation: the calendar part of a mail, and from whom the mail is.

use chrono_tz::Tz;
use mail_parser::Message;
use sister_cities_domain::value::EmailAddress;

use super::{MailedAnswer, NotUnderstood, is_of, parts};
use crate::calendar::{ReadSettings, read_calendar};

/// What the mail answers; `None` if there is no calendar in it.
pub(super) fn answer(mail: &Message<'_>) -> Option<Result<MailedAnswer, NotUnderstood>> {
    let is_calendar = |part: &&mail_parser::MessagePart<'_>| {
        is_of(part, "text", &["calendar"]) || is_of(part, "application", &["ics"])
    };
    let mut calendars = parts(mail).filter(is_calendar).peekable();
    calendars.peek()?;
    // An answer says when the event is in words of its own at most, so the zone does not matter.
    let settings = ReadSettings::new(Tz::UTC);
    let replies = calendars.find_map(|part| {
        let calendar = read_calendar(part.contents(), &settings).ok()?;
        calendar.replies.into_iter().next()
    });
    let Some(reply) = replies else { return Some(Err(NotUnderstood::NoAnswer)) };
    Some(sender(mail).map(|from| MailedAnswer { from, reply }).ok_or(NotUnderstood::NoSender))
}

/// The one address from which the mail says it is.
fn sender(mail: &Message<'_>) -> Option<EmailAddress> {
    let mut from = mail.from()?.iter().filter_map(|one| one.address.as_deref());
    let address = from.next()?.parse().ok()?;
    from.next().is_none().then_some(address)
}
