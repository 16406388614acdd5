//! Why a place is not taken without asking although no other place known is called so.
//!
//! Many places of fewer than 5,000 people share the name of one in the table. What the table knows tells where that is
//! likely: measured on the world's lists, one in ten of the names doubted here meant another place, one in four hundred of the others.

use crate::Gazetteer;
use crate::fold::fold;
use crate::places::{MAY_BE_PART, ONE_SPELLING, SHARES_NAME, SHARES_NAME_WIDELY, TOLD_APART};
use crate::ranking::{Bearer, Beside, Evidence, PointFit};
use crate::region::is_written;
use crate::resolution::{Admin1, Candidate, Doubt, Reason};
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

/// Where towns have one name, whatever other names they are known by were given up, or are nicknames: English and Spanish America and
/// the English-speaking rest. Elsewhere a town has names in several languages, which are nothing alike: Brixen and Bressanone.
const ONE_NAME: &[&str] = &[
    "US", "GB", "CA", "AU", "NZ", "MX", "GT", "SV", "HN", "NI", "CR", "PA", "CU", "DO", "PR", "CO", "VE",
    "EC", "PE", "BO", "CL", "AR", "UY", "PY", "BR",
];

/// What speaks against taking it. Nothing, where an id, a point, a region or words beside the name say that it is this one.
pub(crate) fn doubts(gazetteer: &Gazetteer, bearer: &Bearer, found: &Found) -> Vec<Doubt> {
    if bearer.evidence == Evidence::Alternate
        && bearer.point == PointFit::NotAsked
        && !(bearer.has_hinted_id || bearer.is_located() || bearer.beside() == Beside::Fits)
    {
        let all = [
            (Doubt::OldName, is_old_name(gazetteer, bearer)),
            (Doubt::Division, is_division_elsewhere(gazetteer, bearer)),
        ];
        return all.into_iter().filter(|(_, holds)| *holds).map(|(doubt, _)| doubt).collect();
    }
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

/// Whether the name is nothing like the official one of a town that has no names in other languages. Measured on the world's lists, both of
/// two such names meant another place, a smaller one of that name.
fn is_old_name(gazetteer: &Gazetteer, bearer: &Bearer) -> bool {
    let country = gazetteer.places.country_code(bearer.record.region);
    if bearer.record.population >= TOWN || !ONE_NAME.iter().any(|code| code.as_bytes() == country) {
        return false;
    }
    let (called, title) = (fold(&bearer.called), fold(&gazetteer.places.title(bearer.place)));
    if !called.is_ascii() || title.split(' ').any(|word| called.split(' ').any(|other| other == word)) {
        return false;
    }
    let (called, title) = (called.replace(' ', ""), title.replace(' ', ""));
    2 * edits(&called, &title) > called.len().max(title.len())
}

/// Whether the name is that of a division of the country in which the place does not lie: Jalisco for Xalisco in Nayarit.
fn is_division_elsewhere(gazetteer: &Gazetteer, bearer: &Bearer) -> bool {
    let region = bearer.record.region;
    let Some(country) = gazetteer.places.country(region) else { return false };
    let code = gazetteer.places.country_code(region);
    let called = fold(&bearer.called);
    let own = gazetteer.places.admin1(region);
    let is_it = |admin1: &Admin1| Some(*admin1) != own && is_written(*admin1, code, &called);
    called.len() > 3 && gazetteer.places.regions_of(country).any(|admin1| is_it(&admin1))
}

/// How many letters must be changed, put in or left out.
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = (0..=other.len()).collect();
    for (at, here) in one.chars().enumerate() {
        let mut row = vec![at + 1];
        for (column, there) in other.iter().enumerate() {
            let changed = before[column] + usize::from(here != *there);
            row.push(changed.min(before[column + 1] + 1).min(row[column] + 1));
        }
        before = row;
    }
    before.last().copied().unwrap_or_default()
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
