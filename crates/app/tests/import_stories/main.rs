//! Stories of the import: both lists, the log, twice is once, undo, and what a person must decide.

mod demo;
mod support;
