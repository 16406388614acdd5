//! Why a place is not taken without asking although no other place known is called so.
//!
//! Many places of fewer than 5,000 people share the name of one in the table. What the table knows tells where that is
//! likely: measured on the world's lists, one in ten of the names doubted here meant another place, one in four hundred of the others.

use crate::fold::fold;
use crate::places::{MAY_BE_PART, ONE_SPELLING, SHARES_NAME, SHARES_NAME_WIDELY, TOLD_APART};
use crate::ranking::{Bearer, Beside, Evidence, PointFit};
use crate::resolution::{Candidate, Doubt, Reason};
use crate::resolve::Asked;
use crate::search::Found;

/// Below this population a place is small.
const SMALL: u32 = 20_000;
/// Below this one a larger place of that name elsewhere is better known, if so many other countries have the name.
const LITTLE_KNOWN: u32 = 30_000;
const COUNTRIES: usize = 3;
/// Below this one a letter makes another village of it.
const VILLAGE: u32 = 8_000;
/// Below this one a name that many share raises a doubt.
const TOWN: u32 = 100_000;
/// How many longer names are proposed behind the place.
const MOST_LONGER: usize = 5;

/// What speaks against taking it. Nothing, where an id, a point, a region or words beside the name say that it is this one.
pub(crate) fn doubts(bearer: &Bearer, found: &Found) -> Vec<Doubt> {
    if bearer.has_hinted_id
        || bearer.evidence != Evidence::Official
        || bearer.point != PointFit::NotAsked
        || bearer.is_located()
        || bearer.beside() == Beside::Fits
    {
        return Vec::new();
    }
    let record = &bearer.record;
    let people = record.population;
    let less_known = found.homonym.is_some_and(|(_, homonym)| homonym.population > people)
        && found.elsewhere.len() >= COUNTRIES;
    let all = [
        (
            Doubt::SharesName,
            record.is(SHARES_NAME) && people < SMALL || record.is(SHARES_NAME_WIDELY) && people < TOWN,
        ),
        (Doubt::ToldApart, record.is(TOLD_APART) && people < SMALL),
        (Doubt::MayBePart, record.is(MAY_BE_PART)),
        (Doubt::LessKnown, less_known && people < LITTLE_KNOWN),
        (Doubt::OneSpelling, record.is(ONE_SPELLING) && people < VILLAGE),
    ];
    all.into_iter().filter(|(_, holds)| *holds).map(|(doubt, _)| doubt).collect()
}

impl Asked<'_> {
    /// The place with its doubts.
    pub(crate) fn doubted(&self, bearer: &Bearer, doubts: Vec<Doubt>, found: &Found) -> Option<Candidate> {
        let mut candidate = self.candidate(bearer, found)?;
        candidate.reasons.extend(doubts.into_iter().map(Reason::Doubt));
        Some(candidate)
    }

    /// Those whose longer names begin with that of the place, the largest first.
    pub(crate) fn with_longer_names(&self, bearer: &Bearer) -> Vec<Bearer> {
        let title = fold(&self.gazetteer.places.title(bearer.place));
        let mut longer: Vec<Bearer> = self
            .longer(&title)
            .into_iter()
            .map(|place| Bearer::new(place, self.gazetteer.places.record(place), Evidence::Shortened))
            .collect();
        longer.sort_by_key(|other| std::cmp::Reverse(other.record.population));
        longer.truncate(MOST_LONGER);
        longer
    }
}
