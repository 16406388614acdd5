//! The port to a database: what every back end does, and what callers may rely on.

use std::fmt::Debug;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use crate::archive::Portable;
use crate::audit::Head;
use crate::search::{RawHits, RawSearch};
use crate::vault::WrappedKey;
use crate::work::WorkQueue;
use crate::{
    Cell, CellKey, ChangeNumber, ChangeSet, CommitError, Counts, HistoryPart, IdempotencyKey,
    IdempotencyRecord, JournalEntry, JournalQuery, Outcome, PeerVisible, PeerVisibleQuery, Query, RawPage,
    RawRevision, ReadError, Realm, Rewrite, Shelf, StoredRecord, Superseded, SupersededQuery,
};

/// The answer of a read, when it comes.
pub type Reading<'a, T> = BoxFuture<'a, Result<T, ReadError>>;

/// What is left of values that were replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is something left or there is not")]
pub enum Traces {
    /// Nothing that the back end can reach.
    Gone,
    /// Old versions of rows, until whoever may clears them away.
    Left {
        /// What is to be done, and why it was not.
        reason: String,
    },
}

/// A database of programmes.
///
/// Promises of every back end, held by the conformance suite:
///
/// - A change set is committed whole or not at all, together with its events, history, documents and idempotency record.
/// - `Ok` from [`commit`](Self::commit) means that it survives a crash (the `memory` back end apart, which is for tests).
/// - A read that begins after a commit was answered sees it.
/// - Whatever is asked for in one realm, nothing of another is found, named or hinted at; but what others make visible to it, by
///   [`visible_to`](Self::visible_to) alone.
/// - A journal is read in the order of commits, without gaps; nothing turns up late before what was read.
/// - A journal is only added to. Its entries are made by [`audit`](crate::audit), and its head moves in the same commit.
/// - Dropping a future does not stop a commit that has begun.
pub trait Store: Debug + Send + Sync {
    /// The work of all programmes that it keeps.
    fn work(self: Arc<Self>) -> Arc<dyn WorkQueue>;

    /// Commits a change set.
    ///
    /// # Errors
    ///
    /// [`CommitError`]; nothing of the change set is stored then. Only after
    /// [`Unavailable::Closed`](crate::Unavailable::Closed) and
    /// [`Unavailable::OutcomeUnknown`](crate::Unavailable::OutcomeUnknown) is it unknown whether it was.
    fn commit(&self, changes: ChangeSet) -> BoxFuture<'_, Result<Outcome, CommitError>>;

    /// Reads one record.
    fn get(&self, realm: Realm, record: RecordRef) -> Reading<'_, Option<StoredRecord>>;

    /// Reads several records of one kind at one moment. Those that do not exist are left out; the rest are in the order asked for.
    fn get_many(&self, realm: Realm, kind: RecordKind, ids: Vec<Uuid>) -> Reading<'_, Vec<StoredRecord>>;

    /// Reads part of a list.
    fn query(&self, realm: Realm, query: Query) -> Reading<'_, RawPage>;

    /// Counts what a list holds in all; order, cursor and limit do not matter.
    fn count(&self, realm: Realm, query: Query) -> Reading<'_, u64>;

    /// Searches the records of one kind for words, in what was committed.
    fn search(&self, realm: Realm, search: RawSearch) -> Reading<'_, RawHits>;

    /// Reads part of the revisions of a record, the oldest first, the present one included. Empty if it never existed.
    fn history(&self, realm: Realm, record: RecordRef, part: HistoryPart) -> Reading<'_, Vec<RawRevision>>;

    /// The number of the last commit that bears a time up to `at`, whatever times those before it bear;
    /// [`ChangeNumber::START`] if there is none.
    fn change_by(&self, realm: Realm, at: DateTime<Utc>) -> Reading<'_, ChangeNumber>;

    /// Reads several records of one kind as that commit left them. Those that did not exist then are left out; the rest are in the
    /// order asked for.
    fn get_many_after(
        &self,
        realm: Realm,
        kind: RecordKind,
        ids: Vec<Uuid>,
        change: ChangeNumber,
    ) -> Reading<'_, Vec<StoredRecord>>;

    /// Reads revisions that stood after a commit and were replaced or deleted by a later one, in the order of the commits that did so,
    /// then of ids.
    fn superseded(&self, realm: Realm, query: SupersededQuery) -> Reading<'_, Vec<Superseded>>;

    /// Reads part of the journal.
    fn journal(&self, realm: Realm, query: JournalQuery) -> Reading<'_, Vec<JournalEntry>>;

    /// The end of the journal as it is kept beside it; [`Head::START`] if there is no entry.
    fn journal_head(&self, realm: Realm) -> Reading<'_, Head>;

    /// Reads a document.
    fn document(&self, realm: Realm, hash: ContentHash) -> Reading<'_, Option<Vec<u8>>>;

    /// Reads the stored reply of an idempotency key, if it has not expired at `now`.
    fn idempotency(
        &self,
        realm: Realm,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> Reading<'_, Option<IdempotencyRecord>>;

    /// Counts the records of each kind. Kinds without records are there with 0.
    fn counts(&self, realm: Realm) -> Reading<'_, Counts>;

    /// Reads part of a shelf in the order of its keys, after the one given; of another shelf, it counts for the beginning.
    fn cells(&self, realm: Realm, part: Shelf, after: Option<CellKey>, limit: u32) -> Reading<'_, Vec<Cell>>;

    /// Replaces what cells hold, in place, and commits a change set; both or nothing. This is the one way in which what was
    /// recorded is ever changed, and is there for erasing what is personal. A [`CellKey::Record`] keeps its revision, so the
    /// change set updates each such record too, that those who read it before cannot put back what was erased.
    ///
    /// When it is answered, nothing of what was replaced is left in the files of the database, as far as the back end can see to it.
    ///
    /// # Errors
    ///
    /// [`CommitError::Overtaken`] if a cell holds something else by now; else as [`commit`](Self::commit).
    fn rewrite(
        &self,
        rewrites: Vec<Rewrite>,
        changes: ChangeSet,
    ) -> BoxFuture<'_, Result<Outcome, CommitError>>;

    /// Reads the data keys of a realm, wrapped, in the order of their numbers.
    fn data_keys(&self, realm: Realm) -> Reading<'_, Vec<WrappedKey>>;

    /// Stores a data key.
    ///
    /// # Errors
    ///
    /// [`CommitError::Overtaken`] if there is one of that number already; [`CommitError::Unavailable`].
    fn add_data_key(&self, realm: Realm, key: WrappedKey) -> BoxFuture<'_, Result<(), CommitError>>;

    /// Drops a data key, if it is there. What was encrypted with it can never be read again.
    ///
    /// # Errors
    ///
    /// [`CommitError::Unavailable`].
    fn drop_data_key(&self, realm: Realm, number: u32) -> BoxFuture<'_, Result<(), CommitError>>;

    /// Reads the records of other programmes that name this realm as their reader. Beside it, nothing crosses from one programme
    /// to another.
    ///
    /// # Errors
    ///
    /// [`ReadError::Condition`] for a kind without an audience column.
    fn visible_to(&self, reader: Realm, query: PeerVisibleQuery) -> Reading<'_, Vec<PeerVisible>>;

    /// For the installation: the programmes in the order of creation, after the given id.
    fn programmes(&self, after: Option<Uuid>, limit: u32) -> Reading<'_, Vec<StoredRecord>>;

    /// For the installation: finds the access token by the SHA-256 of its text, whichever realm it belongs to.
    fn token_by_hash(&self, hash: [u8; 32]) -> Reading<'_, Option<StoredRecord>>;

    /// For the installation: drops the idempotency records that have expired at `now`, `limit` at most; says how many.
    ///
    /// # Errors
    ///
    /// [`CommitError::Unavailable`].
    fn forget_replies(&self, now: DateTime<Utc>, limit: u32) -> BoxFuture<'_, Result<u64, CommitError>>;

    /// Clears away what [`rewrite`](Self::rewrite) has replaced and the back end still keeps, and says whether that was possible.
    fn clear_replaced(&self) -> BoxFuture<'_, Traces> {
        ready(Traces::Gone).boxed()
    }

    /// What [archives](crate::archive) are made of; none if there is nothing to keep, as in memory.
    fn portable(&self) -> Option<&dyn Portable> {
        None
    }
}
