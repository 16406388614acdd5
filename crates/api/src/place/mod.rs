//! Places: the cities, counties and streets of a programme's bonds.

mod body;
mod view;

pub use body::{ExternalIdsBody, PlaceBody, PlaceNameBody, PointBody, PopulationBody};
pub use view::PlaceView;

use chrono::NaiveDate;
use sister_cities_domain::id::PlaceId;
use sister_cities_domain::named_enum;
use sister_cities_domain::place::{NameRole, PlaceIdentity, PlaceLevel};
use sister_cities_domain::value::{Country, Name};

use crate::programme::ProgrammePath;
use crate::{Moment, OrderWord, Page, RecordQuery};

crate::endpoints! {
    /// Lists the places of a programme, by name.
    GET "/v1/programmes/{programme}/places" for ProgrammeRead
    list_places: ListPlaces(ProgrammePath, query: ListPlacesQuery) -> Page<PlaceView>;

    /// Adds a place to a programme.
    POST "/v1/programmes/{programme}/places" for PlaceWrite
    create_place: CreatePlace(ProgrammePath, body: PlaceBody) -> 201 PlaceView | Conflict, ETag;

    /// Reads one place.
    ///
    /// As of a day, its names are those that it had or may have had then.
    GET "/v1/programmes/{programme}/places/{place}" for ProgrammeRead
    get_place: GetPlace(PlacePath, query: RecordQuery) -> PlaceView, ETag;

    /// Replaces what is known of a place.
    PUT "/v1/programmes/{programme}/places/{place}" for PlaceWrite
    replace_place: ReplacePlace(PlacePath, body: PlaceBody) -> PlaceView | Conflict, IfMatch;
}

crate::parameters! {
    /// Names a place in a path.
    pub struct PlacePath in programme {
        /// The place.
        pub place: PlaceId,
    }

    /// Which places to list.
    #[derive(Default)]
    pub struct ListPlacesQuery in pages {
        /// Only places of this country.
        pub country: Option<Country>,
        /// Only places that are, or are not, resolved.
        pub identity: Option<PlaceIdentity>,
        /// Only the place with this number at GeoNames.
        pub geonames: Option<u32>,
        /// Only places with a name that begins like this; accents and case do not matter.
        pub name: Option<Name>,
        /// The order.
        pub sort: Option<PlaceSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// Which names each had or may have had on this day. Places are not left out, and are sorted and found by as they are today.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// The order of a list of places.
    #[non_exhaustive]
    pub enum PlaceSort ("an order") {
        /// By the name shown; the default.
        Name = "name",
        /// As they were entered.
        Entered = "entered",
    }
}

crate::words! {
    /// What kind of place it is.
    LevelWord = PlaceLevel;
    /// What a name is to a place.
    NameRoleWord = NameRole;
    /// Whether it is known which place of the world it is.
    IdentityWord = PlaceIdentity;
}
