//! Knows which pages of other origins may ask from within a browser (CORS).

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH, LINK, LOCATION, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Method, Uri};
use sister_cities_api::{IDEMPOTENCY_KEY, REQUEST_ID};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// How long a browser need not ask again whether it may.
const ASKED_AGAIN: Duration = Duration::from_mins(10);

/// An origin whose pages may ask: `https://map.example.org`, or `*` for all. Tokens are sent as headers and never as cookies, so a page can do no more than the
/// token that it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedOrigin(HeaderValue);

/// It is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected https://HOST, http://HOST:PORT or *, without a path")]
pub struct NoOrigin;

impl AllowedOrigin {
    fn is_any(&self) -> bool {
        self.0 == "*"
    }
}

impl FromStr for AllowedOrigin {
    type Err = NoOrigin;

    fn from_str(text: &str) -> Result<Self, NoOrigin> {
        let uri = if text == "*" { None } else { Some(text.parse::<Uri>().map_err(|_| NoOrigin)?) };
        let is_origin = uri.is_none_or(|uri| {
            let parts = uri.into_parts();
            let scheme = parts.scheme.as_ref().map(http::uri::Scheme::as_str);
            let authority = parts.authority.as_ref().map(http::uri::Authority::as_str);
            matches!(scheme, Some("http" | "https"))
                && authority.is_some_and(|authority| !authority.contains('@') && text.ends_with(authority))
        });
        let value = HeaderValue::from_str(&text.to_ascii_lowercase()).map_err(|_| NoOrigin)?;
        if is_origin { Ok(Self(value)) } else { Err(NoOrigin) }
    }
}

impl fmt::Display for AllowedOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.to_str().unwrap_or_default())
    }
}

/// What answers browsers, if any origin is allowed.
pub(crate) fn layer(origins: &[AllowedOrigin]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let allowed = if origins.iter().any(AllowedOrigin::is_any) {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().map(|origin| origin.0.clone()))
    };
    let ours = [IDEMPOTENCY_KEY, REQUEST_ID].map(HeaderName::from_static);
    let [key, request_id] = ours;
    let told = ["ratelimit", "ratelimit-policy"].map(HeaderName::from_static);
    let [state, policy] = told;
    Some(
        CorsLayer::new()
            .allow_origin(allowed)
            .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
            .allow_headers([AUTHORIZATION, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH, key, request_id.clone()])
            .expose_headers([ETAG, LINK, LOCATION, RETRY_AFTER, request_id, state, policy])
            .max_age(ASKED_AGAIN),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host_or_all_of_them() {
        for good in ["https://map.example.org", "http://localhost:3000", "*", "https://[::1]:8443"] {
            assert_eq!(good.parse::<AllowedOrigin>().map(|origin| origin.to_string()), Ok(good.to_owned()));
        }
        for bad in [
            "map.example.org",
            "https://map.example.org/",
            "https://a@b.example",
            "ftp://x.example",
            "null",
            "https://",
        ] {
            assert_eq!(bad.parse::<AllowedOrigin>(), Err(NoOrigin), "{bad}");
        }
    }
}
