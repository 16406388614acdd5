//! What a commit has to see before it is decided: the questions, sent together with the lock, and their answers.

use std::collections::{BTreeMap, HashMap};

use sister_cities_domain::id::{RecordKind, RecordRef};
use tokio_postgres::Row;
use uuid::Uuid;

use super::decide::{Seen, written};
use super::failure::Failure;
use super::read;
use super::session::{Sight, Step};
use super::statements::{self, Referrer, UniqueStatement};
use super::value::{self, Param, revision};
use crate::audit::Head;
use crate::catalogue::Constraint;
use crate::change_set::references;
use crate::{ChangeSet, IdempotencyRecord, RawBody, Realm, Value};

/// How long a commit may keep the lock while it says nothing, in milliseconds, and one more per record and event: a server that was
/// paused between the two ways loses the lock before those who wait for it give up.
const PAUSE_MS: i64 = 2_000;

/// What was seen.
#[derive(Debug)]
pub(super) struct Look {
    /// The number of this commit in its programme.
    pub(super) change: i64,
    /// The end of the journal before it.
    pub(super) head: Head,
    /// The transaction, by which its fate can be asked for.
    pub(super) transaction: String,
    /// The reply that is stored under the key of the change set.
    pub(super) reply: Option<IdempotencyRecord>,
    /// The records.
    pub(super) seen: Seen,
    /// What the records that are updated hold now.
    pub(super) before: HashMap<RecordRef, RawBody>,
    /// How many cells that were to be rewritten held something else.
    pub(super) overtaken: usize,
}

/// What an answer is about.
enum Question<'a> {
    Nothing,
    Lock,
    Rewritten,
    Reply(&'a IdempotencyRecord),
    Present(RecordKind),
    Before(RecordKind),
    Past(RecordKind),
    Holders(RecordKind, &'static UniqueStatement),
    Referrers(RecordKind, &'static Referrer),
}

/// The questions of one change set, in the order in which they are sent.
pub(super) struct Questions<'a> {
    about: Vec<Question<'a>>,
    steps: Vec<Step<'a>>,
}

impl<'a> Questions<'a> {
    /// The cells are rewritten under the lock, before anything is looked at.
    pub(super) fn of(changes: &'a ChangeSet, rewrites: Vec<Step<'a>>) -> Self {
        let mut all = Self { about: Vec::new(), steps: Vec::new() };
        let programme = changes.realm().uuid();
        let size = changes.deletes().len() + written(changes).count() + changes.events().len();
        let pause = PAUSE_MS.saturating_add(i64::try_from(size).unwrap_or(i64::MAX));
        all.ask(Question::Nothing, statements::ENTER_COMMIT, vec![Box::new(programme), Box::new(pause)]);
        let empty = Head::START.hash.as_bytes().to_vec();
        all.ask(Question::Lock, statements::ADVANCE, vec![Box::new(programme), Box::new(empty)]);
        if !rewrites.is_empty() {
            all.ask(Question::Nothing, statements::BEGIN_ERASING, Vec::new());
            for rewrite in rewrites {
                all.add(Question::Rewritten, rewrite);
            }
        }
        if let Some(reply) = changes.reply() {
            let programme = changes.reply_realm().uuid();
            all.add(Question::Nothing, Step::enter(Sight::Programme(programme)));
            let text = |text: &str| -> Param<'a> { Box::new(Value::from(text)) };
            let key = &reply.key;
            let params =
                vec![Box::new(programme) as _, text(&key.credential), text(&key.route), text(&key.key)];
            all.ask(Question::Reply(reply), statements::REPLY, params);
            all.add(Question::Nothing, Step::enter(Sight::Programme(changes.realm().uuid())));
        }
        all.records(changes, programme);
        all.unique(changes, programme);
        all.referrers(changes, programme);
        all
    }

    pub(super) fn steps(&self) -> &[Step<'a>] {
        &self.steps
    }

    /// Which records are there: changed ones, those referred to, and the programme itself.
    fn records(&mut self, changes: &'a ChangeSet, programme: Uuid) {
        let mut wanted: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        let mut updated: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        for (raw, _) in changes.updates() {
            updated.entry(raw.record.kind).or_default().push(raw.record.id);
        }
        for (kind, ids) in updated {
            let sql = &statements::of(kind).get_many;
            self.ask(Question::Before(kind), sql, vec![Box::new(programme), Box::new(ids)]);
        }
        let deleted = changes.deletes().iter().map(|(record, _)| *record);
        let touched = deleted.chain(changes.creates().iter().map(|raw| raw.record));
        let referred_to = written(changes).flat_map(|raw| references(raw).map(|(_, to)| to));
        for record in touched.chain(referred_to) {
            wanted.entry(record.kind).or_default().push(record.id);
        }
        if let Realm::Programme(programme) = changes.realm() {
            wanted.entry(RecordKind::Programme).or_default().push(programme.uuid());
        }
        for (kind, mut ids) in wanted {
            ids.sort_unstable();
            ids.dedup();
            let sql = &statements::of(kind).present;
            self.ask(Question::Present(kind), sql, vec![Box::new(programme), Box::new(ids)]);
        }
        let mut created: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        for raw in changes.creates() {
            created.entry(raw.record.kind).or_default().push(raw.record.id);
        }
        for (kind, ids) in created {
            let params: Vec<Param<'a>> = vec![Box::new(programme), Box::new(kind.as_str()), Box::new(ids)];
            self.ask(Question::Past(kind), statements::PAST, params);
        }
    }

    /// Who holds what only one may hold.
    fn unique(&mut self, changes: &'a ChangeSet, programme: Uuid) {
        let mut values: BTreeMap<(RecordKind, usize), Vec<&'a Value>> = BTreeMap::new();
        for raw in written(changes) {
            for unique in &statements::of(raw.record.kind).unique {
                let value = &raw.columns[unique.place];
                if *value != Value::Nothing {
                    values.entry((raw.record.kind, unique.place)).or_default().push(value);
                }
            }
        }
        for ((kind, place), values) in values {
            let Some(unique) = statements::of(kind).unique.iter().find(|unique| unique.place == place) else {
                continue;
            };
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
    fn referrers(&mut self, changes: &'a ChangeSet, programme: Uuid) {
        let mut deleted: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        let mut touched: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        for (record, _) in changes.deletes() {
            deleted.entry(record.kind).or_default().push(record.id);
            touched.entry(record.kind).or_default().push(record.id);
        }
        for (raw, _) in changes.updates() {
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
    pub(super) fn answered(self, answers: Vec<Vec<Row>>) -> Result<Look, Failure> {
        let mut look = Look {
            change: 0,
            head: Head::START,
            transaction: String::new(),
            reply: None,
            seen: Seen::default(),
            before: HashMap::new(),
            overtaken: 0,
        };
        for (question, rows) in self.about.into_iter().zip(answers) {
            if matches!(question, Question::Rewritten) && rows.is_empty() {
                look.overtaken += 1;
            }
            for row in &rows {
                look.learn(&question, row)?;
            }
        }
        Ok(look)
    }
}

impl Look {
    fn learn(&mut self, question: &Question<'_>, row: &Row) -> Result<(), Failure> {
        match question {
            Question::Nothing | Question::Rewritten => {}
            Question::Lock => {
                self.head = read::head(row)?;
                self.change = row.try_get(2)?;
                self.transaction = row.try_get(3)?;
            }
            Question::Reply(asked) => self.reply = Some(read::reply(row, &asked.key)?),
            Question::Present(kind) => {
                self.seen.present(RecordRef { kind: *kind, id: row.try_get(0)? }, revision(row, 1)?);
            }
            Question::Before(kind) => {
                let stored = read::stored(row)?;
                let record = RecordRef { kind: *kind, id: stored.id };
                self.seen.present(record, stored.revision);
                self.before.insert(record, stored.body);
            }
            Question::Past(kind) => {
                self.seen.past(RecordRef { kind: *kind, id: row.try_get(0)? }, revision(row, 1)?);
            }
            Question::Holders(kind, unique) => {
                let record = RecordRef { kind: *kind, id: row.try_get(1)? };
                let value = value::read(row, 2, unique.column.holds)?;
                self.seen.holder(row.try_get(0)?, record, unique.column, value);
            }
            Question::Referrers(kind, referrer) => {
                let to = RecordRef { kind: *kind, id: row.try_get(0)? };
                let by = RecordRef { kind: referrer.kind, id: row.try_get(1)? };
                self.seen.referrer(to, by, referrer.column);
            }
        }
        Ok(())
    }
}
