//! Knows catalogues of words that may grow: a client keeps a word it does not know, a server refuses it.

/// A word of a catalogue that may grow. Declared by [`open_enum!`](crate::open_enum).
pub trait OpenEnum: Sized {
    /// The words known to this version.
    const KNOWN: &'static [&'static str];
    /// Reads a word; one that is not known is kept as it is.
    fn from_word(word: &str) -> Self;
    /// The word.
    fn as_str(&self) -> &str;
    /// Whether this version knows the word.
    fn is_known(&self) -> bool {
        Self::KNOWN.contains(&self.as_str())
    }
}

/// The words as one text, with commas between. Used by [`open_enum!`](crate::open_enum).
#[doc(hidden)]
#[macro_export]
macro_rules! listed {
    ($first:literal $(, $rest:literal)*) => { concat!($first $(, ", ", $rest)*) };
}

/// Declares an enum of words that may grow, with serde, [`Parameter`](crate::Parameter) and a schema.
///
/// The variant `Unrecognised` keeps a word that this version does not know, so that a reply from a newer server
/// survives a round trip. As a parameter, an unknown word is refused.
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident ($what:literal) {
            $( $(#[$vmeta:meta])* $variant:ident = $word:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$vmeta])* $variant, )+
            /// A word that this version does not know, kept as it came.
            Unrecognised(String),
        }

        impl $name {
            /// Every word known to this version, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as the wire spells it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $word, )+
                    Self::Unrecognised(word) => word,
                }
            }
        }

        impl $crate::OpenEnum for $name {
            const KNOWN: &'static [&'static str] = &[$($word),+];

            fn from_word(word: &str) -> Self {
                match word {
                    $( $word => Self::$variant, )+
                    other => Self::Unrecognised(other.to_owned()),
                }
            }

            fn as_str(&self) -> &str {
                $name::as_str(self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <String as serde::Deserialize>::deserialize(deserializer)?;
                Ok(<Self as $crate::OpenEnum>::from_word(&word))
            }
        }

        impl $crate::Parameter for $name {
            const SHAPE: $crate::Shape = $crate::Shape::one_of(
                concat!($what, ": one of ", $crate::listed!($($word),+)),
                &[$($word),+],
            );

            fn parse(text: &str) -> Result<Self, String> {
                match text {
                    $( $word => Ok(Self::$variant), )+
                    _ => Err(concat!("is not ", $what).to_owned()),
                }
            }

            fn from_json_text(text: &str) -> Result<Self, String> {
                Ok(<Self as $crate::OpenEnum>::from_word(text))
            }

            fn render(&self) -> String {
                self.as_str().to_owned()
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::shape_schema(&<Self as $crate::Parameter>::SHAPE)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::Parameter as _;
    use crate::place::{NameRoleWord, PlaceView};

    #[test]
    fn a_word_of_a_newer_server_survives_a_round_trip_in_a_reply() {
        let text = r#"{"id":"plc_01h455vb4pex5vsknk084sn02q","revision":1,"display_name":"Oslo","names":[{"text":"Oslo","role":"ceremonial"}],"level":"archipelago","population":[],"external_ids":{},"identity":"resolved"}"#;
        let place: PlaceView = serde_json::from_str(text).expect("a place");
        assert_eq!(place.names[0].role, NameRoleWord::Unrecognised("ceremonial".to_owned()));
        assert_eq!(serde_json::to_string(&place).expect("JSON"), text);
    }

    #[test]
    fn a_parameter_takes_known_words_only() {
        assert_eq!(NameRoleWord::parse("alias"), Ok(NameRoleWord::Alias));
        assert!(NameRoleWord::parse("ceremonial").is_err());
    }
}
