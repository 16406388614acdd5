//! Programmes.

use sister_cities_domain::id::{ProgrammeId, RecordKind};
use sister_cities_domain::programme::Programme;

use super::{NoFilter, column, fold};
use crate::catalogue::PROGRAMME;
use crate::{Columns, Order, Realm, Record, Sort};

/// How a list of programmes can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProgrammeSort {
    /// By name.
    Name,
}

impl Record for Programme {
    const KIND: RecordKind = RecordKind::Programme;
    const VERSION: u16 = 1;
    type Id = ProgrammeId;
    type Filter = NoFilter;
    type Sort = ProgrammeSort;

    fn id(&self) -> ProgrammeId {
        self.id
    }

    fn realm(&self) -> Realm {
        Realm::Programme(self.id)
    }

    fn columns(&self) -> Columns {
        Columns { values: vec![fold(self.name.as_str()).into(), self.host.uuid().into()], sets: Vec::new() }
    }
}

impl Sort for ProgrammeSort {
    fn order(self) -> Order {
        match self {
            Self::Name => Order::by(column(&PROGRAMME, 0)),
        }
    }
}
