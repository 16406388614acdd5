//! Values of a narrow form that may have been erased: words stand in their place then.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value::{Name, Shape, TextForm, text_form};

/// What stands where retention removed a value.
pub const REMOVED: &str = "removed after its time";

/// What the name begins with that stands in the place of an erased person: `person erased 2026-11-23 #1`.
pub const ERASED: &str = "person erased ";

/// A value such as an e-mail address, or the words that stand in its place since it was erased.
///
/// Names and free text take those words as they are; what has a narrow form of its own is stored as this.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "it is there, or it was erased")]
pub enum Erasable<T> {
    /// It is there.
    Kept(T),
    /// It was erased, or removed after its time; this is what stands there.
    Erased(Name),
}

impl<T> Erasable<T> {
    /// The value, if it is there.
    #[must_use]
    pub const fn kept(&self) -> Option<&T> {
        match self {
            Self::Kept(value) => Some(value),
            Self::Erased(_) => None,
        }
    }
}

impl<T: TextForm> TextForm for Erasable<T> {
    const SHAPE: Shape = Shape { pattern: None, length: None, ..T::SHAPE };

    fn parse(text: &str) -> Result<Self, String> {
        T::parse(text).map(Self::Kept).or_else(|wrong| {
            let marked = text == REMOVED || text.contains(ERASED);
            marked.then(|| Name::new(text).ok()).flatten().map(Self::Erased).ok_or(wrong)
        })
    }

    fn render(&self) -> String {
        match self {
            Self::Kept(value) => value.render(),
            Self::Erased(words) => words.to_string(),
        }
    }
}

impl<T: TextForm> Serialize for Erasable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.render())
    }
}

impl<'de, T: TextForm> Deserialize<'de> for Erasable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_form::deserialize(deserializer)
    }
}
