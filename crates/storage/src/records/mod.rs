//! How each type of the domain becomes a record: its columns, and what its lists can be asked for.

mod access;
mod agreement;
mod engagement;
mod import_run;
mod key;
mod partnership;
mod place;
mod programme;

pub use access::NoFilter;
pub use agreement::{AgreementFilter, AgreementSort};
pub use engagement::{EngagementFilter, EngagementSort};
pub use import_run::ImportFilter;
pub use key::fold;
pub use partnership::{PartnershipFilter, PartnershipSort};
pub use place::{PlaceFilter, PlaceSort};
pub use programme::ProgrammeSort;

use crate::catalogue::{Column, KindDescription};
use crate::{Condition, Order, Sort, Value};

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
