//! Counts.

pub(crate) mod ask;
