//! Files that are small and become large, or take long to read.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A file that is uploaded.
#[derive(Clone, Debug)]
pub(super) struct Bomb {
    pub(super) kind: &'static str,
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The most bytes of a file.
const LARGEST: usize = 5 * 1_024 * 1_024;

impl Bomb {
    /// A log.
    pub(super) fn engagements(text: String) -> Self {
        Self { kind: "engagements", media_type: "text/csv", bytes: text.into_bytes() }
    }
}

pub(super) fn all() -> Vec<Bomb> {
    let partnerships = |media_type, bytes| Bomb { kind: "partnerships", media_type, bytes };
    let quotes = format!("city,country\n\"{}", "\"\"".repeat(LARGEST / 2 - 100)).into_bytes();
    let commas = format!("city,country\n{}", format!("{}\n", ",".repeat(100)).repeat(49_000)).into_bytes();
    let ambiguous = format!("city\n{}", "San José or Santiago or Saint-Denis\n".repeat(49_000)).into_bytes();
    let cards = "BEGIN:VCARD\r\n".repeat(LARGEST / 14).into_bytes();
    let mut calendar = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    for event in 0..10_000 {
        // Writing into a `String` cannot fail.
        let _ = write!(
            calendar,
            "BEGIN:VEVENT\r\nUID:{event}\r\nDTSTART:19000101T000000Z\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:For ever\r\nEND:VEVENT\r\n"
        );
    }
    calendar.push_str("END:VCALENDAR\r\n");
    vec![
        partnerships(XLSX, workbook(5_000, &rows(49_000))),
        partnerships(XLSX, workbook(1, &" ".repeat(500_000_000))),
        partnerships(XLSX, workbook(1, &rows(1_000_000))),
        partnerships("text/csv", quotes),
        partnerships("text/csv", commas),
        partnerships("text/csv", ambiguous),
        Bomb { kind: "persons", media_type: "text/vcard", bytes: cards },
        Bomb { kind: "engagements", media_type: "text/calendar", bytes: calendar.into_bytes() },
    ]
}

fn rows(number: usize) -> String {
    let mut rows = String::new();
    for row in 1..=number {
        let _ =
            write!(rows, "<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>Warsaw</t></is></c></row>");
    }
    rows
}

/// A workbook of so many sheets, all of which are the same part.
fn workbook(sheets: usize, rows: &str) -> Vec<u8> {
    const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
    const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const OF_WORKBOOK: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let mut names = String::new();
    for sheet in 1..=sheets {
        let _ = write!(names, "<sheet name=\"S{sheet}\" sheetId=\"{sheet}\" r:id=\"rId1\"/>");
    }
    let book = format!(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{names}</sheets></workbook>"#
    );
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/_rels/workbook.xml.rels", OF_WORKBOOK),
        ("xl/workbook.xml", &book),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    for (name, text) in parts {
        // Into memory: it cannot fail.
        let _ = zip.start_file(name, SimpleFileOptions::default()).map(|()| zip.write_all(text.as_bytes()));
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
