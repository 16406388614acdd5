//! The values that columns hold, and their total order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::catalogue::{Column, ColumnType, Presence};

/// A value of a column.
///
/// The order is that of every back end for values of one type: numbers by size, texts and bytes byte by byte, days by
/// the calendar; nothing comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// No value.
    Nothing,
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// The id of a record.
    Id(Uuid),
    /// A calendar day.
    Day(NaiveDate),
}

impl Value {
    /// Whether the column may hold this value.
    #[must_use]
    pub fn fits(&self, column: &Column) -> bool {
        match self {
            Self::Nothing => column.presence == Presence::Optional,
            Self::Integer(_) => column.holds == ColumnType::Integer,
            Self::Text(_) => column.holds == ColumnType::Text,
            Self::Bytes(_) => column.holds == ColumnType::Bytes,
            Self::Id(_) => column.holds == ColumnType::Id,
            Self::Day(_) => column.holds == ColumnType::Day,
        }
    }
}

impl From<Uuid> for Value {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}
