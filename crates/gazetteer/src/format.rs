//! The layout of `data/gazetteer.bin`: a header with the length of each section, then the sections, all little-endian.
//!
//! Nothing is parsed at start: a section is a slice, and a table reads its rows out of it when asked. Reading outside a
//! section gives zeros, never a panic; that the embedded file is whole is a test's concern.

/// First bytes of the file; the digit is the version of the layout.
pub(crate) const MAGIC: &[u8; 8] = b"sc-gaz-3";

/// The sections in the order in which they lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Letters and their codes, see `alphabet`.
    Alphabet,
    /// Automaton from coded names to places or lists of places, see `names`.
    Names,
    /// Lists of the places that share a name.
    NameLists,
    /// Facts of each place, see `places`.
    Records,
    /// Places in the order of their GeoNames ids.
    IdOrder,
    /// Where each block of titles begins.
    TitleBlocks,
    /// Official names, each block front-coded.
    Titles,
    /// Where each name of a time zone starts, then the names.
    Zones,
    /// First-order divisions, sorted by country and code.
    Regions,
    /// Their codes and names.
    RegionText,
    /// Country codes, two letters each.
    Countries,
    /// Automaton from coded country labels to what they mean, see `country::table`.
    CountryLabels,
    /// Names of parts of countries, with newlines between them.
    CountryParts,
    /// Letters of other names, where they carry marks, see `letters`.
    Forms,
    /// Places in second-order divisions, see `district`.
    DistrictPlaces,
    /// The divisions in which they lie.
    PlaceDistricts,
    /// The divisions, sorted by country and code.
    Districts,
    /// Their names and other wordings.
    DistrictText,
}

/// How many sections there are.
pub(crate) const SECTIONS: usize = 18;

const HEADER: usize = MAGIC.len() + 4 * SECTIONS;

/// The sections of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'a> {
    data: &'a [u8],
}

impl<'a> File<'a> {
    /// Takes the bytes of a file, or nothing if they are not one.
    pub(crate) fn open(data: &'a [u8]) -> Option<Self> {
        let file = Self { data };
        let total: usize = (0..SECTIONS).map(|at| file.length(at)).sum();
        (data.starts_with(MAGIC) && data.len() == HEADER + total).then_some(file)
    }

    fn length(&self, at: usize) -> usize {
        uint::<4>(self.data, MAGIC.len() + 4 * at) as usize
    }

    /// One section.
    pub(crate) fn section(&self, section: Section) -> &'a [u8] {
        let at = section as usize;
        let start = HEADER + (0..at).map(|before| self.length(before)).sum::<usize>();
        self.data.get(start..start + self.length(at)).unwrap_or_default()
    }
}

/// Joins sections, in their order, into a file.
#[cfg(feature = "codegen")]
pub(crate) fn join(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    for section in sections {
        file.extend(u32::try_from(section.len()).unwrap_or(u32::MAX).to_le_bytes());
    }
    file.extend(sections.iter().flatten());
    file
}

/// Reads an unsigned number of `N` bytes, at most four; zero outside the data.
pub(crate) fn uint<const N: usize>(data: &[u8], at: usize) -> u32 {
    let mut bytes = [0; 4];
    if let (Some(from), Some(to)) = (data.get(at..at + N), bytes.get_mut(..N)) {
        to.copy_from_slice(from);
    }
    u32::from_le_bytes(bytes)
}

/// Reads an unsigned number of `width` bits, at most 24, at the position of a row of that width; zero outside the data.
pub(crate) fn bits(data: &[u8], width: usize, row: usize) -> u32 {
    let bit = row * width;
    let tail = data.get(bit / 8..).unwrap_or_default();
    let mut bytes = [0; 4];
    let take = tail.len().min(4);
    bytes[..take].copy_from_slice(&tail[..take]);
    (u32::from_le_bytes(bytes) >> (bit % 8)) & ((1 << width) - 1)
}

#[cfg(test)]
mod tests {
    use super::{File, bits, uint};

    #[test]
    fn numbers_are_read_where_they_lie_and_zero_elsewhere() {
        assert_eq!(uint::<3>(&[9, 1, 2, 3], 1), 0x03_02_01);
        assert_eq!(uint::<4>(&[9, 1, 2, 3], 1), 0);
        assert_eq!(bits(&[0b1010_0101, 0b0000_0011], 5, 1), 0b11101);
        assert_eq!(bits(&[0xff], 17, 99), 0);
    }

    #[test]
    fn what_is_not_a_file_is_not_opened() {
        assert!(File::open(b"").is_none());
        assert!(File::open(b"sc-gaz-3").is_none());
        assert!(File::open(&[b'x'; 100]).is_none());
    }
}
