//! Requests to addresses that users gave: webhooks and rooms of a chat.
//!
//! Such an address may lead anywhere, so all of them go through one [`OutboundClient`], which reaches what the
//! [`OutboundPolicy`] allows and nothing else (P30), uses no proxy, and ends each request after 15 s. What is sent
//! follows no redirect, and 64 kB of an answer are read; what is fetched follows some, each judged anew.

mod answer;
mod client;
mod fetch;
mod guard;
mod resolver;

pub use client::{CannotBuild, OutboundClient, OutboundRequest};
pub use fetch::FetchError;
pub use guard::{OutboundPolicy, Refused};
pub use ipnet::IpNet;
pub use resolver::{HostLookup, LookupFuture, SystemLookup};

#[cfg(test)]
mod tests;
