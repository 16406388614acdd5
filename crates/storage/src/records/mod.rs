//! How each type of the domain becomes a record: its columns, and what its lists can be asked for.

mod access;
mod agreement;
mod engagement;
mod import_run;
mod key;
mod partnership;
mod place;
mod programme;
mod sharing;

pub use access::NoFilter;
pub use agreement::{AgreementFilter, AgreementSort};
pub use engagement::{EngagementFilter, EngagementSort};
pub use import_run::ImportFilter;
pub use key::fold;
pub use partnership::{PartnershipFilter, PartnershipSort};
pub use place::{PlaceFilter, PlaceSort};
pub use programme::ProgrammeSort;
pub use sharing::{LinkFilter, ShareFilter};

use sister_cities_domain::access::AccessToken;
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::import_run::ImportRun;
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::sharing::{Link, Share};

use crate::catalogue::{Column, KindDescription};
use crate::{ChangeSet, Columns, Condition, Order, RawBody, Realm, Record, Revision, Sort, Value};

/// Adds the update of a record of which only kind and body are known, with all that follows from the body.
///
/// # Errors
///
/// What is wrong with the body.
pub(crate) fn update(
    changes: &mut ChangeSet,
    kind: RecordKind,
    body: &RawBody,
    revision: Revision,
) -> Result<(), String> {
    match kind {
        RecordKind::Programme => changes.update(&Programme::from_body(body)?, revision),
        RecordKind::Place => changes.update(&Place::from_body(body)?, revision),
        RecordKind::Partnership => changes.update(&Partnership::from_body(body)?, revision),
        RecordKind::Agreement => changes.update(&Agreement::from_body(body)?, revision),
        RecordKind::Engagement => changes.update(&Engagement::from_body(body)?, revision),
        RecordKind::Import => changes.update(&ImportRun::from_body(body)?, revision),
        RecordKind::Token => changes.update(&AccessToken::from_body(body)?, revision),
        RecordKind::Link => changes.update(&Link::from_body(body)?, revision),
        RecordKind::Share => changes.update(&Share::from_body(body)?, revision),
        other => return Err(format!("records of kind {other} cannot be read here")),
    };
    Ok(())
}

/// A stored record of which only kind and body are known, and what follows from the body.
pub(crate) struct ReadRecord {
    /// Which.
    pub(crate) record: RecordRef,
    /// Whose.
    pub(crate) realm: Realm,
    /// Its columns.
    pub(crate) columns: Columns,
}

/// Reads a stored body. What is encrypted in it may stay so: no column follows from it.
///
/// # Errors
///
/// What is wrong with the body.
pub(crate) fn read(kind: RecordKind, body: &RawBody) -> Result<ReadRecord, String> {
    fn of<T: Record>(body: &RawBody) -> Result<ReadRecord, String> {
        let value = T::from_body(body)?;
        Ok(ReadRecord { record: value.id().into(), realm: value.realm(), columns: value.columns() })
    }
    let json = crate::vault::without_sensitive(kind, &body.json)?;
    let body = &RawBody { version: body.version, json };
    match kind {
        RecordKind::Programme => of::<Programme>(body),
        RecordKind::Place => of::<Place>(body),
        RecordKind::Partnership => of::<Partnership>(body),
        RecordKind::Agreement => of::<Agreement>(body),
        RecordKind::Engagement => of::<Engagement>(body),
        RecordKind::Import => of::<ImportRun>(body),
        RecordKind::Token => of::<AccessToken>(body),
        RecordKind::Link => of::<Link>(body),
        RecordKind::Share => of::<Share>(body),
        other => Err(format!("records of kind {other} cannot be read here")),
    }
}

/// A list that knows no order but that of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a list without orders has none")]
pub enum CreationOnly {}

impl Sort for CreationOnly {
    fn order(self) -> Order {
        match self {}
    }
}

fn is(column: &'static Column, value: impl Into<Value>) -> Vec<Condition> {
    vec![Condition::OneOf(column, vec![value.into()])]
}

/// The column of that place in the catalogue. The conformance suite runs every filter and order, so a wrong place is noticed.
const fn column(description: &'static KindDescription, place: usize) -> &'static Column {
    &description.columns[place]
}
