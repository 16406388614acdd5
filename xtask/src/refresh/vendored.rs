//! A vendored file: what entries it has, how a newer one differs, and when it may not take the place of what is there.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;

/// A file as it will be vendored.
pub(super) struct VendoredFile {
    /// Where it lies, from the folder of all.
    path: PathBuf,
    text: String,
}

/// How many entries a newer file has that the present one has not, and the other way round.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    pub(super) added: usize,
    pub(super) removed: usize,
    pub(super) all: usize,
}

impl Comparison {
    pub(super) fn is_new(&self) -> bool {
        self.added + self.removed > 0
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { added, removed, all } = self;
        if !self.is_new() {
            return write!(f, "as it was, {all} entries");
        }
        write!(f, "{added} entries added, {removed} removed, {all} in all; one that changed counts as both")
    }
}

impl VendoredFile {
    /// A file, which is packed if its name ends in `.gz`.
    pub(super) fn new(path: impl Into<PathBuf>, text: String) -> Self {
        Self { path: path.into(), text }
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Holds it against the file that is there.
    ///
    /// # Errors
    ///
    /// If it has no entries, or more than a fifth fewer than the present one.
    pub(super) fn compare(&self, folder: &Path) -> anyhow::Result<Comparison> {
        let name = self.name();
        let after = self.entries(&self.text)?;
        let before = self.entries(&self.present(folder)?)?;
        let (had, has) = (before.len(), after.len());
        ensure!(has > 0, "the new {name} has no entries; the present one has {had}");
        ensure!(
            has * 5 >= had * 4,
            "the new {name} has {has} entries where the present one has {had}, more than a fifth fewer: its form may be another now"
        );
        Ok(Comparison {
            added: after.difference(&before).count(),
            removed: before.difference(&after).count(),
            all: has,
        })
    }

    /// Puts it in the place of the file that is there, whole or not at all.
    pub(super) fn replace(&self, folder: &Path) -> anyhow::Result<()> {
        let path = folder.join(&self.path);
        let part = path.with_added_extension("part");
        let written = fs::write(&part, self.packed()?).and_then(|()| fs::rename(&part, &path));
        if written.is_err() {
            // What is half written is of no use, and may not be there at all.
            let _ = fs::remove_file(&part);
        }
        written.with_context(|| format!("{} cannot be written", path.display()))
    }

    fn is_packed(&self) -> bool {
        self.path.extension().is_some_and(|end| end == "gz")
    }

    fn packed(&self) -> anyhow::Result<Vec<u8>> {
        if !self.is_packed() {
            return Ok(self.text.clone().into_bytes());
        }
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(self.text.as_bytes())?;
        Ok(packed.finish()?)
    }

    /// The text of the file that is there; empty if none is.
    fn present(&self, folder: &Path) -> anyhow::Result<String> {
        let path = folder.join(&self.path);
        if !path.exists() {
            return Ok(String::new());
        }
        let cannot = || format!("{} cannot be read", path.display());
        let bytes = fs::read(&path).with_context(cannot)?;
        let mut text = String::new();
        if self.is_packed() {
            GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).with_context(cannot)?;
        } else {
            bytes.as_slice().read_to_string(&mut text).with_context(cannot)?;
        }
        Ok(text)
    }

    /// What a text of it lists: the lines of a table without its header, if it has one, the elements of an array, the members of an object.
    fn entries(&self, text: &str) -> anyhow::Result<BTreeSet<String>> {
        if text.is_empty() {
            return Ok(BTreeSet::new());
        }
        if self.path.extension().is_none_or(|end| end != "json") {
            let headers = usize::from(self.name().contains(".tsv"));
            return Ok(text.lines().skip(headers).map(str::to_owned).collect());
        }
        let value: Value =
            serde_json::from_str(text).with_context(|| format!("{} is no JSON", self.name()))?;
        Ok(match super::cldr::names(&value).unwrap_or(&value) {
            Value::Array(elements) => elements.iter().map(Value::to_string).collect(),
            Value::Object(members) => members.iter().map(|(key, value)| format!("{key}: {value}")).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => BTreeSet::new(),
        })
    }
}
