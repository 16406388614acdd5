//! Measures, and publishes what was measured.

use anyhow::{Context as _, ensure};
use clap::ValueEnum;
use xshell::{Shell, cmd};

/// The page that the figures are published on, each table after a mark that names it and before the end.
const PAGE: &str = "docs/performance.md";
const END: &str = "<!-- end of what was measured -->";

/// How the bench begins its last line if it failed.
const FAILED: &str = "not measured";

/// What can be measured.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Measured {
    /// The back ends beside what they stand on.
    Storage,
    /// What is sent, beside what that stands on.
    Notification,
}

impl Measured {
    /// The bench and its package, with the features that it takes.
    const fn target(self) -> [&'static str; 6] {
        match self {
            Self::Storage => {
                ["-p", "sister-cities-storage", "--features", "conformance,testing", "--bench", "storage"]
            }
            Self::Notification => {
                ["-p", "sister-cities-tests", "--features", "postgres", "--bench", "notification"]
            }
        }
    }

    /// How its table begins on the page.
    fn beginning(self) -> String {
        let [.., name] = self.target();
        format!("<!-- measured: cargo xtask bench {name} --write -->")
    }
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
    let quick = quick.then_some("--quick");
    let target = what.target();
    let bench = cmd!(sh, "cargo bench -q {target...} -- {quick...}");
    // Its progress goes to standard error; how it ended, to the last line.
    let said = bench.ignore_status().read()?;
    println!("{said}");
    let lines: Vec<&str> = said.lines().take_while(|line| !line.starts_with(FAILED)).collect();
    let figures = lines.join("\n");
    ensure!(figures.contains("| --- |"), "nothing was measured");
    if mode == Mode::Write {
        let page = sh.read_file(PAGE)?;
        let beginning = what.beginning();
        let (before, rest) = page.split_once(&beginning).context("the page has lost its marks")?;
        let (_, after) = rest.split_once(END).context("the page has lost its marks")?;
        sh.write_file(PAGE, format!("{before}{beginning}\n\n{}\n\n{END}{after}", figures.trim()))?;
        println!("written into {PAGE}");
    }
    ensure!(!said.lines().any(|line| line.starts_with(FAILED)), "a row of the table is not met");
    Ok(())
}
