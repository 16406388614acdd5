//! Stories of the import: both lists, the log, twice is once, undo, and what a person must decide.

#![expect(clippy::unwrap_used, reason = "a story that cannot be set up has failed")]

mod apply;
mod bad_input;
mod decisions;
mod demo;
mod kept;
mod lists;
mod logs;
mod neighbours;
mod reported;
mod support;
mod undo;
