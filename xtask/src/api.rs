//! The wire as it was released and as it is: what breaks a promise of `docs/stability.md`, and what is new.
//!
//! Written here, and not taken from a library: the rules are ours (values of an answer may grow, unknown fields of a request are refused),
//! and none of those that are kept up is a Rust crate.

mod document;
mod finding;
mod schema;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Subcommand;
use serde_json::Value;
use xshell::Shell;

use finding::{Finding, Findings};
use schema::{Flow, Schemas};

/// What is generated, and what was released of it, in a folder for each version.
const PRESENT: &str = "docs/api";
const RELEASED: &str = "docs/api/released";
const WIRE: &str = "openapi.json";
const EVENTS: &str = "webhooks";
/// What was broken knowingly since that release: finding to reason.
const ACCEPTED: &str = "accepted.json";

/// What to do with the wire.
#[derive(Subcommand)]
pub(crate) enum ApiChore {
    /// Compare the wire with the last release: fails on what breaks a promise, lists what is new.
    Diff,
    /// Accept a break that `diff` has shown, until the next release.
    Bless {
        /// The finding, as `diff` prints it.
        finding: String,
        /// Why nobody is hurt.
        #[arg(long)]
        because: String,
    },
}

pub(crate) fn run(sh: &Shell, chore: &ApiChore) -> anyhow::Result<()> {
    match chore {
        ApiChore::Diff => diff(sh),
        ApiChore::Bless { finding, because } => bless(sh, finding, because),
    }
}

/// Compares with the last release; an error names each promise that is broken.
pub(crate) fn diff(sh: &Shell) -> anyhow::Result<()> {
    let Some(release) = last_release(sh)? else {
        println!("api: no release is kept in {RELEASED} yet, so there is nothing to compare with");
        return Ok(());
    };
    let version = version_of(&release);
    let accepted = accepted(sh, &release)?;
    let (broken, added): (Vec<Finding>, Vec<Finding>) =
        changes(sh, &release)?.into_iter().partition(|finding| finding.breaks.is_some());
    let (known, broken): (Vec<Finding>, Vec<Finding>) =
        broken.into_iter().partition(|finding| accepted.contains_key(&finding.to_string()));
    for finding in &added {
        println!("  new since {version}: {finding}");
    }
    for finding in &known {
        println!("  accepted since {version}: {finding}");
    }
    for finding in &broken {
        println!("  BREAKS {finding}");
    }
    ensure!(
        broken.is_empty(),
        "{} break what {version} promised (docs/stability.md): undo them, or say why nobody is hurt with `cargo xtask api bless`",
        broken.len()
    );
    println!("api: nothing breaks what {version} promised; {} additions", added.len());
    Ok(())
}

fn bless(sh: &Shell, finding: &str, because: &str) -> anyhow::Result<()> {
    let release = last_release(sh)?.context("no release is kept, so nothing can break it")?;
    let shown = changes(sh, &release)?;
    let is_shown = shown.iter().any(|one| one.breaks.is_some() && one.to_string() == finding);
    ensure!(is_shown, "`cargo xtask api diff` shows no such break: {finding}");
    ensure!(because.trim().len() > 10, "say in a sentence why nobody is hurt");
    let mut accepted = accepted(sh, &release)?;
    accepted.insert(finding.to_owned(), because.to_owned());
    let text = serde_json::to_string_pretty(&accepted)?;
    sh.write_file(release.join(ACCEPTED), format!("{text}\n"))?;
    println!("api: accepted until the next release; it belongs into the change log, as what breaks");
    Ok(())
}

/// Keeps the present wire as that of a version.
pub(crate) fn keep(sh: &Shell, version: &str) -> anyhow::Result<()> {
    let folder = Path::new(RELEASED).join(version);
    for (name, schema) in documents(sh, Path::new(PRESENT))? {
        // One line: nobody edits it.
        sh.write_file(folder.join(name), format!("{schema}\n"))?;
    }
    Ok(())
}

fn changes(sh: &Shell, release: &Path) -> anyhow::Result<Vec<Finding>> {
    let (before, after) = (documents(sh, release)?, documents(sh, Path::new(PRESENT))?);
    let mut all = Vec::new();
    for (name, old) in &before {
        let Some(new) = after.get(name) else {
            bail!("{} was released and is not generated any more", name.display())
        };
        if name == Path::new(WIRE) {
            all.extend(document::compare(old, new));
        } else {
            let mut found = Findings::default();
            let event = name.file_name().unwrap_or_default().to_string_lossy();
            let event = event.trim_end_matches(".schema.json");
            Schemas::of(old, new).compare(old, new, Flow::Answered, event, &mut found);
            all.extend(found.sorted());
        }
    }
    Ok(all)
}

/// The wire and the schemas of events in a folder, by their names in it.
fn documents(sh: &Shell, folder: &Path) -> anyhow::Result<BTreeMap<PathBuf, Value>> {
    let mut names = vec![PathBuf::from(WIRE)];
    for file in sh.read_dir(folder.join(EVENTS))? {
        names.push(Path::new(EVENTS).join(file.file_name().context("a file has a name")?));
    }
    let read = |name: PathBuf| {
        let path = folder.join(&name);
        let text = sh.read_file(&path)?;
        let value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))?;
        Ok((name, value))
    };
    names.into_iter().map(read).collect()
}

fn accepted(sh: &Shell, release: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let file = release.join(ACCEPTED);
    if !sh.path_exists(&file) {
        return Ok(BTreeMap::new());
    }
    Ok(serde_json::from_str(&sh.read_file(&file)?)?)
}

/// The folder of the release with the greatest version.
fn last_release(sh: &Shell) -> anyhow::Result<Option<PathBuf>> {
    if !sh.path_exists(RELEASED) {
        return Ok(None);
    }
    let numbers = |folder: &PathBuf| -> Option<Vec<u64>> {
        version_of(folder).split('.').map(|number| number.parse().ok()).collect()
    };
    let folders = sh.read_dir(RELEASED)?.into_iter().filter(|path| numbers(path).is_some());
    let last = folders.max_by_key(numbers);
    Ok(last.map(|folder| Path::new(RELEASED).join(version_of(&folder))))
}

fn version_of(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
