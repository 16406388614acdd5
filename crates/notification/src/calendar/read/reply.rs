//! What people answer to an invitation (RFC 5546, 3.2.3).

use calcard::icalendar::{ICalendarComponent, ICalendarProperty};
use chrono::NaiveDateTime;

use super::clock::Clocks;
use super::component::{When, attendees};
use crate::calendar::entry::{Attendance, CalendarUser};

/// The answer of one person to one invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The UID of the entry that they were invited to.
    pub uid: String,
    /// Which event of a series, by when the series has it; `None` if the whole of it is meant.
    pub occurrence: Option<NaiveDateTime>,
    /// To which state of the invitation they answered: an older answer to an older state is none to the present one.
    pub sequence: u32,
    /// Who. Whether the mail came from them is for who takes the mail to say.
    pub who: CalendarUser,
    /// What they said.
    pub said: Attendance,
    /// What they added.
    pub comment: Option<String>,
}

/// The answers that an event of a reply holds: one, by RFC 5546; some programs put everybody there, and those who said nothing are no answer.
pub(super) fn replies(component: &ICalendarComponent, clocks: &mut Clocks<'_>) -> Vec<Reply> {
    let Some(uid) = super::first_text(component, &ICalendarProperty::Uid) else { return Vec::new() };
    let occurrence = component
        .property(&ICalendarProperty::RecurrenceId)
        .and_then(|entry| When::of(entry, entry.values.first()?.as_partial_date_time()?, clocks));
    let sequence = super::component::number(component, &ICalendarProperty::Sequence);
    let comment = super::first_text(component, &ICalendarProperty::Comment);
    let said =
        attendees(component).into_iter().filter(|attendee| attendee.attendance != Attendance::NeedsAction);
    said.map(|attendee| Reply {
        uid: uid.clone(),
        occurrence: occurrence.as_ref().map(|when| when.local),
        sequence,
        who: attendee.user,
        said: attendee.attendance,
        comment: comment.clone(),
    })
    .collect()
}
