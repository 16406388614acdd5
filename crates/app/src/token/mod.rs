//! Access tokens: making them, checking them, revoking them.

mod create;
mod list;
mod revoke;
mod text;
mod verify;

pub use create::{CreatedToken, NewToken};
pub use text::{NotAToken, TokenText};
