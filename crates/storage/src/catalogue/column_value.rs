//! What values of the domain are in a column.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::str::FromStr;

use chrono::NaiveDate;
use sister_cities_domain::access::TokenHash;
use sister_cities_domain::calendar_feed::FeedSubjectKind;
use sister_cities_domain::engagement::{Direction, Focus};
use sister_cities_domain::id::RecordKind;
use sister_cities_domain::import_run::{ImportContent, ImportStateKind};
use sister_cities_domain::notification::Rhythm;
use sister_cities_domain::organisation::OrganisationKind;
use sister_cities_domain::partnership::StatusKind;
use sister_cities_domain::person::PersonStanding;
use sister_cities_domain::place::PlaceIdentity;
use sister_cities_domain::practice::{AdoptionState, Topic, Verdict};
use sister_cities_domain::promise::{ActionPlanKind, ActionPointState};
use sister_cities_domain::role::RoleFunction;
use sister_cities_domain::value::{ContentHash, Country, KindKey, PartialDate, Precision};
use sister_cities_domain::webhook::{WebhookFormat, WebhookState};
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

/// Each id once, in their order, as a set of values holds them.
pub(super) fn each_once<V: Ord>(values: impl Iterator<Item = V>) -> Vec<V> {
    values.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Values by the type of the column, which has the same name among the [`Value`]s: how one becomes what the column holds, and back.
/// `references` the kind whose ids they are.
macro_rules! column_values {
    ($($type:ty: $holds:ident, $write:expr, $read:expr $(, references $kind:expr)?;)+) => { $(
        impl $crate::catalogue::ColumnValue for $type {
            type Compared = Self;
            const HOLDS: $crate::catalogue::ColumnType = $crate::catalogue::ColumnType::$holds;
            $(const REFERENCES: Option<RecordKind> = Some($kind);)?

            fn into_value(self) -> $crate::Value {
                $crate::Value::$holds($write(&self))
            }

            fn from_value(value: &$crate::Value) -> Option<Self> {
                if let $crate::Value::$holds(held) = value { $read(held) } else { None }
            }

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )+ };
}
pub(super) use column_values;

column_values! {
    String: Text, String::clone, parsed;
    ActionPlanKind: Text, ToString::to_string, parsed;
    ActionPointState: Text, ToString::to_string, parsed;
    AdoptionState: Text, ToString::to_string, parsed;
    Country: Text, ToString::to_string, parsed;
    Direction: Text, ToString::to_string, parsed;
    FeedSubjectKind: Text, ToString::to_string, parsed;
    Focus: Text, ToString::to_string, parsed;
    Folded: Text, |folded: &Self| folded.0.clone(), |text: &String| Some(Self(text.clone()));
    ImportContent: Text, ToString::to_string, parsed;
    ImportStateKind: Text, ToString::to_string, parsed;
    KindKey: Text, ToString::to_string, parsed;
    OrganisationKind: Text, ToString::to_string, parsed;
    PersonStanding: Text, ToString::to_string, parsed;
    PlaceIdentity: Text, ToString::to_string, parsed;
    RoleFunction: Text, ToString::to_string, parsed;
    Rhythm: Text, ToString::to_string, parsed;
    StatusKind: Text, ToString::to_string, parsed;
    Topic: Text, ToString::to_string, parsed;
    Verdict: Text, ToString::to_string, parsed;
    WebhookFormat: Text, ToString::to_string, parsed;
    WebhookState: Text, ToString::to_string, parsed;
    u32: Integer, |number: &u32| i64::from(*number), |number: &i64| u32::try_from(*number).ok();
    NaiveDate: Day, |day: &NaiveDate| *day, |day: &NaiveDate| Some(*day);
    ContentHash: Bytes, |hash: &Self| hash.as_bytes().to_vec(), |bytes: &Vec<u8>| hash(bytes).map(Self::from_bytes);
    TokenHash: Bytes, |hash: &Self| hash.as_bytes().to_vec(), |bytes: &Vec<u8>| hash(bytes).map(Self::from_bytes);
}

pub(super) fn parsed<V: FromStr>(text: &str) -> Option<V> {
    text.parse().ok()
}

fn hash(bytes: &[u8]) -> Option<[u8; 32]> {
    bytes.try_into().ok()
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

impl FromStr for Folded {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::of(text))
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
