//! `GET /v1/programmes/{programme}/search`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Cursor, Endpoint, NoBody, Page, PageLimit, Scope};

use super::{HitKindWord, SearchText};
use crate::programme::ProgrammePath;

/// Finds records by the words of their names, titles and notes.
///
/// All words must occur in a record; the last one may be the beginning of a word. Case, accents and, for alphabets, the
/// script do not matter. A partnership is also found by the names of the places it joins. Hits come kind by kind: places,
/// partnerships, agreements, engagements, and of each kind the newest first.
pub enum SearchProgramme {}

impl Endpoint for SearchProgramme {
    const NAME: &'static str = "search_programme";
    const SUMMARY: &'static str = "Finds records by the words of their names, titles and notes.";
    const DESCRIPTION: &'static str = "All words must occur in a record; the last one may be the beginning of a word. Case, accents and, for alphabets, the script do not matter. A partnership is also found by the names of the places it joins. Hits come kind by kind: places, partnerships, agreements, engagements, and of each kind the newest first. At most 200 characters and 16 words are searched for.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/search";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = ProgrammePath;
    type Query = SearchQuery;
    type Body = NoBody;
    type Reply = Page<HitView>;
}

crate::parameters! {
    /// What to search for.
    pub struct SearchQuery {
        /// The words.
        pub q: SearchText,
        /// Only records of these kinds; of all if not given.
        pub kind: Vec<HitKindWord>,
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(SearchQuery);

impl SearchQuery {
    /// For these words, in everything.
    #[must_use]
    pub const fn new(words: SearchText) -> Self {
        Self { q: words, kind: Vec::new(), limit: None, cursor: None }
    }
}

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HitView {
    /// What kind of record it is.
    pub kind: HitKindWord,
    /// Its id, such as `eng_…`.
    pub id: String,
    /// What it is called; of a partnership, the places it joins.
    pub title: String,
    /// The text in which the most of the words occur, or the part of it around them, in pieces.
    pub excerpt: Vec<PieceView>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PieceView {
    /// The piece.
    pub text: String,
    /// Whether it is what was searched for.
    #[serde(rename = "match")]
    pub is_match: bool,
}
