//! The record catalogue: what kinds of record there are, and which of their fields the database knows by name.
//!
//! Each kind is declared once, in a file of its own: the columns that are filtered, sorted, unique or refer to other records, each
//! with the function that reads it from a record, the sets that are filtered by member, and in its [`KindDescription`] the table and how
//! private each field is. Everything else of a record lives in its body, a versioned JSON text. Back ends build their statements
//! from the descriptions in [`ALL`], and lists are filtered and ordered by the names in them. So a new kind is one file here, its
//! type in the list of kinds below, and one migration per back end.

pub mod action_plan;
pub mod action_point;
pub mod adoption;
pub mod agreement;
pub mod calendar_feed;
mod column;
mod column_value;
pub mod committee;
pub mod due_response;
pub mod engagement;
mod fields;
pub mod import_run;
pub mod indicator;
pub mod link;
pub mod organisation;
pub mod outcome;
pub mod partnership;
pub mod person;
pub mod place;
pub mod practice;
pub mod programme;
pub mod role;
#[cfg(test)]
mod samples;
mod search;
pub mod share;
mod stored;
pub mod subscription;
#[cfg(test)]
mod tests;
pub mod token;
pub mod valuation_rate;
pub mod webhook_endpoint;

pub use column::{
    Column, ColumnOf, ColumnType, Comparison, Constraint, ListFilter, Presence, SetOf, Stored, ValueSet,
};
pub use column_value::{ColumnValue, Folded};
pub use fields::{Field, FieldGroup, Holds, Nature};
pub use search::{SearchField, SearchRole, SearchText, Through};
pub(crate) use stored::ReadRecord;

use chrono::NaiveDate;
use serde_json::Value as Json;
use sister_cities_domain::access::AccessToken;
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::calendar_feed::CalendarFeed;
use sister_cities_domain::committee::Committee;
use sister_cities_domain::due::DueResponse;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::RecordKind;
use sister_cities_domain::import_run::ImportRun;
use sister_cities_domain::indicator::Indicator;
use sister_cities_domain::notification::Subscription;
use sister_cities_domain::organisation::Organisation;
use sister_cities_domain::outcome::Outcome;
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::person::Person;
use sister_cities_domain::place::Place;
use sister_cities_domain::practice::{Adoption, Practice};
pub use sister_cities_domain::privacy::DataClass;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::promise::{ActionPlan, ActionPoint};
use sister_cities_domain::role::Role;
use sister_cities_domain::sharing::{Link, Share};
use sister_cities_domain::valuation::ValuationRate;
use sister_cities_domain::webhook::WebhookEndpoint;
use uuid::Uuid;

use crate::{ChangeSet, Order, RawBody, Record, Revision};

macro_rules! kinds {
    ($($record:ty),+ $(,)?) => {
        /// Every kind of record, in the order in which a dump lists them.
        pub const ALL: &[&KindDescription] = &[$(&<$record as Record>::DESCRIPTION),+];

        // A column of such an id refers to the record.
        column_value::column_values! {
            $(<$record as Record>::Id: Id, |id: &Self| id.uuid(), |id: &Uuid| Some(Self::from_uuid(*id)), references <$record>::KIND;)+
        }
    };
}

kinds! {
    Programme, Place, Partnership, Agreement, Engagement, ImportRun, AccessToken, Link, Share, Organisation,
    Person, Committee, Role, ActionPlan, ActionPoint, Practice, Adoption, Outcome, Indicator, ValuationRate,
    DueResponse, WebhookEndpoint, Subscription, CalendarFeed,
}

/// Stands in a column for a first day that nobody knows: no date is before it.
const FIRST_OF_ALL_DAYS: NaiveDate = day(1, 1, 1);
/// Stands in a column for a last day that has not come: no date is after it.
const LAST_OF_ALL_DAYS: NaiveDate = day(9999, 12, 31);

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("it is in the calendar")
}

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
    /// The column that names the one other programme which may read a record; none where no other may.
    pub audience_column: Option<&'static Column>,
    /// The order of its lists if none is asked for.
    pub default_order: Order,
    /// The days that such a record lies on, if lists are asked for those of a window of days.
    pub span: Option<Span>,
    /// How private each field of the body is.
    pub fields: &'static [FieldGroup],
    /// How private each field of the bodies of events about such a record is.
    pub event_fields: &'static [FieldGroup],
    /// What full-text search finds such a record by.
    pub search: SearchText,
    read: fn(&RawBody) -> Result<ReadRecord, String>,
    update: fn(&mut ChangeSet, &RawBody, Revision) -> Result<(), String>,
}

/// The columns that say on which days a record lies, so that a list of a window of days reads no more than a part of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day; none if undated.
    pub first_day: &'static Column,
    /// The last day; none if undated.
    pub last_day: &'static Column,
    /// The first day as a text that sorts, with more after it; empty if undated. Lists are in its order.
    pub key: &'static Column,
    /// The index that holds, in the order of the key, those between whose days lie more than [`MOST_DAYS`](Self::MOST_DAYS); none if
    /// there can be no such record.
    pub index_of_long: Option<&'static str>,
}

impl Span {
    /// Between the first day and the last lie so many at most, unless it is long: what is known by its year alone lies in these.
    pub const MOST_DAYS: u64 = 366;
}

fn unclassified(body: &Json, nature: &dyn Fn(&str) -> Option<Nature>) -> Vec<String> {
    let mut found = Vec::new();
    let look = &mut |_: &Json, pointer: &str| -> Result<(), std::convert::Infallible> {
        if nature(pointer).is_none() {
            found.push(pointer.to_owned());
        }
        Ok(())
    };
    let Ok(()) = crate::json::walk(body, &mut String::new(), look);
    found
}

/// The nature of the value at `pointer` of an actor.
#[must_use]
pub fn nature_in_actor(pointer: &str) -> Nature {
    fields::nature_of(fields::ACTOR, pointer).unwrap_or(Nature::UNKNOWN)
}

impl KindDescription {
    /// A kind whose records no other programme reads, no search finds and lists give in the order of creation, with the columns and sets
    /// of its type; its fields are to be classified.
    const fn of<T: Record>(table: &'static str) -> Self {
        Self {
            kind: T::KIND,
            table,
            columns: T::STORED.columns,
            sets: T::STORED.sets,
            audience_column: None,
            default_order: Order::CREATION,
            span: None,
            fields: &[],
            event_fields: &[],
            search: SearchText { fields: &[], through: None },
            read: stored::read::<T>,
            update: stored::update::<T>,
        }
    }

    /// How private the body is: the strictest class of anything in it.
    #[must_use]
    pub fn body_class(&self) -> DataClass {
        self.body_fields().map(|field| field.class).max().unwrap_or(Nature::UNKNOWN.class)
    }

    /// The fields of a body, each by where it stands below the place of its group.
    pub fn body_fields(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().flat_map(|group| group.fields)
    }

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

    /// Reads a stored body of that kind. What is encrypted in it may stay so: no column follows from it.
    ///
    /// # Errors
    ///
    /// What is wrong with the body.
    pub(crate) fn read(&self, body: &RawBody) -> Result<ReadRecord, String> {
        let json = crate::vault::without_sensitive(self.kind, &body.json)?;
        (self.read)(&RawBody { version: body.version, json })
    }

    /// Adds the update of a record of which only the body is known, with all that follows from the body.
    ///
    /// # Errors
    ///
    /// What is wrong with the body.
    pub(crate) fn update(
        &self,
        changes: &mut ChangeSet,
        body: &RawBody,
        revision: Revision,
    ) -> Result<(), String> {
        (self.update)(changes, body, revision)
    }
}
