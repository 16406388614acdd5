//! Which of several bearers of a name is meant, and whether that is beyond doubt.

use crate::places::{CAPITAL, PlaceNumber, Record};
use crate::resolution::BesideFit;
use crate::search::Way;

/// An official name weighs as much as another name of a place this many times as populous.
const OFFICIAL_WEIGHT: f64 = 10.0;
/// A winner outweighs every other bearer of its name by this factor.
const CLEAR: f64 = 10.0;
/// Where both bear it officially and it is no capital, by this one.
const CLEAR_OF_NAMESAKE: f64 = 30.0;
/// Over a place that only bears it too, by this one: a place about as large that bears it too may be meant.
const CLEAR_OF_OTHER_NAME: f64 = 12.0;
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
    /// The name without words that may tell one place from another: `County`.
    ReadLoosely,
    /// The name was written with letters that no name of the place has.
    OtherLetters,
    /// Another name, which is the beginning of the official one: `Königstein` for Königstein im Taunus.
    Shortened,
    Alternate,
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
            | Self::OtherLetters
            | Self::Shortened
            | Self::Alternate
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
            Self::OtherLetters => 33.0,
            Self::Shortened => 35.0,
            Self::Alternate => 40.0,
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
    /// It lies elsewhere, or the country knows no such region.
    Differs,
}

/// How what stands beside the name fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    NotWritten,
    /// All of it fits; some of it says where the place lies.
    SaysWhere,
    /// All of it fits.
    Fits,
    /// Some of it does not.
    Differs,
}

impl Beside {
    /// Of all words together.
    pub(crate) fn of(words: &[(String, BesideFit)]) -> Self {
        let is_where = |fit: &BesideFit| {
            matches!(fit, BesideFit::Region(_) | BesideFit::District(_) | BesideFit::Country(_))
        };
        if words.is_empty() {
            Self::NotWritten
        } else if words.iter().any(|(_, fit)| *fit == BesideFit::Nothing) {
            Self::Differs
        } else if words.iter().any(|(_, fit)| is_where(fit)) {
            Self::SaysWhere
        } else {
            Self::Fits
        }
    }
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
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    pub(crate) place: PlaceNumber,
    pub(crate) record: Record,
    pub(crate) evidence: Evidence,
    /// How the name was read.
    pub(crate) way: Way,
    /// The words that are its name.
    pub(crate) called: String,
    /// What stands beside them.
    pub(crate) words: Vec<(String, BesideFit)>,
    /// It lies in a territory of the country asked for, not in the country.
    pub(crate) in_territory: bool,
    pub(crate) has_hinted_id: bool,
    pub(crate) region: RegionFit,
    /// The second-order division, where that is the region asked for.
    pub(crate) district: Option<&'static str>,
    pub(crate) point: PointFit,
    pub(crate) population_fits: bool,
}

impl Bearer {
    /// A bearer of which no more is known than how it bears the name.
    pub(crate) fn new(place: PlaceNumber, record: Record, evidence: Evidence) -> Self {
        Self {
            place,
            record,
            evidence,
            way: Way::AsWritten,
            called: String::new(),
            words: Vec::new(),
            in_territory: false,
            has_hinted_id: false,
            region: RegionFit::NotAsked,
            district: None,
            point: PointFit::NotAsked,
            population_fits: false,
        }
    }

    /// Whether the name alone, in its country, may decide.
    pub(crate) const fn is_strong(&self) -> bool {
        match self.evidence {
            Evidence::Alternate | Evidence::Official => true,
            Evidence::Shortened => self.record.population >= KNOWN_IN_SHORT,
            Evidence::None
            | Evidence::Code
            | Evidence::OneEdit
            | Evidence::Transliterated
            | Evidence::ReadLoosely
            | Evidence::OtherLetters => false,
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
    fn rank(&self) -> ([bool; 7], f64) {
        let order = [
            self.has_hinted_id && self.evidence > Evidence::None,
            matches!(self.point, PointFit::Near { .. }),
            self.region != RegionFit::Differs,
            self.beside() != Beside::Differs,
            self.is_strong(),
            !self.in_territory,
            self.population_fits,
        ];
        (order, self.weight())
    }

    pub(crate) fn beside(&self) -> Beside {
        Beside::of(&self.words)
    }

    /// Whether words beside the name or a region settle that the place lies where it was asked for.
    pub(crate) fn is_located(&self) -> bool {
        self.region == RegionFit::Matches || self.beside() == Beside::SaysWhere
    }

    /// Whether this one is meant rather than the other, beyond doubt.
    fn is_clear_of(&self, other: &Self) -> bool {
        let factor = self.weight() / other.weight();
        let needed = match (self.evidence, other.evidence) {
            (Evidence::Official, Evidence::Official) if !self.record.is(CAPITAL) => CLEAR_OF_NAMESAKE,
            (Evidence::Official, Evidence::Alternate) => CLEAR_OF_OTHER_NAME,
            _ => CLEAR,
        };
        factor >= needed || factor >= PART_CLEAR && self.lies_within(other, PART_KM)
    }

    fn lies_within(&self, other: &Self, km: f64) -> bool {
        match (self.record.point(), other.record.point()) {
            (Some(here), Some(there)) => here.distance_km(&there) <= km,
            (None, _) | (_, None) => false,
        }
    }
}

/// Sorts the bearers, best first. Up to three that bear the name officially are among the first three.
pub(crate) fn sort(bearers: &mut Vec<Bearer>) {
    const FIRST: usize = 3;
    bearers.sort_by(|one, other| {
        other
            .rank()
            .partial_cmp(&one.rank())
            .unwrap_or(std::cmp::Ordering::Equal)
            .then(one.record.geonames_id.cmp(&other.record.geonames_id))
    });
    let official = |one: &Bearer| one.evidence == Evidence::Official && one.beside() != Beside::Differs;
    let others_first = FIRST - bearers.iter().filter(|one| official(one)).count().min(FIRST);
    let hinted = bearers.iter().any(|one| one.has_hinted_id || one.point != PointFit::NotAsked);
    if !hinted && bearers.iter().take(FIRST).filter(|one| !official(one)).count() > others_first {
        let (first, rest): (Vec<Bearer>, Vec<Bearer>) = {
            let mut others = 0;
            std::mem::take(bearers).into_iter().partition(|one| {
                let is_first = official(one) || others < others_first;
                others += usize::from(!official(one));
                is_first
            })
        };
        bearers.extend(first.into_iter().chain(rest));
    }
}

/// Whether names may decide by themselves, because a country was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    Decide,
    OnlyPropose,
}

/// The one bearer that is meant beyond doubt, if there is one. Takes them sorted.
///
/// A place whose official name it is never loses to one that is only called so too, and one in a territory never stands in for the
/// country.
pub(crate) fn winner(bearers: &[Bearer], names: Names) -> Option<&Bearer> {
    let by_id = bearers.iter().any(|one| one.has_hinted_id);
    let contends = |bearer: &&Bearer| match (by_id, bearer.point, bearer.region) {
        (true, _, _) => bearer.has_hinted_id && bearer.evidence > Evidence::None,
        (false, PointFit::Near { .. }, _) => bearer.evidence.decides_nearby(),
        (false, PointFit::Far, _) | (false, PointFit::NotAsked, RegionFit::Differs) => false,
        (false, PointFit::NotAsked, region) => {
            let is_meant = bearer.is_strong() || bearer.evidence == Evidence::Shortened;
            match bearer.beside() {
                Beside::Differs => false,
                Beside::SaysWhere => is_meant,
                Beside::Fits => is_meant && (names == Names::Decide || region == RegionFit::Matches),
                Beside::NotWritten => {
                    bearer.is_strong() && (names == Names::Decide || region == RegionFit::Matches)
                }
            }
        }
    };
    let contenders: Vec<&Bearer> = bearers.iter().filter(contends).collect();
    let (first, others) = contenders.split_first()?;
    let settled = by_id || matches!(first.point, PointFit::Near { .. });
    let official = |one: &&Bearer| one.evidence == Evidence::Official && !one.in_territory;
    if !settled {
        let stands_in = first.in_territory && !first.is_located();
        if stands_in || first.evidence != Evidence::Official && others.iter().any(official) {
            return None;
        }
    }
    others.iter().all(|other| first.is_clear_of(other)).then_some(first)
}
