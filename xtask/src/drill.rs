//! What drills share: `stage` is the folder of one, and cleans up after it; `program` is the program as an operator meets it; `cluster` is a PostgreSQL that
//! can be struck; `http` is as much HTTP as is needed, by hand.

pub(crate) mod cluster;
pub(crate) mod http;
pub(crate) mod program;
pub(crate) mod stage;

use std::path::PathBuf;

use anyhow::Context as _;
use xshell::{Shell, cmd};

/// How the program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quickly.
    Debug,
    /// As offices have it.
    Release,
}

/// Builds the program with all features; answers where it lies.
pub(crate) fn build(sh: &Shell, profile: Profile) -> anyhow::Result<PathBuf> {
    let (flag, folder) = match profile {
        Profile::Debug => (None, "debug"),
        Profile::Release => (Some("--release"), "release"),
    };
    cmd!(sh, "cargo build -q -p sister-cities-cli --all-features {flag...}").run()?;
    Ok(target_folder(sh)?.join(folder).join("sister-cities"))
}

/// Where cargo puts what it builds.
pub(crate) fn target_folder(sh: &Shell) -> anyhow::Result<PathBuf> {
    let mut metadata = cargo_metadata::MetadataCommand::new();
    let metadata = metadata.current_dir(sh.current_dir()).no_deps().exec().context("cargo metadata")?;
    Ok(metadata.target_directory.into_std_path_buf())
}
