//! What all commands share: keeping the reply, and committing.

use sister_cities_domain::access::Caller;
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::RecordRef;
use sister_cities_storage::{
    ChangeSet, Committed, IdempotencyRecord, Outcome, Realm, Record, Revision, Versioned, record_ref,
};

use crate::{App, AppError};

/// How the reply to a command is to be kept with its effect, for requests with an idempotency key.
///
/// The function is given the result that the command is about to commit, and makes the record of the reply. It is called at
/// most once, and only if the command will be committed: what was refused, or changes nothing, is not kept.
///
/// A change names the revision it is based on, which its own first run has moved on. So look for a kept reply before asking
/// again; the commit looks once more, for requests that run at the same time.
pub struct IdempotentReply<'a, R>(Option<Keeper<'a, R>>);

type Keeper<'a, R> = Box<dyn FnOnce(&R) -> IdempotencyRecord + Send + 'a>;

impl<R> IdempotentReply<'_, R> {
    /// The reply is not kept: the request had no key.
    pub const NONE: Self = Self(None);
}

impl<'a, R> IdempotentReply<'a, R> {
    /// The reply is kept as this function puts it.
    pub fn with(keep: impl FnOnce(&R) -> IdempotencyRecord + Send + 'a) -> Self {
        Self(Some(Box::new(keep)))
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

impl App {
    /// Begins a change set of that realm, by that caller, now.
    pub(crate) fn changes(&self, realm: impl Into<Realm>, caller: &Caller) -> ChangeSet {
        ChangeSet::new(realm, &caller.actor, self.clock().now())
    }

    /// Commits, with the reply if it is to be kept.
    pub(crate) async fn commit<R: Send>(
        &self,
        mut changes: ChangeSet,
        result: R,
        reply: IdempotentReply<'_, R>,
    ) -> Result<CommandOutcome<R>, AppError> {
        if let Some(record) = reply.record(&result) {
            changes.idempotency(record);
        }
        match self.database().commit(changes).await? {
            Outcome::Committed(Committed { .. }) => Ok(CommandOutcome::Executed(result)),
            Outcome::Replayed(record) => Ok(CommandOutcome::Replayed(record)),
        }
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
pub(crate) fn based_on<T: Record>(
    id: T::Id,
    found: &Versioned<T>,
    expected: Revision,
) -> Result<(), AppError> {
    if found.revision == expected {
        Ok(())
    } else {
        Err(AppError::Stale { record: record_ref::<T>(id), expected, found: Some(found.revision) })
    }
}
