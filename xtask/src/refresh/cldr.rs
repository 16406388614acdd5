//! The names of countries as CLDR publishes them: a file for each language, kept as it comes.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use super::Converted;
use super::vendored::VendoredFile;

pub(super) const LICENCE: &str = "Unicode licence v3, whose text stays beside the files";

/// The folder of the files.
const FOLDER: &str = "cldr";

/// The languages that there are files for.
pub(super) fn languages(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut languages = Vec::new();
    for file in fs::read_dir(folder.join(FOLDER))? {
        let name = file?.file_name().to_string_lossy().into_owned();
        let language = name.strip_prefix("territories.").and_then(|rest| rest.strip_suffix(".json"));
        languages.extend(language.map(str::to_owned));
    }
    languages.sort();
    Ok(languages)
}

/// The file of the language that it says it is of.
pub(super) fn territories(fetched: &[u8], folder: &Path) -> anyhow::Result<Converted> {
    let text = std::str::from_utf8(fetched).context("UTF-8 was expected")?;
    let value: Value = serde_json::from_str(text).context("JSON was expected")?;
    names(&value).context("`main.LANGUAGE.localeDisplayNames.territories` was expected")?;
    let language = value["main"].as_object().and_then(|main| main.keys().next());
    let language = language.context("the language was expected below `main`")?;
    let known = languages(folder)?;
    ensure!(
        known.contains(language),
        "the names are in {language}; there are files for {}, and a new one begins with a file of that name",
        known.join(", ")
    );
    let file = VendoredFile::new(format!("{FOLDER}/territories.{language}.json"), text.to_owned());
    Ok(Converted { files: vec![file], notes: Vec::new() })
}

/// The names in a file of CLDR, by the codes of countries.
pub(super) fn names(file: &Value) -> Option<&Value> {
    let language = file.get("main")?.as_object()?.values().next()?;
    language.pointer("/localeDisplayNames/territories").filter(|names| names.is_object())
}
