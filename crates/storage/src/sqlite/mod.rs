//! The embedded back end: one SQLite file, one thread that writes, a few that read.
//!
//! The writer takes what waits in its queue, up to 256 change sets, applies them one after the other inside one
//! `BEGIN IMMEDIATE` transaction and commits them together, so that many writers share one fsync; one that is refused has written
//! nothing. Every caller is answered after that commit. Readers are connections of their own; in WAL mode they neither wait for the writer nor hold it up. Short reads are
//! done where they are asked for, long ones by a few threads.
//!
//! WAL, `synchronous=FULL`, foreign keys and `secure_delete` are set and read back at start; a setting that did not take
//! is a reason not to start. Several processes may use one file: what they write is serialised by SQLite's lock.

mod archive;
#[cfg(test)]
mod audit_tests;
mod commit;
#[cfg(any(test, feature = "conformance"))]
mod disk_quota;
mod due;
mod error;
#[cfg(test)]
mod grown_tests;
#[cfg(test)]
mod history_tests;
mod indexing;
mod journal_tail_cache;
mod keys;
mod notification;
mod notification_statements;
mod notification_write;
#[cfg(test)]
mod order_tests;
mod read;
mod readers;
#[cfg(all(test, unix))]
mod rights_tests;
mod search;
#[cfg(test)]
mod search_tests;
pub(crate) mod settings;
mod statements;
mod stored_values;
#[cfg(test)]
mod tests;
mod threads;
mod value;
mod work;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rusqlite::Connection;
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use tempfile::TempDir;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

#[cfg(any(test, feature = "conformance"))]
pub use disk_quota::DiskQuota;
pub use error::OpenError;
pub(crate) use settings::faults;

use crate::audit::{Head, Prepared};
use crate::notification::NotificationStore;
use crate::search::{RawHits, RawSearch, SearchIndex};
use crate::vault::{KeyStore, WrappedKey};
use crate::work::{Notifier, Signal, WorkQueue};
use crate::{
    ChangeNumber, ChangeSet, CommitError, Connections, Counts, ErasableStore, HistoryPart, IdempotencyKey,
    IdempotencyRecord, InPlaceUpdate, JournalEntry, JournalQuery, JournalStore, Outcome, Partition,
    PeerVisible, PeerVisibleQuery, Query, RawPage, RawRevision, ReadError, ReadFuture, Realm, RecordStore,
    ReplyStore, Risk, Store, StoredRecord, StoredValue, StoredValueKey, Superseded, SupersededQuery,
    Unavailable,
};
use readers::Readers;
use settings::Synchronous;
use threads::{finish, spawn};
use writer::{Job, WriterTask};

/// How many writes may wait before those who ask for more wait themselves.
const WRITE_QUEUE: usize = 1_024;
/// A page of more records than this is not a short read.
const SHORT_PAGE: u32 = 200;

/// A database in one SQLite file. Dropping it finishes what waits and closes the file.
#[derive(Debug)]
pub struct SqliteStore {
    // Options, so that `drop` can end them one after the other.
    writes: Option<mpsc::Sender<Job>>,
    writer: Option<JoinHandle<()>>,
    readers: Option<Readers>,
    notifier: Notifier,
    path: PathBuf,
    /// Removed once the connections are closed.
    _folder: Option<TempDir>,
}

impl SqliteStore {
    /// Opens the database at `path`, creates it if there is none, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: unsafe settings, another program's file, a failed migration, or a file that cannot be opened.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Self::open_accepting(path, &[])
    }

    /// The same in spite of these risks; [`Risk::LateCommits`] is the only one that a file knows.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open`].
    pub fn open_accepting(path: &Path, accepted: &[Risk]) -> Result<Self, OpenError> {
        if !accepted.contains(&Risk::LateCommits) {
            return Self::open_with(path, Synchronous::Full, None);
        }
        let opened = Self::open_with(path, Synchronous::Normal, None)?;
        tracing::warn!(
            "commits are acknowledged before they are durable (no fsync of the WAL): a power cut loses the latest"
        );
        Ok(opened)
    }

    /// A new database in a folder of its own, which is removed with it. Nothing waits for the disk: for tests and trials.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open`].
    pub fn temporary() -> Result<Self, OpenError> {
        let folder = tempfile::Builder::new().prefix("sister-cities-").tempdir();
        let folder = folder.map_err(|error| OpenError::Database(error.to_string()))?;
        let path = folder.path().join("temporary.db");
        Self::open_with(&path, Synchronous::Off, Some(folder))
    }

    fn open_with(path: &Path, synchronous: Synchronous, folder: Option<TempDir>) -> Result<Self, OpenError> {
        let connection = settings::open_writer_with(path, synchronous)?;
        let readers = Readers::open(path)?;
        let (writes, mut to_write) = mpsc::channel(WRITE_QUEUE);
        let thread = spawn("sqlite-writer", move || writer::run(&connection, &mut to_write))?;
        Ok(Self {
            writes: Some(writes),
            writer: Some(thread),
            readers: Some(readers),
            notifier: Notifier::default(),
            path: path.to_owned(),
            _folder: folder,
        })
    }

    /// Reads what is short, as a rule, on the spot.
    fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    ) -> ReadFuture<'_, T> {
        async move {
            let readers = self.readers.as_ref().ok_or(Unavailable::Closed)?;
            // Who reads much without ever having to wait lets others have a turn now and then.
            tokio::task::coop::consume_budget().await;
            let result = match readers.run_inline(&work) {
                Some(result) => result,
                None => readers.in_a_thread(work).await?,
            };
            result.map_err(|error| ReadError::Unavailable(error::unavailable(&error)))
        }
        .boxed()
    }

    /// Reads what may be long.
    fn read_long<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    ) -> ReadFuture<'_, T> {
        async move {
            let readers = self.readers.as_ref().ok_or(Unavailable::Closed)?;
            let result = readers.in_a_thread(work).await?;
            result.map_err(|error| ReadError::Unavailable(error::unavailable(&error)))
        }
        .boxed()
    }

    /// Has the writer do something else than committing a change set.
    async fn run<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let (answer, answered) = oneshot::channel();
        let writes = self.writes.as_ref().ok_or(Unavailable::Closed)?;
        let task = Job::Task(WriterTask::new(work, answer));
        writes.send(task).await.map_err(|_| Unavailable::Closed)?;
        answered.await.map_err(|_| Unavailable::Closed)?
    }

    async fn write<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<T, CommitError>>) -> Job + Send,
    ) -> Result<T, CommitError> {
        let (answer, answered) = oneshot::channel();
        let writes = self.writes.as_ref().ok_or(Unavailable::Closed)?;
        writes.send(job(answer)).await.map_err(|_| Unavailable::Closed)?;
        answered.await.map_err(|_| Unavailable::Closed)?
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        // The writer's connection closes last and alone: two that close at once can each leave the write-ahead log to the
        // other, and the file would not hold everything by itself.
        self.readers = None;
        self.writes = None;
        self.writer.take().into_iter().for_each(finish);
    }
}

impl Store for SqliteStore {
    fn work(self: Arc<Self>) -> Arc<dyn WorkQueue> {
        self
    }

    fn notifications(self: Arc<Self>) -> Arc<dyn NotificationStore> {
        self
    }

    fn connections(&self) -> Option<Connections> {
        None
    }

    fn commit(&self, changes: ChangeSet) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        async move {
            let realm = changes.realm();
            let prepared = Box::new(Prepared::new(changes)?);
            let outcome = self.write(|answer| Job::Commit(prepared, answer)).await?;
            if let Outcome::Committed(_) = outcome {
                self.notifier.notify(Signal::In(realm));
            }
            Ok(outcome)
        }
        .boxed()
    }
}

impl RecordStore for SqliteStore {
    fn get(&self, realm: Realm, record: RecordRef) -> ReadFuture<'_, Option<StoredRecord>> {
        self.read(move |connection| read::get(connection, realm.uuid(), record))
    }

    fn get_many(&self, realm: Realm, kind: RecordKind, ids: Vec<Uuid>) -> ReadFuture<'_, Vec<StoredRecord>> {
        self.read(move |connection| read::get_many(connection, realm, kind, &ids))
    }

    fn query(&self, realm: Realm, query: Query) -> ReadFuture<'_, RawPage> {
        async move {
            query.check()?;
            let is_short = query.limit <= SHORT_PAGE && query.untouched_since.is_none();
            let read = move |connection: &Connection| read::query(connection, realm, &query);
            if is_short { self.read(read).await } else { self.read_long(read).await }
        }
        .boxed()
    }

    fn count(&self, realm: Realm, query: Query) -> ReadFuture<'_, u64> {
        async move {
            query.check()?;
            self.read_long(move |connection| read::count(connection, realm, &query)).await
        }
        .boxed()
    }

    fn history(
        &self,
        realm: Realm,
        record: RecordRef,
        part: HistoryPart,
    ) -> ReadFuture<'_, Vec<RawRevision>> {
        self.read(move |connection| read::history(connection, realm, record, part))
    }

    fn change_by(&self, realm: Realm, at: DateTime<Utc>) -> ReadFuture<'_, ChangeNumber> {
        self.read_long(move |connection| read::change_by(connection, realm, at))
    }

    fn get_many_after(
        &self,
        realm: Realm,
        kind: RecordKind,
        ids: Vec<Uuid>,
        change: ChangeNumber,
    ) -> ReadFuture<'_, Vec<StoredRecord>> {
        self.read(move |connection| read::get_many_after(connection, realm, kind, &ids, change))
    }

    fn superseded(&self, realm: Realm, query: SupersededQuery) -> ReadFuture<'_, Vec<Superseded>> {
        self.read_long(move |connection| read::superseded(connection, realm, query))
    }

    fn document(&self, realm: Realm, hash: ContentHash) -> ReadFuture<'_, Option<Vec<u8>>> {
        self.read_long(move |connection| read::document(connection, realm, hash))
    }

    fn kept_bytes(&self, realm: Realm) -> ReadFuture<'_, u64> {
        self.read_long(move |connection| read::kept_bytes(connection, realm))
    }

    fn counts(&self, realm: Realm) -> ReadFuture<'_, Counts> {
        self.read_long(move |connection| read::counts(connection, realm))
    }

    fn visible_to(&self, reader: Realm, query: PeerVisibleQuery) -> ReadFuture<'_, Vec<PeerVisible>> {
        async move {
            query.check()?;
            self.read(move |connection| read::visible_to(connection, reader, query)).await
        }
        .boxed()
    }

    fn programmes(&self, after: Option<Uuid>, limit: u32) -> ReadFuture<'_, Vec<StoredRecord>> {
        self.read(move |connection| read::programmes(connection, after, limit))
    }

    fn token_by_hash(&self, hash: [u8; 32]) -> ReadFuture<'_, Option<StoredRecord>> {
        self.read(move |connection| read::token_by_hash(connection, hash))
    }
}

impl SearchIndex for SqliteStore {
    fn search(&self, realm: Realm, search: RawSearch) -> ReadFuture<'_, RawHits> {
        async move {
            let place = search::place(&search)?;
            self.read(move |connection| search::search(connection, realm, &search, place)).await
        }
        .boxed()
    }
}

impl JournalStore for SqliteStore {
    fn journal(&self, realm: Realm, query: JournalQuery) -> ReadFuture<'_, Vec<JournalEntry>> {
        self.read(move |connection| read::journal(connection, realm, query))
    }

    fn journal_head(&self, realm: Realm) -> ReadFuture<'_, Head> {
        self.read(move |connection| read::journal_head(connection, realm))
    }
}

impl ReplyStore for SqliteStore {
    fn idempotency(
        &self,
        realm: Realm,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> ReadFuture<'_, Option<IdempotencyRecord>> {
        self.read(move |connection| read::live_reply(connection, realm, &key, now))
    }

    fn forget_replies(&self, now: DateTime<Utc>, limit: u32) -> BoxFuture<'_, Result<u64, CommitError>> {
        self.write(move |answer| Job::Forget { now, limit, answer }).boxed()
    }
}

impl ErasableStore for SqliteStore {
    fn stored_values(
        &self,
        realm: Realm,
        part: Partition,
        after: Option<StoredValueKey>,
        limit: u32,
    ) -> ReadFuture<'_, Vec<StoredValue>> {
        self.read_long(move |connection| stored_values::read(connection, realm, part, after.as_ref(), limit))
    }

    fn update_in_place(
        &self,
        updates: Vec<InPlaceUpdate>,
        changes: ChangeSet,
    ) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        async move {
            let prepared = Box::new(Prepared::new(changes)?);
            self.write(|answer| Job::UpdateInPlace(updates, prepared, answer)).await
        }
        .boxed()
    }
}

impl KeyStore for SqliteStore {
    fn data_keys(&self, realm: Realm) -> ReadFuture<'_, Vec<WrappedKey>> {
        self.read(move |connection| keys::all(connection, realm))
    }

    fn add_data_key(&self, realm: Realm, key: WrappedKey) -> BoxFuture<'_, Result<(), CommitError>> {
        async move {
            let added = self.run(move |connection| keys::add(connection, realm, &key)).await?;
            if added { Ok(()) } else { Err(CommitError::Overtaken) }
        }
        .boxed()
    }

    fn drop_data_key(&self, realm: Realm, number: u32) -> BoxFuture<'_, Result<(), CommitError>> {
        async move { Ok(self.run(move |connection| keys::remove(connection, realm, number)).await?) }.boxed()
    }

    fn cursor_key(&self) -> ReadFuture<'_, Option<Vec<u8>>> {
        self.read(keys::for_cursors)
    }

    fn put_cursor_key(
        &self,
        new: Vec<u8>,
        instead_of: Option<Vec<u8>>,
    ) -> BoxFuture<'_, Result<(), CommitError>> {
        async move {
            let put = move |connection: &_| keys::put_for_cursors(connection, &new, instead_of.as_deref());
            if self.run(put).await? { Ok(()) } else { Err(CommitError::Overtaken) }
        }
        .boxed()
    }
}
