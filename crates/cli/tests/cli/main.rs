//! The built program, run as a person runs it, on a database of its own.

mod asking;
mod changing;
mod importing;
mod program;
mod refusing;
