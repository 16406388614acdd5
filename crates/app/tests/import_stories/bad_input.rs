//! Bad input, one table: files that are refused whole, lines that are wrong, and odd text that is carried unharmed.
//!
//! Each refusal says where, what, and what would be right; and whatever is refused leaves nothing behind.

use sister_cities_app::import::Outcome;
use sister_cities_domain::import_run::{ImportContent, Mapping};

use crate::support::{CHICAGO, Office, assert_same, meaning};

/// What must come of a file.
enum Expected {
    /// No table can be made of it, or its columns cannot be used: the message holds these words.
    Refused(&'static [&'static str]),
    /// Its first row is wrong: field, and words of the message.
    Invalid(&'static str, &'static [&'static str]),
    /// Its first row asks about this field.
    Asks(&'static str),
    /// Its first row comes in.
    Taken,
}
use Expected::{Asks, Invalid, Refused, Taken};

const LIST: ImportContent = ImportContent::Partnerships;
const LOG: ImportContent = ImportContent::Engagements;
const RECORD: ImportContent = ImportContent::Coverage;

fn file(header: &str, line: &str) -> Vec<u8> {
    format!("{header}\n{line}\n").into_bytes()
}

fn list(line: &str) -> Vec<u8> {
    file("City,Country,Kind,Signed", line)
}

fn log(line: &str) -> Vec<u8> {
    file("City,Country,Date,End date,Title,Focus,Direction,Participants,Cost", line)
}

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

fn headed(line: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    workbook(|sheet| {
        sheet.write_row(0, 0, ["City", "Country", "Kind", "Signed"]).unwrap();
        line(sheet);
    })
}

fn utf16(text: &str, spoil: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    spoil(&mut bytes);
    bytes
}

type Case = (&'static str, ImportContent, Vec<u8>, Expected);

/// Files that are no table at all.
#[expect(clippy::too_many_lines, reason = "a table reads best in one piece")]
fn files() -> Vec<Case> {
    let good = "City,Country,Kind,Signed\nAccra,Ghana,sister city,1989\n";
    let rows = "Accra,Ghana,sister city,1989\n".repeat(50_001);
    vec![
        ("no bytes", LIST, vec![], Refused(&["empty", "expected a table with a header"])),
        ("only blanks", LIST, b" \n\n \t\n".to_vec(), Refused(&["only blank lines"])),
        ("a header alone", LIST, b"City,Country\n".to_vec(), Refused(&["header in line 1", "no rows"])),
        (
            "no header",
            LIST,
            b"Accra,Ghana,1989\nOsaka,Japan,1973\n".to_vec(),
            Refused(&["no header", "line 1", "City"]),
        ),
        ("too large", LIST, vec![b'x'; 5 * 1024 * 1024 + 1], Refused(&["5242881 bytes", "at most 5242880"])),
        (
            "too many rows",
            LIST,
            file("City,Country,Kind,Signed", &rows),
            Refused(&["more than 50000 rows", "split"]),
        ),
        (
            "too many columns",
            LIST,
            list(&"x,".repeat(120)),
            Refused(&["line 2", "column 101", "at most 100"]),
        ),
        (
            "a cell too long",
            LIST,
            list(&format!("{},Ghana,x,1989", "x".repeat(32_768))),
            Refused(&["line 2, cell 1", "32768"]),
        ),
        (
            "a quote never closed",
            LIST,
            list("\"Accra,Ghana,sister city,1989\nOsaka,Japan"),
            Refused(&["line 2", "never ends", "close the quote"]),
        ),
        ("a PDF", LIST, b"%PDF-1.7 \xe2\xe3".to_vec(), Refused(&["a PDF document", "CSV, TSV or XLSX"])),
        ("an old workbook", LIST, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec(), Refused(&["old .xls"])),
        ("gzip", LIST, b"\x1f\x8b\x08\0\0".to_vec(), Refused(&["gzip"])),
        ("a web page", LIST, b"<!DOCTYPE html><table><tr><td>City".to_vec(), Refused(&["web page"])),
        ("JSON", LIST, b"[{\"city\": \"Accra\"}]".to_vec(), Refused(&["JSON"])),
        ("a calendar", LIST, b"BEGIN:VCALENDAR\r\n".to_vec(), Refused(&["calendar"])),
        ("bytes of zero", LIST, b"City,Country\0\nAccra,Ghana\n".to_vec(), Refused(&["binary"])),
        ("UTF-32", LIST, b"\xff\xfe\0\0C\0\0\0".to_vec(), Refused(&["UTF-32"])),
        (
            "two encodings",
            LIST,
            [good.as_bytes(), "Bogotá,x,y,z\n".as_bytes(), b"M\xfcnchen,\xc3\xa1,z,z\n"].concat(),
            Refused(&["line 4", "one encoding"]),
        ),
        (
            "UTF-16 cut in half",
            LIST,
            utf16(good, |bytes| {
                bytes.pop();
            }),
            Refused(&["UTF-16", "damaged"]),
        ),
        (
            "UTF-16 with half a pair",
            LIST,
            utf16(good, |bytes| bytes.extend([0x00, 0xd8, 0x0a, 0x00])),
            Refused(&["UTF-16", "line 3"]),
        ),
        (
            "a workbook cut off",
            LIST,
            {
                let mut book = headed(|_| {});
                book.truncate(book.len() / 2);
                book
            },
            Refused(&["archive", "send the whole file"]),
        ),
        (
            "a workbook with a far cell",
            LIST,
            headed(|sheet| {
                sheet.write(1_048_575, 16_383, "x").unwrap();
            }),
            Refused(&["line 1048576", "column 16384"]),
        ),
        ("an empty workbook", LIST, workbook(|_| {}), Refused(&["only blank lines"])),
        (
            "a zip of something else",
            LIST,
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec(),
            Refused(&["a zip archive"]),
        ),
        (
            "no column of places",
            LIST,
            b"Country,Kind,Signed\nGhana,sister city,1989\n".to_vec(),
            Refused(&["line 1", "the place", "Country, Kind, Signed"]),
        ),
        (
            "two columns of places",
            LIST,
            b"City,Town,Kind\nAccra,Accra,sister city\n".to_vec(),
            Refused(&["line 1", "\"City\" and \"Town\"", "ignore"]),
        ),
        (
            "a log without titles",
            LOG,
            b"City,Country,Date\nAccra,Ghana,1989\n".to_vec(),
            Refused(&["the title"]),
        ),
    ]
}

/// Lines that are wrong, or not clear.
#[expect(clippy::too_many_lines, reason = "a table reads best in one piece")]
fn lines() -> Vec<Case> {
    vec![
        (
            "a cell too many",
            LIST,
            list("Washington, D.C.,USA,sister city,1989"),
            Invalid("row", &["5 cells", "quotes"]),
        ),
        (
            "text after a quote",
            LIST,
            list("\"Accra\" new,Ghana,sister city,1989"),
            Invalid("place", &["cell 1", "closing quote"]),
        ),
        ("no place", LIST, list(",Ghana,sister city,1989"), Invalid("place", &["is empty", "Accra"])),
        (
            "a place of control characters",
            LIST,
            list("Ac\u{7}cra,Ghana,sister city,1989"),
            Invalid("place", &["U+0007"]),
        ),
        (
            "a place that turns text around",
            LIST,
            list("Acc\u{202e}ra,Ghana,sister city,1989"),
            Invalid("place", &["U+202E"]),
        ),
        (
            "a place of 200 marks",
            LIST,
            list(&format!("A{},Ghana,sister city,1989", "\u{301}".repeat(200))),
            Invalid("place", &["combining marks"]),
        ),
        (
            "a place of 300 letters",
            LIST,
            list(&format!("{},Ghana,sister city,1989", "a".repeat(300))),
            Invalid("place", &["300 characters", "200"]),
        ),
        ("a country nobody knows", LIST, list("Accra,Wakanda,sister city,1989"), Asks("place")),
        ("a country off by a letter", LIST, list("Accra,Ghanna,sister city,1989"), Asks("place")),
        ("no country", LIST, list("Accra,,sister city,1989"), Asks("place")),
        (
            "a code that contradicts",
            LIST,
            file("City,Country,Country code,Kind", "Accra,Ghana,GB,sister city"),
            Invalid("country_code", &["GH", "GB", "agree"]),
        ),
        (
            "a code that is none",
            LIST,
            file("City,Country code,Kind", "Accra,Q9,sister city"),
            Invalid("country_code", &["Q9", "GH"]),
        ),
        (
            "an id that is no number",
            LIST,
            file("City,Country,GeonameID,Kind", "Accra,Ghana,12a,sister city"),
            Invalid("geonameid", &["12a", "2306104"]),
        ),
        (
            "an id of another place",
            LIST,
            file("City,Country,GeonameID,Kind", "Accra,Ghana,1853909,sister city"),
            Asks("place"),
        ),
        ("a kind nobody knows", LIST, list("Accra,Ghana,blood brothers,1989"), Asks("kind")),
        ("no kind", LIST, list("Accra,Ghana,,1989"), Asks("kind")),
        (
            "a date that is none",
            LIST,
            list("Accra,Ghana,sister city,soon"),
            Invalid("signed", &["soon", "1973"]),
        ),
        ("a year of two digits", LIST, list("Accra,Ghana,sister city,28/06/89"), Asks("signed")),
        (
            "a day that is not in the calendar",
            LIST,
            list("Accra,Ghana,sister city,31.02.1989"),
            Invalid("signed", &["31.02.1989"]),
        ),
        (
            "the bug of 1900",
            LIST,
            list("Accra,Ghana,sister city,1900-02-29"),
            Invalid("signed", &["1900-02-29"]),
        ),
        ("a day that may be two", LIST, list("Accra,Ghana,sister city,03/04/1989"), Asks("signed")),
        ("two years", LIST, list("Accra,Ghana,sister city,1988/1989"), Asks("signed")),
        ("a span", LIST, list("Accra,Ghana,sister city,1988-1990"), Asks("signed")),
        (
            "a day to come",
            LIST,
            list("Accra,Ghana,sister city,2031"),
            Invalid("signed", &["lies in the future"]),
        ),
        (
            "a precision that is not so",
            LIST,
            file("City,Country,Kind,Signed,Date precision", "Accra,Ghana,sister city,1989,day"),
            Invalid("date_precision", &["says day"]),
        ),
        (
            "two columns that disagree",
            LIST,
            file("City,Country,Kind,Year,Date signed", "Accra,Ghana,sister city,1988,28 June 1989"),
            Asks("signed"),
        ),
        (
            "a suspension without date",
            LIST,
            file("City,Country,Kind,Signed,Status", "Moscow,Russia,sister city,1997,suspended"),
            Asks("status_since"),
        ),
        (
            "a suspension before the beginning",
            LIST,
            file(
                "City,Country,Kind,Signed,Status,Status since",
                "Moscow,Russia,sister city,1997,suspended,1990",
            ),
            Invalid("status", &[]),
        ),
        (
            "a status nobody knows",
            LIST,
            file("City,Country,Kind,Signed,Status", "Moscow,Russia,sister city,1997,complicated"),
            Asks("status"),
        ),
        (
            "the city itself",
            LIST,
            list("Chicago,United States,sister city,1989"),
            Invalid("place", &["own city"]),
        ),
        (
            "a spreadsheet error",
            LIST,
            headed(|sheet| {
                sheet.write_row(1, 0, ["Accra", "Ghana", "sister city"]).unwrap();
                sheet
                    .write_formula(1, 3, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"))
                    .unwrap();
            }),
            Invalid("signed", &["#DIV/0!"]),
        ),
        (
            "an entry without title",
            LOG,
            log("Osaka,Japan,2018,,,culture,in,,"),
            Invalid("title", &["is empty"]),
        ),
        ("an entry without focus", LOG, log("Osaka,Japan,2018,,Visit,,in,,"), Asks("focus")),
        ("a focus nobody knows", LOG, log("Osaka,Japan,2018,,Visit,witchcraft,in,,"), Asks("focus")),
        (
            "a direction nobody knows",
            LOG,
            log("Osaka,Japan,2018,,Visit,culture,sideways,,"),
            Asks("direction"),
        ),
        (
            "an end before the start",
            LOG,
            log("Osaka,Japan,2018-06-05,2018-06-01,Visit,culture,in,,"),
            Invalid("end_date", &["before it begins"]),
        ),
        (
            "people by half",
            LOG,
            log("Osaka,Japan,2018,,Visit,culture,in,2.5,"),
            Invalid("participants", &["2.5", "22"]),
        ),
        (
            "fewer people than none",
            LOG,
            log("Osaka,Japan,2018,,Visit,culture,in,-3,"),
            Invalid("participants", &["-3"]),
        ),
        (
            "more people than there are",
            LOG,
            log("Osaka,Japan,2018,,Visit,culture,in,99999999999,"),
            Invalid("participants", &["99999999999"]),
        ),
        (
            "a cost without currency",
            LOG,
            log("Osaka,Japan,2018,,Visit,culture,in,,25000"),
            Invalid("cost", &["25000", "25000.00 USD"]),
        ),
        (
            "a cost with too many decimals",
            LOG,
            log("Osaka,Japan,2018,,Visit,culture,in,,City: 25.5 JPY"),
            Invalid("cost", &["25.5 JPY"]),
        ),
        ("a partner the programme has not", LOG, log("Lyon,France,2018,,Visit,culture,in,,"), Asks("place")),
        (
            "a period turned around",
            RECORD,
            file("City,Country,From,To", "Osaka,Japan,1995,1982"),
            Invalid("to", &["before it begins"]),
        ),
        (
            "a period without ends",
            RECORD,
            file("City,Country,From,To", "Osaka,Japan,,"),
            Invalid("from", &["neither"]),
        ),
    ]
}

/// Odd, but right: it comes in and reads back as it was.
fn odd() -> Vec<Case> {
    vec![
        ("a cell too few is blank", LIST, list("Accra,Ghana,sister city"), Taken),
        ("a decade stays as a note", LIST, list("Accra,Ghana,sister city,1980s"), Taken),
        ("a formula", LIST, list("=Ravi,Poland,sister city,1989"), Taken),
        ("Null", LIST, list("Null,Poland,sister city,1989"), Taken),
        ("markup", LIST, list("<b>Łódka</b>,Poland,sister city,1989"), Taken),
        (
            "an apostrophe and a quote",
            LIST,
            list("\"O'Nowhere \"\"West\"\"\",Ireland,sister city,1989"),
            Taken,
        ),
        ("SQL", LIST, list("x'); DROP TABLE place;--,Poland,sister city,1989"), Taken),
        ("own script", LIST, list("Київ,Ukraine,sister city,1991"), Taken),
        ("right to left", LIST, list("عمّان,Jordan,sister city,2004"), Taken),
        ("a joiner of Persian", LIST, list("می\u{200c}خواهم,Iran,sister city,1989"), Taken),
        ("no-break spaces", LIST, list("\u{a0}Accra\u{a0},\u{a0}Ghana,sister city,1989"), Taken),
        (
            "a mark at the start",
            LIST,
            [b"\xef\xbb\xbf".as_slice(), &list("Accra,Ghana,sister city,1989")].concat(),
            Taken,
        ),
        ("old line ends", LIST, b"City,Country,Kind,Signed\rAccra,Ghana,sister city,1989\r".to_vec(), Taken),
    ]
}

#[tokio::test]
async fn files_that_are_no_table_are_refused_with_the_reason_and_leave_nothing() {
    let office = Office::of_chicago().await;
    let before = office.store().dump().await.unwrap();
    for (name, content, bytes, expected) in files() {
        let Refused(words) = expected else { panic!("{name}") };
        let refused = match office.try_upload(content, &bytes, Mapping::default()).await {
            // A mapping might still name the columns, so this is told by the dry run.
            Ok(import) => {
                let refused = office.try_dry_run(import).await.expect_err(name);
                office.forget(import).await;
                refused
            }
            Err(refused) => refused,
        };
        for word in words {
            assert!(refused.to_string().contains(word), "{name}: {refused} lacks {word:?}");
        }
        assert_same(&office.store().dump().await.unwrap(), &before);
    }
}

#[tokio::test]
async fn lines_that_are_wrong_say_so_by_field_and_leave_nothing() {
    let office = Office::of_chicago().await;
    office.import(LIST, CHICAGO, Mapping::default()).await;
    let fresh = Office::of_chicago().await;
    assert!(files().len() + lines().len() + odd().len() >= 40);
    for (name, content, bytes, expected) in lines() {
        let office = if content == LIST { &fresh } else { &office };
        let before = office.dump().await;
        let import = office.upload(content, &bytes, Mapping::default()).await;
        let report = office.dry_run(import).await;
        let first = &report.lines[0];
        assert_eq!(first.line, 2, "{name}");
        match (&first.outcome, expected) {
            (Outcome::Invalid { problems }, Invalid(field, words)) => {
                let found = problems.iter().find(|problem| problem.field == field);
                let found = found.unwrap_or_else(|| panic!("{name}: {report}")).to_string();
                assert!(found.starts_with("line 2, ") && found.contains("expected "), "{name}: {found}");
                for word in words {
                    assert!(found.contains(word), "{name}: {found} lacks {word:?}");
                }
            }
            (Outcome::NeedsPerson { questions }, Asks(field)) => {
                assert!(questions.iter().any(|question| question.about == field), "{name}: {report}");
            }
            _ => panic!("{name}: {report}"),
        }
        assert!(office.apply(import, vec![]).await.is_err(), "{name}");
        assert_same(&office.dump().await, &before);
    }
}

#[tokio::test]
async fn odd_text_that_is_right_is_carried_unharmed() {
    for (name, content, bytes, expected) in odd() {
        assert!(matches!(expected, Taken));
        let office = Office::of_chicago().await;
        let import = office.upload(content, &bytes, Mapping::default()).await;
        let report = office.dry_run(import).await;
        assert_eq!(report.tally.open(), 0, "{name}: {report}");
        office.apply(import, vec![]).await.unwrap();
        let written = report.lines[0].cells[0].clone();
        let places = office.places().await;
        let names = places.iter().flat_map(sister_cities_domain::place::Place::names);
        assert!(names.into_iter().any(|place| place.text.as_str() == written), "{name}: {written}");
    }
}

#[tokio::test]
async fn a_mapping_that_does_not_fit_the_file_is_refused() {
    let office = Office::of_chicago().await;
    let good = list("Accra,Ghana,sister city,1989");
    for (column, field, words) in [
        ("Ciudad", "place", "does not have; its columns are City, Country, Kind, Signed"),
        ("City", "town", "fields are place, country"),
        ("City", "ignore", "no column holds the place"),
    ] {
        let columns = std::collections::BTreeMap::from([(column.to_owned(), field.to_owned())]);
        let mapping = Mapping { columns, ..Mapping::default() };
        let refused = match office.try_upload(LIST, &good, mapping).await {
            Ok(import) => office.try_dry_run(import).await.unwrap_err(),
            Err(refused) => refused,
        };
        assert!(refused.to_string().contains(words), "{refused}");
    }
    let refused = match office.try_upload(LIST, &good, meaning("colour", "x", "y")).await {
        Ok(import) => office.try_dry_run(import).await.unwrap_err(),
        Err(refused) => refused,
    };
    assert!(refused.to_string().contains("\"colour\""), "{refused}");
}
