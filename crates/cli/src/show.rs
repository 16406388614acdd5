//! Rendering: pure functions from what the server said to text that fits the terminal.

pub(crate) mod agreement;
pub(crate) mod count;
pub(crate) mod details;
pub(crate) mod hits;
pub(crate) mod import;
pub(crate) mod journal;
pub(crate) mod lists;
pub(crate) mod overview;
pub(crate) mod responsible;
pub(crate) mod share;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod timeline;
pub(crate) mod vitality;
pub(crate) mod wording;

#[cfg(test)]
mod tests;
