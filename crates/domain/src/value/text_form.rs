//! Values that are written as one text, the same in stored records, in JSON, in paths and in queries.

use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde::de::{self, Deserializer, Visitor};

use super::NamedEnum;

/// A value that is written as one text.
pub trait TextForm: Sized {
    /// What a right text looks like, for refusals and documents.
    const SHAPE: Shape;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, in one phrase.
    fn parse(text: &str) -> Result<Self, String>;

    /// Reads the value out of JSON: as [`TextForm::parse`], but a word of an open catalogue is kept also if it is not known,
    /// for a client may get it from a newer server. The server refuses it when it asks for its meaning.
    ///
    /// # Errors
    ///
    /// As [`TextForm::parse`].
    fn from_json_text(text: &str) -> Result<Self, String> {
        Self::parse(text)
    }

    /// Writes the value so that [`TextForm::parse`] reads it back.
    fn render(&self) -> String;
}

/// What a right text of a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "other crates describe their values by it in constants")]
pub struct Shape {
    /// In words, with an example: "a calendar day such as 2008-06-04".
    pub expected: &'static str,
    /// The JSON type: `string` or `integer`.
    pub json_type: &'static str,
    /// A JSON Schema format, such as `date`.
    pub format: Option<&'static str>,
    /// A regular expression (ECMA 262) that every right value matches.
    pub pattern: Option<&'static str>,
    /// The known values, if there are few; empty otherwise.
    pub one_of: &'static [&'static str],
    /// Least and greatest value of an integer.
    pub range: Option<(u64, u64)>,
    /// Least and greatest number of code points of a text.
    pub length: Option<(usize, usize)>,
    /// A right value; empty if the known values say it.
    pub example: &'static str,
}

impl Shape {
    /// Text of any form.
    #[must_use]
    pub const fn text(expected: &'static str, example: &'static str) -> Self {
        Self {
            expected,
            json_type: "string",
            format: None,
            pattern: None,
            one_of: &[],
            range: None,
            length: None,
            example,
        }
    }

    /// The same, of so many code points.
    #[must_use]
    pub const fn of_length(self, least: usize, most: usize) -> Self {
        Self { length: Some((least, most)), ..self }
    }

    /// Text that matches a pattern.
    #[must_use]
    pub const fn pattern(expected: &'static str, pattern: &'static str, example: &'static str) -> Self {
        Self { pattern: Some(pattern), ..Self::text(expected, example) }
    }

    /// One of a few words.
    #[must_use]
    pub const fn one_of(expected: &'static str, known: &'static [&'static str]) -> Self {
        Self { one_of: known, ..Self::text(expected, "") }
    }

    /// A whole number from `least` to `greatest`.
    #[must_use]
    pub const fn integer(expected: &'static str, least: u64, greatest: u64, example: &'static str) -> Self {
        Self { json_type: "integer", range: Some((least, greatest)), ..Self::text(expected, example) }
    }

    /// The JSON Schema of such a value.
    #[cfg(feature = "schema")]
    #[must_use]
    pub fn schema(&self) -> schemars::Schema {
        let mut schema = schemars::json_schema!({ "type": self.json_type, "description": self.expected });
        if let Some(format) = self.format {
            schema.insert("format".to_owned(), format.into());
        }
        if let Some(pattern) = self.pattern {
            schema.insert("pattern".to_owned(), pattern.into());
        }
        if !self.one_of.is_empty() {
            schema.insert("enum".to_owned(), self.one_of.into());
        }
        if let Some((least, greatest)) = self.range {
            schema.insert("minimum".to_owned(), least.into());
            schema.insert("maximum".to_owned(), greatest.into());
        }
        if let Some((least, most)) = self.length {
            schema.insert("minLength".to_owned(), least.into());
            schema.insert("maxLength".to_owned(), most.into());
        }
        if !self.example.is_empty() {
            let example = match (self.range, self.example.parse::<u64>()) {
                (Some(_), Ok(number)) => [number].as_slice().into(),
                _ => [self.example].as_slice().into(),
            };
            schema.insert("examples".to_owned(), example);
        }
        schema
    }
}

/// Reads a value out of a format of serde; a refusal says what is wrong and what would be right.
///
/// # Errors
///
/// If there is no text, or not a right one.
pub fn deserialize<'de, T: TextForm, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Text<T>(PhantomData<T>);

    impl<T: TextForm> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(T::SHAPE.expected)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            T::from_json_text(text)
                .map_err(|detail| E::custom(format_args!("{detail}, expected {}", T::SHAPE.expected)))
        }
    }

    deserializer.deserialize_str(Text(PhantomData))
}

/// The pattern (ECMA 262) of a year from 0001 to 9999.
#[doc(hidden)]
#[macro_export]
macro_rules! year_pattern {
    () => {
        "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
    };
}

/// The pattern of a day that there is in the calendar, 29 February in its years only.
#[doc(hidden)]
#[macro_export]
macro_rules! day_pattern {
    () => {
        concat!(
            "(",
            $crate::year_pattern!(),
            "-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))",
            "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)"
        )
    };
}

/// Gives a type with a [`TextForm`] its serde, and its schema with the feature `schema`.
macro_rules! serde_as_text {
    ($value:ty) => {
        impl serde::Serialize for $value {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $value {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::text_form::deserialize(deserializer)
            }
        }

        $crate::schema_as_text!($value);
    };
}

/// Gives a type with a [`TextForm`] its schema, where the feature `schema` is on.
#[cfg(feature = "schema")]
#[doc(hidden)]
#[macro_export]
macro_rules! schema_as_text {
    ($value:ty) => {
        impl $crate::schemars::JsonSchema for $value {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                <Self as $crate::value::TextForm>::SHAPE.expected.into()
            }

            fn json_schema(_: &mut $crate::schemars::SchemaGenerator) -> $crate::schemars::Schema {
                <Self as $crate::value::TextForm>::SHAPE.schema()
            }
        }
    };
}

/// Without the feature `schema` there is none.
#[cfg(not(feature = "schema"))]
#[doc(hidden)]
#[macro_export]
macro_rules! schema_as_text {
    ($value:ty) => {};
}

/// Gives a type with `FromStr` and `Display` its [`TextForm`], with serde and schema to match unless it has its `own serde`.
macro_rules! text_form {
    ($value:ty, $shape:expr, own serde) => {
        impl $crate::value::TextForm for $value {
            const SHAPE: $crate::value::Shape = $shape;

            fn parse(text: &str) -> Result<Self, String> {
                text.parse().map_err(|error| format!("{error}"))
            }

            fn render(&self) -> String {
                self.to_string()
            }
        }
    };
    ($value:ty, $shape:expr) => {
        $crate::value::text_form::text_form!($value, $shape, own serde);
        $crate::value::text_form::serde_as_text!($value);
    };
}

pub(crate) use {serde_as_text, text_form};

impl<T: NamedEnum> TextForm for T {
    const SHAPE: Shape = Shape::one_of(T::EXPECTED, T::NAMES);

    fn parse(text: &str) -> Result<Self, String> {
        T::from_name(text).ok_or_else(|| format!("is not {}", T::WHAT))
    }

    fn render(&self) -> String {
        self.as_str().to_owned()
    }
}

text_form!(Tz, Shape::text("an IANA time zone such as Europe/London", "Europe/London"), own serde);

impl TextForm for NaiveDate {
    const SHAPE: Shape = Shape {
        format: Some("date"),
        ..Shape::pattern(
            "a calendar day from 0001-01-01 to 9999-12-31, such as 2008-06-04",
            concat!("^", crate::day_pattern!(), "$"),
            "2008-06-04",
        )
    };

    fn parse(text: &str) -> Result<Self, String> {
        // chrono also reads years of five digits, signs and missing zeros: one day has one spelling here.
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(position, byte)| match position {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        text.parse()
            .ok()
            .filter(|_| shaped && !text.starts_with("0000"))
            .ok_or_else(|| "is not a calendar day".to_owned())
    }

    fn render(&self) -> String {
        self.format("%Y-%m-%d").to_string()
    }
}

impl TextForm for DateTime<Utc> {
    const SHAPE: Shape =
        Shape { format: Some("date-time"), ..Shape::text("an instant (RFC 3339)", "2008-06-04T12:00:00Z") };

    fn parse(text: &str) -> Result<Self, String> {
        let instant = DateTime::parse_from_rfc3339(text);
        instant.map(|instant| instant.to_utc()).map_err(|_| "is not an instant".to_owned())
    }

    fn render(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

macro_rules! whole_numbers {
    ($($number:ty, $shape:expr;)+) => { $(
        impl TextForm for $number {
            const SHAPE: Shape = $shape;

            fn parse(text: &str) -> Result<Self, String> {
                let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                let within = |number: &Self| {
                    Self::SHAPE.range.is_none_or(|(least, most)| (least..=most).contains(&u64::from(*number)))
                };
                text.parse().ok().filter(|_| digits).filter(within).ok_or_else(|| "is not such a number".to_owned())
            }

            fn render(&self) -> String {
                self.to_string()
            }
        }
    )+ };
}

whole_numbers! {
    u32, Shape::integer("a whole number from 0 to 4294967295", 0, 4_294_967_295, "1");
    // Up to what every JSON reader keeps exactly.
    u64, Shape::integer("a whole number from 0 to 9007199254740991", 0, 9_007_199_254_740_991, "1");
}
