//! The ports to a database: what every back end does, and what callers may rely on. Those that one subsystem alone needs are declared
//! where it is.

use std::fmt::Debug;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use crate::archive::Portable;
use crate::due::DueStore;
use crate::notification::NotificationStore;
use crate::search::SearchIndex;
use crate::vault::KeyStore;
use crate::work::WorkQueue;
use crate::{
    ChangeNumber, ChangeSet, CommitError, Counts, ErasableStore, HistoryPart, JournalStore, Outcome,
    PeerVisible, PeerVisibleQuery, Query, RawPage, RawRevision, ReadFuture, Realm, ReplyStore, StoredRecord,
    Superseded, SupersededQuery,
};

/// A database of programmes.
///
/// Promises of every back end, held by the conformance suite:
///
/// - A change set is committed whole or not at all, together with its events, history, documents and idempotency record.
/// - `Ok` from [`commit`](Self::commit) means that it survives a crash.
/// - A read that begins after a commit was answered sees it.
/// - Whatever is asked for in one realm, nothing of another is found, named or hinted at; but what others make visible to it, by
///   [`visible_to`](RecordStore::visible_to) alone.
/// - A journal is read in the order of commits, without gaps; nothing turns up late before what was read.
/// - A journal is only added to. Its entries are made by [`audit`](crate::audit), and its head moves in the same commit.
/// - Dropping a future does not stop a commit that has begun.
pub trait Store:
    RecordStore + SearchIndex + DueStore + JournalStore + ReplyStore + ErasableStore + KeyStore + Portable + Debug
{
    /// The work of all programmes that it keeps.
    fn work(self: Arc<Self>) -> Arc<dyn WorkQueue>;

    /// Who was told what in the programmes that it keeps, and what waits to be sent.
    fn notifications(self: Arc<Self>) -> Arc<dyn NotificationStore>;

    /// How many connections to a server there are now; none where the records are in a file.
    fn connections(&self) -> Option<Connections>;

    /// Commits a change set.
    ///
    /// # Errors
    ///
    /// [`CommitError`]; nothing of the change set is stored then. Only after
    /// [`Unavailable::Closed`](crate::Unavailable::Closed) and
    /// [`Unavailable::OutcomeUnknown`](crate::Unavailable::OutcomeUnknown) is it unknown whether it was.
    fn commit(&self, changes: ChangeSet) -> BoxFuture<'_, Result<Outcome, CommitError>>;
}

/// The connections to a server of databases, at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "whoever watches a server has to know all")]
pub struct Connections {
    /// How many there may be.
    pub most: usize,
    /// How many there are.
    pub open: usize,
    /// How many of these are in use.
    pub in_use: usize,
    /// How many calls wait for one.
    pub waiting: usize,
}

/// The records of programmes, as they are and as they were.
pub trait RecordStore: Send + Sync {
    /// Reads one record.
    fn get(&self, realm: Realm, record: RecordRef) -> ReadFuture<'_, Option<StoredRecord>>;

    /// Reads several records of one kind at one moment. Those that do not exist are left out; the rest are in the order asked for.
    fn get_many(&self, realm: Realm, kind: RecordKind, ids: Vec<Uuid>) -> ReadFuture<'_, Vec<StoredRecord>>;

    /// Reads part of a list.
    fn query(&self, realm: Realm, query: Query) -> ReadFuture<'_, RawPage>;

    /// Counts what a list holds in all; order, cursor and limit do not matter.
    fn count(&self, realm: Realm, query: Query) -> ReadFuture<'_, u64>;

    /// Reads part of the revisions of a record, the oldest first, the present one included. Empty if it never existed.
    fn history(&self, realm: Realm, record: RecordRef, part: HistoryPart)
    -> ReadFuture<'_, Vec<RawRevision>>;

    /// The number of the last commit that bears a time up to `at`, whatever times those before it bear;
    /// [`ChangeNumber::START`] if there is none.
    fn change_by(&self, realm: Realm, at: DateTime<Utc>) -> ReadFuture<'_, ChangeNumber>;

    /// Reads several records of one kind as that commit left them. Those that did not exist then are left out; the rest are in the
    /// order asked for.
    fn get_many_after(
        &self,
        realm: Realm,
        kind: RecordKind,
        ids: Vec<Uuid>,
        change: ChangeNumber,
    ) -> ReadFuture<'_, Vec<StoredRecord>>;

    /// Reads revisions that stood after a commit and were replaced or deleted by a later one, in the order of the commits that did so,
    /// then of ids.
    fn superseded(&self, realm: Realm, query: SupersededQuery) -> ReadFuture<'_, Vec<Superseded>>;

    /// Reads a document.
    fn document(&self, realm: Realm, hash: ContentHash) -> ReadFuture<'_, Option<Vec<u8>>>;

    /// How many bytes the documents of a realm have.
    fn kept_bytes(&self, realm: Realm) -> ReadFuture<'_, u64>;

    /// Counts the records of each kind. Kinds without records are there with 0.
    fn counts(&self, realm: Realm) -> ReadFuture<'_, Counts>;

    /// Reads the records of other programmes that name this realm as their reader. Beside it, nothing crosses from one programme
    /// to another.
    ///
    /// # Errors
    ///
    /// [`ReadError::Condition`](crate::ReadError::Condition) for a kind without an audience column.
    fn visible_to(&self, reader: Realm, query: PeerVisibleQuery) -> ReadFuture<'_, Vec<PeerVisible>>;

    /// For the installation: the programmes in the order of creation, after the given id.
    fn programmes(&self, after: Option<Uuid>, limit: u32) -> ReadFuture<'_, Vec<StoredRecord>>;

    /// For the installation: finds the access token by the SHA-256 of its text, whichever realm it belongs to.
    fn token_by_hash(&self, hash: [u8; 32]) -> ReadFuture<'_, Option<StoredRecord>>;
}
