//! The log of a programme: what the cities did with each other.

use sister_cities_api::domain::id::{EngagementId, ProgrammeId};
use sister_cities_api::engagement::{
    CreateEngagement, EngagementBody, EngagementPath, EngagementView, GetEngagement, ListEngagements,
    ListEngagementsQuery, ReplaceEngagement,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters};

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
        self.client.call_versioned(self.path(engagement), NoParameters, NoBody)
    }

    /// Replaces what is known of an engagement.
    pub fn replace(
        &self,
        from: &Versioned<EngagementView>,
        body: EngagementBody,
    ) -> Call<ReplaceEngagement, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    fn path(&self, engagement: EngagementId) -> EngagementPath {
        EngagementPath { programme: self.programme, engagement }
    }
}
