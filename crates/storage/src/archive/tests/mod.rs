//! Archives: the same programme everywhere, and nothing but a whole one.

mod coverage;
mod erasing;
mod format;
pub(crate) mod given;
mod moving;
mod refusing;
