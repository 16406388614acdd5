//! From a commit to a release: `docs/maintaining.md` walks through it.

pub(crate) mod change_log;
mod check;
mod gates;
mod keep;
mod notices;
mod packages;
pub(crate) mod prepare;
mod publish;

use anyhow::ensure;
use clap::Subcommand;
use xshell::Shell;

/// The steps of a release.
#[derive(Subcommand)]
pub(crate) enum ReleaseChore {
    /// Write a version into the manifests, the change log, and what is kept of a release. Commits nothing.
    Prepare {
        /// As in 0.2.0.
        version: String,
    },
    /// Package every crate from a clean clone of the last commit; build and test each from its package alone, in the order in which they are
    /// published.
    Check {
        /// Only these crates, by their names; the others are packaged, but not tested.
        crates: Vec<String>,
    },
    /// Build what is put before people: an archive and a Debian package of the program, with checksums; say in which order the crates go to
    /// the registry.
    Publish {
        /// Publish nothing.
        #[arg(long, required_unless_present = "yes_publish")]
        dry_run: bool,
        /// Publish to the registry and tag the commit. What was published cannot be taken back.
        #[arg(long, conflicts_with = "dry_run")]
        yes_publish: bool,
    },
}

/// Fails unless every crate that is published says of itself what the registry asks.
pub(crate) fn verify_metadata(sh: &Shell) -> anyhow::Result<()> {
    let packages = packages::in_publish_order(&sh.current_dir())?;
    let faults: Vec<String> = packages.iter().flat_map(packages::faults).collect();
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    println!("packages: {} crates say what they are", packages.len());
    Ok(())
}

pub(crate) fn run(sh: &Shell, chore: &ReleaseChore) -> anyhow::Result<()> {
    match chore {
        ReleaseChore::Prepare { version } => prepare::run(sh, version),
        ReleaseChore::Check { crates } => check::run(sh, crates),
        ReleaseChore::Publish { dry_run, yes_publish: _ } => publish::run(sh, *dry_run),
    }
}
