//! The journal.

pub(crate) mod read;
