//! Reads the tables that offices keep: CSV, TSV and XLSX of any common encoding and separator.
//!
//! [`read`] turns bytes into a [`Table`]: a header, rows that remember their line in the file, and an account of
//! every line that is neither (titles, blanks, footers, repeated headers). It knows nothing about cities; the one thing
//! it must be told is which words are column titles ([`HeaderWords`]), because only that tells a header from a title.
//!
//! Nothing is dropped silently: [`Table::account`] adds up to the number of lines in the file, and a property test holds it to that.
//!
//! # How an encoding is chosen
//!
//! 1. A byte-order mark decides: UTF-8, UTF-16 LE, UTF-16 BE (UTF-32 is refused).
//! 2. Without one, zero bytes on one side of most pairs mean UTF-16.
//! 3. Then, if the bytes are valid UTF-8, they are UTF-8.
//! 4. Else those that are in use where such lists are made are tried, and the one in which the names of the list are known is the one.
//!    If no name tells, Windows-1252 is assumed where all of the text looks like Western European words. Otherwise the
//!    encoding is doubtful ([`Note::EncodingDoubtful`]), and whoever reads the table must ask.
//! 5. Bytes that are mostly valid UTF-8 are a file pasted together from two encodings, and guessing would garble one half. It is
//!    refused with the line of the first foreign byte.
//!
//! Whoever knows the encoding says so ([`ReadOptions::encoding`]); then nothing is guessed.

mod archive;
mod code_page;
mod delimited;
mod encoding;
mod error;
mod fault_text;
mod layout;
mod limits;
mod sheet_xml;
mod table;
mod texts;
mod vcard;
mod visible;
mod workbook;

#[cfg(test)]
mod tests;

use encoding::Because;

pub use encoding::Encoding;
pub use error::{Unreadable, ZipFault};
pub use limits::Limits;
pub(crate) use sheet_xml::column_number;
pub use table::{Account, Aside, AsideKind, Column, Note, Row, RowFault, Table};
pub use texts::texts;
pub use vcard::is_vcard;

/// Says which cells are column titles; this is how a header is told from a title line above it.
pub trait HeaderWords {
    /// Whether this cell is a known column title, in any wording.
    fn knows(&self, title: &str) -> bool;

    /// How many names of a text are known, cell by cell; tells in which encoding a text makes sense. None if nothing is known about names.
    fn known_names(&self, _table: &Table) -> usize {
        0
    }
}

/// How to read a file.
#[derive(Clone, Copy)]
pub struct ReadOptions<'a> {
    /// The name the file came with, if any; used only to make refusals clearer, never as a path.
    pub file_name: Option<&'a str>,
    /// The sheet of a workbook to read; without it, the first visible sheet with a header.
    pub sheet: Option<&'a str>,
    /// The encoding of a text file, if it is known.
    pub encoding: Option<Encoding>,
    /// What is refused before it is expanded.
    pub limits: Limits,
    /// The known column titles.
    pub words: &'a dyn HeaderWords,
}

impl<'a> ReadOptions<'a> {
    /// The default limits, no file name, no sheet.
    #[must_use]
    pub fn new(words: &'a dyn HeaderWords) -> Self {
        Self { file_name: None, sheet: None, encoding: None, limits: Limits::default(), words }
    }
}

/// Reads a file as a table.
///
/// # Errors
///
/// [`Unreadable`] when no table can be made of the bytes at all; it names the line where there is one, and what would be right.
/// A fault of a single row does not fail the file: the row carries it ([`Row::faults`]).
pub fn read(bytes: &[u8], options: &ReadOptions<'_>) -> Result<Table, Unreadable> {
    let limits = &options.limits;
    if bytes.len() > limits.file_bytes {
        return Err(Unreadable::TooLarge { bytes: bytes.len(), limit: limits.file_bytes });
    }
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return workbook::read(bytes, options);
    }
    if is_vcard(bytes) {
        return vcard::read(bytes, limits);
    }
    if let Some(found) = error::foreign_format(bytes) {
        return Err(Unreadable::NotATable { found });
    }
    let table = |text: &str| {
        let (separator, hint) = delimited::separator(text, options.words);
        let sheet = delimited::parse(text, separator, hint, limits)?;
        layout::arrange(sheet, vec![Note::Separator(separator)], options.words)
    };
    let known = |text: &str| table(text).map_or(0, |table| options.words.known_names(&table));
    let decoded = encoding::decode(bytes, options.encoding, &known)?;
    let mut table = table(decoded.text.as_ref())?;
    if table.columns.len() == 1 {
        table.notes.retain(|note| !matches!(note, Note::Separator(_)));
    }
    table.notes.insert(0, Note::Encoding(decoded.encoding));
    match decoded.because {
        Because::Certain => {}
        Because::NamesAreKnown => table.notes.push(Note::EncodingByNames),
        Because::Assumed => table.notes.push(Note::EncodingAssumed),
        Because::Doubtful(others) => table.notes.push(Note::EncodingDoubtful(others)),
    }
    Ok(table)
}
