//! Knows how the platform says no: problem details (RFC 9457) that name the field, what was wrong with it, and
//! what would be right.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// An error reply, as `application/problem+json`.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// What kind of problem it is, as a stable URI.
    #[serde(rename = "type")]
    pub kind: ProblemKind,
    /// The kind in a few words; the same for every problem of the kind.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time, in a sentence.
    pub detail: Option<String>,
    /// The path that was asked for.
    pub instance: Option<String>,
    /// The id of the request, to quote when asking for help.
    pub request_id: Option<String>,
    /// The fields that were at fault, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

impl Problem {
    /// A problem of this kind, with the kind's own title and status.
    #[must_use]
    pub fn new(kind: ProblemKind) -> Self {
        let (title, status) = (kind.title().to_owned(), kind.status());
        Self { kind, title, status, detail: None, instance: None, request_id: None, errors: Vec::new() }
    }

    /// Adds what happened this time.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds the fields at fault.
    #[must_use]
    pub fn with_errors(mut self, errors: impl IntoIterator<Item = FieldError>) -> Self {
        self.errors.extend(errors);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)?;
        if let Some(detail) = &self.detail {
            write!(f, ": {detail}")?;
        }
        for error in &self.errors {
            write!(f, "; {error}")?;
        }
        Ok(())
    }
}

/// One field at fault: where it is (exactly one of `pointer`, `parameter`, `header`), what was wrong, what would
/// be right.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldError {
    /// The place in the request's body, as a JSON Pointer (RFC 6901): `/members/0`.
    pub pointer: Option<String>,
    /// The name of the path or query parameter.
    pub parameter: Option<String>,
    /// The name of the request header.
    pub header: Option<String>,
    /// What was wrong.
    pub detail: String,
    /// What would be right.
    pub expected: Option<String>,
}

impl FieldError {
    /// A fault in the body, at a JSON Pointer.
    #[must_use]
    pub fn at_pointer(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), ..Self::bare(detail.into()) }
    }

    /// A fault in a path or query parameter.
    #[must_use]
    pub fn at_parameter(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { parameter: Some(name.into()), ..Self::bare(detail.into()) }
    }

    /// A fault in a request header.
    #[must_use]
    pub fn at_header(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { header: Some(name.into()), ..Self::bare(detail.into()) }
    }

    /// Adds what would be right.
    #[must_use]
    pub fn expecting(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    fn bare(detail: String) -> Self {
        Self { pointer: None, parameter: None, header: None, detail, expected: None }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.pointer.as_ref().or(self.parameter.as_ref()).or(self.header.as_ref());
        if let Some(place) = place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.detail)?;
        if let Some(expected) = &self.expected {
            write!(f, " (expected {expected})")?;
        }
        Ok(())
    }
}

/// A row: when the server answers with it; its name, the end of its URI, status and title; what the caller should do. The page
/// `docs/api/problems.md` is written from them.
macro_rules! problem_kinds {
    ($( #[doc = $meaning:literal] $variant:ident = $uri:literal, $status:literal, $title:literal, $remedy:literal; )+) => {
        /// The kinds of problem. Each has a stable URI, a title and a status.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ProblemKind {
            $( #[doc = $meaning] $variant, )+
            /// A kind that this version does not know, kept as it came.
            Unrecognised(String),
        }

        impl ProblemKind {
            /// Every kind known to this version.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable URI.
            #[must_use]
            pub fn uri(&self) -> &str {
                match self {
                    $( Self::$variant => concat!("urn:problem-type:sister-cities:", $uri), )+
                    Self::Unrecognised(uri) => uri,
                }
            }

            /// The end of the URI, by which pages and examples name the kind: `not-found`.
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    $( Self::$variant => $uri, )+
                    Self::Unrecognised(uri) => uri.rsplit(':').next().unwrap_or_default(),
                }
            }

            /// The kind in a few words.
            #[must_use]
            pub fn title(&self) -> &str {
                match self {
                    $( Self::$variant => $title, )+
                    Self::Unrecognised(_) => "A problem of a kind unknown to this version",
                }
            }

            /// The HTTP status that the kind is sent with; 500 for a kind unknown to this version.
            #[must_use]
            pub fn status(&self) -> u16 {
                match self {
                    $( Self::$variant => $status, )+
                    Self::Unrecognised(_) => 500,
                }
            }

            /// When the server answers with it, in a sentence or two.
            #[must_use]
            pub fn meaning(&self) -> &str {
                match self {
                    $( Self::$variant => $meaning.trim_ascii(), )+
                    Self::Unrecognised(_) => "The server is newer than this version and knows more kinds.",
                }
            }

            /// What the caller should do about it, in a sentence or two.
            #[must_use]
            pub fn remedy(&self) -> &str {
                match self {
                    $( Self::$variant => $remedy, )+
                    Self::Unrecognised(_) => "Go by the status and the detail.",
                }
            }

            fn from_uri(uri: &str) -> Self {
                match uri {
                    $( concat!("urn:problem-type:sister-cities:", $uri) => Self::$variant, )+
                    other => Self::Unrecognised(other.to_owned()),
                }
            }
        }
    };
}

problem_kinds! {
    /// The body is not JSON, the file cannot be read, or the URL is broken.
    Malformed = "malformed", 400, "The request cannot be read",
        "Mend what `detail` names. Sending the same again will not help.";
    /// A path or query parameter or a header is unknown, missing or not right.
    InvalidParameter = "invalid-parameter", 400, "A parameter is not right",
        "Mend what `errors` names; `expected` says what would be right.";
    /// No valid token came with the request.
    Unauthenticated = "unauthenticated", 401, "A valid access token is needed",
        "Send `Authorization: Bearer` with a token that is neither revoked nor expired.";
    /// The token does not hold the scope that the operation needs.
    Forbidden = "forbidden", 403, "The token does not allow this",
        "Use a token with the scope that `detail` names, or ask whoever administers the programme for one.";
    /// The record was merged into another, whose address is in `Location`.
    Moved = "moved", 308, "Merged into another record",
        "Follow `Location`, and keep that address instead of the old one.";
    /// There is no such thing, or the token may not see it.
    NotFound = "not-found", 404, "Not found",
        "Look for the record in its list; check the id, the programme and what the token may see.";
    /// The path exists, the method does not.
    MethodNotAllowed = "method-not-allowed", 405, "The method is not allowed here",
        "Use one of the methods that `Allow` lists.";
    /// The client accepts no media type that the server has.
    NotAcceptable = "not-acceptable", 406, "No acceptable representation",
        "Accept one of the media types that the operation has, or leave `Accept` out.";
    /// The request did not arrive, or was not done, in time.
    Timeout = "timeout", 408, "The request took too long",
        "Send it again. A change goes with the same `Idempotency-Key`, or after reading whether it was done.";
    /// The thing is in a state that does not allow this, or a rule of the programme forbids it.
    Conflict = "conflict", 409, "The present state does not allow this",
        "Read the record: `detail` says what is in the way. Change that, or leave it.";
    /// A request with the same idempotency key is still being worked on.
    InFlight = "in-flight", 409, "The same request is still being worked on",
        "Wait as long as `Retry-After` says, then send the same request with the same key: it is answered as the first was.";
    /// The thing has changed since the revision named in `If-Match`.
    Stale = "stale", 412, "The record has changed since it was read",
        "Read the record again, decide anew, and send the change with the new `ETag`.";
    /// The programme keeps as many bytes of files as it may.
    QuotaFull = "quota-full", 409, "The programme has no room for more files",
        "Remove files that are no longer needed, or ask whoever operates the server for more room.";
    /// The body is longer than the limit.
    TooLarge = "too-large", 413, "The request is too large",
        "Send less at once; `detail` says how many bytes a body may have.";
    /// The URL is longer than the limit.
    UrlTooLong = "url-too-long", 414, "The URL is too long",
        "Ask with fewer or shorter parameters.";
    /// The body is of a media type that the operation does not take.
    UnsupportedMediaType = "unsupported-media-type", 415, "The media type is not supported",
        "Send the body as one of the media types that `errors` names, and say so in `Content-Type`.";
    /// The body can be read, but a field in it is not right.
    Invalid = "invalid", 422, "A field is not right",
        "Mend the fields that `errors` names; `expected` says what would be right.";
    /// The idempotency key was used before for another request.
    KeyReused = "key-reused", 422, "The idempotency key was used for another request",
        "Use a new `Idempotency-Key` for a new request, and the old one only for the very same request.";
    /// A change needs `If-Match` with the revision that was read.
    PreconditionRequired = "precondition-required", 428, "A change needs the revision that was read",
        "Read the record, and send its `ETag` as `If-Match`.";
    /// The token has made too many requests; `Retry-After` says when to come again.
    RateLimited = "rate-limited", 429, "Too many requests",
        "Wait as long as `Retry-After` says, and ask less often.";
    /// The header fields are too large.
    HeadersTooLarge = "headers-too-large", 431, "The header fields are too large",
        "Send fewer or shorter header fields.";
    /// A fault of the server. Its log knows more, under the request id.
    Internal = "internal", 500, "The server failed",
        "Tell whoever operates the server the `request_id`. Sending it again seldom helps.";
    /// So much is worked on at once that this has to wait; `Retry-After` says when to come again.
    Overloaded = "overloaded", 503, "There is too much work at once",
        "Wait as long as `Retry-After` says, then send it again.";
    /// The server cannot work now; `Retry-After` says when to come again.
    Unavailable = "unavailable", 503, "The service is not available now",
        "Wait as long as `Retry-After` says, then send it again. Where it is not said, `detail` tells whoever operates the server what to mend.";
    /// There is no room to store what was sent.
    StorageFull = "storage-full", 507, "There is no room to store this",
        "Tell whoever operates the server; nothing was changed. Wait as long as `Retry-After` says before sending it again.";
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.uri())
    }
}

impl Serialize for ProblemKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.uri())
    }
}

impl<'de> Deserialize<'de> for ProblemKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from_uri(&String::deserialize(deserializer)?))
    }
}

impl JsonSchema for ProblemKind {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ProblemKind".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let known: Vec<&str> = Self::ALL.iter().map(Self::uri).collect();
        schemars::json_schema!({
            "type": "string",
            "format": "uri",
            "description": "The kind of problem, as a stable URI. More may be added.",
            "examples": known,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_from_its_uri_and_has_an_error_status() {
        for kind in ProblemKind::ALL {
            assert_eq!(&ProblemKind::from_uri(kind.uri()), kind);
            let moved = *kind == ProblemKind::Moved;
            assert!(moved || (400..600).contains(&kind.status()), "{kind}");
        }
    }

    #[test]
    fn every_kind_says_in_sentences_what_it_means_and_what_to_do() {
        for kind in ProblemKind::ALL {
            assert!(kind.meaning().ends_with('.') && kind.remedy().ends_with('.'), "{kind}");
            assert!(!kind.meaning().starts_with(' '), "{kind}");
        }
    }

    #[test]
    fn a_kind_from_a_newer_server_survives() {
        let text = r#"{"type":"urn:problem-type:sister-cities:new","title":"New","status":418}"#;
        let problem: Problem = serde_json::from_str(text).expect("a problem");
        assert_eq!(problem.kind, ProblemKind::Unrecognised("urn:problem-type:sister-cities:new".into()));
        assert_eq!(serde_json::to_string(&problem).expect("JSON"), text);
    }
}
