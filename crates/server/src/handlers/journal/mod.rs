//! The journal.

pub(crate) mod history;
pub(crate) mod read;
