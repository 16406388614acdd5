//! Invitations: one entry on its way to the people of a meeting (RFC 5546, iTIP), as the part of a mail that calendars understand (RFC 6047).

use super::entry::{Attendee, CalendarEntry, CalendarUser, EntryStatus};
use super::write::write_message;

/// What a message asks of those who get it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "what an organizer sends: RFC 5546, 3.2")]
pub enum InvitationMethod {
    /// Come, or: it has changed.
    Request,
    /// It is off.
    Cancel,
}

impl InvitationMethod {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// Nobody is asked to come, so there is nobody to send an invitation to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an invitation needs at least one person who is asked to come")]
pub struct NoAttendees;

/// A message about one entry to the people of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    method: InvitationMethod,
    entry: CalendarEntry,
    organizer: CalendarUser,
    attendees: Vec<Attendee>,
}

impl Invitation {
    /// Asks people to come, or tells them that something has changed: then with a higher sequence than before.
    ///
    /// # Errors
    ///
    /// [`NoAttendees`] without anybody.
    pub fn request(
        entry: CalendarEntry,
        organizer: CalendarUser,
        attendees: Vec<Attendee>,
    ) -> Result<Self, NoAttendees> {
        Self::new(InvitationMethod::Request, entry, organizer, attendees)
    }

    /// Tells people that it is off, with a higher sequence than before.
    ///
    /// # Errors
    ///
    /// [`NoAttendees`] without anybody.
    pub fn cancel(
        mut entry: CalendarEntry,
        organizer: CalendarUser,
        attendees: Vec<Attendee>,
    ) -> Result<Self, NoAttendees> {
        entry.status = EntryStatus::Cancelled;
        entry.alarms.clear();
        Self::new(InvitationMethod::Cancel, entry, organizer, attendees)
    }

    fn new(
        method: InvitationMethod,
        entry: CalendarEntry,
        organizer: CalendarUser,
        attendees: Vec<Attendee>,
    ) -> Result<Self, NoAttendees> {
        if attendees.is_empty() {
            return Err(NoAttendees);
        }
        Ok(Self { method, entry, organizer, attendees })
    }

    /// The media type of the part of the mail, which names the method as RFC 6047, 2.4 wants it.
    #[must_use]
    pub fn media_type(&self) -> String {
        format!("text/calendar; charset=utf-8; method={}", self.method.as_str())
    }

    /// The text of that part.
    #[must_use]
    pub fn text(&self) -> String {
        write_message(self.method.as_str(), &self.entry, &self.organizer, &self.attendees)
    }
}
