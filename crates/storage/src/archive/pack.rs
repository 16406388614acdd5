//! Writing an archive: rows come in, a ZIP file goes out, one page in memory at a time.

use std::fs::File;
use std::io::{BufWriter, Write as _};

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use sister_cities_domain::value::ContentHash;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::ArchiveError;
use super::keys::Transfer;
use super::line::{DocumentLine, Line, Wrong, record_line};
use super::manifest::{FILE, FORMAT, Holds, Manifest, PartContent, RealmContent, VERSION, folder};
use super::port::Items;
use super::rows::{DocumentRow, Item, Part, Rows};
use crate::audit::Head;
use crate::{Realm, content_hash};

/// What an archive is to say of itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub(super) holds: Holds,
    pub(super) taken_at: Option<DateTime<Utc>>,
}

/// Writes everything that comes into `file`. Works on the calling thread until it is done.
pub(super) fn pack(
    file: File,
    label: Label,
    transfer: &Transfer,
    mut items: Items,
) -> Result<Manifest, ArchiveError> {
    let mut packer = Packer::new(file);
    loop {
        match items.blocking_recv() {
            Some(Ok(Item::Realm(realm, head))) => packer.begin(realm, head)?,
            Some(Ok(Item::Rows(rows))) => packer.add(rows, transfer)?,
            Some(Ok(Item::End)) => return packer.finish(label, transfer),
            Some(Err(error)) => return Err(error),
            None => return Err(crate::Unavailable::Closed.into()),
        }
    }
}

struct Packer {
    zip: ZipWriter<BufWriter<File>>,
    realms: Vec<RealmContent>,
    open: Option<Open>,
    /// What is said of the documents of the realm, which is written after them.
    documents: Vec<DocumentLine>,
}

/// The file inside the archive that is being written.
struct Open {
    part: Part,
    lines: u64,
    digest: Sha256,
}

/// Nothing of the day or the machine goes into the file, so that the same content is the same file.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o600)
        .large_file(true)
}

fn unwritten(error: impl Into<std::io::Error>) -> ArchiveError {
    ArchiveError::writing(error.into())
}

impl Packer {
    fn new(file: File) -> Self {
        let zip = ZipWriter::new(BufWriter::new(file));
        Self { zip, realms: Vec::new(), open: None, documents: Vec::new() }
    }

    fn begin(&mut self, realm: Realm, journal: Head) -> Result<(), ArchiveError> {
        self.close()?;
        let programme = match realm {
            Realm::Programme(programme) => Some(programme),
            Realm::Installation => None,
        };
        self.realms.push(RealmContent { programme, folder: folder(realm), journal, parts: Vec::new() });
        Ok(())
    }

    fn realm(&mut self) -> Result<&mut RealmContent, ArchiveError> {
        self.realms.last_mut().ok_or_else(|| ArchiveError::Contradiction("rows of no programme".to_owned()))
    }

    fn add(&mut self, rows: Rows, transfer: &Transfer) -> Result<(), ArchiveError> {
        match rows {
            Rows::Changes(rows) => self.lines(Part::Changes, rows, Line::to_line),
            Rows::Records(kind, rows) => self.lines(Part::Records(kind), rows, |row| record_line(kind, row)),
            Rows::History(rows) => self.lines(Part::History, rows, Line::to_line),
            Rows::Journal(rows) => self.lines(Part::Journal, rows, Line::to_line),
            Rows::Documents(rows) => rows.into_iter().try_for_each(|row| self.document(&row)),
            Rows::Replies(rows) => self.lines(Part::Replies, rows, Line::to_line),
            Rows::Work(rows) => self.lines(Part::Work, rows, Line::to_line),
            Rows::Keys(rows) => {
                let realm = self.realm()?.realm();
                let rows = rows.into_iter().map(|key| transfer.outward(realm, key));
                let rows = rows.collect::<Result<Vec<_>, _>>()?;
                self.lines(Part::Keys, rows, Line::to_line)
            }
        }
    }

    fn lines<T>(
        &mut self,
        part: Part,
        rows: Vec<T>,
        line: impl Fn(T) -> Result<String, Wrong>,
    ) -> Result<(), ArchiveError> {
        if rows.is_empty() {
            return Ok(());
        }
        if self.open.as_ref().is_none_or(|open| open.part != part) {
            self.close()?;
            let path = format!("{}/{}", self.realm()?.folder, part.file());
            self.zip.start_file(path, options()).map_err(unwritten)?;
            self.open = Some(Open { part, lines: 0, digest: Sha256::new() });
        }
        for row in rows {
            let Some(open) = &mut self.open else { break };
            open.lines += 1;
            let mut text = line(row).map_err(|detail| ArchiveError::Line {
                part: part.file(),
                line: open.lines,
                detail,
            })?;
            text.push('\n');
            open.digest.update(&text);
            self.zip.write_all(text.as_bytes()).map_err(ArchiveError::writing)?;
        }
        Ok(())
    }

    fn document(&mut self, row: &DocumentRow) -> Result<(), ArchiveError> {
        self.close_lines()?;
        let path = format!("{}/documents/{}", self.realm()?.folder, row.hash);
        self.zip.start_file(path, options()).map_err(unwritten)?;
        self.zip.write_all(&row.bytes).map_err(ArchiveError::writing)?;
        self.documents.push(DocumentLine {
            hash: row.hash,
            change: row.change,
            bytes: row.bytes.len() as u64,
            sha256: content_hash(&row.bytes),
        });
        Ok(())
    }

    /// Ends the file that is being written, and that of the documents if there were any.
    fn close(&mut self) -> Result<(), ArchiveError> {
        self.close_lines()?;
        let documents = std::mem::take(&mut self.documents);
        if !documents.is_empty() {
            self.lines(Part::Documents, documents, Line::to_line)?;
            self.close_lines()?;
        }
        Ok(())
    }

    fn close_lines(&mut self) -> Result<(), ArchiveError> {
        if let Some(Open { part, lines, digest }) = self.open.take() {
            let sha256 = ContentHash::from_bytes(digest.finalize().into());
            self.realm()?.parts.push(PartContent { file: part.file(), lines, sha256 });
        }
        Ok(())
    }

    fn finish(mut self, label: Label, transfer: &Transfer) -> Result<Manifest, ArchiveError> {
        self.close()?;
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            holds: label.holds,
            taken_at: label.taken_at,
            keys: transfer.wrapping(),
            realms: self.realms,
        };
        let mut json = serde_json::to_vec_pretty(&manifest).map_err(unwritten)?;
        json.push(b'\n');
        self.zip.start_file(FILE, options()).map_err(unwritten)?;
        self.zip.write_all(&json).map_err(ArchiveError::writing)?;
        let file = self.zip.finish().map_err(unwritten)?.into_inner();
        let file = file.map_err(|error| ArchiveError::writing(error.into_error()))?;
        file.sync_all().map_err(ArchiveError::writing)?;
        Ok(manifest)
    }
}
