//! The records that due work is reckoned from, and which part of the work each of them touches.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::response::DueResponse;
use crate::agreement::Agreement;
use crate::committee::Committee;
use crate::engagement::Engagement;
use crate::id::{
    ActionPlanId, ActionPointId, AgreementId, CommitteeId, DueId, EngagementId, PartnershipId, PlaceId,
    RecordRef, RoleId,
};
use crate::partnership::Partnership;
use crate::place::Place;
use crate::programme::Programme;
use crate::promise::{ActionPlan, ActionPoint};
use crate::role::Role;

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
    /// A committee.
    Committee(Committee),
    /// A role; those that are held in committees matter.
    Role(Role),
    /// An action plan of a partnership.
    ActionPlan(ActionPlan),
    /// A point of an action plan.
    ActionPoint(ActionPoint),
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
    Committee(Committee), Role(Role), ActionPlan(ActionPlan), ActionPoint(ActionPoint), Response(DueResponse),
}

/// The records that the due work of a programme is reckoned from; all of them, or those of the part that is wanted.
///
/// The work falls into *units* that do not know of each other: a partnership with all that hangs on it, and a committee that sees to no
/// one partnership. A change touches few of them, and only these are reckoned again.
#[derive(Clone, Debug)]
pub struct DueState {
    pub(super) programme: Programme,
    pub(super) places: BTreeMap<PlaceId, Place>,
    pub(super) partnership_files: BTreeMap<PartnershipId, PartnershipFile>,
    pub(super) committees: BTreeMap<CommitteeId, CommitteeFile>,
    pub(super) responses: BTreeMap<DueId, DueResponse>,
}

/// A committee with the roles that are held in it.
#[derive(Clone, Debug, Default)]
pub(super) struct CommitteeFile {
    pub(super) committee: Option<Committee>,
    pub(super) roles: BTreeMap<RoleId, Role>,
}

impl CommitteeFile {
    /// The one partnership that it sees to, if it is one.
    pub(super) fn partnership(&self) -> Option<PartnershipId> {
        self.committee.as_ref().and_then(|committee| committee.task.partnership())
    }
}

/// A partnership with its agreements and its log.
#[derive(Clone, Debug, Default)]
pub(super) struct PartnershipFile {
    pub(super) partnership: Option<Partnership>,
    pub(super) agreements: BTreeMap<AgreementId, Agreement>,
    pub(super) engagements: BTreeMap<EngagementId, Engagement>,
    pub(super) plans: BTreeMap<ActionPlanId, ActionPlan>,
    pub(super) points: BTreeMap<ActionPointId, ActionPoint>,
}

impl DueState {
    /// The state of a programme without any other record.
    #[must_use]
    pub fn new(programme: Programme) -> Self {
        Self {
            programme,
            places: BTreeMap::new(),
            partnership_files: BTreeMap::new(),
            committees: BTreeMap::new(),
            responses: BTreeMap::new(),
        }
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
                self.partnerships_of(id).collect()
            }
            DueRecord::Partnership(partnership) => {
                let id = partnership.id();
                self.partnership_files.entry(id).or_default().partnership = Some(partnership);
                BTreeSet::from([id.into()])
            }
            DueRecord::Agreement(agreement) => {
                let mut touched = self.remove(agreement.id());
                let id = agreement.partnership();
                self.partnership_files.entry(id).or_default().agreements.insert(agreement.id(), agreement);
                touched.insert(id.into());
                touched
            }
            DueRecord::Engagement(engagement) => {
                // An engagement may be moved to another partnership.
                let mut touched = self.remove(engagement.id);
                let id = engagement.partnership;
                self.partnership_files.entry(id).or_default().engagements.insert(engagement.id, engagement);
                touched.insert(id.into());
                touched
            }
            DueRecord::Committee(committee) => {
                let id = committee.id;
                let mut touched = self.units_of_committee(id);
                self.committees.entry(id).or_default().committee = Some(committee);
                touched.extend(self.units_of_committee(id));
                touched
            }
            DueRecord::Role(role) => {
                let mut touched = self.remove(role.id);
                let Some(id) = role.held_in.committee() else { return touched };
                self.committees.entry(id).or_default().roles.insert(role.id, role);
                touched.extend(self.units_of_committee(id));
                touched
            }
            DueRecord::ActionPlan(plan) => {
                let mut touched = self.remove(plan.id);
                let id = plan.partnership;
                self.partnership_files.entry(id).or_default().plans.insert(plan.id, plan);
                touched.insert(id.into());
                touched
            }
            DueRecord::ActionPoint(point) => {
                let mut touched = self.remove(point.id);
                let id = point.partnership;
                self.partnership_files.entry(id).or_default().points.insert(point.id, point);
                touched.insert(id.into());
                touched
            }
            DueRecord::Response(response) => {
                let touched = units_of_response(&response);
                self.responses.insert(response.id, response);
                touched
            }
        }
    }

    /// Puts engagements in the place of the whole log of a partnership that they are of.
    pub fn set_log(&mut self, partnership: PartnershipId, engagements: impl IntoIterator<Item = Engagement>) {
        let log = engagements.into_iter().map(|engagement| (engagement.id, engagement)).collect();
        self.partnership_files.entry(partnership).or_default().engagements = log;
    }

    /// Takes a record out of the state; answers the units that this touches.
    pub fn remove(&mut self, record: impl Into<RecordRef>) -> BTreeSet<RecordRef> {
        let RecordRef { kind: _, id } = record.into();
        let mut touched = BTreeSet::new();
        if self.places.remove(&PlaceId::from_uuid(id)).is_some() {
            touched.extend(self.partnerships_of(PlaceId::from_uuid(id)));
        }
        for (unit, file) in &mut self.partnership_files {
            let partnership = file.partnership.take_if(|partnership| partnership.id().uuid() == id).is_some();
            let agreement = file.agreements.remove(&AgreementId::from_uuid(id)).is_some();
            let engagement = file.engagements.remove(&EngagementId::from_uuid(id)).is_some();
            let plan = file.plans.remove(&ActionPlanId::from_uuid(id)).is_some();
            let point = file.points.remove(&ActionPointId::from_uuid(id)).is_some();
            if partnership || agreement || engagement || plan || point {
                touched.insert((*unit).into());
            }
        }
        let committees: Vec<CommitteeId> = self.committees.keys().copied().collect();
        for committee in committees {
            let units = self.units_of_committee(committee);
            let Some(file) = self.committees.get_mut(&committee) else { continue };
            let role = file.roles.remove(&RoleId::from_uuid(id)).is_some();
            if file.committee.take_if(|_| committee.uuid() == id).is_some() || role {
                touched.extend(units);
            }
        }
        if let Some(response) = self.responses.remove(&DueId::from_uuid(id)) {
            touched.extend(units_of_response(&response));
        }
        touched
    }

    /// The units that the work falls into.
    pub fn units(&self) -> impl Iterator<Item = RecordRef> + '_ {
        let own = |(_, file): &(&CommitteeId, &CommitteeFile)| file.partnership().is_none();
        let committees = self.committees.iter().filter(own).map(|(id, _)| (*id).into());
        self.partnership_files.keys().map(|partnership| (*partnership).into()).chain(committees)
    }

    /// The unit that a committee is, and that it is a part of.
    fn units_of_committee(&self, id: CommitteeId) -> BTreeSet<RecordRef> {
        let partnership = self.committees.get(&id).and_then(CommitteeFile::partnership);
        let partnership = partnership.map(RecordRef::from);
        partnership.into_iter().chain([id.into()]).collect()
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

    fn partnerships_of(&self, place: PlaceId) -> impl Iterator<Item = RecordRef> + '_ {
        let binds = move |file: &PartnershipFile| {
            let partnership = file.partnership.as_ref();
            // The zone of the host says which day it is.
            place == self.programme.host
                || partnership.is_some_and(|partnership| partnership.members().contains(place))
        };
        self.partnership_files
            .iter()
            .filter(move |(_, file)| binds(file))
            .map(|(partnership, _)| (*partnership).into())
    }
}

fn units_of_response(response: &DueResponse) -> BTreeSet<RecordRef> {
    let partnership = response.partnership.map(RecordRef::from);
    partnership.into_iter().chain(response.committee.map(RecordRef::from)).collect()
}
