//! The records that due work is reckoned from, and which part of the work each of them touches.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::response::DueResponse;
use crate::agreement::Agreement;
use crate::engagement::Engagement;
use crate::id::{AgreementId, DueId, EngagementId, PartnershipId, PlaceId, RecordRef};
use crate::partnership::Partnership;
use crate::place::Place;
use crate::programme::Programme;

/// A record as due work sees it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DueRecord {
    /// The programme itself: its policies.
    Programme(Programme),
    /// A place: its name and its zone.
    Place(Place),
    /// A partnership.
    Partnership(Partnership),
    /// An agreement of a partnership.
    Agreement(Agreement),
    /// An entry of the log of a partnership.
    Engagement(Engagement),
    /// What was said to an item.
    Response(DueResponse),
}

macro_rules! from_records {
    ($($variant:ident($record:ty)),+ $(,)?) => {
        $(impl From<$record> for DueRecord {
            fn from(record: $record) -> Self {
                Self::$variant(record)
            }
        })+
    };
}

from_records! {
    Programme(Programme), Place(Place), Partnership(Partnership), Agreement(Agreement), Engagement(Engagement),
    Response(DueResponse),
}

/// The records that the due work of a programme is reckoned from; all of them, or those of the part that is wanted.
///
/// The work falls into *units* that do not know of each other: a partnership with all that hangs on it. A change touches
/// few of them, and only these are reckoned again.
#[derive(Clone, Debug)]
pub struct DueState {
    pub(super) programme: Programme,
    pub(super) places: BTreeMap<PlaceId, Place>,
    pub(super) bonds: BTreeMap<PartnershipId, BondFile>,
}

/// A partnership with all that hangs on it.
#[derive(Clone, Debug, Default)]
pub(super) struct BondFile {
    pub(super) partnership: Option<Partnership>,
    pub(super) agreements: BTreeMap<AgreementId, Agreement>,
    pub(super) engagements: BTreeMap<EngagementId, Engagement>,
    pub(super) responses: BTreeMap<DueId, DueResponse>,
}

impl DueState {
    /// The state of a programme without any other record.
    #[must_use]
    pub fn new(programme: Programme) -> Self {
        Self { programme, places: BTreeMap::new(), bonds: BTreeMap::new() }
    }

    /// The state with these records, too.
    #[must_use]
    pub fn with<R: Into<DueRecord>>(mut self, records: impl IntoIterator<Item = R>) -> Self {
        for record in records {
            self.put(record);
        }
        self
    }

    /// Puts a record into the state, in the place of what it was before; answers the units that this touches.
    pub fn put(&mut self, record: impl Into<DueRecord>) -> BTreeSet<RecordRef> {
        match record.into() {
            DueRecord::Programme(programme) => {
                self.programme = programme;
                self.units().collect()
            }
            DueRecord::Place(place) => {
                let id = place.id;
                self.places.insert(id, place);
                self.bonds_of(id).collect()
            }
            DueRecord::Partnership(partnership) => {
                let id = partnership.id();
                self.bonds.entry(id).or_default().partnership = Some(partnership);
                BTreeSet::from([id.into()])
            }
            DueRecord::Agreement(agreement) => {
                let mut touched = self.remove(agreement.id());
                let id = agreement.partnership();
                self.bonds.entry(id).or_default().agreements.insert(agreement.id(), agreement);
                touched.insert(id.into());
                touched
            }
            DueRecord::Engagement(engagement) => {
                // An engagement may be moved to another partnership.
                let mut touched = self.remove(engagement.id);
                let id = engagement.partnership;
                self.bonds.entry(id).or_default().engagements.insert(engagement.id, engagement);
                touched.insert(id.into());
                touched
            }
            DueRecord::Response(response) => {
                let Some(id) = response.partnership else { return BTreeSet::new() };
                self.bonds.entry(id).or_default().responses.insert(response.id, response);
                BTreeSet::from([id.into()])
            }
        }
    }

    /// Takes a record out of the state; answers the units that this touches.
    pub fn remove(&mut self, record: impl Into<RecordRef>) -> BTreeSet<RecordRef> {
        let RecordRef { kind: _, id } = record.into();
        let mut touched = BTreeSet::new();
        if self.places.remove(&PlaceId::from_uuid(id)).is_some() {
            touched.extend(self.bonds_of(PlaceId::from_uuid(id)));
        }
        for (bond, file) in &mut self.bonds {
            let partnership = file.partnership.take_if(|partnership| partnership.id().uuid() == id).is_some();
            let agreement = file.agreements.remove(&AgreementId::from_uuid(id)).is_some();
            let engagement = file.engagements.remove(&EngagementId::from_uuid(id)).is_some();
            let response = file.responses.remove(&DueId::from_uuid(id)).is_some();
            if partnership || agreement || engagement || response {
                touched.insert((*bond).into());
            }
        }
        touched
    }

    /// The units that the work falls into.
    pub fn units(&self) -> impl Iterator<Item = RecordRef> + '_ {
        self.bonds.keys().map(|bond| (*bond).into())
    }

    /// The calendar day at the host at an instant; that of UTC if its zone is not known.
    #[must_use]
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        self.zone_of(self.programme.host)
            .map_or_else(|| now.date_naive(), |zone| now.with_timezone(&zone).date_naive())
    }

    pub(super) fn zone_of(&self, place: PlaceId) -> Option<Tz> {
        self.places.get(&place)?.zone
    }

    /// What a place is called, in a sentence.
    pub(super) fn name_of(&self, place: PlaceId) -> String {
        self.places.get(&place).map_or_else(|| "a place".to_owned(), |place| place.display_name().to_string())
    }

    fn bonds_of(&self, place: PlaceId) -> impl Iterator<Item = RecordRef> + '_ {
        let binds = move |file: &BondFile| {
            let partnership = file.partnership.as_ref();
            // The zone of the host says which day it is.
            place == self.programme.host
                || partnership.is_some_and(|partnership| partnership.members().contains(place))
        };
        self.bonds.iter().filter(move |(_, file)| binds(file)).map(|(bond, _)| (*bond).into())
    }
}
