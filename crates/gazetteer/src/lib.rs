//! Places of the world: embedded tables, and which place a written name means, with reasons.
//!
//! The crate holds every place of 5,000 people and more (69,472 of them, from GeoNames) with its country, first-order
//! division, coordinates, population, time zone and names in all scripts, and the names of the countries in 27 languages. It
//! does no I/O and parses nothing: the tables lie in the program as they are read, 6 MB.
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
//! The first of these ways that finds a place in the country asked for, or in one of its territories with a code of its own (Réunion
//! for France), is the way; the later ones are not tried.
//!
//! 1. **As written**, [folded](fold()): accents, case, punctuation and apostrophes do not matter, script does. All spellings of
//!    the name are one (`St.`, `Saint`, `Sankt`, `Mt.`, `Ft.`), and so is the name without the word that says it is a town (`Comune di
//!    Milano`, `大阪市`), so that each spelling finds the same places.
//! 2. **Cut** where something stands beside it: `Frankfurt (Oder)` if that were no name, `Paris, Texas`, `Bolzano/Bozen`, `Rothenburg
//!    o.d.T.`, `Liberec, Zittau`. Each part is tried as the name, and each of the others fits a place or not ([`BesideFit`]).
//! 3. **Without words** for an area or a part of a city, such as `Landkreis`: proposals only.
//! 4. **In Latin letters**, for a name in a script in which the place is not listed.
//! 5. **With one slip forgiven**, within a country: letters swapped, doubled or run together, or any letter of a city that many write;
//!    never in Han, Hangul and other scripts of many signs. Other names that differ by a letter are only mentioned, as most of them are other places.
//!
//! # When a place wins
//!
//! Those who may win are, by the first of these that applies:
//!
//! 1. A **GeoNames id** was given: the place with that id, if the name belongs to it in any of the ways above. If the name does not,
//!    the place is proposed with [`Reason::NameDiffers`] and nobody wins.
//! 2. A **point** was given: the places within [`NEAR_KM`] of it, found in any way but by a code or with words left out.
//! 3. A **region** was given (as a hint, with the country as in `Scotland`): the places in it, found as for a country. A region that the country does not
//!    know is a contradiction, and nobody wins. Regions are known by GeoNames' name and code, by postal abbreviations, and in other
//!    languages where lists write them so; of Belgium, Britain, France, Italy and Spain the provinces, departments and counties too.
//! 4. Words stand **beside the name**: the places that all of them fit. Without a country, one must say where it lies.
//! 5. A **country** was given: the places found as written, by their official name or another name.
//!    Codes of two or three capitals do not count, nor another name that is only the beginning of the official one
//!    (`Königstein` for Königstein im Taunus), unless 100,000 people live there (`Frankfurt`).
//! 6. Neither country nor hint: none. **The name alone never wins.**
//!
//! A name written with letters that no known name of the place has never wins: `Kömlő` is not Komló. Marks may be left out.
//!
//! Of these the best wins if it is clear of all others and nothing raises a [`Doubt`]. A place's weight is its population, ten times that if the
//! name is its official one. One is clear of another with ten times its weight, twelve times if it is its official name and the other's other name, thirty times where both bear the name officially and
//! it is no capital; or with twice its weight if they lie within 20 km of each other, which is how a city stands to its parts.
//! A place that only bears the name too never wins over one whose official name it is, nor one in a territory over the country that was asked for.
//!
//! Measured on 49,852 ends of twin towns of 25 European countries with coordinates, from Wikidata (the example `measure_twins`): 37,758 resolve
//! without a question, and 93 of these lie more than 30 km off, nearly all because the place that was meant has under 5,000 people and a namesake
//! has more. Of 1,922 that are asked about, 1,738 have the place among the proposals. A place of under 20,000 people whose name is
//! part of others in its country, or is told apart by some of its names, would have been wrong once in ten times, hence the doubts. Of the names that
//! differ by one letter from that of a place, six in seven meant another, smaller place.
//!
//! # What it cannot say
//!
//! - Places under 5,000 people are absent, as are counties, districts and regions as such; a namesake may be present.
//! - Names have no dates and no languages here: that Kiev is of old is not known, only that it means Kyiv.
//! - GeoNames lists some parts of cities as places, some not, and populations of different years.
//!
//! # Countries
//!
//! [`Gazetteer::country`] reads ISO codes of two and three letters, names in 27 languages, wordings of lists and offices
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
mod beside;
#[cfg(feature = "codegen")]
pub mod build;
mod country;
mod designation;
mod district;
mod doubt;
mod explain;
mod fold;
mod format;
mod hints;
mod keys;
mod letters;
mod names;
mod places;
mod query;
mod ranking;
mod region;
mod region_names;
mod resolution;
mod resolve;
mod search;
mod slip;
mod spelling;
mod territory;

use std::sync::LazyLock;

use alphabet::Alphabet;
use country::Labels;
use district::Districts;
use format::{File, Section};
use keys::Keys;
use places::Places;
use sister_cities_domain::value::Country;

pub use country::{CountryMatch, CountryReason, CountryResolution};
pub use designation::{Designation, designation, town_without_administration};
pub use fold::fold;
pub use query::{Hint, NEAR_KM, Query};
pub use resolution::{
    Admin1, BesideFit, Candidate, Doubt, Homonym, MAX_CANDIDATES, MatchedHint, NoPlace, PlaceFacts, Reason,
    Resolution,
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
    districts: Districts,
    labels: Labels<'static>,
    forms: &'static [u8],
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
            districts: Districts::new(&file)?,
            labels: Labels::new(&file)?,
            forms: file.section(Section::Forms),
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

    /// The first-order division of a country that a name means: `Bavaria`, `Bayern`, `Hyogo Prefecture`.
    #[must_use]
    pub fn division(&self, name: &str, country: Country) -> Option<Admin1> {
        let (folded, code) = (fold(name), country.alpha2().as_bytes().try_into().unwrap_or_default());
        // A code is no name.
        let is_named = |admin1: &Admin1| folded.len() > 3 && region::is_written(*admin1, code, &folded);
        self.places.regions_of(country).find(is_named)
    }

    /// Whether a name is that of a second-order division of a country, or of a county that was one: `Kent`, `Berkshire`, `Isère`. Known of
    /// Belgium, Britain, France, Italy and Spain.
    #[must_use]
    pub fn is_district(&self, name: &str, country: Country) -> bool {
        let code = country.alpha2().as_bytes().try_into().unwrap_or_default();
        // A code is no name.
        let is_named = |district: &district::District| fold(name).len() > 3 && district.is_written(name);
        self.districts.in_country(code).any(|district| is_named(&district))
    }

    /// Which country a label means: a code, a name in one of 27 languages, or a wording of lists and offices.
    #[must_use]
    pub fn country(&self, label: &str) -> CountryResolution {
        country::read(&self.labels, &self.alphabet, label)
    }

    /// All places, in the order of their names.
    pub fn places(&self) -> impl Iterator<Item = PlaceFacts> {
        (0..self.places.len()).filter_map(|at| u32::try_from(at).ok()).filter_map(|at| self.places.facts(at))
    }
}
