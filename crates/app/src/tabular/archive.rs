//! Looks into a workbook's archive before anything is unpacked for use.
//!
//! Sizes in a ZIP directory are claims. So each entry is inflated into nothing, counted, and given up on as soon as it
//! passes a limit; only an archive that was measured whole goes on to the workbook reader. It is read by the crate by which
//! `calamine` reads it, so both see the same archive; and its form is held strictly (nothing before it, nothing behind it, no
//! second copy of a name).

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::error::ZipFault;
use super::limits::Limits;

/// Entries that unpack to less than this may do so at any ratio: a page of blanks is no bomb, and the total is limited anyway.
const RATIO_FREE_BYTES: usize = 1024 * 1024;

const END_OF_DIRECTORY_BYTES: usize = 22;

/// An archive that keeps to the limits.
pub(super) struct Measured<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of its entries, in lower case.
    pub(super) names: BTreeSet<String>,
}

impl<'a> Measured<'a> {
    /// Measures an archive.
    pub(super) fn new(bytes: &'a [u8], limits: &Limits) -> Result<Self, ZipFault> {
        // Before room is made for so many.
        let entries = declared_entries(bytes)?;
        if entries > limits.zip_entries {
            return Err(ZipFault::TooManyEntries { entries, limit: limits.zip_entries });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.offset() != 0 {
            return Err(ZipFault::Damaged { what: "the directory is not where the archive says" });
        }
        // The reader keeps one entry of each name.
        if archive.len() != entries {
            return Err(ZipFault::Damaged { what: "the directory holds other entries than it counts" });
        }
        let mut measured = Self { archive, names: BTreeSet::new() };
        let mut left = limits.inflated_bytes;
        for index in 0..entries {
            let (name, bytes) = measured.measure(index, left, limits)?;
            left -= bytes;
            if !measured.names.insert(name.to_ascii_lowercase()) {
                return Err(ZipFault::Duplicate { entry: name });
            }
        }
        Ok(measured)
    }

    /// What is inside each entry.
    pub(super) fn contents(mut self) -> Result<Vec<Vec<u8>>, ZipFault> {
        let mut contents = Vec::with_capacity(self.archive.len());
        for index in 0..self.archive.len() {
            let mut entry = self.archive.by_index(index).map_err(damaged)?;
            let mut content = Vec::new();
            if entry.read_to_end(&mut content).is_err() {
                return Err(ZipFault::Lies { entry: String::from_utf8_lossy(entry.name_raw()).into_owned() });
            }
            contents.push(content);
        }
        Ok(contents)
    }

    /// The text of one entry, by its name in any case.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let at = (0..self.archive.len()).find(|&at| {
            let found = self
                .archive
                .by_index_data(at)
                .map(|data| String::from_utf8_lossy(data.name_raw()).into_owned());
            found.is_ok_and(|found| found.eq_ignore_ascii_case(name))
        })?;
        let mut entry = self.archive.by_index(at).ok()?;
        let mut content = Vec::new();
        entry.read_to_end(&mut content).ok()?;
        Some(String::from_utf8_lossy(&content).into_owned())
    }

    /// Inflates an entry into nothing; returns its name and how many bytes came out.
    fn measure(&mut self, index: usize, left: usize, limits: &Limits) -> Result<(String, usize), ZipFault> {
        let data = self.archive.by_index_data(index).map_err(damaged)?;
        let name = String::from_utf8_lossy(data.name_raw()).into_owned();
        if data.encrypted() {
            return Err(ZipFault::Encrypted);
        }
        #[expect(deprecated, reason = "the number of the method is told, whichever it is")]
        if let CompressionMethod::Unsupported(method) = data.compression() {
            return Err(ZipFault::Method { entry: name, method });
        }
        let (packed, claimed, sum) = (data.compressed_size(), data.size(), data.crc32());
        let method = data.compression();
        let packed = usize::try_from(packed).unwrap_or(usize::MAX);
        let allowed = left.min(RATIO_FREE_BYTES.max(packed.saturating_mul(limits.inflation_ratio)));
        let lies = || ZipFault::Lies { entry: name.clone() };
        // Raw, as the reader would stop at the size that is claimed.
        let raw = self.archive.by_index_raw(index).map_err(|_| lies())?;
        let measured = if method == CompressionMethod::Stored {
            measure(raw, allowed)
        } else {
            measure(DeflateDecoder::new(raw), allowed)
        };
        match measured.map_err(|_| lies())? {
            None if allowed == left => Err(ZipFault::TooLarge { limit: limits.inflated_bytes }),
            None => Err(ZipFault::Ratio { entry: name, limit: limits.inflation_ratio }),
            Some((count, found)) if u64::try_from(count) != Ok(claimed) || found != sum => Err(lies()),
            Some((count, _)) => Ok((name, count)),
        }
    }
}

/// How many bytes there are and their sum; none if there are more than are allowed.
fn measure(mut source: impl Read, allowed: usize) -> std::io::Result<Option<(usize, u32)>> {
    let (mut count, mut sum) = (0_usize, Crc::new());
    let mut buffer = [0_u8; 16 * 1024];
    loop {
        let read = source.read(&mut buffer)?;
        if read == 0 {
            return Ok(Some((count, sum.sum())));
        }
        count += read;
        if count > allowed {
            return Ok(None);
        }
        sum.update(&buffer[..read]);
    }
}

/// How many entries the archive says it has. The end record must be the last thing in the file, without a comment: no
/// spreadsheet program writes one.
fn declared_entries(bytes: &[u8]) -> Result<usize, ZipFault> {
    let end = bytes.len().checked_sub(END_OF_DIRECTORY_BYTES).and_then(|start| bytes.get(start..));
    match end {
        // So many in this part of the archive, so many in all.
        Some(&[b'P', b'K', 5, 6, _, _, _, _, here_low, here_high, low, high, .., 0, 0])
            if (here_low, here_high) == (low, high) =>
        {
            Ok(usize::from(u16::from_le_bytes([low, high])))
        }
        _ => Err(ZipFault::Damaged { what: "no directory at its end" }),
    }
}

fn damaged(_: ZipError) -> ZipFault {
    ZipFault::Damaged { what: "the directory is garbled" }
}
