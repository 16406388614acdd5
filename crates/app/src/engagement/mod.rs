//! Entering engagements, changing, deleting and reading them.

mod care;
mod change;
mod create;
mod delete;
mod facts;
mod read;

pub use facts::EngagementFacts;
pub use read::{EngagementOrder, EngagementQuestion};
