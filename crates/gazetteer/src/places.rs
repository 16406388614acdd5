//! The table of places: facts by number, numbers by GeoNames id, the divisions and zones they point to.
//!
//! Places are numbered in the order of their folded official names, which keeps the names and the automaton small. A record
//! is 16 bytes: from the lowest bit GeoNames id (24), latitude + 90° and longitude + 180° in units of 10⁻⁵ degrees (25 and
//! 26), population (25), division (12), zone (9), marks (6).

use std::cmp::Ordering;

use sister_cities_domain::value::{Country, GeoPoint};

use crate::format::{File, Section, bits, uint};
use crate::resolution::{Admin1, PlaceFacts};

/// Bytes of a record.
pub(crate) const RECORD: usize = 16;
/// Bits of a place's number.
pub(crate) const NUMBER_BITS: usize = 17;
/// Titles in a front-coded block.
pub(crate) const BLOCK: usize = 16;
/// Bytes of a division's row: country (2), start of its text (3), lengths of code and name (1 and 1).
pub(crate) const REGION: usize = 7;
/// Units in a degree.
pub(crate) const DEGREE: f64 = 100_000.0;

/// The number of a place in the table.
pub(crate) type PlaceNumber = u32;

/// The facts of a place that ranking needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    pub(crate) geonames_id: u32,
    latitude: u32,
    longitude: u32,
    pub(crate) population: u32,
    pub(crate) region: u32,
    zone: u32,
    /// See the constants.
    marks: u32,
}

/// Another place of the country has this name within a longer one: `Berg` and `Berg im Gau`.
pub(crate) const SHARES_NAME: u32 = 1;
/// Four others and more have.
pub(crate) const SHARES_NAME_WIDELY: u32 = 1 << 1;
/// Some of its names tell it apart: `Falkenstein/Vogtland`.
pub(crate) const TOLD_APART: u32 = 1 << 2;
/// It lies close to a city many times its size and has no other names, so it may be a part of it.
pub(crate) const MAY_BE_PART: u32 = 1 << 3;
/// Its official name has an umlaut, in a country where that is a letter of its own, and none of its names lacks it.
pub(crate) const ONE_SPELLING: u32 = 1 << 4;
/// It is the capital of its country.
pub(crate) const CAPITAL: u32 = 1 << 5;

impl Record {
    const fn unpack(packed: u128) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "fields are narrower than 32 bits, the rest is masked off"
        )]
        const fn field(packed: u128, from: u32, width: u32) -> u32 {
            ((packed >> from) as u32) & ((1 << width) - 1)
        }
        Self {
            geonames_id: field(packed, 0, 24),
            latitude: field(packed, 24, 25),
            longitude: field(packed, 49, 26),
            population: field(packed, 75, 25),
            region: field(packed, 100, 12),
            zone: field(packed, 112, 9),
            marks: field(packed, 121, 6),
        }
    }

    /// Whether the place is marked so.
    pub(crate) const fn is(&self, mark: u32) -> bool {
        self.marks & mark != 0
    }

    /// Latitude and longitude in degrees.
    pub(crate) fn degrees(&self) -> (f64, f64) {
        (f64::from(self.latitude) / DEGREE - 90.0, f64::from(self.longitude) / DEGREE - 180.0)
    }

    pub(crate) fn point(&self) -> Option<GeoPoint> {
        // Adding 90 or 180 costs the last decimals; five are all there are.
        let exact = |degrees: f64| (degrees * DEGREE).round() / DEGREE;
        let (latitude, longitude) = self.degrees();
        GeoPoint::new(exact(latitude), exact(longitude)).ok()
    }
}

/// Packs a record; the counterpart of [`Record::unpack`].
#[cfg(feature = "codegen")]
pub(crate) fn pack(
    id: u32,
    [latitude, longitude]: [u32; 2],
    population: u32,
    [region, zone]: [u32; 2],
    marks: u32,
) -> Option<[u8; RECORD]> {
    let fields =
        [(id, 24), (latitude, 25), (longitude, 26), (population, 25), (region, 12), (zone, 9), (marks, 6)];
    let mut packed = 0_u128;
    let mut from = 0;
    for (value, width) in fields {
        if value >> width != 0 {
            return None;
        }
        packed |= u128::from(value) << from;
        from += width;
    }
    Some(packed.to_le_bytes())
}

/// The places.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    records: &'static [u8],
    id_order: &'static [u8],
    title_blocks: &'static [u8],
    titles: &'static [u8],
    zones: &'static [u8],
    regions: &'static [u8],
    region_text: &'static [u8],
}

impl Places {
    /// Takes the sections.
    pub(crate) fn new(file: &File<'static>) -> Self {
        Self {
            records: file.section(Section::Records),
            id_order: file.section(Section::IdOrder),
            title_blocks: file.section(Section::TitleBlocks),
            titles: file.section(Section::Titles),
            zones: file.section(Section::Zones),
            regions: file.section(Section::Regions),
            region_text: file.section(Section::RegionText),
        }
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// The facts of a place; all zero outside the table.
    pub(crate) fn record(&self, place: PlaceNumber) -> Record {
        let at = place as usize * RECORD;
        let bytes = self.records.get(at..at + RECORD).and_then(|row| row.try_into().ok()).unwrap_or_default();
        Record::unpack(u128::from_le_bytes(bytes))
    }

    /// The place with a GeoNames id.
    pub(crate) fn by_id(&self, id: u32) -> Option<PlaceNumber> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let place = bits(self.id_order, NUMBER_BITS, middle);
            match self.record(place).geonames_id.cmp(&id) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(place),
            }
        }
        None
    }

    /// The official name.
    pub(crate) fn title(&self, place: PlaceNumber) -> String {
        let (block, within) = (place as usize / BLOCK, place as usize % BLOCK);
        let mut at = uint::<3>(self.title_blocks, block * 3) as usize;
        let mut title: Vec<u8> = Vec::with_capacity(24);
        for _ in 0..=within {
            let (shared, more) =
                (uint::<1>(self.titles, at) as usize, uint::<1>(self.titles, at + 1) as usize);
            title.truncate(shared);
            title.extend(self.titles.get(at + 2..at + 2 + more).unwrap_or_default());
            at += 2 + more;
        }
        String::from_utf8(title).unwrap_or_default()
    }

    /// The code of the country that a division lies in.
    pub(crate) fn country_code(&self, region: u32) -> [u8; 2] {
        let at = region as usize * REGION;
        self.regions.get(at..at + 2).and_then(|code| code.try_into().ok()).unwrap_or_default()
    }

    /// A division, where it is one: small countries have a nameless row.
    pub(crate) fn admin1(&self, region: u32) -> Option<Admin1> {
        let row = region as usize * REGION;
        let start = uint::<3>(self.regions, row + 2) as usize;
        let (code, name) =
            (uint::<1>(self.regions, row + 5) as usize, uint::<1>(self.regions, row + 6) as usize);
        let text = |from: usize, length: usize| {
            self.region_text
                .get(from..from + length)
                .and_then(|bytes| std::str::from_utf8(bytes).ok())
                .unwrap_or_default()
        };
        let admin1 = Admin1 { code: text(start, code), name: text(start + code, name) };
        (name > 0).then_some(admin1)
    }

    /// The divisions of a country.
    pub(crate) fn regions_of(&self, country: Country) -> impl Iterator<Item = Admin1> {
        let wanted: [u8; 2] = country.alpha2().as_bytes().try_into().unwrap_or_default();
        let (rows, places) = (self.regions.len() / REGION, *self);
        (0..rows)
            .filter_map(|row| u32::try_from(row).ok())
            .filter(move |&row| places.country_code(row) == wanted)
            .filter_map(move |row| places.admin1(row))
    }

    /// The name of a zone: the section begins with where each name starts (2 bytes), and the last ends.
    fn zone(&self, zone: u32) -> &'static str {
        let row = zone as usize * 2;
        let (start, end) = (uint::<2>(self.zones, row) as usize, uint::<2>(self.zones, row + 2) as usize);
        self.zones.get(start..end).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default()
    }

    /// Everything known of a place; nothing outside the table.
    pub(crate) fn facts(&self, place: PlaceNumber) -> Option<PlaceFacts> {
        let record = self.record(place);
        Some(PlaceFacts {
            geonames_id: record.geonames_id,
            name: self.title(place),
            country: self.country(record.region)?,
            admin1: self.admin1(record.region),
            point: record.point()?,
            population: (record.population > 0).then_some(u64::from(record.population)),
            zone: self.zone(record.zone).parse().ok(),
        })
    }

    /// The country that a division lies in.
    pub(crate) fn country(&self, region: u32) -> Option<Country> {
        std::str::from_utf8(&self.country_code(region)).ok()?.parse().ok()
    }
}
