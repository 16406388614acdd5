//! Applying: in any encoding, all or nothing, told once.

use sister_cities_domain::import_run::{ImportContent, Mapping};
use sister_cities_storage::{JournalQuery, Sequence};

use crate::support::{CHICAGO, Office, assert_same};

async fn entries(office: &Office) -> usize {
    office
        .store()
        .journal(JournalQuery { after: Sequence::START, subject: None, limit: 10_000 })
        .await
        .unwrap()
        .len()
}

#[tokio::test]
async fn the_list_reads_the_same_from_every_encoding_separator_and_workbook() {
    let semicolons = {
        let mut reader = csv::Reader::from_reader(CHICAGO.as_bytes());
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(reader.headers().unwrap()).unwrap();
        reader.records().for_each(|record| writer.write_record(&record.unwrap()).unwrap());
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    };
    let tabs = semicolons.replace(';', "\t");
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(CHICAGO.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let western: Vec<u8> = CHICAGO.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let book = {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(CHICAGO.as_bytes());
        for (row, record) in (0_u32..).zip(reader.records()) {
            for (column, cell) in (0_u16..).zip(&record.unwrap()) {
                match cell.parse::<u32>() {
                    Ok(number) => sheet.write(row, column, number).unwrap(),
                    Err(_) => sheet.write(row, column, cell).unwrap(),
                };
            }
        }
        book.save_to_buffer().unwrap()
    };
    let mut dumps = Vec::new();
    for file in [CHICAGO.as_bytes(), semicolons.as_bytes(), &utf16, &western, &book] {
        let office = Office::of_chicago().await;
        let import = office.upload(ImportContent::Partnerships, file, Mapping::default()).await;
        let report = office.dry_run(import).await;
        assert_eq!(report.tally.create, 32, "{report}");
        office.apply(import, vec![]).await.unwrap();
        dumps.push(office.dump().await);
    }
    assert!(dumps.windows(2).all(|pair| pair[0] == pair[1]));
    let office = Office::of_chicago().await;
    let import = office.upload(ImportContent::Partnerships, tabs.as_bytes(), Mapping::default()).await;
    // The sources hold semicolons of their own, so only the number of lines is compared here.
    assert_eq!(office.dry_run(import).await.lines.len(), 32);
}

#[tokio::test]
async fn a_second_import_of_the_same_file_tells_nothing_but_of_itself() {
    let office = Office::of_chicago().await;
    office.import(ImportContent::Partnerships, CHICAGO, Mapping::default()).await;
    let before = entries(&office).await;
    office.import(ImportContent::Partnerships, CHICAGO, Mapping::default()).await;
    // Uploaded, tried, approved, applied.
    assert_eq!(entries(&office).await - before, 4);
}

#[tokio::test]
async fn one_wrong_line_keeps_the_whole_file_out() {
    let office = Office::of_chicago().await;
    let before = office.dump().await;
    let list = "City,Country,Kind,Since\nAccra,Ghana,sister city,1989\nOsaka,Japan,sister city,soon\n";
    let import = office.upload(ImportContent::Partnerships, list.as_bytes(), Mapping::default()).await;
    office.dry_run(import).await;
    assert!(office.apply(import, vec![]).await.is_err());
    assert_same(&office.dump().await, &before);
}
