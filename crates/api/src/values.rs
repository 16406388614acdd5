//! Knows how the domain's values are written in paths, queries and JSON: as text, each with what a right one looks
//! like.

use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sister_cities_domain::engagement::{Focus, ParticipantRole};
use sister_cities_domain::id::{
    AgreementId, EngagementId, EventId, ImportId, LinkId, PartnershipId, PlaceId, ProgrammeId, RecordRef,
    ShareId, TokenId,
};
use sister_cities_domain::place::{Qid, UnLocode};
use sister_cities_domain::value::{
    ContentHash, Country, Currency, FreeText, KindKey, LanguageTag, Money, Name, PartialDate, Script, Slug,
    Source, Title,
};

use crate::{Parameter, Shape};

macro_rules! ids {
    ($($id:ident, $prefix:literal, $what:literal;)+) => { $(
        impl Parameter for $id {
            const SHAPE: Shape = Shape::pattern(
                concat!("the id of ", $what, ", such as ", $prefix, "_01h455vb4pex5vsknk084sn02q"),
                concat!("^", $prefix, "_[0-7][0-9a-hjkmnp-tv-z]{25}$"),
                concat!($prefix, "_01h455vb4pex5vsknk084sn02q"),
            );

            fn parse(text: &str) -> Result<Self, String> {
                text.parse().map_err(|_| concat!("is not the id of ", $what).to_owned())
            }

            fn render(&self) -> String {
                self.to_string()
            }
        }
    )+ };
}

ids! {
    ProgrammeId, "prg", "a programme";
    PlaceId, "plc", "a place";
    PartnershipId, "prt", "a partnership";
    AgreementId, "agr", "an agreement";
    EngagementId, "eng", "an engagement";
    ImportId, "imp", "an import";
    EventId, "evt", "an event";
    TokenId, "tok", "a token";
    LinkId, "lnk", "a link";
    ShareId, "shr", "a share";
}

macro_rules! texts {
    ($($value:ty, $shape:expr;)+) => { $(
        impl Parameter for $value {
            const SHAPE: Shape = $shape;

            fn parse(text: &str) -> Result<Self, String> {
                text.parse().map_err(|error| format!("{error}"))
            }

            fn render(&self) -> String {
                self.to_string()
            }
        }
    )+ };
}

const SLUG: &str = "^[a-z0-9]+([-_][a-z0-9]+)*$";

texts! {
    Name, Shape::text("text of 1 to 200 characters", "Chicago");
    Title, Shape::text("text of 1 to 300 characters", "Mayor's visit");
    FreeText, Shape::text("text of 1 to 10,000 characters", "Until the war ends.");
    Source, Shape::text("text of 1 to 500 characters that says where a fact is from", "Council minutes, 2 March 2022");
    PartialDate, Shape::pattern(
        "a date as precise as it is known: 1991, 1991-08 or 1991-08-20",
        "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        "1991-08",
    );
    Country, Shape::pattern("a country code such as GB (ISO 3166-1 alpha-2, and XK)", "^[A-Z]{2}$", "GB");
    Currency, Shape::pattern("a currency code such as USD (ISO 4217)", "^[A-Z]{3}$", "USD");
    LanguageTag, Shape::text("a language tag such as en or zh-Hant (BCP 47)", "en");
    Script, Shape::pattern("a script code such as Cyrl (ISO 15924)", "^[A-Z][a-z]{3}$", "Cyrl");
    Slug, Shape::pattern("lower-case letters and digits, words joined by - or _", SLUG, "culture");
    KindKey, Shape::pattern("a key of the programme's catalogue of kinds, such as sister-city", SLUG, "sister-city");
    Focus, Shape::pattern("a focus such as culture, education or business", SLUG, "culture");
    ParticipantRole, Shape::pattern("a role such as delegate or student", SLUG, "delegate");
    Qid, Shape::pattern("a Wikidata item such as Q1297", "^Q[1-9][0-9]*$", "Q1297");
    UnLocode, Shape::pattern("a UN/LOCODE such as USCHI", "^[A-Z]{2}[A-Z2-9]{3}$", "USCHI");
    ContentHash, Shape::pattern(
        "a SHA-256 of 64 hexadecimal digits",
        "^[0-9a-fA-F]{64}$",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
    RecordRef, Shape::pattern(
        "the id of a record, such as prt_01h455vb4pex5vsknk084sn02q",
        "^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$",
        "prt_01h455vb4pex5vsknk084sn02q",
    );
    Tz, Shape::text("an IANA time zone such as Europe/London", "Europe/London");
}

impl Parameter for NaiveDate {
    const SHAPE: Shape = Shape {
        format: Some("date"),
        ..Shape::pattern(
            "a calendar day from 0001-01-01 to 9999-12-31, such as 2008-06-04",
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "2008-06-04",
        )
    };

    fn parse(text: &str) -> Result<Self, String> {
        // chrono also reads years of five digits, signs and missing zeros: one day has one spelling here.
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(place, byte)| match place {
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

impl Parameter for DateTime<Utc> {
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
        impl Parameter for $number {
            const SHAPE: Shape = $shape;

            fn parse(text: &str) -> Result<Self, String> {
                let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                text.parse().ok().filter(|_| digits).ok_or_else(|| "is not such a number".to_owned())
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

/// An amount of money as text: `25000.00 USD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyText(pub Money);

impl Parameter for MoneyText {
    const SHAPE: Shape = Shape::pattern(
        "an amount with the currency's own decimals, such as 25000.00 USD",
        "^-?[0-9]+([.][0-9]+)? [A-Z]{3}$",
        "25000.00 USD",
    );

    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|error| format!("{error}"))
    }

    fn render(&self) -> String {
        self.0.to_string()
    }
}

impl Serialize for MoneyText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for MoneyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        checked(deserializer)
    }
}

/// A field of a request body that is read as a [`Parameter`] is, so that its fault says what would be right.
pub(crate) trait Checked: Sized {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Reads a text, an optional text or a list of texts: for `#[serde(deserialize_with = "checked")]`.
pub(crate) fn checked<'de, D: Deserializer<'de>, T: Checked>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

impl<T: Parameter> Checked for T {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Leaf::deserialize(deserializer).map(|leaf| leaf.0)
    }
}

impl<T: Parameter> Checked for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Leaf<T>>::deserialize(deserializer)?.map(|leaf| leaf.0))
    }
}

impl<T: Parameter> Checked for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Leaf<T>>::deserialize(deserializer)?.into_iter().map(|leaf| leaf.0).collect())
    }
}

struct Leaf<T>(T);

impl<'de, T: Parameter> Deserialize<'de> for Leaf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<T>(std::marker::PhantomData<T>);

        impl<T: Parameter> Visitor<'_> for Text<T> {
            type Value = Leaf<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::SHAPE.expected)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Leaf<T>, E> {
                T::from_json_text(text)
                    .map(Leaf)
                    .map_err(|detail| E::custom(format!("{detail}, expected {}", T::SHAPE.expected)))
            }
        }

        deserializer.deserialize_str(Text(std::marker::PhantomData))
    }
}
