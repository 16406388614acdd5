//! Knows idempotency keys: reads them, finds the reply that was kept, and lets one request at a time work under a key.
//!
//! The reply is stored by the use case, in the commit of the effect itself; nothing here is a second truth.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http::HeaderMap;
use sha2::{Digest as _, Sha256};
use sister_cities_api::{EndpointInfo, IDEMPOTENCY_KEY, ProblemKind};
use sister_cities_domain::id::TokenId;
use sister_cities_storage::{Database, IdempotencyKey, IdempotencyRecord, Realm};

use crate::error::{ApiError, ApiResult};
use crate::refusal;

const LONGEST: usize = 255;

/// A request under an idempotency key, with the right to work under it until dropped.
#[derive(Debug)]
pub(crate) struct Guarded {
    key: IdempotencyKey,
    fingerprint: [u8; 32],
    expires_at: DateTime<Utc>,
    _permit: Permit,
}

/// What is known of a request's idempotency key.
pub(crate) enum Known {
    /// The request is new; go on.
    New(Guarded),
    /// The reply was kept.
    Replay(IdempotencyRecord),
}

/// A request that came with an idempotency key.
#[derive(Debug)]
pub(crate) struct KeyedRequest {
    pub(crate) credential: TokenId,
    pub(crate) key: String,
    pub(crate) fingerprint: [u8; 32],
    pub(crate) now: DateTime<Utc>,
    pub(crate) kept_for: Duration,
}

/// The keys under which a request is being worked on now.
#[derive(Clone, Debug, Default)]
pub(crate) struct InFlight(Arc<Mutex<HashSet<IdempotencyKey>>>);

#[derive(Debug)]
struct Permit {
    in_flight: InFlight,
    key: IdempotencyKey,
}

/// The key in the headers, if there is one.
pub(crate) fn key_of(headers: &HeaderMap) -> ApiResult<Option<String>> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let printable = |byte: &u8| (0x20..0x7f).contains(byte);
    let bytes = value.as_bytes();
    let good = !bytes.is_empty() && bytes.len() <= LONGEST && bytes.iter().all(printable);
    if !good || values.next().is_some() {
        let (detail, expected) = ("is not a good key", "one value of 1 to 255 printable ASCII characters");
        return Err(ApiError::header(ProblemKind::InvalidParameter, "Idempotency-Key", detail, expected));
    }
    Ok(Some(String::from_utf8_lossy(bytes).into_owned()))
}

/// A digest of all that makes a request what it is, by which another request under the same key is noticed.
pub(crate) fn fingerprint(url: &str, headers: &HeaderMap, body: &[u8]) -> [u8; 32] {
    let mut digest = Sha256::new();
    let header = |name| headers.get(name).map_or(&[][..], http::HeaderValue::as_bytes);
    for part in [url.as_bytes(), header(http::header::CONTENT_TYPE), header(http::header::IF_MATCH), body] {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

impl InFlight {
    /// Looks up a key and takes the right to work under it.
    ///
    /// 409 while another request works under it, 422 if it was used for another request.
    pub(crate) async fn look_up(
        &self,
        info: &EndpointInfo,
        database: &Database,
        realm: Realm,
        request: KeyedRequest,
    ) -> ApiResult<Known> {
        let route = format!("{} {}", info.method, info.path);
        let key = IdempotencyKey { credential: request.credential.to_string(), route, key: request.key };
        let permit = self.acquire(key.clone())?;
        let kept =
            database.realm(realm).idempotency(key.clone(), request.now).await.map_err(refusal::read)?;
        match kept {
            Some(record) if record.fingerprint == request.fingerprint => Ok(Known::Replay(record)),
            Some(_) => Err(reused()),
            None => {
                let kept_for = TimeDelta::from_std(request.kept_for).unwrap_or(TimeDelta::days(1));
                let expires_at = request.now + kept_for;
                Ok(Known::New(Guarded { key, fingerprint: request.fingerprint, expires_at, _permit: permit }))
            }
        }
    }

    fn acquire(&self, key: IdempotencyKey) -> ApiResult<Permit> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.insert(key.clone()) {
            Ok(Permit { in_flight: self.clone(), key })
        } else {
            Err(ApiError::new(ProblemKind::InFlight).retry_after(Duration::from_secs(1)))
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.in_flight.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}

impl Guarded {
    /// The record of a reply with this status, its body still to come.
    pub(crate) fn record(&self, status: u16) -> IdempotencyRecord {
        IdempotencyRecord {
            key: self.key.clone(),
            fingerprint: self.fingerprint,
            status,
            body: Vec::new(),
            expires_at: self.expires_at,
        }
    }
}

/// The key was used for another request.
pub(crate) fn reused() -> ApiError {
    let detail = "this key came with another path, query or body before; a new request needs a new key";
    ApiError::new(ProblemKind::KeyReused).detail(detail)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_key_is_1_to_255_printable_characters() {
        let key = |bytes: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert(IDEMPOTENCY_KEY, HeaderValue::from_bytes(bytes).expect("a header value"));
            key_of(&headers).map_err(|failure| failure.problem.status)
        };
        assert_eq!(key(b"a"), Ok(Some("a".to_owned())));
        assert_eq!(key(&[b'k'; 255]), Ok(Some("k".repeat(255))));
        for bad in [&b""[..], &[b'k'; 256], b"tab\tinside", "ключ".as_bytes()] {
            assert_eq!(key(bad), Err(400), "{bad:?}");
        }
        assert_eq!(key_of(&HeaderMap::new()).ok(), Some(None));
    }

    #[test]
    fn two_requests_differ_wherever_they_differ() {
        let none = HeaderMap::new();
        let one = fingerprint("/a?b", &none, b"c");
        assert_eq!(one, fingerprint("/a?b", &none, b"c"));
        assert_ne!(one, fingerprint("/a?bc", &none, b""));
        assert_ne!(one, fingerprint("/a?b", &none, b"d"));
    }
}
