//! Places: cities, counties and the like, with their names by language, script and period, and where they are.
//!
//! A place belongs to a programme: two programmes that both know Hamburg each have their own record of it, tied together by
//! the external ids.

mod event;
mod external;
mod name;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use event::PlaceEvent;
pub use external::{ExternalIds, Qid, UnLocode};
pub use name::{NameRole, PlaceName};

use crate::id::{PlaceId, ProgrammeId};
use crate::named_enum;
use crate::value::{Country, GeoPoint, InvalidValue, LanguageTag, Name, Source};

named_enum! {
    /// What sort of community a place is. Links exist between all of them (sister streets, twin neighbourhoods, states).
    #[non_exhaustive]
    pub enum PlaceLevel ("a level of place") {
        /// A city, town or village.
        City = "city",
        /// A county, district or canton: between city and state.
        County = "county",
        /// A state, province or region.
        State = "state",
        /// A part of a city.
        District = "district",
        /// A street, as those that are twinned by their residents.
        Street = "street",
    }
}

named_enum! {
    /// Whether we know which place of the world it is.
    #[non_exhaustive]
    pub enum PlaceIdentity ("a state of identity") {
        /// A person or the gazetteer settled which place it is.
        Resolved = "resolved",
        /// Kept by name only; which place it is has yet to be told.
        Unresolved = "unresolved",
    }
}

/// How many people lived there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Population {
    /// The number of inhabitants.
    pub people: u64,
    /// The year it was counted or estimated for, if told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Who counted or estimated it.
    pub source: Source,
}

/// A city, county, street or other community as one programme knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Place {
    /// The id under which this programme keeps it.
    pub id: PlaceId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// What sort of community it is.
    pub level: PlaceLevel,
    /// What it is and was called, at least one name.
    pub names: PlaceNames,
    /// The country in which it lies today, whatever it was when the link began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// The name of the first-order division it lies in (Illinois), which tells homonyms apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin1: Option<Name>,
    /// Where its centre is, in degrees (WGS 84).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<GeoPoint>,
    /// The IANA time zone by which its clocks go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Tz>,
    /// How many live there, by year and source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub population: Vec<Population>,
    /// The ids by which other registers know it.
    #[serde(default)]
    pub external: ExternalIds,
    /// Whether we know which place of the world it is.
    pub identity: PlaceIdentity,
}

/// The names of a place, at least one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<PlaceName>", into = "Vec<PlaceName>")]
pub struct PlaceNames(Vec<PlaceName>);

impl PlaceNames {
    /// These names, each once: the same words with the same language and role are one name.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Empty`] if there are none: a place has a name.
    pub fn distinct(names: impl IntoIterator<Item = PlaceName>) -> Result<Self, InvalidValue> {
        let mut distinct = Vec::new();
        for name in names {
            if !distinct.contains(&name) {
                distinct.push(name);
            }
        }
        distinct.try_into()
    }
}

impl Place {
    /// A place of that name of which nothing more is known yet.
    #[must_use]
    pub fn new(id: PlaceId, programme: ProgrammeId, level: PlaceLevel, name: PlaceName) -> Self {
        Self {
            id,
            programme,
            level,
            names: PlaceNames(vec![name]),
            country: None,
            admin1: None,
            point: None,
            zone: None,
            population: Vec::new(),
            external: ExternalIds::default(),
            identity: PlaceIdentity::Unresolved,
        }
    }

    /// The same place with these names instead.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Empty`] if there are none: a place has a name.
    pub fn with_names(self, names: Vec<PlaceName>) -> Result<Self, InvalidValue> {
        Ok(Self { names: names.try_into()?, ..self })
    }

    /// Every name, at least one.
    #[must_use]
    pub fn names(&self) -> &[PlaceName] {
        &self.names.0
    }

    /// Adds a name unless it is there already, word for word with the same language and role.
    pub fn add_name(&mut self, name: PlaceName) {
        if !self.names.0.contains(&name) {
            self.names.0.push(name);
        }
    }

    /// The name to show where no language is asked for: the first official one in use, else the one a list gave, else the first.
    #[must_use]
    pub fn display_name(&self) -> &Name {
        let in_use = |role| self.names().iter().find(move |name| name.role == role && !name.has_ended());
        let chosen = in_use(NameRole::Official).or_else(|| in_use(NameRole::AsListed));
        &chosen.unwrap_or(&self.names.0[0]).text
    }

    /// The names that it had, or may have had, on that day.
    pub fn names_on(&self, day: NaiveDate) -> impl Iterator<Item = &PlaceName> {
        self.names().iter().filter(move |name| name.in_use_on(day).is_possible() && !name.is_undated_former())
    }

    /// The name to show for that day, of those it had or may have had then.
    ///
    /// Other ways to write it come last; then certainly in use goes before possibly, a name with a period before one
    /// without, and official before listed. If it had none, the name that is shown today.
    #[must_use]
    pub fn display_name_on(&self, day: NaiveDate) -> &Name {
        let candidates = self.names_on(day).enumerate();
        let best = candidates.max_by_key(|(at, name)| (name.fitness_on(day), std::cmp::Reverse(*at)));
        best.map_or_else(|| self.display_name(), |(_, name)| &name.text)
    }

    /// What the place was called in that language on that day.
    ///
    /// Of the names that may have held on the day it takes, in this order: the very language tag before the same language in
    /// another script or region; certainly in use before possibly; official before alias. `None` if it has no name in that language.
    #[must_use]
    pub fn name_in(&self, language: &LanguageTag, on: NaiveDate) -> Option<&Name> {
        self.names()
            .iter()
            .enumerate()
            .filter_map(|(at, name)| {
                name.fitness(language, on).map(|fitness| (fitness, std::cmp::Reverse(at), name))
            })
            .max_by_key(|(fitness, at, _)| (*fitness, *at))
            .map(|(_, _, name)| &name.text)
    }

    /// The newest count of its people; of those without a year the first.
    #[must_use]
    pub fn latest_population(&self) -> Option<&Population> {
        self.population.iter().rev().max_by_key(|count| count.year)
    }
}

impl TryFrom<Vec<PlaceName>> for PlaceNames {
    type Error = InvalidValue;

    fn try_from(names: Vec<PlaceName>) -> Result<Self, InvalidValue> {
        if names.is_empty() { Err(InvalidValue::Empty) } else { Ok(Self(names)) }
    }
}

impl From<PlaceNames> for Vec<PlaceName> {
    fn from(names: PlaceNames) -> Self {
        names.0
    }
}

#[cfg(test)]
mod tests;
