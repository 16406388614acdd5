//! Reckoning one unit of due work on a day: what the rules propose, what was answered, and how long the answer holds.

use chrono::{DateTime, NaiveDate, Utc};

use super::item::{DueItem, DueKind};
use super::policy::DuePolicy;
use super::rules;
use super::state::{CommitteeFile, DueState, PartnershipFile};
use super::touch::{NextTouch, Touches};
use crate::id::{CommitteeId, DueId, PartnershipId, RecordKind, RecordRef};
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

/// All that is due in a programme at an instant, in order: by day, then by id.
///
/// The same records give the same list, in whatever order they were put into the state.
#[must_use]
pub fn due(state: &DueState, now: DateTime<Utc>) -> Vec<DueItem> {
    due_on(state, state.today(now))
}

/// The same on a day of the host's calendar, by the records of the state.
#[must_use]
pub fn due_on(state: &DueState, day: NaiveDate) -> Vec<DueItem> {
    let mut items: Vec<DueItem> = state.units().flat_map(|unit| reckon(state, unit, day).items).collect();
    items.sort_by_key(DueItem::sort_key);
    items
}

/// What is due of one unit on a day of the host's calendar. Nothing of a unit that the state does not know.
///
/// On every day before [`Reckoning::holds_until`] the answer is the same.
#[must_use]
pub fn reckon(state: &DueState, unit: RecordRef, day: NaiveDate) -> Reckoning {
    let mut proposals = Proposals::of(state, unit, day);
    if unit.kind == RecordKind::Partnership {
        if let Some(partnership) = PartnershipUnit::of(state, PartnershipId::from_uuid(unit.id)) {
            rules::propose(&mut proposals, &partnership);
            proposals.next_touch(&partnership);
        }
    } else if unit.kind == RecordKind::Committee {
        let id = CommitteeId::from_uuid(unit.id);
        // One that sees to a partnership is reckoned with that.
        let own = |file: &&CommitteeFile| file.partnership().is_none();
        if let Some(file) = state.committees.get(&id).filter(own) {
            rules::propose_of_committee(&mut proposals, id, file);
        }
    }
    proposals.reckoning()
}

/// A partnership with all that hangs on it.
pub(super) struct PartnershipUnit<'a> {
    pub(super) partnership: &'a Partnership,
    pub(super) file: &'a PartnershipFile,
    pub(super) committees: Vec<(CommitteeId, &'a CommitteeFile)>,
    /// What the others are called, in a sentence.
    pub(super) called: String,
}

impl<'a> PartnershipUnit<'a> {
    fn of(state: &'a DueState, id: PartnershipId) -> Option<Self> {
        let file = state.partnership_files.get(&id)?;
        let partnership = file.partnership.as_ref()?;
        let committees = state.committees.iter().filter(|(_, file)| file.partnership() == Some(id));
        let others = partnership.counterparts(state.programme.host);
        let names: Vec<String> = others.map(|place| state.name_of(place)).collect();
        let committees = committees.map(|(id, file)| (*id, file)).collect();
        Some(Self { partnership, file, committees, called: names.join(" and ") })
    }
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

/// The proposals of the rules for a unit on a day, as far as they are to be listed.
pub(super) struct Proposals<'a> {
    pub(super) state: &'a DueState,
    unit: RecordRef,
    pub(super) day: NaiveDate,
    /// Who does what has no owner of its own.
    pub(super) owner: Option<Responsible>,
    pub(super) touches: Touches,
    items: Vec<DueItem>,
    holds_until: Option<NaiveDate>,
}

impl<'a> Proposals<'a> {
    fn of(state: &'a DueState, unit: RecordRef, day: NaiveDate) -> Self {
        let touches = Touches::default();
        Self { state, unit, day, owner: None, touches, items: Vec::new(), holds_until: None }
    }

    pub(super) fn policy(&self) -> &'a DuePolicy {
        &self.state.programme.policies.due
    }

    /// Who does what has no owner of its own: who leads, else whom the policy names.
    pub(super) fn usual_owner(&self) -> Option<Responsible> {
        self.owner.clone().or_else(|| self.policy().owner.clone())
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
        let response = self.state.responses.get(&id);
        if response.is_some_and(|response| response.done.is_some()) {
            return;
        }
        if let Some(after) = until.and_then(|until| until.succ_opt()) {
            self.turns_on(after);
        }
        let handed_to = response.and_then(|response| response.handed_to.clone());
        let owner = handed_to.or(owner).or_else(|| self.usual_owner());
        let listed_from = self.policy().rule(kind).lead.before(due_on);
        let snoozed_until = response.and_then(|response| response.snoozed_until);
        let touched_on = snoozed_until.map_or(due_on, |snoozed| snoozed.max(due_on));
        self.touches.due(touched_on, kind, id, owner.as_ref());
        let from = snoozed_until.map_or(listed_from, |snoozed| snoozed.max(listed_from));
        if from > self.day {
            self.turns_on(from);
            return;
        }
        let of = |wanted| (self.unit.kind == wanted).then_some(self.unit.id);
        self.items.push(DueItem {
            id,
            kind,
            subject,
            partnership: of(RecordKind::Partnership).map(PartnershipId::from_uuid),
            committee: of(RecordKind::Committee).map(CommitteeId::from_uuid),
            due_on,
            owner,
            reason,
            what_to_do,
        });
    }

    fn reckoning(mut self) -> Reckoning {
        let touch = self.touches.take();
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
