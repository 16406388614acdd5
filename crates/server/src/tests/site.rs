//! A server with a clock that stands still, on either back end, and requests to it.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use chrono::{DateTime, Utc};
use http::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, Method, Request};
use http_body_util::BodyExt as _;
use sister_cities_api::{
    EncodedBody, Endpoint, IDEMPOTENCY_KEY, Problem, REQUEST_ID, RequestBody as _, decode_reply,
    path_and_query,
};
use sister_cities_app::App;
use sister_cities_app::clock::FixedClock;
use sister_cities_app::token::NewToken;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{ProgrammeId, SeededIds};
use sister_cities_storage::Database;
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::vault::MasterKey;
use tower::ServiceExt as _;

use super::recorded::Exchange;
use crate::config::ServerConfig;
use crate::route::Shared;
use crate::server::everything;
use crate::settings::Limits;

/// The master key of the installation: random digits, used for nothing else.
const MASTER_KEY: &str = "3f9a0c11d27be48867aa50c93e1f7d04b6c85e2290fd13a7714cd9e80b6235ef";

/// A server.
pub(super) struct Site {
    pub(super) app: App,
    pub(super) clock: Arc<FixedClock>,
    pub(super) router: Router,
    /// A token with every scope for every programme.
    pub(super) admin: String,
    /// What was asked and answered, if that is recorded.
    pub(super) exchanges: Option<Mutex<Vec<Exchange>>>,
}

/// A request to an endpoint.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) endpoint: &'static str,
    pub(super) method: Method,
    pub(super) url: String,
    pub(super) if_match: Option<String>,
    pub(super) key: Option<String>,
    pub(super) body: Option<EncodedBody>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(super) struct Got {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

impl Site {
    pub(super) async fn new() -> Self {
        Self::with_limits(Self::generous()).await
    }

    /// Limits that no test meets by accident.
    pub(super) fn generous() -> Limits {
        Limits { burst: NonZeroU32::new(1_000_000).expect("not zero"), ..Limits::default() }
    }

    pub(super) async fn with_limits(limits: Limits) -> Self {
        Self::with(Database::new(SqliteStore::temporary().expect("a database")), limits).await
    }

    /// A server on that database, with generous limits.
    pub(super) async fn on(database: Database) -> Self {
        Self::with(database, Self::generous()).await
    }

    /// Another server on the same database, which has no master key, or another one than the installation's. Its ids are of that seed.
    pub(super) async fn keyed(database: Database, master: Option<&str>, seed: u64) -> Self {
        Self::opened(sealed(database, master), Self::generous(), seed).await
    }

    async fn with(database: Database, limits: Limits) -> Self {
        Self::opened(sealed(database, Some(MASTER_KEY)), limits, 7).await
    }

    async fn opened(database: Database, limits: Limits, seed: u64) -> Self {
        Self::set_up(database, &ServerConfig::loopback().with_limits(limits), seed).await
    }

    /// A server on a database of its own, set up so.
    pub(super) async fn with_config(config: &ServerConfig) -> Self {
        Self::set_up(Database::new(SqliteStore::temporary().expect("a database")), config, 7).await
    }

    async fn set_up(database: Database, config: &ServerConfig, seed: u64) -> Self {
        let noon: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().expect("an instant");
        let clock = Arc::new(FixedClock::at(noon));
        let app = App::new(database, clock.clone(), Arc::new(SeededIds::new(seed)));
        let shared = Shared::new(app.clone(), config, [7; 32]);
        let router = everything(&shared, config);
        let mut site = Self { app, clock, router, admin: String::new(), exchanges: None };
        site.admin = site.token(None, &Scope::ALL).await;
        site
    }

    /// A new token for that programme, or for all.
    pub(super) async fn token(&self, programme: Option<ProgrammeId>, scopes: &[Scope]) -> String {
        let request = NewToken {
            programme,
            name: "a test's token".parse().expect("a name"),
            scopes: scopes.iter().copied().collect(),
            expires_at: None,
        };
        let made = self.app.create_token(&Caller::system(), request).await.expect("a token");
        made.text.reveal().to_owned()
    }

    /// Sends a request with the administrator's token.
    pub(super) async fn send(&self, request: &Sent) -> Got {
        self.send_as(request, Some(&self.admin)).await
    }

    /// Sends a request with that token, or none.
    pub(super) async fn send_as(&self, request: &Sent, token: Option<&str>) -> Got {
        let mut builder = Request::builder().method(&request.method).uri(&request.url);
        builder = builder.header(REQUEST_ID, "fixed-by-the-test");
        if let Some(token) = token {
            builder = builder.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(tag) = &request.if_match {
            builder = builder.header(IF_MATCH, tag);
        }
        if let Some(key) = &request.key {
            builder = builder.header(IDEMPOTENCY_KEY, key);
        }
        let body = match &request.body {
            None => Body::empty(),
            Some(encoded) => {
                builder = builder.header(CONTENT_TYPE, encoded.media_type);
                Body::from(encoded.bytes.clone())
            }
        };
        self.raw(builder.body(body).expect("a request")).await
    }

    /// Opens a link as a program does that has no token, and has what the tag names already.
    pub(super) async fn open(&self, path: &str, known: Option<&str>) -> Got {
        let mut builder = Request::builder().uri(path).header(REQUEST_ID, "fixed-by-the-test");
        if let Some(known) = known {
            builder = builder.header(IF_NONE_MATCH, known);
        }
        self.raw(builder.body(Body::empty()).expect("a request")).await
    }

    /// Sends whatever request.
    pub(super) async fn raw(&self, request: Request<Body>) -> Got {
        let Some(exchanges) = &self.exchanges else { return self.answer(request).await };
        let (parts, body) = request.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        let got = self.answer(Request::from_parts(parts.clone(), Body::from(body.clone()))).await;
        let exchange = Exchange::note(&Request::from_parts(parts, ()), &body, &got);
        exchanges.lock().expect("no panic").push(exchange);
        got
    }

    async fn answer(&self, request: Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.expect("never fails");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
        Got { status: parts.status.as_u16(), headers: parts.headers, bytes }
    }

    /// Sends a request with the administrator's token that must succeed.
    pub(super) async fn ask<E: Endpoint>(
        &self,
        path: &E::Path,
        query: &E::Query,
        body: &E::Body,
    ) -> E::Reply {
        let got = self.send(&request::<E>(path, query, body)).await;
        assert_eq!(got.status, E::SUCCESS, "{}: {}", E::NAME, got.text());
        got.reply::<E>()
    }
}

fn sealed(database: Database, master: Option<&str>) -> Database {
    match master.map(|text| MasterKey::from_text(text).expect("a key")) {
        Some(master) => database.sealed_by(master),
        None => database,
    }
}

/// A request to `E`.
pub(super) fn request<E: Endpoint>(path: &E::Path, query: &E::Query, body: &E::Body) -> Sent {
    Sent {
        endpoint: E::NAME,
        method: E::METHOD,
        url: path_and_query::<E>(path, query),
        if_match: None,
        key: None,
        body: body.encode().expect("a body"),
    }
}

impl Sent {
    pub(super) fn if_match(mut self, tag: impl Into<String>) -> Self {
        self.if_match = Some(tag.into());
        self
    }

    pub(super) fn key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }
}

impl Got {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(super) fn reply<E: Endpoint>(&self) -> E::Reply {
        decode_reply::<E>(&self.bytes).unwrap_or_else(|error| panic!("{}: {error}: {}", E::NAME, self.text()))
    }

    pub(super) fn problem(&self) -> Problem {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text());
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(super) fn etag(&self) -> String {
        self.header(ETAG.as_str()).expect("an ETag").to_owned()
    }
}
