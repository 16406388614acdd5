//! Places of the world: embedded tables, and which place a written name means, with reasons.
//!
//! The crate holds every place of 5,000 people and more (69,472 of them, from GeoNames) with its country, first-order
//! division, coordinates, population, time zone and names in all scripts, and the names of the countries in 21 languages. It
//! does no I/O and parses nothing: the tables lie in the program as they are read, under 6 MB.
//!
//! ```
//! use sister_cities_gazetteer::{Gazetteer, Query, Resolution};
//!
//! let gazetteer = Gazetteer::embedded();
//! let kyiv = gazetteer.resolve(&Query::new("Kiev").in_country("Ukraine"));
//! assert_eq!(kyiv.winner().map(|one| one.place.geonames_id), Some(703_448));
//!
//! // Oregon or Maine? A person decides, and sees why.
//! let Resolution::Several(candidates) = gazetteer.resolve(&Query::new("Portland").in_country("USA")) else { panic!() };
//! assert_eq!(candidates[0].place.admin1.map(|admin1| admin1.name), Some("Oregon"));
//! let because: Vec<String> = candidates[0].reasons.iter().map(ToString::to_string).collect();
//! assert_eq!(because[0], "the name is its official one");
//! ```
//!
//! Wherever these data are shown, [`ATTRIBUTION`] must be shown.
//!
//! # Three answers
//!
//! [`Resolution::Winner`], [`Resolution::Several`] and [`Resolution::None`] are different answers, and "several" may hold a
//! single candidate: a place that it could be, but not beyond doubt. An import may take a winner; anything else is for a person.
//!
//! # How a name is found
//!
//! The first way that finds a place in the country asked for, or in one of its territories with a code of its own (Réunion
//! for France), is the way; the later ones are not tried.
//!
//! 1. **As written**, [folded](fold()): accents, case, punctuation and apostrophes do not matter, script does.
//! 2. **Read otherwise** without loss: `St`, `Saint`, `Sankt`, `Mt`, `Ft`, `Sta` written out or shortened.
//! 3. **Read otherwise** with words left out: those in brackets or after a comma (which are then tried as the region), the
//!    other half of `Bolzano/Bozen`, `City`, `County`, `District`, `Municipality`, `City of`, `Greater`.
//! 4. **In Latin letters**, for a name in a script in which the place is not listed.
//! 5. **With one slip forgiven**: a letter changed, left out, added, or swapped with the next. Only within a country, in names of
//!    seven letters, or five where the place has 100,000 people; never in Han, Hangul and other scripts of many signs.
//!
//! # When a place wins
//!
//! Those who may win are, by the first of these that applies:
//!
//! 1. A **GeoNames id** was given: the place with that id, if the name belongs to it in any of the ways above. If the name does not,
//!    the place is proposed with [`Reason::NameDiffers`] and nobody wins.
//! 2. A **point** was given: the places within [`NEAR_KM`] of it, found in any way but by a code or with words left out.
//! 3. A **region** was given (as a hint, with the country as in `Scotland`, or within the name) that the country knows, or without a
//!    country any candidate's: the places in it, found as for a country, or without the words that are the region. A region that
//!    the country does not know is ignored. Regions are known by GeoNames' name and code and by postal abbreviations.
//! 4. A **country** was given: the places found as written, or read without loss, by their official name or another name.
//!    Codes of two or three capitals do not count, nor another name that is only the beginning of the official one
//!    (`Königstein` for Königstein im Taunus), unless 100,000 people live there (`Frankfurt`).
//! 5. Neither country nor hint: none. **The name alone never wins.**
//!
//! Of these the best wins if it is clear of all others. A place's weight is its population, ten times that if the name is
//! its official one (but for accents, unless the name was written with other accents). One is clear of another with
//! ten times its weight; or with twice its weight if they lie within 20 km of each other, which is how a city stands to its parts.
//!
//! Measured on 12,800 names with a country and coordinates (twin towns of 25 European countries, from Wikidata): the table
//! knows 8,600 of them in that country; 93 % of these were decided, and 0.9 % of those decided lay more than 30 km from the
//! coordinates, nearly all because the place that was meant has under 5,000 people and a namesake has more. Where the best was
//! four to ten times as populous as the next, it would have been wrong in a fifth of the cases, hence ten. Of
//! the names that differ by one letter from that of a place, six in seven meant another, smaller place, hence proposals only.
//!
//! # What it cannot say
//!
//! - Places under 5,000 people are absent, as are counties, districts and regions as such; a namesake may be present.
//! - Names have no dates and no languages here: that Kiev is of old is not known, only that it means Kyiv.
//! - GeoNames lists some parts of cities as places, some not, and populations of different years.
//!
//! # Countries
//!
//! [`Gazetteer::country`] reads ISO codes of two and three letters, names in 21 languages, wordings of lists and offices
//! (`Georgia (country)`, `Korea, South`, `in Italy`), parts that are written for a country (`England`, kept as its region), and
//! forgives one letter. `Georgia` is the country; the state is `Georgia, USA`. `Korea` and `Congo` are [`CountryResolution::Several`].
//! In a query, a label that is no country is tried as a region: `Chicago`, `Illinois`.
//!
//! # Inside
//!
//! `data/gazetteer.bin` is one file of sections (`format`): an automaton from coded names (`alphabet`, `keys`) to places or lists of them
//! (`names`), fixed-width records (`places`), and an automaton of country labels (`country::table`). It is built from `data/source`
//! by `cargo xtask codegen gazetteer` (the module `build`, behind the feature `codegen`) and committed. The example `measure`
//! prints bytes and microseconds, the example `resolve_csv` resolves a file of twin towns.

mod alphabet;
#[cfg(feature = "codegen")]
pub mod build;
mod country;
mod explain;
mod fold;
mod format;
mod hints;
mod keys;
mod names;
mod places;
mod query;
mod ranking;
mod reading;
mod region;
mod resolution;
mod resolve;
mod search;
mod territory;

use std::sync::LazyLock;

use alphabet::Alphabet;
use country::Labels;
use format::{File, Section};
use keys::Keys;
use places::Places;

pub use country::{CountryMatch, CountryReason, CountryResolution};
pub use fold::fold;
pub use query::{Hint, NEAR_KM, Query};
pub use resolution::{
    Admin1, Candidate, Homonym, MAX_CANDIDATES, MatchedHint, NoPlace, PlaceFacts, Reason, Resolution,
};

/// What must be shown wherever these data are.
pub const ATTRIBUTION: &str = "City and country data: GeoNames, CC BY 4.0";

const DATA: &[u8] = include_bytes!("../data/gazetteer.bin");

/// How many bytes the tables take in the program.
pub const EMBEDDED_BYTES: usize = DATA.len();

/// The places of the world, as embedded in the program.
#[derive(Debug)]
pub struct Gazetteer {
    alphabet: Alphabet<'static>,
    names: Keys<'static>,
    lists: &'static [u8],
    places: Places,
    labels: Labels<'static>,
}

impl Gazetteer {
    /// The embedded tables. They are never parsed, so this costs next to nothing, the first time too.
    ///
    /// # Panics
    ///
    /// If the embedded file is not whole, which tests of this crate rule out.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Gazetteer> =
            LazyLock::new(|| Gazetteer::open(DATA).expect("the embedded gazetteer is whole"));
        &EMBEDDED
    }

    fn open(data: &'static [u8]) -> Option<Self> {
        let file = File::open(data)?;
        Some(Self {
            alphabet: Alphabet::new(file.section(Section::Alphabet)),
            names: Keys::new(file.section(Section::Names))?,
            lists: file.section(Section::NameLists),
            places: Places::new(&file),
            labels: Labels::new(&file)?,
        })
    }

    /// Which place a name in a country means, by the rules on the crate's page.
    #[must_use]
    pub fn resolve(&self, query: &Query<'_>) -> Resolution {
        resolve::resolve(self, query)
    }

    /// The place with a GeoNames id, if it is one of the table.
    #[must_use]
    pub fn by_geonames(&self, id: u32) -> Option<PlaceFacts> {
        self.places.by_id(id).and_then(|place| self.places.facts(place))
    }

    /// Which country a label means: a code, a name in one of 21 languages, or a wording of lists and offices.
    #[must_use]
    pub fn country(&self, label: &str) -> CountryResolution {
        country::read(&self.labels, &self.alphabet, label)
    }

    /// All places, in the order of their names.
    pub fn places(&self) -> impl Iterator<Item = PlaceFacts> {
        (0..self.places.len()).filter_map(|at| u32::try_from(at).ok()).filter_map(|at| self.places.facts(at))
    }
}
