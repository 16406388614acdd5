//! Which of several bearers of a name is meant, and whether that is beyond doubt.

use crate::places::{PlaceNumber, Record};

/// An official name weighs as much as another name of a place this many times as populous.
const OFFICIAL_WEIGHT: f64 = 10.0;
/// A winner outweighs every other bearer of its name by this factor.
const CLEAR: f64 = 10.0;
/// Bearers this near to each other, in kilometres, are taken for a city and its parts.
const PART_KM: f64 = 20.0;
/// A city outweighs its parts of the same name by this factor.
const PART_CLEAR: f64 = 2.0;
/// Stands in for a population that is unknown.
const UNKNOWN_POPULATION: f64 = 1000.0;

/// How a name was found to belong to a place; later variants are stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Evidence {
    /// Not at all: only the hinted id speaks for the place.
    None,
    Code,
    OneEdit,
    Transliterated,
    /// The name read otherwise, with words left out.
    ReadLoosely,
    /// The name without words that were taken for its region.
    WithRegion,
    /// Another name, which is the beginning of the official one: `Königstein` for Königstein im Taunus.
    Shortened,
    Alternate,
    /// The official name but for accents, although the name was written with accents.
    OtherAccents,
    Official,
}

/// From this size on, people may mean a place by the beginning of its name: Frankfurt, Newcastle.
const KNOWN_IN_SHORT: u32 = 100_000;

impl Evidence {
    /// Whether such a name decides for a place near the point given.
    const fn decides_nearby(self) -> bool {
        match self {
            Self::None | Self::Code | Self::ReadLoosely => false,
            Self::OneEdit
            | Self::Transliterated
            | Self::WithRegion
            | Self::Shortened
            | Self::Alternate
            | Self::OtherAccents
            | Self::Official => true,
        }
    }

    const fn points(self) -> f64 {
        match self {
            Self::None => 0.0,
            Self::Code => 10.0,
            Self::OneEdit => 20.0,
            Self::Transliterated => 25.0,
            Self::ReadLoosely => 30.0,
            Self::WithRegion => 33.0,
            Self::Shortened => 35.0,
            Self::Alternate => 40.0,
            Self::OtherAccents => 45.0,
            Self::Official => 50.0,
        }
    }
}

/// How a place relates to the region asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegionFit {
    /// No region was asked for, or none that the country knows.
    NotAsked,
    Matches,
    Differs,
}

/// How a place relates to the point given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PointFit {
    NotAsked,
    /// Within the distance that counts as near.
    Near {
        km: f64,
    },
    Far,
}

/// A bearer of the name, with all that was found for and against it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bearer {
    pub(crate) place: PlaceNumber,
    pub(crate) record: Record,
    pub(crate) evidence: Evidence,
    pub(crate) has_hinted_id: bool,
    pub(crate) region: RegionFit,
    pub(crate) point: PointFit,
    pub(crate) population_fits: bool,
}

impl Bearer {
    /// A bearer of which no more is known than how it bears the name.
    pub(crate) const fn new(place: PlaceNumber, record: Record, evidence: Evidence) -> Self {
        Self {
            place,
            record,
            evidence,
            has_hinted_id: false,
            region: RegionFit::NotAsked,
            point: PointFit::NotAsked,
            population_fits: false,
        }
    }

    /// Whether the name alone, in its country, may decide.
    const fn is_strong(&self) -> bool {
        match self.evidence {
            Evidence::Alternate | Evidence::OtherAccents | Evidence::Official => true,
            Evidence::Shortened => self.record.population >= KNOWN_IN_SHORT,
            Evidence::None
            | Evidence::Code
            | Evidence::OneEdit
            | Evidence::Transliterated
            | Evidence::ReadLoosely
            | Evidence::WithRegion => false,
        }
    }

    /// Population, with an official name counting more.
    fn weight(&self) -> f64 {
        let people =
            if self.record.population == 0 { UNKNOWN_POPULATION } else { f64::from(self.record.population) };
        if self.evidence == Evidence::Official { people * OFFICIAL_WEIGHT } else { people }
    }

    /// How well it fits, 0 to 100: the name up to 50, population up to 25, hints 25 together.
    pub(crate) fn score(&self) -> f64 {
        let people = f64::from(self.record.population.max(1));
        let hints = [
            (self.has_hinted_id, 25.0),
            (matches!(self.point, PointFit::Near { .. }), 15.0),
            (self.region == RegionFit::Matches, 15.0),
            (self.population_fits, 5.0),
        ];
        let hints: f64 = hints.iter().filter(|(fits, _)| *fits).map(|(_, points)| points).sum();
        (self.evidence.points() + people.log10() * 25.0 / 7.5 + hints).min(100.0)
    }

    /// What the ranking goes by: hints first, then the kind of evidence and the weight.
    fn rank(&self) -> (bool, bool, bool, bool, bool, f64) {
        (
            self.has_hinted_id && self.evidence > Evidence::None,
            matches!(self.point, PointFit::Near { .. }),
            self.region != RegionFit::Differs,
            self.is_strong(),
            self.population_fits,
            self.weight(),
        )
    }

    /// Whether this one is meant rather than the other, beyond doubt.
    fn is_clear_of(&self, other: &Self) -> bool {
        let factor = self.weight() / other.weight();
        factor >= CLEAR || factor >= PART_CLEAR && self.lies_within(other, PART_KM)
    }

    fn lies_within(&self, other: &Self, km: f64) -> bool {
        match (self.record.point(), other.record.point()) {
            (Some(here), Some(there)) => here.distance_km(&there) <= km,
            (None, _) | (_, None) => false,
        }
    }
}

/// Sorts the bearers, best first.
pub(crate) fn sort(bearers: &mut [Bearer]) {
    bearers.sort_by(|one, other| {
        other
            .rank()
            .partial_cmp(&one.rank())
            .unwrap_or(std::cmp::Ordering::Equal)
            .then(one.record.geonames_id.cmp(&other.record.geonames_id))
    });
}

/// Whether names may decide by themselves, because a country was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    Decide,
    OnlyPropose,
}

/// The one bearer that is meant beyond doubt, if there is one. Takes them sorted.
pub(crate) fn winner(bearers: &[Bearer], names: Names) -> Option<&Bearer> {
    let by_id = bearers.iter().any(|one| one.has_hinted_id);
    let contends = |bearer: &&Bearer| match (by_id, bearer.point, bearer.region) {
        (true, _, _) => bearer.has_hinted_id && bearer.evidence > Evidence::None,
        (false, PointFit::Near { .. }, _) => bearer.evidence.decides_nearby(),
        (false, PointFit::Far, _) | (false, PointFit::NotAsked, RegionFit::Differs) => false,
        (false, PointFit::NotAsked, RegionFit::Matches) => {
            bearer.is_strong() || bearer.evidence == Evidence::WithRegion
        }
        (false, PointFit::NotAsked, RegionFit::NotAsked) => bearer.is_strong() && names == Names::Decide,
    };
    let mut contenders = bearers.iter().filter(contends);
    let first = contenders.next()?;
    contenders.all(|other| first.is_clear_of(other)).then_some(first)
}
