//! The wire, declared once: endpoints, bodies, problems and pages.
//!
//! Every operation of the platform is one type that implements [`Endpoint`]: method, path, parameters, body,
//! reply, scope and the problems it may answer with. The server routes it, the client calls it, and the OpenAPI
//! document is printed from it, so the three cannot drift apart. [`registry()`] lists them all; a test of the
//! server walks that list.
//!
//! # To add an endpoint
//!
//! 1. One row in the table of its resource (`partnership/mod.rs`, `place/mod.rs`, …), with its query beside the table, its body in
//!    `body.rs` and its reply in `view.rs`.
//! 2. One handler and one route in the server, whose coverage test fails until both are there.
//! 3. `cargo xtask codegen openapi`.
//!
//! # Conventions
//!
//! JSON is `snake_case`. Request bodies refuse unknown fields; replies may gain fields, and a client keeps values
//! of open catalogues that it does not know ([`Word`]). A change needs `If-Match`; a `POST` may carry an
//! `Idempotency-Key`. Every 4xx and 5xx is a [`Problem`] (RFC 9457) that names the field.

mod access;
pub mod agreement;
mod as_text;
mod at_most;
mod body;
pub mod calendar_feed;
pub mod committee;
pub mod count;
pub mod delivery;
pub mod due;
mod endpoint;
pub mod engagement;
pub mod handover;
pub mod import;
pub mod indicator;
pub mod journal;
mod json;
mod meant;
mod media;
mod note;
pub mod notification;
mod openapi;
pub mod organisation;
pub mod outcome;
mod page;
mod parameter;
pub mod partnership;
mod percent;
pub mod person;
pub mod place;
pub mod practice;
mod problem;
pub mod programme;
pub mod promise;
mod registry;
mod replacing;
mod responsible;
pub mod role;
pub mod search;
pub mod sharing;
mod strict;
pub mod subscription;
pub mod system;
mod times;
pub mod valuation_rate;
pub mod vitality;
pub mod webhook;
mod word;

pub use access::{Access, Scope};
pub use as_text::AsText;
pub use at_most::AtMost;
pub use body::{BodyClass, BodyFault, EncodedBody, FileUpload, MailUpload, NoBody, RequestBody, TextUpload};
pub(crate) use endpoint::endpoints;
pub use endpoint::{Concurrency, Endpoint, EndpointInfo, NoContent, Reply, decode_reply, path_and_query};
pub use json::{JSON_ARRAY_LIMIT, JSON_DEPTH_LIMIT};
pub use media::{FileFormat, JSON_MEDIA_TYPE, MAIL_MEDIA_TYPE, PROBLEM_MEDIA_TYPE, TextFormat};
pub use note::NoteBody;
pub use openapi::openapi;
pub use page::{Cursor, ListEndpoint, Page, PageLimit, Paged};
pub use parameter::{
    NoParameters, Occurs, ParameterField, ParameterInfo, Parameters, take_parameter, unknown_parameters,
};
pub use percent::{BadPercent, percent_decode, percent_encode, query_pairs};
pub use problem::{FieldError, Problem, ProblemKind};
pub use registry::registry;
pub use replacing::IncompleteView;
pub use responsible::ResponsibleBody;
/// The ids and values that the wire is made of.
pub use sister_cities_domain as domain;
pub use sister_cities_domain::value::{Shape, TextForm};
pub use times::{Moment, OrderWord, RecordQuery, RecordedQuery};
pub(crate) use word::words;
pub use word::{Vocabulary, Word};

/// The request header that makes a retried `POST` have one effect: 1 to 255 printable ASCII characters.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The header that carries the request's id, in and out.
pub const REQUEST_ID: &str = "x-request-id";
