//! Verifying a backup: it is restored to a scratch place, examined there, and read back.

use std::path::Path;

use chrono::DateTime;

use crate::archive::{self, ArchiveError, Manifest, RealmContent, WaitingWork};
use crate::audit::{AuditError, Fault, Verified};
use crate::sqlite::SqliteStore;
use crate::vault::MasterKey;
use crate::{Database, Realm, Unavailable};

/// What was seen of a backup that could be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// What it holds.
    pub manifest: Manifest,
    /// The journal of each realm.
    pub journals: Vec<ExaminedJournal>,
}

/// What became of walking a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExaminedJournal {
    /// Whose.
    pub realm: Realm,
    /// Whole, or the first fault.
    pub result: Result<Verified, Fault>,
}

/// Restores a backup to a scratch place that goes afterwards, checks the database there with SQLite's own means, walks the journals,
/// and reads everything back, which must be what the backup holds. With the master key, its data keys are opened too.
///
/// # Errors
///
/// [`ArchiveError`] if it cannot be restored or is not read back equal. A journal that is not whole is part of the answer.
pub async fn verify(file: &Path, master: Option<&MasterKey>) -> Result<Examined, ArchiveError> {
    let scratch = tempfile::tempdir().map_err(|cause| ArchiveError::File { done: "written", cause })?;
    let path = scratch.path().join("restored.db");
    let opened = tokio::task::spawn_blocking(move || SqliteStore::open(&path)).await;
    let store =
        opened.map_err(|_| Unavailable::Closed)?.map_err(|error| Unavailable::Failed(error.to_string()))?;
    let plain = Database::new(store);
    let database = master.map_or_else(|| plain.clone(), |master| plain.clone().sealed_by(master.clone()));
    let (manifest, _) = archive::put_all(&database, file, WaitingWork::Resume).await?;
    let again = scratch.path().join("again.archive");
    let taken_at = manifest.taken_at.unwrap_or(DateTime::UNIX_EPOCH);
    let read_back = archive::write_all(&database, taken_at, &again).await?;
    compare(&manifest, &read_back)?;
    let mut journals = Vec::new();
    for content in &manifest.realms {
        let realm = content.realm();
        let result = match database.realm(realm).verify_journal().await {
            Ok(verified) => Ok(verified),
            Err(AuditError::Fault(fault)) => Err(fault),
            Err(AuditError::Read(error)) => return Err(Unavailable::Failed(error.to_string()).into()),
        };
        journals.push(ExaminedJournal { realm, result });
    }
    // Last, as it asks the file for everything once more.
    let faults = integrity(&scratch.path().join("restored.db")).await?;
    match faults.first() {
        Some(fault) => Err(ArchiveError::Contradiction(format!("the restored database: {fault}"))),
        None => Ok(Examined { manifest, journals }),
    }
}

async fn integrity(path: &Path) -> Result<Vec<String>, ArchiveError> {
    let path = path.to_owned();
    let checked = tokio::task::spawn_blocking(move || crate::sqlite::faults(&path)).await;
    Ok(checked.map_err(|_| Unavailable::Closed)?.map_err(Unavailable::Failed)?)
}

/// Names the first file that differs.
fn compare(held: &Manifest, found: &Manifest) -> Result<(), ArchiveError> {
    let parts = |realms: &[RealmContent]| -> Vec<(String, String)> {
        let of = |content: &RealmContent| -> Vec<(String, String)> {
            let journal = (content.folder.clone(), format!("{:?}", content.journal));
            let part = |part: &archive::PartContent| {
                (format!("{}/{}", content.folder, part.file), format!("{} {}", part.lines, part.sha256))
            };
            std::iter::once(journal).chain(content.parts.iter().map(part)).collect()
        };
        realms.iter().flat_map(of).collect()
    };
    let (held, found) = (parts(&held.realms), parts(&found.realms));
    let differs = held.iter().zip(&found).find(|(held, found)| held != found);
    match differs {
        Some(((name, _), _)) => Err(ArchiveError::NotEqual(name.clone())),
        None if held.len() != found.len() => Err(ArchiveError::NotEqual("the list of parts".to_owned())),
        None => Ok(()),
    }
}
