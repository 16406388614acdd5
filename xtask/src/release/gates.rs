//! What other programs say before a release: licences and origins, the Rust interfaces, the oldest versions that we say we work with.

use anyhow::{Context as _, ensure};
use xshell::{Shell, cmd};

/// The crates whose Rust interface is promised.
const PROMISED: [&str; 3] = ["sister-cities-domain", "sister-cities-notification", "sister-cities-client"];

pub(super) fn run(sh: &Shell) -> anyhow::Result<()> {
    needed(sh, "deny")?;
    needed(sh, "semver-checks")?;
    // It looks at what is compiled on other machines too, so that has to be at hand.
    cmd!(sh, "cargo fetch --quiet --locked").run()?;
    cmd!(sh, "cargo deny --offline --all-features check licenses bans sources").run()?;
    advisories(sh)?;
    interfaces(sh)?;
    oldest_versions(sh)
}

fn needed(sh: &Shell, tool: &str) -> anyhow::Result<()> {
    let found = cmd!(sh, "cargo {tool} --version").quiet().ignore_stdout().ignore_stderr().run();
    ensure!(found.is_ok(), "cargo-{tool} is missing: `cargo install --locked cargo-{tool}`");
    Ok(())
}

/// Looks for what was advised against, if the database of advisories is at hand: it is fetched over the network, which is no part of this.
fn advisories(sh: &Shell) -> anyhow::Result<()> {
    let cargo = sh.var("CARGO_HOME").or_else(|_| sh.var("HOME").map(|home| format!("{home}/.cargo")));
    if cargo.is_ok_and(|cargo| sh.path_exists(format!("{cargo}/advisory-dbs"))) {
        cmd!(sh, "cargo deny --offline --all-features check advisories").run()?;
    } else {
        println!(
            "release prepare: no database of advisories is at hand, so none was looked for; `cargo deny fetch` gets it"
        );
    }
    Ok(())
}

/// Compares the promised interfaces with those of the last tagged version.
fn interfaces(sh: &Shell) -> anyhow::Result<()> {
    let Ok(tag) = cmd!(sh, "git describe --tags --abbrev=0 --match v*").quiet().ignore_stderr().read() else {
        println!("release prepare: no version was tagged yet, so no Rust interface can be broken");
        return Ok(());
    };
    for package in PROMISED {
        cmd!(sh, "cargo semver-checks --package {package} --baseline-rev {tag} --all-features")
            .run()
            .with_context(|| format!("{package} breaks what {tag} promised"))?;
    }
    Ok(())
}

/// Builds with the oldest versions of what we ask for directly, in a copy.
fn oldest_versions(sh: &Shell) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let (root, clone) = (sh.current_dir(), folder.path().join("clone"));
    cmd!(sh, "git clone --quiet {root} {clone}").run()?;
    let _here = sh.push_dir(&clone);
    let _target = sh.push_env("CARGO_TARGET_DIR", root.join("target/oldest-versions"));
    {
        // Stable cargo has it for those who ask.
        let _asked = sh.push_env("RUSTC_BOOTSTRAP", "1");
        let update = cmd!(sh, "cargo update --quiet -Z direct-minimal-versions");
        update.run().context("the oldest versions do not go together")?;
    }
    cmd!(sh, "cargo check --quiet --workspace --all-features")
        .run()
        .context("a manifest asks for an older version than it needs")
}
