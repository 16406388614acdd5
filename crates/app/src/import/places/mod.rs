//! From the words of a line to a place of the programme or of the world.

pub(crate) mod finder;
pub(crate) mod reasons;
pub(crate) mod record;
pub(crate) mod words;
