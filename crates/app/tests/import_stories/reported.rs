//! Files and lines as offices reported them, each with all that is said about it: nothing of them may be lost, or guessed.
//!
//! The files hold facts and inputs made after public reports; `reported/` is a copy. Each line's outcome is a snapshot, looked at when it changes.

use sister_cities_domain::import_run::{ImportContent, Mapping};

use crate::support::{Office, meaning};

async fn report_of(content: ImportContent, file: &[u8], mapping: Mapping) -> String {
    let office = Office::of_chicago().await;
    if content == ImportContent::Engagements {
        let partners = "City,Country,Kind,Since\nOsaka,Japan,sister city,1973\n";
        office.import(ImportContent::Partnerships, partners, Mapping::default()).await;
    }
    let import = office.upload(content, file, mapping).await;
    office.dry_run(import).await.to_string()
}

/// A file of the folder, with its snapshot.
macro_rules! reported {
    ($($name:ident: $content:ident, $file:literal $(, $mapping:expr)?;)*) => {$(
        #[tokio::test]
        async fn $name() {
            let mapping = Mapping::default();
            $(let mapping = { let _ = mapping; $mapping };)?
            let file = include_bytes!(concat!("reported/", $file));
            insta::assert_snapshot!(report_of(ImportContent::$content, file, mapping).await);
        }
    )*};
}

/// Every line that does not say its kind is a sister city.
fn sisters() -> Mapping {
    meaning("kind", "", "sister-city")
}

reported! {
    k5_a_year_in_a_cell_made_a_date_of: Partnerships, "02-year-in-date-format.xlsx";
    k9_years_with_a_fraction: Partnerships, "04-year-floats.xlsx";
    k15_a_merged_country_holds_for_each_row: Partnerships, "05-merged-country.xlsx";
    k18_a_hidden_row_is_told: Partnerships, "07-hidden-row-sheet.xlsx";
    k6_a_formula_without_a_value_is_a_fault: Partnerships, "08-formula-no-cache.xlsx";
    k16_invisible_characters: Partnerships, "15-invisible-characters.xlsx";
    k5_a_time_is_no_date: Partnerships, "17-times.xlsx";
    k4_shift_jis: Partnerships, "19-shift-jis.csv";
    k4_windows_1250: Partnerships, "19c-cp1250.csv";
    k4_iso_8859_2: Partnerships, "19g-iso8859-2.csv";
    k10_ragged_lines: Partnerships, "25-ragged.csv";
    k10_trailing_separators: Partnerships, "25b-trailing-delims.csv";
    k16_decorated_names: Partnerships, "28b-decorated.csv";
    k9_years_of_two_digits: Partnerships, "29-two-digit-years.tsv";
    k9_decades_and_seasons: Partnerships, "30-circa-decades.tsv";
    k9_names_of_months: Partnerships, "32-month-names.tsv";
    k9_renewals_and_ranges: Partnerships, "33-resigned-ranges.tsv";
    k2_saints: Partnerships, "37-saints.tsv";
    k12_designations: Partnerships, "38-prefixes.tsv";
    k1_homonyms: Partnerships, "41-homonyms.tsv";
    k12_districts_and_regions: Partnerships, "44-districts-regions.tsv";
    k1_several_towns_in_a_cell: Partnerships, "45-multi-and-domestic.tsv";
    k10_words_of_status: Partnerships, "46-status-words.tsv";
    k7_decimal_commas: Engagements, "54-costs.tsv";
    k13_a_french_list: Partnerships, "60-fr-jumelages.csv", sisters();
    k4_a_polish_list_in_windows_1250: Partnerships, "62-pl-siostrzane-cp1250.csv", sisters();
    k13_a_polish_list: Partnerships, "62b-pl-siostrzane-utf8.csv", sisters();
    k11_a_spanish_list: Partnerships, "63-es-hermanas.txt", sisters();
    k14_a_german_list_with_the_own_town_first: Partnerships, "66-de-rgre.csv";
    k13_an_american_list: Partnerships, "71-us-bellingham.xlsx", sisters();
}
