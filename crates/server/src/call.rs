//! Knows what a handler is given: a request that was read, checked and let in; and what it gives back.

use std::sync::Arc;

use axum::http::HeaderMap;
use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sister_cities_api::{Cursor, Endpoint, Moment, Page, PageLimit, Paged, Parameters as _, path_and_query};
use sister_cities_app::import::Tried;
use sister_cities_app::partnership::PartnershipWithPlaces;
use sister_cities_app::programme::ProgrammeWithHost;
use sister_cities_app::promise::PlanWithProgress;
use sister_cities_app::sharing::{Linked, Sharing};
use sister_cities_app::{App, CommandOutcome, IdempotentReply, Times};
use sister_cities_domain::access::Caller;
use sister_cities_notification::outbound::OutboundPolicy;
use sister_cities_storage::{IdempotencyRecord, Listing, Record, Revision, Versioned};

use crate::cursor::{CursorScope, CursorSeal};
use crate::error::{ApiError, ApiResult};
use crate::etag;
use crate::idempotency::Guarded;
use crate::progress::ProgressBoard;

/// What a request brings beside its parameters and its body.
pub(crate) struct RequestContext {
    /// The use cases.
    pub(crate) app: App,
    /// Who asks.
    pub(crate) caller: Caller,
    /// How far the imports at work are.
    pub(crate) progress: ProgressBoard,
    /// Where webhooks may lead.
    pub(crate) receivers: Arc<OutboundPolicy>,
    pub(crate) headers: HeaderMap,
    pub(crate) seal: CursorSeal,
    pub(crate) guarded: Option<Guarded>,
}

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
    /// Where webhooks may lead.
    pub(crate) receivers: Arc<OutboundPolicy>,
    headers: HeaderMap,
    seal: CursorSeal,
    guarded: Option<Guarded>,
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
        /// Where the next page begins, if the reply is one that is followed by another.
        next: Option<Cursor>,
    },
    /// It was done before, under the same idempotency key.
    Replayed(IdempotencyRecord),
}

impl<E: Endpoint> Call<E> {
    /// The request to `E` with these parameters and this body.
    pub(crate) fn new(context: RequestContext, path: E::Path, query: E::Query, body: E::Body) -> Self {
        let RequestContext { app, caller, progress, receivers, headers, seal, guarded } = context;
        Self { app, caller, path, query, body, progress, receivers, headers, seal, guarded }
    }

    /// The revision that the change is based on, by `If-Match`.
    pub(crate) fn based_on(&self) -> ApiResult<Revision> {
        let number = etag::based_on(&self.headers)?;
        Revision::new(number).ok_or_else(|| {
            let expected = "the ETag of the record as it was read, such as \"r7\"";
            ApiError::header(
                sister_cities_api::ProblemKind::Stale,
                "If-Match",
                "is no tag that the record can have",
                expected,
            )
        })
    }

    /// How the reply is to be kept with the effect, if the request has an idempotency key.
    pub(crate) fn idempotent_reply<'a, R, V: Serialize>(
        &self,
        view: impl Fn(&R) -> V + Send + Sync + 'a,
    ) -> IdempotentReply<'a, R> {
        match &self.guarded {
            None => IdempotentReply::NONE,
            Some(guarded) => {
                let template = guarded.record(E::SUCCESS);
                IdempotentReply::with(move |result| {
                    // What serde cannot write it could not have sent either; the fresh reply fails in the same way.
                    let body = serde_json::to_vec(&view(result)).unwrap_or_default();
                    IdempotencyRecord { body, ..template.clone() }
                })
            }
        }
    }

    /// Opens the cursor of the query, if there is one.
    pub(crate) fn decode_cursor<T: DeserializeOwned>(&self, cursor: Option<&Cursor>) -> ApiResult<Option<T>> {
        let scope = CursorScope::of::<E>(&self.path, &self.query);
        cursor.map(|cursor| self.seal.open(&scope, cursor)).transpose()
    }

    /// A page of a list: each item as `view` shows it, and the sealed position at which the page ends, if it is not the last.
    pub(crate) fn page<T, V>(
        &self,
        items: &[T],
        next: Option<&impl Serialize>,
        view: impl FnMut(&T) -> V,
    ) -> ApiResult<Answer<Page<V>>> {
        let next_cursor = self.encode_cursor(next)?;
        let next = next_cursor.clone();
        Ok(Answer::page(Page { items: items.iter().map(view).collect(), next_cursor }, next))
    }

    /// Seals the position at which a page ends, if it is not the last.
    pub(crate) fn encode_cursor(&self, next: Option<&impl Serialize>) -> ApiResult<Option<Cursor>> {
        let scope = CursorScope::of::<E>(&self.path, &self.query);
        next.map(|position| self.seal.seal(&scope, position)).transpose()
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
        Self::Fresh { reply, revision: None, location: None, next: None }
    }

    /// A page, and where the next one begins.
    pub(crate) const fn page(reply: R, next: Option<Cursor>) -> Self {
        Self::Fresh { reply, revision: None, location: None, next }
    }

    /// A reply that shows a record at a revision.
    pub(crate) const fn versioned(reply: R, revision: Revision) -> Self {
        Self::Fresh { reply, revision: Some(revision), location: None, next: None }
    }

    /// A reply that shows a record, at the revision it was found at.
    pub(crate) fn shown<T: Revised>(found: &T, view: impl FnOnce(&T) -> R) -> Self {
        Self::versioned(view(found), found.revision())
    }

    /// A reply to a command that is about no one record.
    pub(crate) fn done<T>(outcome: CommandOutcome<T>, view: impl FnOnce(&T) -> R) -> Self {
        match outcome {
            CommandOutcome::Executed(done) => Self::plain(view(&done)),
            CommandOutcome::Replayed(record) => Self::Replayed(record),
        }
    }

    /// A reply to a command that changed a record.
    pub(crate) fn changed<T: Revised>(outcome: CommandOutcome<T>, view: impl FnOnce(&T) -> R) -> Self {
        match outcome {
            CommandOutcome::Executed(now) => Self::shown(&now, view),
            CommandOutcome::Replayed(record) => Self::Replayed(record),
        }
    }

    /// A reply to a command that created a record, which `G` reads at that path.
    pub(crate) fn created<G: Endpoint<Query: Default>, T: Revised>(
        outcome: CommandOutcome<T>,
        view: impl FnOnce(&T) -> R,
        path: impl FnOnce(&T) -> G::Path,
    ) -> Self {
        match outcome {
            CommandOutcome::Executed(made) => Self::Fresh {
                reply: view(&made),
                revision: Some(made.revision()),
                location: Some(path_and_query::<G>(&path(&made), &G::Query::default())),
                next: None,
            },
            CommandOutcome::Replayed(record) => Self::Replayed(record),
        }
    }

    /// The same answer with another reply.
    pub(crate) fn map<S>(self, with: impl FnOnce(R) -> S) -> Answer<S> {
        match self {
            Self::Fresh { reply, revision, location, next } => {
                Answer::Fresh { reply: with(reply), revision, location, next }
            }
            Self::Replayed(record) => Answer::Replayed(record),
        }
    }
}

/// What has a revision for the `ETag` of the reply that shows it.
pub(crate) trait Revised {
    /// The revision.
    fn revision(&self) -> Revision;
}

impl<T> Revised for Versioned<T> {
    fn revision(&self) -> Revision {
        self.revision
    }
}

impl Revised for Tried {
    fn revision(&self) -> Revision {
        self.run.revision
    }
}

impl Revised for PartnershipWithPlaces {
    fn revision(&self) -> Revision {
        self.partnership.revision
    }
}

impl Revised for PlanWithProgress {
    fn revision(&self) -> Revision {
        self.plan.revision
    }
}

impl Revised for ProgrammeWithHost {
    fn revision(&self) -> Revision {
        self.programme.revision
    }
}

impl Revised for Linked {
    fn revision(&self) -> Revision {
        self.link.revision
    }
}

impl Revised for Sharing {
    fn revision(&self) -> Revision {
        self.share.revision
    }
}
