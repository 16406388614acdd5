//! Search: records by the words of their names, titles and notes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sister_cities_domain::named_enum;

use crate::programme::ProgrammePath;
use crate::{Page, Shape, TextForm};

crate::endpoints! {
    /// Finds records by the words of their names, titles and notes.
    ///
    /// All words must occur in a record; the last one may be the beginning of a word. Case, accents and, for
    /// alphabets, the script do not matter. A partnership is also found by the names of the places it joins.
    /// Hits come kind by kind: places, partnerships, agreements, engagements, organisations, committees, action plans,
    /// their points, practices, outcomes, indicators, and of each kind the newest first. At most 200 characters and 16 words are
    /// searched for.
    GET "/v1/programmes/{programme}/search" for ProgrammeRead
    search_programme: SearchProgramme(ProgrammePath, query: SearchQuery) -> Page<HitView>;
}

crate::parameters! {
    /// What to search for.
    pub struct SearchQuery in pages {
        /// The words.
        pub q: SearchText,
        /// Only records of these kinds; of all if not given.
        pub kind: Vec<HitKind>,
    }
}

impl SearchQuery {
    /// For these words, in everything.
    #[must_use]
    pub const fn new(words: SearchText) -> Self {
        Self { q: words, kind: Vec::new(), limit: None, cursor: None }
    }
}

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PieceView {
    /// The piece.
    pub text: String,
    /// Whether it is what was searched for.
    #[serde(rename = "match")]
    pub is_match: bool,
}

/// The words of a question: 1 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchText(String);

impl SearchText {
    /// The most characters of a question.
    pub const LONGEST: usize = 200;

    /// The words as they were given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TextForm for SearchText {
    const SHAPE: Shape =
        Shape::text("words to search for, at most 16 with at most 200 characters", "orchestra łódź")
            .of_length(1, Self::LONGEST);

    fn parse(text: &str) -> Result<Self, String> {
        let length = text.chars().count();
        if length > Self::LONGEST {
            return Err(format!("has {length} characters"));
        }
        if !text.chars().any(char::is_alphanumeric) {
            return Err("has no word in it".to_owned());
        }
        Ok(Self(text.to_owned()))
    }

    fn render(&self) -> String {
        self.0.clone()
    }
}

named_enum! {
    /// A kind of record that is found by search.
    #[non_exhaustive]
    pub enum HitKind ("a kind of record") {
        /// A place.
        Place = "place",
        /// A partnership.
        Partnership = "partnership",
        /// An agreement.
        Agreement = "agreement",
        /// An engagement.
        Engagement = "engagement",
        /// A committee.
        Committee = "committee",
        /// An outcome.
        Outcome = "outcome",
        /// An organisation.
        Organisation = "organisation",
        /// An action plan.
        ActionPlan = "action_plan",
        /// A point of an action plan.
        ActionPoint = "action_point",
        /// A practice.
        Practice = "practice",
        /// An indicator.
        Indicator = "indicator",
    }
}

crate::words! {
    /// A kind of record that is found by search.
    HitKindWord = HitKind;
}
