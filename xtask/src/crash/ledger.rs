//! What the writers meant to write and what they were told: kept apart from the data, so that no crash touches it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;

/// Every write, by its idempotency key.
#[derive(Debug)]
pub(super) struct Ledger {
    file: File,
    writes: BTreeMap<String, Write>,
    answers: Vec<(Instant, usize)>,
    strikes: u32,
}

/// One write.
#[derive(Clone, Debug, Default)]
pub(super) struct Write {
    /// The id of what was made, once that was answered.
    pub(super) acknowledged: Option<String>,
    /// The request went unanswered once or more, and was repeated.
    pub(super) was_repeated: bool,
    /// The answer came from memory: the effect was there already, though nobody had heard of it.
    pub(super) was_there: bool,
    /// After how many kills or cuts it was answered.
    pub(super) life: u32,
}

impl Ledger {
    /// A ledger in that file, to be looked at by people.
    pub(super) fn new(path: &Path) -> anyhow::Result<Self> {
        let file = File::create(path).with_context(|| format!("the ledger {}", path.display()))?;
        Ok(Self { file, writes: BTreeMap::new(), answers: Vec::new(), strikes: 0 })
    }

    /// A write is about to be asked for.
    pub(super) fn intend(&mut self, key: &str) -> std::io::Result<()> {
        writeln!(self.file, "intended {key}")?;
        self.writes.insert(key.to_owned(), Write::default());
        Ok(())
    }

    /// It is asked for again, as nobody answered.
    pub(super) fn repeat(&mut self, key: &str) {
        if let Some(write) = self.writes.get_mut(key) {
            write.was_repeated = true;
        }
    }

    /// A server, by its number, said that it is done.
    pub(super) fn acknowledge(
        &mut self,
        key: &str,
        id: String,
        was_there: bool,
        server: usize,
    ) -> std::io::Result<()> {
        writeln!(self.file, "acknowledged {key} {id}")?;
        self.answers.push((Instant::now(), server));
        if let Some(write) = self.writes.get_mut(key) {
            *write = Write { acknowledged: Some(id), was_there, life: self.strikes, ..write.clone() };
        }
        Ok(())
    }

    /// Something was killed or cut.
    pub(super) fn strike(&mut self, what: &str) -> std::io::Result<()> {
        self.strikes += 1;
        writeln!(self.file, "{what} {}", self.strikes)
    }

    pub(super) fn write(&self, key: &str) -> Option<&Write> {
        self.writes.get(key)
    }

    /// The writes that were acknowledged, with their ids.
    pub(super) fn acknowledged(&self) -> impl Iterator<Item = (&str, &str, &Write)> {
        self.writes
            .iter()
            .filter_map(|(key, write)| Some((key.as_str(), write.acknowledged.as_deref()?, write)))
    }

    /// How many writes match.
    pub(super) fn count(&self, which: impl Fn(&Write) -> bool) -> usize {
        self.writes.values().filter(|write| which(write)).count()
    }

    /// The longest time in which that server acknowledged nothing between two instants.
    pub(super) fn longest_silence(&self, server: usize, from: Instant, to: Instant) -> Duration {
        let within = self.answers.iter().filter(|(at, by)| *by == server && *at > from && *at < to);
        let mut times: Vec<Instant> = within.map(|(at, _)| *at).chain([from, to]).collect();
        times.sort_unstable();
        times.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or_default()
    }

    /// How many writes that server acknowledged between two instants.
    pub(super) fn answered_by(&self, server: usize, from: Instant, to: Instant) -> usize {
        self.answers.iter().filter(|(at, by)| *by == server && *at > from && *at < to).count()
    }
}
