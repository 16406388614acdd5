//! What was done about an action point, step by step.

use serde::{Deserialize, Serialize};

use super::point::{Acceptance, ActionPoint, PointOwner, PromisedBy};
use super::refusal::{PromiseRefusal, StepRefusal};
use super::state::ActionPointState;
use crate::state_machine::StateMachine as _;
use crate::value::{FreeText, PartialDate};

/// What is done with an action point, with the facts that it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum PointAct {
    /// Those whose promise it is accept it, or one side does. The point is taken up when all have.
    Accept {
        /// For which side it is accepted; `None` for every side whose promise it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        side: Option<PromisedBy>,
    },
    /// Somebody begins.
    Start,
    /// It does not go on for now.
    Stall,
    /// A stalled one goes on.
    GoOn,
    /// It is done.
    Complete {
        /// What shows that: a letter, a signed contract, a photograph, a page.
        evidence: FreeText,
    },
    /// It is given up.
    Drop {
        /// Why.
        reason: FreeText,
    },
}

/// A step that was taken with an action point, and what it led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenStep {
    /// What was done.
    #[serde(flatten)]
    pub act: PointAct,
    /// When, as precisely as is known.
    pub on: PartialDate,
    /// What whoever took it had to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<FreeText>,
    /// The state it led to. An acceptance by one side alone leads to none other.
    pub to: ActionPointState,
}

/// The steps that were taken with an action point, the first one first; none for one that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Course(Vec<TakenStep>);

impl Course {
    /// The most steps that an action point can take. It may stall and go on again, but not for ever.
    pub const MOST_STEPS: usize = 200;

    /// The steps, the first one first.
    #[must_use]
    pub fn steps(&self) -> &[TakenStep] {
        &self.0
    }

    /// Whether no step was taken.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How far the point is.
    #[must_use]
    pub fn state(&self) -> ActionPointState {
        self.0.last().map_or(ActionPointState::Open, |last| last.to)
    }
}

impl ActionPoint {
    /// How far it is.
    #[must_use]
    pub fn state(&self) -> ActionPointState {
        self.course.state()
    }

    /// The point after a step on a day, and that step. An acceptance is noted with the owners that accept.
    ///
    /// # Errors
    ///
    /// [`PromiseRefusal`] if the table has no such step from its state, if nobody is named who could accept, if the day lies before
    /// that of the last step, or if there are too many steps.
    pub fn take(
        &self,
        act: PointAct,
        on: PartialDate,
        remark: Option<FreeText>,
    ) -> Result<(Self, TakenStep), PromiseRefusal> {
        let refused = |refusal| PromiseRefusal { point: self.id, step: act.kind(), refusal };
        let from = self.state();
        let mut to = from
            .after(act.kind(), self.id.into())
            .map_err(|table| refused(StepRefusal::NotFrom(Box::new(table))))?;
        if let Some(last) = self.course.0.last()
            && on.latest() < last.on.earliest()
        {
            return Err(refused(StepRefusal::BeforeTheLast { last: last.on, on }));
        }
        if self.course.0.len() >= Course::MOST_STEPS {
            return Err(refused(StepRefusal::TooMany));
        }
        let mut after = self.clone();
        if let PointAct::Accept { side } = &act {
            after.accept(side.unwrap_or(self.promised_by), on).map_err(refused)?;
            if !after.is_accepted() {
                to = from;
            }
        }
        let taken = TakenStep { act, on, remark, to };
        after.course.0.push(taken.clone());
        Ok((after, taken))
    }

    /// Whether all whose promise it is are named and have accepted.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        let accepted = |owner: &Option<PointOwner>| {
            owner.as_ref().is_some_and(|owner| owner.acceptance != Acceptance::NotYet)
        };
        (!self.promised_by.includes_host() || accepted(&self.host))
            && (!self.promised_by.includes_counterpart() || accepted(&self.counterpart))
    }

    /// Notes that the owners of these sides accept on that day; who has accepted before stays so.
    fn accept(&mut self, sides: PromisedBy, on: PartialDate) -> Result<(), StepRefusal> {
        for (side, accepts, owner) in [
            (PromisedBy::Host, sides.includes_host(), &mut self.host),
            (PromisedBy::Counterpart, sides.includes_counterpart(), &mut self.counterpart),
        ] {
            if accepts {
                let owner = owner.as_mut().ok_or(StepRefusal::NobodyNamed { side })?;
                if owner.acceptance == Acceptance::NotYet {
                    owner.acceptance = Acceptance::Accepted { on: Some(on) };
                }
            }
        }
        Ok(())
    }
}
