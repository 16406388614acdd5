//! What is stored, held against what the writers were told.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde_json::Value;

use super::ledger::Ledger;
use crate::drill::program::{Opening, Program};

/// The event that logging an engagement leaves.
const LOGGED: &str = "engagement.recorded";

/// What a comparison found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) acknowledged: usize,
    /// Writes that went unanswered and were repeated.
    pub(super) repeated: usize,
    /// Of these, how many were stored already when they were repeated.
    pub(super) were_there: usize,
    /// Acknowledged, and not there.
    pub(super) lost: usize,
    /// In how many strikes something was lost.
    pub(super) losing_strikes: usize,
    /// There more than once.
    pub(super) doubled: usize,
    /// Whatever else does not agree: a sentence each.
    pub(super) disagreements: Vec<String>,
}

/// Asks the program for everything it holds, and compares.
pub(super) fn compare(program: &Program, opening: &Opening, ledger: &Ledger) -> anyhow::Result<Found> {
    let mut stored: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for engagement in list(program, opening, &["engagements", "list"])? {
        let (title, id) = (field(&engagement, "title"), field(&engagement, "id"));
        stored.entry(title).or_default().push(id);
    }
    let mut found = Found {
        repeated: ledger.count(|write| write.was_repeated),
        were_there: ledger.count(|write| write.was_there),
        doubled: stored.values().map(|ids| ids.len() - 1).sum(),
        ..Found::default()
    };
    let mut losing = Vec::new();
    for (key, id, write) in ledger.acknowledged() {
        found.acknowledged += 1;
        if !stored.get(key).is_some_and(|ids| ids.iter().any(|stored| stored == id)) {
            found.lost += 1;
            losing.push(write.life);
        }
    }
    losing.sort_unstable();
    losing.dedup();
    found.losing_strikes = losing.len();
    found.note(
        "records that nobody asked for",
        stored.keys().filter(|key| ledger.write(key).is_none()).count(),
    );
    found.agree(&stored, program, opening)?;
    Ok(found)
}

impl Found {
    /// Nothing lost, nothing doubled, everything agrees.
    pub(super) fn is_sound(&self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.disagreements.is_empty()
    }

    /// Each record has its one event, each event its record, and the journal is whole.
    fn agree(
        &mut self,
        stored: &BTreeMap<String, Vec<String>>,
        program: &Program,
        opening: &Opening,
    ) -> anyhow::Result<()> {
        let journal = list(program, opening, &["journal", "--limit", "1000000000"])?;
        let mut events: BTreeMap<String, usize> = BTreeMap::new();
        for event in journal.iter().filter(|event| field(event, "name") == LOGGED) {
            *events.entry(field(event, "subject")).or_default() += 1;
        }
        let ids = || stored.values().flatten();
        let logged: usize = events.values().sum();
        self.note("records without an event", ids().filter(|id| !events.contains_key(*id)).count());
        self.note("events more than there are records", logged.saturating_sub(ids().count()));
        let gaps = journal.iter().zip(1..).filter(|(event, number)| sequence(event) != Some(*number)).count();
        self.note("events out of sequence", gaps);

        match program.json(opening, &["audit", "verify"]) {
            Err(broken) => self.disagreements.push(format!("audit verify: {broken:#}")),
            Ok(audits) => {
                let ours = |audit: &&Value| audit.get("programme").is_some();
                let audit = audits.as_array().and_then(|audits| audits.iter().find(ours));
                let entries = audit.and_then(|audit| audit.get("entries")).and_then(Value::as_u64);
                let entries = entries.context("the entries of the audited journal")?;
                self.note(
                    "journal entries more or fewer than events",
                    usize::try_from(entries)?.abs_diff(journal.len()),
                );
            }
        }
        Ok(())
    }

    pub(super) fn note(&mut self, what: &str, number: usize) {
        if number > 0 {
            self.disagreements.push(format!("{number} {what}"));
        }
    }
}

fn list(program: &Program, opening: &Opening, arguments: &[&str]) -> anyhow::Result<Vec<Value>> {
    let listed = program.json(opening, arguments)?;
    match listed {
        Value::Array(items) => Ok(items),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            anyhow::bail!("{arguments:?} lists nothing")
        }
    }
}

fn sequence(event: &Value) -> Option<u64> {
    event.get("sequence").and_then(Value::as_u64)
}

fn field(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
