//! A place as a record of the programme, and as a proposal to a person.

use std::fmt::Write as _;

use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::{NameRole, Place, PlaceIdentity, PlaceLevel, PlaceName, Population};
use sister_cities_domain::value::{Country, Name, Source};
use sister_cities_gazetteer::{Candidate, CountryReason, PlaceFacts, Reason};

use crate::import::cells::fields::Field;
use crate::import::draft::Draft;
use crate::import::report::{Addition, Proposal};

pub(crate) fn proposal(candidate: &Candidate) -> Proposal {
    let place = &candidate.place;
    let mut text = place.name.clone();
    if let Some(region) = place.admin1 {
        text.push_str(", ");
        text.push_str(region.name);
    }
    text.push_str(", ");
    text.push_str(place.country.english_name());
    if let Some(people) = place.population {
        let _ = write!(text, ", {people} people");
    }
    Proposal {
        key: format!("geonames:{}", place.geonames_id),
        text,
        reasons: candidate
            .reasons
            .iter()
            .filter(|reason| says_something(reason))
            .map(ToString::to_string)
            .collect(),
    }
}

/// That a code is the code of its country is no reason worth a person's time.
fn says_something(reason: &Reason) -> bool {
    !matches!(reason, Reason::CountryFromLabel { read, .. } if read.reason == CountryReason::Code)
}

/// The record of a place that the gazetteer knows. The name the office uses comes first.
pub(crate) fn resolved_place(id: PlaceId, programme: ProgrammeId, name: &Name, facts: &PlaceFacts) -> Place {
    let mut place =
        Place::new(id, programme, PlaceLevel::City, PlaceName::new(name.clone(), NameRole::AsListed));
    if let Ok(other) = Name::new(&facts.name)
        && other != *name
    {
        place.add_name(PlaceName::new(other, NameRole::Alias));
    }
    place.country = Some(facts.country);
    place.admin1 = facts.admin1.and_then(|admin1| Name::new(admin1.name).ok());
    place.point = Some(facts.point);
    place.zone = facts.zone;
    if let (Some(people), Ok(source)) = (facts.population, Source::new("GeoNames")) {
        place.population = vec![Population { people, year: None, source }];
    }
    place.external.geonames = Some(facts.geonames_id);
    place.identity = PlaceIdentity::Resolved;
    place
}

/// The record of a place that is kept by its name.
pub(crate) fn place_by_name(
    id: PlaceId,
    programme: ProgrammeId,
    (name, level): (Name, PlaceLevel),
    country: Option<Country>,
    geonames: Option<u32>,
) -> Place {
    let mut place = Place::new(id, programme, level, PlaceName::new(name, NameRole::AsListed));
    place.country = country;
    place.external.geonames = geonames;
    place
}

/// Notes that a place is called so too.
pub(crate) fn name_place(
    draft: &mut Draft<'_>,
    id: PlaceId,
    name: Name,
    line: u32,
    adds: &mut Vec<Addition>,
) {
    let Some(slot) = draft.places.get(&id) else { return };
    let mut place = (*slot.value).clone();
    adds.push(Addition::to(Field::Place, format!("also called {name}")));
    place.add_name(PlaceName::new(name, NameRole::AsListed));
    draft.change_place(place, line);
}
