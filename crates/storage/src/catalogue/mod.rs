//! The record catalogue: what kinds of record there are, and which of their fields the database knows by name.
//!
//! One [`KindDescription`] per kind: its table, the columns that are filtered, sorted, unique or refer to other
//! records, the sets that are filtered by member, and how private each of them is. Everything else of a record lives in
//! its body, a versioned JSON text. Back ends build their statements from these descriptions, so a new kind is one
//! description here, one migration per back end and one [`Record`](crate::Record) implementation.

mod fields;
mod kinds;
mod search;
mod sharing;
#[cfg(test)]
mod tests;

pub use fields::{Field, Holds, Nature};
pub use kinds::{AGREEMENT, ENGAGEMENT, IMPORT, PARTNERSHIP, PLACE, PROGRAMME, TOKEN};
pub use search::{SearchField, SearchRole, SearchText, Through};
pub use sharing::{LINK, SHARE, audience_column};

use serde_json::Value as Json;
use sister_cities_domain::id::RecordKind;
pub use sister_cities_domain::privacy::DataClass;

/// Every kind of record, in the order in which a dump lists them.
pub const ALL: &[&KindDescription] =
    &[&PROGRAMME, &PLACE, &PARTNERSHIP, &AGREEMENT, &ENGAGEMENT, &IMPORT, &TOKEN, &LINK, &SHARE];

/// Returns the description of `kind`.
///
/// # Panics
///
/// Never for the kinds of this version of the domain: a test walks `RecordKind::ALL`.
#[must_use]
pub fn describe(kind: RecordKind) -> &'static KindDescription {
    ALL.iter().find(|description| description.kind == kind).expect("every kind is in the catalogue")
}

/// One kind of record as the database sees it.
#[derive(Debug)]
pub struct KindDescription {
    /// The kind.
    pub kind: RecordKind,
    /// The table that holds its records.
    pub table: &'static str,
    /// The columns besides the ones every table has (programme, id, revision, change, version, body).
    pub columns: &'static [Column],
    /// The sets of values that records are found by, each in a table of its own.
    pub sets: &'static [ValueSet],
    /// How private the body is: the strictest class of anything in it.
    pub body: DataClass,
    /// How private each field of the body is.
    pub fields: &'static [Field],
    /// How private each field of the bodies of events about such a record is.
    pub event_fields: &'static [Field],
    /// What full-text search finds such a record by.
    pub search: SearchText,
}

fn unclassified(body: &Json, nature: &dyn Fn(&str) -> Option<Nature>) -> Vec<String> {
    let mut found = Vec::new();
    let look = &mut |_: &Json, pointer: &str| -> Result<(), std::convert::Infallible> {
        if nature(pointer).is_none() {
            found.push(pointer.to_owned());
        }
        Ok(())
    };
    let Ok(()) = crate::audit::walk(body, &mut String::new(), look);
    found
}

/// The nature of the value at `pointer` of an actor.
#[must_use]
pub fn nature_in_actor(pointer: &str) -> Nature {
    fields::nature_of(fields::ACTOR, pointer).unwrap_or(Nature::UNKNOWN)
}

impl KindDescription {
    /// Where a column stands among [`columns`](Self::columns).
    #[must_use]
    pub fn position(&self, column: &Column) -> Option<usize> {
        self.columns.iter().position(|own| own.name == column.name)
    }

    /// Where a body of such a record holds what nobody classified, as JSON pointers. Empty, if all is as it should be.
    #[must_use]
    pub fn unclassified_in_body(&self, body: &Json) -> Vec<String> {
        unclassified(body, &|pointer| fields::nature_of(self.fields, pointer))
    }

    /// The same for an event about such a record.
    #[must_use]
    pub fn unclassified_in_event(&self, body: &Json) -> Vec<String> {
        unclassified(body, &|pointer| {
            let own = fields::nature_of(self.event_fields, pointer);
            own.or_else(|| fields::nature_of(fields::PRIVACY_EVENT, pointer))
        })
    }

    /// The nature of the value at `pointer` of a body; personal prose if nobody classified it.
    #[must_use]
    pub fn nature_in_body(&self, pointer: &str) -> Nature {
        fields::nature_of(self.fields, pointer).unwrap_or(Nature::UNKNOWN)
    }

    /// The nature of the value at `pointer` of an event about such a record; personal prose if nobody classified it.
    #[must_use]
    pub fn nature_in_event(&self, pointer: &str) -> Nature {
        let own = fields::nature_of(self.event_fields, pointer);
        own.or_else(|| fields::nature_of(fields::PRIVACY_EVENT, pointer)).unwrap_or(Nature::UNKNOWN)
    }

    /// Whether full-text search finds such records.
    #[must_use]
    pub fn is_searched(&self) -> bool {
        !self.search.fields.is_empty() || self.search.through.is_some()
    }

    /// Returns the column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Where a set stands among [`sets`](Self::sets).
    #[must_use]
    pub fn set_position(&self, set: &ValueSet) -> Option<usize> {
        self.sets.iter().position(|own| own.table == set.table)
    }
}

/// A real column: typed, classified, and there because it is filtered, sorted, unique or a reference.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, the same in every back end.
    pub name: &'static str,
    /// What it holds.
    pub holds: ColumnType,
    /// Whether every record has it.
    pub presence: Presence,
    /// What the database enforces.
    pub constraint: Constraint,
    /// How private it is.
    pub class: DataClass,
    /// The names under which lists can be filtered by it, the same in storage, API, client and command line.
    pub filters: &'static [&'static str],
    /// The name of the order of lists by it.
    pub order: Option<&'static str>,
    /// The columns in whose order an index holds the records with one value of it. In any other order, lists filtered by it walk
    /// the index of the order.
    pub index_orders: &'static [&'static str],
}

impl Column {
    /// The column as one that lists are filtered by under these names.
    const fn filtered(self, filters: &'static [&'static str]) -> Self {
        Self { filters, ..self }
    }

    /// The column as one that lists are ordered by under this name. Every record has it.
    const fn ordered(self, order: &'static str) -> Self {
        Self { order: Some(order), ..self }
    }

    /// The column as one whose records an index holds in these orders.
    const fn index_orders(self, index_orders: &'static [&'static str]) -> Self {
        Self { index_orders, ..self }
    }

    /// Whether the records with one value of it are read from an index in the order of that column.
    #[must_use]
    pub fn is_index_ordered(&self, order: Option<&Self>) -> bool {
        // At most one record has it.
        let is_unique =
            matches!(self.constraint, Constraint::UniqueInProgramme | Constraint::UniqueInInstallation);
        is_unique || self.index_orders.contains(&order.map_or("id", |column| column.name))
    }
}

/// A set of values per record, in a table of its own, so that "which records have this value" is an indexed question.
#[derive(Debug, PartialEq, Eq)]
pub struct ValueSet {
    /// The table: `(programme, owner, value)`, and what the members repeat of the record.
    pub table: &'static str,
    /// The column that names the record the value belongs to.
    pub owner: &'static str,
    /// The values. Their presence is [`Presence::Required`] and their constraint none or a reference.
    pub value: Column,
    /// The place of the column of the record that each member repeats, so that an index holds the records with one member in the
    /// order of that column.
    pub denormalised_key: Option<usize>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// A whole number.
    Integer,
    /// A text, compared byte by byte.
    Text,
    /// Bytes.
    Bytes,
    /// The id of a record.
    Id,
    /// A calendar day.
    Day,
}

/// Whether every record has a value in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Every record; only such columns can be sorted on.
    Required,
    /// Some records have none.
    Optional,
}

/// What the database enforces of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Nothing.
    Free,
    /// No two records of one programme hold the same value.
    UniqueInProgramme,
    /// No two records of the whole installation hold the same value.
    UniqueInInstallation,
    /// The id of a record of this kind in the same programme, which must exist.
    References(RecordKind),
}

#[cfg(test)]
mod samples;
