//! The built program, run as a person runs it, on a database of its own.

mod asking;
mod beginning;
mod changing;
mod correcting;
mod crashing;
mod entering;
mod importing;
mod keeping;
#[cfg(all(feature = "postgres", unix))]
mod postgresql;
mod privacy;
mod profiles;
mod program;
mod refusing;
mod settings;
mod sharing;
