//! Why a step of an action point was refused.

use super::course::Course;
use super::point::PromisedBy;
use super::state::ActionPointStep;
use crate::id::ActionPointId;
use crate::state_machine::RefusedStep;
use crate::value::PartialDate;

/// A refused step of an action point: says what was asked, of what, and why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{refusal}")]
#[non_exhaustive]
pub struct PromiseRefusal {
    /// The point that stays as it is.
    pub point: ActionPointId,
    /// The step that was asked for.
    pub step: ActionPointStep,
    /// Why it was refused.
    #[source]
    pub refusal: StepRefusal,
}

/// Why a step was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StepRefusal {
    /// The table has no such step from that state.
    #[error(transparent)]
    NotFrom(Box<RefusedStep>),
    /// No owner is named on a side that is to accept.
    #[error("nobody is named on the side {side} who could accept it; name an owner there first")]
    NobodyNamed {
        /// The side without an owner.
        side: PromisedBy,
    },
    /// The step would come before the last one.
    #[error("the step would be of {on}, before the last one, of {last}")]
    BeforeTheLast {
        /// When the last step was taken.
        last: PartialDate,
        /// When this one would be.
        on: PartialDate,
    },
    /// It has taken as many steps as can be.
    #[error("it has taken {} steps already, the most there can be", Course::MOST_STEPS)]
    TooMany,
}
