//! What happened to action plans and their points.

use serde::{Deserialize, Serialize};

use super::course::TakenStep;
use super::plan::{ActionPlan, PlanCheck};
use super::point::{ActionPoint, PointNumber};
use crate::event::{changed_fields, events};
use crate::id::{ActionPlanId, PartnershipId};
use crate::value::Title;

events! {
    /// A change of an action plan. The names are stable: subscribers match on them.
    pub enum ActionPlanEvent {
        /// It was entered.
        Recorded = "action_plan.recorded" (ActionPlanSummary),
        /// Facts about it were changed.
        Changed = "action_plan.changed" {
            /// The partnership it hangs under.
            partnership: PartnershipId,
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// Somebody looked how far it is.
        Checked = "action_plan.checked" {
            /// The partnership it hangs under.
            partnership: PartnershipId,
            /// When, and what was found.
            check: PlanCheck,
        },
        /// The record was removed.
        Deleted = "action_plan.deleted" (ActionPlanSummary),
    }
}

events! {
    /// A change of an action point. The names are stable: subscribers match on them.
    pub enum ActionPointEvent {
        /// It was promised.
        Promised = "action_point.promised" (ActionPointSummary),
        /// Facts about it were changed.
        Changed = "action_point.changed" {
            /// The plan it is a point of.
            plan: ActionPlanId,
            /// The partnership of that plan.
            partnership: PartnershipId,
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// A step was taken.
        StepTaken = "action_point.step_taken" {
            /// The plan it is a point of.
            plan: ActionPlanId,
            /// The partnership of that plan.
            partnership: PartnershipId,
            /// Which step, and what it led to.
            taken: TakenStep,
        },
        /// The record was removed.
        Deleted = "action_point.deleted" (ActionPointSummary),
    }
}

/// What a plan was, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionPlanSummary {
    /// The partnership it hangs under.
    pub partnership: PartnershipId,
    /// What it was called, when that happened.
    pub title: Title,
}

/// What a point was, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionPointSummary {
    /// The plan it is a point of.
    pub plan: ActionPlanId,
    /// The partnership of that plan.
    pub partnership: PartnershipId,
    /// Its number in the plan.
    pub number: PointNumber,
    /// What was promised, in a line, when that happened.
    pub title: Title,
}

impl ActionPlan {
    fn summary(&self) -> ActionPlanSummary {
        ActionPlanSummary { partnership: self.partnership, title: self.title.clone() }
    }

    /// The event that it was entered.
    #[must_use]
    pub fn recorded(&self) -> ActionPlanEvent {
        ActionPlanEvent::Recorded(self.summary())
    }

    /// The event that its record was removed.
    #[must_use]
    pub fn deleted(&self) -> ActionPlanEvent {
        ActionPlanEvent::Deleted(self.summary())
    }

    /// The event that it became this out of `before`; `None` if nothing changed. Checks have an event of their own.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<ActionPlanEvent> {
        let fields = changed_fields!(before -> self: Self {
            partnership, agreement, title, kind, runs, check, source, notes,
            id: _, programme: _, last_check: _,
        });
        (!fields.is_empty()).then_some(ActionPlanEvent::Changed { partnership: self.partnership, fields })
    }

    /// The event that somebody looked how far it is.
    #[must_use]
    pub const fn check_noted(&self, check: PlanCheck) -> ActionPlanEvent {
        ActionPlanEvent::Checked { partnership: self.partnership, check }
    }
}

impl ActionPoint {
    fn summary(&self) -> ActionPointSummary {
        let Self { plan, partnership, number, ref title, .. } = *self;
        ActionPointSummary { plan, partnership, number, title: title.clone() }
    }

    /// The event that it was promised.
    #[must_use]
    pub fn entered(&self) -> ActionPointEvent {
        ActionPointEvent::Promised(self.summary())
    }

    /// The event that its record was removed.
    #[must_use]
    pub fn deleted(&self) -> ActionPointEvent {
        ActionPointEvent::Deleted(self.summary())
    }

    /// The event that it became this out of `before`; `None` if nothing changed. Steps have an event of their own.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<ActionPointEvent> {
        let fields = changed_fields!(before -> self: Self {
            plan, partnership, number, title, text, promised_by, host, counterpart, due, public_status, publicity,
            id: _, programme: _, course: _,
        });
        let Self { plan, partnership, .. } = *self;
        (!fields.is_empty()).then_some(ActionPointEvent::Changed { plan, partnership, fields })
    }

    /// The event that a step was taken.
    #[must_use]
    pub const fn step_taken(&self, taken: TakenStep) -> ActionPointEvent {
        ActionPointEvent::StepTaken { plan: self.plan, partnership: self.partnership, taken }
    }
}
