//! Comma-, semicolon- and tab-separated text (RFC 4180 and its relatives).
//!
//! Written out rather than taken from the `csv` crate because two things are needed that it does not tell: the line of
//! every record including blank ones, and that a quote was never closed (it would silently swallow the rest of the file).

use std::collections::BTreeSet;

use super::HeaderWords;
use super::error::Unreadable;
use super::fault_text;
use super::limits::Limits;
use super::table::{RawRow, RawSheet, RowFault, add_blank};
use super::visible;

const SEPARATORS: [char; 3] = [',', ';', '\t'];
/// How much of a file is looked at to find its separator.
const SAMPLE_BYTES: usize = 64 * 1024;
const SAMPLE_ROWS: usize = 200;

/// Whether the first line is a hint about the separator, as Excel writes it (`sep=;`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    FirstLine,
    None,
}

/// The separator of a text: the hint, else the one under which most cells of some line are column titles, else the one
/// that cuts most lines into the same number of cells.
pub(super) fn separator(text: &str, words: &dyn HeaderWords) -> (char, Hint) {
    let first = text.lines().next().unwrap_or("").trim();
    if let Some(hint) = first.strip_prefix("sep=").or_else(|| first.strip_prefix("SEP=")) {
        let hint = if hint.is_empty() { "\t" } else { hint };
        if let Some(separator) = SEPARATORS.into_iter().find(|c| hint.starts_with(*c)) {
            return (separator, Hint::FirstLine);
        }
    }
    // One title alone on its line: the list has one column, whatever signs stand in it.
    let head = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    if words.knows(head.trim_matches('"')) && !head.contains(SEPARATORS) && !text.contains('\t') {
        return ('\t', Hint::None);
    }
    let sample = &text[..text.floor_char_boundary(SAMPLE_BYTES)];
    let mut best = ((0, 0, 0), ',');
    for separator in SEPARATORS {
        let score = score(sample, separator, words);
        if score > best.0 {
            best = (score, separator);
        }
    }
    (best.1, Hint::None)
}

fn score(sample: &str, separator: char, words: &dyn HeaderWords) -> (usize, usize, usize) {
    let mut reader = Reader::new(sample, separator);
    let mut titles = 0;
    let mut widths = std::collections::BTreeMap::<usize, usize>::new();
    for _ in 0..SAMPLE_ROWS {
        let Some(record) = reader.next_record(&Limits::default()).ok().flatten() else { break };
        if record.cells.len() < 2 {
            continue;
        }
        let known = record.cells.iter().filter(|cell| words.knows(cell.trim())).count();
        titles = titles.max(known);
        *widths.entry(record.cells.len()).or_default() += 1;
    }
    let (width, rows) = widths.into_iter().max_by_key(|(width, rows)| (*rows, *width)).unwrap_or((0, 0));
    (titles, rows, width)
}

/// Cuts a text into rows and cells.
pub(super) fn parse(
    text: &str,
    separator: char,
    hint: Hint,
    limits: &Limits,
) -> Result<RawSheet, Unreadable> {
    let mut reader = Reader::new(text, separator);
    let mut sheet =
        RawSheet { rows: Vec::new(), blanks: Vec::new(), lines: 0, hidden_columns: BTreeSet::new() };
    if hint == Hint::FirstLine {
        let line = reader.next_line();
        sheet.rows.push(RawRow {
            line: 1,
            last_line: 1,
            cells: vec![line.to_owned()],
            faults: Vec::new(),
            is_hidden: false,
        });
        sheet.lines = 1;
    }
    while let Some(record) = reader.next_record(limits)? {
        sheet.lines = record.last_line;
        if record.is_blank() {
            add_blank(&mut sheet.blanks, record.line, record.last_line);
            continue;
        }
        if sheet.rows.len() == limits.rows {
            return Err(Unreadable::TooManyRows { limit: limits.rows });
        }
        sheet.rows.push(record);
    }
    Ok(sheet)
}

struct Reader<'a> {
    rest: &'a str,
    separator: char,
    line: u32,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text, separator, line: 1 }
    }

    /// Takes a physical line whole.
    fn next_line(&mut self) -> &'a str {
        let end = self.rest.find(['\n', '\r']).unwrap_or(self.rest.len());
        let line = &self.rest[..end];
        self.rest = &self.rest[end..];
        self.end_of_line();
        line
    }

    /// Steps over one line end of any kind.
    fn end_of_line(&mut self) -> bool {
        let rest = self.rest;
        let after =
            rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).or_else(|| rest.strip_prefix('\r'));
        match after {
            Some(after) => {
                self.rest = after;
                self.line = self.line.saturating_add(1);
                true
            }
            None => false,
        }
    }

    fn next_record(&mut self, limits: &Limits) -> Result<Option<RawRow>, Unreadable> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let line = self.line;
        let mut record =
            RawRow { line, last_line: line, cells: Vec::new(), faults: Vec::new(), is_hidden: false };
        loop {
            let cell = self.next_cell(limits, record.cells.len() + 1)?;
            record.faults.extend(cell.fault);
            record.cells.push(cell.text);
            if record.cells.len() > limits.columns && !record.is_blank() {
                return Err(Unreadable::TooManyColumns {
                    line,
                    columns: record.cells.len(),
                    limit: limits.columns,
                });
            }
            if let Some(after) = self.rest.strip_prefix(self.separator) {
                self.rest = after;
                continue;
            }
            record.last_line = self.line;
            self.end_of_line();
            return Ok(Some(record));
        }
    }

    fn next_cell(&mut self, limits: &Limits, number: usize) -> Result<Cell, Unreadable> {
        let line = self.line;
        let mut fault = None;
        let text = match self.rest.strip_prefix('"') {
            Some(after) => {
                self.rest = after;
                let mut text = self.quoted(line)?;
                let tail = self.plain();
                if !tail.trim().is_empty() {
                    fault = Some(RowFault::TextAfterQuote { cell: number });
                    text.push_str(tail);
                }
                text
            }
            None => self.plain().to_owned(),
        };
        let chars = if text.len() > limits.cell_chars { text.chars().count() } else { 0 };
        if chars > limits.cell_chars {
            return Err(Unreadable::CellTooLong { line, cell: number, chars, limit: limits.cell_chars });
        }
        let (text, no_value) = fault_text::of_cell(visible::text(&text), number);
        Ok(Cell { text, fault: fault.or(no_value) })
    }

    /// Up to the next separator or line end.
    fn plain(&mut self) -> &'a str {
        let end = self.rest.find([self.separator, '\n', '\r']).unwrap_or(self.rest.len());
        let text = &self.rest[..end];
        self.rest = &self.rest[end..];
        text
    }

    /// Up to and with the closing quote.
    fn quoted(&mut self, begun: u32) -> Result<String, Unreadable> {
        let mut text = String::new();
        loop {
            let Some(end) = self.rest.find('"') else {
                return Err(Unreadable::UnclosedQuote { line: begun });
            };
            let part = &self.rest[..end];
            self.line = self.line.saturating_add(line_ends(part));
            text.push_str(part);
            self.rest = &self.rest[end + 1..];
            match self.rest.strip_prefix('"') {
                Some(after) => {
                    text.push('"');
                    self.rest = after;
                }
                None => return Ok(text),
            }
        }
    }
}

struct Cell {
    text: String,
    fault: Option<RowFault>,
}

fn line_ends(text: &str) -> u32 {
    let mut count = 0_u32;
    let mut previous = 0;
    for byte in text.bytes() {
        if byte == b'\r' || (byte == b'\n' && previous != b'\r') {
            count = count.saturating_add(1);
        }
        previous = byte;
    }
    count
}
