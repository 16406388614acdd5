//! Reckoning one unit of due work on a day: what the rules propose, what was answered, and how long the answer holds.

use chrono::{DateTime, NaiveDate, Utc};

use super::item::{DueItem, DueKind};
use super::policy::DuePolicy;
use super::rules;
use super::state::{BondFile, DueState};
use super::touch::{NextTouch, Touches};
use crate::id::{DueId, PartnershipId, RecordKind, RecordRef};
use crate::partnership::Partnership;
use crate::responsible::Responsible;

/// What is due of one unit on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reckoning {
    /// The items, in their order.
    pub items: Vec<DueItem>,
    /// The next touch of the partnership, if the unit is one that is not over.
    pub touch: Option<NextTouch>,
    /// The first day on which the same records may lead to another answer; `None` if none will.
    pub holds_until: Option<NaiveDate>,
}

/// All that is due in a programme at an instant, in order: by day, then by rule, then by id.
///
/// The same records give the same list, in whatever order they were put into the state.
#[must_use]
pub fn due(state: &DueState, now: DateTime<Utc>) -> Vec<DueItem> {
    let today = state.today(now);
    let mut items: Vec<DueItem> = state.units().flat_map(|unit| reckon(state, unit, today).items).collect();
    items.sort_by_key(DueItem::sort_key);
    items
}

/// What is due of one unit on a day of the host's calendar. Nothing of a unit that the state does not know.
///
/// On every day before [`Reckoning::holds_until`] the answer is the same.
#[must_use]
pub fn reckon(state: &DueState, unit: RecordRef, day: NaiveDate) -> Reckoning {
    if unit.kind != RecordKind::Partnership {
        return Reckoning::default();
    }
    let id = PartnershipId::from_uuid(unit.id);
    let Some((file, partnership)) =
        state.bonds.get(&id).and_then(|file| Some((file, file.partnership.as_ref()?)))
    else {
        return Reckoning::default();
    };
    let mut proposals = Proposals::of(state, file, partnership, day);
    rules::propose(&mut proposals);
    proposals.reckoning()
}

/// What a rule proposes.
pub(super) struct Proposal {
    pub(super) kind: DueKind,
    pub(super) subject: RecordRef,
    /// The day by which it is to be done.
    pub(super) due_on: NaiveDate,
    /// The last day on which it makes sense; until the cause is gone if `None`.
    pub(super) until: Option<NaiveDate>,
    pub(super) owner: Option<Responsible>,
    pub(super) reason: String,
    pub(super) what_to_do: String,
}

/// The proposals of the rules for a partnership on a day, as far as they are to be listed.
pub(super) struct Proposals<'a> {
    pub(super) state: &'a DueState,
    pub(super) file: &'a BondFile,
    pub(super) partnership: &'a Partnership,
    pub(super) day: NaiveDate,
    pub(super) touches: Touches,
    items: Vec<DueItem>,
    holds_until: Option<NaiveDate>,
}

impl<'a> Proposals<'a> {
    fn of(state: &'a DueState, file: &'a BondFile, partnership: &'a Partnership, day: NaiveDate) -> Self {
        let touches = Touches::default();
        Self { state, file, partnership, day, touches, items: Vec::new(), holds_until: None }
    }

    pub(super) fn policy(&self) -> &'a DuePolicy {
        &self.state.programme.policies.due
    }

    /// What the others of the partnership are called, in a sentence.
    pub(super) fn called(&self) -> String {
        let host = self.state.programme.host;
        let names: Vec<String> =
            self.partnership.counterparts(host).map(|place| self.state.name_of(place)).collect();
        names.join(" and ")
    }

    /// Says that the answer may be another from that day on.
    pub(super) fn turns_on(&mut self, day: NaiveDate) {
        if day > self.day {
            self.holds_until = Some(self.holds_until.map_or(day, |known| known.min(day)));
        }
    }

    /// Takes a proposal: listed in its time, unless somebody said that it is done, or later.
    pub(super) fn propose(&mut self, proposal: Proposal) {
        let Proposal { kind, subject, due_on, until, owner, reason, what_to_do } = proposal;
        if until.is_some_and(|until| until < self.day) {
            return;
        }
        let id = DueId::of(kind, subject, due_on);
        let response = self.file.responses.get(&id);
        if response.is_some_and(|response| response.done.is_some()) {
            return;
        }
        if let Some(after) = until.and_then(|until| until.succ_opt()) {
            self.turns_on(after);
        }
        let handed_to = response.and_then(|response| response.handed_to.clone());
        let owner = handed_to.or(owner).or_else(|| self.policy().owner.clone());
        let listed_from = self.policy().rule(kind).lead.before(due_on);
        let snoozed_until = response.and_then(|response| response.snoozed_until);
        let touched_on = snoozed_until.map_or(due_on, |snoozed| snoozed.max(due_on));
        self.touches.due(touched_on, kind, id, owner.as_ref());
        let from = snoozed_until.map_or(listed_from, |snoozed| snoozed.max(listed_from));
        if from > self.day {
            self.turns_on(from);
            return;
        }
        let partnership = Some(self.partnership.id());
        self.items.push(DueItem { id, kind, subject, partnership, due_on, owner, reason, what_to_do });
    }

    fn reckoning(mut self) -> Reckoning {
        let touch = self.next_touch();
        self.items.sort_by_key(DueItem::sort_key);
        // Two rules of one kind may mean the same day, as both sides may have signed on it.
        self.items.dedup_by_key(|item| item.id);
        Reckoning { items: self.items, touch, holds_until: self.holds_until }
    }
}

/// A day as a person writes it: `4 June 2008`.
pub(super) fn in_words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
