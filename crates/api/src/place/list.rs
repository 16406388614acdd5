//! `GET /v1/programmes/{programme}/places`.

use http::Method;
use sister_cities_domain::value::Country;

use crate::{Access, Cursor, Endpoint, NoBody, Page, PageLimit, Scope};

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
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListPlacesQuery);
