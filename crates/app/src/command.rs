//! What all commands share: who may, which revision the change is based on, the event that goes with it, and the commit with the
//! reply to keep.

use std::collections::BTreeSet;

use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::{ProgrammeId, RecordKind, RecordRef};
use sister_cities_domain::programme::Programme;
use sister_cities_storage::{
    ChangeSet, CommitError, Conflict, IdempotencyRecord, Outcome, ProgrammeStore, Realm, Record, Revision,
    Versioned, record_ref,
};

use crate::{App, AppError};

/// How the reply to a command is to be kept with its effect, for requests with an idempotency key.
///
/// The function is given the result that the command is about to commit, and makes the record of the reply. It is called only if the
/// command will be committed: what was refused, or changes nothing, is not kept.
///
/// A change names the revision it is based on, which its own first run has moved on. So look for a kept reply before asking
/// again; the commit looks once more, for requests that run at the same time.
pub struct IdempotentReply<'a, R>(Option<Keeper<'a, R>>);

type Keeper<'a, R> = Box<dyn Fn(&R) -> IdempotencyRecord + Send + Sync + 'a>;

impl<R> IdempotentReply<'_, R> {
    /// The reply is not kept: the request had no key.
    pub const NONE: Self = Self(None);
}

impl<'a, R> IdempotentReply<'a, R> {
    /// The reply is kept as this function puts it.
    pub fn with(keep: impl Fn(&R) -> IdempotencyRecord + Send + Sync + 'a) -> Self {
        Self(Some(Box::new(keep)))
    }

    /// The same for one more try of the command.
    pub(crate) fn for_a_try(&self) -> IdempotentReply<'_, R> {
        IdempotentReply(self.0.as_ref().map(|keep| Box::new(move |result: &R| keep(result)) as Keeper<'_, R>))
    }

    fn record(self, result: &R) -> Option<IdempotencyRecord> {
        self.0.map(|keep| keep(result))
    }
}

impl<R> std::fmt::Debug for IdempotentReply<'_, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "IdempotentReply(…)" } else { "IdempotentReply::NONE" })
    }
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandOutcome<R> {
    /// It was done now.
    Executed(R),
    /// It was done before, under the same idempotency key; this is the reply that was kept.
    Replayed(IdempotencyRecord),
}

impl<R> CommandOutcome<R> {
    /// The result, for commands whose reply is not kept.
    ///
    /// # Errors
    ///
    /// [`AppError::KeyReused`] if a kept reply was found instead.
    pub fn executed(self) -> Result<R, AppError> {
        match self {
            Self::Executed(result) => Ok(result),
            Self::Replayed(_) => Err(AppError::KeyReused),
        }
    }

    /// Does something to the result of a command that was executed now.
    pub fn map<S>(self, with: impl FnOnce(R) -> S) -> CommandOutcome<S> {
        match self {
            Self::Executed(result) => CommandOutcome::Executed(with(result)),
            Self::Replayed(record) => CommandOutcome::Replayed(record),
        }
    }
}

/// A command at work in one realm: what its caller may write to, and what it is going to write there.
///
/// Every use case that changes something reads as the same few lines: begin, load, ask the domain, note the new state with its event,
/// commit. Between them it may wait for whatever it needs to read; nothing is locked meanwhile.
#[derive(Debug)]
pub(crate) struct Command<'a> {
    app: &'a App,
    realm: Realm,
    /// The records of the realm.
    pub(crate) store: ProgrammeStore,
    changes: ChangeSet,
}

impl App {
    /// Begins a command that takes `needed`. The programme is not read: whether it is there shows when the command loads from it or
    /// commits to it.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if the programme is not the caller's; [`AppError::Forbidden`] if it is, but the scope is missing.
    pub(crate) fn command(
        &self,
        caller: &Caller,
        needed: Scope,
        programme: ProgrammeId,
    ) -> Result<Command<'_>, AppError> {
        let asked_for = record_ref::<Programme>(programme);
        may(&caller.grant, needed, Some(programme)).map_err(|denied| AppError::denied(denied, asked_for))?;
        Ok(self.command_of(caller, programme))
    }

    /// Begins a command whose caller was found to be allowed it by another rule.
    pub(crate) fn command_of(&self, caller: &Caller, realm: impl Into<Realm>) -> Command<'_> {
        let realm = realm.into();
        Command {
            app: self,
            realm,
            store: self.database().realm(realm),
            changes: self.changes(realm, caller),
        }
    }

    /// Begins a change set of that realm, by that caller, now.
    pub(crate) fn changes(&self, realm: impl Into<Realm>, caller: &Caller) -> ChangeSet {
        ChangeSet::new(realm, &caller.actor, self.clock().now())
    }

    /// Commits, with the reply if it is to be kept.
    pub(crate) async fn commit<R: Send>(
        &self,
        changes: ChangeSet,
        result: R,
        reply: IdempotentReply<'_, R>,
    ) -> Result<CommandOutcome<R>, AppError> {
        self.may_be_stored(&changes).await?;
        Ok(self.try_commit(changes, result, reply).await?)
    }

    /// Refuses records that are too large, and documents beyond what a programme may keep. What another commit adds at the same moment may bring it
    /// over that once.
    async fn may_be_stored(&self, changes: &ChangeSet) -> Result<(), AppError> {
        each_is_small_enough(changes)?;
        if changes.documents().is_empty() {
            return Ok(());
        }
        let new: usize = changes.documents().iter().map(|(_, bytes)| bytes.len()).sum();
        let kept = self.database().realm(changes.realm()).kept_bytes().await?;
        let most = self.most_kept_bytes();
        if kept.saturating_add(new as u64) > most { Err(AppError::NoRoom { kept, most }) } else { Ok(()) }
    }

    async fn try_commit<R: Send>(
        &self,
        mut changes: ChangeSet,
        result: R,
        reply: IdempotentReply<'_, R>,
    ) -> Result<CommandOutcome<R>, CommitError> {
        if let Some(record) = reply.record(&result) {
            changes.idempotency(record);
        }
        match self.database().commit(changes).await? {
            Outcome::Committed(_) => Ok(CommandOutcome::Executed(result)),
            Outcome::Replayed(record) => Ok(CommandOutcome::Replayed(record)),
        }
    }
}

impl Command<'_> {
    /// Reads a record that must be there.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if it is not.
    pub(crate) async fn load<T: Record>(&self, id: T::Id) -> Result<Versioned<T>, AppError> {
        self.store.get(id).await?.ok_or_else(|| AppError::NotFound(record_ref::<T>(id)))
    }

    /// Reads the record that a change is based on.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if it is not there; [`AppError::Stale`] if it is at another revision than the one that was read.
    pub(crate) async fn load_at<T: Record>(
        &self,
        id: T::Id,
        expected: Revision,
    ) -> Result<Versioned<T>, AppError> {
        let found = self.load::<T>(id).await?;
        based_on(id, &found, expected)?;
        Ok(found)
    }

    /// The refusal of a request that refers at `path` to a record which is not there: of that field, unless the programme itself is
    /// not there.
    pub(crate) async fn missing(&self, path: &str, to: RecordRef) -> AppError {
        match self.realm {
            Realm::Installation => AppError::missing(path, to),
            Realm::Programme(programme) => match self.load::<Programme>(programme).await {
                Ok(_) => AppError::missing(path, to),
                Err(error) => error,
            },
        }
    }

    /// Refuses a request that names records which are not there, by the field that names the first; the links that a record may have
    /// and need not.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] with the pointer of that field; [`AppError::NotFound`] if the programme itself is not there.
    pub(crate) async fn refuse_missing<T: Record>(&self, named: Vec<(String, T::Id)>) -> Result<(), AppError>
    where
        T::Id: Ord,
    {
        let ids: Vec<T::Id> = named.iter().map(|(_, id)| *id).collect::<BTreeSet<_>>().into_iter().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let found: BTreeSet<T::Id> =
            self.store.get_many::<T>(&ids).await?.iter().map(|found| found.value.id()).collect();
        match named.iter().find(|(_, id)| !found.contains(id)) {
            Some((path, id)) => Err(self.missing(path, record_ref::<T>(*id)).await),
            None => Ok(()),
        }
    }

    /// Creates a record, and says by which event. Answers how it will stand.
    pub(crate) fn create<T: Record>(&mut self, record: T, event: impl Into<EventBody>) -> Versioned<T> {
        self.create_by(record, [event])
    }

    /// Creates a record whose story has several events already.
    pub(crate) fn create_by<T: Record, E: Into<EventBody>>(
        &mut self,
        record: T,
        events: impl IntoIterator<Item = E>,
    ) -> Versioned<T> {
        self.changes.create(&record);
        events.into_iter().for_each(|event| self.record_event(record_ref::<T>(record.id()), event));
        created(record)
    }

    /// Puts a record that was at `revision` into another state, and says by which event. Answers how it will stand.
    pub(crate) fn update<T: Record>(
        &mut self,
        after: T,
        revision: Revision,
        event: impl Into<EventBody>,
    ) -> Versioned<T> {
        self.update_by(after, revision, [event])
    }

    /// Puts a record that was at `revision` into another state, by several events.
    pub(crate) fn update_by<T: Record, E: Into<EventBody>>(
        &mut self,
        after: T,
        revision: Revision,
        events: impl IntoIterator<Item = E>,
    ) -> Versioned<T> {
        self.changes.update(&after, revision);
        events.into_iter().for_each(|event| self.record_event(record_ref::<T>(after.id()), event));
        changed(after, revision)
    }

    /// Deletes a record that was at `revision`, and says by which event.
    pub(crate) fn delete<T: Record>(&mut self, id: T::Id, revision: Revision, event: impl Into<EventBody>) {
        self.changes.delete::<T>(id, revision);
        self.record_event(record_ref::<T>(id), event);
    }

    /// Adds an event about a record.
    pub(crate) fn record_event(&mut self, subject: impl Into<RecordRef>, event: impl Into<EventBody>) {
        record_event(&mut self.changes, subject, event);
    }

    /// What is going to be written, for documents.
    pub(crate) const fn changes(&mut self) -> &mut ChangeSet {
        &mut self.changes
    }

    /// Commits, with the reply if it is to be kept.
    ///
    /// # Errors
    ///
    /// [`AppError::Stale`] or [`AppError::Conflict`] if somebody was faster; [`AppError::Invalid`] if a field of a record refers to
    /// nothing in the programme; [`AppError::NotFound`] if there is no such programme.
    pub(crate) async fn commit<R: Send>(
        self,
        result: R,
        reply: IdempotentReply<'_, R>,
    ) -> Result<CommandOutcome<R>, AppError> {
        let Self { app, realm, store, changes } = self;
        app.may_be_stored(&changes).await?;
        let outcome = app.try_commit(changes, result, reply).await;
        if let (Realm::Programme(programme), Err(CommitError::Conflict(conflict))) = (realm, &outcome) {
            // In a programme that is not there nothing can be referred to either.
            let doubtful = matches!(conflict, Conflict::NoProgramme(_) | Conflict::MissingReference { .. });
            if doubtful && store.get::<Programme>(programme).await?.is_none() {
                return Err(AppError::NotFound(record_ref::<Programme>(programme)));
            }
        }
        Ok(outcome?)
    }

    /// Commits a change whose reply is not kept, as it names the revision it is based on and cannot be done twice.
    ///
    /// # Errors
    ///
    /// As [`Command::commit`].
    pub(crate) async fn commit_once<R: Send>(self, result: R) -> Result<R, AppError> {
        self.commit(result, IdempotentReply::NONE).await?.executed()
    }
}

/// The most bytes of a record: what an office knows of something has a tenth of that, and a page of a list holds a hundred records.
const MOST_RECORD_BYTES: usize = 128 << 10;

/// Refuses records that make each list in which they stand slow. A run of an import lists what its file touched and may be as long as that.
fn each_is_small_enough(changes: &ChangeSet) -> Result<(), AppError> {
    let written = changes.creates().iter().chain(changes.updates().iter().map(|(record, _)| record));
    let mut written = written.filter(|raw| raw.record.kind != RecordKind::Import);
    match written.find(|raw| raw.body.json.len() > MOST_RECORD_BYTES) {
        None => Ok(()),
        Some(raw) => Err(AppError::invalid(
            "",
            format!("makes a record of {} bytes", raw.body.json.len()),
            format!("at most {MOST_RECORD_BYTES} bytes in all its fields: long texts belong into documents"),
        )),
    }
}

/// A record as it will stand once it is created.
pub(crate) const fn created<T>(value: T) -> Versioned<T> {
    Versioned { value, revision: Revision::FIRST }
}

/// A record as it will stand once the change of `revision` is committed.
pub(crate) const fn changed<T>(value: T, revision: Revision) -> Versioned<T> {
    Versioned { value, revision: revision.next() }
}

/// Adds an event about a record.
pub(crate) fn record_event(
    changes: &mut ChangeSet,
    subject: impl Into<RecordRef>,
    event: impl Into<EventBody>,
) {
    changes.event(event, subject.into());
}

/// Refuses a change that is based on another revision than the present one.
fn based_on<T: Record>(id: T::Id, found: &Versioned<T>, expected: Revision) -> Result<(), AppError> {
    if found.revision == expected {
        Ok(())
    } else {
        Err(AppError::Stale { record: record_ref::<T>(id), expected, found: Some(found.revision) })
    }
}
