//! Promises: action plans, their points, and what is done about them.

mod plan;
mod point;

pub use plan::PlanWithProgress;
pub use point::{PointFacts, PointStep};
