//! Partnerships.

use sister_cities_domain::id::{PartnershipId, PlaceId, RecordKind};
use sister_cities_domain::partnership::{Partnership, StatusKind};
use sister_cities_domain::value::KindKey;

use super::key::date_key;
use super::{column, is};
use crate::catalogue::PARTNERSHIP;
use crate::{Columns, Condition, Filter, Order, Realm, Record, Sort, Value};

/// What a list of partnerships can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartnershipFilter {
    /// With this decided status.
    Status(StatusKind),
    /// Whose latest episode is of this kind.
    Kind(KindKey),
    /// That join this place with others.
    Member(PlaceId),
}

/// How a list of partnerships can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartnershipSort {
    /// By the beginning; those of which nobody knows it come first.
    Since,
}

impl Record for Partnership {
    const KIND: RecordKind = RecordKind::Partnership;
    const VERSION: u16 = 1;
    type Id = PartnershipId;
    type Filter = PartnershipFilter;
    type Sort = PartnershipSort;

    fn id(&self) -> PartnershipId {
        self.id()
    }

    fn realm(&self) -> Realm {
        self.programme().into()
    }

    fn columns(&self) -> Columns {
        let members = self.members().iter().map(|place| Value::Id(place.uuid())).collect();
        Columns {
            values: vec![
                self.status().kind().as_str().into(),
                self.episodes().last().map(|episode| episode.kind.as_str()).into(),
                date_key(self.since()).into(),
                self.open_pair_key().into(),
            ],
            sets: vec![members],
        }
    }
}

impl Filter for PartnershipFilter {
    fn conditions(&self) -> Vec<Condition> {
        match self {
            Self::Status(status) => is(column(&PARTNERSHIP, 0), status.as_str()),
            Self::Kind(kind) => is(column(&PARTNERSHIP, 1), kind.as_str()),
            Self::Member(place) => vec![Condition::Has(&PARTNERSHIP.sets[0], place.uuid().into())],
        }
    }
}

impl Sort for PartnershipSort {
    fn order(self) -> Order {
        match self {
            Self::Since => Order::by(column(&PARTNERSHIP, 2)),
        }
    }
}
