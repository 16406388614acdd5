//! Knows what a handler is given: a request that was read, checked and let in; and what it gives back.

use axum::http::HeaderMap;
use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sister_cities_api::{Cursor, Endpoint, Moment, PageLimit, Paged, Parameters as _};
use sister_cities_app::{App, CommandOutcome, IdempotentReply, Times};
use sister_cities_domain::access::Caller;
use sister_cities_storage::{IdempotencyRecord, Listing, Record, Revision};

use crate::cursor::{CursorScope, CursorSeal};
use crate::error::{ApiError, ApiResult};
use crate::etag;
use crate::idempotency::Guarded;
use crate::progress::ProgressBoard;

/// A request to `E` that was read, checked and let in.
pub(crate) struct Call<E: Endpoint> {
    /// The use cases.
    pub(crate) app: App,
    /// Who asks.
    pub(crate) caller: Caller,
    /// The parameters in the path.
    pub(crate) path: E::Path,
    /// The parameters in the query.
    pub(crate) query: E::Query,
    /// What the request carries.
    pub(crate) body: E::Body,
    /// How far the imports at work are.
    pub(crate) progress: ProgressBoard,
    pub(crate) headers: HeaderMap,
    pub(crate) seal: CursorSeal,
    pub(crate) guarded: Option<Guarded>,
}

/// What a handler gives back.
pub(crate) enum Answer<R> {
    /// It was done now.
    Fresh {
        /// The reply.
        reply: R,
        /// The revision of the record in the reply.
        revision: Option<Revision>,
        /// The path of the record that was created.
        location: Option<String>,
    },
    /// It was done before, under the same idempotency key.
    Replayed(IdempotencyRecord),
}

impl<E: Endpoint> Call<E> {
    /// The revision that the change is based on, by `If-Match`.
    pub(crate) fn based_on(&self) -> ApiResult<Revision> {
        let number = etag::based_on(&self.headers)?;
        Revision::new(number).ok_or_else(|| {
            let expected = "the ETag of the record as it was read, such as \"r7\"";
            ApiError::header(
                sister_cities_api::ProblemKind::InvalidParameter,
                "If-Match",
                "names no revision",
                expected,
            )
        })
    }

    /// How the reply is to be kept with the effect, if the request has an idempotency key.
    pub(crate) fn idempotent_reply<'a, R, V: Serialize>(
        &self,
        view: impl FnOnce(&R) -> V + Send + 'a,
    ) -> IdempotentReply<'a, R> {
        match &self.guarded {
            None => IdempotentReply::NONE,
            Some(guarded) => {
                let template = guarded.record(E::SUCCESS);
                IdempotentReply::with(move |result| {
                    // What serde cannot write it could not have sent either; the fresh reply fails in the same way.
                    let body = serde_json::to_vec(&view(result)).unwrap_or_default();
                    IdempotencyRecord { body, ..template }
                })
            }
        }
    }

    /// Opens the cursor of the query, if there is one.
    pub(crate) fn decode_cursor<T: DeserializeOwned>(&self, cursor: Option<&Cursor>) -> ApiResult<Option<T>> {
        let scope = CursorScope::of::<E>(&self.path, &self.query);
        cursor.map(|cursor| self.seal.open(&scope, cursor)).transpose()
    }

    /// Seals the position at which the page ends, if it is not the last.
    pub(crate) fn next<T: Serialize>(&self, position: Option<&T>) -> ApiResult<Option<Cursor>> {
        let scope = CursorScope::of::<E>(&self.path, &self.query);
        position.map(|position| self.seal.seal(&scope, position)).transpose()
    }
}

impl<E: Endpoint<Query: Paged>> Call<E> {
    /// The part of a list that the query asks for.
    pub(crate) fn listing<T: Record>(&self) -> ApiResult<Listing<T>> {
        let listing = listing(self.query.pairs(), &[])?;
        Ok(listing.after(self.decode_cursor(self.query.cursor())?))
    }
}

/// The list that parameters ask for: filters, order and page size by their names. Where it is read on and as of which times is not
/// of the list; nor is what is named `beside` it.
pub(crate) fn listing<T: Record>(
    parameters: Vec<(&'static str, String)>,
    beside: &[&str],
) -> ApiResult<Listing<T>> {
    let others = ["cursor", "as_of", "recorded_at"];
    let of_list = parameters.into_iter().filter(|(name, _)| !others.contains(name) && !beside.contains(name));
    // The catalogue and the parameters of each list have the same names: a test compares them.
    Listing::asked(of_list, page_size(None)).map_err(ApiError::internal)
}

/// As of which times a read is asked.
pub(crate) fn times(as_of: Option<NaiveDate>, recorded_at: Option<Moment>) -> Times {
    Times { as_of, recorded_at: recorded_at.map(Moment::instant) }
}

/// How many items a page is to hold.
pub(crate) fn page_size(limit: Option<PageLimit>) -> u32 {
    u32::from(limit.unwrap_or_default().get())
}

impl<R> Answer<R> {
    /// A reply without a revision.
    pub(crate) const fn plain(reply: R) -> Self {
        Self::Fresh { reply, revision: None, location: None }
    }

    /// A reply that shows a record at a revision.
    pub(crate) const fn versioned(reply: R, revision: Revision) -> Self {
        Self::Fresh { reply, revision: Some(revision), location: None }
    }

    /// A reply that shows a record that was created now, at that path.
    pub(crate) const fn created(reply: R, revision: Revision, location: String) -> Self {
        Self::Fresh { reply, revision: Some(revision), location: Some(location) }
    }

    /// What became of a command.
    pub(crate) fn done<T>(done: CommandOutcome<T>, fresh: impl FnOnce(T) -> Self) -> Self {
        match done {
            CommandOutcome::Executed(result) => fresh(result),
            CommandOutcome::Replayed(record) => Self::Replayed(record),
        }
    }
}
