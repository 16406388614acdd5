//! Rendering: pure functions from what the server said to text that fits a canvas.

pub(crate) mod agreement;
pub(crate) mod bond;
pub(crate) mod count;
pub(crate) mod details;
pub(crate) mod hits;
pub(crate) mod import;
pub(crate) mod lists;
pub(crate) mod overview;
pub(crate) mod past;
pub(crate) mod share;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod timeline;
pub(crate) mod vitality;

#[cfg(test)]
mod tests;
