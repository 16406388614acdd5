//! Rendering: pure functions from what the server said to text that fits a canvas.

pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod timeline;
