//! Public holidays, as a package of Python reckons them, which is installed below `target` for that.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use xshell::{Shell, cmd};

use super::Converted;
use super::vendored::VendoredFile;

pub(super) const LICENCE: &str = "MIT";
pub(super) const PACKAGE: &str = "holidays";

const SCRIPT: &str = include_str!("public_holidays.py");
const ENVIRONMENT: &str = "target/refresh";

/// Fewer days than any country has, in several years.
const DAYS_AT_LEAST: usize = 5;

/// Installs the newest package, and writes what it reckons into a folder.
pub(super) fn reckon(sh: &Shell, folder: &Path) -> anyhow::Result<PathBuf> {
    let made = cmd!(sh, "python3 -m venv {ENVIRONMENT}").quiet().ignore_stdout().run();
    made.context(
        "python3 or its module venv is missing, and nothing was changed: apt-get install python3-venv",
    )?;
    let python = sh.current_dir().join(ENVIRONMENT).join("bin/python");
    cmd!(sh, "{python} -m pip install --quiet --disable-pip-version-check --upgrade {PACKAGE}").quiet().run().with_context(|| {
        format!(
            "the package {PACKAGE} could not be fetched, and nothing was changed. This chore needs the network; `--from FILE` takes what \
             xtask/src/refresh/public_holidays.py prints elsewhere"
        )
    })?;
    let version = cmd!(sh, "{python} -c 'import holidays; print(holidays.__version__)'").quiet().read()?;
    println!("{PACKAGE} {version} reckons");
    let table = cmd!(sh, "{python} -").stdin(SCRIPT).quiet().read()?;
    let file = folder.join("public_holidays.txt");
    sh.write_file(&file, table + "\n")?;
    Ok(file)
}

/// `public_holidays.txt`, as the script prints it.
pub(super) fn table(printed: &[u8], _folder: &Path) -> anyhow::Result<Converted> {
    let text = std::str::from_utf8(printed).context("UTF-8 was expected")?;
    for (at, line) in text.lines().enumerate() {
        let (country, days) = line.split_once(' ').unwrap_or((line, ""));
        let is_country = country.len() == 2 && country.bytes().all(|letter| letter.is_ascii_uppercase());
        let days: Result<Vec<u16>, _> = days.split(' ').map(str::parse).collect();
        ensure!(
            is_country && days.is_ok_and(|days| days.len() >= DAYS_AT_LEAST),
            "line {}: a country's code and {DAYS_AT_LEAST} numbers of days or more were expected",
            at + 1
        );
    }
    Ok(Converted {
        files: vec![VendoredFile::new("public_holidays.txt", text.to_owned())],
        notes: Vec::new(),
    })
}
