//! Measures, and publishes what was measured.

use anyhow::{Context as _, ensure};
use clap::ValueEnum;
use xshell::{Shell, cmd};

/// The page that the figures are published on, between two marks.
const PAGE: &str = "docs/performance.md";
const BEGINNING: &str = "<!-- measured: cargo xtask bench storage --write -->";
const END: &str = "<!-- end of what was measured -->";

/// How the bench begins its last line if it failed.
const FAILED: &str = "not measured";

/// What can be measured.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Measured {
    /// The back ends beside what they stand on.
    Storage,
}

/// What becomes of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Shown.
    Print,
    /// Shown, and written into the page.
    Write,
}

/// Measures; fails if something is not what the page says it has to be.
pub(crate) fn run(sh: &Shell, what: Measured, mode: Mode, quick: bool) -> anyhow::Result<()> {
    let Measured::Storage = what;
    let quick = quick.then_some("--quick");
    let bench = cmd!(
        sh,
        "cargo bench -q -p sister-cities-storage --features conformance,testing --bench storage -- {quick...}"
    );
    // Its progress goes to standard error; how it ended, to the last line.
    let said = bench.ignore_status().read()?;
    println!("{said}");
    let lines: Vec<&str> = said.lines().take_while(|line| !line.starts_with(FAILED)).collect();
    let figures = lines.join("\n");
    ensure!(figures.contains("| --- |"), "nothing was measured");
    if mode == Mode::Write {
        let page = sh.read_file(PAGE)?;
        let (before, rest) = page.split_once(BEGINNING).context("the page has lost its marks")?;
        let (_, after) = rest.split_once(END).context("the page has lost its marks")?;
        sh.write_file(PAGE, format!("{before}{BEGINNING}\n\n{}\n\n{END}{after}", figures.trim()))?;
        println!("written into {PAGE}");
    }
    ensure!(!said.lines().any(|line| line.starts_with(FAILED)), "a row of the table is not met");
    Ok(())
}
