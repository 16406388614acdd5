//! Archives: programmes taken out of a database into one file of an open format, and put into another.
//!
//! An archive is a ZIP file with a `manifest.json` and, for each programme, files of lines that are one JSON object each;
//! `docs/archive-format.md` describes them for other programs. What it holds is what is stored, of one moment: records with
//! all their past, who changed them, the journal with its hashes and salts, documents, stored replies, work, and the data keys, wrapped.
//! Sensitive values stay encrypted. Columns are left out, as they follow from the bodies; so an archive of one back end fits any other.
//!
//! Rows flow page by page between a back end ([`Portable`]) and the file, so memory stays bounded both ways, but for a few
//! hundred bytes for each document. What is put in is one commit: all of it, or nothing.

mod error;
mod keys;
mod line;
mod manifest;
mod pack;
mod port;
mod rows;
#[cfg(all(test, feature = "sqlite"))]
pub(crate) mod tests;
mod unpack;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sister_cities_domain::id::ProgrammeId;
use tempfile::NamedTempFile;

pub use error::ArchiveError;
pub use manifest::{Holds, KeyWrapping, Manifest, PartContent, RealmContent};
pub use port::{ItemSender, Items, Journals, Portable, Rules, Scope, WaitingWork};
pub(crate) use port::{PAGE, raw_record, stream};
pub use rows::{ChangeRow, DocumentRow, EntryRow, Item, Part, PastRow, RecordRow, Rows, WorkRow};
pub use unpack::LONGEST_DOCUMENT;

use keys::Transfer;
use pack::Label;
use unpack::Unpacker;

use crate::vault::MasterKey;
use crate::{Database, Unavailable};

/// Takes one programme out of a database into a new file. The same content gives the same file, byte for byte.
///
/// With a transfer key, the data keys of the programme are wrapped for it on the way; without one they fit an installation with
/// the same master key only.
///
/// # Errors
///
/// [`ArchiveError`]; there is no file then.
pub async fn export_programme(
    database: &Database,
    programme: ProgrammeId,
    file: &Path,
    transfer: Option<&MasterKey>,
) -> Result<Manifest, ArchiveError> {
    let transfer = Transfer::outbound(master(database), transfer)?;
    let label = Label { holds: Holds::Programme, taken_at: None };
    write(database, Scope::Programme(programme), label, transfer, file).await
}

/// Puts the programme of an archive into a database where it is not.
///
/// # Errors
///
/// [`ArchiveError`], which names what is wrong; nothing is stored then.
pub async fn import_programme(
    database: &Database,
    file: &Path,
    transfer: Option<&MasterKey>,
) -> Result<Manifest, ArchiveError> {
    let manifest = manifest_of(file, Holds::Programme).await?;
    let keys = manifest.realms.iter().map(|content| content.lines(&Part::Keys.file())).sum::<u64>();
    if keys > 0 && master(database).is_none() {
        return Err(ArchiveError::Keys(NO_MASTER_KEY));
    }
    let inbound = || Transfer::inbound(&manifest, master(database), transfer);
    let Some(programme) = manifest.realms.first().and_then(|content| content.programme) else {
        return Err(ArchiveError::NotWhole("it names no programme".to_owned()));
    };
    // Everything once without a database, so that none is held up by an archive that is not whole.
    read_through(file, inbound()?).await?;
    let rules = Rules {
        scope: Scope::Programme(programme),
        journals: Journals::MustBeWhole,
        work: WaitingWork::Resume,
    };
    put(database, file, inbound()?, rules).await?;
    Ok(manifest)
}

const NO_MASTER_KEY: &str =
    "the archive holds sensitive values, which are of no use without a master key: name its file";

/// Takes everything out of a database into a new file.
pub(crate) async fn write_all(
    database: &Database,
    taken_at: DateTime<Utc>,
    file: &Path,
) -> Result<Manifest, ArchiveError> {
    let label = Label { holds: Holds::Installation, taken_at: Some(taken_at) };
    write(database, Scope::Installation, label, Transfer::AsStored, file).await
}

/// Puts everything that an archive holds into a database that holds nothing. Says how much work was held.
pub(crate) async fn put_all(
    database: &Database,
    file: &Path,
    work: WaitingWork,
) -> Result<(Manifest, u64), ArchiveError> {
    let manifest = manifest_of(file, Holds::Installation).await?;
    let inbound = || Transfer::inbound(&manifest, master(database), None);
    read_through(file, inbound()?).await?;
    let rules = Rules { scope: Scope::Installation, journals: Journals::AsTheyAre, work };
    let held = put(database, file, inbound()?, rules).await?;
    Ok((manifest, held))
}

fn master(database: &Database) -> Option<&MasterKey> {
    database.vault().map(|vault| vault.master())
}

/// Writes beside the target, and gives the file its name when it is whole.
async fn write(
    database: &Database,
    scope: Scope,
    label: Label,
    transfer: Transfer,
    target: &Path,
) -> Result<Manifest, ArchiveError> {
    if target.exists() {
        return Err(ArchiveError::FileExists);
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    // For its owner only, and gone if it does not get its name.
    let fresh = NamedTempFile::new_in(folder).map_err(ArchiveError::writing)?;
    let file = fresh.reopen().map_err(ArchiveError::writing)?;
    let items = database.store().take_out(scope);
    let packed = blocking(move || pack::pack(file, label, &transfer, items)).await?;
    fresh.persist_noclobber(target).map_err(|refused| {
        let taken = refused.error.kind() == std::io::ErrorKind::AlreadyExists;
        if taken { ArchiveError::FileExists } else { ArchiveError::writing(refused.error) }
    })?;
    #[cfg(unix)]
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(ArchiveError::writing)?;
    Ok(packed)
}

/// The manifest of an archive that holds what was asked for.
async fn manifest_of(file: &Path, expected: Holds) -> Result<Manifest, ArchiveError> {
    let path = file.to_owned();
    let manifest = blocking(move || Ok(Unpacker::open(&path)?.manifest().clone())).await?;
    if manifest.holds == expected {
        return Ok(manifest);
    }
    Err(ArchiveError::Holds { found: manifest.holds.words(), expected: expected.words() })
}

/// Reads all of an archive against its checksums.
async fn read_through(file: &Path, transfer: Transfer) -> Result<(), ArchiveError> {
    let path = file.to_owned();
    blocking(move || Unpacker::open(&path)?.read(&transfer, &mut |_| Ok(()))).await
}

async fn put(
    database: &Database,
    file: &Path,
    transfer: Transfer,
    rules: Rules,
) -> Result<u64, ArchiveError> {
    let (out, items) = stream();
    let path: PathBuf = file.to_owned();
    let reading = tokio::task::spawn_blocking(move || {
        let mut give = |item| out.blocking_send(Ok(item)).map_err(|_| Unavailable::Closed.into());
        Unpacker::open(&path)?.read(&transfer, &mut give)
    });
    let held = database.store().put_in(items, rules).await;
    let read = reading.await.map_err(|_| Unavailable::Closed)?;
    match (held, read) {
        // The reader's word first, as the other end only knows that there was no more, but for a closed stream.
        (Err(_), Err(error)) if !matches!(error, ArchiveError::Unavailable(Unavailable::Closed)) => {
            Err(error)
        }
        (held, _) => held,
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ArchiveError> + Send + 'static,
) -> Result<T, ArchiveError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Unavailable::Closed)?
}
