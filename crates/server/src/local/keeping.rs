//! Moving programmes between databases, and backups of a whole one.

use std::path::Path;

use sister_cities_app::AppError;
use sister_cities_domain::access::Caller;
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

/// What becomes of the access tokens that a programme brings along from where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "they are good here or they are not")]
pub enum BroughtTokens {
    /// They are revoked: who could read the archive, or had access there, has none here.
    Revoked,
    /// They are good here as they were there.
    Kept,
}

/// A programme that was put in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ImportedProgramme {
    /// What the archive held.
    pub manifest: Manifest,
    /// How many access tokens came along that were accepted where the programme was.
    pub live_tokens: usize,
    /// What became of them.
    pub tokens: BroughtTokens,
}

/// Why a programme was not put in as was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportProgrammeError {
    /// It was not put in.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// It is in, and access tokens that came along may still be good.
    #[error(
        "the programme is in, but the access tokens that came along could not be revoked; revoke them by `token revoke`"
    )]
    Tokens(#[from] AppError),
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

    /// Puts the programme of an archive in, and sees to the access tokens that it brings along.
    ///
    /// # Errors
    ///
    /// [`ImportProgrammeError`].
    pub async fn import_programme(
        &self,
        file: &Path,
        transfer: Option<&MasterKey>,
        tokens: BroughtTokens,
    ) -> Result<ImportedProgramme, ImportProgrammeError> {
        let manifest = archive::import_programme(self.app.database(), file, transfer).await?;
        let (system, now) = (Caller::system(), self.app.clock().now());
        let mut live_tokens = 0;
        for programme in manifest.realms.iter().filter_map(|realm| realm.programme) {
            for token in self.app.list_tokens(&system, Some(programme)).await? {
                if !token.value.is_accepted(now) {
                    continue;
                }
                live_tokens += 1;
                match tokens {
                    BroughtTokens::Kept => {}
                    BroughtTokens::Revoked => {
                        self.app.revoke_token(&system, Some(programme), token.value.id).await?;
                    }
                }
            }
        }
        Ok(ImportedProgramme { manifest, live_tokens, tokens })
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
