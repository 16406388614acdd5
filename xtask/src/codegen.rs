//! Generated files: each has one generator, an example program of the crate that owns it, which writes or checks.
//! The output is committed, so building needs no generator.

use anyhow::Context as _;
use clap::ValueEnum;
use xshell::{Shell, cmd};

/// A set of generated files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Generated {
    /// `crates/gazetteer/data/*.bin`: places, countries and their names, from the vendored sources that `refresh` fetches.
    Gazetteer,
    /// `docs/api/openapi.json`, and the schemas of events in `docs/api/webhooks`: the wire, from the declarations of endpoints and events.
    Openapi,
    /// `docs/api/problems.md`: what each error answer means and what to do about it, from their declarations in the API.
    Problems,
    /// `docs/messages.md`: what people are told, from the sentences of the notification crate; also checks the catalogues of all languages.
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
        println!("codegen {}", said(generated));
        let (package, features, example): (_, &[&str], _) = match generated {
            Generated::Gazetteer => ("sister-cities-gazetteer", &["--features", "codegen"], "codegen"),
            Generated::Openapi => ("sister-cities-api", &[], "openapi"),
            Generated::Problems => ("sister-cities-api", &[], "problems"),
            Generated::Messages => ("sister-cities-notification", &["--no-default-features"], "messages"),
            Generated::Readmes => {
                crate::readme::run(sh, mode).context("run `cargo xtask codegen readmes`")?;
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
            .with_context(|| format!("run `cargo xtask codegen {}`", name(generated)))?;
    }
    println!(
        "codegen: {}",
        match mode {
            Mode::Write =>
                "written; `git diff` shows what is different, and it goes with the change that made it",
            Mode::Check => "what was asked for is current, and nothing was written",
        }
    );
    Ok(())
}

/// What it is called on the command line.
fn name(generated: Generated) -> String {
    generated.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Its name, and what `--help` says of it.
fn said(generated: Generated) -> String {
    let value = generated.to_possible_value();
    let help = value.as_ref().and_then(clap::builder::PossibleValue::get_help);
    format!("{}: {}", name(generated), help.map(ToString::to_string).unwrap_or_default())
}
