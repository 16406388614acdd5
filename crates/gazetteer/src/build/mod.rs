//! Building `data/gazetteer.bin` from `data/source`; only behind the feature `codegen`.
//!
//! The same sources give the same bytes. What is left out, to keep the file small:
//!
//! - Alternate names of Latin letters that are all small, such as `cankay` for Shanghai: transcripts made by a machine, which
//!   nobody writes and which collide with real names.
//! - The spelling of alternate names: they are kept folded, for finding, not for showing.

mod countries;
mod districts;
mod forms;
mod letters;
mod marks;
mod names;
mod places;

use sister_cities_domain::value::Country;

use crate::alphabet::Alphabet;
use crate::format::{SECTIONS, Section, join};

/// The texts from which the tables are made.
#[derive(Clone, Debug)]
pub struct Sources {
    /// `cities5000.tsv`, unpacked.
    pub cities: String,
    /// `admin1.json`.
    pub admin1: String,
    /// `geonames_countries.json`.
    pub countries: String,
    /// `districts.tsv`.
    pub districts: String,
    /// `place_districts.tsv`, unpacked.
    pub place_districts: String,
    /// `country_labels.tsv`.
    pub country_labels: String,
    /// CLDR's territory names: the language, and the text of `territories.<language>.json`.
    pub territories: Vec<(String, String)>,
}

/// What is wrong with the sources.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A JSON source cannot be read.
    #[error("{file} cannot be read")]
    Json {
        /// Which source.
        file: String,
        /// What the reader says.
        #[source]
        error: serde_json::Error,
    },
    /// A line or entry does not say what it must.
    #[error("{file}, entry {entry}: {expected} expected")]
    Entry {
        /// Which source.
        file: String,
        /// The line, counted from 1, or the key.
        entry: String,
        /// What belongs there.
        expected: &'static str,
    },
    /// There is more than the layout has room for.
    #[error("too many {what} for the layout")]
    NoRoom {
        /// Of what.
        what: &'static str,
    },
    /// The automaton could not be built.
    #[error("the automaton of names cannot be built")]
    Automaton(#[from] fst::Error),
}

/// Builds the file.
///
/// # Errors
///
/// [`BuildError`] if a source cannot be read or outgrows the layout.
pub fn build(sources: &Sources) -> Result<Vec<u8>, BuildError> {
    let places = places::read(sources)?;
    let labels = countries::read(sources)?;
    let name_keys = names::gather(&places);
    let rows = letters::rows(name_keys.keys().chain(labels.keys()).map(String::as_str))?;
    let alphabet = Alphabet::new(&rows);

    let mut sections: [Vec<u8>; SECTIONS] = std::array::from_fn(|_| Vec::new());
    let (automaton, lists) = names::automaton(&alphabet, &name_keys, &places)?;
    let (labels, parts) = countries::automaton(&alphabet, &labels)?;
    let tables = places::tables(&places, sources)?;
    let codes = Country::all().flat_map(|country| country.alpha2().bytes()).collect();
    let districts = districts::tables(&places, sources)?;
    for (section, bytes) in tables.into_iter().chain(districts).chain([
        (Section::Names, automaton),
        (Section::NameLists, lists),
        (Section::CountryLabels, labels),
        (Section::CountryParts, parts),
        (Section::Countries, codes),
        (Section::Forms, forms::table(&places)),
    ]) {
        sections[section as usize] = bytes;
    }
    sections[Section::Alphabet as usize] = rows;
    Ok(join(&sections))
}

/// The sizes of the sections of a file, in bytes, for those who watch its growth.
#[must_use]
pub fn section_sizes(file: &[u8]) -> Vec<(String, usize)> {
    const ALL: [Section; SECTIONS] = [
        Section::Alphabet,
        Section::Names,
        Section::NameLists,
        Section::Records,
        Section::IdOrder,
        Section::TitleBlocks,
        Section::Titles,
        Section::Zones,
        Section::Regions,
        Section::RegionText,
        Section::Countries,
        Section::CountryLabels,
        Section::CountryParts,
        Section::Forms,
        Section::DistrictPlaces,
        Section::PlaceDistricts,
        Section::Districts,
        Section::DistrictText,
    ];
    let Some(file) = crate::format::File::open(file) else { return Vec::new() };
    ALL.into_iter().map(|section| (format!("{section:?}"), file.section(section).len())).collect()
}

fn number(count: usize, what: &'static str) -> Result<u32, BuildError> {
    u32::try_from(count).map_err(|_| BuildError::NoRoom { what })
}

fn byte(count: usize, what: &'static str) -> Result<u8, BuildError> {
    u8::try_from(count).map_err(|_| BuildError::NoRoom { what })
}
