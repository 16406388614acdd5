//! What a use case wants stored, as data: committed in one step or refused.

use std::collections::HashSet;

use chrono::{DateTime, SubsecRound as _, Utc};
use serde::Serialize;
use sister_cities_domain::access::Actor;
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use crate::catalogue::{Constraint, describe};
use crate::work::NewWork;
use crate::{
    CommitError, IdempotencyRecord, Malformed, RawBody, RawEvent, RawRecord, Realm, Record, Revision,
    Sequence, Value, content_hash, record_ref,
};

/// Everything that one decision changes. All of it is committed, or nothing.
///
/// A record is changed at most once. Deletions come first, then updates, then creations; references are checked when all is
/// in place, so the order of calls does not matter. A change of records needs at least one event.
#[derive(Clone, Debug)]
pub struct ChangeSet {
    realm: Realm,
    at: DateTime<Utc>,
    actor: String,
    deletes: Vec<(RecordRef, Revision)>,
    updates: Vec<(RawRecord, Revision)>,
    creates: Vec<RawRecord>,
    events: Vec<RawEvent>,
    documents: Vec<(ContentHash, Vec<u8>)>,
    forgotten: Vec<ContentHash>,
    work: Vec<NewWork>,
    idempotency: Option<IdempotencyRecord>,
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    entries: std::sync::OnceLock<Vec<crate::search::Entry>>,
    malformed: Option<Malformed>,
}

impl ChangeSet {
    /// Begins an empty change set of one realm: who does it, and when. Times are kept to the microsecond.
    #[must_use]
    pub fn new(realm: impl Into<Realm>, actor: &Actor, at: DateTime<Utc>) -> Self {
        let mut changes = Self {
            realm: realm.into(),
            at: at.trunc_subsecs(6),
            actor: String::new(),
            deletes: Vec::new(),
            updates: Vec::new(),
            creates: Vec::new(),
            events: Vec::new(),
            documents: Vec::new(),
            forgotten: Vec::new(),
            work: Vec::new(),
            idempotency: None,
            #[cfg(any(feature = "sqlite", feature = "postgres"))]
            entries: std::sync::OnceLock::new(),
            malformed: None,
        };
        changes.actor = changes.json(actor);
        changes
    }

    /// Stores a record that does not exist yet.
    pub fn create<T: Record>(&mut self, record: &T) -> &mut Self {
        let raw = self.raw(record);
        self.create_raw(raw)
    }

    /// Replaces a record that was read at `revision`.
    pub fn update<T: Record>(&mut self, record: &T, revision: Revision) -> &mut Self {
        let raw = self.raw(record);
        self.update_raw(raw, revision)
    }

    /// Deletes a record that was read at `revision`. Its history stays and ends with a tombstone.
    pub fn delete<T: Record>(&mut self, id: T::Id, revision: Revision) -> &mut Self {
        self.delete_raw(record_ref::<T>(id), revision)
    }

    /// Tells what happened to `subject`. Goes into the journal in the order of the calls.
    pub fn event(&mut self, body: impl Into<EventBody>, subject: impl Into<RecordRef>) -> &mut Self {
        let subject = subject.into();
        let body = body.into();
        let json = self.json(&body);
        let name = body.name().to_owned();
        self.event_raw(RawEvent { subject, name, body: RawBody { version: EventBody::VERSION, json } })
    }

    /// Stores a document and returns the name by which it is found again. The same bytes are stored once per programme.
    pub fn document(&mut self, bytes: Vec<u8>) -> ContentHash {
        let hash = content_hash(&bytes);
        self.documents.push((hash, bytes));
        hash
    }

    /// Forgets a document, unless an import that is there afterwards has it for its file.
    pub fn forget_document(&mut self, hash: ContentHash) -> &mut Self {
        self.forgotten.push(hash);
        self
    }

    /// Stores work about the event that was told last: for whoever does that topic, not before `due_at`. Work of that id that is
    /// there already is not stored again.
    pub fn work(&mut self, id: Uuid, topic: &'static str, due_at: DateTime<Utc>) -> &mut Self {
        match self.events.len().checked_sub(1) {
            Some(event) => self.work.push(NewWork { id, topic, due_at: due_at.trunc_subsecs(6), event }),
            None => {
                self.malformed.get_or_insert(Malformed::NoEvent);
            }
        }
        self
    }

    /// Stores the reply to the request with its effect.
    ///
    /// If the key holds a reply to the same request already, nothing is committed and that reply is returned. Keys of
    /// different programmes are different keys; see [`reply_realm`](Self::reply_realm).
    pub fn idempotency(&mut self, record: IdempotencyRecord) -> &mut Self {
        let expires_at = record.expires_at.trunc_subsecs(6);
        self.idempotency = Some(IdempotencyRecord { expires_at, ..record });
        self
    }

    /// Like [`create`](Self::create), for a record in raw form.
    pub fn create_raw(&mut self, record: RawRecord) -> &mut Self {
        self.creates.push(record);
        self
    }

    /// Like [`update`](Self::update), for a record in raw form.
    pub fn update_raw(&mut self, record: RawRecord, revision: Revision) -> &mut Self {
        self.updates.push((record, revision));
        self
    }

    /// Like [`delete`](Self::delete), for any kind.
    pub fn delete_raw(&mut self, record: RecordRef, revision: Revision) -> &mut Self {
        self.deletes.push((record, revision));
        self
    }

    /// Like [`event`](Self::event), for an event in raw form.
    pub fn event_raw(&mut self, event: RawEvent) -> &mut Self {
        self.events.push(event);
        self
    }

    /// Whose records are changed.
    #[must_use]
    pub const fn realm(&self) -> Realm {
        self.realm
    }

    /// When, by the clock of the use case.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// By whom: an actor as JSON.
    #[must_use]
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// The records to delete and the revisions they were read at.
    #[must_use]
    pub fn deletes(&self) -> &[(RecordRef, Revision)] {
        &self.deletes
    }

    /// The records to replace and the revisions they were read at.
    #[must_use]
    pub fn updates(&self) -> &[(RawRecord, Revision)] {
        &self.updates
    }

    /// The records to store anew.
    #[must_use]
    pub fn creates(&self) -> &[RawRecord] {
        &self.creates
    }

    /// What happened.
    #[must_use]
    pub fn events(&self) -> &[RawEvent] {
        &self.events
    }

    /// The documents to forget.
    #[must_use]
    pub fn forgotten_documents(&self) -> &[ContentHash] {
        &self.forgotten
    }

    /// The documents to store.
    #[must_use]
    pub fn documents(&self) -> &[(ContentHash, Vec<u8>)] {
        &self.documents
    }

    /// What is to be done because of the events.
    #[must_use]
    pub fn new_work(&self) -> &[NewWork] {
        &self.work
    }

    /// The realm that the idempotency key belongs to: that of the request, not of its effect. A programme that is only
    /// being created cannot have been asked, so that its creation is repeated under a key of the installation.
    #[must_use]
    pub fn reply_realm(&self) -> Realm {
        let creates_it = self.creates.iter().any(|raw| raw.record.kind == RecordKind::Programme);
        if creates_it { Realm::Installation } else { self.realm }
    }

    /// The reply to store.
    #[must_use]
    pub const fn reply(&self) -> Option<&IdempotencyRecord> {
        self.idempotency.as_ref()
    }

    /// Whether no record is changed and nothing is told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.deletes.is_empty()
            && self.updates.is_empty()
            && self.creates.is_empty()
            && self.events.is_empty()
    }

    /// The records that are stored, updates first.
    pub(crate) fn written(&self) -> impl Iterator<Item = &RawRecord> {
        self.updates.iter().map(|(raw, _)| raw).chain(&self.creates)
    }

    /// The bodies of the records that are stored.
    pub(crate) fn written_bodies(&self) -> impl Iterator<Item = (RecordRef, &str)> {
        self.written().map(|raw| (raw.record, raw.body.json.as_str()))
    }

    /// The ids of the records of a kind that are deleted.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub(crate) fn deleted(&self, kind: RecordKind) -> impl Iterator<Item = Uuid> {
        self.deletes.iter().filter(move |(record, _)| record.kind == kind).map(|(record, _)| record.id)
    }

    /// What search finds the records by that are stored, and nothing for those that are deleted. Made at the first call.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub(crate) fn entries(&self) -> &[crate::search::Entry] {
        self.entries.get_or_init(|| crate::search::entries(self))
    }

    /// Replaces bodies of the records that are stored; those for which there is no other stay.
    pub(crate) fn replace_bodies<E>(
        &mut self,
        mut body: impl FnMut(RecordRef, &str) -> Result<Option<String>, E>,
    ) -> Result<(), E> {
        #[cfg(any(feature = "sqlite", feature = "postgres"))]
        self.entries.take();
        for raw in self.updates.iter_mut().map(|(raw, _)| raw).chain(&mut self.creates) {
            if let Some(json) = body(raw.record, &raw.body.json)? {
                raw.body.json = json;
            }
        }
        Ok(())
    }

    /// Checks what can be checked without the database. Every back end calls it first.
    ///
    /// # Errors
    ///
    /// [`Malformed`], which is a mistake of the program.
    pub fn check(&self) -> Result<(), Malformed> {
        if let Some(malformed) = &self.malformed {
            return Err(malformed.clone());
        }
        let mut seen = HashSet::new();
        let deleted = self.deletes.iter().map(|(record, _)| *record);
        for record in deleted.chain(self.written().map(|raw| raw.record)) {
            if !seen.insert(record) {
                return Err(Malformed::ChangedTwice(record));
            }
        }
        if !seen.is_empty() && self.events.is_empty() {
            return Err(Malformed::NoEvent);
        }
        for (record, json) in self.written_bodies() {
            if let Some(field) = crate::vault::first_plain(record, json) {
                return Err(Malformed::Unsealed { record, field });
            }
        }
        self.written().try_for_each(check_columns)
    }

    fn raw<T: Record>(&mut self, record: &T) -> RawRecord {
        let reference = record_ref::<T>(record.id());
        if record.realm() != self.realm {
            self.malformed.get_or_insert(Malformed::ForeignProgramme(reference));
        }
        let columns = record.columns();
        RawRecord {
            record: reference,
            columns: columns.values,
            sets: columns.sets,
            body: RawBody { version: T::VERSION, json: self.json(record) },
        }
    }

    fn json(&mut self, value: &impl Serialize) -> String {
        serde_json::to_string(value).unwrap_or_else(|error| {
            self.malformed.get_or_insert(Malformed::Body(error.to_string()));
            String::new()
        })
    }
}

fn check_columns(raw: &RawRecord) -> Result<(), Malformed> {
    let description = describe(raw.record.kind);
    let wrong = |column| Malformed::Column { record: raw.record, column };
    if raw.columns.len() != description.columns.len() || raw.sets.len() != description.sets.len() {
        return Err(wrong(description.table));
    }
    for (column, value) in description.columns.iter().zip(&raw.columns) {
        if !value.fits(column) {
            return Err(wrong(column.name));
        }
    }
    for (set, values) in description.sets.iter().zip(&raw.sets) {
        if !values.iter().all(|value| value.fits(&set.value)) {
            return Err(wrong(set.value.name));
        }
    }
    Ok(())
}

/// The records that `raw` refers to, and by which columns.
pub(crate) fn references(raw: &RawRecord) -> impl Iterator<Item = (&'static str, RecordRef)> + '_ {
    let description = describe(raw.record.kind);
    let own = description.columns.iter().zip(&raw.columns);
    let members = description
        .sets
        .iter()
        .zip(&raw.sets)
        .flat_map(|(set, values)| values.iter().map(move |value| (&set.value, value)));
    own.chain(members).filter_map(|(column, value)| match (column.constraint, value) {
        (Constraint::References(kind), Value::Id(id)) => Some((column.name, RecordRef { kind, id: *id })),
        (
            Constraint::References(_)
            | Constraint::Free
            | Constraint::UniqueInProgramme
            | Constraint::UniqueInInstallation,
            _,
        ) => None,
    })
}

/// What became of a change set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is committed and survives a crash.
    Committed(Committed),
    /// Its idempotency key holds a reply to the same request already; nothing was committed.
    Replayed(IdempotencyRecord),
}

/// What a commit stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// The revisions the written records are at now: updates, then creations, each in the order of the change set.
    pub revisions: Vec<(RecordRef, Revision)>,
    /// The place of the first event in the journal; the others follow. None if there was no event.
    pub first_event: Option<Sequence>,
}

impl Committed {
    /// The revision that `record` is at now, if it was written.
    #[must_use]
    pub fn revision(&self, record: RecordRef) -> Option<Revision> {
        self.revisions.iter().find(|(written, _)| *written == record).map(|(_, revision)| *revision)
    }
}

impl Outcome {
    /// The commit, for change sets without idempotency record.
    ///
    /// # Errors
    ///
    /// [`CommitError::KeyReused`] if a stored reply was found instead.
    pub fn committed(self) -> Result<Committed, CommitError> {
        match self {
            Self::Committed(committed) => Ok(committed),
            Self::Replayed(_) => Err(CommitError::KeyReused),
        }
    }
}
