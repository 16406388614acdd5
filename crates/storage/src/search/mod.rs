//! Full-text search over the names, titles and notes that the catalogue declares.
//!
//! What is stored and what is asked are taken apart by the same rules (see `words`), so that all back ends find the same. All
//! words must occur in a record, the last one as a beginning; a record may also be found by records that lend it their texts,
//! as a bond is by the names of the places it joins, all words in one of the two. What is asked is only ever words: nothing in it
//! is understood as a query.
//!
//! Hits come kind by kind in the order of the catalogue, and within a kind the newest first. At most [`MOST_HITS`] are answered at
//! a time, and the next page begins where the last one ended. The index of a record is written in the commit that writes the record.

mod excerpt;
mod fill;
mod read;
mod text;
mod words;

use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{RecordKind, RecordRef};
use uuid::Uuid;

pub use excerpt::Piece;
pub(crate) use fill::entry;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) use fill::{Entry, entries};

use crate::{ReadError, ReadFuture, Realm, Value};
use words::{Form, Purpose, words};

/// The longest question, in characters.
pub const LONGEST_QUESTION: usize = 200;

/// The most words of a question; of scripts without spaces, each two neighbouring characters are a word.
pub const MOST_WORDS: usize = 16;

/// The most hits of a page.
pub const MOST_HITS: u32 = 200;

/// Raised when texts are taken apart in another way, or other fields are declared: what is stored is then indexed anew.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) const VERSION: i64 = 2;

/// What is asked for: at least one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    terms: Vec<Term>,
}

/// Why a text is no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadWords {
    /// There is no letter and no digit in it.
    #[error("there is no word in it")]
    Nothing,
    /// It is too long.
    #[error("it has {0} characters; at most {LONGEST_QUESTION} are searched for")]
    TooLong(usize),
    /// It has too many words.
    #[error("it has {0} words; at most {MOST_WORDS} are searched for at once")]
    TooMany(usize),
}

/// A word that must occur.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    pub(crate) text: String,
    /// Whether a word that begins so is enough.
    pub(crate) is_beginning: bool,
}

/// One question to the records of one kind: the port's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawSearch {
    /// The kind.
    pub kind: RecordKind,
    /// What must occur.
    pub words: Words,
    /// Only what comes after this place, which the back end named.
    pub after: Option<Value>,
    /// At most so many.
    pub limit: u32,
}

/// The records of one kind that were found, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawHits {
    /// Their ids.
    pub ids: Vec<Uuid>,
    /// Where to go on; none if these are the last.
    pub next: Option<Value>,
}

/// What to search for, in what, and from where on.
#[derive(Clone, Debug)]
pub struct Search {
    /// What must occur.
    pub words: Words,
    /// Among records of these kinds; of all that are searched if empty.
    pub kinds: Vec<RecordKind>,
    /// After this place.
    pub after: Option<SearchCursor>,
    /// At most so many, from 1 to [`MOST_HITS`].
    pub limit: u32,
}

/// A place in a list of hits. It holds internals; give it to nobody unsealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchCursor {
    /// The kind that comes next.
    pub kind: RecordKind,
    /// The place among its records; their beginning if none.
    pub after: Option<Value>,
}

/// Part of a list of hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits {
    /// What was found.
    pub hits: Vec<Hit>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<SearchCursor>,
}

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub record: RecordRef,
    /// What it is called; empty if it has no name.
    pub title: String,
    /// The text in which the most of the words occur, or a part of it.
    pub excerpt: Vec<Piece>,
}

impl RawSearch {
    /// For back ends whose places are ids: the greatest that may come next; none if nothing can.
    pub(crate) fn up_to_id(&self) -> Result<Option<Uuid>, ReadError> {
        match &self.after {
            None => Ok(Some(Uuid::max())),
            Some(Value::Id(id)) => Ok(id.as_u128().checked_sub(1).map(Uuid::from_u128)),
            Some(_) => Err(ReadError::Cursor),
        }
    }
}

impl Words {
    /// Takes a question apart.
    ///
    /// # Errors
    ///
    /// [`BadWords`].
    pub fn new(question: &str) -> Result<Self, BadWords> {
        let length = question.chars().count();
        if length > LONGEST_QUESTION {
            return Err(BadWords::TooLong(length));
        }
        let words = words(question, Purpose::Query);
        let last = words.last().ok_or(BadWords::Nothing)?.run;
        let mut terms: Vec<Term> = words
            .into_iter()
            .map(|word| {
                // The reader may still be writing the last word; one character of a script without spaces may stand anywhere.
                let is_beginning = match word.form {
                    Form::Whole => word.run == last,
                    Form::Pair => false,
                    Form::Single => true,
                };
                Term { text: word.text, is_beginning }
            })
            .collect();
        terms.sort();
        terms.dedup();
        if terms.len() > MOST_WORDS {
            return Err(BadWords::TooMany(terms.len()));
        }
        Ok(Self { terms })
    }

    /// The words that must occur.
    pub(crate) fn terms(&self) -> &[Term] {
        &self.terms
    }
}

impl Term {
    /// Whether a word is what is asked for.
    pub(crate) fn is_met_by(&self, word: &str) -> bool {
        if self.is_beginning { word.starts_with(&self.text) } else { word == self.text }
    }
}

/// What records are found by.
pub trait SearchIndex: Send + Sync {
    /// Searches the records of one kind for words, in what was committed.
    fn search(&self, realm: Realm, search: RawSearch) -> ReadFuture<'_, RawHits>;
}

#[cfg(test)]
mod tests;
