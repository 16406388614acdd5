//! What a programme would rather not do: advice, never a rule (R4).
//!
//! Birmingham (Alabama) keeps to one sister city in a country; Chicago has Shanghai and Shenyang. So "one per country" is a
//! policy of the programme, and what it yields is a warning that a person may pass over.

use chrono::NaiveDate;

use crate::id::{PartnershipId, PlaceId};
use crate::named_enum;
use crate::partnership::{Partnership, StatusKind};
use crate::value::{Certainty, Country};

named_enum! {
    /// Whether a programme wants to be warned of a second partnership with a country.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum OnePerCountry ("a rule for bonds with a country") {
        /// It wants to be warned.
        Advised = "advised",
        /// Several in one country are welcome.
        #[default]
        NotAdvised = "not_advised",
    }
}

/// A warning: another partnership with the same country stood on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SameCountry {
    /// The country in which both have a place.
    pub country: Country,
    /// The partnership that stood there already.
    pub with: PartnershipId,
    /// How surely it stood then.
    pub certainty: Certainty,
}

impl SameCountry {
    /// The warning in a sentence.
    #[must_use]
    pub fn in_words(&self) -> String {
        let country = self.country.english_name();
        match self.certainty {
            Certainty::Yes => format!("There is a bond with another place in {country} already."),
            Certainty::Possibly | Certainty::No => {
                format!("There may be a bond with another place in {country} already.")
            }
        }
    }
}

/// The warnings that a partnership gives rise to on a day, by the programme's policy.
///
/// Other partnerships count as long as they stand or are suspended; the host's own country is left out, as many cities keep to
/// neighbours at home. `country_of` tells the country of a place, if it is known.
#[must_use]
pub fn same_country<'a>(
    policy: OnePerCountry,
    host: PlaceId,
    partnership: &Partnership,
    others: impl IntoIterator<Item = &'a Partnership>,
    country_of: impl Fn(PlaceId) -> Option<Country>,
    day: NaiveDate,
) -> Vec<SameCountry> {
    match policy {
        OnePerCountry::NotAdvised => return Vec::new(),
        OnePerCountry::Advised => {}
    }
    let home = country_of(host);
    let abroad = |partnership: &Partnership| -> Vec<Country> {
        let places = partnership.counterparts(host).filter_map(&country_of);
        places.filter(|country| Some(*country) != home).collect()
    };
    let standing = StatusKind::IN_FORCE.into_iter().chain([StatusKind::Suspended]).collect();
    let own = abroad(partnership);
    let mut warnings = Vec::new();
    for other in others.into_iter().filter(|other| other.id() != partnership.id()) {
        let certainty = other.status_on(day).is_among(&standing);
        let shared = abroad(other).into_iter().find(|country| own.contains(country));
        if let Some(country) = shared.filter(|_| certainty.is_possible()) {
            warnings.push(SameCountry { country, with: other.id(), certainty });
        }
    }
    warnings
}
