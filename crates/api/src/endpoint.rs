//! Knows what an endpoint is: everything that server, client and documents must agree on, as one type.

use http::Method;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::access::Access;
use crate::body::{BodyClass, RequestBody};
use crate::parameter::{ParameterInfo, Parameters};
use crate::percent::percent_encode;
use crate::problem::ProblemKind;

/// One operation of the API.
///
/// Implemented by an empty enum per operation; never instantiated. The first line of its documentation and
/// [`SUMMARY`](Endpoint::SUMMARY) say the same thing, once for Rust and once for the OpenAPI document.
pub trait Endpoint: Send + Sync + 'static {
    /// The operation's name in `snake_case`, unique: `get_partnership`.
    const NAME: &'static str;
    /// What it does, in one sentence.
    const SUMMARY: &'static str;
    /// What more there is to know; may be empty.
    const DESCRIPTION: &'static str = "";
    /// The HTTP method.
    const METHOD: Method;
    /// The path template; the names in braces are the fields of [`Path`](Endpoint::Path).
    const PATH: &'static str;
    /// Who may call it.
    const ACCESS: Access;
    /// The status of a success.
    const SUCCESS: u16 = 200;
    /// How it guards against lost updates.
    const CONCURRENCY: Concurrency = Concurrency::Unversioned;
    /// Problems of its own, beside those that follow from method, access, parameters and body.
    const PROBLEMS: &'static [ProblemKind] = &[];

    /// The parameters in the path.
    type Path: Parameters;
    /// The parameters in the query.
    type Query: Parameters;
    /// What the request carries.
    type Body: RequestBody;
    /// What a success answers with.
    type Reply: Reply;
}

/// How an endpoint guards against lost updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concurrency {
    /// No revision is involved.
    Unversioned,
    /// The reply carries an `ETag` with the record's revision; a read honours `If-None-Match`.
    Tagged,
    /// A read whose reply carries an `ETag` for a change to name, but tells of more than the record: it is always answered anew.
    Named,
    /// The request must name the revision it was based on in `If-Match`; the reply carries the new `ETag`.
    Guarded,
}

/// What a success answers with: a JSON value, or [`NoContent`].
#[cfg(not(feature = "schema"))]
pub trait Reply: Serialize + DeserializeOwned + Send + 'static {}
#[cfg(not(feature = "schema"))]
impl<T: Serialize + DeserializeOwned + Send + 'static> Reply for T {}

/// What a success answers with: a JSON value, or [`NoContent`].
#[cfg(feature = "schema")]
pub trait Reply: Serialize + DeserializeOwned + Send + 'static + schemars::JsonSchema {}
#[cfg(feature = "schema")]
impl<T: Serialize + DeserializeOwned + Send + 'static + schemars::JsonSchema> Reply for T {}

/// The reply of an endpoint that answers 204.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoContent;

/// Reads a reply; an empty body reads as [`NoContent`] does.
///
/// # Errors
///
/// If the bytes are not the endpoint's reply; the error knows the path of the field.
pub fn decode_reply<E: Endpoint>(
    bytes: &[u8],
) -> Result<E::Reply, serde_path_to_error::Error<serde_json::Error>> {
    let bytes = if bytes.is_empty() { b"null" } else { bytes };
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(bytes))
}

/// The path and query of a request: the template filled in, all values percent-encoded.
#[must_use]
pub fn path_and_query<E: Endpoint>(path: &E::Path, query: &E::Query) -> String {
    let values = path.pairs();
    let mut out = String::new();
    for segment in E::PATH.split('/').skip(1) {
        out.push('/');
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            None => out.push_str(segment),
            Some(name) => {
                let value = values.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
                out.push_str(&percent_encode(value.unwrap_or_default()));
            }
        }
    }
    for (position, (name, value)) in query.pairs().iter().enumerate() {
        out.push(if position == 0 { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        out.push_str(&percent_encode(value));
    }
    out
}

/// An endpoint as a value, for routing tables, tests and documents.
#[derive(Clone, Debug)]
pub struct EndpointInfo {
    /// [`Endpoint::NAME`].
    pub name: &'static str,
    /// [`Endpoint::SUMMARY`].
    pub summary: &'static str,
    /// [`Endpoint::DESCRIPTION`].
    pub description: &'static str,
    /// [`Endpoint::METHOD`].
    pub method: Method,
    /// [`Endpoint::PATH`].
    pub path: &'static str,
    /// [`Endpoint::ACCESS`].
    pub access: Access,
    /// [`Endpoint::SUCCESS`].
    pub success: u16,
    /// [`Endpoint::CONCURRENCY`].
    pub concurrency: Concurrency,
    /// The parameters in the path.
    pub path_parameters: Vec<ParameterInfo>,
    /// The parameters in the query.
    pub query_parameters: Vec<ParameterInfo>,
    /// The class of the body.
    pub body_class: BodyClass,
    /// The media types of the body.
    pub body_media_types: Vec<&'static str>,
    /// Every problem that it may answer with.
    pub problems: Vec<ProblemKind>,
}

impl EndpointInfo {
    /// Describes an endpoint.
    #[must_use]
    pub fn of<E: Endpoint>() -> Self {
        Self {
            name: E::NAME,
            summary: E::SUMMARY,
            description: E::DESCRIPTION,
            method: E::METHOD,
            path: E::PATH,
            access: E::ACCESS,
            success: E::SUCCESS,
            concurrency: E::CONCURRENCY,
            path_parameters: E::Path::describe(),
            query_parameters: E::Query::describe(),
            body_class: E::Body::CLASS,
            body_media_types: E::Body::media_types(),
            problems: problems::<E>(),
        }
    }
}

/// The problems that follow from what an endpoint is, and its own.
fn problems<E: Endpoint>() -> Vec<ProblemKind> {
    let mut kinds =
        vec![ProblemKind::InvalidParameter, ProblemKind::MethodNotAllowed, ProblemKind::NotAcceptable];
    if let Access::Scope(_) = E::ACCESS {
        kinds.extend([ProblemKind::Unauthenticated, ProblemKind::Forbidden, ProblemKind::RateLimited]);
    }
    if !E::Path::describe().is_empty() {
        kinds.push(ProblemKind::NotFound);
    }
    if E::METHOD == Method::POST {
        kinds.extend([ProblemKind::InFlight, ProblemKind::KeyReused]);
    }
    match E::CONCURRENCY {
        Concurrency::Unversioned | Concurrency::Tagged | Concurrency::Named => {}
        Concurrency::Guarded => kinds.extend([ProblemKind::PreconditionRequired, ProblemKind::Stale]),
    }
    match E::Body::CLASS {
        BodyClass::Empty => {}
        BodyClass::Json | BodyClass::File => kinds.extend([
            ProblemKind::Malformed,
            ProblemKind::TooLarge,
            ProblemKind::UnsupportedMediaType,
            ProblemKind::Invalid,
        ]),
    }
    kinds.extend(E::PROBLEMS.iter().cloned());
    kinds.extend([
        ProblemKind::Timeout,
        ProblemKind::UrlTooLong,
        ProblemKind::Internal,
        ProblemKind::Unavailable,
    ]);
    kinds.sort_by_key(|kind| (kind.status(), kind.uri().to_owned()));
    kinds.dedup();
    kinds
}
