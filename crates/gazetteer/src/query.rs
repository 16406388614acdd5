//! What is asked of the gazetteer.

use sister_cities_domain::value::GeoPoint;

/// A place as an office wrote it down: a name, the country beside it, and whatever else is known.
///
/// ```
/// use sister_cities_gazetteer::{Hint, Query};
/// let query = Query::new("Birmingham").in_country("UK");
/// let hinted = Query::new("Birmingham").with_hint(Hint { admin1: Some("Alabama"), ..Hint::default() });
/// # let _ = (query, hinted);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Query<'a> {
    /// The name, in any script: `Kyiv`, `Київ`, `Petah Tikva`.
    pub name: &'a str,
    /// The country in any of its names, with or without its part: `CZ`, `Tschechien`, `England, United Kingdom`. Blank is none.
    pub country: Option<&'a str>,
    /// What else is known.
    pub hint: Option<Hint<'a>>,
}

impl<'a> Query<'a> {
    /// Asks for a name alone; without country or hint no answer is ever a winner.
    #[must_use]
    pub const fn new(name: &'a str) -> Self {
        Self { name, country: None, hint: None }
    }

    /// The same question, with the country as it was written.
    #[must_use]
    pub const fn in_country(self, country: &'a str) -> Self {
        Self { country: Some(country), ..self }
    }

    /// The same question, with what else is known.
    #[must_use]
    pub const fn with_hint(self, hint: Hint<'a>) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// What is known of a place beside its name and country.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hint<'a> {
    /// Its GeoNames id. Settles the question if the place it names bears the name asked for.
    pub geonames: Option<u32>,
    /// Its first-order division, by name or code: `Illinois`, `IL`, `Scotland`; or its department, province or county: `Isère`. A name no candidate's country knows is ignored.
    pub admin1: Option<&'a str>,
    /// A point in or near it; settles the question for the one candidate within [`NEAR_KM`].
    pub point: Option<GeoPoint>,
    /// How many people live there. Moves candidates of about that size up; settles nothing.
    pub population: Option<u64>,
}

/// How near a hinted point must lie to a place to count as its own, in kilometres.
pub const NEAR_KM: f64 = 30.0;
