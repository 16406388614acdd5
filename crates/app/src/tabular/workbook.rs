//! XLSX workbooks, through `calamine`.
//!
//! Cells are streamed and counted, never laid out as a grid: a single cell in the last corner of a sheet would make a
//! grid of 17 thousand million. Dates come out as ISO text (`1991-08-20`), whichever of the two epochs the workbook counts from, so
//! they are unambiguous whatever format the sheet shows them in; whole numbers come out without a fraction.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, open_workbook_from_rs};

use super::ReadOptions;
use super::archive::Measured;
use super::error::{Unreadable, ZipFault};
use super::layout;
use super::limits::Limits;
use super::table::{MissingCells, Note, RawRow, RawSheet, RowFault, Table, add_blank};

/// The least that a cell takes in a sheet: `<c/>`. So no workbook in which each sheet has one name has more of them.
const CELL_BYTES: usize = 4;

pub(super) fn read(bytes: &[u8], options: &ReadOptions<'_>) -> Result<Table, Unreadable> {
    let names = Measured::new(bytes, &options.limits)?.names;
    if !names.contains("xl/workbook.xml") {
        return Err(Unreadable::NotATable { found: kind_of_archive(&names) });
    }
    // The archive is measured by now; what remains is malformed XML inside it. calamine returns errors for nearly all of
    // that, but it is a large parser of other people's formats, and one row number that overflows must not end the process.
    catch_unwind(AssertUnwindSafe(|| read_checked(bytes, options)))
        .unwrap_or_else(|_| Err(Unreadable::DamagedWorkbook { detail: "the reader gave up".to_owned() }))
}

fn kind_of_archive(names: &BTreeSet<String>) -> &'static str {
    let has = |wanted: &str| names.contains(wanted);
    if has("word/document.xml") {
        "a Word document"
    } else if has("ppt/presentation.xml") {
        "a presentation"
    } else if has("xl/workbook.bin") {
        "a binary .xlsb workbook"
    } else if has("content.xml") {
        "an OpenDocument file"
    } else {
        "a zip archive"
    }
}

pub(super) fn read_checked(bytes: &[u8], options: &ReadOptions<'_>) -> Result<Table, Unreadable> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let all: Vec<String> = book.sheets_metadata().iter().map(|sheet| sheet.name.clone()).collect();
    let wanted: Vec<String> = match options.sheet {
        Some(asked) => match all.iter().find(|name| name.as_str() == asked) {
            Some(name) => vec![name.clone()],
            None => return Err(Unreadable::NoSuchSheet { asked: asked.to_owned(), sheets: all }),
        },
        None => book
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
            .map(|sheet| sheet.name.clone())
            .collect(),
    };
    let mut refusal = None;
    // Several names may stand for one sheet, so what was measured once could be read a thousand times.
    let mut cells_left = options.limits.inflated_bytes / CELL_BYTES;
    for name in wanted.into_iter().take(options.limits.sheets) {
        let sheet = rows(&mut book, &name, &options.limits, &mut cells_left)?;
        match layout::arrange(sheet, notes(&all, &name), options.words) {
            Ok(table) => return Ok(table),
            // A sheet that holds no table may stand before one that does; the first one's refusal is told if none does.
            Err(error @ Unreadable::NoHeader { .. }) => {
                if !matches!(refusal, Some(Unreadable::NoHeader { .. })) {
                    refusal = Some(error);
                }
            }
            Err(error) => {
                refusal.get_or_insert(error);
            }
        }
    }
    Err(refusal.unwrap_or(Unreadable::Blank))
}

fn notes(all: &[String], read: &str) -> Vec<Note> {
    let mut notes = vec![Note::Sheet(read.to_owned())];
    notes.extend(all.iter().filter(|name| name.as_str() != read).map(|name| Note::SheetLeft(name.clone())));
    notes
}

fn rows(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
    cells_left: &mut usize,
) -> Result<RawSheet, Unreadable> {
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    let mut found = BTreeMap::<u32, RawRow>::new();
    let mut text_bytes = 0_usize;
    while let Some(cell) = reader.next_cell().map_err(damaged)? {
        *cells_left = cells_left
            .checked_sub(1)
            .ok_or(Unreadable::Zip(ZipFault::TooLarge { limit: limits.inflated_bytes }))?;
        let (row, column) = cell.get_position();
        let line = row.saturating_add(1);
        let number = usize::try_from(column).unwrap_or(usize::MAX).saturating_add(1);
        let (text, fault) = shown(cell.get_value(), number);
        if text.is_empty() {
            continue;
        }
        if number > limits.columns {
            return Err(Unreadable::TooManyColumns { line, columns: number, limit: limits.columns });
        }
        let chars = if text.len() > limits.cell_chars { text.chars().count() } else { 0 };
        if chars > limits.cell_chars {
            return Err(Unreadable::CellTooLong { line, cell: number, chars, limit: limits.cell_chars });
        }
        // A shared string is stored once and may be shown a million times.
        text_bytes += text.len();
        if text_bytes > limits.inflated_bytes {
            return Err(ZipFault::TooLarge { limit: limits.inflated_bytes }.into());
        }
        let full = found.len() == limits.rows;
        let row = match found.entry(line) {
            std::collections::btree_map::Entry::Occupied(row) => row.into_mut(),
            std::collections::btree_map::Entry::Vacant(_) if full => {
                return Err(Unreadable::TooManyRows { limit: limits.rows });
            }
            std::collections::btree_map::Entry::Vacant(space) => {
                space.insert(RawRow { line, last_line: line, cells: Vec::new(), fault: None })
            }
        };
        if row.cells.len() < number {
            row.cells.resize(number, String::new());
        }
        row.cells[number - 1] = text;
        if let Some(fault) = fault {
            row.fault.get_or_insert(fault);
        }
    }
    Ok(sheet_of(found))
}

fn sheet_of(found: BTreeMap<u32, RawRow>) -> RawSheet {
    let mut sheet =
        RawSheet { rows: Vec::new(), blanks: Vec::new(), lines: 0, missing_cells: MissingCells::AreBlank };
    for (line, row) in found {
        if line > sheet.lines + 1 {
            add_blank(&mut sheet.blanks, sheet.lines + 1, line - 1);
        }
        sheet.lines = line;
        sheet.rows.push(row);
    }
    sheet
}

/// A cell as text, and its fault if the sheet shows an error there.
fn shown(value: &DataRef<'_>, number: usize) -> (String, Option<RowFault>) {
    let text = match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(true) => "yes".to_owned(),
        DataRef::Bool(false) => "no".to_owned(),
        DataRef::DateTime(date) => shown_date(date),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::Error(error) => {
            let shown = error.to_string();
            return (shown.clone(), Some(RowFault::SpreadsheetError { cell: number, shown }));
        }
    };
    (text, None)
}

fn shown_date(date: &ExcelDateTime) -> String {
    let serial = date.as_f64();
    if date.is_duration() || !(0.0..2_958_466.0).contains(&serial) {
        return serial.to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

fn damaged(error: impl std::fmt::Display) -> Unreadable {
    Unreadable::DamagedWorkbook { detail: error.to_string().chars().take(200).collect() }
}
