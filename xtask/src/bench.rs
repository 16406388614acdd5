//! Measures, and publishes what was measured.

mod against;

use anyhow::{Context as _, ensure};
use clap::{Args, ValueEnum};
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
#[derive(Args, Clone, Debug)]
pub(crate) struct BenchArgs {
    /// What to measure; everything unless given
    what: Option<Measured>,
    /// Write the figures into the page
    #[arg(long)]
    write: bool,
    /// Measure this revision too, and print both side by side
    #[arg(long, value_name = "REV", conflicts_with = "write")]
    against: Option<String>,
    /// Few and short rounds, to see that it works
    #[arg(long)]
    quick: bool,
}

/// Measures; fails if something is not what the page says it has to be.
pub(crate) fn run(sh: &Shell, args: &BenchArgs) -> anyhow::Result<()> {
    let quick = args.quick.then_some("--quick");
    let all = args.what.as_ref().map_or(Measured::value_variants(), std::slice::from_ref);
    for &what in all {
        println!(
            "bench: compiles in release mode, then measures {what:?} for some minutes; leave the machine alone"
        );
        match &args.against {
            Some(revision) => against::run(sh, what, revision, quick)?,
            None => alone(sh, what, args.write, quick)?,
        }
    }
    Ok(())
}

fn alone(sh: &Shell, what: Measured, write: bool, quick: Option<&str>) -> anyhow::Result<()> {
    let said = measure(sh, what, quick)?;
    println!("{said}");
    if write {
        let lines: Vec<&str> = said.lines().take_while(|line| !line.starts_with(FAILED)).collect();
        let page = sh.read_file(PAGE)?;
        let beginning = what.beginning();
        let (before, rest) = page.split_once(&beginning).context("the page has lost its marks")?;
        let (_, after) = rest.split_once(END).context("the page has lost its marks")?;
        let figures = lines.join("\n");
        sh.write_file(PAGE, format!("{before}{beginning}\n\n{}\n\n{END}{after}", figures.trim()))?;
        println!("written into {PAGE}");
    }
    ensure!(!said.lines().any(|line| line.starts_with(FAILED)), "a row of the table is not met");
    Ok(())
}

/// Runs the bench and gives what it says. Its progress goes to standard error; how it ended, to the last line.
fn measure(sh: &Shell, what: Measured, quick: Option<&str>) -> anyhow::Result<String> {
    let target = what.target();
    let said = cmd!(sh, "cargo bench -q {target...} -- {quick...}").ignore_status().read()?;
    ensure!(said.contains("| --- |"), "nothing was measured");
    Ok(said)
}
