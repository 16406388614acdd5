//! Idempotency records: the reply to a request, kept with its effect so that a repeated request gets the same reply.

use chrono::{DateTime, Utc};

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
