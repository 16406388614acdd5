//! What the cells of a file say: which column is which field, and what is written in it.

pub(crate) mod columns;
pub(crate) mod dates;
pub(crate) mod fields;
pub(crate) mod fold;
pub(crate) mod footnote;
pub(crate) mod money;
mod months;
pub(crate) mod near;
pub(crate) mod status;
mod wordings;
pub(crate) mod words;
