//! Stories of files as offices keep them, and the properties that hold for any bytes.

use std::collections::BTreeMap;
use std::io::Write;

use proptest::prelude::*;

use super::*;

struct Words;

impl HeaderWords for Words {
    fn knows(&self, title: &str) -> bool {
        ["city", "country", "year", "kind", "stadt", "land", "jahr"].contains(&title.to_lowercase().as_str())
    }
}

fn table(bytes: &[u8]) -> Table {
    let table = read(bytes, &ReadOptions::new(&Words)).unwrap();
    assert_eq!(table.account().total(), table.lines, "every line is accounted for: {table:#?}");
    table
}

fn refusal(bytes: &[u8]) -> Unreadable {
    read(bytes, &ReadOptions::new(&Words)).unwrap_err()
}

fn cells(table: &Table) -> Vec<(u32, Vec<&str>)> {
    table.rows.iter().map(|row| (row.line, row.cells().iter().map(String::as_str).collect())).collect()
}

fn titles(table: &Table) -> Vec<&str> {
    table.columns.iter().map(|column| column.title.as_str()).collect()
}

#[test]
fn a_list_with_titles_above_and_remarks_below_keeps_every_line() {
    let table = table(
        b"Our partner cities\nas of June 2008\n\nCity,Country,Year\nAccra,Ghana,1989\n\nAmman,Jordan,2004\n\nTotal,2,\nSource: the committee's own list\n",
    );
    assert_eq!(cells(&table), [(5, vec!["Accra", "Ghana", "1989"]), (7, vec!["Amman", "Jordan", "2004"])]);
    let asides: Vec<_> = table.asides.iter().map(|a| (a.line, a.kind, a.text.as_str())).collect();
    assert_eq!(
        asides,
        [
            (1, AsideKind::Title, "Our partner cities"),
            (2, AsideKind::Title, "as of June 2008"),
            (3, AsideKind::Blank, ""),
            (6, AsideKind::Blank, ""),
            (8, AsideKind::Blank, ""),
            (9, AsideKind::Footer, "Total | 2"),
            (10, AsideKind::Footer, "Source: the committee's own list"),
        ]
    );
}

#[test]
fn a_last_partner_without_further_facts_is_no_footer() {
    let table = table(b"City,Country\nAccra,Ghana\n\nSydney,\n");
    assert_eq!(cells(&table).last().unwrap(), &(4, vec!["Sydney", ""]));
}

#[test]
fn semicolons_and_tabs_are_found_even_when_the_text_is_full_of_commas() {
    let semicolons = table(
        "Stadt;Land;Jahr\n\"Frankfurt, Main; Hessen\";Deutschland;1966\nLyon;Frankreich;1951\n".as_bytes(),
    );
    assert_eq!(cells(&semicolons)[0].1, ["Frankfurt, Main; Hessen", "Deutschland", "1966"]);
    let tabs = table(b"City\tCountry\nWashington, D.C.\tUnited States\nPrague, Praha\tCzech Republic\n");
    assert_eq!(titles(&tabs), ["City", "Country"]);
    assert_eq!(cells(&tabs)[0].1[0], "Washington, D.C.");
    let hinted = table(b"sep=;\nCity;Country\nAccra;Ghana\n");
    assert_eq!((titles(&hinted), hinted.asides[0].kind), (vec!["City", "Country"], AsideKind::Title));
}

#[test]
fn a_quoted_cell_may_hold_line_breaks_and_the_lines_after_keep_their_numbers() {
    let table = table(b"City,Country\r\n\"Petach\r\nTikva\",Israel\r\nAccra,Ghana\r\n");
    assert_eq!(
        table.rows.iter().map(|row| (row.line, row.last_line, row.cell(0))).collect::<Vec<_>>(),
        [(2, 3, "Petach\r\nTikva"), (4, 4, "Accra")]
    );
}

#[test]
fn old_macintosh_line_ends_count_as_lines() {
    assert_eq!(cells(&table(b"City,Country\rAccra,Ghana\r"))[0].0, 2);
}

#[test]
fn a_row_of_another_width_is_kept_with_its_fault() {
    let table = table(b"City,Country,Year\nAccra,Ghana\nPrague,Czech Republic,1990,x\nOsaka,Japan,1973,,\n");
    assert_eq!(
        table.rows.iter().map(|row| row.faults.first().cloned()).collect::<Vec<_>>(),
        [
            // Cells that are missing at the end are blank.
            None,
            Some(RowFault::TooManyCells { expected: 3, found: 4 }),
            None
        ]
    );
}

#[test]
fn a_header_repeated_on_each_printed_page_is_no_row() {
    let table = table(b"City,Country\nAccra,Ghana\nCity,Country\nOsaka,Japan\n");
    assert_eq!((table.rows.len(), table.account().repeated_headers), (2, 1));
}

#[test]
fn a_workbook_reads_like_a_text_file_with_dates_from_serial_numbers() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yy");
    let cover = book.add_worksheet().set_name("Cover").unwrap();
    cover.write(0, 0, "Partner cities of our town").unwrap();
    let sheet = book.add_worksheet().set_name("List").unwrap();
    sheet.write(0, 0, "Partner cities").unwrap();
    for (column, title) in ["City", "Country", "Year"].into_iter().enumerate() {
        sheet.write(2, u16::try_from(column).unwrap(), title).unwrap();
    }
    sheet.write(3, 0, "Accra").unwrap();
    sheet.write(3, 1, "Ghana").unwrap();
    sheet.write_number_with_format(3, 2, 32687.0, &date).unwrap();
    sheet.write(4, 0, "Osaka").unwrap();
    sheet.write(4, 2, 1973).unwrap();
    let table = table(&book.save_to_buffer().unwrap());
    assert_eq!(cells(&table), [(4, vec!["Accra", "Ghana", "1989-06-28"]), (5, vec!["Osaka", "", "1973"])]);
    assert_eq!(table.notes, [Note::Sheet("List".to_owned()), Note::SheetLeft("Cover".to_owned())]);
}

#[test]
fn a_cell_in_the_farthest_corner_is_refused_without_laying_out_a_grid() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "City").unwrap();
    sheet.write(1_048_575, 16_383, "x").unwrap();
    let found = refusal(&book.save_to_buffer().unwrap());
    assert_eq!(found, Unreadable::TooManyColumns { line: 1_048_576, columns: 16_384, limit: 100 });
}

/// A zip archive of one deflated entry, with whatever sizes it is told to claim.
fn archive(name: &str, content: &[u8], claimed: Option<u32>) -> Vec<u8> {
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    deflate.write_all(content).unwrap();
    let packed = deflate.finish().unwrap();
    let mut sum = flate2::Crc::new();
    sum.update(content);
    let unpacked = claimed.unwrap_or(u32::try_from(content.len()).unwrap());
    let mut shared = vec![];
    for value in [20_u16, 0, 8, 0, 0] {
        shared.extend(value.to_le_bytes());
    }
    for value in [sum.sum(), u32::try_from(packed.len()).unwrap(), unpacked] {
        shared.extend(value.to_le_bytes());
    }
    shared.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    shared.extend(0_u16.to_le_bytes());
    let mut out = [b"PK\x03\x04".as_slice(), &shared, name.as_bytes(), &packed].concat();
    let start = u32::try_from(out.len()).unwrap();
    let mut entry = [b"PK\x01\x02\x14\x00".as_slice(), &shared].concat();
    entry.extend([0; 14]);
    entry.extend(name.as_bytes());
    let size = u32::try_from(entry.len()).unwrap();
    out.extend(entry);
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0_u16.to_le_bytes());
    out
}

#[test]
fn zip_tricks_are_refused_before_anything_is_unpacked_for_use() {
    let zeroes = vec![0_u8; 8 * 1024 * 1024];
    let refusal_of = |bytes: &[u8]| {
        let found = refusal(bytes);
        let Unreadable::Zip(fault) = found else { panic!("{found:?}") };
        fault
    };
    assert!(matches!(refusal_of(&archive("xl/workbook.xml", &zeroes, None)), ZipFault::Ratio { .. }));
    assert!(matches!(refusal_of(&archive("xl/workbook.xml", &zeroes, Some(10))), ZipFault::Ratio { .. }));
    assert!(matches!(refusal_of(&archive("xl/workbook.xml", b"small", Some(4))), ZipFault::Lies { .. }));
    let sound = archive("xl/workbook.xml", b"<x/>", None);
    assert!(matches!(refusal_of(&sound[..sound.len() - 1]), ZipFault::Damaged { .. }));
    assert!(matches!(refusal(&sound), Unreadable::DamagedWorkbook { .. }));
    assert_eq!(
        refusal(&archive("word/document.xml", b"<x/>", None)),
        Unreadable::NotATable { found: "a Word document" }
    );
    let mut locked = sound.clone();
    let entry = locked.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    locked[entry + 8] |= 1;
    assert_eq!(refusal_of(&locked), ZipFault::Encrypted);
    let mut many = sound;
    let end = many.len() - 22;
    many[end + 8..end + 12].copy_from_slice(&[0x20, 0x4e, 0x20, 0x4e]);
    assert_eq!(refusal_of(&many), ZipFault::TooManyEntries { entries: 20_000, limit: 1_000 });
}

/// A workbook of one sheet without a table, under so many names.
fn one_sheet_of_many_names(names: usize) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..100 {
        sheet.write(row, 0, 7).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut entry, &mut content).unwrap();
        let name = entry.name().unwrap().into_owned();
        if name == "xl/workbook.xml" {
            let from = content.find("<sheet ").unwrap();
            let to = from + content[from..].find("/>").unwrap() + 2;
            let one = content[from..to].to_owned();
            let all: String =
                (0..names).map(|number| one.replace("\"Sheet1\"", &format!("\"Sheet{number}\""))).collect();
            content.replace_range(from..to, &all);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(content.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_sheet_of_many_names_is_not_read_under_each_of_them() {
    // It has a hundred cells.
    let bytes = one_sheet_of_many_names(9);
    let read = |cells: usize| {
        let limits = Limits { inflated_bytes: 4 * cells, ..Limits::default() };
        // The whole archive is larger than that, so ask the reader behind the check.
        let options = ReadOptions { limits, ..ReadOptions::new(&Words) };
        workbook::read_checked(&bytes, &options, &BTreeMap::new()).unwrap_err()
    };
    assert!(matches!(read(900), Unreadable::NoHeader { .. }));
    assert_eq!(read(899), Unreadable::Zip(ZipFault::TooLarge { limit: 4 * 899 }));
    // 5,000 names for 49,000 rows once kept a processor for six minutes.
    let refused = super::read(&bytes, &ReadOptions::new(&Words)).unwrap_err();
    let said = "\"Sheet1\" is the same part as another";
    assert!(matches!(&refused, Unreadable::DamagedWorkbook { detail } if detail.contains(said)), "{refused}");
}

#[test]
fn no_more_sheets_are_looked_into_than_the_limit_says() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for _ in 0..3 {
        book.add_worksheet().write(0, 0, "a cover").unwrap();
    }
    book.add_worksheet().write_row(0, 0, ["City", "Country"]).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let read = |sheets| {
        let limits = Limits { sheets, ..Limits::default() };
        read(&bytes, &ReadOptions { limits, ..ReadOptions::new(&Words) })
    };
    assert!(read(4).is_ok());
    assert!(matches!(read(3), Err(Unreadable::NoHeader { .. })));
}

fn small_book() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["City", "Country"]).unwrap();
    sheet.write_row(1, 0, ["Accra", "Ghana"]).unwrap();
    book.save_to_buffer().unwrap()
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_and_every_line_is_accounted_for(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        if let Ok(table) = read(&bytes, &ReadOptions::new(&Words)) {
            prop_assert_eq!(table.account().total(), table.lines);
        }
    }

    #[test]
    fn any_table_like_text_is_accounted_for(
        body in "([A-Za-z é\"]{0,6}[,;\t\n\r ]){0,60}",
        cut in prop::option::of(0_usize..40),
    ) {
        let text = format!("Title\n\nCity,Country\n{body}");
        let bytes = &text.as_bytes()[..text.len() - cut.unwrap_or(0).min(text.len())];
        if let Ok(table) = read(bytes, &ReadOptions::new(&Words)) {
            prop_assert_eq!(table.account().total(), table.lines);
        }
    }

    #[test]
    fn what_is_quoted_is_read_back_as_it_was(cells in prop::collection::vec("[a-z\",;\t é]{0,8}", 2..5)) {
        let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        let width = cells.len();
        let header: Vec<&str> = ["city", "country", "year", "kind"][..width].to_vec();
        let text = format!("{}\n{}\n", header.join(","), quoted.join(","));
        let table = read(text.as_bytes(), &ReadOptions::new(&Words)).unwrap();
        if cells.iter().any(|cell| !cell.trim().is_empty()) && table.rows.len() == 1 {
            let trimmed: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
            prop_assert_eq!(table.rows[0].cells().iter().map(String::as_str).collect::<Vec<_>>(), trimmed);
        }
    }

    #[test]
    fn a_damaged_workbook_is_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = small_book();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read(&bytes, &ReadOptions::new(&Words));
    }
}
