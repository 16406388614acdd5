//! The places of a programme.

use sister_cities_api::domain::id::{PlaceId, ProgrammeId};
use sister_cities_api::place::{
    CreatePlace, GetPlace, ListPlaces, ListPlacesQuery, PlaceBody, PlacePath, PlaceView, ReplacePlace,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, RecordQuery};

use crate::{Call, Client, List, Tagged, Versioned};

/// The places of one programme.
#[derive(Clone, Debug)]
pub struct Places {
    client: Client,
    programme: ProgrammeId,
}

impl Places {
    pub(crate) fn new(client: Client, programme: ProgrammeId) -> Self {
        Self { client, programme }
    }

    /// Lists the places, by name.
    pub fn list(&self, query: ListPlacesQuery) -> List<ListPlaces> {
        self.client.list(ProgrammePath { programme: self.programme }, query)
    }

    /// Adds a place.
    pub fn create(&self, body: PlaceBody) -> Call<CreatePlace, Tagged> {
        self.client.call_versioned(ProgrammePath { programme: self.programme }, NoParameters, body)
    }

    /// Reads one place.
    pub fn get(&self, place: PlaceId) -> Call<GetPlace, Tagged> {
        self.get_as_of(place, RecordQuery::default())
    }

    /// Reads one place as of some times: what was true on a day, what had been recorded at a moment.
    pub fn get_as_of(&self, place: PlaceId, times: RecordQuery) -> Call<GetPlace, Tagged> {
        self.client.call_versioned(self.path(place), times, NoBody)
    }

    /// Replaces what is known of a place.
    pub fn replace(&self, from: &Versioned<PlaceView>, body: PlaceBody) -> Call<ReplacePlace, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    fn path(&self, place: PlaceId) -> PlacePath {
        PlacePath { programme: self.programme, place }
    }
}
