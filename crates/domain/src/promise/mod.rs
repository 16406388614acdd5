//! Promises: plans that both cities agreed on, and their points, each with an owner on each side.
//!
//! An [`ActionPlan`] hangs under a partnership, and under one of its agreements where the plan was signed with it: the five points
//! of 2008 (R15). An [`ActionPoint`] is one thing promised in it. It begins open, is taken up when those whose promise it is have
//! accepted, and ends done, with evidence, or dropped, with a reason; between them it may stall and go on again. Which step is
//! possible from which state is one table, [`ActionPointState`].
//!
//! [`PlanProgress`] says how far a plan is; [`ActionPlan::is_to_be_checked`] whether somebody has to look at it again;
//! [`ReawakeningPlan`] makes the plan by which a partnership comes back to life.

mod course;
mod event;
mod plan;
mod point;
mod progress;
mod reawakening;
mod refusal;
mod state;

pub use course::{Course, PointAct, TakenStep};
pub use event::{ActionPlanEvent, ActionPlanSummary, ActionPointEvent, ActionPointSummary};
pub use plan::{ActionPlan, ActionPlanKind, CheckRhythm, PlanCheck};
pub use point::{Acceptance, ActionPoint, PointNumber, PointOwner, PromisedBy, Publicity};
pub use progress::PlanProgress;
pub use reawakening::{ReawakeningGoal, ReawakeningPlan};
pub use refusal::{PromiseRefusal, StepRefusal};
pub use state::{ActionPointState, ActionPointStep};

#[cfg(test)]
mod tests;
