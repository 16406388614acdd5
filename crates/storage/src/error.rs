//! How a call to the store can fail.

use futures_util::future::BoxFuture;
use sister_cities_domain::id::{RecordKind, RecordRef};

use crate::Revision;

/// Why a change set was not committed. Nothing of it is stored then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommitError {
    /// Someone else changed the record since it was read: read again, decide again.
    #[error("{record} was read at revision {expected} and is now {}", found_text(.found.as_ref()))]
    Stale {
        /// The record.
        record: RecordRef,
        /// The revision it was read at.
        expected: Revision,
        /// The revision it is at; none if it is gone.
        found: Option<Revision>,
    },
    /// The change contradicts what is stored.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// The idempotency key was used before for another request.
    #[error("the idempotency key was used before with another request")]
    KeyReused,
    /// What was to be rewritten holds something else by now: read again.
    #[error("what was to be rewritten has changed meanwhile")]
    Overtaken,
    /// The change set itself makes no sense: a mistake of the program, not of its user.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The store cannot write now.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// How a change contradicts what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Conflict {
    /// There is a record of that id already.
    #[error("{0} exists already")]
    Exists(RecordRef),
    /// Another record holds the value that only one may hold.
    #[error("{record} has the same {column} as {holder}")]
    Unique {
        /// The record that was to be stored.
        record: RecordRef,
        /// The column.
        column: &'static str,
        /// The record that holds the value.
        holder: RecordRef,
    },
    /// The value that only one record of the installation may hold is taken in another programme; it is not said which.
    #[error("the {column} of {record} is taken")]
    Taken {
        /// The record that was to be stored.
        record: RecordRef,
        /// The column.
        column: &'static str,
    },
    /// The record refers to one that does not exist in its programme.
    #[error("{from} refers by {column} to {to}, which does not exist")]
    MissingReference {
        /// The record that refers.
        from: RecordRef,
        /// The column by which it does.
        column: &'static str,
        /// The record that is missing.
        to: RecordRef,
    },
    /// The record cannot be deleted as another still refers to it.
    #[error("{record} is still referred to by {by} ({column})")]
    StillReferenced {
        /// The record that was to be deleted.
        record: RecordRef,
        /// One that refers to it.
        by: RecordRef,
        /// The column by which it does.
        column: &'static str,
    },
    /// The programme of the change set does not exist, or is to be deleted while it still has records.
    #[error("there are records of kind {0} in a programme that does not exist")]
    NoProgramme(RecordKind),
}

/// What is wrong with a change set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Malformed {
    /// The same record is changed twice.
    #[error("{0} is changed twice in one change set")]
    ChangedTwice(RecordRef),
    /// Records are changed, or work is to be done, but no event says why.
    #[error("a change of records, or work, needs an event that tells of it")]
    NoEvent,
    /// The record is of another programme than the change set.
    #[error("{0} is of another programme than the change set")]
    ForeignProgramme(RecordRef),
    /// A column does not hold what the catalogue says.
    #[error("{column} of {record} does not hold what the catalogue says")]
    Column {
        /// The record.
        record: RecordRef,
        /// The column.
        column: &'static str,
    },
    /// A sensitive value would be stored as it is; without a master key there is no vault to encrypt it.
    #[error(
        "{field} of {record} is sensitive and is stored encrypted only, for which there is no master key"
    )]
    Unsealed {
        /// The record.
        record: RecordRef,
        /// Where in it.
        field: String,
    },
    /// A body or an actor could not be written as JSON.
    #[error("could not be written as JSON: {0}")]
    Body(String),
}

/// Why the store cannot answer now. Reads may go on where writes do not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unavailable {
    /// Another holds a lock, or all connections are in use, for longer than is waited for.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The file of the database may be read and not written.
    #[error("the database file is read-only")]
    ReadOnly,
    /// No space is left.
    #[error("the disk of the database is full")]
    DiskFull,
    /// The server of the database does not answer.
    #[error("the server of the database does not answer: {0}")]
    Unreachable(String),
    /// The connection was lost in the moment of the commit: whether the change is stored is unknown until the server is back.
    #[error("the connection to the database was lost during the commit")]
    OutcomeUnknown,
    /// The store is closed or its thread has ended.
    #[error("the store is closed")]
    Closed,
    /// There is no master key, without which nothing sensitive is stored or read.
    #[error("there is no master key, without which nothing sensitive is stored or read")]
    NoMasterKey,
    /// A data key opens with none of the master keys given.
    #[error(
        "data key {number} of {whose} was not wrapped by the master key given, nor by an earlier one given with it"
    )]
    OtherMasterKey {
        /// The number of the data key.
        number: u32,
        /// Whose it is: the id of a programme, or `the installation`.
        whose: String,
    },
    /// The database answered with an error that is not the caller's doing.
    #[error("the database failed: {0}")]
    Failed(String),
}

impl Unavailable {
    /// What it is called where such failures are counted.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Busy(_) => "busy",
            Self::ReadOnly => "read-only",
            Self::DiskFull => "disk-full",
            Self::Unreachable(_) => "unreachable",
            Self::OutcomeUnknown => "outcome-unknown",
            Self::Closed => "closed",
            Self::NoMasterKey => "no-master-key",
            Self::OtherMasterKey { .. } => "other-master-key",
            Self::Failed(_) => "failed",
        }
    }
}

/// Why a read failed. That there is no such record is not an error but `None`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The cursor is not one of this list.
    #[error("the cursor belongs to another list")]
    Cursor,
    /// A condition names a column that the kind does not have, or a value that the column cannot hold.
    #[error("{0} cannot be asked for like this")]
    Condition(&'static str),
    /// What is stored cannot be understood.
    #[error("{record} cannot be read: {detail}")]
    Corrupt {
        /// The record.
        record: RecordRef,
        /// What was wrong.
        detail: String,
    },
    /// The store cannot read now.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

fn found_text(found: Option<&Revision>) -> String {
    found.map_or_else(|| "gone".to_owned(), |revision| format!("at revision {revision}"))
}

/// The answer of a read, when it comes.
pub type ReadFuture<'a, T> = BoxFuture<'a, Result<T, ReadError>>;

/// The whole chain, as `Display` says its own layer only.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| text + ": " + &cause.to_string())
}
