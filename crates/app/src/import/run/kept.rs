//! What is kept of imports: how much it may be, when it goes, and taking an import out.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{ImportId, ProgrammeId};
use sister_cities_domain::import_run::{ImportRun, ImportState};
use sister_cities_domain::value::ContentHash;
use sister_cities_storage::{HistoryPart, ProgrammeStore, Revision, Versioned};

use super::{ImportError, may_import};
use crate::command::Command;
use crate::import::report::stored;
use crate::{App, AppError};

/// How long an import that is not in the programme is kept after somebody last touched it: policy.
const UNAPPLIED: TimeDelta = TimeDelta::days(90);

/// How much a programme keeps of files, and how much it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a sum and its limit")]
pub struct KeptBytes {
    /// Bytes of files that were brought in, of what was said of their lines, and of the texts of agreements.
    pub kept: u64,
    /// The most that it may be.
    pub most: u64,
}

impl App {
    /// Says how much a programme keeps of files, and how much it may.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_kept_bytes(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
    ) -> Result<KeptBytes, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        Ok(KeptBytes { kept: context.store.kept_bytes().await?, most: self.most_kept_bytes() })
    }

    /// Takes an import out that was read at `revision`, with its file and what was said of its lines. What it brought into the programme stays,
    /// and can then no longer be taken back as a whole.
    ///
    /// # Errors
    ///
    /// As for any use case: [`AppError::NotFound`], [`AppError::Stale`], [`AppError::Forbidden`] without `import:write`.
    pub async fn delete_import(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        import: ImportId,
        revision: Revision,
    ) -> Result<(), ImportError> {
        let command = self.command(caller, Scope::ImportWrite, programme)?;
        let run = command.load_at::<ImportRun>(import, revision).await?;
        may_import(caller, programme, run.value.content)?;
        take_out(command, &run).await
    }

    /// Takes out the imports of a programme that nobody has brought in or touched for 90 days; says how many.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`].
    pub(crate) async fn end_imports(&self, programme: ProgrammeId) -> Result<u64, AppError> {
        let (store, system, now) =
            (self.database().programme(programme), Caller::system(), self.clock().now());
        let mut ended = 0;
        for run in store.all::<ImportRun>(Vec::new()).await? {
            if matches!(run.value.state, ImportState::Applied { .. }) {
                continue;
            }
            let last = store.history::<ImportRun>(run.value.id, HistoryPart::only(run.revision)).await?;
            if last.first().is_none_or(|last| last.at + UNAPPLIED > now) {
                continue;
            }
            match take_out(self.command_of(&system, programme), &run).await {
                Ok(()) => ended += 1,
                // Somebody has touched it just now: it stays.
                Err(ImportError::App(AppError::Stale { .. } | AppError::NotFound(_))) => {}
                Err(ImportError::App(error)) => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, import = %run.value.id, "an import that is over stays for now");
                }
            }
        }
        Ok(ended)
    }
}

async fn take_out(mut command: Command<'_>, run: &Versioned<ImportRun>) -> Result<(), ImportError> {
    let documents = documents_of(&command.store, &run.value).await?;
    command.delete::<ImportRun>(run.value.id, run.revision, run.value.deleted());
    for document in documents {
        command.changes().forget_document(document);
    }
    Ok(command.commit_once(()).await?)
}

/// The file of an import, and all documents of all reports that it ever had.
async fn documents_of(store: &ProgrammeStore, run: &ImportRun) -> Result<BTreeSet<ContentHash>, ImportError> {
    let past = store.history::<ImportRun>(run.id, HistoryPart::ALL).await?;
    let reports = past.iter().filter_map(|past| past.value.as_ref()).filter_map(ImportRun::report);
    let mut left: Vec<ContentHash> = reports.chain(run.report()).collect();
    let mut found = BTreeSet::new();
    while let Some(document) = left.pop() {
        if found.contains(&document) {
            continue;
        }
        let Some(bytes) = store.document(document).await? else { continue };
        if let Some(following) = stored::following(&bytes, run.id) {
            found.insert(document);
            left.extend(following);
        }
    }
    found.insert(run.file);
    Ok(found)
}
