//! Proving that the journals are as they were committed.

use serde::Serialize;
use sister_cities_client::api::domain::id::ProgrammeId;
use sister_cities_client::api::domain::value::Name;
use sister_cities_server::local::{JournalAudit, Local, Opening};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::{Renderer, Style};

/// What walking one journal came to.
#[derive(Debug, Serialize)]
struct AuditView {
    #[serde(skip_serializing_if = "Option::is_none")]
    programme: Option<ProgrammeId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    called: Option<Name>,
    #[serde(flatten)]
    result: ResultView,
}

#[derive(Debug, Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
enum ResultView {
    Whole { entries: u64, head: String, erased_values: u64 },
    Broken { first_bad_entry: u64, fault: String },
}

/// Walks every journal; fails if one is not whole.
pub(super) async fn verify(database: &Opening, output: Output) -> Result<(), Failure> {
    let local = Local::open(database).await?;
    let audits: Vec<AuditView> = local.audit_journals().await?.into_iter().map(view).collect();
    output.print(&audits, |out| render(&audits, out))?;
    let broken: Vec<String> = audits.iter().filter_map(fault).collect();
    if broken.is_empty() {
        return Ok(());
    }
    let failure = Failure::new(Exit::Failed, format!("{} of {} journals broken", broken.len(), audits.len()));
    Err(broken.into_iter().fold(failure, Failure::hint))
}

fn view(audit: JournalAudit) -> AuditView {
    let JournalAudit { programme, called, result } = audit;
    let result = match result {
        Ok(whole) => ResultView::Whole {
            entries: whole.entries,
            head: whole.head.hash.to_string(),
            erased_values: whole.erased,
        },
        Err(fault) => ResultView::Broken { first_bad_entry: fault.sequence().0, fault: fault.to_string() },
    };
    AuditView { programme, called, result }
}

fn fault(audit: &AuditView) -> Option<String> {
    match &audit.result {
        ResultView::Whole { .. } => None,
        ResultView::Broken { fault, .. } => Some(format!("{}: {fault}", of(audit))),
    }
}

fn of(audit: &AuditView) -> &str {
    audit.called.as_ref().map_or("the installation", Name::as_str)
}

fn render(audits: &[AuditView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("Journal of", 12),
        Column::fixed("Entries"),
        Column::fixed("State"),
        Column::fixed("Head"),
    ]);
    for audit in audits {
        let cells: [Cell; 3] = match &audit.result {
            ResultView::Whole { entries, head, .. } => {
                [entries.to_string().into(), Cell::styled(Style::Good, "whole"), head[..16].to_owned().into()]
            }
            ResultView::Broken { first_bad_entry, .. } => {
                ["–".into(), Cell::styled(Style::Bad, format!("broken at {first_bad_entry}")), "–".into()]
            }
        };
        let [entries, state, head] = cells;
        table.row([of(audit).to_owned().into(), entries, state, head]);
    }
    table.render(out);
    let advice =
        "A head noted elsewhere proves later that nothing before it was rewritten; --json shows all of it.";
    out.paragraph(0, Style::Faint, advice);
}
