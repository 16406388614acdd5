//! Closed vocabularies: an enum of which each value has one name, by which it is stored, sent and spoken of.

/// A closed vocabulary. Declared by [`named_enum!`](crate::named_enum), which implements it.
pub trait NamedEnum: Copy + Eq + 'static {
    /// What one of them is, with its article: `a direction`.
    const WHAT: &'static str;

    /// What would be right where none of them stands, in words that complete "expected: …": `a direction: one of inbound, …`.
    const EXPECTED: &'static str;

    /// Every value, in the order of the declaration.
    const ALL: &'static [Self];

    /// The names of [`ALL`](Self::ALL), in the same order.
    const NAMES: &'static [&'static str];

    /// The name of the value: `under_review`.
    fn as_str(self) -> &'static str;

    /// The value of that name, letter by letter, or of a name that it had before; `None` if there is none.
    #[must_use]
    fn from_name(name: &str) -> Option<Self>;
}

/// Declares a closed vocabulary: the enum, `ALL`, `as_str`, [`NamedEnum`], `Display`, `FromStr` and serde, all by the one name
/// that stands beside each value.
///
/// The text in parentheses is [`NamedEnum::WHAT`]. A name that a value had before stands after its name, `"new" | "old"`: what was
/// stored under it is still read. A list of names without docs that ends in `of Facts` makes the companion of an
/// enum whose values carry facts: the same values without them, and `Facts::kind()`. A value missing in either does not compile.
///
/// ```
/// sister_cities_domain::named_enum! {
///     /// Who pays.
///     #[non_exhaustive]
///     pub enum Payer ("a payer") {
///         /// The city that invites.
///         Host = "host",
///         /// Each city for its own.
///         EachSide = "each_side",
///     }
/// }
/// assert_eq!("each_side".parse(), Ok(Payer::EachSide));
/// assert_eq!("nobody".parse::<Payer>().unwrap_err().expected(), "a payer: one of host, each_side");
/// ```
#[macro_export]
macro_rules! named_enum {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident ($what:literal) {
            $($(#[$value_meta:meta])* $value:ident = $word:literal $(| $former:literal)*),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility enum $name {
            $(
                $(#[$value_meta])*
                $value,
            )+
        }

        impl $name {
            /// Every value, in the order of the declaration.
            $visibility const ALL: [Self; [$($word),+].len()] = [$(Self::$value),+];

            /// The name by which the value is stored, sent and spoken of.
            #[must_use]
            $visibility const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }
        }

        impl $crate::value::NamedEnum for $name {
            const WHAT: &'static str = $what;
            const EXPECTED: &'static str = concat!($what, ": one of ", $crate::comma_separated!($($word),+));
            const ALL: &'static [Self] = &Self::ALL;
            const NAMES: &'static [&'static str] = &[$($word),+];

            fn as_str(self) -> &'static str {
                self.as_str()
            }

            fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($word $(| $former)* => Some(Self::$value),)+
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::text_form::deserialize(deserializer)
            }
        }

        $crate::schema_as_text!($name);

        impl std::str::FromStr for $name {
            type Err = $crate::value::InvalidValue;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                use $crate::value::{InvalidValue, NamedEnum};
                Self::from_name(text).ok_or_else(|| InvalidValue::unknown(text, Self::EXPECTED))
            }
        }
    };
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident ($what:literal) of $facts:ident {
            $($value:ident = $word:literal),+ $(,)?
        }
    ) => {
        $crate::named_enum! {
            $(#[$meta])*
            $visibility enum $name ($what) {
                $(
                    #[doc = concat!("See [`", stringify!($facts), "::", stringify!($value), "`].")]
                    $value = $word
                ),+
            }
        }

        impl $facts {
            /// The same without its facts.
            #[must_use]
            $visibility const fn kind(&self) -> $name {
                match self {
                    $(Self::$value { .. } => $name::$value,)+
                }
            }
        }
    };
}

/// Joins literals into one with `, ` between them, for [`named_enum!`].
#[doc(hidden)]
#[macro_export]
macro_rules! comma_separated {
    ($first:literal $(, $rest:literal)*) => { concat!($first $(, ", ", $rest)*) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::InvalidValue;

    named_enum! {
        #[derive(Default)]
        enum Answer ("an answer") {
            No = "no",
            #[default]
            NotYet = "not_yet" | "later",
        }
    }

    #[test]
    fn what_was_stored_under_a_former_name_is_read_and_written_under_the_new() {
        let read: Answer = serde_json::from_str("\"later\"").expect("reads");
        assert_eq!((read, read.as_str()), (Answer::NotYet, "not_yet"));
        assert_eq!(<Answer as NamedEnum>::NAMES, ["no", "not_yet"], "nobody is offered it");
    }

    #[test]
    fn a_value_is_written_stored_and_read_by_its_one_name() {
        assert_eq!(Answer::ALL, [Answer::No, Answer::default()]);
        assert_eq!(<Answer as NamedEnum>::NAMES, Answer::ALL.map(Answer::as_str));
        for answer in Answer::ALL {
            assert_eq!(answer.to_string().parse(), Ok(answer));
            let stored = serde_json::to_string(&answer).expect("serialises");
            assert_eq!(stored, format!("\"{answer}\""));
            assert_eq!(serde_json::from_str::<Answer>(&stored).expect("reads back"), answer);
        }
    }

    #[test]
    fn a_name_that_is_none_is_refused_with_those_there_are() {
        let refusal = "Not_yet".parse::<Answer>().expect_err("another spelling");
        assert_eq!(refusal, InvalidValue::unknown("Not_yet", "an answer: one of no, not_yet"));
        assert!(serde_json::from_str::<Answer>("\"perhaps\"").is_err());
    }
}
