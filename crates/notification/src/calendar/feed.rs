//! What stands in a feed: engagements and due work as entries of a calendar.

use chrono::{DateTime, TimeDelta, Utc};
use sister_cities_domain::due::DueItem;
use sister_cities_domain::engagement::{Engagement, EngagementSummary, Focus, Happening};
use sister_cities_domain::id::EngagementId;

use super::entry::{Alarm, CalendarEntry, DaySpan, EntrySpan, EntryStatus, Transparency};

/// How long before the day on which something is due a calendar rings: at 9:00 of the day before.
const BEFORE_DUE: TimeDelta = TimeDelta::hours(15);

/// An engagement as an entry of whole days: the title, the partnership it belongs to as people call it, and what it was about. What was called
/// off stays as cancelled; what was only announced is tentative. People, costs, notes and care are not for a link that can be passed on.
///
/// `revision` is that of the record, 1 when it was created, and `changed` when that revision was written. `None` where the first day is not
/// known, or lies in no year that calendars have: a month or a year would lie over everything else of that time. Where only the last day is
/// not known, it stands on its first.
#[must_use]
pub fn entry_of_engagement(
    engagement: &Engagement,
    partnership: Option<&str>,
    revision: u32,
    changed: DateTime<Utc>,
) -> Option<CalendarEntry> {
    let first = engagement.dates.start()?.day()?;
    let last = engagement.dates.end().and_then(|end| end.day()).unwrap_or(first);
    Some(CalendarEntry {
        uid: engagement.id.to_string(),
        sequence: revision.saturating_sub(1),
        stamp: changed,
        span: EntrySpan::Days(DaySpan::new(first, last).ok()?),
        summary: engagement.title.to_string(),
        description: partnership.map(ToOwned::to_owned),
        location: None,
        status: status(engagement.happening),
        transparency: Transparency::Free,
        categories: engagement.foci.iter().map(Focus::to_string).collect(),
        alarms: Vec::new(),
    })
}

/// What an engagement was before somebody was taken off it, as the entry that goes from their calendar, with its days. `None` as for
/// [`entry_of_engagement`].
#[must_use]
pub fn entry_of_what_was(
    engagement: EngagementId,
    was: &EngagementSummary,
    partnership: Option<&str>,
    sequence: u32,
    changed: DateTime<Utc>,
) -> Option<(CalendarEntry, DaySpan)> {
    let first = was.dates.start()?.day()?;
    let last = was.dates.end().and_then(|end| end.day()).unwrap_or(first);
    let days = DaySpan::new(first, last).ok()?;
    let entry = CalendarEntry {
        uid: engagement.to_string(),
        sequence,
        stamp: changed,
        span: EntrySpan::Days(days),
        summary: was.title.to_string(),
        description: partnership.map(ToOwned::to_owned),
        location: None,
        status: EntryStatus::Cancelled,
        transparency: Transparency::Free,
        categories: Vec::new(),
        alarms: Vec::new(),
    };
    Some((entry, days))
}

/// A due item as an entry of the day by which it is to be done, with an alarm at 9:00 of the day before.
///
/// Its UID follows from the rule, the record and the day, as the item's id does: what is due on another day is another entry, and the old one
/// is gone from the feed. `changed` is when the item was last reckoned otherwise. `None` if the day lies in no year that calendars have.
#[must_use]
pub fn entry_of_due_item(item: &DueItem, changed: DateTime<Utc>) -> Option<CalendarEntry> {
    Some(CalendarEntry {
        uid: item.id.to_string(),
        sequence: 0,
        stamp: changed,
        span: EntrySpan::Days(DaySpan::new(item.due_on, item.due_on).ok()?),
        summary: item.what_to_do.clone(),
        description: Some(item.reason.clone()),
        location: None,
        status: EntryStatus::Confirmed,
        transparency: Transparency::Free,
        categories: vec![item.kind.to_string()],
        alarms: vec![Alarm { before: BEFORE_DUE, text: item.what_to_do.clone() }],
    })
}

/// Whether an engagement stands, as calendars say it. What is neither called off nor only announced stands until somebody says otherwise.
fn status(happening: Happening) -> EntryStatus {
    if happening == Happening::CalledOff {
        EntryStatus::Cancelled
    } else if happening == Happening::AnnouncedOnly {
        EntryStatus::Tentative
    } else {
        EntryStatus::Confirmed
    }
}
