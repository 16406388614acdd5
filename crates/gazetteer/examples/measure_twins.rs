//! Measures on the world's lists of twin towns: resolves every end of a file with coordinates, and says how many resolve, how
//! many of those lie elsewhere, and how often the place that is meant is among what is proposed.
//!
//! `cargo run --release -p sister-cities-gazetteer --example measure_twins -- wikidata_p190_eu_2017.tsv.gz [FOLDER]`
//!
//! The file is tab-separated, packed or not, with the columns of Wikidata's export: the labels of both ends, their countries,
//! latitudes and longitudes. With a folder, every distinct end is written there by what came of it: `wrong.tsv`, `several.tsv`,
//! `none.tsv`, `right.tsv`; and `measure.md`, the figures and each label that resolves to a place elsewhere, with why that cannot be told:
//! what `docs/gazetteer-measure.md` holds.

#![expect(clippy::print_stdout, reason = "a program for maintainers speaks on the terminal")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use sister_cities_domain::value::GeoPoint;
use sister_cities_gazetteer::{CountryResolution, Gazetteer, Hint, Query, Resolution};

/// From this distance on, in kilometres, a place is another than the one that was meant.
const ELSEWHERE_KM: f64 = 30.0;

/// A place so many times as populous as another of its name is meant by it.
const CLEARLY_LARGER: u64 = 5;

/// The columns of an end: label, country, latitude, longitude.
const ENDS: [[&str; 4]; 2] = [
    ["origincityLabel", "origincountry", "originlat", "originlong"],
    ["sistercityLabel", "destination_countryLabel", "destinationlat", "destinationlong"],
];

/// What came of an end, with a word for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Came {
    Right,
    Wrong,
    SeveralWithIt,
    SeveralWithoutIt,
    None,
}

impl Came {
    const fn file(self) -> &'static str {
        match self {
            Self::Right => "right.tsv",
            Self::Wrong => "wrong.tsv",
            Self::SeveralWithIt => "several.tsv",
            Self::SeveralWithoutIt => "several_without.tsv",
            Self::None => "none.tsv",
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let folder = arguments.next();
    let text = unpacked(Path::new(&path))?;
    let mut lines = text.lines();
    let titles: Vec<&str> = lines.next().ok_or("an empty file")?.split('\t').collect();
    let column =
        |title: &str| titles.iter().position(|one| *one == title).ok_or(format!("no column {title}"));
    let mut ends = Vec::new();
    for end in ENDS {
        ends.push([column(end[0])?, column(end[1])?, column(end[2])?, column(end[3])?]);
    }
    let gazetteer = Gazetteer::embedded();
    let mut known: BTreeMap<[&str; 4], (Came, u32, String)> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        for [name, country, latitude, longitude] in &ends {
            let cell = |at: &usize| cells.get(*at).copied().unwrap_or_default();
            let key = [cell(name), cell(country), cell(latitude), cell(longitude)];
            if let Some((_, count, _)) = known.get_mut(&key) {
                *count += 1;
            } else {
                let (came, found) = look_up(gazetteer, key);
                known.insert(key, (came, 1, found));
            }
        }
    }
    let sum = |wanted: &[Came]| -> u32 {
        known.values().filter(|(came, _, _)| wanted.contains(came)).map(|(_, count, _)| count).sum()
    };
    let of = |wanted: &[Came]| known.values().filter(|(came, _, _)| wanted.contains(came)).count();
    let (right, wrong) = (sum(&[Came::Right]), sum(&[Came::Wrong]));
    let asked = sum(&[Came::SeveralWithIt, Came::SeveralWithoutIt]);
    let mut figures = String::new();
    writeln!(figures, "{} ends, {} distinct", right + wrong + asked + sum(&[Came::None]), known.len())?;
    writeln!(
        figures,
        "{:>7} resolve without a question ({} distinct)",
        right + wrong,
        of(&[Came::Right, Came::Wrong])
    )?;
    writeln!(
        figures,
        "{wrong:>7} of them lie more than {ELSEWHERE_KM} km off ({} distinct)",
        of(&[Came::Wrong])
    )?;
    writeln!(
        figures,
        "{asked:>7} are asked about; the place is among the proposals in {} of them",
        sum(&[Came::SeveralWithIt])
    )?;
    writeln!(figures, "{:>7} are not known", sum(&[Came::None]))?;
    print!("{figures}");
    if let Some(folder) = folder {
        std::fs::create_dir_all(&folder)?;
        let mut files: BTreeMap<&str, String> = BTreeMap::new();
        for ([name, country, ..], (came, count, found)) in &known {
            writeln!(files.entry(came.file()).or_default(), "{count}\t{name}\t{country}\t{found}")?;
        }
        for (file, text) in files {
            std::fs::write(Path::new(&folder).join(file), text)?;
        }
        let wrong = known.iter().filter(|(_, (came, ..))| *came == Came::Wrong);
        let table = table(gazetteer, &figures, wrong.map(|(end, (_, count, _))| (*end, *count)))?;
        std::fs::write(Path::new(&folder).join("measure.md"), table)?;
    }
    Ok(())
}

/// The figures, and each label that resolves to a place elsewhere: how many ends, which place was taken, how far off, and why nothing tells.
fn table<'k>(
    gazetteer: &Gazetteer,
    figures: &str,
    wrong: impl Iterator<Item = ([&'k str; 4], u32)>,
) -> Result<String, std::fmt::Error> {
    let mut rows: BTreeMap<(&str, &str), (u32, String, String)> = BTreeMap::new();
    for (end, count) in wrong {
        let [name, country, ..] = end;
        let Some(there) = point(end) else { continue };
        let resolution = gazetteer.resolve(&Query::new(name).in_country(country));
        let Some(winner) = resolution.winner() else { continue };
        let place = &winner.place;
        let region = place.admin1.map_or("", |admin1| admin1.name);
        let taken = format!("{}, {region} ({:.0} km)", place.name, there.distance_km(&place.point));
        let row = rows
            .entry((name, country))
            .or_insert_with(|| (0, taken, why(gazetteer, end, there, place.population)));
        row.0 += count;
    }
    let mut text = String::from(
        "# Names of the world's list that resolve to a place elsewhere\n\n\
         Made by the example `measure_twins` of the gazetteer from Wikidata's list of 2017 (`twins/wikidata_p190_eu_2017.tsv.gz`, CC0), \
         not by hand.\n\n```text\n",
    );
    write!(
        text,
        "{figures}```\n\n| label | country | ends | taken (off by) | why it cannot be told |\n| --- | --- | --- | --- | --- |\n"
    )?;
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|((name, country), (count, ..))| (std::cmp::Reverse(*count), *name, *country));
    for ((name, country), (count, taken, why)) in rows {
        writeln!(text, "| {name} | {country} | {count} | {taken} | {why} |")?;
    }
    Ok(text)
}

/// Why the place that is meant cannot be told from the one that was taken.
fn why(gazetteer: &Gazetteer, [name, country, ..]: [&str; 4], there: GeoPoint, taken: Option<u64>) -> String {
    let hint = Hint { point: Some(there), ..Hint::default() };
    let near = gazetteer.resolve(&Query::new(name).in_country(country).with_hint(hint));
    let is_there = |km: f64| km <= ELSEWHERE_KM;
    if let Some(found) = near.winner().filter(|found| is_there(there.distance_km(&found.place.point))) {
        let times = taken.unwrap_or_default() / found.place.population.unwrap_or(1).max(1);
        return if times >= CLEARLY_LARGER {
            let called = &found.place.name;
            format!(
                "{called} is there, but the place taken is {times} times as populous, and nearly every list means it"
            )
        } else {
            format!("the gazetteer knows {} there: to be mended", found.place.name)
        };
    }
    let nearest = gazetteer
        .places()
        .map(|place| (there.distance_km(&place.point), place))
        .min_by(|(one, _), (other, _)| one.total_cmp(other));
    let said = match gazetteer.country(country) {
        CountryResolution::Exact(found) => Some(found.country),
        CountryResolution::OneEdit { .. } | CountryResolution::Several(_) | CountryResolution::None | _ => {
            None
        }
    };
    match nearest {
        Some((km, place)) if is_there(km) && said.is_some_and(|said| said != place.country) => format!(
            "an error of the data: the coordinates lie in {}, near {}",
            place.country.english_name(),
            place.name
        ),
        Some((km, place)) => format!(
            "a namesake below the gazetteer's size: none of the name is known there, {km:.0} km from {}",
            place.name
        ),
        None => "nothing is known near the coordinates".to_owned(),
    }
}

fn point([_, _, latitude, longitude]: [&str; 4]) -> Option<GeoPoint> {
    GeoPoint::new(latitude.parse().ok()?, longitude.parse().ok()?).ok()
}

fn unpacked(path: &Path) -> Result<String, Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    if !bytes.starts_with(b"\x1f\x8b") {
        return Ok(String::from_utf8(bytes)?);
    }
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text)?;
    Ok(text)
}

fn look_up(gazetteer: &Gazetteer, end: [&str; 4]) -> (Came, String) {
    let [name, country, ..] = end;
    let resolution = gazetteer.resolve(&Query::new(name).in_country(country));
    let there = point(end);
    let mut shown = String::new();
    let mut is_there = false;
    for candidate in resolution.candidates() {
        let place = &candidate.place;
        let km = there.map(|there| there.distance_km(&place.point));
        is_there |= km.is_none_or(|km| km <= ELSEWHERE_KM);
        let km = km.map_or_else(|| "?".to_owned(), |km| format!("{km:.0}"));
        let region = place.admin1.map_or("", |admin1| admin1.name);
        let people = place.population.unwrap_or_default();
        let reasons: Vec<String> = candidate.reasons.iter().map(ToString::to_string).collect();
        let _ = write!(
            shown,
            "{} {} ({region}, {people}; {km} km) {}; ",
            place.geonames_id,
            place.name,
            reasons.join(", ")
        );
    }
    let came = match (&resolution, is_there) {
        (Resolution::Winner(_), true) => Came::Right,
        (Resolution::Winner(_), false) => Came::Wrong,
        (Resolution::Several(_), true) => Came::SeveralWithIt,
        (Resolution::Several(_), false) => Came::SeveralWithoutIt,
        _ => Came::None,
    };
    (came, shown)
}
