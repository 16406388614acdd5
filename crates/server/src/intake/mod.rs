//! Knows how what a caller says becomes what the domain understands, and which field is at fault if it does not.

pub(crate) mod agreement;
pub(crate) mod engagement;
pub(crate) mod import;
pub(crate) mod partnership;
pub(crate) mod place;
pub(crate) mod programme;

use sister_cities_domain::value::{InvalidValue, PartialDate, Period};

use crate::failure::{Failure, Step};

/// A value that the domain refuses.
fn refused(pointer: &str, error: &InvalidValue) -> Failure {
    Failure::field(pointer, error.to_string(), error.expected())
}

/// A word that the wire knows and the domain does not. The body's reader has refused unknown words already.
fn meant<T>(meaning: Option<T>, pointer: &str) -> Step<T> {
    meaning.ok_or_else(|| Failure::field(pointer, "is not known here", "one of the documented words"))
}

/// A period from its bounds, at `pointer`; none without bounds.
fn period(from: Option<PartialDate>, to: Option<PartialDate>, pointer: &str) -> Step<Option<Period>> {
    if from.is_none() && to.is_none() {
        return Ok(None);
    }
    Period::new(from, to).map(Some).map_err(|error| refused(&format!("{pointer}/to"), &error))
}

/// A field that this kind of thing needs.
fn needed<T>(field: Option<T>, pointer: &str, why: &str) -> Step<T> {
    field.ok_or_else(|| Failure::field(pointer, "is missing", why))
}
