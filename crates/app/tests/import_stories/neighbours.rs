//! Neighbours of the reported cases, of our own making: what a workbook or a list may do in the same way.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use sister_cities_domain::import_run::{ImportContent, Mapping};

use crate::support::{Office, take};

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

/// K15: signs for "the same as above" are the value above, in every column, and the line says so.
#[tokio::test]
async fn signs_for_the_same_as_above_are_the_value_above() {
    let found = lines(
        "City,Country,Kind,Signed\nOsaka,Japan,sister city,1973\nKyoto,〃,idem,1998\nNara,\"- \"\" -\",ditto,\"\"\"\"\n\
         Milan,Italy,sister city,〃\n"
            .as_bytes(),
    )
    .await;
    has(&found, "Kyoto, Japan: create: sister-city, signed 1998");
    has(&found, "Nara, Japan: create: sister-city, signed 1998");
    has(&found, "note: \"〃\" is taken for \"Japan\", as in the line above");
    has(&found, "Milan, Italy: create: sister-city, signed 1998");
}

/// K15: a country that stands once for a block, as a text file has a merged cell, is proposed and not taken.
#[tokio::test]
async fn a_blank_country_below_another_is_asked_about_with_that_country_first() {
    let found = lines(
        b"Country,City,Kind,Signed\nJapan,Osaka,sister city,1973\n,Kyoto,sister city,1998\nItaly,Milan,sister city,1973\n\
          ,Tremezzina,sister city,1974\n",
    )
    .await;
    has(
        &found,
        "place: \"Kyoto\" comes without a country, below a line that says \"Japan\"; which place is it?",
    );
    has(&found, "[geonames:1857910] Kyoto, Kyoto, Japan");
    has(&found, "[Tremezzina, Italy] Tremezzina in Italy, as further up");
}

/// K15: a line with a country and nothing else is no partner in silence, and once it is said to be a heading it holds for the lines below.
#[tokio::test]
async fn a_country_alone_on_its_line_may_be_a_heading() {
    let list = b"City,Kind,Signed\nJAPAN,,\nOsaka,sister city,1973\nKyoto,sister city,1998\nSingapore,,\n";
    let found = lines(list).await;
    has(&found, "the line says \"JAPAN\" and nothing else; is it a heading, or a partner itself?");
    has(&found, "[heading] a heading: the lines below without a country lie in JAPAN");
    has(&found, "place: \"Osaka\" comes without a country, below a line that says \"JAPAN\"");
    // Singapore is a city as well.
    has(&found, "\"Singapore\" comes without a country");
    let office = Office::of_chicago().await;
    let import = office.upload(ImportContent::Partnerships, list, Mapping::default()).await;
    let answers = vec![take(2, "place", "heading")];
    let told = office.dry_run_with(import, answers).await.to_string();
    assert!(told.contains("Osaka, JAPAN: create: sister-city, signed 1973"), "{told}");
    assert!(told.contains("country: JAPAN, from the heading in line 2"), "{told}");
}

/// K16: the number of a list is no part of a name; that of a name is.
#[tokio::test]
async fn a_number_before_a_name_goes_where_the_name_is_known_without_it_or_the_list_is_numbered() {
    let found = lines(
        b"City,Country,Kind\n1 Shenyang,China,sister city\n25 de Mayo,Argentina,sister city\n29 Palms,USA,sister city\n",
    )
    .await;
    has(&found, "note: the number 1 before the name is taken for that of the list");
    has(&found, "Shenyang, China: create");
    assert!(
        !found.iter().any(|line| line.contains("the number 25") || line.contains("the number 29")),
        "{found:#?}"
    );
    let numbered = lines(
        b"City,Country,Kind\n1 Tremezzo,Italy,sister city\n2 Osaka,Japan,sister city\n3 Menaggio,Italy,sister city\n",
    )
    .await;
    has(&numbered, "Tremezzo, Italy: kept by name");
    has(&numbered, "Menaggio, Italy: kept by name");
}

/// K12: a town that is written with the word for its administration is that town, also where it is not known.
#[tokio::test]
async fn the_word_for_an_administration_makes_no_second_town() {
    let found = lines(
        "City,Country,Kind\nComune di Bellagio,Italy,sister city\nBellagio,Italy,sister city\nKent,UK,sister city\n\
         XIe arrondissement de Paris,France,sister city\n"
            .as_bytes(),
    )
    .await;
    has(&found, "written \"Comune di Bellagio\"");
    has(&found, "Bellagio, Italy: same as line 2");
    has(&found, "it is a division of its country by its name, and no city");
    has(&found, "by its name it is a part of a city");
}

/// K4: names that were garbled before they came here are asked about, with what they were.
#[tokio::test]
async fn names_that_were_read_in_a_wrong_encoding_before_are_asked_about() {
    let found = lines(
        "City,Country,Kind\nMÃ¼nchen,Germany,sister city\nM?nchen,Germany,sister city\nSch\u{fffd}pfheim,Switzerland,sister city\n"
            .as_bytes(),
    )
    .await;
    has(
        &found,
        "\"MÃ¼nchen\" looks like \"München\", saved in one encoding and read in another; which place is it?",
    );
    has(&found, "[geonames:2867714] Munich");
    has(&found, "place: a letter of \"M?nchen\" is lost; which place is it?");
    has(&found, "is lost; which place is it?");
}

/// K9: a bound, an open digit and a word for what is still open are no dates, and no reason to refuse a line.
#[tokio::test]
async fn bounds_and_open_digits_stay_as_notes() {
    let found = lines(
        b"City,Country,Kind,Signed\nOsaka,Japan,sister city,> 1970\nMilan,Italy,sister city,<1970\nKyiv,Ukraine,sister city,19??\n\
          Accra,Ghana,sister city,?\nDurban,South Africa,sister city,in progress\n",
    )
    .await;
    for written in ["> 1970", "<1970", "19??", "?", "in progress"] {
        has(&found, &format!("note: signed: written {written:?}, which is no date"));
    }
}

/// K1: in France two digits behind a name are a department, and no footnote.
#[tokio::test]
async fn the_number_of_a_department_is_no_footnote() {
    let found = lines(
        b"City,Country,Kind\nMontreuil (93),France,sister city\nMontreuil (62),France,sister city\nBusan (12),South Korea,sister city\n",
    )
    .await;
    has(&found, "note: Montreuil: \"93\" is Seine-Saint-Denis, where it lies");
    has(&found, "place: is \"Montreuil (62)\" this place?");
    has(&found, "Busan (12), South Korea: create");
}

/// K4: each encoding in which lists of a country are saved is told by the names, or asked about; none is taken for another.
#[tokio::test]
async fn encodings_of_other_countries_are_told_by_the_names_of_the_list() {
    let german = "Partnerstadt;Land;Art\nMünchen;Deutschland;sister city\nGöteborg;Schweden;sister city\n";
    let polish = "Miasto;Kraj;Rodzaj\nŁódź;Polska;sister city\nKłajpeda;Litwa;sister city\n";
    let russian = "Город;Страна;Вид\nМосква;Россия;sister city\nМинск;Беларусь;sister city\n";
    let korean = "도시,국가,Kind\n서울,대한민국,sister city\n부산,대한민국,sister city\n";
    let dos = |text: &str, letters: &[(char, u8)]| -> Vec<u8> {
        text.chars()
            .map(|c| letters.iter().find(|(letter, _)| *letter == c).map_or(c as u8, |(_, byte)| *byte))
            .collect()
    };
    let web = |text: &str, label: &str| {
        encoding_rs::Encoding::for_label(label.as_bytes()).expect("an encoding").encode(text).0.into_owned()
    };
    for (bytes, name) in [
        (dos(german, &[('ü', 0x81), ('ö', 0x94)]), "München"),
        (dos(polish, &[('Ł', 0x9d), ('ó', 0xa2), ('ź', 0xab), ('ł', 0x88)]), "Łódź"),
        (web(russian, "koi8-r"), "Москва"),
        (web(russian, "ibm866"), "Москва"),
        (web(russian, "windows-1251"), "Москва"),
        (web(korean, "euc-kr"), "서울"),
    ] {
        let found = lines(&bytes).await;
        has(&found, &format!("{name}, "));
        has(&found, "encoding chosen, as the names of the list are known in it");
    }
}
