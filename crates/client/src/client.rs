//! The client itself: what is shared, and the ways to the resources.

use std::fmt;
use std::sync::Arc;

use sister_cities_api::domain::id::ProgrammeId;
use sister_cities_api::system::{Livez, Readyz};
use sister_cities_api::{Endpoint, ListEndpoint, NoBody, NoParameters, Page, Paged};

use crate::builder::ClientBuilder;
use crate::call::{Bare, Call, Tagged};
use crate::list::List;
use crate::resource::{Programme, Programmes};
use crate::send::ClientInner;

/// Speaks to one server with one token. Cheap to clone: clones share connections, the retry budget and what
/// is left of the token's quota.
#[derive(Clone)]
pub struct Client {
    inner: Arc<ClientInner>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.inner.base.as_str()).finish_non_exhaustive()
    }
}

impl Client {
    /// Starts to set up a client for the server at `base_url`, which may have a path prefix.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(base_url.into())
    }

    pub(crate) fn from_inner(inner: ClientInner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    pub(crate) fn inner(&self) -> &ClientInner {
        &self.inner
    }

    /// Whether what is sent, the token too, can be read on the way: plain http to another machine.
    #[must_use]
    pub fn sends_in_clear(&self) -> bool {
        crate::builder::is_in_clear(&self.inner.base)
    }

    /// Calls any endpoint of the API, by its declaration.
    pub fn call<E: Endpoint>(&self, path: E::Path, query: E::Query, body: E::Body) -> Call<E, Bare> {
        Call::new(self.clone(), path, query, body)
    }

    /// Calls any endpoint whose response carries a revision.
    pub fn call_versioned<E: Endpoint>(
        &self,
        path: E::Path,
        query: E::Query,
        body: E::Body,
    ) -> Call<E, Tagged> {
        Call::new(self.clone(), path, query, body)
    }

    /// Reads any list of the API, by its declaration.
    pub fn list<E>(&self, path: E::Path, query: E::Query) -> List<E>
    where
        E: ListEndpoint<Body = NoBody, Path: Clone, Query: Paged>,
        E: Endpoint<Reply = Page<<E as ListEndpoint>::Item>>,
        E::Item: Send + 'static,
    {
        List::new(self.clone(), path, query, NoBody)
    }

    /// The programmes that the token may see.
    #[must_use]
    pub fn programmes(&self) -> Programmes {
        Programmes::new(self)
    }

    /// One programme, and what it holds. Makes no call yet.
    #[must_use]
    pub fn programme(&self, id: ProgrammeId) -> Programme {
        Programme::new(self, id)
    }

    /// Whether the server lives. Needs no token.
    pub fn livez(&self) -> Call<Livez, Bare> {
        self.call(NoParameters, NoParameters, NoBody)
    }

    /// Whether the server can work: whether its database answers. Needs no token.
    pub fn readyz(&self) -> Call<Readyz, Bare> {
        self.call(NoParameters, NoParameters, NoBody)
    }
}
