//! Knows what an endpoint is: everything that server, client and documents must agree on, as one type.

use http::Method;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::access::Access;
use crate::body::{BodyClass, RequestBody};
use crate::parameter::{ParameterInfo, Parameters};
use crate::percent::percent_encode;
use crate::problem::ProblemKind;

/// One operation of the API.
///
/// Implemented by an empty enum per operation, never instantiated; a table of `endpoints!` declares both.
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

/// Declares the endpoints of a resource, each as an empty enum that implements [`Endpoint`], and lists them as `endpoints()`.
///
/// The first line of the documentation is the summary, the rest the description. A row reads: method, path, and the
/// scope it needs (or `Public`); its name and type, what it takes, its status (200 if not given) and reply, the problems of its
/// own, and its [`Concurrency`] if it is not `Unversioned`.
macro_rules! endpoints {
    ($(
        #[doc = $summary:literal] $(#[doc = $more:literal])*
        $method:ident $route:literal for $access:ident
        $name:ident: $endpoint:ident($path:ty $(, query: $query:ty)? $(, body: $body:ty)?)
            -> $($status:literal)? $reply:ty $(| $problem:ident)* $(, $concurrency:ident)?;
    )+) => {
        $(
            #[doc = $summary] $(#[doc = $more])*
            pub enum $endpoint {}

            impl $crate::Endpoint for $endpoint {
                const NAME: &'static str = stringify!($name);
                const SUMMARY: &'static str = $summary.trim_ascii();
                const DESCRIPTION: &'static str = concat!($($more),*).trim_ascii();
                const METHOD: http::Method = http::Method::$method;
                const PATH: &'static str = $route;
                const ACCESS: $crate::Access = $crate::endpoint::access!($access);
                $( const SUCCESS: u16 = $status; )?
                $( const CONCURRENCY: $crate::Concurrency = $crate::Concurrency::$concurrency; )?
                const PROBLEMS: &'static [$crate::ProblemKind] = &[$($crate::ProblemKind::$problem),*];
                type Path = $path;
                type Query = $crate::endpoint::given!($($query)?, $crate::NoParameters);
                type Body = $crate::endpoint::given!($($body)?, $crate::NoBody);
                type Reply = $reply;
            }
        )+

        /// How many endpoints are declared here: whoever answers them lists as many handlers.
        pub const ENDPOINTS: usize = [$(stringify!($name)),+].len();

        /// The endpoints declared here, in the order of the documentation.
        pub(crate) fn endpoints() -> Vec<$crate::endpoint::DeclaredEndpoint> {
            vec![$($crate::endpoint::DeclaredEndpoint::of::<$endpoint>()),+]
        }
    };
}

/// Who may call: `Public`, or the scope. Used by [`endpoints!`].
macro_rules! access {
    (Public) => {
        $crate::Access::Public
    };
    ($scope:ident) => {
        $crate::Access::Scope($crate::Scope::$scope)
    };
}

/// The type that is given, or else the usual one. Used by [`endpoints!`].
macro_rules! given {
    (, $usual:ty) => {
        $usual
    };
    ($given:ty, $usual:ty) => {
        $given
    };
}

pub(crate) use {access, endpoints, given};

/// How an endpoint guards against lost updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concurrency {
    /// No revision is involved.
    Unversioned,
    /// The reply carries an `ETag` with the record's revision; a read honours `If-None-Match`.
    ETag,
    /// A read whose reply carries an `ETag` for the `If-Match` of a change. It ignores `If-None-Match`, because the reply also tells of
    /// things that the revision does not cover.
    ETagForIfMatch,
    /// The request must name the revision it was based on in `If-Match`; the reply carries the new `ETag`.
    IfMatch,
}

/// What a success answers with: a JSON value, or [`NoContent`].
pub trait Reply: Serialize + DeserializeOwned + JsonSchema + Send + 'static {}

impl<T: Serialize + DeserializeOwned + JsonSchema + Send + 'static> Reply for T {}

/// The reply of an endpoint that answers 204.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoContent;

/// Reads a reply. An empty body is read as JSON `null`, which [`NoContent`] accepts.
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
    fill_template(E::PATH, &path.pairs(), &query.pairs())
}

/// Fills in the template and adds the query. Not generic, so that it is compiled once and not for each endpoint.
fn fill_template(template: &str, values: &[(&str, String)], query: &[(&str, String)]) -> String {
    let mut out = String::new();
    for segment in template.split('/').skip(1) {
        out.push('/');
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            None => out.push_str(segment),
            Some(name) => {
                let value = values.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
                out.push_str(&percent_encode(value.unwrap_or_default()));
            }
        }
    }
    for (position, (name, value)) in query.iter().enumerate() {
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
    /// The module that declares it, by which the documentation groups the endpoints.
    pub resource: &'static str,
}

/// An endpoint of the registry with what only the OpenAPI document needs, so that a server does not carry every schema.
pub(crate) struct DeclaredEndpoint {
    pub(crate) info: EndpointInfo,
    /// The schema of a JSON body.
    pub(crate) body_schema: fn(&mut SchemaGenerator) -> Option<Schema>,
    /// The schema of the reply.
    pub(crate) reply_schema: fn(&mut SchemaGenerator) -> Schema,
}

impl DeclaredEndpoint {
    pub(crate) fn of<E: Endpoint>() -> Self {
        Self {
            info: EndpointInfo::of::<E>(),
            body_schema: E::Body::schema,
            reply_schema: SchemaGenerator::subschema_for::<E::Reply>,
        }
    }
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
            problems: Vec::new(),
            resource: std::any::type_name::<E>().split("::").nth(1).unwrap_or_default(),
        }
        .with_problems(E::PROBLEMS)
    }

    /// With the problems that follow from what the endpoint is, and its own.
    fn with_problems(mut self, own: &[ProblemKind]) -> Self {
        let mut kinds =
            vec![ProblemKind::InvalidParameter, ProblemKind::MethodNotAllowed, ProblemKind::NotAcceptable];
        if let Access::Scope(_) = self.access {
            kinds.extend([ProblemKind::Unauthenticated, ProblemKind::Forbidden, ProblemKind::RateLimited]);
        }
        if !self.path_parameters.is_empty() {
            kinds.push(ProblemKind::NotFound);
        }
        if self.method == Method::POST {
            kinds.extend([ProblemKind::InFlight, ProblemKind::KeyReused]);
        }
        if self.method != Method::GET {
            kinds.push(ProblemKind::StorageFull);
        }
        match self.concurrency {
            Concurrency::Unversioned | Concurrency::ETag | Concurrency::ETagForIfMatch => {}
            Concurrency::IfMatch => kinds.extend([ProblemKind::PreconditionRequired, ProblemKind::Stale]),
        }
        match self.body_class {
            BodyClass::Empty => {}
            BodyClass::Json | BodyClass::File => kinds.extend([
                ProblemKind::Malformed,
                ProblemKind::TooLarge,
                ProblemKind::UnsupportedMediaType,
                ProblemKind::Invalid,
            ]),
        }
        if self.body_class == BodyClass::File {
            kinds.push(ProblemKind::QuotaFull);
        }
        kinds.extend(own.iter().cloned());
        kinds.extend([
            ProblemKind::Timeout,
            ProblemKind::UrlTooLong,
            ProblemKind::HeadersTooLarge,
            ProblemKind::Internal,
            ProblemKind::Overloaded,
            ProblemKind::Unavailable,
        ]);
        kinds.sort_by_key(|kind| (kind.status(), kind.uri().to_owned()));
        kinds.dedup();
        self.problems = kinds;
        self
    }
}
