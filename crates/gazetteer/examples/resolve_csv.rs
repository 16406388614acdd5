//! Resolves every place of a CSV file of twin towns (`city1,country1,city2,country2`) and says how many were found, how, and
//! how long it took on one core.
//!
//! `cargo run --release -p sister-cities-gazetteer --example resolve_csv -- twin_cities_raw.csv [unresolved.tsv]`

#![expect(clippy::print_stdout, reason = "a program for maintainers speaks on the terminal")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::time::Instant;

use sister_cities_gazetteer::{CountryResolution, Gazetteer, Query, Reason, Resolution};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let mut reader = csv::Reader::from_path(&path)?;
    let rows = reader.records().collect::<Result<Vec<_>, _>>()?;
    let ends = |row: &csv::StringRecord| -> [(String, String); 2] {
        let field = |at: usize| row.get(at).unwrap_or_default().to_owned();
        [(field(0), field(1)), (field(2), field(3))]
    };

    let gazetteer = Gazetteer::embedded();
    let start = Instant::now();
    let mut both = [0_usize; 3];
    for row in &rows {
        let kinds = ends(row).map(|(name, country)| kind(&ask(gazetteer, &name, &country)));
        both[kinds[0].max(kinds[1])] += 1;
    }
    let spent = start.elapsed();
    let asked = 2 * rows.len();
    println!(
        "{} rows, {asked} ends, {:.3} s, {:.1} µs each",
        rows.len(),
        spent.as_secs_f64(),
        micros(spent, asked)
    );
    println!(
        "rows: {} both ends resolved, {} need a person, {} with an end unknown",
        both[0], both[1], both[2]
    );

    let labels: BTreeSet<_> = rows.iter().flat_map(ends).collect();
    let (mut kinds, mut ways, mut rest) = ([0_usize; 3], BTreeMap::<_, usize>::new(), String::new());
    for (name, country) in &labels {
        let resolution = ask(gazetteer, name, country);
        kinds[kind(&resolution)] += 1;
        let verdict = ["resolved", "several", "none"][kind(&resolution)];
        let first = resolution.candidates().first();
        let way = first.map_or("-", |candidate| way(&candidate.reasons));
        *ways.entry((verdict, way)).or_default() += 1;
        if verdict != "resolved" {
            let place = first.map(|candidate| candidate.place.name.as_str()).unwrap_or_default();
            writeln!(rest, "{verdict}\t{way}\t{name}\t{country}\t{place}")?;
        }
    }
    println!("{} labels: {} resolved, {} several, {} none", labels.len(), kinds[0], kinds[1], kinds[2]);
    for ((verdict, way), count) in ways {
        println!("  {count:>6} {verdict} by {way}");
    }
    let countries: BTreeSet<_> = labels.iter().map(|(_, country)| country.as_str()).collect();
    let unread = countries.iter().filter(|label| gazetteer.country(label) == CountryResolution::None);
    println!("{} country labels, not read: {:?}", countries.len(), unread.collect::<Vec<_>>());
    if let Some(path) = arguments.next() {
        std::fs::write(path, rest)?;
    }
    Ok(())
}

fn ask(gazetteer: &Gazetteer, name: &str, country: &str) -> Resolution {
    gazetteer.resolve(&Query::new(name).in_country(country))
}

/// 0 resolved, 1 several, 2 none.
fn kind(resolution: &Resolution) -> usize {
    match (resolution.winner(), resolution.candidates()) {
        (Some(_), _) => 0,
        (None, [_, ..]) => 1,
        (None, []) => 2,
    }
}

fn way(reasons: &[Reason]) -> &'static str {
    match reasons.first() {
        Some(Reason::OfficialName) => "official name",
        Some(Reason::Folded) => "official name, folded",
        Some(Reason::AlternateName) => "other name",
        Some(Reason::Code) => "code",
        Some(Reason::ReadAs(_)) => "another reading",
        Some(Reason::TransliteratedName(_)) => "transliteration",
        Some(Reason::OneEdit { .. }) => "one edit",
        _ => "hint only",
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rounded figure")]
fn micros(spent: std::time::Duration, count: usize) -> f64 {
    spent.as_secs_f64() * 1e6 / count.max(1) as f64
}
