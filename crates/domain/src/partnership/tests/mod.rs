//! The rules of partnerships, R1–R6, R13 and R14, as stories and properties.

mod episodes;
pub(crate) mod fixtures;
mod history;
mod machine;
pub(crate) mod properties;
mod record;
mod suspension;
