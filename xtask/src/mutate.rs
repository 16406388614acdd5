//! Shows that the tests guard the rules: breaks one rule at a time in a copy of the workspace and expects the
//! tests of its crate to fail. A mutation that no test notices fails the chore.

mod people;
mod results;

use anyhow::{Context as _, bail};
use xshell::{Shell, cmd};

/// One broken rule: in `file`, `from` becomes `to`, and a test of its crate must notice.
#[derive(Clone, Copy)]
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
        rule: "R11: an agreement is decided on before the last day for notice",
        file: "crates/domain/src/due/rules/agreement.rs",
        from: "end.earliest.checked_sub_months(Months::new(months))",
        to: "end.earliest.checked_add_months(Months::new(months))",
    },
    Mutation {
        rule: "an agreement that another took the place of is decided",
        file: "crates/domain/src/due/rules/agreement.rs",
        from: "&& begun(other) > begun(agreement)",
        to: "&& begun(other) < begun(agreement)",
    },
    Mutation {
        rule: "R12: who gave notice has decided",
        file: "crates/domain/src/due/rules/agreement.rs",
        from: "EndCause::NoticeGiven | EndCause::MutualConsent => return,",
        to: "EndCause::NoticeGiven | EndCause::MutualConsent => {}",
    },
    Mutation {
        rule: "R8: a signature tells the beginning as precisely as it is known",
        file: "crates/domain/src/due/rules/anniversary.rs",
        from: "known.date = date;",
        to: "known.date = known.date;",
    },
    Mutation {
        rule: "a day begins where it begins first",
        file: "crates/domain/src/due/rules/anniversary.rs",
        from: "let begins = seen.iter().map(|(begins, _)| *begins).min()?;",
        to: "let begins = seen.iter().map(|(begins, _)| *begins).max()?;",
    },
    Mutation {
        rule: "R37: a review is the answer to a step down",
        file: "crates/domain/src/due/rules/vitality.rs",
        from: "descent.taken.filter(|_| !is_answered)",
        to: "descent.taken.filter(|_| is_answered)",
    },
    Mutation {
        rule: "R37: silence of an incomplete record is no step down",
        file: "crates/domain/src/vitality/descent.rs",
        from: "taken: last.filter(|step| supported && step.to",
        to: "taken: last.filter(|step| step.to",
    },
    Mutation {
        rule: "R13: a check that was left out gives way to the next",
        file: "crates/domain/src/due/rules/decided.rs",
        from: "let until = listed_from(times.saturating_add(1)).pred_opt();",
        to: "let until = None;",
    },
    Mutation {
        rule: "what is snoozed comes back on its day",
        file: "crates/domain/src/due/reckon.rs",
        from: "snoozed_until.map_or(listed_from, |snoozed| snoozed.max(listed_from))",
        to: "snoozed_until.map_or(listed_from, |snoozed| snoozed.min(listed_from))",
    },
    Mutation {
        rule: "what is done is not listed again",
        file: "crates/domain/src/due/reckon.rs",
        from: "response.is_some_and(|response| response.done.is_some())",
        to: "response.is_some_and(|response| response.done.is_none())",
    },
    Mutation {
        rule: "an item belongs to whom it was handed",
        file: "crates/domain/src/due/reckon.rs",
        from: "handed_to.or(owner).or_else(|| self.usual_owner())",
        to: "owner.or_else(|| self.usual_owner()).or(handed_to)",
    },
    Mutation {
        rule: "an item is another one on another day",
        file: "crates/domain/src/due/item.rs",
        from: "format!(\"{kind} {subject} {due_on}\")",
        to: "format!(\"{kind} {subject}\")",
    },
    Mutation {
        rule: "an engagement that is moved touches where it was",
        file: "crates/domain/src/due/state.rs",
        from: "let mut touched = self.remove(engagement.id);",
        to: "let mut touched = BTreeSet::new();",
    },
    Mutation {
        rule: "the clocks of a place touch its partnerships",
        file: "crates/domain/src/due/state.rs",
        from: "self.places.insert(id, place);\n                self.partnerships_of(id).collect()",
        to: "self.places.insert(id, place);\n                BTreeSet::new()",
    },
    Mutation {
        rule: "an answer is reckoned again on the day it runs out",
        file: "crates/domain/src/due/list.rs",
        from: "known.holds_until.is_some_and(|until| until <= today)",
        to: "known.holds_until.is_some_and(|until| until < today)",
    },
    Mutation {
        rule: "what is planned comes before what is only proposed",
        file: "crates/domain/src/due/touch.rs",
        from: "if start >= self.day && planned",
        to: "if start < self.day && planned",
    },
    Mutation {
        rule: "who stays silent is told of, once the time has come",
        file: "crates/domain/src/due/policy.rs",
        from: "step.after.after(item.due_on) <= day)",
        to: "step.after.after(item.due_on) >= day)",
    },
    Mutation {
        rule: "what is done is answered once",
        file: "crates/domain/src/due/response.rs",
        from: "(&[Self::Open], DueStep::Finish, Self::Done),",
        to: "(&[Self::Open, Self::Done], DueStep::Finish, Self::Done),",
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

/// Runs every mutation of files whose path holds `part`, and prints the tests that caught it.
pub(crate) fn run(sh: &Shell, part: &str) -> anyhow::Result<()> {
    let all = [MUTATIONS, people::MUTATIONS, results::MUTATIONS].concat();
    let mutations: Vec<Mutation> = all.into_iter().filter(|one| one.file.contains(part)).collect();
    let copy = sh.create_temp_dir()?;
    let root = sh.current_dir();
    for path in cmd!(sh, "git ls-files").quiet().read()?.lines() {
        sh.copy_file(root.join(path), ensure_parent(sh, &copy.path().join(path))?)?;
    }
    let _in_copy = sh.push_dir(copy.path());
    let _target = sh.push_env("CARGO_TARGET_DIR", root.join("target").join("mutate"));
    let mut unnoticed = Vec::new();
    for mutation in &mutations {
        let original = sh.read_file(mutation.file)?;
        if original.matches(mutation.from).count() != 1 {
            bail!("{}: `{}` must stand exactly once in {}", mutation.rule, mutation.from, mutation.file);
        }
        sh.write_file(mutation.file, original.replace(mutation.from, mutation.to))?;
        let package = mutation.file.split('/').nth(1).context("a file of a crate")?;
        // The tests beside the code notice most of them, and are built much sooner than all.
        let mut caught = failing(sh, package, &["--lib"])?;
        if caught.is_empty() {
            caught = failing(sh, package, &["--tests", "--no-fail-fast"])?;
        }
        sh.write_file(mutation.file, original)?;
        if caught.is_empty() {
            unnoticed.push(mutation.rule);
        }
        println!("{}: {} test(s) fail: {}", mutation.rule, caught.len(), caught.join(", "));
    }
    println!("{} of {} caught", mutations.len() - unnoticed.len(), mutations.len());
    if unnoticed.is_empty() { Ok(()) } else { bail!("no test noticed: {unnoticed:?}") }
}

/// The tests of a crate that fail.
fn failing(sh: &Shell, package: &str, which: &[&str]) -> anyhow::Result<Vec<String>> {
    let output =
        cmd!(sh, "cargo test -q -p sister-cities-{package} {which...}").quiet().ignore_status().output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let failed = |line: &str| Some(line.strip_prefix("---- ")?.strip_suffix(" stdout ----")?.to_owned());
    Ok(text.lines().filter_map(failed).collect())
}

fn ensure_parent(sh: &Shell, path: &std::path::Path) -> anyhow::Result<std::path::PathBuf> {
    sh.create_dir(path.parent().context("a file without a folder")?)?;
    Ok(path.to_path_buf())
}
