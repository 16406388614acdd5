//! The statements that write a change set which was decided, to be sent together with the commit.

use std::collections::BTreeMap;

use sister_cities_domain::id::{RecordKind, RecordRef};
use uuid::Uuid;

use super::session::{Sight, Step};
use super::statements;
use super::value::Param;
use crate::catalogue::describe;
use crate::{ChangeSet, IdempotencyKey, JournalEntry, RawRecord, Revision, Value};

/// So many records are one statement at most, so that none runs into the server's time limit.
const AT_ONCE: usize = 5_000;

/// The numbers that a commit has been given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    pub(super) programme: Uuid,
    pub(super) change: i64,
}

/// A record and the revision it will be at.
type Written<'a> = (&'a RawRecord, Revision);

/// Everything to be written.
pub(super) fn steps<'a>(
    changes: &'a ChangeSet,
    numbers: Numbers,
    revisions: &[(RecordRef, Revision)],
    entries: &'a [JournalEntry],
) -> Vec<Step<'a>> {
    let mut writing = Writing { numbers, steps: Vec::new() };
    let Numbers { programme, change } = numbers;
    writing.add(
        statements::ADD_CHANGE,
        vec![Box::new(programme), Box::new(change), Box::new(changes.at()), Box::new(changes.actor())],
    );
    writing.deletes(changes.deletes());
    let (updated, created) = revisions.split_at(changes.updates().len());
    let replacing = changes.updates().iter().map(|(raw, _)| raw);
    for (kind, written) in by_kind(replacing.zip(updated.iter().map(|(_, revision)| *revision))) {
        for part in written.chunks(AT_ONCE) {
            writing.update(kind, part);
        }
    }
    for (kind, written) in
        by_kind(changes.creates().iter().zip(created.iter().map(|(_, revision)| *revision)))
    {
        for part in written.chunks(AT_ONCE) {
            writing.create(kind, part);
        }
    }
    writing.journal(entries);
    writing.work(changes, entries);
    for (hash, bytes) in changes.documents() {
        let params: Vec<Param<'a>> =
            vec![Box::new(programme), Box::new(hash.as_bytes().to_vec()), Box::new(change), Box::new(bytes)];
        writing.add(statements::ADD_DOCUMENT, params);
    }
    // Last, as the key may belong to another realm.
    writing.reply(changes);
    writing.steps
}

struct Writing<'a> {
    numbers: Numbers,
    steps: Vec<Step<'a>>,
}

impl<'a> Writing<'a> {
    fn add(&mut self, sql: &'static str, params: Vec<Param<'a>>) {
        self.steps.push(Step::new(sql, params));
    }

    fn deletes(&mut self, deletes: &'a [(RecordRef, Revision)]) {
        let Numbers { programme, change } = self.numbers;
        let mut by_kind: BTreeMap<RecordKind, Vec<(Uuid, i64)>> = BTreeMap::new();
        for (record, read_at) in deletes {
            by_kind.entry(record.kind).or_default().push((record.id, read_at.next().number().into()));
        }
        for (kind, deleted) in by_kind {
            for part in deleted.chunks(AT_ONCE) {
                let (ids, revisions): (Vec<_>, Vec<_>) = part.iter().copied().unzip();
                let own = statements::of(kind);
                self.add(&own.supersede, vec![Box::new(programme), Box::new(ids.clone())]);
                let tombstones: Vec<Param<'a>> = vec![
                    Box::new(programme),
                    Box::new(kind.as_str()),
                    Box::new(change),
                    Box::new(ids.clone()),
                    Box::new(revisions),
                ];
                self.add(statements::ADD_TOMBSTONES, tombstones);
                self.add(&own.delete, vec![Box::new(programme), Box::new(ids)]);
            }
        }
    }

    fn update(&mut self, kind: RecordKind, written: &[Written<'a>]) {
        let programme = self.numbers.programme;
        let own = statements::of(kind);
        let ids: Vec<Uuid> = written.iter().map(|(raw, _)| raw.record.id).collect();
        self.add(&own.supersede, vec![Box::new(programme), Box::new(ids.clone())]);
        let params = self.arrays(kind, written);
        self.add(&own.update, params);
        for set in &own.sets {
            self.add(&set.clear, vec![Box::new(programme), Box::new(ids.clone())]);
        }
        self.sets(kind, written);
    }

    fn create(&mut self, kind: RecordKind, written: &[Written<'a>]) {
        let params = self.arrays(kind, written);
        self.add(&statements::of(kind).create, params);
        self.sets(kind, written);
    }

    fn arrays(&self, kind: RecordKind, written: &[Written<'a>]) -> Vec<Param<'a>> {
        let each = || written.iter();
        let mut params: Vec<Param<'a>> = vec![
            Box::new(self.numbers.programme),
            Box::new(self.numbers.change),
            Box::new(each().map(|(raw, _)| raw.record.id).collect::<Vec<_>>()),
            Box::new(each().map(|(_, revision)| i64::from(revision.number())).collect::<Vec<_>>()),
            Box::new(each().map(|(raw, _)| i32::from(raw.body.version)).collect::<Vec<_>>()),
            Box::new(each().map(|(raw, _)| raw.body.json.as_str()).collect::<Vec<_>>()),
        ];
        for place in 0..describe(kind).columns.len() {
            params.push(Box::new(each().map(|(raw, _)| &raw.columns[place]).collect::<Vec<_>>()));
        }
        params
    }

    fn sets(&mut self, kind: RecordKind, written: &[Written<'a>]) {
        for (place, set) in statements::of(kind).sets.iter().enumerate() {
            let members = written
                .iter()
                .flat_map(|(raw, _)| raw.sets[place].iter().map(|value| (raw.record.id, value)));
            let (owners, values): (Vec<Uuid>, Vec<&'a Value>) = members.unzip();
            if !owners.is_empty() {
                let programme = self.numbers.programme;
                self.add(&set.add, vec![Box::new(programme), Box::new(owners), Box::new(values)]);
            }
        }
    }

    fn journal(&mut self, entries: &'a [JournalEntry]) {
        let Some(last) = entries.last() else { return };
        let Numbers { programme, change } = self.numbers;
        let events = || entries.iter().map(|entry| &entry.event);
        let params: Vec<Param<'a>> = vec![
            Box::new(programme),
            Box::new(change),
            Box::new(entries.iter().map(|entry| entry.sequence.0.cast_signed()).collect::<Vec<_>>()),
            Box::new(entries.iter().map(|entry| entry.id.uuid()).collect::<Vec<_>>()),
            Box::new(events().map(|event| event.subject.kind.as_str()).collect::<Vec<_>>()),
            Box::new(events().map(|event| event.subject.id).collect::<Vec<_>>()),
            Box::new(events().map(|event| event.name.as_str()).collect::<Vec<_>>()),
            Box::new(events().map(|event| i32::from(event.body.version)).collect::<Vec<_>>()),
            Box::new(events().map(|event| event.body.json.as_str()).collect::<Vec<_>>()),
            Box::new(entries.iter().map(|entry| entry.changes.as_deref()).collect::<Vec<_>>()),
            Box::new(entries.iter().map(|entry| entry.seals.as_str()).collect::<Vec<_>>()),
            Box::new(entries.iter().map(|entry| entry.hash.as_bytes().as_slice()).collect::<Vec<_>>()),
        ];
        self.add(statements::ADD_EVENTS, params);
        let (sequence, hash) = (last.sequence.0.cast_signed(), last.hash.as_bytes().as_slice());
        self.add(statements::MOVE_HEAD, vec![Box::new(programme), Box::new(sequence), Box::new(hash)]);
    }

    fn work(&mut self, changes: &'a ChangeSet, entries: &[JournalEntry]) {
        let new = changes.new_work();
        if new.is_empty() {
            return;
        }
        let sequences = new.iter().filter_map(|work| entries.get(work.event));
        let params: Vec<Param<'a>> = vec![
            Box::new(self.numbers.programme),
            Box::new(new.iter().map(|work| work.id).collect::<Vec<_>>()),
            Box::new(new.iter().map(|work| work.topic).collect::<Vec<_>>()),
            Box::new(sequences.map(|entry| entry.sequence.0.cast_signed()).collect::<Vec<_>>()),
            Box::new(new.iter().map(|work| work.due_at).collect::<Vec<_>>()),
        ];
        self.add(statements::ADD_WORK, params);
    }

    fn reply(&mut self, changes: &'a ChangeSet) {
        let Some(reply) = changes.reply() else { return };
        let text = |text: &str| -> Param<'a> { Box::new(Value::from(text)) };
        let programme = changes.reply_realm().uuid();
        let key = || {
            let IdempotencyKey { credential, route, key } = &reply.key;
            vec![Box::new(programme) as Param<'a>, text(credential), text(route), text(key)]
        };
        self.steps.push(Step::enter(Sight::Programme(programme)));
        let mut expired = key();
        expired.push(Box::new(changes.at()));
        self.add(statements::CLEAR_REPLY, expired);
        let mut params = key();
        let rest: [Param<'a>; 4] = [
            Box::new(reply.fingerprint.to_vec()),
            Box::new(i32::from(reply.status)),
            Box::new(&reply.body),
            Box::new(reply.expires_at),
        ];
        params.extend(rest);
        self.add(statements::PUT_REPLY, params);
    }
}

fn by_kind<'a>(written: impl Iterator<Item = Written<'a>>) -> BTreeMap<RecordKind, Vec<Written<'a>>> {
    let mut kinds: BTreeMap<RecordKind, Vec<Written<'a>>> = BTreeMap::new();
    for (raw, revision) in written {
        kinds.entry(raw.record.kind).or_default().push((raw, revision));
    }
    kinds
}
