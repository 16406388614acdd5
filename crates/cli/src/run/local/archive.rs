//! Taking programmes out of a database and putting them in: moving one, backing up all.

use std::path::Path;

use serde::Serialize;
use sister_cities_client::api::domain::id::ProgrammeId;
use sister_cities_server::local::{
    BroughtTokens, Examined, KeyWrapping, Local, Manifest, MasterKey, Opening, RealmContent, Restored,
    Waiting, verify_backup,
};

use super::token::programme_id;
use crate::args::{BackupCommand, MoveCommand, Transfer};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::show::table::{Column, Table};
use crate::show::text::{Renderer, Style};
use crate::target::{Target, read_key};

/// Takes a programme out, or puts one in.
pub(crate) async fn programme(command: MoveCommand, target: Target, output: Output) -> Result<(), Failure> {
    let opening = target.database()?;
    match command {
        MoveCommand::Export { moved: programme, file, transfer } => {
            let transfer = transfer.key()?;
            let local = Local::open(&opening).await?;
            let programme = find_named(&local, &programme, output).await?;
            let manifest = local.export_programme(programme, &file, transfer.as_ref()).await?;
            output.print(&manifest, |out| {
                contents(&manifest, out);
                out.paragraph(0, Style::Plain, &format!("Written to {}.", file.display()));
                out.paragraph(0, Style::Faint, keys(&manifest));
            })
        }
        MoveCommand::Import { file, with_tokens, transfer } => {
            let transfer = transfer.key()?;
            let local = Local::open_or_create(&opening).await?;
            let tokens = if with_tokens { BroughtTokens::Kept } else { BroughtTokens::Revoked };
            let imported = local.import_programme(&file, transfer.as_ref(), tokens).await?;
            let view = ImportedView {
                live_tokens: imported.live_tokens,
                tokens_revoked: !with_tokens,
                manifest: &imported.manifest,
            };
            output.print(&view, |out| {
                contents(&imported.manifest, out);
                out.paragraph(0, Style::Plain, "All of it is in, and its journal is whole.");
                if let Some(said) = brought(imported.live_tokens, tokens) {
                    out.paragraph(0, Style::Watch, &said);
                }
            })
        }
    }
}

#[derive(Serialize)]
struct ImportedView<'a> {
    live_tokens: usize,
    tokens_revoked: bool,
    #[serde(flatten)]
    manifest: &'a Manifest,
}

/// What is said of access tokens that came along.
fn brought(live: usize, tokens: BroughtTokens) -> Option<String> {
    let came = match live {
        0 => return None,
        1 => "1 access token came along".to_owned(),
        more => format!("{more} access tokens came along"),
    };
    Some(match tokens {
        BroughtTokens::Revoked => format!("{came} and no longer opens anything here: make new ones."),
        BroughtTokens::Kept => {
            format!("{came} and is good here as it was there: who holds it may do here what it says.")
        }
    })
}

impl Transfer {
    fn key(&self) -> Result<Option<MasterKey>, Failure> {
        self.transfer_key_file.as_deref().map(|file| read_key("transfer key", file)).transpose()
    }
}

async fn find_named(local: &Local, wanted: &str, output: Output) -> Result<ProgrammeId, Failure> {
    let found = programme_id(local, Some(wanted), output).await?;
    found.ok_or_else(|| Failure::new(Exit::NotFound, "there is no such programme"))
}

/// Takes a backup, or restores one.
pub(super) async fn backup(command: BackupCommand, opening: &Opening, output: Output) -> Result<(), Failure> {
    match command {
        BackupCommand::Create { file } => {
            let manifest = Local::open(opening).await?.create_backup(&file).await?;
            output.print(&manifest, |out| {
                contents(&manifest, out);
                out.paragraph(0, Style::Plain, &format!("Written to {}.", file.display()));
                let advice = "Keep the master key too, and apart: it is in no backup.";
                out.paragraph(0, Style::Faint, advice);
            })
        }
        BackupCommand::Verify { file } => verify(&file, opening.master_key(), output).await,
        BackupCommand::Restore { file, resume_work } => {
            let waiting = if resume_work { Waiting::Resumed } else { Waiting::Held };
            let restored = Local::open_or_create(opening).await?.restore_backup(&file, waiting).await?;
            let view = RestoredView::from(&restored);
            output.print(&view, |out| {
                contents(&restored.manifest, out);
                out.paragraph(0, Style::Plain, "All of it is in.");
                if restored.held > 0 {
                    let held = format!(
                        "{} pieces of work are held, as they may have been done since.",
                        restored.held
                    );
                    out.paragraph(0, Style::Plain, &held);
                }
                out.paragraph(0, Style::Faint, "Prove the journals now: sister-cities audit verify");
            })
        }
    }
}

#[derive(Serialize)]
struct RestoredView<'a> {
    held_work: u64,
    manifest: &'a Manifest,
}

impl<'a> From<&'a Restored> for RestoredView<'a> {
    fn from(restored: &'a Restored) -> Self {
        Self { held_work: restored.held, manifest: &restored.manifest }
    }
}

#[derive(Serialize)]
struct ExaminedView<'a> {
    sound: bool,
    broken_journals: Vec<String>,
    manifest: &'a Manifest,
}

/// Restores a backup to a scratch place and says what was seen. A journal that is not whole is a failure.
pub(crate) async fn verify(file: &Path, master: Option<&MasterKey>, output: Output) -> Result<(), Failure> {
    let Examined { manifest, journals, .. } = verify_backup(file, master).await?;
    let broken_journals: Vec<String> = journals
        .iter()
        .filter_map(|journal| journal.result.as_ref().err().map(ToString::to_string))
        .collect();
    let view = ExaminedView { sound: broken_journals.is_empty(), broken_journals, manifest: &manifest };
    output.print(&view, |out| {
        contents(&manifest, out);
        let keys = match master {
            Some(_) => "its data keys open with this master key",
            None => "no master key was given, so its data keys were not opened",
        };
        let seen = format!(
            "It was restored to a scratch place: every checksum is right, the database is sound, what was read back is \
             equal, and {keys}."
        );
        out.paragraph(0, Style::Plain, &seen);
        let whole = journals.len() - view.broken_journals.len();
        out.paragraph(0, Style::Plain, &format!("{whole} of {} journals are whole.", journals.len()));
    })?;
    if view.sound {
        return Ok(());
    }
    let failure = Failure::new(Exit::Failed, "a journal in the backup is not as it was committed");
    Err(view.broken_journals.iter().fold(failure, Failure::hint))
}

fn keys(manifest: &Manifest) -> &'static str {
    match manifest.keys {
        KeyWrapping::MasterKey => {
            "Sensitive values in it open with the master key of this installation only."
        }
        KeyWrapping::TransferKey => {
            "Sensitive values in it open with the transfer key; send that another way."
        }
    }
}

fn contents(manifest: &Manifest, out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("Programme", 12),
        Column::number("Records"),
        Column::number("Past"),
        Column::number("Journal"),
        Column::number("Documents"),
    ]);
    for content in &manifest.realms {
        let count = |file: &str| content.lines(file).to_string();
        table.row([
            name(content).into(),
            content.records().to_string().into(),
            count("history.ndjson").into(),
            count("journal.ndjson").into(),
            count("documents.ndjson").into(),
        ]);
    }
    table.render(out);
}

fn name(content: &RealmContent) -> String {
    content.programme.map_or_else(|| "of none".to_owned(), |programme| programme.to_string())
}
