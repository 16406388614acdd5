//! Requests to addresses that users gave: webhooks and rooms of a chat.
//!
//! Such an address may lead anywhere, so all of them go through one [`OutboundClient`], which reaches what the
//! [`OutboundPolicy`] allows and nothing else (P30), follows no redirect, uses no proxy, and ends each request after 15 s and 64 kB.

mod answer;
mod client;
mod guard;
mod resolver;

pub use client::{CannotBuild, OutboundClient, OutboundRequest};
pub use guard::{OutboundPolicy, Refused};
pub use ipnet::IpNet;
pub use resolver::{HostLookup, LookupFuture, SystemLookup};

#[cfg(test)]
mod tests;
