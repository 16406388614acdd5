//! Writes `data/gazetteer.bin` from `data/source`, or with `--check` says whether it is current.
//!
//! Run it as `cargo xtask codegen gazetteer [--check]`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for maintainers speaks on the terminal"
)]

use std::error::Error;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use sister_cities_gazetteer::build::{Sources, build, section_sizes};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let target = data.join("gazetteer.bin");
    let built = build(&sources(&data.join("source"))?)?;
    match std::env::args().nth(1).as_deref() {
        None => {
            fs::write(&target, &built)?;
            for (section, bytes) in section_sizes(&built) {
                println!("{bytes:>9} {section}");
            }
            println!("{:>9} in {}", built.len(), target.display());
            Ok(ExitCode::SUCCESS)
        }
        Some("--check") if fs::read(&target)? == built => Ok(ExitCode::SUCCESS),
        Some("--check") => {
            eprintln!("{} differs from what its sources give", target.display());
            Ok(ExitCode::FAILURE)
        }
        Some(other) => {
            eprintln!("unknown argument {other}: expected --check or nothing");
            Ok(ExitCode::from(2))
        }
    }
}

fn sources(folder: &Path) -> Result<Sources, Box<dyn Error>> {
    let mut cities = String::new();
    let packed = fs::File::open(folder.join("cities5000.tsv.gz"))?;
    flate2::read::GzDecoder::new(packed).read_to_string(&mut cities)?;
    let mut place_districts = String::new();
    let packed = fs::File::open(folder.join("place_districts.tsv.gz"))?;
    flate2::read::GzDecoder::new(packed).read_to_string(&mut place_districts)?;
    let mut territories = Vec::new();
    for entry in fs::read_dir(folder.join("cldr"))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(language) = name.strip_prefix("territories.").and_then(|rest| rest.strip_suffix(".json"))
        {
            territories.push((language.to_owned(), fs::read_to_string(&path)?));
        }
    }
    territories.sort();
    Ok(Sources {
        cities,
        admin1: fs::read_to_string(folder.join("admin1.json"))?,
        countries: fs::read_to_string(folder.join("geonames_countries.json"))?,
        districts: fs::read_to_string(folder.join("districts.tsv"))?,
        place_districts,
        country_labels: fs::read_to_string(folder.join("country_labels.tsv"))?,
        territories,
    })
}
