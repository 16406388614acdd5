//! What is kept of a release, so that every later version proves that it reads, and answers, what this one did.

use anyhow::{Context as _, ensure};
use xshell::{Shell, cmd};

/// Where databases and archives of released versions lie; `tests/stories/earlier.rs` reads all of them.
const STORED: &str = "tests/data";
/// Where recordings of what their clients asked lie; a test of the server asks all of it again.
const ASKED: &str = "crates/server/src/tests/recorded";
/// The test that writes such a recording.
const RECORDS: &str = "tests::recorded::what_this_version_is_asked_it_answers_the_same_when_asked_again";

/// Refuses to begin without the programs that it takes.
pub(super) fn needed(sh: &Shell) -> anyhow::Result<()> {
    for tool in ["bash", "curl", "jq", "gzip"] {
        let found = cmd!(sh, "{tool} --version").quiet().ignore_stdout().ignore_stderr().run();
        ensure!(
            found.is_ok(),
            "{tool} is missing, by which a database of the release is made: apt-get install {tool}"
        );
    }
    Ok(())
}

/// Makes a database, an archive and a backup with the program of this version, and records what a client asks and is answered.
pub(super) fn run(sh: &Shell, version: &str) -> anyhow::Result<()> {
    let folder = sh.current_dir().join(STORED).join(format!("made-by-{version}"));
    sh.remove_path(&folder)?;
    sh.create_dir(&folder)?;
    // Where the program lies then is known.
    let target = sh.current_dir().join("target");
    let _target = sh.push_env("CARGO_TARGET_DIR", &target);
    cmd!(sh, "cargo build --quiet -p sister-cities-cli --all-features").run()?;
    let program = target.join("debug/sister-cities");
    cmd!(sh, "bash {STORED}/make-release-data.sh {program} docs/api/openapi.json {folder}")
        .ignore_stdout()
        .run()
        .context("a database of this version could not be made")?;

    let recording = sh.current_dir().join(ASKED).join(format!("{version}.jsonl"));
    cmd!(sh, "cargo test --quiet -p sister-cities-server --all-features --lib -- --exact {RECORDS}")
        .env("SISTER_CITIES_KEEP_REQUESTS", &recording)
        .ignore_stdout()
        .run()?;
    ensure!(recording.exists(), "{RECORDS} recorded nothing");
    Ok(())
}
