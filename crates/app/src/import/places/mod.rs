//! From the words of a line to a place of the programme or of the world.

mod asking;
pub(crate) mod finder;
mod garbled;
pub(crate) mod marks;
pub(crate) mod reasons;
pub(crate) mod record;
pub(crate) mod words;
