//! Whether the server lives, and whether it can work.

mod livez;
mod readyz;

pub use livez::{Livez, LivezReply};
pub use readyz::{Readyz, ReadyzReply};
