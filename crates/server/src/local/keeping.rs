//! Moving programmes between databases, and backups of a whole one.

use std::path::Path;

use sister_cities_domain::id::ProgrammeId;
use sister_cities_storage::archive::{self, ArchiveError, Manifest, WaitingWork};
use sister_cities_storage::backup::{self, Examined, Restored};
use sister_cities_storage::vault::MasterKey;

use super::Local;

/// What becomes of work that waits in a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "it is held or it is done")]
pub enum Waiting {
    /// What is due is held, as it may have been done since the backup was taken.
    Held,
    /// It is done: nothing ran since the backup was taken.
    Resumed,
}

impl Local {
    /// Takes a programme out into a new file.
    ///
    /// # Errors
    ///
    /// As [`archive::export_programme`].
    pub async fn export_programme(
        &self,
        programme: ProgrammeId,
        file: &Path,
        transfer: Option<&MasterKey>,
    ) -> Result<Manifest, ArchiveError> {
        archive::export_programme(self.app.database(), programme, file, transfer).await
    }

    /// Puts the programme of an archive in.
    ///
    /// # Errors
    ///
    /// As [`archive::import_programme`].
    pub async fn import_programme(
        &self,
        file: &Path,
        transfer: Option<&MasterKey>,
    ) -> Result<Manifest, ArchiveError> {
        archive::import_programme(self.app.database(), file, transfer).await
    }

    /// Takes a backup of everything into a new file, while others may write.
    ///
    /// # Errors
    ///
    /// As [`backup::create`].
    pub async fn create_backup(&self, file: &Path) -> Result<Manifest, ArchiveError> {
        backup::create(self.app.database(), file, self.app.clock().now()).await
    }

    /// Restores a backup to this database, which must hold nothing.
    ///
    /// # Errors
    ///
    /// As [`backup::restore`].
    pub async fn restore_backup(&self, file: &Path, waiting: Waiting) -> Result<Restored, ArchiveError> {
        let work = match waiting {
            Waiting::Held => WaitingWork::HoldDueBy(self.app.clock().now()),
            Waiting::Resumed => WaitingWork::Resume,
        };
        backup::restore(self.app.database(), file, work).await
    }
}

/// Restores a backup to a scratch place, examines it there, and reads it back.
///
/// # Errors
///
/// As [`backup::verify`].
pub async fn verify_backup(file: &Path, master: Option<&MasterKey>) -> Result<Examined, ArchiveError> {
    backup::verify(file, master).await
}
