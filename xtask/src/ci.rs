//! What CI and a careful maintainer run: each step named, the first failure ends it.

use anyhow::{Context as _, ensure};
use xshell::{Shell, cmd};

use crate::{api, codegen, release, tidy};

/// A check, by its name.
type Step = (&'static str, fn(&Shell) -> anyhow::Result<()>);

/// Every check there is, cheapest first.
const STEPS: [Step; 10] = [
    ("fmt", |sh| Ok(cmd!(sh, "cargo fmt --all --check").run()?)),
    ("tidy", tidy::run),
    ("api", api::diff),
    ("clippy", |sh| {
        Ok(cmd!(sh, "cargo clippy --workspace --all-targets --all-features -- -D warnings").run()?)
    }),
    ("features", features),
    ("codegen", |sh| codegen::run(sh, &[], codegen::Mode::Check)),
    ("tests", |sh| {
        let found = tests(sh, &[])?;
        ensure!(found.postgres == Server::Tested, "the PostgreSQL half of the tests did not run");
        ensure!(found.pgbouncer == Server::Tested, "nothing was tested through a pooler");
        ensure!(found.postfix == Server::Tested, "no mail was sent through a real server");
        ensure!(public_libraries(sh), "webhooks or calendars were not held against the public libraries");
        Ok(())
    }),
    ("docs", |sh| {
        let _deny = sh.push_env("RUSTDOCFLAGS", "-D warnings");
        Ok(cmd!(sh, "cargo doc --workspace --all-features --no-deps").run()?)
    }),
    ("wasm32", wasm32),
    ("packages", release::verify_metadata),
];

/// Runs these checks, or all if none is named.
pub(crate) fn run(sh: &Shell, only: &[String]) -> anyhow::Result<()> {
    for name in only {
        let names: Vec<&str> = STEPS.iter().map(|(name, _)| *name).collect();
        ensure!(names.contains(&name.as_str()), "there is no step `{name}`: {}", names.join(", "));
    }
    for (name, check) in
        STEPS.iter().filter(|(name, _)| only.is_empty() || only.iter().any(|one| one == name))
    {
        println!("\n== {name}");
        check(sh).with_context(|| format!("ci step `{name}` failed"))?;
    }
    println!("ci: all green{}", if only.is_empty() { "" } else { ", of what was asked for" });
    Ok(())
}

/// Every unit test, story and documentation example. Uses `cargo nextest` where it is installed.
pub(crate) fn test(sh: &Shell, filter: &[String]) -> anyhow::Result<()> {
    tests(sh, filter).map(drop)
}

/// Whether there was a server to test with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Server {
    Tested,
    Missing,
}

/// Which servers there were to test with.
#[derive(Clone, Copy, Debug)]
struct Servers {
    postgres: Server,
    pgbouncer: Server,
    postfix: Server,
}

/// Runs the tests; the last lines say whether those against real servers were among them, and if not, how to make them run.
fn tests(sh: &Shell, filter: &[String]) -> anyhow::Result<Servers> {
    let tested = all_tests(sh, filter);
    println!();
    let postgres = found(sh, "sister-cities-storage", "find_postgres");
    let pgbouncer = found(sh, "sister-cities-storage", "find_pgbouncer");
    let postfix = found(sh, "sister-cities-notification", "find_postfix");
    public_libraries(sh);
    tested?;
    Ok(Servers { postgres, pgbouncer, postfix })
}

/// Lets an example program say whether a server was there.
fn found(sh: &Shell, package: &str, example: &str) -> Server {
    let found = cmd!(sh, "cargo run -q -p {package} --features testing --example {example}").quiet().run();
    if found.is_ok() { Server::Tested } else { Server::Missing }
}

/// Whether the public libraries that verify webhooks and read calendars are here; says which are not.
fn public_libraries(sh: &Shell) -> bool {
    let tests = "crates/notification/tests";
    let own = "target/public-libraries/python/bin/python";
    let python = if sh.path_exists(own) { own } else { "python3" };
    let _modules = sh.push_env("NODE_PATH", "target/public-libraries/node_modules");
    let programs = [
        (python, "public_libraries/verify.py", "standardwebhooks for Python", "no webhook was verified"),
        ("node", "public_libraries/verify.js", "standardwebhooks for JavaScript", "no webhook was verified"),
        (python, "calendar_readers/read.py", "icalendar for Python", "no calendar was read"),
        ("node", "calendar_readers/read.js", "ical.js for JavaScript", "no calendar was read"),
    ];
    let mut all = true;
    for (program, script, library, undone) in programs {
        let tried = cmd!(sh, "{program} {tests}/{script}").stdin("").quiet();
        if tried.ignore_stdout().ignore_stderr().run().is_err() {
            all = false;
            println!(
                "no {library} was found, so {undone} with it; `.ci/run` installs it below target/public-libraries"
            );
        }
    }
    all
}

fn all_tests(sh: &Shell, filter: &[String]) -> anyhow::Result<()> {
    let has_nextest =
        cmd!(sh, "cargo nextest --version").quiet().ignore_stdout().ignore_stderr().run().is_ok();
    if has_nextest {
        cmd!(sh, "cargo nextest run --workspace --all-features --no-fail-fast {filter...}").run()?;
    } else {
        cmd!(sh, "cargo test --workspace --all-features --all-targets --no-fail-fast {filter...}").run()?;
    }
    if filter.is_empty() {
        cmd!(sh, "cargo test --workspace --all-features --doc").run()?;
    }
    Ok(())
}

/// The crates others build on must also compile with their features off.
fn features(sh: &Shell) -> anyhow::Result<()> {
    for package in [
        "sister-cities-api",
        "sister-cities-storage",
        "sister-cities-gazetteer",
        "sister-cities-notification",
    ] {
        cmd!(sh, "cargo check -q -p {package} --no-default-features").run()?;
    }
    // Each channel alone: what only another needs is not compiled with it.
    for channel in ["email", "webhook", "chat", "calendar", "received-mail"] {
        cmd!(sh, "cargo clippy -q -p sister-cities-notification --no-default-features --features {channel} -- -D warnings")
            .run()?;
    }
    Ok(())
}

/// Builds the domain for the browser where that target is installed; says so where it is not.
fn wasm32(sh: &Shell) -> anyhow::Result<()> {
    let target = "wasm32-unknown-unknown";
    let libdir = cmd!(sh, "rustc --print target-libdir --target {target}").quiet().read()?;
    if std::path::Path::new(&libdir).is_dir() {
        cmd!(sh, "cargo check -p sister-cities-domain --target {target}").run()?;
    } else {
        println!(
            "{target} is not installed here: not built. `tidy` has proved the dependency tree fit for it."
        );
    }
    Ok(())
}
