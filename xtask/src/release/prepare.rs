//! What has to be done before a version can be released: everything that is written into the repository.

use std::path::Path;

use anyhow::{Context as _, ensure};
use xshell::{Shell, cmd};

use super::change_log::{self, Changes};
use super::{gates, keep};
use crate::api;

/// The files of changes since the last release.
pub(crate) const CHANGES: &str = "docs/changes";
const CHANGE_LOG: &str = "docs/CHANGELOG.md";
const MANIFEST: &str = "Cargo.toml";

pub(super) fn run(sh: &Shell, version: &str) -> anyhow::Result<()> {
    println!(
        "release prepare: writes version {version} into the manifests, the change log from {CHANGES}, and keeps what a later version is held to: the API, a database, an archive, what clients ask; commits nothing"
    );
    let uncommitted = cmd!(sh, "git status --porcelain").read()?;
    ensure!(uncommitted.is_empty(), "commit or put away what you are at first:\n{uncommitted}");
    let before = version_in(&sh.read_file(MANIFEST)?)?;
    ensure!(
        numbers(version)? >= numbers(&before)?,
        "{version} comes before {before}, which is what the manifests say"
    );

    keep::needed(sh)?;
    api::diff(sh)?;
    gates::run(sh)?;
    let manifest = sh.read_file(MANIFEST)?;
    sh.write_file(MANIFEST, with_version(&manifest, &before, version))?;
    cmd!(sh, "cargo update --quiet --workspace --offline").run()?;

    let (changes, files) = changes(sh)?;
    // The day of the last commit, which is the one that is released.
    let day = cmd!(sh, "git log -1 --format=%cs").read()?;
    let log = change_log::release(&sh.read_file(CHANGE_LOG)?, version, &day, &changes)?;
    sh.write_file(CHANGE_LOG, log)?;
    for file in files {
        sh.remove_path(file)?;
    }
    cmd!(sh, "cargo run -q -p xtask -- codegen").run()?;
    api::keep(sh, version)?;
    keep::run(sh, version)?;
    println!(
        "release prepare: {version} is written. Read `git diff`, run `cargo xtask ci`, commit, then `cargo xtask release check`"
    );
    Ok(())
}

/// The changes in their files, and the files.
pub(crate) fn changes(sh: &Shell) -> anyhow::Result<(Changes, Vec<std::path::PathBuf>)> {
    let (mut changes, mut files) = (Changes::new(), Vec::new());
    for file in sh.read_dir(CHANGES)? {
        let name = file.file_name().context("a file has a name")?.to_string_lossy().into_owned();
        if name == "README.md" {
            continue;
        }
        ensure!(
            Path::new(&name).extension().is_some_and(|end| end == "md"),
            "{CHANGES}/{name} is no Markdown"
        );
        change_log::add(&mut changes, &name, &sh.read_file(&file)?)?;
        files.push(file);
    }
    Ok((changes, files))
}

fn version_in(manifest: &str) -> anyhow::Result<String> {
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = \""));
    let version = line.and_then(|line| line.strip_suffix('"'));
    Ok(version.context("the manifest of the workspace has no version")?.to_owned())
}

/// The manifest with all crates in step.
fn with_version(manifest: &str, before: &str, version: &str) -> String {
    manifest
        .replace(&format!("\nversion = \"{before}\"\n"), &format!("\nversion = \"{version}\"\n"))
        .replace(&format!("version = \"={before}\" }}"), &format!("version = \"={version}\" }}"))
}

fn numbers(version: &str) -> anyhow::Result<Vec<u64>> {
    let numbers: Vec<u64> = version
        .split('.')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .with_context(|| format!("{version} is no version such as 0.2.0"))?;
    ensure!(numbers.len() == 3, "{version} is no version such as 0.2.0");
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_crates_are_raised_in_step() {
        let manifest = "[workspace.package]\nversion = \"0.1.0\"\n\n[workspace.dependencies]\na = { path = \"crates/a\", version = \"=0.1.0\" }\nserde = { version = \"0.1.0\" }\n";
        let raised = with_version(manifest, "0.1.0", "0.2.0");
        assert_eq!(version_in(&raised).unwrap(), "0.2.0");
        assert!(
            raised.contains("version = \"=0.2.0\" }") && raised.contains("serde = { version = \"0.1.0\" }"),
            "{raised}"
        );
        assert!(numbers("0.10.0").unwrap() > numbers("0.9.9").unwrap());
        assert!(numbers("1.0").is_err() && numbers("v1.0.0").is_err());
    }
}
