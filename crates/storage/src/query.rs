//! What a list can be asked for: conditions and an order out of the catalogue, and pages that hold still.

use serde::{Deserialize, Serialize};
use sister_cities_domain::id::RecordKind;
use uuid::Uuid;

use crate::catalogue::{Column, Presence, ValueSet, describe};
use crate::{ChangeNumber, ReadError, StoredRecord, Value};

/// One question to one kind of record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The kind.
    pub kind: RecordKind,
    /// What must hold of each record; all of it.
    pub conditions: Vec<Condition>,
    /// In which order.
    pub order: Order,
    /// Only what comes after this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
    /// Only records that no commit after this one has touched.
    pub untouched_since: Option<ChangeNumber>,
}

/// Something that must hold of a record.
///
/// The columns are items of the catalogue, so what a user types is only ever a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The column holds one of these values.
    OneOf(&'static Column, Vec<Value>),
    /// The column holds something, and no less than this.
    AtLeast(&'static Column, Value),
    /// The column holds something, and no more than this.
    AtMost(&'static Column, Value),
    /// The set has this member.
    Has(&'static ValueSet, Value),
    /// The set has one of these members.
    HasAny(&'static ValueSet, Vec<Value>),
    /// The set has a text that begins with this one.
    HasPrefix(&'static ValueSet, String),
}

/// The order of a list. Ties are broken by id, so every order is total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By this column, which every record has; by id, which is the order of creation, if none.
    pub by: Option<&'static Column>,
    /// Which end comes first.
    pub direction: Direction,
}

/// Which end of a list comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The smallest.
    Ascending,
    /// The greatest.
    Descending,
}

/// A place in a list: the sort value and the id of the last record seen.
///
/// Records that come or go elsewhere do not shift what follows it. It holds internals; give it to nobody unsealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// The value in the column of the order; nothing if the order is by id.
    pub key: Value,
    /// The id.
    pub id: Uuid,
    /// If the list is one as recorded at a time: the commit that left it so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeNumber>,
}

/// Part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawPage {
    /// The records.
    pub records: Vec<StoredRecord>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<Cursor>,
}

impl Direction {
    /// The direction of that name: `ascending` or `descending`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "ascending" => Some(Self::Ascending),
            "descending" => Some(Self::Descending),
            _ => None,
        }
    }
}

impl Order {
    /// The name of the order of creation.
    pub const CREATION_NAME: &'static str = "entered";

    /// In the order of creation.
    pub const CREATION: Self = Self { by: None, direction: Direction::Ascending };

    /// By `column`, smallest first.
    #[must_use]
    pub const fn by(column: &'static Column) -> Self {
        Self { by: Some(column), direction: Direction::Ascending }
    }

    /// The same order from the other end.
    #[must_use]
    pub const fn reversed(self) -> Self {
        let direction = match self.direction {
            Direction::Ascending => Direction::Descending,
            Direction::Descending => Direction::Ascending,
        };
        Self { by: self.by, direction }
    }
}

impl Query {
    /// All records of a kind in the order of creation, `limit` at most.
    #[must_use]
    pub const fn all(kind: RecordKind, limit: u32) -> Self {
        Self {
            kind,
            conditions: Vec::new(),
            order: Order::CREATION,
            after: None,
            limit,
            untouched_since: None,
        }
    }

    /// Checks the query against the catalogue. Every back end calls it first.
    ///
    /// # Errors
    ///
    /// [`ReadError::Condition`] for a column or set of another kind, or a value that the column cannot hold;
    /// [`ReadError::Cursor`] for a cursor that cannot belong to this order.
    pub fn check(&self) -> Result<(), ReadError> {
        let description = describe(self.kind);
        for condition in &self.conditions {
            match condition {
                Condition::OneOf(column, values) => {
                    let fits = values.iter().all(|value| value.fits(column) && *value != Value::Nothing);
                    ensure(description.position(column).is_some() && fits, column.name)?;
                }
                Condition::AtLeast(column, value) | Condition::AtMost(column, value) => {
                    let fits = value.fits(column) && *value != Value::Nothing;
                    ensure(description.position(column).is_some() && fits, column.name)?;
                }
                Condition::Has(set, value) => {
                    let fits = value.fits(&set.value);
                    ensure(description.set_position(set).is_some() && fits, set.value.name)?;
                }
                Condition::HasAny(set, values) => {
                    let fits = values.iter().all(|value| value.fits(&set.value));
                    ensure(description.set_position(set).is_some() && fits, set.value.name)?;
                }
                Condition::HasPrefix(set, prefix) => {
                    let fits = Value::from(prefix.as_str()).fits(&set.value);
                    ensure(description.set_position(set).is_some() && fits, set.value.name)?;
                }
            }
        }
        if let Some(column) = self.order.by {
            let sorts = description.position(column).is_some() && column.presence == Presence::Required;
            ensure(sorts, column.name)?;
        }
        match (&self.after, self.order.by) {
            (None, _) => Ok(()),
            (Some(cursor), None) if cursor.key == Value::Nothing => Ok(()),
            (Some(cursor), Some(column)) if cursor.key.fits(column) => Ok(()),
            (Some(_), None | Some(_)) => Err(ReadError::Cursor),
        }
    }
}

fn ensure(holds: bool, name: &'static str) -> Result<(), ReadError> {
    if holds { Ok(()) } else { Err(ReadError::Condition(name)) }
}
