//! Shows that the tests guard the rules: breaks one rule at a time in a copy of the workspace and expects the
//! tests of its crate to fail. A mutation that no test notices fails the chore.

use anyhow::{Context as _, bail};
use xshell::{Shell, cmd};

/// One broken rule: in `file`, `from` becomes `to`, and a test of its crate must notice.
struct Mutation {
    rule: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
}

const MUTATIONS: &[Mutation] = &[
    Mutation {
        rule: "contact fades with time",
        file: "crates/domain/src/vitality/policy.rs",
        from: "(-half_lives).exp2()",
        to: "half_lives.exp2()",
    },
    Mutation {
        rule: "coming back takes more than staying",
        file: "crates/domain/src/vitality/ladder.rs",
        from: "Self::Dormant => (numbers.active_at, numbers.reviving_at)",
        to: "Self::Dormant => (numbers.active_at, numbers.dormant_below)",
    },
    Mutation {
        rule: "one side's doings never count for more than what both did",
        file: "crates/domain/src/vitality/energy.rs",
        from: "(self.mutual + share * self.one_sided()).min(2.0 * self.mutual)",
        to: "self.mutual + share * self.one_sided()",
    },
    Mutation {
        rule: "a gap of the record is not silence",
        file: "crates/domain/src/vitality/standing.rs",
        from: "None => Some(as_of),",
        to: "None => None,",
    },
    Mutation {
        rule: "R1: an episode may begin on the day the last of its kind ended",
        file: "crates/domain/src/partnership/episode.rs",
        from: "if began.latest() < end.earliest() {",
        to: "if began.latest() <= end.earliest() {",
    },
    Mutation {
        rule: "R5: a blank year makes nothing certain",
        file: "crates/domain/src/partnership/history.rs",
        from: "map_or(Certainty::Possibly, |on| on.is_on_or_before(day))",
        to: "map_or(Certainty::Yes, |on| on.is_on_or_before(day))",
    },
    Mutation {
        rule: "R12: one side alone must keep the notice period",
        file: "crates/domain/src/agreement/term.rs",
        from: "if notice.by.len() == parties {",
        to: "if !notice.by.is_empty() {",
    },
    Mutation {
        rule: "R13: resuming brings back what was suspended",
        file: "crates/domain/src/partnership/transition.rs",
        from: "Ok((*suspension.suspended).clone())",
        to: "Ok(Status::Agreed)",
    },
    Mutation {
        rule: "R14: a reaffirmation changes no status",
        file: "crates/domain/src/partnership/transition.rs",
        from: "when(&StatusKind::IN_FORCE).map(|()| from.clone())",
        to: "when(&StatusKind::IN_FORCE).map(|()| Status::Agreed)",
    },
    Mutation {
        rule: "R26: what stays local shows nothing of the bond",
        file: "crates/domain/src/engagement/mod.rs",
        from: "(Direction::Local, _) | (_, OtherSideEvidence::LocalOnly) => Mutuality::None,",
        to: "(Direction::Local, _) | (_, OtherSideEvidence::LocalOnly) => Mutuality::OneSided,",
    },
    Mutation {
        rule: "R27: hosts and audiences did not travel",
        file: "crates/domain/src/engagement/counts.rs",
        from: "ParticipantRole::Host | ParticipantRole::Audience => Certainty::No,",
        to: "ParticipantRole::Host | ParticipantRole::Audience => Certainty::Yes,",
    },
    Mutation {
        rule: "a token of one programme opens no other",
        file: "crates/domain/src/access/mod.rs",
        from: "grant.programme.is_some() && grant.programme != programme",
        to: "programme.is_none() && grant.programme != programme",
    },
    Mutation {
        rule: "a change based on another revision is refused",
        file: "crates/storage/src/decide.rs",
        from: "if found == Some(expected) {",
        to: "if found.is_some() {",
    },
    Mutation {
        rule: "an idempotency key answers one request only",
        file: "crates/storage/src/decide.rs",
        from: "Some(stored) if stored.fingerprint != asked.fingerprint => Err(CommitError::KeyReused.into()),",
        to: "Some(stored) if false && stored.fingerprint != asked.fingerprint => Err(CommitError::KeyReused.into()),",
    },
    Mutation {
        rule: "a unique value has one holder",
        file: "crates/storage/src/decide.rs",
        from: "if holder != record && !self.done.contains(&holder) {",
        to: "if holder != record && self.done.contains(&holder) {",
    },
    Mutation {
        rule: "a record that others refer to stays",
        file: "crates/storage/src/decide.rs",
        from: "deciding.referrers()?;",
        to: "",
    },
    Mutation {
        rule: "a record that was there before goes on counting its revisions",
        file: "crates/storage/src/decide.rs",
        from: "last.map_or(Revision::FIRST, Revision::next)",
        to: "last.map_or(Revision::FIRST, |_| Revision::FIRST)",
    },
];

/// Runs every mutation and prints the tests that caught it.
pub(crate) fn run(sh: &Shell) -> anyhow::Result<()> {
    let copy = sh.create_temp_dir()?;
    let root = sh.current_dir();
    for path in cmd!(sh, "git ls-files").quiet().read()?.lines() {
        sh.copy_file(root.join(path), ensure_parent(sh, &copy.path().join(path))?)?;
    }
    let _in_copy = sh.push_dir(copy.path());
    let _target = sh.push_env("CARGO_TARGET_DIR", root.join("target").join("mutate"));
    let mut unnoticed = Vec::new();
    for mutation in MUTATIONS {
        let original = sh.read_file(mutation.file)?;
        if original.matches(mutation.from).count() != 1 {
            bail!("{}: `{}` must stand exactly once in {}", mutation.rule, mutation.from, mutation.file);
        }
        sh.write_file(mutation.file, original.replace(mutation.from, mutation.to))?;
        let package = mutation.file.split('/').nth(1).context("a file of a crate")?;
        let output = cmd!(sh, "cargo test -q -p sister-cities-{package} --no-fail-fast")
            .quiet()
            .ignore_status()
            .output()?;
        sh.write_file(mutation.file, original)?;
        let text = String::from_utf8_lossy(&output.stdout);
        let caught: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("---- ").and_then(|l| l.strip_suffix(" stdout ----")))
            .collect();
        if caught.is_empty() {
            unnoticed.push(mutation.rule);
        }
        println!("{}: {} test(s) fail: {}", mutation.rule, caught.len(), caught.join(", "));
    }
    if unnoticed.is_empty() { Ok(()) } else { bail!("no test noticed: {unnoticed:?}") }
}

fn ensure_parent(sh: &Shell, path: &std::path::Path) -> anyhow::Result<std::path::PathBuf> {
    sh.create_dir(path.parent().context("a file without a folder")?)?;
    Ok(path.to_path_buf())
}
