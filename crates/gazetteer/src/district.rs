//! Second-order divisions of the countries in which lists write them beside a name: departments, provinces, counties.
//!
//! `Bracknell, Berkshire`, `Saint-Denis (93)`, `Vienne (Isère)`, `San Martino (RE)`. GeoNames says in which division a place lies; the other
//! wordings, among them the ceremonial and historic counties of Britain and Ireland's north, are typed (`data/source/districts.tsv`). A
//! county that was divided is a wording of each of its parts, and one that gave land away of those that have it.

use crate::fold::fold;
use crate::format::{File, Section, bits, uint};
use crate::places::{NUMBER_BITS, PlaceNumber};
use crate::region::without_kind;

/// Bytes of a district's row: country (2), start of its text (3), lengths of name (1) and wordings (2).
pub(crate) const DISTRICT: usize = 8;
/// Bits of the number of a row.
pub(crate) const ROW_BITS: usize = 9;
/// Before a wording that is a code, which counts only as it is written: `93`, `RE`.
pub(crate) const CODE: char = '=';
/// Between wordings.
pub(crate) const BETWEEN: char = '|';

/// The districts, and the places in them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Districts {
    /// Sorted; of the same length as the next, but for the bits at the end.
    places: &'static [u8],
    in_rows: &'static [u8],
    rows: &'static [u8],
    text: &'static str,
}

/// A district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct District {
    /// Its name as it is shown.
    pub(crate) name: &'static str,
    wordings: &'static str,
}

impl Districts {
    /// Takes the sections; none if their text is none.
    pub(crate) fn new(file: &File<'static>) -> Option<Self> {
        Some(Self {
            places: file.section(Section::DistrictPlaces),
            in_rows: file.section(Section::PlaceDistricts),
            rows: file.section(Section::Districts),
            text: std::str::from_utf8(file.section(Section::DistrictText)).ok()?,
        })
    }

    /// The district that a place lies in, where its country's are known.
    pub(crate) fn of(&self, place: PlaceNumber) -> Option<District> {
        let (mut low, mut high) = (0, self.places.len() * 8 / NUMBER_BITS);
        while low < high {
            let middle = usize::midpoint(low, high);
            match bits(self.places, NUMBER_BITS, middle).cmp(&place) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return self.row(bits(self.in_rows, ROW_BITS, middle) as usize),
            }
        }
        None
    }

    /// The districts of a country.
    pub(crate) fn in_country(&self, country: [u8; 2]) -> impl Iterator<Item = District> {
        let districts = *self;
        let is_there = move |row: &usize| {
            districts.rows.get(row * DISTRICT..row * DISTRICT + 2) == Some(country.as_slice())
        };
        (0..self.rows.len() / DISTRICT).filter(is_there).filter_map(move |row| districts.row(row))
    }

    fn row(&self, row: usize) -> Option<District> {
        let at = row * DISTRICT;
        let start = uint::<3>(self.rows, at + 2) as usize;
        let (name, wordings) = (uint::<1>(self.rows, at + 5) as usize, uint::<2>(self.rows, at + 6) as usize);
        Some(District {
            name: self.text.get(start..start + name)?,
            wordings: self.text.get(start + name..start + name + wordings)?,
        })
    }
}

impl District {
    /// Whether this text names the district: its name, another wording, with or without a word for what it is, or its code.
    pub(crate) fn is_written(self, written: &str) -> bool {
        let bare = without_kind(&fold(written));
        self.wordings.split(BETWEEN).any(|wording| match wording.strip_prefix(CODE) {
            Some(code) => code == written.trim(),
            None => wording == bare,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::Gazetteer;

    #[test]
    fn a_district_is_known_by_name_wording_and_code() {
        let written = |country: &str, text: &str| -> Vec<&str> {
            let code = country.as_bytes().try_into().expect("two letters");
            let all = Gazetteer::embedded().districts.in_country(code);
            all.filter(|district| district.is_written(text)).map(|district| district.name).collect()
        };
        for (country, text, name) in [
            ("FR", "93", "Seine-Saint-Denis"),
            ("FR", "Isère", "Isère"),
            ("FR", "département de la Loire", "Loire"),
            ("FR", "2A", "Corse-du-Sud"),
            ("IT", "RE", "Reggio Emilia"),
            ("IT", "prov. di Torino", "Torino"),
            ("ES", "Guipúzcoa", "Gipuzkoa"),
            ("BE", "Province de Liège", "Liège"),
            ("GB", "Herts", "Hertfordshire"),
        ] {
            assert!(written(country, text).contains(&name), "{text}: {:?}", written(country, text));
        }
        assert!(written("GB", "Berkshire").contains(&"Bracknell Forest"));
        assert!(written("GB", "Yorkshire").len() > 10);
        // A code counts as it is written only, and codes of districts that nobody writes do not.
        assert!(written("IT", "re").is_empty() && written("GB", "B3").is_empty());
    }
}
