//! Knows when what was shown can be said again: a view becomes a body that changes nothing, for one field of it to be changed.

use chrono::NaiveDate;

/// Why a view is no body: said again it would lose something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IncompleteView {
    /// It is shown as of a day.
    #[error("it is shown as of {0}, without what does not belong to that day")]
    AsOf(NaiveDate),
    /// It holds a word of a newer server, which this version cannot say.
    #[error("its {field} is \"{word}\", which this version does not know")]
    Unrecognised {
        /// Where the word stands.
        field: &'static str,
        /// The word.
        word: String,
    },
}

#[cfg(test)]
mod tests;
