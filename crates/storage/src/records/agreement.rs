//! Agreements. Whether one is in force on a day is computed, never stored.

use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId, RecordKind};

use super::key::date_key;
use super::{column, fold, is};
use crate::catalogue::AGREEMENT;
use crate::{Columns, Condition, Filter, Order, Realm, Record, Sort, Value};

/// What a list of agreements can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AgreementFilter {
    /// Of this partnership.
    Partnership(PartnershipId),
    /// That hang under this one.
    Parent(AgreementId),
    /// With this place among the parties.
    Party(PlaceId),
}

/// How a list of agreements can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AgreementSort {
    /// By the day on which all had signed; those not signed by all, or nobody knows when, come first.
    Signed,
    /// By title.
    Title,
}

impl Record for Agreement {
    const KIND: RecordKind = RecordKind::Agreement;
    const VERSION: u16 = 1;
    type Id = AgreementId;
    type Filter = AgreementFilter;
    type Sort = AgreementSort;

    fn id(&self) -> AgreementId {
        self.id()
    }

    fn realm(&self) -> Realm {
        self.programme().into()
    }

    fn columns(&self) -> Columns {
        let parties = self.parties().iter().map(|place| Value::Id(place.uuid())).collect();
        Columns {
            values: vec![
                self.partnership().uuid().into(),
                self.parent().map(AgreementId::uuid).into(),
                date_key(self.signed_on()).into(),
                fold(self.title().as_str()).into(),
            ],
            sets: vec![parties],
        }
    }
}

impl Filter for AgreementFilter {
    fn conditions(&self) -> Vec<Condition> {
        match self {
            Self::Partnership(partnership) => is(column(&AGREEMENT, 0), partnership.uuid()),
            Self::Parent(agreement) => is(column(&AGREEMENT, 1), agreement.uuid()),
            Self::Party(place) => vec![Condition::Has(&AGREEMENT.sets[0], place.uuid().into())],
        }
    }
}

impl Sort for AgreementSort {
    fn order(self) -> Order {
        match self {
            Self::Signed => Order::by(column(&AGREEMENT, 2)),
            Self::Title => Order::by(column(&AGREEMENT, 3)),
        }
    }
}
