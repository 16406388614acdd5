//! XLSX workbooks, through `calamine`.
//!
//! Cells are streamed and counted, never laid out as a grid: a single cell in the last corner of a sheet would make a
//! grid of 17 thousand million. Dates come out as ISO text (`1991-08-20`), whichever of the two epochs the workbook counts from, so
//! they are unambiguous whatever format the sheet shows them in, as exactly as the format shows them; whole numbers come out without a fraction.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, open_workbook_from_rs};

use super::ReadOptions;
use super::archive::Measured;
use super::error::{Unreadable, ZipFault};
use super::fault_text;
use super::layout;
use super::limits::Limits;
use super::sheet_xml::{SheetExtras, ShownAs, extras};
use super::table::{Note, RawRow, RawSheet, RowFault, Table, add_blank};
use super::visible;

/// The least that a cell takes in a sheet: `<c/>`. So no workbook in which each sheet has one name has more of them.
const CELL_BYTES: usize = 4;

pub(super) fn read(bytes: &[u8], options: &ReadOptions<'_>) -> Result<Table, Unreadable> {
    let measured = Measured::new(bytes, &options.limits)?;
    if !measured.names.contains("xl/workbook.xml") {
        return Err(Unreadable::NotATable { found: kind_of_archive(&measured.names) });
    }
    // The archive is measured by now; what remains is malformed XML inside it. calamine returns errors for nearly all of
    // that, but it is a large parser of other people's formats, and one row number that overflows must not end the process.
    let parts = RefCell::new(measured);
    let part = |name: &str| parts.borrow_mut().text(name);
    let read_parts = || {
        let extras = extras(&part).map_err(damaged)?;
        read_checked(bytes, options, &extras)
    };
    catch_unwind(AssertUnwindSafe(read_parts))
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

pub(super) fn read_checked(
    bytes: &[u8],
    options: &ReadOptions<'_>,
    extras: &BTreeMap<String, SheetExtras>,
) -> Result<Table, Unreadable> {
    let no_extras = SheetExtras::default();
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
        let extras = extras.get(&name).unwrap_or(&no_extras);
        let sheet = rows(&mut book, &name, &options.limits, &mut cells_left, extras)?;
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
    extras: &SheetExtras,
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
        let (text, mut fault) = shown(cell.get_value(), number, extras.shown.get(&(row, column)).copied());
        if extras.valueless.contains(&(row, column)) {
            fault = Some(RowFault::FormulaWithoutValue { cell: number });
        }
        if text.is_empty() && fault.is_none() {
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
                let is_hidden = extras.hidden_rows.contains(&row);
                space.insert(RawRow {
                    line,
                    last_line: line,
                    cells: Vec::new(),
                    faults: Vec::new(),
                    is_hidden,
                })
            }
        };
        if row.cells.len() < number {
            row.cells.resize(number, String::new());
        }
        row.cells[number - 1] = text;
        row.faults.extend(fault);
    }
    fill_merged(&mut found, extras);
    Ok(sheet_of(found, extras.hidden_columns.clone()))
}

/// The value of a merged range, and its fault, hold for each of its rows; a row that has nothing else is none.
fn fill_merged(found: &mut BTreeMap<u32, RawRow>, extras: &SheetExtras) {
    for &[top, left, bottom, _] in extras.merged.iter().filter(|[top, _, bottom, _]| top < bottom) {
        let column = left as usize;
        let Some(first) = found.get(&top.saturating_add(1)) else { continue };
        let value = first.cells.get(column).cloned().unwrap_or_default();
        let is_of_it = |fault: &&RowFault| fault.column() == Some(column);
        let fault = first.faults.iter().find(is_of_it).cloned();
        if value.is_empty() && fault.is_none() {
            continue;
        }
        for (_, row) in found.range_mut(top.saturating_add(2)..=bottom.saturating_add(1)) {
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            if row.cells[column].is_empty() {
                row.cells[column].clone_from(&value);
                row.faults.extend(fault.clone());
            }
        }
    }
}

fn sheet_of(found: BTreeMap<u32, RawRow>, hidden_columns: BTreeSet<usize>) -> RawSheet {
    let mut sheet = RawSheet { rows: Vec::new(), blanks: Vec::new(), lines: 0, hidden_columns };
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
fn shown(value: &DataRef<'_>, number: usize, shown_as: Option<ShownAs>) -> (String, Option<RowFault>) {
    let text = match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::SharedString(text) => return fault_text::of_cell(visible::text(text), number),
        DataRef::Bool(true) => "yes".to_owned(),
        DataRef::Bool(false) => "no".to_owned(),
        DataRef::DateTime(date) => shown_date(date, shown_as),
        DataRef::String(text) => return fault_text::of_cell(visible::text(text), number),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => visible::text(text),
        DataRef::Error(error) => {
            let shown = error.to_string();
            return (shown.clone(), Some(RowFault::SpreadsheetError { cell: number, shown }));
        }
    };
    (text, None)
}

/// Numbers that are years, and days of 1902 to 1908 as well.
const YEARS: std::ops::Range<f64> = 1000.0..3000.0;

/// A date as the format of the cell shows it. A number that may be a year in a cell that was made a date of is both; a time of
/// day is no date. A day of the first years that a spreadsheet knows is doubtful, as any small number is one, and so is a day of which the cell
/// shows the time alone.
fn shown_date(date: &ExcelDateTime, shown_as: Option<ShownAs>) -> String {
    let serial = date.as_f64();
    if date.is_duration() {
        // Hours, minutes and seconds: no date.
        #[expect(clippy::cast_possible_truncation, reason = "a time of more seconds is none")]
        let seconds = (serial * 86_400.0).round() as i64;
        return format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    if !(0.0..2_958_466.0).contains(&serial) {
        // No day at all: shown so that nobody takes it for a year.
        return format!("day {serial} of a spreadsheet");
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if serial < 1.0 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    let is_midnight = (hour, minute, second) == (0, 0, 0);
    let shown = match shown_as {
        Some(ShownAs::Year) => format!("{year:04}"),
        Some(ShownAs::Month) => format!("{year:04}-{month:02}"),
        Some(ShownAs::Time) | None => format!("{year:04}-{month:02}-{day:02}"),
    };
    if YEARS.contains(&serial) {
        format!("{} or {shown}", serial.trunc())
    } else if serial < YEARS.start || shown_as == Some(ShownAs::Time) {
        format!("{shown} ?")
    } else if is_midnight || shown_as.is_some() {
        shown
    } else {
        format!("{shown} {hour:02}:{minute:02}:{second:02}")
    }
}

fn damaged(error: impl std::fmt::Display) -> Unreadable {
    Unreadable::DamagedWorkbook { detail: error.to_string().chars().take(200).collect() }
}
