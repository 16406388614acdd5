//! Idempotency records: the reply to a request, kept with its effect so that a repeated request gets the same reply.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;

use crate::{CommitError, ReadFuture, Realm};

/// What one idempotency key is about; part of the realm it is used in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey {
    /// Who used it: the id of the credential.
    pub credential: String,
    /// For what: method and path template.
    pub route: String,
    /// The key itself, as sent.
    pub key: String,
}

/// The reply to a request, to be stored with the request's effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyRecord {
    /// The key.
    pub key: IdempotencyKey,
    /// SHA-256 of the request, by which another request under the same key is noticed.
    pub fingerprint: [u8; 32],
    /// The status of the reply.
    pub status: u16,
    /// The body of the reply.
    pub body: Vec<u8>,
    /// Until when it is kept.
    pub expires_at: DateTime<Utc>,
}

/// The replies to requests that may be made again.
pub trait ReplyStore: Send + Sync {
    /// Reads the stored reply of an idempotency key, if it has not expired at `now`.
    fn idempotency(
        &self,
        realm: Realm,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> ReadFuture<'_, Option<IdempotencyRecord>>;

    /// For the installation: drops the idempotency records that have expired at `now`, `limit` at most; says how many.
    ///
    /// # Errors
    ///
    /// [`CommitError::Unavailable`].
    fn forget_replies(&self, now: DateTime<Utc>, limit: u32) -> BoxFuture<'_, Result<u64, CommitError>>;
}
