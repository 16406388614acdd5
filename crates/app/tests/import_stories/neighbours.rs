//! Neighbours of the reported cases, of our own making: what a workbook or a list may do in the same way.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use sister_cities_domain::import_run::{ImportContent, Mapping};

use crate::support::Office;

/// A sheet under a header, tried: each line's outcome as it is told.
async fn told(fill: impl FnOnce(&mut Worksheet)) -> Vec<String> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["City", "Country", "Kind", "Signed"]).unwrap();
    fill(sheet);
    let bytes = book.save_to_buffer().unwrap();
    lines(&bytes).await
}

async fn lines(file: &[u8]) -> Vec<String> {
    let office = Office::of_chicago().await;
    let import = office.upload(ImportContent::Partnerships, file, Mapping::default()).await;
    office.dry_run(import).await.to_string().lines().map(|line| line.trim().to_owned()).collect()
}

fn has(lines: &[String], words: &str) {
    assert!(lines.iter().any(|line| line.contains(words)), "{words}: {lines:#?}");
}

/// K5: a number in a cell that is shown as a date is a day only where nothing else is likelier.
#[tokio::test]
async fn numbers_in_cells_of_dates_are_asked_about_where_they_may_be_something_else() {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let time = Format::new().set_num_format("h:mm");
    let cells = [
        ("Osaka", "Japan", 1_985.5, &date),
        ("Milan", "Italy", 1.0, &date),
        ("Accra", "Ghana", 27_000.0, &time),
        ("Prague", "Czechia", -1.0, &date),
        ("Kyiv", "Ukraine", 27_000.0, &date),
        ("Durban", "South Africa", 2_030.0, &date),
    ];
    let found = told(|sheet| {
        for (row, (city, country, number, format)) in (1_u32..).zip(cells) {
            sheet.write_row(row, 0, [city, country, "sister city"]).unwrap();
            sheet.write_number_with_format(row, 3, number, format).unwrap();
        }
    })
    .await;
    has(&found, "signed: what date does \"1985 or 1905-06-07\" mean?");
    has(&found, "signed: what date does \"1900-01-01 ?\" mean?");
    has(&found, "signed: what date does \"1973-12-02 ?\" mean?");
    has(&found, "signed: \"day -1 of a spreadsheet\" is no date");
    has(&found, "Kyiv, Ukraine: create: sister-city, signed 2 December 1973");
    // What would be refused as it lies ahead is not proposed.
    has(&found, "[1905-07-22]");
    assert!(!found.iter().any(|line| line.starts_with("[2030]")), "{found:#?}");
}

/// K5, in text: the day nought and the first day of a spreadsheet, and the number of a day.
#[tokio::test]
async fn what_a_spreadsheet_leaves_in_a_text_file_is_asked_about() {
    let found = lines(
        b"City,Country,Kind,Signed\nOsaka,Japan,sister city,1900-01-01\nMilan,Italy,sister city,26789\n\
          Accra,Ghana,sister city,19730506\nKyiv,Ukraine,sister city,#REF!\nPrague,#N/A,sister city,1990\n\
          Durban,South Africa,sister city,=1970+3\n",
    )
    .await;
    has(&found, "what date does \"1900-01-01\" mean?");
    has(&found, "[1973-05-05] 5 May 1973");
    has(&found, "Accra, Ghana: create: sister-city, signed 6 May 1973");
    has(&found, "signed: cell 4 shows the spreadsheet error #REF!");
    has(&found, "country: cell 2 shows the spreadsheet error #N/A");
    has(&found, "signed: cell 4 holds a formula without its value");
}

/// K6: each cell without its value is told, also behind one that is not read.
#[tokio::test]
async fn every_fault_of_a_row_is_told_and_not_the_first_alone() {
    let found = told(|sheet| {
        sheet.write(0, 4, "Population").unwrap();
        sheet.write_row(1, 0, ["Osaka", "Japan", "sister city"]).unwrap();
        sheet.write_formula(1, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write_formula(1, 4, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write_row(2, 0, ["Milan", "Italy", "sister city", "1973"]).unwrap();
        sheet.write_formula(2, 4, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    })
    .await;
    has(&found, "signed: cell 4 shows the spreadsheet error #DIV/0!");
    has(&found, "Milan, Italy: create: sister-city, signed 1973");
    has(&found, "in a column that is not read");
}

/// K15: a range over several rows and columns, and over several columns of the header.
#[tokio::test]
async fn a_range_merged_over_rows_and_columns_holds_for_each_of_its_rows() {
    let plain = Format::new();
    let found = told(|sheet| {
        for (row, city) in (1_u32..).zip(["Osaka", "Kyoto", "Kobe"]) {
            sheet.write(row, 0, city).unwrap();
        }
        sheet.merge_range(1, 1, 3, 1, "Japan", &plain).unwrap();
        sheet.merge_range(1, 2, 3, 3, "sister city", &plain).unwrap();
    })
    .await;
    for city in ["Osaka", "Kyoto", "Kobe"] {
        has(&found, &format!("{city}, Japan: create: sister-city, no date given"));
    }
}

/// K18: what the sheet hides is read, and told.
#[tokio::test]
async fn a_hidden_column_is_told() {
    let found = told(|sheet| {
        sheet.write_row(1, 0, ["Osaka", "Japan", "sister city", "1973"]).unwrap();
        sheet.set_column_hidden(3).unwrap();
    })
    .await;
    has(&found, "column hidden in the sheet: \"Signed\"");
}

/// K14: a row with values is no header, whatever words it shares with headers.
#[tokio::test]
async fn a_line_of_values_is_not_taken_for_the_header() {
    let list = "Vieta;Salis;Metai;Rysys\nVilnius;Lietuva;1993;sister city\nKaunas;Lietuva;1994;sister city\n";
    let office = Office::of_chicago().await;
    let import = office.upload(ImportContent::Partnerships, list.as_bytes(), Mapping::default()).await;
    let refused = office.try_dry_run(import).await.unwrap_err().to_string();
    assert!(refused.contains("the columns are Vieta, Salis, Metai, Rysys"), "{refused}");
    let known = lines("Miestas;Šalis;Nuo;Tipas\nVilnius;Lietuva;1993;sister city\n".as_bytes()).await;
    has(&known, "Vilnius, Lietuva: create: sister-city, signed 1993");
}

/// K16 and property (c): marks go, words stay.
#[tokio::test]
async fn what_stands_in_square_brackets_beside_a_name_is_no_footnote_unless_it_looks_like_one() {
    let found = lines(
        b"City,Country,Kind,Signed\nHamburg [1],Germany,sister city,1994\nOsaka [suspended],Japan,sister city,1973\n\
          Milan,Italy,sister city,1973 [perhaps]\n",
    )
    .await;
    has(&found, "Hamburg, Germany: create");
    has(&found, "place: is \"Osaka (suspended)\" this place?");
    has(&found, "signed: what date does \"1973 [perhaps]\" mean?");
}
