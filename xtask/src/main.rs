//! `cargo xtask`: the maintainers' chores.
//!
//! The program knows the workspace only from outside: it runs cargo and reads files, and depends on none of
//! our crates, so that it still builds when they do not.
#![expect(clippy::print_stdout, reason = "a chore talks to the maintainer on the terminal")]

mod api;
mod bench;
mod ci;
mod codegen;
mod command_line;
#[cfg(unix)]
mod crash;
mod db;
#[cfg(unix)]
mod drill;
mod fuzz;
mod mutate;
mod readme;
mod refresh;
mod release;
#[cfg(unix)]
mod siege;
mod tidy;

use clap::{ArgMatches, Command, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use xshell::Shell;

/// Chores of the Sister Cities workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Everything that must be green before a change lands: fmt, clippy, tidy, codegen, tests, docs.
    Ci {
        /// Only these steps: fmt, tidy, api, clippy, features, codegen, tests, docs, wasm32, packages.
        steps: Vec<String>,
    },
    /// The test command of the README: every unit test, story and documentation example.
    Test {
        /// Passed on to the test runner, for example a test's name.
        filter: Vec<String>,
    },
    /// Check the rules no compiler checks: the crate table, sizes, headers, layout.
    Tidy,
    /// Write the generated files anew, or check that they are current.
    Codegen {
        /// Which files; all when none is named.
        what: Vec<codegen::Generated>,
        /// Write nothing; fail if a file would change.
        #[arg(long)]
        check: bool,
    },
    /// Fetch vendored data anew from where it is published. It needs the network; nothing is changed unless what came is fit to.
    Refresh {
        /// Which data.
        data_set: refresh::DataSet,
        /// Take this file, fetched elsewhere, instead of fetching one.
        #[arg(long, value_name = "FILE")]
        from: Option<std::path::PathBuf>,
    },
    /// The schema of both databases.
    #[command(subcommand)]
    Db(db::DbChore),
    /// Hold the wire against what was released of it.
    #[command(subcommand)]
    Api(api::ApiChore),
    /// Measure beside what we stand on, in release mode: the table of `docs/performance.md`.
    Bench(bench::BenchArgs),
    /// Look for inputs that the product has a mistake with, by libFuzzer.
    Fuzz(fuzz::FuzzArgs),
    /// Break one rule at a time in a copy of the workspace and show which tests notice.
    Mutate {
        /// Only those in files whose path holds this, as in `domain/src/due`.
        #[arg(default_value = "")]
        part: String,
    },
    /// Kill a server, cut its power, pause it, again and again; compare what is stored with what it acknowledged.
    #[cfg(unix)]
    Crash(crash::CrashArgs),
    /// From a commit to a release.
    #[command(subcommand)]
    Release(release::ReleaseChore),
    /// Attack a server with what could hold it up, good requests beside it, and say what these suffered.
    #[cfg(unix)]
    Siege(siege::SiegeArgs),
}

fn main() -> anyhow::Result<()> {
    let matches = Cli::command().get_matches();
    announce(&Cli::command(), &matches);
    let cli = Cli::from_arg_matches(&matches)?;
    let sh = Shell::new()?;
    sh.change_dir(workspace_root()?);
    match cli.chore {
        Chore::Ci { steps } => ci::run(&sh, &steps),
        Chore::Test { filter } => ci::test(&sh, &filter),
        Chore::Tidy => tidy::run(&sh),
        Chore::Codegen { what, check } => {
            let mode = if check { codegen::Mode::Check } else { codegen::Mode::Write };
            codegen::run(&sh, &what, mode)
        }
        Chore::Refresh { data_set, from } => refresh::run(&sh, data_set, from.as_deref()),
        Chore::Db(chore) => db::run(&sh, &chore),
        Chore::Api(chore) => api::run(&sh, &chore),
        Chore::Bench(args) => bench::run(&sh, &args),
        Chore::Fuzz(args) => fuzz::run(&sh, &args),
        Chore::Mutate { part } => mutate::run(&sh, &part),
        Chore::Release(chore) => release::run(&sh, &chore),
        #[cfg(unix)]
        Chore::Crash(args) => crash::run(&sh, &args),
        #[cfg(unix)]
        Chore::Siege(args) => siege::run(&sh, &args),
    }
}

/// Says what a chore will do before it does it, in the words of its help; not on standard output, where some print what is for a file.
#[expect(clippy::print_stderr, reason = "a chore talks to the maintainer on the terminal")]
fn announce(command: &Command, matches: &ArgMatches) {
    let (mut chore, mut matches, mut name) = (command, matches, String::new());
    while let Some((below, inner)) = matches.subcommand()
        && let Some(found) = chore.find_subcommand(below)
    {
        (chore, matches, name) = (found, inner, format!("{name} {below}"));
    }
    eprintln!("cargo xtask{name}: {}", chore.get_about().unwrap_or_default());
}

/// The folder that holds the workspace's `Cargo.toml`.
fn workspace_root() -> anyhow::Result<std::path::PathBuf> {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(std::path::Path::to_path_buf)
        .ok_or_else(|| anyhow::anyhow!("xtask does not lie in a workspace"))
}
