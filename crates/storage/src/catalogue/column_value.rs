//! What values of the domain are in a column.

use chrono::NaiveDate;
use sister_cities_domain::access::TokenHash;
use sister_cities_domain::engagement::{Direction, Focus};
use sister_cities_domain::id::RecordKind;
use sister_cities_domain::import_run::{ImportContent, ImportStateKind};
use sister_cities_domain::partnership::StatusKind;
use sister_cities_domain::place::PlaceIdentity;
use sister_cities_domain::value::{ContentHash, Country, KindKey, PartialDate, Precision};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{ColumnType, Presence};
use crate::Value;

/// A value that can stand in a column. The column's type follows from it.
pub trait ColumnValue: Sized {
    /// What a filter compares it with: the same, without the `Option` if it is one.
    type Compared: ColumnValue;
    /// What the column holds.
    const HOLDS: ColumnType;
    /// Whether every record has one.
    const PRESENCE: Presence = Presence::Required;
    /// The kind of record that it names, if it is an id.
    const REFERENCES: Option<RecordKind> = None;

    /// As the column holds it.
    fn into_value(self) -> Value;

    /// Reads it as a column holds it; none if it is something else.
    fn from_value(value: &Value) -> Option<Self>;

    /// Reads it as it stands in a query; none if no such value can be.
    fn parse(text: &str) -> Option<Self>;
}

impl<V: ColumnValue> ColumnValue for Option<V> {
    type Compared = V;
    const HOLDS: ColumnType = V::HOLDS;
    const PRESENCE: Presence = Presence::Optional;
    const REFERENCES: Option<RecordKind> = V::REFERENCES;

    fn into_value(self) -> Value {
        self.map_or(Value::Nothing, V::into_value)
    }

    fn from_value(value: &Value) -> Option<Self> {
        if *value == Value::Nothing { Some(None) } else { V::from_value(value).map(Some) }
    }

    fn parse(text: &str) -> Option<Self> {
        V::parse(text).map(Some)
    }
}

/// The ids of records of these types: a column of such an id refers to the record.
macro_rules! ids {
    ($($record:ty),+ $(,)?) => { $(
        impl $crate::catalogue::ColumnValue for <$record as $crate::Record>::Id {
            type Compared = Self;
            const HOLDS: ColumnType = ColumnType::Id;
            const REFERENCES: Option<RecordKind> = Some(<$record as $crate::Record>::KIND);

            fn into_value(self) -> $crate::Value {
                $crate::Value::Id(self.uuid())
            }

            fn from_value(value: &$crate::Value) -> Option<Self> {
                if let $crate::Value::Id(id) = value { Some(Self::from_uuid(*id)) } else { None }
            }

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )+ };
}
pub(super) use ids;

/// Values that are one text.
macro_rules! texts {
    ($($type:ty),+ $(,)?) => { $(
        impl ColumnValue for $type {
            type Compared = Self;
            const HOLDS: ColumnType = ColumnType::Text;

            fn into_value(self) -> Value {
                Value::Text(self.to_string())
            }

            fn from_value(value: &Value) -> Option<Self> {
                if let Value::Text(text) = value { text.parse().ok() } else { None }
            }

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )+ };
}

texts!(String, Country, Direction, Focus, ImportContent, ImportStateKind, KindKey, PlaceIdentity, StatusKind);

/// Values that are 32 bytes.
macro_rules! hashes {
    ($($type:ty),+) => { $(
        impl ColumnValue for $type {
            type Compared = Self;
            const HOLDS: ColumnType = ColumnType::Bytes;

            fn into_value(self) -> Value {
                Value::Bytes(self.as_bytes().to_vec())
            }

            fn from_value(value: &Value) -> Option<Self> {
                let Value::Bytes(bytes) = value else { return None };
                bytes.as_slice().try_into().ok().map(Self::from_bytes)
            }

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )+ };
}

hashes!(ContentHash, TokenHash);

impl ColumnValue for u32 {
    type Compared = Self;
    const HOLDS: ColumnType = ColumnType::Integer;

    fn into_value(self) -> Value {
        self.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Integer(number) = value { Self::try_from(*number).ok() } else { None }
    }

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl ColumnValue for NaiveDate {
    type Compared = Self;
    const HOLDS: ColumnType = ColumnType::Day;

    fn into_value(self) -> Value {
        self.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Day(day) = value { Some(*day) } else { None }
    }

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// A text made for comparing: compatibility forms taken apart, accents dropped, lower case, single spaces.
///
/// "São  Paulo" and "sao paulo" are the same then. Letters without an accent of their own, such as ł and ß, stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded(String);

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let plain: String = text
            .nfkd()
            .flat_map(char::to_lowercase)
            .nfkd()
            .filter(|letter| !is_combining_mark(*letter))
            .collect();
        Self(plain.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ColumnValue for Folded {
    type Compared = Self;
    const HOLDS: ColumnType = ColumnType::Text;

    fn into_value(self) -> Value {
        Value::Text(self.0)
    }

    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Text(text) = value { Some(Self(text.clone())) } else { None }
    }

    fn parse(text: &str) -> Option<Self> {
        Some(Self::of(text))
    }
}

/// A date as a text that sorts as [`PartialDate::sort_key`] does; empty, and so first, when nobody knows.
pub(super) fn date_key(date: Option<PartialDate>) -> String {
    let Some((day, precision)) = date.map(|date| date.sort_key()) else { return String::new() };
    let precision = match precision {
        Precision::Year => 0,
        Precision::Month => 1,
        Precision::Day => 2,
    };
    format!("{day}.{precision}")
}
