//! Counts.

pub(crate) mod count;
