//! Generated files: each has one generator, as a rule an example program of the crate that owns it, which writes or checks.
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
    /// `docs/command-line.md`: every command and option, from what `--help` says.
    CommandLine,
    /// `target/man`: the manual pages, which only packages hold; checks that every command has one and that each can be set.
    ManPages,
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
        let done = match generated {
            Generated::Gazetteer => {
                example(sh, "sister-cities-gazetteer", &["--features", "codegen"], "codegen", mode)
            }
            Generated::Openapi => example(sh, "sister-cities-api", &[], "openapi", mode),
            Generated::Problems => example(sh, "sister-cities-api", &[], "problems", mode),
            Generated::Messages => {
                example(sh, "sister-cities-notification", &["--no-default-features"], "messages", mode)
            }
            Generated::Readmes => crate::readme::run(sh, mode),
            Generated::Settings => example(sh, "sister-cities-server", &[], "settings", mode),
            Generated::CommandLine => crate::command_line::reference(sh, mode),
            Generated::ManPages => crate::command_line::manual(sh, mode),
            Generated::StateMachines => example(sh, "sister-cities-domain", &[], "state_machines", mode),
        };
        done.with_context(|| format!("run `cargo xtask codegen {}`", name(generated)))?;
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

/// Runs the example program of a crate that writes or checks.
fn example(sh: &Shell, package: &str, features: &[&str], example: &str, mode: Mode) -> anyhow::Result<()> {
    let check: &[&str] = match mode {
        Mode::Write => &[],
        Mode::Check => &["--", "--check"],
    };
    Ok(cmd!(sh, "cargo run -q -p {package} {features...} --example {example} {check...}").quiet().run()?)
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
