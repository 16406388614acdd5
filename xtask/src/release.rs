//! From a commit to a release: `docs/maintaining.md` walks through it.

mod check;
mod packages;

use anyhow::ensure;
use clap::Subcommand;
use xshell::Shell;

/// The steps of a release.
#[derive(Subcommand)]
pub(crate) enum ReleaseChore {
    /// Package every crate from a clean clone of the last commit; build and test each from its package alone, in the order in which they are
    /// published.
    Check {
        /// Only these crates, by their names; the others are packaged, but not tested.
        crates: Vec<String>,
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
        ReleaseChore::Check { crates } => check::run(sh, crates),
    }
}
