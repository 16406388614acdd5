//! Promises: action plans, their points, and what is done about them.

mod lines;
mod plan;
mod point;
mod reawakening;

pub use lines::{LinesIntent, PlanLine, PlanLines};
pub use plan::PlanWithProgress;
pub use point::{PointFacts, PointStep};
