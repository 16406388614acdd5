//! Knows which field of a body is at fault if what a caller says is not what the domain understands. How each body becomes a record
//! stands with the handlers of its resource.

use sister_cities_api::Word;
use sister_cities_domain::value::{InvalidValue, NamedEnum, PartialDate, Period};

use crate::error::{ApiError, ApiResult};

/// A value that the domain refuses.
pub(crate) fn refused(pointer: &str, error: &InvalidValue) -> ApiError {
    ApiError::field(pointer, error.to_string(), error.expected())
}

/// What a word means; 422 for a word that this version does not know. The reader of a body that replies hold too keeps such words,
/// for a client may get them from a newer server.
pub(crate) fn known<T: NamedEnum>(word: &Word<T>, pointer: &str) -> ApiResult<T> {
    word.known().ok_or_else(|| {
        let expected = format!("one of: {}", T::NAMES.join(", "));
        let shown: String = word.as_str().chars().take(40).collect();
        ApiError::field(pointer, format!("{shown:?} is not known"), expected)
    })
}

/// A period from its bounds, at `pointer`; none without bounds.
pub(crate) fn period(
    from: Option<PartialDate>,
    to: Option<PartialDate>,
    pointer: &str,
) -> ApiResult<Option<Period>> {
    if from.is_none() && to.is_none() {
        return Ok(None);
    }
    Period::new(from, to).map(Some).map_err(|error| refused(&format!("{pointer}/to"), &error))
}

/// A field that this kind of thing needs.
pub(crate) fn needed<T>(field: Option<T>, pointer: &str, why: &str) -> ApiResult<T> {
    field.ok_or_else(|| ApiError::field(pointer, "is missing", why))
}
