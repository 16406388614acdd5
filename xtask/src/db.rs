//! The schema of both databases: a migration begun, and what there is held against the catalogue.

use anyhow::{Context as _, ensure};
use clap::Subcommand;
use xshell::{Shell, cmd};

/// What to do with the schema.
#[derive(Subcommand)]
pub(crate) enum DbChore {
    /// Print the first draft of the migrations for a new kind of record, from its declaration in the catalogue. Writes nothing.
    New {
        /// Which kind, by its name.
        kind: String,
    },
    /// Migrate new databases, hold their schema against the catalogue and the rules of migrations, and bring up a database and an archive of every
    /// earlier program.
    Check,
}

/// The tests that say it: package and what their names hold.
const CHECKS: [(&str, &str); 3] = [
    ("sister-cities-storage", "the_schema_is_what_the_catalogue_says"),
    ("sister-cities-storage", "migration"),
    ("sister-cities-tests", "earlier"),
];

pub(crate) fn run(sh: &Shell, chore: &DbChore) -> anyhow::Result<()> {
    match chore {
        DbChore::New { kind } => {
            Ok(cmd!(sh, "cargo run -q -p sister-cities-storage --example migration {kind}").run()?)
        }
        DbChore::Check => check(sh),
    }
}

fn check(sh: &Shell) -> anyhow::Result<()> {
    println!("db check: new databases of both kinds, and those of every earlier program");
    for (package, tests) in CHECKS {
        let said = cmd!(sh, "cargo test -p {package} --all-features --all-targets {tests}").quiet().read();
        let said = said.with_context(|| {
            format!("run `cargo test -p {package} --all-features {tests}` to see what is wrong")
        })?;
        let passed = said.lines().filter(|line| line.starts_with("test ") && line.ends_with("ok")).count();
        ensure!(passed > 0, "no test of {package} is called so any more: {tests}");
        println!("  {package}, {tests}: {passed} passed");
    }
    let has_postgres =
        cmd!(sh, "cargo run -q -p sister-cities-storage --features testing --example find_postgres")
            .quiet()
            .run();
    ensure!(has_postgres.is_ok(), "only SQLite was checked: no PostgreSQL is installed");
    println!(
        "db check: both schemas are what the catalogue says, and every earlier program's database is read"
    );
    Ok(())
}
