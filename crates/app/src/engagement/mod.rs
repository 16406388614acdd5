//! Entering engagements, replacing and reading them.

mod care;
mod change;
mod create;
mod facts;
mod read;

pub use facts::EngagementFacts;
