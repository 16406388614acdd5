//! The same bench of another revision, side by side: what became faster, and what slower.

use std::fmt::Write as _;

use anyhow::Context as _;
use xshell::{Shell, cmd};

use super::{Measured, measure};

/// Where the other revision is checked out and compiled.
const FOLDER: &str = "target/bench-against";

/// A row of a table: what was measured beside what, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    row: String,
    found: String,
}

/// Measures here and there, one after the other, and prints both.
pub(super) fn run(sh: &Shell, what: Measured, revision: &str, quick: Option<&str>) -> anyhow::Result<()> {
    let there = check_out(sh, revision)?;
    let before = {
        let _here = sh.push_dir(&there);
        let _target = sh.push_env("CARGO_TARGET_DIR", sh.current_dir().join("../build"));
        measure(sh, what, quick).with_context(|| format!("{revision} has no such bench, or it failed"))?
    };
    let now = measure(sh, what, quick)?;
    println!("{}", side_by_side(revision, &rows(&before), &rows(&now)));
    println!(
        "Each figure is of its own run on this machine: where the rounds of both overlap, nothing was shown."
    );
    Ok(())
}

fn check_out(sh: &Shell, revision: &str) -> anyhow::Result<std::path::PathBuf> {
    let root = sh.current_dir();
    let there = root.join(FOLDER).join("clone");
    let commit = cmd!(sh, "git rev-list --max-count=1 {revision}").ignore_stderr().read();
    let commit = commit.with_context(|| format!("there is no revision {revision} here"))?;
    sh.remove_path(&there)?;
    cmd!(sh, "git clone --quiet --no-checkout {root} {there}").run()?;
    cmd!(sh, "git -C {there} checkout --quiet {commit}").run()?;
    Ok(there)
}

/// The rows of the table in what a bench said: the first two cells name them, the fourth is what was found.
fn rows(said: &str) -> Vec<Found> {
    let cells = |line: &str| {
        line.split(" | ").map(|cell| cell.trim_matches(['|', ' ']).to_owned()).collect::<Vec<_>>()
    };
    let of_table = said.lines().filter(|line| line.starts_with("| ")).map(cells);
    let found = |cells: Vec<String>| {
        let [what, beside, _, found, ..] = &cells[..] else { return None };
        Some(Found { row: format!("{what}, beside {beside}"), found: found.replace("**", "") })
    };
    // Without the head and the line below it.
    of_table.skip(2).filter_map(found).collect()
}

fn side_by_side(revision: &str, before: &[Found], now: &[Found]) -> String {
    let mut table = String::new();
    for Found { row, found } in now {
        let then =
            before.iter().find(|before| before.row == *row).map_or("not measured", |before| &before.found);
        let _ = writeln!(table, "{row}\n  {revision}: {then}\n  now: {found}");
    }
    for Found { row, .. } in before.iter().filter(|before| !now.iter().any(|now| now.row == before.row)) {
        let _ = writeln!(table, "{row}\n  is not measured any more");
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_both_are_told_side_by_side() {
        let table = |found: &str| {
            format!(
                "- Machine: 2 cores\n\n| What | Beside | Needed | Found | Met | Limit |\n| --- | --- | --- | --- | --- | --- |\n| a read | bare | ≥ 60 % | **{found}** (85 – 99) | yes | it |\n"
            )
        };
        let told = side_by_side("v0.1.0", &rows(&table("95 %")), &rows(&table("97 %")));
        assert_eq!(told, "a read, beside bare\n  v0.1.0: 95 % (85 – 99)\n  now: 97 % (85 – 99)\n");
        assert!(side_by_side("v0.1.0", &rows(&table("95 %")), &[]).contains("not measured any more"));
    }
}
