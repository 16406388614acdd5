//! Knows entity tags: `"r7"` is revision 7. Reads `If-Match` and `If-None-Match` from the header map itself, since a
//! typed header that is absent reads as present.

use http::header::{IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue};
use sister_cities_api::ProblemKind;
use sister_cities_storage::Revision;

use crate::error::{ApiError, ApiResult};

const EXPECTED: &str = "the ETag of the record as it was read, such as \"r7\"";

/// The tag of a revision.
pub(crate) fn etag(revision: Revision) -> HeaderValue {
    HeaderValue::from_str(&format!("\"r{revision}\"")).unwrap_or_else(|_| HeaderValue::from_static("\"r0\""))
}

/// Refuses a change without one tag in `If-Match`. Whether it is that of the record is judged when the body was found right (RFC 9110, 13.2.1).
pub(crate) fn must_be_there(headers: &HeaderMap) -> ApiResult<()> {
    match based_on(headers) {
        Err(error) if error.problem.kind != ProblemKind::Stale => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The revision that a change was based on.
///
/// 428 without `If-Match`, 412 if it is a tag that cannot match, 400 if it is not one tag; `*` is refused as it guards against nothing.
pub(crate) fn based_on(headers: &HeaderMap) -> ApiResult<u32> {
    let mut values = headers.get_all(IF_MATCH).iter();
    let refuse = |kind, detail| ApiError::header(kind, "If-Match", detail, EXPECTED);
    let Some(value) = values.next() else {
        return Err(refuse(ProblemKind::PreconditionRequired, "is missing"));
    };
    if values.next().is_some() {
        return Err(refuse(ProblemKind::InvalidParameter, "is given more than once"));
    }
    let text = value.to_str().unwrap_or_default().trim();
    match revision(text) {
        Some(revision) => Ok(revision),
        // A tag that cannot be that of the record, weak ones among them: no change was ever based on it.
        None if is_tag(text) => Err(refuse(ProblemKind::Stale, "is no tag that the record can have")),
        None => Err(refuse(ProblemKind::InvalidParameter, "is not one entity tag")),
    }
}

/// Whether a text is one entity tag (RFC 9110), of whatever server.
fn is_tag(text: &str) -> bool {
    let opaque =
        text.strip_prefix("W/").unwrap_or(text).strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    opaque.is_some_and(|tag| tag.bytes().all(|byte| byte > b' ' && byte != b'"' && byte != 0x7f))
}

/// Whether the caller has this revision already, by `If-None-Match`.
pub(crate) fn is_known(headers: &HeaderMap, current: Revision) -> bool {
    headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == "*" || revision(tag).is_some_and(|revision| revision == current.number()))
}

fn revision(tag: &str) -> Option<u32> {
    let digits = tag.strip_prefix("\"r")?.strip_suffix('"')?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        None
    } else {
        digits.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(IF_MATCH, HeaderValue::from_static(value));
        }
        headers
    }

    fn status(values: &[&'static str]) -> u16 {
        based_on(&headers(values)).map_or_else(|failure| failure.problem.status, |_| 200)
    }

    #[test]
    fn one_strong_tag_of_ours_is_taken() {
        assert_eq!(based_on(&headers(&["\"r7\""])).ok(), Some(7));
    }

    #[test]
    fn an_absent_if_match_is_428_not_412() {
        assert_eq!(status(&[]), 428);
    }

    #[test]
    fn a_tag_that_cannot_match_is_412() {
        for other in ["\"7\"", "W/\"r7\"", "\"r\"", "\"r-1\"", "\"r99999999999\"", "\"\"", "\"abc\""] {
            assert_eq!(status(&[other]), 412, "{other}");
        }
    }

    #[test]
    fn whatever_else_stands_there_is_400() {
        for bad in ["*", "r7", "\"r7\", \"r8\"", "\"r7", "\"r 7\""] {
            assert_eq!(status(&[bad]), 400, "{bad}");
        }
        assert_eq!(status(&["\"r7\"", "\"r7\""]), 400);
    }
}
