//! The typed, retrying, streaming client for integrators.

mod builder;
mod call;
mod client;
mod error;
mod idempotency;
mod list;
mod retry;
mod send;
pub mod transport;
mod versioned;

pub use builder::{BuildError, ClientBuilder};
pub use call::{Bare, Call, Reading, Tagged};
pub use client::Client;
pub use error::{ApiError, DecodeReason, Error, RequestReason};
pub use idempotency::{IdempotencyKey, InvalidIdempotencyKey};
pub use list::List;
pub use retry::RetryPolicy;
pub use secrecy::SecretString;
pub use sister_cities_api as api;
pub use versioned::{ETag, Versioned};
