//! What a search is made of.

use crate::{Parameter, Shape};

crate::open_enum! {
    /// A kind of record that is found by search.
    pub enum HitKindWord ("a kind of record") {
        /// A place.
        Place = "place",
        /// A partnership.
        Partnership = "partnership",
        /// An agreement.
        Agreement = "agreement",
        /// An engagement.
        Engagement = "engagement",
    }
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

impl Parameter for SearchText {
    const SHAPE: Shape =
        Shape::text("words to search for, at most 16 with at most 200 characters", "orchestra łódź");

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
