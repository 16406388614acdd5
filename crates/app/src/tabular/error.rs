//! Why no table could be made of a file.

/// Why a file cannot be read as a table. Each message says where and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// No bytes.
    #[error("the file is empty; expected a table with a header line")]
    Empty,
    /// Nothing but white space.
    #[error("the file has only blank lines; expected a table with a header line")]
    Blank,
    /// More bytes than are taken.
    #[error("the file has {bytes} bytes; at most {limit} are read")]
    TooLarge {
        /// Bytes of the file.
        bytes: usize,
        /// The most that is read.
        limit: usize,
    },
    /// Another kind of file.
    #[error("this is {found}, not a table; save it as CSV, TSV or XLSX")]
    NotATable {
        /// What it seems to be.
        found: &'static str,
    },
    /// Two encodings in one file.
    #[error(
        "line {line} holds bytes that are not UTF-8 while other lines are UTF-8; save the whole file in one encoding"
    )]
    MixedEncoding {
        /// Line of the first foreign byte, from 1.
        line: u32,
    },
    /// The bytes are not of the encoding that was said.
    #[error("the file is not in {encoding}; name the encoding in which it was saved, or save it as UTF-8")]
    NotInEncoding {
        /// The encoding that was said.
        encoding: &'static str,
    },
    /// An encoding that is not known.
    #[error(
        "{label:?} is no encoding that is read; say utf-8, windows-1250, windows-1252, iso-8859-2, shift_jis or the like"
    )]
    NoSuchEncoding {
        /// What was said.
        label: String,
    },
    /// UTF-16 that breaks off or has lone surrogates.
    #[error("the file is UTF-16 but damaged near line {line}; save it again as UTF-8")]
    BrokenUtf16 {
        /// Line of the first damage, from 1.
        line: u32,
    },
    /// A quote that nobody closes.
    #[error(
        "line {line}: a quoted cell begins here and never ends; close the quote, or double a quote that is part of the text"
    )]
    UnclosedQuote {
        /// Line where the quoted cell begins, from 1.
        line: u32,
    },
    /// A cell with more text than is taken.
    #[error("line {line}, cell {cell}: {chars} characters; at most {limit} are read")]
    CellTooLong {
        /// Line, from 1.
        line: u32,
        /// Cell, from 1.
        cell: usize,
        /// Its characters, at least.
        chars: usize,
        /// The most that is read.
        limit: usize,
    },
    /// More rows than are taken.
    #[error("the file has more than {limit} rows; split it")]
    TooManyRows {
        /// The most that is read.
        limit: usize,
    },
    /// More columns than are taken.
    #[error("line {line} reaches column {columns}; at most {limit} columns are read")]
    TooManyColumns {
        /// Line, from 1.
        line: u32,
        /// The column reached, from 1.
        columns: usize,
        /// The most that is read.
        limit: usize,
    },
    /// No line whose cells are column titles.
    #[error(
        "no header line found: line {line} reads {text:?}; expected titles such as \"City\" and \"Country\", or a mapping that names the columns"
    )]
    NoHeader {
        /// The first line that is not blank, from 1.
        line: u32,
        /// What it says, cut short.
        text: String,
    },
    /// The sheet asked for is not in the workbook.
    #[error("the workbook has no sheet {asked:?}; it has {}", .sheets.join(", "))]
    NoSuchSheet {
        /// The sheet asked for.
        asked: String,
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// The archive of a workbook is damaged or hostile.
    #[error("the workbook is refused: {0}")]
    Zip(#[from] ZipFault),
    /// The archive is sound, but what is in it is no workbook or a damaged one.
    #[error("the workbook is damaged: {detail}; open it and save it again as XLSX or CSV")]
    DamagedWorkbook {
        /// What the reader found.
        detail: String,
    },
}

/// What is wrong with the archive of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ZipFault {
    /// The directory at its end is missing or points elsewhere.
    #[error("its archive is cut off or damaged ({what}); send the whole file")]
    Damaged {
        /// The part that is wrong.
        what: &'static str,
    },
    /// Needs a password.
    #[error("it is locked with a password; save it without one")]
    Encrypted,
    /// Packed in a way no spreadsheet program uses.
    #[error("entry {entry:?} is packed by method {method}; only stored and deflated entries are read")]
    Method {
        /// Name of the entry.
        entry: String,
        /// The method's number.
        method: u16,
    },
    /// More entries than are read.
    #[error("it has {entries} entries; at most {limit} are read")]
    TooManyEntries {
        /// Entries the directory tells of.
        entries: usize,
        /// The most that is read.
        limit: usize,
    },
    /// Unpacks to more than is read.
    #[error("it unpacks to more than {limit} bytes")]
    TooLarge {
        /// The most that is read.
        limit: usize,
    },
    /// Unpacks to far more than its own size.
    #[error("entry {entry:?} unpacks to more than {limit} times its size")]
    Ratio {
        /// Name of the entry.
        entry: String,
        /// The highest ratio that is read.
        limit: usize,
    },
    /// Says one size and has another, or its sum does not fit.
    #[error(
        "entry {entry:?} is not what the archive says it is; send the file as the spreadsheet program saved it"
    )]
    Lies {
        /// Name of the entry.
        entry: String,
    },
    /// Two entries of one name.
    #[error("entry {entry:?} is there twice")]
    Duplicate {
        /// Name of the entry.
        entry: String,
    },
}

/// Recognises files that people mistake for tables, by their first bytes.
pub(super) fn foreign_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old .xls workbook or one with a password"),
        (b"%PDF", "a PDF document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"BZh", "a bzip2 archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"Rar!", "a RAR archive"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"SQLite format 3\0", "a SQLite database"),
        (b"{\\rtf", "a text document"),
        (b"\x7fELF", "a program"),
        (b"\x00\x00\xfe\xff", "UTF-32 text"),
        (b"\xff\xfe\x00\x00", "UTF-32 text"),
    ];
    if let Some((_, found)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(found);
    }
    let start: Vec<u8> = bytes
        .iter()
        .copied()
        .skip_while(|byte| byte.is_ascii_whitespace() || [0xef, 0xbb, 0xbf].contains(byte))
        .take(16)
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    if start.starts_with(b"<!doctype") || start.starts_with(b"<html") || start.starts_with(b"<table") {
        return Some("a web page");
    }
    if start.starts_with(b"<?xml") {
        return Some("an XML document");
    }
    if start.starts_with(b"{\"") || start.starts_with(b"[{") || start.starts_with(b"{\n") {
        return Some("a JSON document");
    }
    if start.starts_with(b"begin:vcalendar") {
        return Some("a calendar");
    }
    None
}
