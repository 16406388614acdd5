//! The rules of agreements, R7–R12 and R15 (and R2's demands on them), as stories and properties.

mod fixtures;
mod kinds;
mod properties;
mod signing;
mod term;
