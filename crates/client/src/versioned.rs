//! A value and the revision it was read at: what a change must start from.

use std::ops::Deref;

use http::HeaderValue;

/// The revision of a record, as the server names it. Opaque: kept, compared and sent back, never computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ETag(HeaderValue);

impl ETag {
    pub(crate) fn from_headers(headers: &http::HeaderMap) -> Option<Self> {
        let value = headers.get(http::header::ETAG)?;
        value.to_str().ok().filter(|text| !text.is_empty())?;
        Some(Self(value.clone()))
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// The tag as it stands in the header, quotes included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // `from_headers` took only what is text.
        self.0.to_str().unwrap_or_default()
    }
}

/// A value with the revision it was read at. A change made from it is refused if somebody else was faster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<T> {
    /// What was read.
    pub value: T,
    /// The revision it was read at.
    pub etag: ETag,
}

impl<T> Deref for Versioned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
