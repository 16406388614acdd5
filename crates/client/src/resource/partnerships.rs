//! The partnerships of a programme: the bonds themselves, what was decided about them, and how alive they are.

use sister_cities_api::domain::id::{PartnershipId, ProgrammeId};
use sister_cities_api::partnership::{
    ChangePartnership, ChangePartnershipBody, CreatePartnership, CreatePartnershipBody, DecidePartnership,
    DecisionBody, GetPartnership, ListPartnerships, ListPartnershipsQuery, PartnershipPath, PartnershipView,
    RecordBody, SetRecord,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::vitality::{GetVitality, GetVitalityTimeline, TimelineQuery, VitalityQuery};
use sister_cities_api::{NoBody, NoParameters, RecordQuery};

use crate::{Call, Client, List, Tagged, Versioned};

/// The partnerships of one programme.
#[derive(Clone, Debug)]
pub struct Partnerships {
    client: Client,
    programme: ProgrammeId,
}

impl Partnerships {
    pub(crate) fn new(client: Client, programme: ProgrammeId) -> Self {
        Self { client, programme }
    }

    /// Lists the partnerships.
    pub fn list(&self, query: ListPartnershipsQuery) -> List<ListPartnerships> {
        self.client.list(ProgrammePath { programme: self.programme }, query)
    }

    /// Enters a partnership.
    pub fn create(&self, body: CreatePartnershipBody) -> Call<CreatePartnership, Tagged> {
        self.client.call_versioned(ProgrammePath { programme: self.programme }, NoParameters, body)
    }

    /// Reads one partnership.
    pub fn get(&self, partnership: PartnershipId) -> Call<GetPartnership, Tagged> {
        self.get_as_of(partnership, RecordQuery::default())
    }

    /// Reads one partnership as of some times: what was true on a day, what had been recorded at a moment.
    pub fn get_as_of(&self, partnership: PartnershipId, times: RecordQuery) -> Call<GetPartnership, Tagged> {
        self.client.call_versioned(self.path(partnership), times, NoBody)
    }

    /// Adds to what is recorded, or chooses among the sources.
    pub fn change(
        &self,
        from: &Versioned<PartnershipView>,
        body: ChangePartnershipBody,
    ) -> Call<ChangePartnership, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// Records a decision: suspend, resume, reaffirm, conclude …
    pub fn decide(
        &self,
        from: &Versioned<PartnershipView>,
        body: DecisionBody,
    ) -> Call<DecidePartnership, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// States for which periods the log is believed complete; replaces what was stated before.
    pub fn set_record(&self, from: &Versioned<PartnershipView>, body: RecordBody) -> Call<SetRecord, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// How alive a bond is on a day, why, and when it will cool.
    pub fn vitality(&self, partnership: PartnershipId, query: VitalityQuery) -> Call<GetVitality> {
        self.client.call(self.path(partnership), query, NoBody)
    }

    /// How alive a bond was over time.
    pub fn timeline(&self, partnership: PartnershipId, query: TimelineQuery) -> Call<GetVitalityTimeline> {
        self.client.call(self.path(partnership), query, NoBody)
    }

    fn path(&self, partnership: PartnershipId) -> PartnershipPath {
        PartnershipPath { programme: self.programme, partnership }
    }
}
