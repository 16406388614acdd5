//! Handover: what whoever takes over has to know, of a partnership or of a role: what is promised and open, whom to write to, what
//! happened in the last twelve months, why this city at all, what comes next, and what the file does not say.
//!
//! One pure function, [`handover`], over what was read for it ([`HandoverFile`]). It orders and judges; it reads nothing. Whoever reads
//! sees to it that no list is longer than a document bears ([`MOST_OF_A_KIND`]).

mod contact;
mod reason;
mod unsaid;

use chrono::{Months, NaiveDate};

pub use contact::{Contact, ContactReason};
pub use reason::{Reason, ReasonKind};
pub use unsaid::{Unsaid, UnsaidKind};

use crate::agreement::Agreement;
use crate::committee::Committee;
use crate::due::NextTouch;
use crate::engagement::{Engagement, Happening};
use crate::id::{PlaceId, RoleId};
use crate::partnership::Partnership;
use crate::promise::ActionPoint;
use crate::role::Role;

/// So many records of each kind stand in a document at most; of more it is said how many there are. Source: design, two printed pages.
pub const MOST_OF_A_KIND: u32 = 40;

/// How far back the log is told, in months.
pub const MONTHS_TOLD: u32 = 12;

/// What was read for a handover.
#[derive(Clone, Copy, Debug)]
pub struct HandoverFile<'a> {
    /// The city whose programme it is.
    pub host: PlaceId,
    /// The partnership that is handed over; none for a role that belongs to no single one.
    pub partnership: Option<&'a Partnership>,
    /// The role that is handed over; none if the partnership as such is.
    pub role: Option<&'a Role>,
    /// Its agreements.
    pub agreements: &'a [Agreement],
    /// The committees that see to it, or in which the role is held.
    pub committees: &'a [Committee],
    /// The roles that are held in those committees and in the administrations of the cities.
    pub roles: &'a [Role],
    /// The promises of the partnership, or of whoever holds the role.
    pub promises: &'a [ActionPoint],
    /// What was logged in the last twelve months.
    pub engagements: &'a [Engagement],
    /// What comes next, as it was reckoned.
    pub next_touch: Option<&'a NextTouch>,
}

/// What whoever takes over has to know, on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Handover<'a> {
    /// The day.
    pub as_of: NaiveDate,
    /// The promises that are open, the one that is due first before the others; those without a day last.
    pub promises: Vec<&'a ActionPoint>,
    /// To whom to write, those of the other side first.
    pub contacts: Vec<Contact>,
    /// What took place in the last twelve months, the latest first.
    pub engagements: Vec<&'a Engagement>,
    /// Why this city at all, in the order of time; what has no date last.
    pub reasons: Vec<Reason<'a>>,
    /// What comes next; none for a role that belongs to no single partnership, or one that is over.
    pub next_touch: Option<&'a NextTouch>,
    /// What the file does not say, and somebody may still know.
    pub unsaid: Vec<Unsaid>,
    /// How many more there are to write to.
    pub contacts_left_out: usize,
    /// How much more the file does not say.
    pub unsaid_left_out: usize,
}

/// The first day of the twelve months that are told.
#[must_use]
pub fn told_from(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(MONTHS_TOLD)).unwrap_or(NaiveDate::MIN)
}

/// What whoever takes over has to know on that day, by what was read. What surely lies outside the twelve months, is over or was called
/// off, is left out.
#[must_use]
pub fn handover<'a>(file: &HandoverFile<'a>, day: NaiveDate) -> Handover<'a> {
    let of_role = |point: &&ActionPoint| {
        file.role.is_none_or(|role| point.owners().any(|owner| role.answers_for(&owner.responsible)))
    };
    let open = file.promises.iter().filter(|point| !point.state().is_over());
    let mut promises: Vec<_> = open.filter(of_role).collect();
    promises.sort_by_key(|point| (point.last_day().is_none(), point.last_day(), point.plan, point.number));
    let mut engagements: Vec<_> = file.engagements.iter().filter(|one| is_told(one, day)).collect();
    engagements
        .sort_by_key(|one| std::cmp::Reverse((one.dates.start().map(|start| start.sort_key()), one.id)));
    let (contacts, contacts_left_out) = cut(contact::contacts(file, &promises, day));
    let (unsaid, unsaid_left_out) = cut(unsaid::unsaid(file, &promises, &engagements, day));
    Handover {
        as_of: day,
        promises,
        contacts,
        engagements,
        reasons: reason::reasons(file),
        next_touch: file.next_touch,
        unsaid,
        contacts_left_out,
        unsaid_left_out,
    }
}

/// As much as a document bears, and how many are left out.
fn cut<T>(mut all: Vec<T>) -> (Vec<T>, usize) {
    let most = MOST_OF_A_KIND as usize;
    let left_out = all.len().saturating_sub(most);
    all.truncate(most);
    (all, left_out)
}

fn is_told(engagement: &Engagement, day: NaiveDate) -> bool {
    let took_place = match engagement.happening {
        Happening::Held | Happening::AnnouncedOnly => true,
        Happening::CalledOff => false,
    };
    let within = engagement.dates.span().is_some_and(|(first, last)| first <= day && last >= told_from(day));
    took_place && within
}

impl HandoverFile<'_> {
    /// The role that is handed over, by its id.
    fn of_role(&self) -> Option<RoleId> {
        self.role.map(|role| role.id)
    }
}

#[cfg(test)]
mod tests;
