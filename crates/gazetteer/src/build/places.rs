//! Reads the places and writes their tables.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sister_cities_domain::value::Country;

use super::{BuildError, Sources, byte, number};
use crate::fold::fold;
use crate::format::Section;
use crate::places::{BLOCK, DEGREE, NUMBER_BITS, pack};

const FILE: &str = "cities5000.tsv";

/// A place as the source has it.
pub(super) struct Place {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) alternates: Vec<String>,
    pub(super) population: u32,
    pub(super) latitude: u32,
    pub(super) longitude: u32,
    region: (String, String),
    zone: String,
}

impl Place {
    /// The code of its country.
    pub(super) fn country(&self) -> &str {
        &self.region.0
    }

    /// The codes of its country and its division.
    pub(super) fn division(&self) -> (&str, &str) {
        (&self.region.0, &self.region.1)
    }

    /// All its names, the official one first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.alternates.iter().map(String::as_str))
    }
}

/// Reads the places, sorted by their folded official names.
pub(super) fn read(sources: &Sources) -> Result<Vec<Place>, BuildError> {
    let mut places = Vec::new();
    for (at, line) in sources.cities.lines().enumerate().skip(1) {
        let malformed =
            |expected| BuildError::Entry { file: FILE.to_owned(), entry: (at + 1).to_string(), expected };
        let fields: Vec<&str> = line.split('\t').collect();
        let &[id, name, latitude, longitude, country, region, population, zone, alternates] =
            fields.as_slice()
        else {
            return Err(malformed("nine fields"));
        };
        let _: Country = country.parse().map_err(|_| malformed("a country code"))?;
        places.push(Place {
            id: id.parse().map_err(|_| malformed("a GeoNames id"))?,
            name: name.to_owned(),
            alternates: alternates.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            population: population.parse().map_err(|_| malformed("a population"))?,
            latitude: degrees(latitude, 90.0).ok_or_else(|| malformed("a latitude"))?,
            longitude: degrees(longitude, 180.0).ok_or_else(|| malformed("a longitude"))?,
            region: (country.to_owned(), region.to_owned()),
            zone: zone.to_owned(),
        });
    }
    places.sort_by_cached_key(|place| (fold(&place.name), place.id));
    Ok(places)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to lie between 0 and 36,000,000"
)]
fn degrees(text: &str, most: f64) -> Option<u32> {
    let degrees: f64 = text.parse().ok()?;
    (-most..=most).contains(&degrees).then(|| ((degrees + most) * DEGREE).round() as u32)
}

/// Writes the tables.
pub(super) fn tables(places: &[Place], sources: &Sources) -> Result<Vec<(Section, Vec<u8>)>, BuildError> {
    let zones: BTreeSet<&str> = places.iter().map(|place| place.zone.as_str()).collect();
    let zones: Vec<&str> = zones.into_iter().collect();
    let regions = Regions::of(places, sources)?;
    let region_rows: HashMap<_, _> = regions.rows.keys().enumerate().map(|(row, key)| (key, row)).collect();
    let mut records = Vec::new();
    let marks = super::marks::all(places, &super::countries::capitals(sources)?);
    for (place, marks) in places.iter().zip(marks) {
        let zone = zones.partition_point(|&zone| zone < place.zone.as_str());
        let region = *region_rows.get(&place.region).unwrap_or(&usize::MAX);
        let record = pack(
            place.id,
            [place.latitude, place.longitude],
            place.population,
            [number(region, "divisions")?, number(zone, "zones")?],
            marks,
        );
        records.extend(record.ok_or(BuildError::NoRoom { what: "bits in a record" })?);
    }
    let mut by_id: Vec<(u32, u32)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        by_id.push((place.id, number(at, "places")?));
    }
    by_id.sort_unstable();
    let (titles, blocks) = titles(places)?;
    let (rows, region_text) = regions.write()?;
    Ok(vec![
        (Section::Records, records),
        (Section::IdOrder, packed_bits(NUMBER_BITS, by_id.iter().map(|(_, place)| *place))?),
        (Section::TitleBlocks, blocks),
        (Section::Titles, titles),
        (Section::Zones, zone_names(&zones)?),
        (Section::Regions, rows),
        (Section::RegionText, region_text),
    ])
}

/// Divisions by country and code, each with its name; places without one share a nameless row per country.
struct Regions {
    rows: BTreeMap<(String, String), String>,
}

impl Regions {
    fn of(places: &[Place], sources: &Sources) -> Result<Self, BuildError> {
        let file = || "admin1.json".to_owned();
        let listed: serde_json::Value = serde_json::from_str(&sources.admin1)
            .map_err(|error| BuildError::Json { file: file(), error })?;
        let mut rows = BTreeMap::new();
        for place in places {
            rows.insert(place.region.clone(), String::new());
        }
        for entry in listed.as_array().into_iter().flatten() {
            let malformed =
                || BuildError::Entry { file: file(), entry: entry.to_string(), expected: "code and name" };
            let code = entry["code"].as_str().and_then(|code| code.split_once('.')).ok_or_else(malformed)?;
            let name = entry["name"].as_str().ok_or_else(malformed)?;
            if let Some(row) = rows.get_mut(&(code.0.to_owned(), code.1.to_owned())) {
                name.clone_into(row);
            }
        }
        // A code without a name is shown as it is, unless it says "none".
        for ((_, code), name) in &mut rows {
            if name.is_empty() && !code.is_empty() && code != "00" {
                name.clone_from(code);
            }
        }
        Ok(Self { rows })
    }

    fn write(&self) -> Result<(Vec<u8>, Vec<u8>), BuildError> {
        let (mut rows, mut text) = (Vec::new(), Vec::new());
        for ((country, code), name) in &self.rows {
            rows.extend(country.bytes());
            rows.extend(number(text.len(), "divisions")?.to_le_bytes().into_iter().take(3));
            rows.extend([byte(code.len(), "letters of a code")?, byte(name.len(), "letters of a division")?]);
            text.extend(code.bytes().chain(name.bytes()));
        }
        Ok((rows, text))
    }
}

fn titles(places: &[Place]) -> Result<(Vec<u8>, Vec<u8>), BuildError> {
    let (mut text, mut blocks) = (Vec::new(), Vec::new());
    let mut before: &[u8] = &[];
    for (at, place) in places.iter().enumerate() {
        if at % BLOCK == 0 {
            blocks.extend(number(text.len(), "titles")?.to_le_bytes().into_iter().take(3));
            before = &[];
        }
        let name = place.name.as_bytes();
        let shared = name.iter().zip(before).take_while(|(one, other)| one == other).count();
        text.extend([byte(shared, "letters of a name")?, byte(name.len() - shared, "letters of a name")?]);
        text.extend(&name[shared..]);
        before = name;
    }
    Ok((text, blocks))
}

fn zone_names(zones: &[&str]) -> Result<Vec<u8>, BuildError> {
    let no_room = |_| BuildError::NoRoom { what: "names of zones" };
    let mut start = 2 * (zones.len() + 1);
    let mut table = Vec::new();
    for zone in zones {
        table.extend(u16::try_from(start).map_err(no_room)?.to_le_bytes());
        start += zone.len();
    }
    table.extend(u16::try_from(start).map_err(no_room)?.to_le_bytes());
    table.extend(zones.concat().bytes());
    Ok(table)
}

/// Writes numbers of a width, one behind the other.
pub(super) fn packed_bits(wide: usize, values: impl Iterator<Item = u32>) -> Result<Vec<u8>, BuildError> {
    let mut bytes = Vec::new();
    let (mut held, mut width) = (0_u64, 0);
    for value in values {
        if value >> wide != 0 {
            return Err(BuildError::NoRoom { what: "places" });
        }
        held |= u64::from(value) << width;
        width += wide;
        while width >= 8 {
            bytes.push((held & 0xff) as u8);
            held >>= 8;
            width -= 8;
        }
    }
    bytes.push((held & 0xff) as u8);
    Ok(bytes)
}
