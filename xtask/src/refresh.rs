//! Vendored data, fetched anew from where it is published; what is not fit to replace what is there is refused.

mod cldr;
mod geonames;
mod public_holidays;
#[cfg(test)]
mod tests;
mod vendored;

use std::path::{Path, PathBuf};
use std::{fmt, fs};

use anyhow::{Context as _, ensure};
use clap::ValueEnum;
use xshell::{Shell, cmd};

use vendored::VendoredFile;

/// Data of others that can be fetched anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DataSet {
    /// The places of the gazetteer, and the districts that they lie in.
    Places,
    /// The names of first-order divisions: states, provinces, regions.
    Divisions,
    /// The countries, with their codes and capitals.
    Countries,
    /// The names of countries, in each language that there is a file for.
    CountryNames,
    /// The public holidays of each country, as far ahead as they are known.
    PublicHolidays,
}

/// Where data is from, and where it lies here.
struct Source {
    origin: Origin,
    licence: &'static str,
    home: Home,
    /// Makes the vendored files of one that was fetched.
    convert: fn(&[u8], &Path) -> anyhow::Result<Converted>,
}

/// Where data is published.
#[derive(Clone, Copy)]
enum Origin {
    /// At an address, in which `{language}` stands for a language where there is a file for each.
    Address(&'static str),
    /// In a package of Python, which reckons it.
    Package(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => f.write_str(address),
            Self::Package(package) => write!(f, "the package {package} for Python"),
        }
    }
}

/// Where vendored files lie, and what is next when they are new.
#[derive(Clone, Copy)]
struct Home {
    folder: &'static str,
    next: &'static str,
}

const GAZETTEER: Home = Home {
    folder: "crates/gazetteer/data/source",
    next: "say in its README.md of which day it is, then `cargo xtask codegen gazetteer`, then \
           `cargo nextest run -p sister-cities-gazetteer --all-features`, whose tests name places and counts",
};

const NOTIFICATION: Home = Home {
    folder: "crates/notification/data",
    next: "say in crates/notification/src/pipeline/holidays.rs which version reckoned, then \
           `cargo nextest run -p sister-cities-notification --all-features holidays`",
};

/// What came of a file that was fetched.
struct Converted {
    files: Vec<VendoredFile>,
    /// What a person should know who looks at them.
    notes: Vec<String>,
}

impl DataSet {
    fn source(self) -> Source {
        match self {
            Self::Places => Source {
                origin: Origin::Address("https://download.geonames.org/export/dump/cities5000.zip"),
                licence: geonames::LICENCE,
                home: GAZETTEER,
                convert: geonames::places,
            },
            Self::Divisions => Source {
                origin: Origin::Address("https://download.geonames.org/export/dump/admin1CodesASCII.txt"),
                licence: geonames::LICENCE,
                home: GAZETTEER,
                convert: geonames::divisions,
            },
            Self::Countries => Source {
                origin: Origin::Address("https://download.geonames.org/export/dump/countryInfo.txt"),
                licence: geonames::LICENCE,
                home: GAZETTEER,
                convert: geonames::countries,
            },
            Self::CountryNames => Source {
                origin: Origin::Address(
                    "https://raw.githubusercontent.com/unicode-org/cldr-json/main/cldr-json/cldr-localenames-full/main/{language}/territories.json",
                ),
                licence: cldr::LICENCE,
                home: GAZETTEER,
                convert: cldr::territories,
            },
            Self::PublicHolidays => Source {
                origin: Origin::Package(public_holidays::PACKAGE),
                licence: public_holidays::LICENCE,
                home: NOTIFICATION,
                convert: public_holidays::table,
            },
        }
    }

    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Fetches a data set, or takes the file that was fetched before, and replaces what is vendored of it if it is fit to.
pub(crate) fn run(sh: &Shell, data_set: DataSet, from: Option<&Path>) -> anyhow::Result<()> {
    let Source { origin, licence, home, convert } = data_set.source();
    let name = data_set.name();
    let folder = sh.current_dir().join(home.folder);
    println!(
        "refresh {name}: {} and replaces what {} has of it, if it is fit to; licence: {licence}",
        match from {
            None => format!("fetches {origin}"),
            Some(file) => format!("takes {} as it would come from {origin}", file.display()),
        },
        home.folder,
    );
    let scratch = sh.create_temp_dir()?;
    let fetched = match (from, origin) {
        (Some(file), _) => vec![file.to_path_buf()],
        (None, Origin::Address(address)) => fetch(sh, &addresses(address, &folder)?, scratch.path())?,
        (None, Origin::Package(_)) => vec![public_holidays::reckon(sh, scratch.path())?],
    };
    let (mut files, mut notes) = (Vec::new(), Vec::new());
    for file in fetched {
        let bytes = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        let refused = || format!("{} is not what belongs there, and nothing was changed", file.display());
        let converted = convert(&bytes, &folder).with_context(refused)?;
        files.extend(converted.files);
        notes.extend(converted.notes);
    }
    let mut comparisons = Vec::new();
    for file in &files {
        comparisons.push(file.compare(&folder).context("nothing was changed")?);
    }
    let mut is_new = false;
    for (file, comparison) in files.iter().zip(comparisons) {
        if comparison.is_new() {
            file.replace(&folder)?;
            is_new = true;
        }
        println!("{}: {comparison}", file.name());
    }
    for note in notes {
        println!("{note}");
    }
    println!(
        "refresh {name}: {}",
        if is_new {
            format!("done; {}", home.next)
        } else {
            "there is nothing new, and nothing was changed".to_owned()
        }
    );
    Ok(())
}

/// Where to fetch from: one address, or one for each language that there is a file for.
fn addresses(address: &str, folder: &Path) -> anyhow::Result<Vec<String>> {
    if !address.contains("{language}") {
        return Ok(vec![address.to_owned()]);
    }
    let languages = cldr::languages(folder)?;
    Ok(languages.iter().map(|language| address.replace("{language}", language)).collect())
}

/// Fetches files into a folder.
fn fetch(sh: &Shell, addresses: &[String], folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let has_curl = cmd!(sh, "curl --version").quiet().ignore_stdout().ignore_stderr().run().is_ok();
    ensure!(has_curl, "curl is missing, which fetches it, and nothing was changed: apt-get install curl");
    let mut files = Vec::new();
    for (at, address) in addresses.iter().enumerate() {
        let file = folder.join(at.to_string());
        cmd!(
            sh,
            "curl --fail --silent --show-error --location --proto =https --max-time 300 --output {file} {address}"
        )
        .quiet()
        .run()
        .with_context(|| {
            format!(
                "{address} could not be fetched, and nothing was changed. This chore needs the network; `--from FILE` takes a file that was \
                 fetched elsewhere"
            )
        })?;
        files.push(file);
    }
    Ok(files)
}
