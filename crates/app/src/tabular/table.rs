//! A table as it was found in a file, every line accounted for.

use std::collections::BTreeSet;
use std::fmt;

use super::encoding::Encoding;
use super::sheet_xml::column_letters;

/// A header, the rows under it, and everything else the file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The line of the header, from 1.
    pub header_line: u32,
    /// The last line of the header, where a title holds line breaks.
    pub header_last_line: u32,
    /// The columns, in the file's order.
    pub columns: Vec<Column>,
    /// The rows, in the file's order.
    pub rows: Vec<Row>,
    /// Lines that are neither header nor row, in the file's order.
    pub asides: Vec<Aside>,
    /// How the file was read.
    pub notes: Vec<Note>,
    /// How many lines the file has.
    pub lines: u32,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its place, from 0.
    pub index: usize,
    /// Its title as written, trimmed; may be empty.
    pub title: String,
}

impl Column {
    /// What to call it: its title, or its letter as spreadsheets have it.
    #[must_use]
    pub fn called(&self) -> String {
        if self.title.is_empty() {
            format!("column {}", column_letters(self.index))
        } else {
            self.title.clone()
        }
    }
}

/// One row: as many cells as the header has columns, trimmed, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its first line in the file, from 1 (a workbook's row number).
    pub line: u32,
    /// Its last line, where a quoted cell holds line breaks.
    pub last_line: u32,
    /// What is wrong with the row's form: of each cell its own, then of the row.
    pub faults: Vec<RowFault>,
    /// The sheet hides it.
    pub is_hidden: bool,
    cells: Vec<String>,
    /// Columns whose cells say that the value above holds, with that value.
    repeated: Vec<(usize, String)>,
}

impl Row {
    pub(super) fn new(row: &RawRow, faults: Vec<RowFault>, cells: Vec<String>) -> Self {
        let &RawRow { line, last_line, is_hidden, .. } = row;
        Self { line, last_line, faults, is_hidden, cells, repeated: Vec::new() }
    }

    /// Takes the value above for that of a column.
    pub(crate) fn repeat(&mut self, column: usize, above: String) {
        self.repeated.push((column, above));
    }

    /// The columns that repeat the value above, with the value.
    pub(crate) fn repeated(&self) -> &[(usize, String)] {
        &self.repeated
    }

    /// The cell of a column, trimmed, or the value above that it repeats; empty where the row has none.
    #[must_use]
    pub fn cell(&self, column: usize) -> &str {
        if let Some((_, above)) = self.repeated.iter().find(|(at, _)| *at == column) {
            return above;
        }
        self.cells.get(column).map_or("", String::as_str)
    }

    /// All cells, as they are written.
    #[must_use]
    pub fn cells(&self) -> &[String] {
        &self.cells
    }
}

/// What can be wrong with the form of one row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowFault {
    /// There are cells beyond the last column.
    #[error("has {found} cells where the header has {expected}")]
    TooManyCells {
        /// Columns of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// A quoted cell goes on after its closing quote.
    #[error("cell {cell} goes on after its closing quote")]
    TextAfterQuote {
        /// The cell, from 1.
        cell: usize,
    },
    /// A card ends nowhere.
    #[error("is a card without an end")]
    CutOff,
    /// A formula whose value is not in the file.
    #[error("cell {cell} holds a formula without its value")]
    FormulaWithoutValue {
        /// The cell, from 1.
        cell: usize,
    },
    /// The spreadsheet shows an error in a cell.
    #[error("cell {cell} shows the spreadsheet error {shown}")]
    SpreadsheetError {
        /// The cell, from 1.
        cell: usize,
        /// What the sheet shows, such as `#REF!`.
        shown: String,
    },
}

impl RowFault {
    /// What would be right.
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        match self {
            Self::TooManyCells { .. } => {
                "quotes around a cell that holds the separator; or the answer as-note, which keeps the rest as a note"
            }
            Self::CutOff => "a line END:VCARD after each card",
            Self::TextAfterQuote { .. } => "doubled quotes inside a quoted cell",
            Self::SpreadsheetError { .. } => "the value itself",
            Self::FormulaWithoutValue { .. } => {
                "the value itself; open the workbook in a spreadsheet program and save it again"
            }
        }
    }

    /// The one cell that is at fault, from 0; none if the row as a whole is.
    #[must_use]
    pub const fn column(&self) -> Option<usize> {
        match self {
            Self::TextAfterQuote { cell }
            | Self::SpreadsheetError { cell, .. }
            | Self::FormulaWithoutValue { cell } => Some(cell.saturating_sub(1)),
            Self::TooManyCells { .. } | Self::CutOff => None,
        }
    }
}

/// Lines that are neither header nor row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// First line, from 1.
    pub line: u32,
    /// Last line; the same as the first except for runs of blank lines and for quoted line breaks.
    pub last_line: u32,
    /// What it was taken for.
    pub kind: AsideKind,
    /// What it says; empty for blank lines.
    pub text: String,
}

/// What a line that is no row was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AsideKind {
    /// Above the header.
    Title,
    /// Nothing in it.
    Blank,
    /// Below the last row: a total, a source, a remark.
    Footer,
    /// The header once more, as printed lists have it on each page.
    RepeatedHeader,
}

impl AsideKind {
    /// The word for it in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Blank => "blank",
            Self::Footer => "footer",
            Self::RepeatedHeader => "repeated header",
        }
    }
}

/// How a file was read, for the report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// The encoding of a text file.
    Encoding(Encoding),
    /// Windows-1252 was assumed because the bytes are no Unicode text.
    EncodingAssumed,
    /// The bytes are no Unicode text, and the names of the list are known in this encoding.
    EncodingByNames,
    /// The bytes are no Unicode text, and nothing tells which of these encodings it is.
    EncodingDoubtful(Vec<Encoding>),
    /// The separator of a text file.
    Separator(char),
    /// The sheet of a workbook that was read.
    Sheet(String),
    /// A sheet of the workbook that was not read.
    SheetLeft(String),
    /// A column that the sheet hides, and that is read as the others are.
    ColumnHidden(String),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding(encoding) => write!(f, "encoding: {encoding}"),
            Self::EncodingAssumed => {
                f.write_str("encoding assumed, as the file is not valid Unicode: check the accents")
            }
            Self::EncodingByNames => f.write_str("encoding chosen, as the names of the list are known in it"),
            Self::EncodingDoubtful(_) => {
                f.write_str("encoding doubtful, as the file is not valid Unicode: say which it is")
            }
            Self::Separator('\t') => f.write_str("separator: tab"),
            Self::Separator(',') => f.write_str("separator: comma"),
            Self::Separator(';') => f.write_str("separator: semicolon"),
            Self::Separator(other) => write!(f, "separator: {other:?}"),
            Self::Sheet(name) => write!(f, "sheet read: {name:?}"),
            Self::SheetLeft(name) => write!(f, "sheet not read: {name:?}"),
            Self::ColumnHidden(title) => write!(f, "column hidden in the sheet: {title:?}"),
        }
    }
}

/// How many lines were taken for what; they add up to the lines of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Lines of the header.
    pub header: u32,
    /// Lines of rows.
    pub rows: u32,
    /// Lines above the header.
    pub titles: u32,
    /// Blank lines.
    pub blanks: u32,
    /// Lines below the last row.
    pub footers: u32,
    /// Lines that repeat the header.
    pub repeated_headers: u32,
}

impl Account {
    /// All lines accounted for.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.header + self.rows + self.titles + self.blanks + self.footers + self.repeated_headers
    }
}

impl Table {
    /// How many lines were taken for what. Its total is [`Table::lines`].
    #[must_use]
    pub fn account(&self) -> Account {
        let mut account = Account {
            header: self.header_last_line - self.header_line + 1,
            rows: self.rows.iter().map(|row| row.last_line - row.line + 1).sum(),
            ..Account::default()
        };
        for aside in &self.asides {
            let lines = aside.last_line - aside.line + 1;
            match aside.kind {
                AsideKind::Title => account.titles += lines,
                AsideKind::Blank => account.blanks += lines,
                AsideKind::Footer => account.footers += lines,
                AsideKind::RepeatedHeader => account.repeated_headers += lines,
            }
        }
        account
    }
}

/// Rows before anybody asked which of them is the header.
#[derive(Debug)]
pub(super) struct RawSheet {
    pub(super) rows: Vec<RawRow>,
    pub(super) blanks: Vec<(u32, u32)>,
    pub(super) lines: u32,
    /// Columns, from 0, that a workbook hides.
    pub(super) hidden_columns: BTreeSet<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawRow {
    pub(super) line: u32,
    pub(super) last_line: u32,
    pub(super) cells: Vec<String>,
    pub(super) faults: Vec<RowFault>,
    pub(super) is_hidden: bool,
}

impl RawRow {
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Adds a line to the runs of blank lines.
pub(super) fn add_blank(blanks: &mut Vec<(u32, u32)>, line: u32, last_line: u32) {
    match blanks.last_mut() {
        Some((_, end)) if *end + 1 == line => *end = last_line,
        Some(_) | None => blanks.push((line, last_line)),
    }
}
