//! The client of the sister-cities platform: typed, retrying, streaming.
//!
//! # Quick start
//!
//! ```sh
//! sister-cities token create --programme Chicago --name website --scope programme:read
//! cargo add sister-cities-client && cargo add tokio --features macros,rt-multi-thread
//! ```
//!
//! ```no_run
//! use sister_cities_client::Client;
//! use sister_cities_client::api::vitality::ListVitalityQuery;
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let token = std::env::var("SISTER_CITIES_TOKEN")?;
//!     let client = Client::builder("https://sister.example.org").token(token).build()?;
//!     let programme = client.programme("prg_01h455vb4pex5vsknk084sn02q".parse()?);
//!     // Which of our bonds wane?
//!     for bond in programme.list_vitality(ListVitalityQuery::default()).all().await? {
//!         let names: Vec<_> = bond.members.iter().map(|member| member.name.as_str()).collect();
//!         println!("{}: {}", names.join(" and "), bond.standing.sentence);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # What it does for you
//!
//! - **Types.** Each call is one of the endpoints that the server declares in [`api`], which is re-exported; server
//!   and client are compiled from the same declaration. Where a method is missing here, [`Client::call`] calls any
//!   endpoint by its type.
//! - **Retries that do no harm.** Reads, and creations with their idempotency key, are tried three times with full
//!   jitter; a budget shared by all clones keeps retries from doubling the load of a server that is down. See
//!   [`RetryPolicy`]; a single call can have its own. A change (`PATCH`) is not repeated once it may have arrived: read
//!   again and see.
//! - **Waiting is no failure.** A refusal that only asks to come again (429, 503 with `Retry-After`) is waited for, up to a
//!   minute in all, and costs none of the tries. Clones share what the server tells of the token's quota, and
//!   wait before they send where it is used up; so any number of tasks may share a client.
//! - **Idempotency.** Every creation carries a fresh key, the same in each retry, so it happens once. Give your own
//!   with [`Call::with_idempotency_key`] to make that hold across restarts of your program.
//! - **No lost updates.** What is read comes as [`Versioned`]; a change made from it names the revision, and fails
//!   with [`Error::is_stale`] if somebody else was faster. Where the answer to a change was lost, the client finds out
//!   whether it was made, or says with [`Error::OutcomeUnknown`] that this cannot be told.
//!   [`Call::if_changed_since`] reads again only what is newer.
//! - **Pages.** A [`List`] is read a page at a time, or as a stream that turns the pages when they are needed.
//! - **Time-outs.** 5 s to connect, 30 s for an attempt, 2 min for a call with all its attempts and waits.
//! - **One error type.** [`Error`] holds the server's problem (RFC 9457), its request id and `Retry-After`, or says
//!   where in a response reading stopped.
//! - **Webhooks** (feature `webhook`): [`webhook::verify`] tells a message of the server from a forged or an old one, and reads it.
//! - **A span** `client.request` (by `tracing`) for each call, with method, route template, status and attempt; never
//!   with query strings, bodies or tokens.
//!
//! # What to bring
//!
//! A Tokio runtime with time enabled. To use a proxy, roots or a TLS library of your own, hand over a `reqwest::Client` with
//! [`ClientBuilder::with_http_client`].
//!
//! # Features
//!
//! | feature | by default | |
//! |---|---|---|
//! | `rustls` | yes | https, with the system's root certificates: an image without `ca-certificates` cannot speak it |
//! | `http2` | yes | HTTP/2, where a proxy before the server speaks it |
//! | `gzip` | yes | answers that a proxy before the server compressed |
//! | `webhook` | no | verifying webhooks |
//! | `test-util` | no | for tests of your own: a server in memory, records, signed webhook messages |
//!
//! There is none for the TLS library of the system: it would bring OpenSSL into every build with all features. A
//! `reqwest::Client` with its feature `native-tls` does it.

mod attempt;
mod builder;
mod call;
mod client;
mod error;
mod idempotency;
mod list;
mod own_write;
mod pace;
mod refusal;
pub mod resource;
mod retry;
mod send;
#[cfg(feature = "test-util")]
pub mod test_util;
pub mod transport;
mod versioned;

pub use builder::{BuildError, ClientBuilder};
pub use call::{Bare, Call, IfChanged, ReplyMode, Tagged};
pub use client::Client;
pub use error::{ApiError, DecodeReason, Error, RequestReason};
pub use idempotency::{IdempotencyKey, InvalidIdempotencyKey};
pub use list::List;
pub use retry::RetryPolicy;
pub use secrecy::SecretString;
pub use sister_cities_api as api;
/// Verifying webhooks where they arrive.
#[cfg(feature = "webhook")]
pub use sister_cities_api::webhook;
pub use versioned::{ETag, Versioned};
