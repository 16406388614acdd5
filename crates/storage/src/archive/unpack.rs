//! Reading an archive: every part against its checksum, line by line, one page in memory at a time.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use sha2::{Digest as _, Sha256};
use sister_cities_domain::value::ContentHash;
use zip::ZipArchive;
use zip::result::ZipError;

use super::ArchiveError;
use super::keys::Transfer;
use super::line::{DocumentLine, Line, Wrong, record_of_line};
use super::manifest::{FILE, Manifest, PartContent, RealmContent};
use super::port::PAGE;
use super::rows::{ChangeRow, DocumentRow, EntryRow, Item, Part, PastRow, Rows, WorkRow};
use crate::vault::WrappedKey;
use crate::{IdempotencyRecord, Realm};

/// No manifest is longer than this, in bytes.
const LONGEST_MANIFEST: u64 = 64 << 20;
/// No line is longer than this, in bytes: each says one record, and none has a body near that.
const LONGEST_LINE: u64 = 16 << 20;
/// No document is longer than this, in bytes: no server takes longer files in, whatever its settings.
pub const LONGEST_DOCUMENT: u64 = 16 << 20;
/// A page of rows is not longer than this, in bytes, but for its last line.
const LONGEST_PAGE: usize = 4 << 20;

/// Takes what is read; an error ends the reading.
pub(super) type Sink<'a> = dyn FnMut(Item) -> Result<(), ArchiveError> + 'a;

/// An archive, open for reading.
pub(super) struct Unpacker {
    zip: ZipArchive<BufReader<File>>,
    manifest: Manifest,
}

fn of_zip(part: &str, error: ZipError) -> ArchiveError {
    match error {
        ZipError::Io(error) => ArchiveError::reading(part, error),
        ZipError::FileNotFound => ArchiveError::NotWhole(format!("{part} is missing")),
        other @ (ZipError::InvalidArchive(_) | ZipError::UnsupportedArchive(_) | _) => {
            ArchiveError::NotWhole(format!("{part}: {other}"))
        }
    }
}

impl Unpacker {
    /// Opens an archive and reads its manifest.
    pub(super) fn open(path: &Path) -> Result<Self, ArchiveError> {
        let file = File::open(path).map_err(|cause| ArchiveError::File { done: "read", cause })?;
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|error| of_zip("the whole", error))?;
        let mut json = Vec::new();
        let entry = zip.by_name(FILE).map_err(|error| of_zip(FILE, error))?;
        let read = entry.take(LONGEST_MANIFEST).read_to_end(&mut json);
        read.map_err(|cause| ArchiveError::reading(FILE, cause))?;
        let manifest = Manifest::from_json(&json)?;
        Ok(Self { zip, manifest })
    }

    pub(super) const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Reads all of it, and gives it away in the order in which it was written. Works on the calling thread until it is done.
    pub(super) fn read(&mut self, transfer: &Transfer, sink: &mut Sink<'_>) -> Result<(), ArchiveError> {
        let mut left: BTreeSet<String> = BTreeSet::new();
        for name in self.zip.file_names() {
            left.insert(name.map_err(|error| of_zip("a name", error))?.into_owned());
        }
        left.remove(FILE);
        for content in self.manifest.realms.clone() {
            sink(Item::Realm(content.realm(), content.journal))?;
            let mut changes = 0;
            for part in &content.parts {
                left.remove(&format!("{}/{}", content.folder, part.file));
                let mut reading = Reading { zip: &mut self.zip, content: &content, part, transfer };
                reading.part(&mut changes, &mut left, sink)?;
            }
        }
        match left.pop_first() {
            Some(stranger) => Err(ArchiveError::Stranger(stranger)),
            None => sink(Item::End),
        }
    }
}

/// The reading of one part.
struct Reading<'a> {
    zip: &'a mut ZipArchive<BufReader<File>>,
    content: &'a RealmContent,
    part: &'a PartContent,
    transfer: &'a Transfer,
}

impl Reading<'_> {
    /// Reads the part. `changes` is how many commits there are by what was read before.
    fn part(
        &mut self,
        changes: &mut u64,
        left: &mut BTreeSet<String>,
        sink: &mut Sink<'_>,
    ) -> Result<(), ArchiveError> {
        let file = &self.part.file;
        let part = Part::of_file(file)
            .ok_or_else(|| ArchiveError::NotWhole(format!("this program knows no part {file}")))?;
        let realm = self.content.realm();
        let known = |change: u64, last: u64| {
            if (1..=last).contains(&change) { Ok(()) } else { Err(format!("there is no change {change}")) }
        };
        match part {
            Part::Changes => {
                let mut next = 1;
                self.lines(Rows::Changes, sink, |line| {
                    let row = ChangeRow::of_line(line)?;
                    if row.number != next {
                        return Err(format!("expected change {next}, found {}", row.number));
                    }
                    next += 1;
                    Ok(row)
                })?;
                *changes = next - 1;
                Ok(())
            }
            Part::Records(kind) => self.lines(
                |rows| Rows::Records(kind, rows),
                sink,
                |line| {
                    let row = record_of_line(kind, line)?;
                    known(row.change, *changes).map(|()| row)
                },
            ),
            Part::History => self.lines(Rows::History, sink, |line| {
                let row = PastRow::of_line(line)?;
                known(row.change, *changes)?;
                let until = row.until.unwrap_or(row.change);
                known(until, *changes)?;
                if row.until.is_some() && until <= row.change {
                    return Err(format!("expected until to be later than change {}", row.change));
                }
                Ok(row)
            }),
            Part::Journal => self.lines(Rows::Journal, sink, |line| {
                let row = EntryRow::of_line(line)?;
                known(row.change, *changes).map(|()| row)
            }),
            Part::Documents => self.documents(*changes, left, sink),
            Part::Replies => self.lines(Rows::Replies, sink, IdempotencyRecord::of_line),
            Part::Work => self.lines(Rows::Work, sink, WorkRow::of_line),
            Part::Keys => self.keys(realm, sink),
        }
    }

    fn keys(&mut self, realm: Realm, sink: &mut Sink<'_>) -> Result<(), ArchiveError> {
        let mut keys = Vec::new();
        self.lines(
            Rows::Keys,
            &mut |item| {
                if let Item::Rows(Rows::Keys(rows)) = item {
                    keys.extend(rows);
                }
                Ok(())
            },
            WrappedKey::of_line,
        )?;
        let opened = keys.into_iter().map(|key| self.transfer.inward(realm, key));
        sink(Item::Rows(Rows::Keys(opened.collect::<Result<_, _>>()?)))
    }

    /// The documents: first what is said of them, then the files.
    fn documents(
        &mut self,
        changes: u64,
        left: &mut BTreeSet<String>,
        sink: &mut Sink<'_>,
    ) -> Result<(), ArchiveError> {
        let mut said: Vec<DocumentLine> = Vec::new();
        // The lines pass through rows of documents without bytes, to be counted and checked as others are.
        self.lines(Rows::Documents, &mut |_| Ok(()), |line| {
            let one = DocumentLine::of_line(line)?;
            if !(1..=changes).contains(&one.change) {
                return Err(format!("there is no change {}", one.change));
            }
            if one.bytes > LONGEST_DOCUMENT {
                return Err(format!("expected a document of at most 16 MiB, found {} bytes", one.bytes));
            }
            // Each has a file of its own, so what is said of documents cannot grow beyond the files that there are.
            if said.len() >= left.len() {
                return Err("there are fewer files of documents than this".to_owned());
            }
            let row = DocumentRow { hash: one.hash, change: one.change, bytes: Vec::new() };
            said.push(one);
            Ok(row)
        })?;
        for DocumentLine { hash, change, bytes: length, sha256 } in said {
            let path = format!("{}/documents/{hash}", self.content.folder);
            if !left.remove(&path) {
                return Err(ArchiveError::NotWhole(format!("{path} is missing")));
            }
            let mut bytes = Vec::new();
            let entry = self.zip.by_name(&path).map_err(|error| of_zip(&path, error))?;
            let read = entry.take(length.saturating_add(1)).read_to_end(&mut bytes);
            read.map_err(|cause| ArchiveError::reading(&path, cause))?;
            let found = crate::content_hash(&bytes);
            if found != sha256 {
                return Err(ArchiveError::Checksum { part: path, found, expected: sha256 });
            }
            sink(Item::Rows(Rows::Documents(vec![DocumentRow { hash, change, bytes }])))?;
        }
        Ok(())
    }

    /// Reads the lines of the part, and compares it with what the manifest says of it.
    fn lines<T>(
        &mut self,
        rows: impl Fn(Vec<T>) -> Rows,
        sink: &mut Sink<'_>,
        mut read: impl FnMut(&str) -> Result<T, Wrong>,
    ) -> Result<(), ArchiveError> {
        let path = format!("{}/{}", self.content.folder, self.part.file);
        let entry = self.zip.by_name(&path).map_err(|error| of_zip(&path, error))?;
        let mut entry = BufReader::new(entry);
        let (mut number, mut digest) = (0, Sha256::new());
        let (mut page, mut size) = (Vec::new(), 0);
        let mut line = Vec::new();
        loop {
            line.clear();
            let taken = (&mut entry).take(LONGEST_LINE).read_until(b'\n', &mut line);
            taken.map_err(|cause| ArchiveError::reading(&path, cause))?;
            if line.is_empty() {
                break;
            }
            digest.update(&line);
            number += 1;
            size += line.len();
            let wrong = |detail: String| ArchiveError::Line { part: path.clone(), line: number, detail };
            let text = line
                .strip_suffix(b"\n")
                .ok_or_else(|| wrong("it has no end, or is longer than 16 MiB".to_owned()))?;
            let text = std::str::from_utf8(text).map_err(|error| wrong(error.to_string()))?;
            page.push(read(text).map_err(wrong)?);
            if page.len() >= PAGE || size >= LONGEST_PAGE {
                sink(Item::Rows(rows(std::mem::take(&mut page))))?;
                size = 0;
            }
        }
        if !page.is_empty() {
            sink(Item::Rows(rows(page)))?;
        }
        let found = ContentHash::from_bytes(digest.finalize().into());
        if found != self.part.sha256 {
            return Err(ArchiveError::Checksum { part: path, found, expected: self.part.sha256 });
        }
        if number != self.part.lines {
            return Err(ArchiveError::Lines { part: path, found: number, expected: self.part.lines });
        }
        Ok(())
    }
}
