//! Looks into a workbook's archive before anything is unpacked for use.
//!
//! Sizes in a zip directory are claims. So each entry is inflated into nothing, counted, and given up on as soon as it
//! passes a limit; only an archive that was measured whole goes on to the workbook reader. The form is held strictly
//! (the directory ends where the file ends, no ZIP64, no second copy of a name) so that no two readers can see two different archives.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::error::ZipFault;
use super::limits::Limits;

/// Entries that unpack to less than this may do so at any ratio: a page of blanks is no bomb, and the total is limited anyway.
const RATIO_FREE_BYTES: usize = 1024 * 1024;

const END_OF_DIRECTORY: &[u8] = b"PK\x05\x06";
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL_ENTRY: &[u8] = b"PK\x03\x04";

/// Measures the archive; returns the names of its entries.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Vec<String>, ZipFault> {
    let end = find_end(bytes)?;
    let entries = usize::from(u16_at(bytes, end + 10)?);
    if entries != usize::from(u16_at(bytes, end + 8)?) {
        return Err(ZipFault::Damaged { what: "it is one part of several" });
    }
    if entries > limits.zip_entries {
        return Err(ZipFault::TooManyEntries { entries, limit: limits.zip_entries });
    }
    let size = size_at(bytes, end + 12)?;
    let start = size_at(bytes, end + 16)?;
    if start.checked_add(size) != Some(end) {
        return Err(ZipFault::Damaged { what: "the directory is not where the archive says" });
    }
    let mut at = start;
    let mut names = BTreeSet::new();
    let mut left = limits.inflated_bytes;
    for _ in 0..entries {
        let entry = Entry::read(bytes, at, end)?;
        left -= entry.measure(bytes, left, limits)?;
        at = entry.next;
        if !names.insert(entry.name.to_ascii_lowercase()) {
            return Err(ZipFault::Duplicate { entry: entry.name });
        }
    }
    if at != end {
        return Err(ZipFault::Damaged { what: "the directory holds more than it counts" });
    }
    Ok(names.into_iter().collect())
}

/// What is inside each entry of an archive that was measured.
pub(super) fn contents(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<u8>>, ZipFault> {
    check(bytes, limits)?;
    let end = find_end(bytes)?;
    let mut at = size_at(bytes, end + 16)?;
    let mut contents = Vec::new();
    while at < end {
        let entry = Entry::read(bytes, at, end)?;
        let mut content = Vec::with_capacity(entry.unpacked);
        let lies = |_| ZipFault::Lies { entry: entry.name.clone() };
        entry.source(bytes)?.read_to_end(&mut content).map_err(lies)?;
        contents.push(content);
        at = entry.next;
    }
    Ok(contents)
}

/// The end record must be the last thing in the file, without a comment: no spreadsheet program writes one.
fn find_end(bytes: &[u8]) -> Result<usize, ZipFault> {
    let end = bytes.len().checked_sub(22).ok_or(ZipFault::Damaged { what: "too short" })?;
    if !bytes[end..].starts_with(END_OF_DIRECTORY) || u16_at(bytes, end + 20)? != 0 {
        return Err(ZipFault::Damaged { what: "no directory at its end" });
    }
    Ok(end)
}

struct Entry {
    name: String,
    method: u16,
    crc: u32,
    packed: usize,
    unpacked: usize,
    local: usize,
    next: usize,
}

impl Entry {
    fn read(bytes: &[u8], at: usize, end: usize) -> Result<Self, ZipFault> {
        let short = ZipFault::Damaged { what: "the directory is cut off" };
        let head = bytes.get(at..end).filter(|head| head.len() >= 46).ok_or_else(|| short.clone())?;
        if !head.starts_with(DIRECTORY_ENTRY) {
            return Err(ZipFault::Damaged { what: "the directory is garbled" });
        }
        if u16_at(bytes, at + 8)? & 1 != 0 {
            return Err(ZipFault::Encrypted);
        }
        let name_len = usize::from(u16_at(bytes, at + 28)?);
        let next =
            46 + name_len + usize::from(u16_at(bytes, at + 30)?) + usize::from(u16_at(bytes, at + 32)?);
        let name = head.get(46..46 + name_len).ok_or_else(|| short.clone())?;
        if next > head.len() {
            return Err(short);
        }
        Ok(Self {
            name: String::from_utf8_lossy(name).into_owned(),
            method: u16_at(bytes, at + 10)?,
            crc: u32_at(bytes, at + 16)?,
            packed: size_at(bytes, at + 20)?,
            unpacked: size_at(bytes, at + 24)?,
            local: size_at(bytes, at + 42)?,
            next: at + next,
        })
    }

    /// Inflates the entry into nothing; returns how many bytes came out.
    fn measure(&self, bytes: &[u8], left: usize, limits: &Limits) -> Result<usize, ZipFault> {
        let allowed = left.min(RATIO_FREE_BYTES.max(self.packed.saturating_mul(limits.inflation_ratio)));
        let too_much = || {
            if allowed == left {
                ZipFault::TooLarge { limit: limits.inflated_bytes }
            } else {
                ZipFault::Ratio { entry: self.name.clone(), limit: limits.inflation_ratio }
            }
        };
        let mut source = self.source(bytes)?;
        let mut sum = Crc::new();
        let mut buffer = [0_u8; 16 * 1024];
        let mut count = 0_usize;
        loop {
            let read = source.read(&mut buffer).map_err(|_| ZipFault::Lies { entry: self.name.clone() })?;
            if read == 0 {
                break;
            }
            count += read;
            if count > allowed {
                return Err(too_much());
            }
            sum.update(&buffer[..read]);
        }
        if count != self.unpacked || sum.sum() != self.crc {
            return Err(ZipFault::Lies { entry: self.name.clone() });
        }
        Ok(count)
    }

    fn source<'a>(&self, bytes: &'a [u8]) -> Result<Box<dyn Read + 'a>, ZipFault> {
        let data = self.data(bytes)?;
        match self.method {
            0 => Ok(Box::new(data)),
            8 => Ok(Box::new(DeflateDecoder::new(data))),
            method => Err(ZipFault::Method { entry: self.name.clone(), method }),
        }
    }

    fn data<'a>(&self, bytes: &'a [u8]) -> Result<&'a [u8], ZipFault> {
        let lies = || ZipFault::Lies { entry: self.name.clone() };
        let head = bytes.get(self.local..).filter(|head| head.starts_with(LOCAL_ENTRY)).ok_or_else(lies)?;
        if head.len() < 30 || u16_at(head, 8)? != self.method {
            return Err(lies());
        }
        let skip = 30 + usize::from(u16_at(head, 26)?) + usize::from(u16_at(head, 28)?);
        head.get(skip..).and_then(|rest| rest.get(..self.packed)).ok_or_else(lies)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, ZipFault> {
    match bytes.get(at..).and_then(<[u8]>::first_chunk::<2>) {
        Some(&found) => Ok(u16::from_le_bytes(found)),
        None => Err(ZipFault::Damaged { what: "cut off" }),
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, ZipFault> {
    match bytes.get(at..).and_then(<[u8]>::first_chunk::<4>) {
        Some(&found) => Ok(u32::from_le_bytes(found)),
        None => Err(ZipFault::Damaged { what: "cut off" }),
    }
}

/// A size or an offset. The marker of ZIP64 (all ones) lies beyond any file that is read, so it fails like any wrong offset.
fn size_at(bytes: &[u8], at: usize) -> Result<usize, ZipFault> {
    usize::try_from(u32_at(bytes, at)?).map_err(|_| ZipFault::Damaged { what: "a size" })
}
