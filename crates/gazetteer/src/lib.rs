//! Places of the world: embedded tables and name resolution with reasons.

mod country;
mod fold;
mod query;
mod resolution;

pub use country::{CountryMatch, CountryReason, CountryResolution};
pub use fold::fold;
pub use query::{Hint, NEAR_KM, Query};
pub use resolution::{
    Admin1, Candidate, Homonym, MAX_CANDIDATES, MatchedHint, NoPlace, PlaceFacts, Reason, Resolution,
};

/// What must be shown wherever these data are.
pub const ATTRIBUTION: &str = "City and country data: GeoNames, CC BY 4.0";

/// The places of the world, as embedded in the program.
#[derive(Debug)]
pub struct Gazetteer {}

impl Gazetteer {
    /// The embedded tables; they are never parsed, so this costs next to nothing.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: Gazetteer = Gazetteer {};
        &EMBEDDED
    }

    /// Which place a name in a country means.
    #[must_use]
    pub fn resolve(&self, _query: &Query<'_>) -> Resolution {
        Resolution::None { reason: NoPlace::NotKnown }
    }

    /// The place with a GeoNames id.
    #[must_use]
    pub fn by_geonames(&self, _id: u32) -> Option<PlaceFacts> {
        None
    }

    /// Which country a label means.
    #[must_use]
    pub fn country(&self, _label: &str) -> CountryResolution {
        CountryResolution::None
    }
}
