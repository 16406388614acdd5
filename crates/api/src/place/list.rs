//! `GET /v1/programmes/{programme}/places`.

use chrono::NaiveDate;
use http::Method;
use sister_cities_domain::value::{Country, Name};

use crate::{Access, Cursor, Endpoint, Moment, NoBody, OrderWord, Page, PageLimit, Scope};

use super::{IdentityWord, PlaceView};
use crate::programme::ProgrammePath;

/// Lists the places of a programme, by name.
pub enum ListPlaces {}

impl Endpoint for ListPlaces {
    const NAME: &'static str = "list_places";
    const SUMMARY: &'static str = "Lists the places of a programme, by name.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/places";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = ProgrammePath;
    type Query = ListPlacesQuery;
    type Body = NoBody;
    type Reply = Page<PlaceView>;
}

crate::parameters! {
    /// Which places to list.
    #[derive(Default)]
    pub struct ListPlacesQuery {
        /// Only places of this country.
        pub country: Option<Country>,
        /// Only places that are, or are not, resolved.
        pub identity: Option<IdentityWord>,
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
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListPlacesQuery);

crate::open_enum! {
    /// The order of a list of places.
    pub enum PlaceSort ("an order") {
        /// By the name shown; the default.
        Name = "name",
        /// As they were entered.
        Entered = "entered",
    }
}
