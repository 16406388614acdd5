//! Search by words.

pub(crate) mod ask;
