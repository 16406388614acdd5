//! HTTP: routes, authentication and limits.
//!
//! [`Server::bind`] takes an address, [`Server::serve`] answers on it until it is told to stop. It runs as well inside
//! another process, on a loopback port: the command line and the tests use it so.
//!
//! The way of a request: `connection` (connections and their time-outs), `outer` (id, limits, panics, log), `route` (the
//! same steps for every endpoint: who, path, query, headers, body, idempotency key), one of `handlers`, and back.
//! Endpoints are declared in the API crate. A file of `handlers` has those of one resource: their list, a function for each, and
//! what their bodies mean to the domain. `endpoint` is all that is compiled for each endpoint's types.
//!
//! What is deliberately absent: rules of the field (they are in the domain), decisions about what to store (they are
//! in the use cases), extractors of axum (their refusals are text, ours are problems that name the field), HTTP/2,
//! TLS (a proxy's work).

mod auth;
mod body_memory;
mod calendar;
mod call;
mod client_address;
mod config;
mod connection;
mod cross_origin;
mod cursor;
mod endpoint;
mod error;
mod etag;
mod failed_logins;
mod field;
mod handlers;
mod heavy;
mod idempotency;
pub mod local;
mod metrics;
mod outer;
mod pages;
mod progress;
mod rate;
mod refusal;
mod render;
mod request_counts;
mod request_id;
mod route;
mod routes;
mod server;
pub mod settings;
#[cfg(test)]
mod tests;
mod unread_body;
mod unsubscribe;
mod worker;

pub use config::{ProcessToken, ProxyError, ServerConfig, TrustedProxies};
pub use cross_origin::{AllowedOrigin, NoOrigin};
pub use server::{BindError, Server};
pub use settings::Limits;
pub use sister_cities_notification::email;
pub use sister_cities_notification::message::ProductAddress;
pub use sister_cities_notification::outbound;
pub use worker::{Worker, WorkerConfig, WorkerError};
