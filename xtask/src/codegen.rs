//! Generated files: each has one generator, an example program of the crate that owns it, which writes or checks.
//! The output is committed, so building needs no generator.

use anyhow::Context as _;
use clap::ValueEnum;
use xshell::{Shell, cmd};

/// A set of generated files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Generated {
    /// `crates/gazetteer/data/*.bin`: the places of the world, from the vendored sources.
    Gazetteer,
    /// `docs/api/openapi.json` and `docs/api/webhooks`: the wire, from the declarations of endpoints and events.
    Openapi,
    /// `docs/messages.md`: what people are told, from the sentences of the notification crate; also checks all catalogues.
    Messages,
    /// `crates/*/README.md`, from the first words of each crate's documentation.
    Readmes,
    /// `docs/operations/settings.md`: every setting, from their declarations in the server crate.
    Settings,
    /// `docs/state-machines.md`: the table of each state machine, from the domain.
    StateMachines,
}

/// Whether to write the files or only to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// Runs the generators named, or all when none is.
pub(crate) fn run(sh: &Shell, what: &[Generated], mode: Mode) -> anyhow::Result<()> {
    let what = if what.is_empty() { Generated::value_variants() } else { what };
    for &generated in what {
        let (package, features, example): (_, &[&str], _) = match generated {
            Generated::Gazetteer => ("sister-cities-gazetteer", &["--features", "codegen"], "codegen"),
            Generated::Openapi => ("sister-cities-api", &[], "openapi"),
            Generated::Messages => ("sister-cities-notification", &["--no-default-features"], "messages"),
            Generated::Readmes => {
                crate::readme::run(sh, mode).context("run `cargo xtask codegen`")?;
                continue;
            }
            Generated::Settings => ("sister-cities-server", &[], "settings"),
            Generated::StateMachines => ("sister-cities-domain", &[], "state_machines"),
        };
        let check: &[&str] = match mode {
            Mode::Write => &[],
            Mode::Check => &["--", "--check"],
        };
        cmd!(sh, "cargo run -q -p {package} {features...} --example {example} {check...}")
            .run()
            .with_context(|| format!("{generated:?} is not current: run `cargo xtask codegen`"))?;
    }
    Ok(())
}
