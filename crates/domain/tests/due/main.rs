//! Due work, as an office meets it and for any records.

#![expect(clippy::unwrap_used, reason = "in a test, what is given is right or the test fails")]

mod given;
mod properties;
mod questions;
mod stories;
