//! Stories of the import: both lists, the log, twice is once, undo, and what a person must decide.

mod apply;
mod bad_input;
mod decisions;
mod demo;
mod lists;
mod logs;
mod support;
mod undo;
