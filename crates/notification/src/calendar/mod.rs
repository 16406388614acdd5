//! Calendars: iCalendar texts (RFC 5545) that are written as files, feeds and invitations, and read as events and answers.
//!
//! Writing and reading are pure. The lines are folded and escaped, time zones described, files parsed and rules of recurrence expanded by
//! `calcard`; what it leaves to its caller is done here:
//!
//! - A local time that comes twice is the first of the two (RFC 5545, 3.3.5). One that is meant as the second is written in UTC.
//! - Of a text from outside, rules are looked at before they are expanded: see [`ReadLimits`].
//! - Texts hold no character that steers how a line is shown, whoever wrote them.

mod entry;
mod feed;
mod invitation;
pub mod read;
mod text;
mod write;

pub use entry::{
    Alarm, Attendance, Attendee, CalendarEntry, CalendarUser, DaySpan, EntrySpan, EntryStatus, SpanError,
    TimeSpan, Transparency,
};
pub use feed::{entry_of_due_item, entry_of_engagement, entry_of_what_was};
pub use invitation::{Invitation, InvitationMethod, NoAttendees};
pub use read::{
    ReadCalendar, ReadError, ReadEvent, ReadLimits, ReadNote, ReadSettings, Reply, read_calendar,
};
pub use write::{CalendarHead, write_calendar};

#[cfg(test)]
mod tests;
