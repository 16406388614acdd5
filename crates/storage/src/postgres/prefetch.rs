//! What a group of change sets has to see before it is decided: the questions, sent together with the lock, and their answers.

use std::collections::BTreeMap;

use sister_cities_domain::id::{RecordKind, RecordRef};
use tokio_postgres::Row;
use uuid::Uuid;

use super::failure::Failure;
use super::read;
use super::seen::Seen;
use super::session::Step;
use super::statements::{self, Referrer, UniqueStatement};
use super::value::{self, Param, revision};
use super::waiting::size;
use crate::audit::Head;
use crate::catalogue::Constraint;
use crate::change_set::references;
use crate::decide::{JournalTail, unique_values};
use crate::{ChangeSet, IdempotencyKey, Realm, Value};

/// How long a commit may keep the lock while it says nothing, in milliseconds, and one more per record and event: a server that was
/// paused between the two ways loses the lock before those who wait for it give up.
const PAUSE_MS: i64 = 2_000;

/// What was seen.
#[derive(Debug)]
pub(super) struct Prefetched {
    /// The last commit in the programme, and the end of its journal.
    pub(super) tail: JournalTail,
    /// The transaction, by which its status can be asked for.
    pub(super) transaction: String,
    /// What is stored.
    pub(super) seen: Seen,
    /// How many stored values that were to be updated held something else.
    pub(super) overtaken: usize,
}

/// What an answer is about.
enum Question<'a> {
    Nothing,
    Lock,
    Updated,
    Replies(Vec<&'a IdempotencyKey>),
    Present(RecordKind),
    Before(RecordKind),
    Past(RecordKind),
    Holders(RecordKind, &'static UniqueStatement),
    Referrers(RecordKind, &'static Referrer),
}

/// The questions of a group of change sets of one programme, in the order in which they are sent.
pub(super) struct Questions<'a> {
    about: Vec<Question<'a>>,
    steps: Vec<Step<'a>>,
}

impl<'a> Questions<'a> {
    /// The stored values are updated under the lock, before anything is looked at.
    pub(super) fn of(sets: &[&'a ChangeSet], updates: Vec<Step<'a>>) -> Self {
        let mut all = Self { about: Vec::new(), steps: Vec::new() };
        let Some(first) = sets.first() else { return all };
        let programme = first.realm().uuid();
        let size: usize = sets.iter().map(|changes| size(changes)).sum();
        let pause = PAUSE_MS.saturating_add(i64::try_from(size).unwrap_or(i64::MAX));
        all.ask(Question::Nothing, statements::ENTER_COMMIT, vec![Box::new(programme), Box::new(pause)]);
        let empty = Head::START.hash.as_bytes().to_vec();
        all.ask(Question::Lock, statements::LOCK_HEAD, vec![Box::new(programme), Box::new(empty)]);
        if !updates.is_empty() {
            all.ask(Question::Nothing, statements::BEGIN_ERASING, Vec::new());
            for update in updates {
                all.add(Question::Updated, update);
            }
        }
        all.replies(sets, programme);
        all.records(sets, first.realm());
        all.unique(sets, programme);
        all.referrers(sets, programme);
        all
    }

    /// What was replied to the same requests. Those of a group are of its programme, unless there is but one.
    fn replies(&mut self, sets: &[&'a ChangeSet], programme: Uuid) {
        let asked = |changes: &&'a ChangeSet| Some((changes.reply_realm().uuid(), &changes.reply()?.key));
        let Some((of, _)) = sets.iter().find_map(asked) else { return };
        let keys: Vec<&'a IdempotencyKey> = sets.iter().filter_map(asked).map(|(_, key)| key).collect();
        if of != programme {
            self.add(Question::Nothing, Step::enter_programme(of));
        }
        let texts = |part: fn(&IdempotencyKey) -> &str| -> Param<'a> {
            Box::new(keys.iter().map(|key| Value::from(part(key))).collect::<Vec<_>>())
        };
        let params: Vec<Param<'a>> =
            vec![Box::new(of), texts(|key| &key.credential), texts(|key| &key.route), texts(|key| &key.key)];
        self.ask(Question::Replies(keys), statements::REPLIES, params);
        if of != programme {
            self.add(Question::Nothing, Step::enter_programme(programme));
        }
    }

    pub(super) fn steps(&self) -> &[Step<'a>] {
        &self.steps
    }

    /// Which records are there: changed ones, those referred to, and the programme itself.
    fn records(&mut self, sets: &[&'a ChangeSet], realm: Realm) {
        let programme = realm.uuid();
        let mut wanted: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        let mut updated: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        for (raw, _) in sets.iter().flat_map(|changes| changes.updates()) {
            updated.entry(raw.record.kind).or_default().push(raw.record.id);
        }
        for (kind, ids) in updated {
            let sql = &statements::of(kind).get_many;
            self.ask(Question::Before(kind), sql, vec![Box::new(programme), Box::new(ids)]);
        }
        let new = || sets.iter().flat_map(|changes| changes.creates());
        let deleted = sets.iter().flat_map(|changes| changes.deletes()).map(|(record, _)| *record);
        let touched = deleted.chain(new().map(|raw| raw.record));
        let all_written = sets.iter().flat_map(|changes| changes.written());
        let referred_to = all_written.flat_map(|raw| references(raw).map(|(_, to)| to));
        for record in touched.chain(referred_to) {
            wanted.entry(record.kind).or_default().push(record.id);
        }
        if let Realm::Programme(programme) = realm {
            wanted.entry(RecordKind::Programme).or_default().push(programme.uuid());
        }
        for (kind, mut ids) in wanted {
            ids.sort_unstable();
            ids.dedup();
            let sql = &statements::of(kind).present;
            self.ask(Question::Present(kind), sql, vec![Box::new(programme), Box::new(ids)]);
        }
        let mut created: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        for raw in new() {
            created.entry(raw.record.kind).or_default().push(raw.record.id);
        }
        for (kind, ids) in created {
            let params: Vec<Param<'a>> = vec![Box::new(programme), Box::new(kind.as_str()), Box::new(ids)];
            self.ask(Question::Past(kind), statements::LAST_REVISIONS, params);
        }
    }

    /// Who holds what only one may hold.
    fn unique(&mut self, sets: &[&'a ChangeSet], programme: Uuid) {
        let mut values: BTreeMap<(RecordKind, &'static str), Vec<&'a Value>> = BTreeMap::new();
        for raw in sets.iter().flat_map(|changes| changes.written()) {
            for (column, value) in unique_values(raw) {
                values.entry((raw.record.kind, column.name)).or_default().push(value);
            }
        }
        for ((kind, column), values) in values {
            let own = &statements::of(kind).unique;
            let Some(unique) = own.iter().find(|unique| unique.column.name == column) else { continue };
            let question = || Question::Holders(kind, unique);
            match unique.column.constraint {
                Constraint::UniqueInProgramme => {
                    self.ask(question(), &unique.find, vec![Box::new(programme), Box::new(values)]);
                }
                Constraint::UniqueInInstallation => {
                    for value in values {
                        // The only such column there is; whoever knows the value may know that it is taken.
                        if let Value::Bytes(hash) = value {
                            self.ask(Question::Nothing, statements::ENTER_TOKEN, vec![Box::new(hash)]);
                        }
                        self.ask(question(), &unique.find, vec![Box::new(value)]);
                    }
                }
                Constraint::Free | Constraint::References(_) => {}
            }
        }
    }

    /// Who, apart from what is changed anyway, refers to what is deleted.
    fn referrers(&mut self, sets: &[&'a ChangeSet], programme: Uuid) {
        let mut deleted: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        let mut touched: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        for (record, _) in sets.iter().flat_map(|changes| changes.deletes()) {
            deleted.entry(record.kind).or_default().push(record.id);
            touched.entry(record.kind).or_default().push(record.id);
        }
        for (raw, _) in sets.iter().flat_map(|changes| changes.updates()) {
            touched.entry(raw.record.kind).or_default().push(raw.record.id);
        }
        for (kind, ids) in deleted {
            for referrer in &statements::of(kind).referrers {
                let apart_from = touched.get(&referrer.kind).cloned().unwrap_or_default();
                let params: Vec<Param<'a>> =
                    vec![Box::new(programme), Box::new(ids.clone()), Box::new(apart_from)];
                self.ask(Question::Referrers(kind, referrer), &referrer.find, params);
            }
        }
    }

    fn ask(&mut self, about: Question<'a>, sql: &'static str, params: Vec<Param<'a>>) {
        self.add(about, Step::new(sql, params));
    }

    fn add(&mut self, about: Question<'a>, step: Step<'a>) {
        self.about.push(about);
        self.steps.push(step);
    }

    /// Reads the answers.
    pub(super) fn answered(self, answers: Vec<Vec<Row>>) -> Result<Prefetched, Failure> {
        let mut prefetched = Prefetched {
            tail: JournalTail { change: 0, head: Head::START },
            transaction: String::new(),
            seen: Seen::default(),
            overtaken: 0,
        };
        for (question, rows) in self.about.into_iter().zip(answers) {
            if matches!(question, Question::Updated) && rows.is_empty() {
                prefetched.overtaken += 1;
            }
            for row in &rows {
                prefetched.apply_row(&question, row)?;
            }
        }
        Ok(prefetched)
    }
}

impl Prefetched {
    fn apply_row(&mut self, question: &Question<'_>, row: &Row) -> Result<(), Failure> {
        match question {
            Question::Nothing | Question::Updated => {}
            Question::Lock => {
                self.tail = JournalTail { change: row.try_get(2)?, head: read::head(row)? };
                self.transaction = row.try_get(3)?;
            }
            Question::Replies(asked) => {
                let number: i64 = row.try_get(4)?;
                let asked = usize::try_from(number - 1).ok().and_then(|number| asked.get(number));
                let key = asked.ok_or(Failure::OutOfRange("number of a reply", number))?;
                self.seen.replies.insert((*key).clone(), read::reply(row, key)?);
            }
            Question::Present(kind) => {
                let record = RecordRef { kind: *kind, id: row.try_get(0)? };
                self.seen.present.insert(record, revision(row, 1)?);
            }
            Question::Before(kind) => {
                let stored = read::stored(row)?;
                let record = RecordRef { kind: *kind, id: stored.id };
                self.seen.present.insert(record, stored.revision);
                self.seen.before.insert(record, stored.body);
            }
            Question::Past(kind) => {
                let record = RecordRef { kind: *kind, id: row.try_get(0)? };
                self.seen.past.insert(record, revision(row, 1)?);
            }
            Question::Holders(kind, unique) => {
                let record = RecordRef { kind: *kind, id: row.try_get(1)? };
                let value = value::read(row, 2, unique.column.holds)?;
                self.seen.holder(row.try_get(0)?, record, unique.column, value);
            }
            Question::Referrers(kind, referrer) => {
                let to = RecordRef { kind: *kind, id: row.try_get(0)? };
                let by = RecordRef { kind: referrer.kind, id: row.try_get(1)? };
                self.seen.referrers.entry(to).or_insert((by, referrer.column));
            }
        }
        Ok(())
    }
}
