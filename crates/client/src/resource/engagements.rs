//! The log of a programme: what the cities did with each other.

use sister_cities_api::domain::id::{EngagementId, ProgrammeId};
use sister_cities_api::engagement::{
    CareBody, CreateEngagement, EngagementBody, EngagementPath, EngagementView, GetEngagement,
    ListEngagements, ListEngagementsQuery, ReadCare, ReplaceEngagement, SetCare,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, RecordQuery};

use crate::{Call, Client, List, Tagged, Versioned};

/// The engagements of one programme.
#[derive(Clone, Debug)]
pub struct Engagements {
    client: Client,
    programme: ProgrammeId,
}

impl Engagements {
    pub(crate) fn new(client: Client, programme: ProgrammeId) -> Self {
        Self { client, programme }
    }

    /// Lists engagements, the latest first.
    pub fn list(&self, query: ListEngagementsQuery) -> List<ListEngagements> {
        self.client.list(ProgrammePath { programme: self.programme }, query)
    }

    /// Logs an engagement.
    pub fn create(&self, body: EngagementBody) -> Call<CreateEngagement, Tagged> {
        self.client.call_versioned(ProgrammePath { programme: self.programme }, NoParameters, body)
    }

    /// Reads one engagement.
    pub fn get(&self, engagement: EngagementId) -> Call<GetEngagement, Tagged> {
        self.get_as_of(engagement, RecordQuery::default())
    }

    /// Reads one engagement as of some times: what was true on a day, what had been recorded at a moment.
    pub fn get_as_of(&self, engagement: EngagementId, times: RecordQuery) -> Call<GetEngagement, Tagged> {
        self.client.call_versioned(self.path(engagement), times, NoBody)
    }

    /// Replaces what is known of an engagement.
    pub fn replace(
        &self,
        from: &Versioned<EngagementView>,
        body: EngagementBody,
    ) -> Call<ReplaceEngagement, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// Reads what those who take part need. The journal tells who did.
    pub fn care(&self, engagement: EngagementId) -> Call<ReadCare, Tagged> {
        self.client.call_versioned(self.path(engagement), NoParameters, NoBody)
    }

    /// Says what those who take part need, or that nothing is needed any more.
    pub fn set_care(&self, from: &Versioned<EngagementView>, body: CareBody) -> Call<SetCare, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    fn path(&self, engagement: EngagementId) -> EngagementPath {
        EngagementPath { programme: self.programme, engagement }
    }
}
