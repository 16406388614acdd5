//! What an import comes to: the tally, and line by line what is done, asked or wrong.

use sister_cities_client::api::import::{
    ImportLineView, ImportReportView, ImportView, TallyView, VerdictWord,
};

use super::text::{Renderer, Style, safe};
use super::wording::words;

/// The state of an import, its tally, and what an undo kept.
pub(crate) fn import(import: &ImportView, renderer: Renderer, out: &mut String) {
    let file = import.file_name.as_ref().map_or("a file", |name| name.as_str());
    renderer.heading(
        out,
        &safe(&format!("Import of {} from {file}: {}", import.kind, words(import.state.as_str()))),
    );
    renderer.paragraph(out, 2, Style::Faint, &import.id.to_string());
    if let Some(tally) = &import.tally {
        self::tally(tally, renderer, out);
    }
    if !import.kept.is_empty() {
        renderer.paragraph(out, 2, Style::Watch, "Kept, because it was touched since or is still needed:");
        for kept in &import.kept {
            let because = words(kept.because.as_str());
            renderer.paragraph(out, 4, Style::Plain, &safe(&format!("{} {}: {because}", kept.kind, kept.id)));
        }
    }
}

fn tally(tally: &TallyView, renderer: Renderer, out: &mut String) {
    let counted = [
        (tally.create, "to create"),
        (tally.same, "the same as known"),
        (tally.merge, "to merge"),
        (tally.needs_person, "need a person"),
        (tally.kept_unresolved, "kept by name, unresolved"),
        (tally.invalid, "invalid"),
        (tally.skipped, "skipped"),
    ];
    let parts: Vec<String> =
        counted.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    renderer.paragraph(out, 2, Style::Plain, &format!("{} lines: {}.", tally.total, parts.join(", ")));
}

/// The lines: what is done with each, and for those that need it the questions with their proposals.
pub(crate) fn lines(all: &[ImportLineView], renderer: Renderer, out: &mut String) {
    for line in all {
        let style = match &line.verdict {
            VerdictWord::NeedsPerson | VerdictWord::KeptUnresolved => Style::Watch,
            VerdictWord::Invalid => Style::Bad,
            VerdictWord::Same | VerdictWord::Skipped => Style::Faint,
            VerdictWord::Create | VerdictWord::Merge | VerdictWord::Unrecognised(_) | _ => Style::Plain,
        };
        let head = format!("{:>5}  {:<15}  ", line.line, words(line.verdict.as_str()));
        let indent = head.len();
        renderer.hanging(out, (style, &safe(&head)), Style::Plain, &safe(&about(line)));
        for remark in &line.remarks {
            renderer.paragraph(out, indent, Style::Faint, &safe(remark));
        }
        for fault in &line.faults {
            let text = format!("{}: {}; expected {}", fault.field, fault.detail, fault.expected);
            renderer.paragraph(out, indent, Style::Bad, &safe(&text));
        }
        for question in &line.questions {
            renderer.paragraph(out, indent, Style::Watch, &safe(&question.text));
            for proposal in &question.proposals {
                let head = format!("{:indent$}--choose {}={}  ", "", line.line, safe(&proposal.key));
                let reasons = match proposal.reasons.as_slice() {
                    [] => String::new(),
                    reasons => format!(" ({})", reasons.join(", ")),
                };
                let text = format!("{}{reasons}", proposal.label);
                renderer.hanging(out, (Style::Strong, &head), Style::Plain, &safe(&text));
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
pub(crate) fn report(report: &ImportReportView, renderer: Renderer, out: &mut String) {
    let rows = format!(
        "{} lines: the header is line {}, {} rows, {} beside the table, {} blank.",
        report.lines,
        report.header_line,
        report.tally.total,
        report.asides.len(),
        report.blank_lines
    );
    renderer.paragraph(out, 2, Style::Plain, &rows);
    let read: Vec<String> = report.columns.iter().map(|c| format!("{} as {}", c.title, c.field)).collect();
    renderer.paragraph(out, 2, Style::Plain, &safe(&format!("Read: {}.", read.join(", "))));
    for column in &report.unread_columns {
        let text = format!("Not read: {}, which holds something in {} rows.", column.title, column.filled);
        renderer.paragraph(out, 2, Style::Watch, &safe(&text));
    }
    for aside in &report.asides {
        let text = format!("Line {} is no row ({}): {}", aside.line, aside.kind, aside.text);
        renderer.paragraph(out, 2, Style::Faint, &safe(&text));
    }
    for note in &report.notes {
        renderer.paragraph(out, 2, Style::Faint, &safe(note));
    }
}
