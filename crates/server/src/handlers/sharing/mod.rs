//! Sharing between programmes.

pub(crate) mod links;
pub(crate) mod received;
pub(crate) mod shares;
