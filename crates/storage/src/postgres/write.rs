//! The statements that write a group of change sets which was decided, to be sent together with the commit.

use std::collections::BTreeMap;

use sister_cities_domain::id::{RecordKind, RecordRef};
use uuid::Uuid;

use super::session::Step;
use super::value::Param;
use super::{search, statements};
use crate::catalogue::describe;
use crate::decide::{Accepted, JournalTail};
use crate::work::NewWork;
use crate::{IdempotencyKey, IdempotencyRecord, RawEvent, RawRecord, Revision, Value};

/// So many records are one statement at most, so that none runs into the server's time limit.
const AT_ONCE: usize = 5_000;

/// A record to be written, the revision it will be at, and the number of the commit.
#[derive(Clone, Copy)]
struct Written<'a> {
    raw: &'a RawRecord,
    revision: Revision,
    change: i64,
}

/// Everything to be written. What is alike of all change sets is one statement.
pub(super) fn steps<'a>(programme: Uuid, accepted: &'a [Accepted<'a>]) -> Vec<Step<'a>> {
    let mut writing = Writing { programme, steps: Vec::new() };
    writing.changes(accepted);
    for Accepted { changes, tail, .. } in accepted {
        writing.deletes(changes.deletes(), tail.change);
    }
    let updated =
        accepted.iter().flat_map(|one| written(one, one.changes.updates().iter().map(|(raw, _)| raw), 0));
    for (kind, written) in by_kind(updated) {
        for part in written.chunks(AT_ONCE) {
            writing.update(kind, part);
        }
    }
    let created = accepted
        .iter()
        .flat_map(|one| written(one, one.changes.creates().iter(), one.changes.updates().len()));
    for (kind, written) in by_kind(created) {
        for part in written.chunks(AT_ONCE) {
            writing.create(kind, part);
        }
    }
    search::steps(programme, accepted.iter().map(|one| one.changes), &mut writing.steps);
    writing.journal(accepted);
    writing.work(accepted);
    writing.documents(accepted);
    // Last, as the key may belong to another realm.
    writing.replies(accepted);
    writing.steps
}

/// Records with their revisions, which begin at a place in those of the change set.
fn written<'a>(
    one: &'a Accepted<'a>,
    records: impl Iterator<Item = &'a RawRecord>,
    place: usize,
) -> impl Iterator<Item = Written<'a>> {
    let revisions = one.revisions.iter().skip(place).map(|(_, revision)| *revision);
    records.zip(revisions).map(|(raw, revision)| Written { raw, revision, change: one.tail.change })
}

struct Writing<'a> {
    programme: Uuid,
    steps: Vec<Step<'a>>,
}

impl<'a> Writing<'a> {
    fn add(&mut self, sql: &'static str, params: Vec<Param<'a>>) {
        self.steps.push(Step::new(sql, params));
    }

    fn changes(&mut self, accepted: &'a [Accepted<'a>]) {
        let each = || accepted.iter();
        let params: Vec<Param<'a>> = vec![
            Box::new(self.programme),
            Box::new(each().map(|one| one.tail.change).collect::<Vec<_>>()),
            Box::new(each().map(|one| one.changes.at()).collect::<Vec<_>>()),
            Box::new(each().map(|one| one.changes.actor()).collect::<Vec<_>>()),
        ];
        self.add(statements::ADD_CHANGES, params);
    }

    fn deletes(&mut self, deletes: &'a [(RecordRef, Revision)], change: i64) {
        let programme = self.programme;
        let mut by_kind: BTreeMap<RecordKind, Vec<(Uuid, i64)>> = BTreeMap::new();
        for (record, read_at) in deletes {
            by_kind.entry(record.kind).or_default().push((record.id, read_at.next().number().into()));
        }
        for (kind, deleted) in by_kind {
            for part in deleted.chunks(AT_ONCE) {
                let (ids, revisions): (Vec<_>, Vec<_>) = part.iter().copied().unzip();
                let own = statements::of(kind);
                let by = vec![change; ids.len()];
                self.add(&own.supersede, vec![Box::new(programme), Box::new(ids.clone()), Box::new(by)]);
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
        let programme = self.programme;
        let own = statements::of(kind);
        let ids: Vec<Uuid> = written.iter().map(|written| written.raw.record.id).collect();
        let by: Vec<i64> = written.iter().map(|written| written.change).collect();
        self.add(&own.supersede, vec![Box::new(programme), Box::new(ids), Box::new(by)]);
        let params = self.arrays(kind, written);
        self.add(&own.update, params);
        for (place, set) in own.sets.iter().enumerate() {
            let gone = set.gone(programme, place, written.iter().map(|written| written.raw));
            self.add(&set.clear, gone);
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
        let raws = || written.iter().map(|written| written.raw);
        let mut params: Vec<Param<'a>> = vec![
            Box::new(self.programme),
            Box::new(each().map(|written| written.change).collect::<Vec<_>>()),
            Box::new(raws().map(|raw| raw.record.id).collect::<Vec<_>>()),
            Box::new(each().map(|written| i64::from(written.revision.number())).collect::<Vec<_>>()),
            Box::new(raws().map(|raw| i32::from(raw.body.version)).collect::<Vec<_>>()),
            Box::new(raws().map(|raw| raw.body.json.as_str()).collect::<Vec<_>>()),
        ];
        for place in 0..describe(kind).columns.len() {
            params.push(Box::new(raws().map(|raw| &raw.columns[place]).collect::<Vec<_>>()));
        }
        params
    }

    fn sets(&mut self, kind: RecordKind, written: &[Written<'a>]) {
        for (place, set) in statements::of(kind).sets.iter().enumerate() {
            let records = written.iter().map(|written| written.raw);
            if let Some(params) = set.members(self.programme, place, records) {
                self.add(&set.add, params);
            }
        }
    }

    /// The entries, and where the journal ends then.
    fn journal(&mut self, accepted: &'a [Accepted<'a>]) {
        let programme = self.programme;
        let links = || accepted.iter().flat_map(|one| &one.links);
        let drafts = || accepted.iter().flat_map(|one| one.drafts.iter());
        let events = || accepted.iter().flat_map(|one| one.changes.events());
        let changes = accepted.iter().flat_map(|one| one.links.iter().map(|_| one.tail.change));
        if links().next().is_some() {
            let each = |text: fn(&'a RawEvent) -> &'a str| -> Param<'a> {
                Box::new(events().map(text).collect::<Vec<_>>())
            };
            let params: Vec<Param<'a>> = vec![
                Box::new(programme),
                Box::new(changes.collect::<Vec<_>>()),
                Box::new(links().map(|link| link.sequence.0.cast_signed()).collect::<Vec<_>>()),
                Box::new(links().map(|link| link.id.uuid()).collect::<Vec<_>>()),
                each(|event| event.subject.kind.as_str()),
                Box::new(events().map(|event| event.subject.id).collect::<Vec<_>>()),
                each(|event| &event.name),
                Box::new(events().map(|event| i32::from(event.body.version)).collect::<Vec<_>>()),
                each(|event| &event.body.json),
                Box::new(drafts().map(|draft| draft.changes.as_deref()).collect::<Vec<_>>()),
                Box::new(drafts().map(|draft| draft.seals.as_str()).collect::<Vec<_>>()),
                Box::new(links().map(|link| link.hash.as_bytes().as_slice()).collect::<Vec<_>>()),
            ];
            self.add(statements::ADD_EVENTS, params);
        }
        let Some(JournalTail { change, head }) = accepted.last().map(|one| &one.tail) else { return };
        let (sequence, hash) = (head.sequence.0.cast_signed(), head.hash.as_bytes().as_slice());
        let params: Vec<Param<'a>> =
            vec![Box::new(programme), Box::new(*change), Box::new(sequence), Box::new(hash)];
        self.add(statements::MOVE_HEAD, params);
    }

    fn work(&mut self, accepted: &'a [Accepted<'a>]) {
        let of = |one: &'a Accepted<'a>| {
            let sequence = |work: &NewWork| Some(one.links.get(work.event)?.sequence.0.cast_signed());
            one.changes.new_work().iter().filter_map(move |work| Some((work, sequence(work)?)))
        };
        let new: Vec<(&'a NewWork, i64)> = accepted.iter().flat_map(of).collect();
        if new.is_empty() {
            return;
        }
        let params: Vec<Param<'a>> = vec![
            Box::new(self.programme),
            Box::new(new.iter().map(|(work, _)| work.id).collect::<Vec<_>>()),
            Box::new(new.iter().map(|(work, _)| work.topic).collect::<Vec<_>>()),
            Box::new(new.iter().map(|(_, sequence)| *sequence).collect::<Vec<_>>()),
            Box::new(new.iter().map(|(work, _)| work.due_at).collect::<Vec<_>>()),
        ];
        self.add(statements::ADD_WORK, params);
    }

    fn documents(&mut self, accepted: &'a [Accepted<'a>]) {
        for Accepted { changes, tail, .. } in accepted {
            for (hash, bytes) in changes.documents() {
                let hash = hash.as_bytes().as_slice();
                let params: Vec<Param<'a>> =
                    vec![Box::new(self.programme), Box::new(hash), Box::new(tail.change), Box::new(bytes)];
                self.add(statements::ADD_DOCUMENT, params);
            }
            for hash in changes.forgotten_documents() {
                let params: Vec<Param<'a>> =
                    vec![Box::new(self.programme), Box::new(hash.as_bytes().as_slice())];
                self.add(statements::FORGET_DOCUMENT, params);
            }
        }
    }

    /// Those of a group belong to its programme, unless there is but one.
    fn replies(&mut self, accepted: &'a [Accepted<'a>]) {
        let reply = |one: &'a Accepted<'a>| Some((one.changes.reply()?, one.changes.at()));
        let replies: Vec<(&'a IdempotencyRecord, _)> = accepted.iter().filter_map(reply).collect();
        let Some(first) = accepted.iter().find(|one| one.changes.reply().is_some()) else { return };
        let programme = first.changes.reply_realm().uuid();
        if programme != self.programme {
            self.steps.push(Step::enter_programme(programme));
        }
        let each = || replies.iter().map(|(reply, _)| *reply);
        let texts = |part: fn(&IdempotencyKey) -> &str| -> Param<'a> {
            Box::new(each().map(|reply| Value::from(part(&reply.key))).collect::<Vec<_>>())
        };
        let keys = || {
            let parts = [texts(|key| &key.credential), texts(|key| &key.route), texts(|key| &key.key)];
            std::iter::once(Box::new(programme) as Param<'a>).chain(parts).collect::<Vec<_>>()
        };
        let mut expired = keys();
        expired.push(Box::new(replies.iter().map(|(_, at)| *at).collect::<Vec<_>>()));
        self.add(statements::CLEAR_REPLIES, expired);
        let mut params = keys();
        let rest: [Param<'a>; 4] = [
            Box::new(each().map(|reply| reply.fingerprint.as_slice()).collect::<Vec<_>>()),
            Box::new(each().map(|reply| i32::from(reply.status)).collect::<Vec<_>>()),
            Box::new(each().map(|reply| reply.body.as_slice()).collect::<Vec<_>>()),
            Box::new(each().map(|reply| reply.expires_at).collect::<Vec<_>>()),
        ];
        params.extend(rest);
        self.add(statements::PUT_REPLIES, params);
    }
}

fn by_kind<'a>(all: impl Iterator<Item = Written<'a>>) -> BTreeMap<RecordKind, Vec<Written<'a>>> {
    let mut kinds: BTreeMap<RecordKind, Vec<Written<'a>>> = BTreeMap::new();
    for written in all {
        kinds.entry(written.raw.record.kind).or_default().push(written);
    }
    kinds
}
