//! A server that answers what it was told to, and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use serde::Serialize;
use sister_cities_api::{JSON_MEDIA_TYPE, PROBLEM_MEDIA_TYPE, Problem, ProblemKind};

use crate::transport::{Exchange, Phase, Transport, TransportError};
use crate::{Client, ClientBuilder};

/// What the fake server does with one request.
#[derive(Clone, Debug)]
pub struct Answer(Reaction);

#[derive(Clone, Debug)]
enum Reaction {
    Respond { status: StatusCode, headers: HeaderMap, body: Bytes },
    Fail(Phase),
    Hang,
}

/// A server in memory. First come the answers that were scripted, in their order; then those that belong to a path. Clones are the
/// same server.
#[derive(Clone, Debug, Default)]
pub struct FakeServer {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Answer>,
    routes: Vec<(Method, String, Answer)>,
    requests: Vec<Request<Bytes>>,
}

impl Answer {
    /// An empty response with this status.
    ///
    /// # Panics
    ///
    /// If there is no such status.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).expect("a status of HTTP");
        Self(Reaction::Respond { status, headers: HeaderMap::new(), body: Bytes::new() })
    }

    /// A response of 200 with this value.
    ///
    /// # Panics
    ///
    /// If the value cannot be written as JSON.
    #[must_use]
    pub fn json(value: &impl Serialize) -> Self {
        let body = serde_json::to_vec(value).expect("a value with a JSON form");
        Self::status(200).with_header(CONTENT_TYPE.as_str(), JSON_MEDIA_TYPE).with_body(body)
    }

    /// A refusal of this kind, with the status that belongs to it.
    #[must_use]
    pub fn problem(kind: ProblemKind) -> Self {
        let problem = Problem::new(kind);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        Self::status(problem.status).with_header(CONTENT_TYPE.as_str(), PROBLEM_MEDIA_TYPE).with_body(body)
    }

    /// No response: the exchange breaks off in that phase. After [`Phase::Sending`] and [`Phase::Receiving`] a real server may have
    /// done what it was asked.
    #[must_use]
    pub fn lost(phase: Phase) -> Self {
        Self(Reaction::Fail(phase))
    }

    /// No response, ever: the attempt ends by its time-out.
    #[must_use]
    pub fn never() -> Self {
        Self(Reaction::Hang)
    }

    /// The same with this body; without effect where there is no response.
    #[must_use]
    pub fn with_body(mut self, text: impl Into<Bytes>) -> Self {
        if let Reaction::Respond { body, .. } = &mut self.0 {
            *body = text.into();
        }
        self
    }

    /// The same with this header; without effect where there is no response.
    ///
    /// # Panics
    ///
    /// If name or value are not allowed in HTTP.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let Reaction::Respond { headers, .. } = &mut self.0 {
            let name = HeaderName::try_from(name).expect("the name of a header");
            headers.insert(name, HeaderValue::from_str(value).expect("the value of a header"));
        }
        self
    }

    /// The same at this revision: `r7` is sent as `"r7"`.
    ///
    /// # Panics
    ///
    /// If it is not allowed in a header.
    #[must_use]
    pub fn with_revision(self, revision: &str) -> Self {
        self.with_header(ETAG.as_str(), &format!("\"{revision}\""))
    }
}

impl FakeServer {
    /// A server that gives these answers, in this order, whatever it is asked.
    #[must_use]
    pub fn answering(script: impl IntoIterator<Item = Answer>) -> Self {
        let server = Self::default();
        server.state().script.extend(script);
        server
    }

    /// The same with this answer whenever that path is asked with that method and the script has come to its end. The path is from
    /// the root of the API, without a query: `/v1/programmes`.
    #[must_use]
    pub fn with_route(self, method: Method, path: &str, answer: Answer) -> Self {
        self.state().routes.push((method, path.to_owned(), answer));
        self
    }

    /// A client of this server, with a token and the standard retry policy.
    ///
    /// # Panics
    ///
    /// Never: address and token are fit for it.
    #[must_use]
    pub fn client(&self) -> Client {
        self.builder().build().expect("an address and a token that are fit")
    }

    /// The same client, before it is built.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder(Self::BASE).token("scp_secret").with_transport(self.clone())
    }

    /// What was asked so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.state().requests.clone()
    }

    const BASE: &str = "https://sister.example/prefix/";
    const PREFIX: &str = "/prefix";

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn react(&self, request: Request<Bytes>) -> Reaction {
        let mut state = self.state();
        let path = request.uri().path();
        let path = path.strip_prefix(Self::PREFIX).unwrap_or(path).to_owned();
        let method = request.method().clone();
        state.requests.push(request);
        let scripted = state.script.pop_front();
        let routed = || state.routes.iter().find(|(by, at, _)| *by == method && *at == path);
        let answer = scripted.or_else(|| routed().map(|(_, _, answer)| answer.clone()));
        drop(state);
        answer.unwrap_or_else(|| panic!("the fake server has no answer to {method} {path}")).0
    }
}

impl Transport for FakeServer {
    /// # Panics
    ///
    /// If the script has come to its end and the path has no answer of its own.
    fn exchange(&self, request: Request<Bytes>) -> Exchange<'_> {
        Box::pin(async move {
            match self.react(request) {
                Reaction::Respond { status, headers, body } => {
                    let mut response = Response::new(body);
                    *response.status_mut() = status;
                    *response.headers_mut() = headers;
                    Ok(response)
                }
                Reaction::Fail(phase) => Err(TransportError::new(phase, "the fake server was told to")),
                Reaction::Hang => std::future::pending().await,
            }
        })
    }
}
