//! What an import comes to: the tally, and line by line what is done, asked or wrong.

use sister_cities_client::api::Word;
use sister_cities_client::api::import::Verdict;
use sister_cities_client::api::import::{ImportLineView, ImportReportView, ImportView, KeptView, TallyView};

use super::text::{Renderer, Style};
use super::wording::words;

/// The state of an import, its tally, and what an undo kept.
pub(crate) fn import(import: &ImportView, out: &mut Renderer) {
    // Each field is named, here and below: one that is added must be shown, or be left out on purpose.
    let ImportView {
        id,
        revision: _,
        kind,
        file_sha256: _,
        file_name,
        mapping: _,
        answers: _,
        state,
        tally,
        progress: _,
        kept,
    } = import;
    let file = file_name.as_ref().map_or("a file", |name| name.as_str());
    out.heading(&format!("Import of {kind} from {file}: {}", words(state.as_str())));
    out.paragraph(2, Style::Faint, &id.to_string());
    if let Some(tally) = tally {
        self::tally(tally, out);
    }
    if !kept.is_empty() {
        out.paragraph(2, Style::Watch, "Kept, because it was touched since or is still needed:");
        for KeptView { kind, id, because } in kept {
            let because = words(because.as_str());
            out.paragraph(4, Style::Plain, &format!("{kind} {id}: {because}"));
        }
    }
}

fn tally(tally: &TallyView, out: &mut Renderer) {
    let TallyView { total, create, same, merge, needs_person, kept_unresolved, invalid, skipped } = tally;
    let counted = [
        (create, "to create"),
        (same, "the same as known"),
        (merge, "to merge"),
        (needs_person, "need a person"),
        (kept_unresolved, "kept by name, unresolved"),
        (invalid, "invalid"),
        (skipped, "skipped"),
    ];
    let parts: Vec<String> =
        counted.iter().filter(|(n, _)| **n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    out.paragraph(2, Style::Plain, &format!("{total} lines: {}.", parts.join(", ")));
}

/// The lines: what is done with each, and for those that need it the questions with their proposals.
pub(crate) fn lines(all: &[ImportLineView], out: &mut Renderer) {
    for line in all {
        let style = match &line.verdict {
            Word::Known(Verdict::NeedsPerson | Verdict::KeptUnresolved) => Style::Watch,
            Word::Known(Verdict::Invalid) => Style::Bad,
            Word::Known(Verdict::Same | Verdict::Skipped) => Style::Faint,
            Word::Known(Verdict::Create | Verdict::Merge | _) | Word::Unrecognised(_) => Style::Plain,
        };
        let head = format!("{:>5}  {:<15}  ", line.line, words(line.verdict.as_str()));
        let indent = head.len();
        out.hanging((style, &head), Style::Plain, &about(line));
        for remark in &line.remarks {
            out.paragraph(indent, Style::Faint, remark);
        }
        for fault in &line.faults {
            let text = format!("{}: {}; expected {}", fault.field, fault.detail, fault.expected);
            out.paragraph(indent, Style::Bad, &text);
        }
        for question in &line.questions {
            out.paragraph(indent, Style::Watch, &question.text);
            for proposal in &question.proposals {
                let head = format!("{:indent$}--choose {}={}  ", "", line.line, proposal.key);
                let reasons = match proposal.reasons.as_slice() {
                    [] => String::new(),
                    reasons => format!(" ({})", reasons.join(", ")),
                };
                let text = format!("{}{reasons}", proposal.label);
                out.hanging((Style::Strong, &head), Style::Plain, &text);
            }
        }
    }
}

/// What the line is about, and what is done with it.
fn about(line: &ImportLineView) -> String {
    match (line.about.as_str(), line.summary.as_str()) {
        ("", summary) => summary.to_owned(),
        (about, "") => about.to_owned(),
        (about, summary) => format!("{about}: {summary}"),
    }
}

/// How the file was read: nothing in it is lost silently.
pub(crate) fn report(report: &ImportReportView, out: &mut Renderer) {
    let ImportReportView { lines, header_line, notes, columns, unread_columns, asides, blank_lines, tally } =
        report;
    let rows = format!(
        "{lines} lines: the header is line {header_line}, {} rows, {} beside the table, {blank_lines} blank.",
        tally.total,
        asides.len()
    );
    out.paragraph(2, Style::Plain, &rows);
    let read: Vec<String> = columns.iter().map(|c| format!("{} as {}", c.title, c.field)).collect();
    out.paragraph(2, Style::Plain, &format!("Read: {}.", read.join(", ")));
    for column in unread_columns {
        let text = format!("Not read: {}, which holds something in {} rows.", column.title, column.filled);
        out.paragraph(2, Style::Watch, &text);
    }
    for aside in asides {
        let text = format!("Line {} is no row ({}): {}", aside.line, aside.kind, aside.text);
        out.paragraph(2, Style::Faint, &text);
    }
    for note in notes {
        out.paragraph(2, Style::Faint, note);
    }
}
