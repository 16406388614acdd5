//! Knows the id of a request: taken over from the caller if it is a harmless word, else drawn.

use http::{HeaderMap, HeaderValue};
use sister_cities_api::REQUEST_ID;

/// The id of a request, as the log, the reply's header and a problem show it.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(String);

impl RequestId {
    const LONGEST: usize = 64;

    /// The id in the headers, or a new one.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(|text| {
            let harmless = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            !text.is_empty() && text.len() <= Self::LONGEST && text.bytes().all(harmless)
        });
        given.map_or_else(Self::drawn, |text| Self(text.to_owned()))
    }

    /// The id as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as a header's value.
    pub(crate) fn header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
    }

    fn drawn() -> Self {
        let mut bytes = [0_u8; 16];
        // Without random bytes the ids repeat, which harms nothing but the reading of the log.
        let _ = getrandom::fill(&mut bytes);
        Self(format!("{:032x}", u128::from_be_bytes(bytes)))
    }
}
