//! How a webhook is signed, and how a receiver verifies it: the Standard Webhooks specification, symmetric scheme `v1`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use sha2::Sha256;

use super::payload::WebhookEvent;
use super::secret::SigningSecret;

/// The header with the id of the delivery, the same at each attempt: the key by which a receiver knows what it has already.
pub const WEBHOOK_ID: &str = "webhook-id";
/// The header with the moment of the attempt, in seconds since 1970 in UTC.
pub const WEBHOOK_TIMESTAMP: &str = "webhook-timestamp";
/// The header with the signatures, several of them joined by a space while a secret is rotated.
pub const WEBHOOK_SIGNATURE: &str = "webhook-signature";

/// How far a message may be from the receiver's clock, so that nobody sends a message again that they overheard.
pub const REPLAY_WINDOW: TimeDelta = TimeDelta::minutes(5);

/// The scheme: HMAC-SHA256 over id, timestamp and body.
const SCHEME: &str = "v1";
/// More signatures than this are not looked at.
const MOST_SIGNATURES: usize = 16;

/// Why a message is not taken for ours. Nothing in it is secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// A header is missing, stands twice, or is not text.
    #[error("the header {0} is missing, stands twice, or is not text")]
    Header(&'static str),
    /// The timestamp is no whole number of seconds.
    #[error("the header webhook-timestamp is no number of seconds since 1970")]
    Timestamp,
    /// The message was signed too long ago, or in the future.
    #[error("the message was signed at {signed}, more than five minutes from {now}")]
    Replay {
        /// When it was signed.
        signed: DateTime<Utc>,
        /// The receiver's clock.
        now: DateTime<Utc>,
    },
    /// No signature of the scheme `v1` was made with one of the secrets.
    #[error("no signature was made with a known secret")]
    Signature,
    /// It is signed, and not what this version can read.
    #[error("the body is signed and cannot be read")]
    Body(#[source] serde_json::Error),
}

/// The value of [`WEBHOOK_SIGNATURE`] for a message with this id, sent at this moment: one signature for each secret.
#[must_use]
pub fn sign(secrets: &[SigningSecret], id: &str, at: DateTime<Utc>, body: &[u8]) -> String {
    let seconds = at.timestamp().to_string();
    let signature = |secret: &SigningSecret| {
        let made = code(secret, id, &seconds, body).finalize().into_bytes();
        format!("{SCHEME},{}", BASE64.encode(made))
    };
    secrets.iter().map(signature).collect::<Vec<_>>().join(" ")
}

/// Verifies that a message is ours and not an old one, and reads it.
///
/// `secrets` are those that the receiver knows: the one in use, during a rotation both. `headers` and `body` are as they arrived:
/// read the body as bytes, and parse nothing before this. Signatures are compared in constant time.
///
/// ```
/// # use http::HeaderMap;
/// # use sister_cities_api::webhook::{sign, verify};
/// # let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().expect("a secret");
/// # let (secrets, now) = ([secret], "2026-11-30T09:00:00Z".parse().expect("a time"));
/// # let body = br#"{"type": "partnership.suspended", "timestamp": "2026-11-30T08:59:58Z", "version": "1",
/// #     "data": {"id": "evt_01h455vb4pex5vsknk084sn02q", "programme": "prg_01h455vb4pex5vsknk084sn02q",
/// #     "subject": "prt_01h455vb4pex5vsknk084sn02q"}}"#;
/// # let mut headers = HeaderMap::new();
/// # headers.insert("webhook-id", "dlv_01h455vb4pex5vsknk084sn02q".parse().expect("a value"));
/// # headers.insert("webhook-timestamp", "1796029200".parse().expect("a value"));
/// # let made = sign(&secrets, "dlv_01h455vb4pex5vsknk084sn02q", now, body);
/// # headers.insert("webhook-signature", made.parse().expect("a value"));
/// let event = verify(&secrets, &headers, body, now)?;
/// assert_eq!(event.name, "partnership.suspended");
/// # Ok::<(), sister_cities_api::webhook::VerifyError>(())
/// ```
///
/// # Errors
///
/// [`VerifyError`]; answer 400 and do nothing with the message.
pub fn verify(
    secrets: &[SigningSecret],
    headers: &HeaderMap,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<WebhookEvent, VerifyError> {
    let id = header(headers, WEBHOOK_ID)?;
    let seconds = header(headers, WEBHOOK_TIMESTAMP)?;
    let signatures = header(headers, WEBHOOK_SIGNATURE)?;
    let signed = seconds.parse::<i64>().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let signed = signed.ok_or(VerifyError::Timestamp)?;
    if (now - signed).abs() > REPLAY_WINDOW {
        return Err(VerifyError::Replay { signed, now });
    }
    let ours = signatures.split(' ').take(MOST_SIGNATURES).any(|signature| {
        let made = signature.split_once(',').filter(|(scheme, _)| *scheme == SCHEME);
        let Some(made) = made.and_then(|(_, made)| BASE64.decode(made).ok()) else { return false };
        secrets.iter().any(|secret| code(secret, id, seconds, body).verify_slice(&made).is_ok())
    });
    if !ours {
        return Err(VerifyError::Signature);
    }
    serde_json::from_slice(body).map_err(VerifyError::Body)
}

fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, VerifyError> {
    let mut values = headers.get_all(name).iter();
    match (values.next().map(http::HeaderValue::to_str), values.next()) {
        (Some(Ok(text)), None) => Ok(text),
        (None | Some(_), _) => Err(VerifyError::Header(name)),
    }
}

fn code(secret: &SigningSecret, id: &str, seconds: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut code = Hmac::<Sha256>::new_from_slice(secret.key()).expect("HMAC takes a key of any length");
    for part in [id.as_bytes(), b".", seconds.as_bytes(), b".", body] {
        code.update(part);
    }
    code
}

#[cfg(test)]
mod tests;
