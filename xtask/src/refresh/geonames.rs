//! The tables of GeoNames, and what of them is vendored in which form.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::{Map, Number, Value, json};
use zip::ZipArchive;

use super::Converted;
use super::vendored::VendoredFile;

pub(super) const LICENCE: &str = "CC BY 4.0 (GeoNames)";

/// The table of places, in its archive.
const PLACES: &str = "cities5000.txt";
/// The columns of a place that are kept, by their places in the table: what the header calls them.
const PLACE_COLUMNS: [(usize, &str); 9] = [
    (0, "geonameid"),
    (1, "name"),
    (4, "latitude"),
    (5, "longitude"),
    (8, "countrycode"),
    (10, "admin1code"),
    (14, "population"),
    (17, "timezone"),
    (3, "alternatenames"),
];
/// How many it has in all.
const COLUMNS_OF_PLACE: usize = 19;
const ID: usize = 0;
const COUNTRY: usize = 8;
const DIVISION: usize = 10;
const DISTRICT: usize = 11;
const POPULATION: usize = 14;

/// The table of districts, which is typed in part and never replaced.
const DISTRICTS: &str = "districts.tsv";

/// The columns of a country that are kept, by their places in the table.
const COUNTRY_TEXTS: [(usize, &str); 13] = [
    (0, "iso"),
    (1, "iso3"),
    (3, "fips"),
    (4, "name"),
    (5, "capital"),
    (8, "continentcode"),
    (9, "tld"),
    (10, "currencycode"),
    (11, "currencyname"),
    (12, "phone"),
    (14, "postalcoderegex"),
    (15, "languages"),
    (17, "neighbours"),
];
const COUNTRY_NUMBERS: [(usize, &str); 4] =
    [(2, "isonumeric"), (6, "areakm2"), (7, "population"), (16, "geonameid")];

/// `cities5000.tsv.gz`, and which of the places lie in a district of `districts.tsv`.
pub(super) fn places(fetched: &[u8], folder: &Path) -> anyhow::Result<Converted> {
    let mut archive = ZipArchive::new(Cursor::new(fetched)).context("a ZIP archive was expected")?;
    let mut table = String::new();
    let mut member = archive.by_name(PLACES).with_context(|| format!("{PLACES} was expected in it"))?;
    member.read_to_string(&mut table).with_context(|| format!("{PLACES} cannot be unpacked"))?;
    let mut rows = Vec::new();
    for (at, line) in table.lines().enumerate() {
        let columns: Vec<&str> = line.split('\t').collect();
        ensure!(
            columns.len() == COLUMNS_OF_PLACE,
            "{PLACES}, line {}: {COLUMNS_OF_PLACE} columns were expected, not {}",
            at + 1,
            columns.len()
        );
        let number = |column: usize, what: &str| {
            let number = columns[column].parse::<u64>();
            number.with_context(|| format!("{PLACES}, line {}: {what} was expected", at + 1))
        };
        rows.push((Reverse(number(POPULATION, "a population")?), number(ID, "a number")?, columns));
    }
    rows.sort();

    let districts = districts(&folder.join(DISTRICTS))?;
    let countries: BTreeSet<&str> = districts.iter().map(|(country, _, _)| country.as_str()).collect();
    let mut cities = header(&PLACE_COLUMNS.map(|(_, name)| name));
    let (mut of_districts, mut without) = (Vec::new(), 0);
    for (_, id, columns) in &rows {
        cities.push_str(&PLACE_COLUMNS.map(|(column, _)| columns[column]).join("\t"));
        cities.push('\n');
        let [country, division, district] = [COUNTRY, DIVISION, DISTRICT].map(|column| columns[column]);
        if districts.contains(&(country.to_owned(), division.to_owned(), district.to_owned())) {
            of_districts.push((*id, district));
        } else if countries.contains(country) {
            without += 1;
        }
    }
    of_districts.sort_unstable();
    let mut place_districts = header(&["geonameid", "code"]);
    for (id, district) in of_districts {
        // Writing to a `String` cannot fail.
        let _ = writeln!(place_districts, "{id}\t{district}");
    }
    Ok(Converted {
        files: vec![
            VendoredFile::new("cities5000.tsv.gz", cities),
            VendoredFile::new("place_districts.tsv.gz", place_districts),
        ],
        notes: vec![format!(
            "{without} places of the countries with districts lie in none that {DISTRICTS} has; it is kept by hand"
        )],
    })
}

/// `admin1.json`.
pub(super) fn divisions(fetched: &[u8], _folder: &Path) -> anyhow::Result<Converted> {
    let mut entries = Vec::new();
    for (at, line) in text(fetched)?.lines().enumerate() {
        let expected = || format!("line {}: a code such as GB.ENG and a name were expected", at + 1);
        let mut columns = line.split('\t');
        let code = columns.next().filter(|code| code.contains('.')).with_context(expected)?;
        let name = columns.next().with_context(expected)?;
        entries.push(json!({ "code": code, "name": name }).to_string());
    }
    let text = format!("[\n{}\n]\n", entries.join(",\n"));
    Ok(Converted { files: vec![VendoredFile::new("admin1.json", text)], notes: Vec::new() })
}

/// `geonames_countries.json`.
pub(super) fn countries(fetched: &[u8], _folder: &Path) -> anyhow::Result<Converted> {
    let mut entries = Vec::new();
    for (at, line) in text(fetched)?.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        ensure!(
            columns.len() >= 18 && columns[0].len() == 2,
            "line {}: a country with 18 columns or more was expected, its code of two letters first",
            at + 1
        );
        let mut country = Map::new();
        for (column, name) in COUNTRY_TEXTS {
            country.insert(name.to_owned(), Value::from(columns[column]));
        }
        for (column, name) in COUNTRY_NUMBERS {
            let number = number(columns[column]);
            let number =
                number.with_context(|| format!("line {}: {name} was expected to be a number", at + 1))?;
            country.insert(name.to_owned(), Value::Number(number));
        }
        entries.push(format!("{}: {}", Value::from(columns[0]), Value::Object(country)));
    }
    let text = format!("{{\n{}\n}}\n", entries.join(",\n"));
    Ok(Converted { files: vec![VendoredFile::new("geonames_countries.json", text)], notes: Vec::new() })
}

/// A number, which may begin with zeros (`020`) or not be there.
fn number(text: &str) -> Option<Number> {
    let bare = text.trim_start_matches('0');
    if bare.is_empty() {
        return Some(Number::from(0));
    }
    bare.parse::<u64>().map(Number::from).ok().or_else(|| Number::from_f64(bare.parse().ok()?))
}

fn text(fetched: &[u8]) -> anyhow::Result<&str> {
    std::str::from_utf8(fetched).context("UTF-8 was expected")
}

fn header(names: &[&str]) -> String {
    names.join("\t") + "\n"
}

/// The districts of the table, by country, division and code.
fn districts(table: &Path) -> anyhow::Result<BTreeSet<(String, String, String)>> {
    let text = fs::read_to_string(table).with_context(|| format!("{} cannot be read", table.display()))?;
    let rows = text.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t').map(str::to_owned);
        Some((columns.next()?, columns.next()?, columns.next()?))
    });
    Ok(rows.collect())
}
