//! Knows how a word of a closed vocabulary goes over the wire: a client keeps a word it does not know, a server refuses it.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sister_cities_domain::value::{NamedEnum, Shape, TextForm, text_form};

use crate::IncompleteView;

/// A word of a vocabulary that may grow: a reply of a newer server survives a round trip.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a word is known or not")]
pub enum Word<T> {
    /// A word that this version knows.
    Known(T),
    /// A word that it does not, kept as it came.
    Unrecognised(String),
}

/// A vocabulary whose words go over the wire. Declared by `words!`.
pub trait Vocabulary: NamedEnum {
    /// The name of the schema of its words.
    const SCHEMA: &'static str;
}

/// Names the words of a resource: each is a [`Word`] of a vocabulary, and its name is that of the schema.
macro_rules! words {
    ($($(#[$doc:meta])* $word:ident = $vocabulary:ty;)+) => { $(
        $(#[$doc])*
        pub type $word = $crate::Word<$vocabulary>;

        impl $crate::Vocabulary for $vocabulary {
            const SCHEMA: &'static str = stringify!($word);
        }
    )+ };
}

pub(crate) use words;

impl<T: NamedEnum> Word<T> {
    /// Reads a word, and keeps it if this version does not know it.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        T::from_name(word).map_or_else(|| Self::Unrecognised(word.to_owned()), Self::Known)
    }

    /// The word as the wire spells it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(value) => value.as_str(),
            Self::Unrecognised(word) => word,
        }
    }

    /// What the word means; `None` for a word that this version does not know.
    #[must_use]
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(value) => Some(*value),
            Self::Unrecognised(_) => None,
        }
    }

    /// What the word in this field means, to be said again.
    pub(crate) fn recognised(self, field: &'static str) -> Result<T, IncompleteView> {
        match self {
            Self::Known(value) => Ok(value),
            Self::Unrecognised(word) => Err(IncompleteView::Unrecognised { field, word }),
        }
    }
}

impl<T: NamedEnum> From<T> for Word<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: NamedEnum> PartialEq<T> for Word<T> {
    fn eq(&self, value: &T) -> bool {
        self.known() == Some(*value)
    }
}

impl<T: NamedEnum> fmt::Display for Word<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<T: NamedEnum> TextForm for Word<T> {
    const SHAPE: Shape = T::SHAPE;

    fn parse(text: &str) -> Result<Self, String> {
        T::parse(text).map(Self::Known)
    }

    fn from_json_text(text: &str) -> Result<Self, String> {
        Ok(Self::from_word(text))
    }

    fn render(&self) -> String {
        self.as_str().to_owned()
    }
}

impl<T: NamedEnum> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, T: NamedEnum> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_form::deserialize(deserializer)
    }
}

impl<T: Vocabulary> JsonSchema for Word<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::SCHEMA.into()
    }

    /// By the vocabulary and not by its name, so that two of one name do not pass for one.
    fn schema_id() -> std::borrow::Cow<'static, str> {
        std::any::type_name::<T>().into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        T::SHAPE.schema()
    }
}

#[cfg(test)]
mod tests {
    use super::Word;
    use crate::place::{NameRoleWord, PlaceView};

    #[test]
    fn a_word_of_a_newer_server_survives_a_round_trip_in_a_reply() {
        let text = r#"{"id":"plc_01h455vb4pex5vsknk084sn02q","revision":1,"display_name":"Oslo","names":[{"text":"Oslo","role":"ceremonial"}],"level":"archipelago","population":[],"external_ids":{},"identity":"resolved"}"#;
        let place: PlaceView = serde_json::from_str(text).expect("a place");
        assert_eq!(place.names[0].role, Word::Unrecognised("ceremonial".to_owned()));
        assert_eq!(serde_json::to_string(&place).expect("JSON"), text);
    }

    #[test]
    fn a_parameter_takes_known_words_only() {
        use crate::TextForm as _;
        use crate::domain::place::NameRole;

        assert_eq!(NameRoleWord::parse("alias"), Ok(NameRole::Alias.into()));
        assert!(NameRoleWord::parse("ceremonial").is_err());
    }
}
