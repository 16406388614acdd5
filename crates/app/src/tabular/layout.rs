//! Finds the header among the lines, and says what the lines around the table are.

use super::HeaderWords;
use super::error::Unreadable;
use super::table::{Aside, AsideKind, Column, Note, RawRow, RawSheet, Row, RowFault, Table};

/// How many lines may stand above the header.
const TITLE_ROWS: usize = 50;
/// How many lines may stand above a header of which one title is known.
const FIRST_ROWS: usize = 5;
/// Words that begin a line below a table. Lower case; compared with the beginning of the line.
const FOOTER_WORDS: &[&str] = &[
    "source",
    "total",
    "sum ",
    "sum:",
    "as of",
    "as at",
    "note",
    "updated",
    "last updated",
    "status as",
    "*",
    "©",
    "copyright",
    "count",
    "quelle",
    "gesamt",
    "insgesamt",
    "summe",
    "stand:",
    "stand ",
    "anmerkung",
    "stand vom",
    "fuente",
    "nota",
    "actualizado",
    "remarque",
    "mise à jour",
    "généré",
    "generated",
    "exported",
    "printed",
    "end of",
    "page ",
    "seite ",
    "prepared by",
    "compiled",
];

pub(super) fn arrange(
    sheet: RawSheet,
    mut notes: Vec<Note>,
    words: &dyn HeaderWords,
) -> Result<Table, Unreadable> {
    let Some(at) = header(&sheet.rows, words) else {
        let first = sheet.rows.first().ok_or(Unreadable::Blank)?;
        let text = shown(first).chars().take(80).collect();
        return Err(Unreadable::NoHeader { line: first.line, text });
    };
    let mut rows = sheet.rows.into_iter();
    let mut asides: Vec<Aside> = rows.by_ref().take(at).map(|row| aside(&row, AsideKind::Title)).collect();
    let Some(head) = rows.next() else { return Err(Unreadable::Blank) };
    let mut body: Vec<RawRow> = rows.collect();
    let columns = columns(&head);
    let hidden = columns.iter().filter(|column| sheet.hidden_columns.contains(&column.index));
    notes.extend(hidden.map(|column| Note::ColumnHidden(column.called())));
    for footer in body.split_off(first_footer(&body, columns.len(), &sheet.blanks)) {
        asides.push(aside(&footer, AsideKind::Footer));
    }
    for &(line, last_line) in &sheet.blanks {
        asides.push(Aside { line, last_line, kind: AsideKind::Blank, text: String::new() });
    }
    let mut kept = Vec::with_capacity(body.len());
    for row in body {
        if repeats(&row, &columns) {
            asides.push(aside(&row, AsideKind::RepeatedHeader));
        } else {
            kept.push(shaped(row, columns.len()));
        }
    }
    asides.sort_by_key(|aside| aside.line);
    Ok(Table {
        header_line: head.line,
        header_last_line: head.last_line,
        columns,
        rows: kept,
        asides,
        notes,
        lines: sheet.lines,
    })
}

/// The row with most column titles among the first lines: at least two, or one that stands alone, or one beside titles that are not known in
/// one of the first rows that is as wide as the rows below. A row with values is none.
fn header(rows: &[RawRow], words: &dyn HeaderWords) -> Option<usize> {
    let filled = |row: &RawRow| row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let known = |row: &RawRow| row.cells.iter().filter(|cell| words.knows(cell.trim())).count();
    // A year is no title, nor is what the row below says in the same column: `sister city`.
    let has_values = |at: usize, row: &RawRow| {
        let below = rows.get(at + 1).filter(|next| next.cells != row.cells);
        row.cells.iter().enumerate().any(|(column, cell)| {
            let cell = cell.trim();
            let is_repeated =
                below.and_then(|next| next.cells.get(column)).is_some_and(|next| next.trim() == cell);
            is_year(cell) || is_repeated && words.knows(cell)
        })
    };
    let mut best: Option<(usize, usize)> = None;
    for (at, row) in rows.iter().take(TITLE_ROWS).enumerate().filter(|(at, row)| !has_values(*at, row)) {
        let known = known(row);
        let fits = known >= 2 || (known == 1 && filled(row) == 1);
        if fits && best.is_none_or(|(most, _)| known > most) {
            best = Some((known, at));
        }
    }
    let beside_unknown = || {
        let is_it = |(at, row): &(usize, &RawRow)| {
            known(row) == 1
                && !has_values(*at, row)
                && rows.get(at + 1).is_some_and(|next| filled(next) <= filled(row) && filled(next) > 1)
        };
        rows.iter().take(FIRST_ROWS).enumerate().find(is_it).map(|(at, _)| at)
    };
    best.map(|(_, at)| at).or_else(beside_unknown)
}

fn is_year(cell: &str) -> bool {
    cell.len() == 4 && cell.bytes().all(|byte| byte.is_ascii_digit())
}

fn columns(head: &RawRow) -> Vec<Column> {
    let width = head.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    head.cells[..width]
        .iter()
        .enumerate()
        .map(|(index, title)| Column { index, title: title.split_whitespace().collect::<Vec<_>>().join(" ") })
        .collect()
}

/// Where the footer begins: walking up from the end while lines look like remarks.
///
/// Cautious on purpose, as a partner without further facts looks much the same: a line is a remark only if it fills one
/// cell (two for a total) of a table with more columns, and begins like a remark or is a sentence below a blank line.
fn first_footer(body: &[RawRow], width: usize, blanks: &[(u32, u32)]) -> usize {
    let mut at = body.len();
    let mut first = at;
    while at > 0 {
        at -= 1;
        let row = &body[at];
        let filled: Vec<&str> =
            row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        if width < 2 || filled.len() > 2 || filled.len() >= width.max(2) {
            break;
        }
        let text = filled.first().map(|cell| cell.to_lowercase()).unwrap_or_default();
        let begins = FOOTER_WORDS.iter().any(|word| text.starts_with(word));
        let after_blank = blanks.iter().any(|(_, last)| last + 1 == row.line);
        let sentence = text.split_whitespace().count() >= 4;
        let remark = (begins && (filled.len() == 1 || is_total(&filled)))
            || (filled.len() == 1 && sentence && after_blank);
        if remark {
            first = at;
        } else if filled.len() != 1 || !sentence {
            // A lone sentence may be the second line of a remark: it is one only if a line above it is.
            break;
        }
    }
    first
}

fn is_total(filled: &[&str]) -> bool {
    filled.get(1).is_some_and(|cell| cell.chars().all(|c| c.is_ascii_digit()))
}

fn repeats(row: &RawRow, columns: &[Column]) -> bool {
    columns.len() > 1
        && columns.iter().all(|column| {
            row.cells
                .get(column.index)
                .is_some_and(|cell| cell.split_whitespace().eq(column.title.split_whitespace()))
        })
}

/// Cells that are missing at the end of a row are blank.
fn shaped(mut row: RawRow, width: usize) -> Row {
    let found = row.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let shape = (found > width).then_some(RowFault::TooManyCells { expected: width, found });
    let mut faults = std::mem::take(&mut row.faults);
    faults.extend(shape);
    let mut cells = std::mem::take(&mut row.cells);
    cells.resize(width.max(found), String::new());
    Row::new(&row, faults, cells)
}

fn aside(row: &RawRow, kind: AsideKind) -> Aside {
    Aside { line: row.line, last_line: row.last_line, kind, text: shown(row) }
}

fn shown(row: &RawRow) -> String {
    row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ")
}
