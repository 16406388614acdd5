//! Backups of a whole installation, taken while it runs, and what it takes to trust them.
//!
//! A backup is an [archive] of everything, read out of one snapshot of the database: it holds every write that
//! was acknowledged before it began, of all programmes at the same moment, whichever back end they are on. It can be restored to
//! either. Data keys stay wrapped by the master key, which is in no backup and has to be kept by itself.
//!
//! What was done stays done: work that was over is over in the restored database. Of work that waited nobody knows what
//! became of it after the backup was taken, so [`restore`] holds it unless told otherwise.

#[cfg(all(test, feature = "sqlite"))]
mod tests;
#[cfg(feature = "sqlite")]
mod verify;

use std::path::Path;

use chrono::{DateTime, SubsecRound as _, Utc};

#[cfg(feature = "sqlite")]
pub use verify::{Examined, ExaminedJournal, verify};

use crate::Database;
use crate::archive::{self, ArchiveError, Manifest, WaitingWork};

/// What a restore put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What the backup held.
    pub manifest: Manifest,
    /// How much work was held, so that nothing is done twice.
    pub held: u64,
}

/// Takes a backup into a new file, while others read and write. `now` is what the backup says of itself.
///
/// # Errors
///
/// [`ArchiveError`]; there is no file then.
pub async fn create(database: &Database, file: &Path, now: DateTime<Utc>) -> Result<Manifest, ArchiveError> {
    archive::write_all(database, now.trunc_subsecs(6), file).await
}

/// Puts everything that a backup holds into a database that holds nothing.
///
/// # Errors
///
/// [`ArchiveError::NotEmpty`] for any other database; [`ArchiveError`] for a backup that is not whole. Nothing is stored then.
pub async fn restore(database: &Database, file: &Path, work: WaitingWork) -> Result<Restored, ArchiveError> {
    let (manifest, held) = archive::put_all(database, file, work).await?;
    Ok(Restored { manifest, held })
}
