//! The rules of partnerships, R1–R6, R13 and R14, as stories and properties.

pub(crate) mod fixtures;
mod stories;
