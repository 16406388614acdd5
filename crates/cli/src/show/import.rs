//! What an import comes to: the tally, and line by line what is done, asked or wrong.

use sister_cities_client::api::Word;
use sister_cities_client::api::domain::id::ImportId;
use sister_cities_client::api::import::Verdict;
use sister_cities_client::api::import::{
    ImportLineView, ImportReportView, ImportView, KeptBytesView, KeptView, SharedQuestionView, TallyView,
};

use super::text::{Renderer, Style};
use super::wording::words;
use crate::run::imports::Left;
use crate::run::questions::{SharedQuestion, first_lines};

/// The state of an import, its tally, and what an undo kept.
/// Says that an import was taken out.
pub(crate) fn deleted(import: &ImportView, out: &mut Renderer) {
    let text = format!("{} is out, with its file and what was said of its lines.", import.id);
    out.paragraph(0, Style::Plain, &text);
}

/// Says how much is kept of files.
pub(crate) fn kept(kept: KeptBytesView, out: &mut Renderer) {
    let KeptBytesView { kept, most } = kept;
    let percent = kept.saturating_mul(100).checked_div(most).unwrap_or(100);
    out.paragraph(0, Style::Plain, &format!("{kept} of {most} bytes of files are kept ({percent} %)."));
}

/// Says that nothing was left to apply.
pub(crate) fn applied_before(before: ImportId, out: &mut Renderer) {
    let text =
        format!("Applied already: all that the file says is here since {before}. Nothing was changed.");
    out.paragraph(2, Style::Plain, &text);
}

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
        questions: _,
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
    let TallyView { total, create, same, merge, needs_person, kept_unresolved, invalid, skipped, later } =
        tally;
    let counted = [
        (create, "to create"),
        (same, "the same as known"),
        (merge, "to merge"),
        (needs_person, "need a person"),
        (kept_unresolved, "kept by name, unresolved"),
        (invalid, "invalid"),
        (skipped, "skipped"),
        (later, "left for later"),
    ];
    let parts: Vec<String> =
        counted.iter().filter(|(n, _)| **n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    out.paragraph(2, Style::Plain, &format!("{total} lines: {}.", parts.join(", ")));
}

/// The lines: what is done with each, and for those that need it the questions with their proposals.
pub(crate) fn lines(all: &[ImportLineView], out: &mut Renderer) {
    let first = first_lines(all);
    for line in all {
        let style = match &line.verdict {
            Word::Known(Verdict::NeedsPerson | Verdict::KeptUnresolved | Verdict::Later) => Style::Watch,
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
            // What many lines ask is asked once.
            let asked =
                first.get(&(question.about.clone(), question.text.clone())).copied().unwrap_or(line.line);
            if asked != line.line {
                out.paragraph(
                    indent,
                    Style::Watch,
                    &format!("{}: asks what line {asked} asks", question.about),
                );
                continue;
            }
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

/// The questions, each once, with the lines that ask it and the option that takes the first proposal.
pub(crate) fn questions(all: &[SharedQuestion], out: &mut Renderer) {
    for question in all {
        let lines: Vec<String> = question.asked.lines.iter().map(ToString::to_string).collect();
        let head = format!("lines {}, {}: ", lines.join(", "), question.asked.about);
        out.hanging((Style::Strong, &head), Style::Plain, &question.asked.question);
        for proposal in &question.asked.proposals {
            out.paragraph(4, Style::Plain, &format!("{}: {}", proposal.key, proposal.label));
        }
        out.paragraph(4, Style::Faint, &question.option);
    }
}

/// The command that does it: with answers to all questions, by their first proposals.
pub(crate) fn next_command(questions: &[SharedQuestion], command: &str, out: &mut Renderer) {
    let lead = if questions.is_empty() {
        "To do it:".to_owned()
    } else {
        let many = if questions.len() == 1 {
            "one question".to_owned()
        } else {
            format!("{} questions", questions.len())
        };
        format!("{many} to answer. This takes the first proposal of each; change what is not right:")
    };
    out.paragraph(0, Style::Strong, &lead);
    for line in command.lines() {
        out.paint(Style::Plain, line);
        out.end_line();
    }
}

/// The lines that were left for later.
pub(crate) fn left(all: &[Left], out: &mut Renderer) {
    for left in all {
        let file = left.file_name.as_ref().map_or("a file", |name| name.as_str());
        let text = format!("{}, line {} of {file}: {}", left.import, left.line.line, left.line.about);
        out.paragraph(0, Style::Watch, &text);
    }
    if all.is_empty() {
        out.paragraph(0, Style::Plain, "No line was left for later.");
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
    let ImportReportView {
        lines,
        header_line,
        notes,
        columns,
        unread_columns,
        asides,
        blank_lines,
        tally,
        questions,
    } = report;
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
    // Those of lines are told with the lines.
    for whole in questions.iter().filter(|question| question.lines.is_empty()) {
        let mut text = format!("{}.", whole.question);
        if whole.about == SharedQuestionView::COVERAGE {
            text.push_str(" To answer it: --complete-from 1985 --complete-to 2026, as it is.");
        }
        out.paragraph(2, Style::Watch, &text);
    }
}
