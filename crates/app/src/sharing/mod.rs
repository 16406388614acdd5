//! Sharing with another programme of the installation: links, what is told over them, and what the others tell.
//!
//! Nothing here reads a record of another programme but by [`ProgrammeStore::peer_visible`](sister_cities_storage::ProgrammeStore::peer_visible),
//! which answers with what that programme wrote for this one.

mod link;
mod share;

pub use link::{LinkPage, LinkPosition, LinkQuery, LinkState, Linked, NewLink};
pub use share::{NewShare, ReceivedPage, SharePage, Sharing, ToShare};
