//! What somebody said to a due item: later, not me, or done.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{CommitteeId, DueId, PartnershipId, ProgrammeId, RecordRef};
use crate::responsible::Responsible;
use crate::value::FreeText;

use super::event::{DueAbout, DueResponseEvent};
use super::item::{DueItem, DueKind};
use super::policy::Span;
use crate::named_enum;
use crate::state_machine::{RefusedStep, StateMachine, Transition};

named_enum! {
    /// How far a due item is.
    #[non_exhaustive]
    pub enum DueStage ("a stage of a due item") {
        /// It is to be done, now or later, by whoever it is.
        Open = "open",
        /// It was done, or needs not be done. For the same day it is never listed again.
        Done = "done",
    }
}

named_enum! {
    /// What can be said to a due item.
    #[non_exhaustive]
    pub enum DueStep ("a response to a due item") {
        /// Later.
        Snooze = "snooze",
        /// Somebody else.
        Hand = "hand",
        /// Done.
        Finish = "finish",
    }
}

impl StateMachine for DueStage {
    type Step = DueStep;
    const SUBJECT: &'static str = "due item";
    const INITIAL: &'static [Self] = &[Self::Open];
    const TRANSITIONS: &'static [Transition<Self>] = &[
        (&[Self::Open], DueStep::Snooze, Self::Open),
        (&[Self::Open], DueStep::Hand, Self::Open),
        (&[Self::Open], DueStep::Finish, Self::Done),
    ];
}

/// Why a response is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DueRefusal {
    /// It is done already.
    #[error(transparent)]
    Step(#[from] RefusedStep),
    /// It is to come back on a day that is not to come, or so late that nobody will remember.
    #[error("{until} is not a day after {today} and within a year of it")]
    Until {
        /// The day asked for.
        until: NaiveDate,
        /// The day on which it was asked, in the host's calendar.
        today: NaiveDate,
    },
}

/// What was said to a due item. Kept under the item's own id, so that it holds whenever the item is reckoned again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct DueResponse {
    /// The id of the item.
    pub id: DueId,
    /// Whose work it is.
    pub programme: ProgrammeId,
    /// The rule that said it was due.
    pub kind: DueKind,
    /// The record it is about.
    pub subject: RecordRef,
    /// The partnership that the record belongs to, if it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partnership: Option<PartnershipId>,
    /// The committee, if the item belongs to one that sees to no one partnership.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<CommitteeId>,
    /// The day by which it was to be done.
    pub due_on: NaiveDate,
    /// Not listed before this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<NaiveDate>,
    /// Who is to do it instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_to: Option<Responsible>,
    /// That it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<DueDone>,
}

/// That an item was done, or needs not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDone {
    /// When.
    pub on: NaiveDate,
    /// What came of it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<FreeText>,
}

impl DueResponse {
    /// That nothing was said to an item yet.
    #[must_use]
    pub const fn none_to(programme: ProgrammeId, item: &DueItem) -> Self {
        let DueItem { id, kind, subject, partnership, committee, due_on, owner: _, reason: _, what_to_do: _ } =
            item;
        Self {
            id: *id,
            programme,
            kind: *kind,
            subject: *subject,
            partnership: *partnership,
            committee: *committee,
            due_on: *due_on,
            snoozed_until: None,
            handed_to: None,
            done: None,
        }
    }

    /// How far the item is.
    #[must_use]
    pub const fn stage(&self) -> DueStage {
        if self.done.is_some() { DueStage::Done } else { DueStage::Open }
    }

    /// Puts the item off: it is not listed before `until`, and comes back then.
    ///
    /// # Errors
    ///
    /// [`DueRefusal::Until`] unless `until` lies after `today` and within a year; [`DueRefusal::Step`] if it is done.
    pub fn snooze(
        mut self,
        until: NaiveDate,
        today: NaiveDate,
    ) -> Result<(Self, DueResponseEvent), DueRefusal> {
        self.step(DueStep::Snooze)?;
        if until <= today || until > Span::Months(12).after(today) {
            return Err(DueRefusal::Until { until, today });
        }
        self.snoozed_until = Some(until);
        let event = DueResponseEvent::Snoozed { about: self.about(), until };
        Ok((self, event))
    }

    /// Hands the item to somebody else.
    ///
    /// # Errors
    ///
    /// [`RefusedStep`] if it is done.
    pub fn hand(mut self, to: Responsible) -> Result<(Self, DueResponseEvent), RefusedStep> {
        self.step(DueStep::Hand)?;
        self.handed_to = Some(to.clone());
        let event = DueResponseEvent::Handed { about: self.about(), to };
        Ok((self, event))
    }

    /// Says that the item was done, or needs not be done.
    ///
    /// # Errors
    ///
    /// [`RefusedStep`] if that was said before.
    pub fn finish(
        mut self,
        on: NaiveDate,
        remark: Option<FreeText>,
    ) -> Result<(Self, DueResponseEvent), RefusedStep> {
        self.step(DueStep::Finish)?;
        self.done = Some(DueDone { on, remark: remark.clone() });
        let event = DueResponseEvent::Done { about: self.about(), remark };
        Ok((self, event))
    }

    fn step(&self, step: DueStep) -> Result<DueStage, RefusedStep> {
        self.stage().after(step, self.id.into())
    }

    fn about(&self) -> DueAbout {
        DueAbout { kind: self.kind, subject: self.subject, due_on: self.due_on }
    }
}
