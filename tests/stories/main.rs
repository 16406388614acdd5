//! Stories that a programme office would recognise, told through the client crate against a whole installation.
#![expect(clippy::unwrap_used, reason = "in a story a refusal that is not expected is a failure")]

mod behind_a_proxy;
mod bond;
mod earlier;
mod examples;
mod inputs;
mod many_workers;
mod moving;
mod neighbours;
mod outages;
mod paging;
mod partners;
#[cfg(all(feature = "postgres", unix))]
mod replicas;
