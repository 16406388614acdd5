//! Entering places, changing and reading them.

mod change;
mod create;
mod facts;
mod read;

pub use facts::PlaceFacts;
