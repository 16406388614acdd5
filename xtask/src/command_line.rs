//! What is written of the command line: its reference, and its manual pages, which only packages hold. The program itself writes both.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use xshell::{Shell, cmd};

use crate::codegen::Mode;

const REFERENCE: &str = "docs/command-line.md";

/// Where the manual pages are looked at; a release has its own.
const MANUAL: &str = "target/man";

/// Writes the reference, or checks that it is current.
pub(crate) fn reference(sh: &Shell, mode: Mode) -> anyhow::Result<()> {
    let page = printed_reference(sh)?;
    match mode {
        Mode::Write => sh.write_file(REFERENCE, page)?,
        Mode::Check => {
            let is_current = sh.path_exists(REFERENCE) && sh.read_file(REFERENCE)? == page;
            ensure!(is_current, "{REFERENCE} is not current");
        }
    }
    Ok(())
}

/// Writes the manual pages and checks that every command of the reference has one, and that each can be set.
pub(crate) fn manual(sh: &Shell, mode: Mode) -> anyhow::Result<()> {
    let scratch = sh.create_temp_dir()?;
    let folder = match mode {
        Mode::Write => sh.current_dir().join(MANUAL),
        Mode::Check => scratch.path().to_path_buf(),
    };
    sh.remove_path(&folder)?;
    sh.create_dir(&folder)?;
    cmd!(sh, "cargo run -q -p sister-cities-cli --all-features -- man-pages {folder}").quiet().run()?;
    let pages: BTreeSet<String> = sh.read_dir(&folder)?.iter().filter_map(|page| name(page)).collect();
    let differences = differences(&printed_reference(sh)?, &pages);
    ensure!(differences.is_empty(), "manual pages and reference differ:\n{}", differences.join("\n"));
    set(sh, &folder)?;
    if mode == Mode::Write {
        println!("{} manual pages lie in {MANUAL}: `man -l {MANUAL}/sister-cities.1`", pages.len());
    }
    Ok(())
}

fn printed_reference(sh: &Shell) -> anyhow::Result<String> {
    let page = cmd!(sh, "cargo run -q -p sister-cities-cli --all-features -- reference").quiet().read()?;
    Ok(page + "\n")
}

fn name(page: &Path) -> Option<String> {
    Some(page.file_name()?.to_string_lossy().into_owned())
}

/// The commands without a page, and the pages without a command.
fn differences(reference: &str, pages: &BTreeSet<String>) -> Vec<String> {
    let headings = reference.lines().filter(|line| line.starts_with('#'));
    let commands = headings.map(|line| line.trim_start_matches('#').trim());
    let commands = commands.filter(|command| command.starts_with("sister-cities ")).chain(["sister-cities"]);
    let wanted: BTreeSet<String> = commands.map(|command| command.replace(' ', "-") + ".1").collect();
    let missing = wanted.difference(pages).map(|page| format!("there is no {page}"));
    let beyond =
        pages.difference(&wanted).map(|page| format!("{page} is of no command that people are shown"));
    missing.chain(beyond).collect()
}

/// Lets groff set the pages, which fails with what it warns of; says how to get it where there is none.
fn set(sh: &Shell, folder: &Path) -> anyhow::Result<()> {
    if cmd!(sh, "groff --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        println!(
            "groff is missing, which sets the manual pages: apt-get install groff-base; they were not set"
        );
        return Ok(());
    }
    let pages = sh.read_dir(folder)?;
    let set = cmd!(sh, "groff -man -Kutf8 -ww -z {pages...}").quiet().output().context("groff")?;
    let warnings = String::from_utf8_lossy(&set.stderr);
    if !warnings.is_empty() {
        bail!("groff warns of the manual pages:\n{warnings}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_without_a_manual_page_is_found_and_so_is_a_page_without_a_command() {
        let reference =
            "# Command line\n## Exit codes\n## sister-cities backup\n### sister-cities backup create\n";
        let pages = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let all = ["sister-cities.1", "sister-cities-backup.1", "sister-cities-backup-create.1"];
        assert_eq!(differences(reference, &pages(&all)), Vec::<String>::new());
        let told = differences(reference, &pages(&["sister-cities.1", all[1], "sister-cities-bakup.1"]));
        assert_eq!(
            told,
            [
                "there is no sister-cities-backup-create.1",
                "sister-cities-bakup.1 is of no command that people are shown"
            ]
        );
    }
}
