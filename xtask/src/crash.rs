//! `cargo xtask crash`: does what can happen to a server, and compares what is stored with what it acknowledged.
//!
//! The program and the cluster of `drill`, and a `disk`, are what is struck; `writers` keep
//! a server busy and note in a `ledger` what they were told; `endure`, `migration`, `pause` and `workers` are the drills; `compare`
//! asks the program for everything and holds it against the ledger; `report` is the table. What the drills prove, and what
//! they do not, is in `docs/operations/durability.md`.

mod chance;
mod compare;
mod disk;
mod endure;
mod ledger;
mod migration;
mod pause;
mod report;
mod workers;
mod writers;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, bail, ensure};
use clap::{Args, ValueEnum};
use xshell::Shell;

use crate::drill::cluster::Cluster;
use crate::drill::program::Program;
use crate::drill::stage::Stage;
use crate::drill::{self, Profile};
use chance::Chance;
use disk::Disk;
use endure::Safety;
use report::{Row, Verdict};

/// How many writes the kills on SQLite prove something about.
const WRITES_AT_LEAST: usize = 10_000;

/// What to do, and how often.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct CrashArgs {
    /// Which drills
    #[arg(required_unless_present = "all")]
    drills: Vec<Drill>,
    /// All of them
    #[arg(long, conflicts_with = "drills")]
    all: bool,
    /// How often to strike, instead of each drill's own number
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    times: Option<u32>,
    /// The seed of all chance, as an earlier run printed it
    #[arg(long)]
    seed: Option<u64>,
    /// The folder in which to work, on the disk that is to be tried; that for temporary files unless given
    #[arg(long)]
    folder: Option<PathBuf>,
    /// The program to try, instead of the one built here
    #[arg(long)]
    program: Option<PathBuf>,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Drill {
    /// The server is killed, on SQLite
    SqliteKill,
    /// The power is cut, on SQLite; with a control that must lose something
    SqliteCut,
    /// The migration of a new file is killed
    SqliteMigration,
    /// The server, PostgreSQL, or both are killed
    PostgresKill,
    /// The power is cut, on PostgreSQL; with a control that must lose something
    PostgresCut,
    /// The migration of an empty PostgreSQL database is killed
    PostgresMigration,
    /// Several servers migrate one PostgreSQL database at once
    MigrateTogether,
    /// One of two servers on one PostgreSQL stands still for a minute
    Pause,
    /// Two workers that tell webhooks are killed, on SQLite
    SqliteWorkers,
    /// The same, on PostgreSQL
    PostgresWorkers,
}

/// One run, and what all its drills share.
#[derive(Debug)]
struct Run {
    chance: Chance,
    /// Of the workspace.
    root: PathBuf,
    program: PathBuf,
    /// Where drills happen.
    folder: PathBuf,
    /// Where their ledgers stay.
    ledgers: PathBuf,
    drill: String,
}

/// Runs the drills, one after the other; fails unless all have passed.
pub(crate) fn run(sh: &Shell, args: &CrashArgs) -> anyhow::Result<()> {
    let drills = if args.all { Drill::value_variants() } else { &args.drills };
    let target = drill::target_folder(sh)?;
    let program = match &args.program {
        Some(program) => program.canonicalize().with_context(|| program.display().to_string())?,
        None => drill::build(sh, Profile::Debug)?,
    };
    if drills.contains(&Drill::Pause) {
        pause::build(sh)?;
    }
    let seed = args.seed.unwrap_or_else(Chance::seed);
    println!("crash: seed {seed}; repeat with --seed {seed}");
    let ledgers = target.join("crash").join(seed.to_string());
    std::fs::create_dir_all(&ledgers)?;
    let folder = args.folder.clone().unwrap_or_else(std::env::temp_dir);
    let mut run = Run {
        chance: Chance::new(seed),
        root: sh.current_dir(),
        program,
        folder,
        ledgers,
        drill: String::new(),
    };

    let begun = Instant::now();
    let mut rows = Vec::new();
    for drill in drills {
        // Each has its own chance, whichever others are run.
        run.chance = Chance::new(seed ^ ((*drill as u64 + 1) << 32));
        rows.extend(drill.run(&mut run, args.times));
    }
    println!("\n{}", report::table(&rows));
    println!("crash: {:.0?}, seed {seed}, ledgers in {}", begun.elapsed(), run.ledgers.display());
    let failed = rows.iter().filter(|row| !row.has_passed()).count();
    ensure!(failed == 0, "{failed} of {} rows have not passed", rows.len());
    Ok(())
}

/// The program as developers build it: slower than a release, so that more of it is in the middle of something.
impl Drill {
    /// How often it strikes unless told otherwise.
    const fn times(self) -> u32 {
        match self {
            Self::SqliteKill => 200,
            Self::SqliteCut | Self::PostgresKill => 60,
            Self::PostgresCut | Self::SqliteMigration | Self::PostgresMigration => 20,
            Self::MigrateTogether => 10,
            Self::Pause => 1,
            Self::SqliteWorkers | Self::PostgresWorkers => 50,
        }
    }

    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    const fn needs_postgres(self) -> bool {
        match self {
            Self::SqliteKill | Self::SqliteCut | Self::SqliteMigration | Self::SqliteWorkers => false,
            Self::PostgresKill
            | Self::PostgresCut
            | Self::PostgresMigration
            | Self::MigrateTogether
            | Self::Pause
            | Self::PostgresWorkers => true,
        }
    }

    const fn needs_disk(self) -> bool {
        matches!(self, Self::SqliteCut | Self::PostgresCut)
    }

    /// Runs it; a drill with a control makes two rows.
    fn run(self, run: &mut Run, times: Option<u32>) -> Vec<Row> {
        // Promised of a whole run; fewer kills make fewer writes.
        let least = if times.is_none() { WRITES_AT_LEAST } else { 0 };
        let times = times.unwrap_or(self.times());
        let no_disk = if self.needs_disk() { Disk::missing() } else { None };
        let no_postgres = if self.needs_postgres() { Cluster::missing() } else { None };
        if let Some(missing) = no_disk.or(no_postgres) {
            println!("{}: not run: {missing}", self.name());
            return vec![Row::new(self.name()).verdict(Verdict::NotRun(missing))];
        }
        // A control needs no more than a few cuts to lose something.
        let few = times.div_ceil(6).max(3);
        match self {
            Self::SqliteKill => {
                vec![run.row(self.name(), |run, row| {
                    Ok(row.kills(times).safe(endure::kill_on_a_file(run, times)?).at_least(least))
                })]
            }
            Self::PostgresKill => {
                vec![run.row(self.name(), |run, row| {
                    Ok(row.kills(times).safe(endure::kill_on_a_cluster(run, times)?))
                })]
            }
            Self::SqliteCut => vec![
                run.row(self.name(), |run, row| {
                    Ok(row.cuts(times).safe(endure::cut_on_a_file(run, times, Safety::OnDisk)?))
                }),
                run.row("control: synchronous=NORMAL".to_owned(), |run, row| {
                    Ok(row.cuts(few).control(endure::cut_on_a_file(run, few, Safety::TooEarly)?))
                }),
            ],
            Self::PostgresCut => vec![
                run.row(self.name(), |run, row| {
                    Ok(row.cuts(times).safe(endure::cut_on_a_cluster(run, times, Safety::OnDisk)?))
                }),
                run.row("control: synchronous_commit=off".to_owned(), |run, row| {
                    Ok(row.cuts(few).control(endure::cut_on_a_cluster(run, few, Safety::TooEarly)?))
                }),
            ],
            Self::SqliteMigration => {
                vec![run.row(self.name(), |run, _| migration::killed_on_a_file(run, times))]
            }
            Self::PostgresMigration => {
                vec![run.row(self.name(), |run, _| migration::killed_on_a_cluster(run, times))]
            }
            Self::MigrateTogether => vec![run.row(self.name(), |run, _| migration::together(run, times))],
            Self::Pause => vec![run.row(self.name(), |run, _| pause::paused(run))],
            Self::SqliteWorkers => {
                vec![run.row(self.name(), |run, row| workers::killed_on_a_file(run, row, times))]
            }
            Self::PostgresWorkers => {
                vec![run.row(self.name(), |run, row| workers::killed_on_a_cluster(run, row, times))]
            }
        }
    }
}

impl Run {
    /// Runs a drill; one that could not be brought to its end has failed.
    fn row(&mut self, name: String, drill: impl FnOnce(&mut Self, Row) -> anyhow::Result<Row>) -> Row {
        self.drill.clone_from(&name);
        let begun = Instant::now();
        println!("{name} …");
        let row = drill(self, Row::new(name.clone()));
        println!("{name}: {:.0?}", begun.elapsed());
        row.unwrap_or_else(|error| Row::new(name).verdict(Verdict::Failed(format!("{error:#}"))))
    }

    fn stage(&self) -> anyhow::Result<Stage> {
        Stage::set(&self.folder)
    }

    fn program(&self, stage: &Stage) -> Program {
        Program::new(self.program.clone(), stage.folder().to_owned())
    }

    fn root(&self) -> &Path {
        &self.root
    }

    /// Where the ledger of the present drill stays for people to look at.
    fn ledger_file(&self) -> anyhow::Result<PathBuf> {
        let name: String =
            self.drill.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        if name.is_empty() {
            bail!("no drill is run");
        }
        Ok(self.ledgers.join(name))
    }

    /// Says now and then how far a drill is.
    fn progress(&self, done: u32, of: u32) {
        if done.is_multiple_of(20) || done == of {
            println!("  {}: {done} of {of}", self.drill);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A few kills, so that the drill itself cannot rot; `cargo xtask crash --all` is the proof.
    #[test]
    fn a_server_that_is_killed_a_few_times_loses_and_doubles_nothing() {
        let sh = Shell::new().expect("a shell");
        sh.change_dir(crate::workspace_root().expect("the workspace"));
        // A run of all tests has built the program.
        let tests = std::env::current_exe().expect("this program");
        let built = tests.ancestors().nth(2).map(|folder| folder.join("sister-cities"));
        let args = CrashArgs {
            drills: vec![Drill::SqliteKill, Drill::SqliteMigration],
            times: Some(4),
            seed: Some(1956),
            program: built.filter(|program| program.is_file()),
            ..CrashArgs::default()
        };
        run(&sh, &args).expect("nothing is lost");
    }
}
