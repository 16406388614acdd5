//! Programmes, and the ways from one programme to what it holds.

use sister_cities_api::count::{CountPartnerships, CountQuery};
use sister_cities_api::domain::id::ProgrammeId;
use sister_cities_api::programme::{
    ChangeProgramme, ChangeProgrammeBody, CreateProgramme, CreateProgrammeBody, GetProgramme, ListProgrammes,
    ListProgrammesQuery, ProgrammePath, ProgrammeView,
};
use sister_cities_api::search::{SearchProgramme, SearchQuery};
use sister_cities_api::vitality::{ListVitality, ListVitalityQuery};
use sister_cities_api::{NoBody, NoParameters, RecordedQuery};

use super::{Agreements, Engagements, Imports, Journal, Partnerships, Places, SharedWithOthers};
use crate::{Call, Client, List, Tagged, Versioned};

/// The programmes that the token may see.
#[derive(Clone, Debug)]
pub struct Programmes {
    client: Client,
}

impl Programmes {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the programmes, oldest first.
    pub fn list(&self, query: ListProgrammesQuery) -> List<ListProgrammes> {
        self.client.list(NoParameters, query)
    }

    /// Creates a programme together with its host place.
    pub fn create(&self, body: CreateProgrammeBody) -> Call<CreateProgramme, Tagged> {
        self.client.call_versioned(NoParameters, NoParameters, body)
    }
}

/// One programme: the tenant in which everything else lies.
#[derive(Clone, Debug)]
pub struct Programme {
    client: Client,
    path: ProgrammePath,
}

impl Programme {
    pub(crate) fn new(client: Client, programme: ProgrammeId) -> Self {
        Self { client, path: ProgrammePath { programme } }
    }

    /// Reads the programme itself.
    pub fn get(&self) -> Call<GetProgramme, Tagged> {
        self.get_as_of(RecordedQuery::default())
    }

    /// Reads the programme itself as it had been recorded at a moment.
    pub fn get_as_of(&self, times: RecordedQuery) -> Call<GetProgramme, Tagged> {
        self.client.call_versioned(self.path.clone(), times, NoBody)
    }

    /// Changes what is given and leaves the rest.
    pub fn change(
        &self,
        from: &Versioned<ProgrammeView>,
        body: ChangeProgrammeBody,
    ) -> Call<ChangeProgramme, Tagged> {
        self.client.call_versioned(self.path.clone(), NoParameters, body).with_if_match(&from.etag)
    }

    /// Its places.
    #[must_use]
    pub fn places(&self) -> Places {
        Places::new(self.client.clone(), self.path.programme)
    }

    /// Its partnerships.
    #[must_use]
    pub fn partnerships(&self) -> Partnerships {
        Partnerships::new(self.client.clone(), self.path.programme)
    }

    /// Its agreements.
    #[must_use]
    pub fn agreements(&self) -> Agreements {
        Agreements::new(self.client.clone(), self.path.programme)
    }

    /// Its log of engagements.
    #[must_use]
    pub fn engagements(&self) -> Engagements {
        Engagements::new(self.client.clone(), self.path.programme)
    }

    /// Its imports.
    #[must_use]
    pub fn imports(&self) -> Imports {
        Imports::new(self.client.clone(), self.path.programme)
    }

    /// Its journal of changes.
    #[must_use]
    pub fn journal(&self) -> Journal {
        Journal::new(self.client.clone(), self.path.programme)
    }

    /// What it shares with other programmes, and they with it.
    #[must_use]
    pub fn sharing(&self) -> SharedWithOthers {
        SharedWithOthers::new(self.client.clone(), self.path.programme)
    }

    /// The vitality of all its bonds on a day, without the inputs.
    pub fn vitality(&self, query: ListVitalityQuery) -> List<ListVitality> {
        self.client.list(self.path.clone(), query)
    }

    /// Finds records by the words of their names, titles and notes.
    pub fn search(&self, query: SearchQuery) -> List<SearchProgramme> {
        self.client.list(self.path.clone(), query)
    }

    /// How many bonds there were on a day, and which.
    pub fn count(&self, query: CountQuery) -> Call<CountPartnerships> {
        self.client.call(self.path.clone(), query, NoBody)
    }
}
