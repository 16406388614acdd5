//! The back end on a PostgreSQL server, for several servers on one database.
//!
//! Group commit: the change sets that wait for one programme are committed together, in two round trips. The first locks the
//! programme's head row and reads all that the decision depends on; the second writes and commits. Because of the lock, commits and
//! events are numbered in the order of commits and without gaps, so a reader of the journal never finds a smaller number later.
//! A read is one statement.
//!
//! Row-level security is forced on every table with rows of programmes. The programme is set inside each transaction only; without
//! it nothing is seen. The server's role owns nothing and cannot bypass these policies, or it is refused.
//!
//! A server that does not answer is given up after five seconds, and found again without a restart.

mod archive;
mod comments;
mod commit;
mod due;
mod failure;
mod group;
#[cfg(test)]
mod grown_tests;
mod guards;
#[cfg(test)]
mod history_tests;
mod libpq;
pub(crate) mod migrate;
mod notification;
mod notification_read;
mod notification_statements;
mod notifier;
mod open;
#[cfg(test)]
mod opening_tests;
#[cfg(test)]
mod order_tests;
mod pooler;
mod prefetch;
mod queue;
mod read;
mod rights;
mod rls;
mod search;
mod seen;
mod session;
#[cfg(test)]
mod sharing_tests;
mod statements;
mod stored_values;
#[cfg(test)]
mod tests;
mod tls;
#[cfg(test)]
mod tls_tests;
mod vacuum;
mod value;
mod waiting;
mod work;
mod write;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use deadpool_postgres::Pool;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use tokio_postgres::Row;
use uuid::Uuid;

pub use failure::OpenError;
pub use open::PostgresOptions;

use crate::audit::{Head, Prepared};
use crate::notification::NotificationStore;
use crate::search::{RawHits, RawSearch, SearchIndex};
use crate::select::{Dialect, Select};
use crate::vault::{KeyStore, WrappedKey};
use crate::work::{Notifier, WorkQueue};
use crate::{
    ChangeNumber, ChangeSet, CommitError, Connections, Counts, ErasableStore, HistoryPart, IdempotencyKey,
    IdempotencyRecord, InPlaceUpdate, JournalEntry, JournalQuery, JournalStore, Outcome, Partition,
    PeerVisible, PeerVisibleQuery, Query, RawPage, RawRevision, ReadFuture, Realm, RecordStore, ReplyStore,
    Store, StoredRecord, StoredValue, StoredValueKey, Superseded, SupersededQuery, Traces, Value,
};
use failure::Failure;
use notifier::ListenNotify;
use queue::Queues;
use session::{RlsContext, Step};
use tls::Address;
use value::Param;

/// A database on a PostgreSQL server.
pub struct PostgresStore {
    pool: Pool,
    notifier: Notifier,
    queues: Queues,
    /// The address with the role that owns the tables, which may run VACUUM; the server's own role if none was named.
    owner: Address,
    /// Ends with the store.
    _listen_notify: ListenNotify,
}

impl PostgresStore {
    /// Opens a database: brings its schema up to date if an owner is named, and refuses it if it is not safe.
    ///
    /// # Errors
    ///
    /// [`OpenError`].
    pub async fn open(options: &PostgresOptions) -> Result<Self, OpenError> {
        let (pool, address) = open::open(options).await?;
        let owner = open::owner(options, &address)?;
        let notifier = Notifier::default();
        let listen_notify = ListenNotify::start(pool.clone(), address, notifier.clone());
        let queues = Queues::new(pool.clone(), listen_notify.handle());
        Ok(Self { pool, notifier, queues, owner, _listen_notify: listen_notify })
    }

    /// Runs a query in the context of the programme that is its first parameter.
    fn read<'a, T: 'a>(
        &'a self,
        sql: &'static str,
        params: Vec<Param<'static>>,
        decode: impl FnOnce(&[Row]) -> Result<T, Failure> + Send + 'a,
    ) -> ReadFuture<'a, T> {
        self.query_rows(RlsContext::Programme, sql.into(), params, decode)
    }

    fn query_rows<'a, T: 'a>(
        &'a self,
        context: RlsContext,
        sql: std::borrow::Cow<'static, str>,
        params: Vec<Param<'static>>,
        decode: impl FnOnce(&[Row]) -> Result<T, Failure> + Send + 'a,
    ) -> ReadFuture<'a, T> {
        async move {
            let rows = session::query(&self.pool, context, &sql, &params).await;
            rows.and_then(|rows| decode(&rows)).map_err(|failure| failure.unavailable().into())
        }
        .boxed()
    }
}

/// The text of all migrations, by which tests tell one schema from another.
#[cfg(feature = "testing")]
pub(crate) fn schema_text() -> String {
    migrate::text_of_all()
}

impl std::fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresStore").field("connections", &self.pool.status()).finish_non_exhaustive()
    }
}

impl Store for PostgresStore {
    fn work(self: Arc<Self>) -> Arc<dyn WorkQueue> {
        self
    }

    fn notifications(self: Arc<Self>) -> Arc<dyn NotificationStore> {
        self
    }

    fn connections(&self) -> Option<Connections> {
        let deadpool_postgres::Status { max_size, size, available, waiting } = self.pool.status();
        Some(Connections { most: max_size, open: size, in_use: size.saturating_sub(available), waiting })
    }

    fn commit(&self, changes: ChangeSet) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        self.update_in_place(Vec::new(), changes)
    }
}

impl RecordStore for PostgresStore {
    fn get(&self, realm: Realm, record: RecordRef) -> ReadFuture<'_, Option<StoredRecord>> {
        let sql = &statements::of(record.kind).get;
        self.read(sql, vec![Box::new(realm.uuid()), Box::new(record.id)], |rows| {
            rows.first().map(read::stored).transpose()
        })
    }

    fn get_many(&self, realm: Realm, kind: RecordKind, ids: Vec<Uuid>) -> ReadFuture<'_, Vec<StoredRecord>> {
        let sql = &statements::of(kind).get_many;
        let params: Vec<Param<'static>> = vec![Box::new(realm.uuid()), Box::new(ids.clone())];
        self.read(sql, params, move |rows| {
            let mut found = read::all_stored(rows)?;
            read::in_order(&mut found, &ids);
            Ok(found)
        })
    }

    fn query(&self, realm: Realm, query: Query) -> ReadFuture<'_, RawPage> {
        async move {
            query.check()?;
            let Select { sql, values, key, .. } = Dialect::Postgres.page(realm, &query);
            let decode = |rows: &[Row]| read::page(rows, query.limit, key);
            self.query_rows(RlsContext::Programme, sql.into(), value::params(values), decode).await
        }
        .boxed()
    }

    fn count(&self, realm: Realm, query: Query) -> ReadFuture<'_, u64> {
        async move {
            query.check()?;
            let Select { sql, values, .. } = Dialect::Postgres.count(realm, &query);
            self.query_rows(RlsContext::Programme, sql.into(), value::params(values), read::count).await
        }
        .boxed()
    }

    fn history(
        &self,
        realm: Realm,
        record: RecordRef,
        part: HistoryPart,
    ) -> ReadFuture<'_, Vec<RawRevision>> {
        let sql = &statements::of(record.kind).history;
        let params: Vec<Param<'static>> = vec![
            Box::new(realm.uuid()),
            Box::new(record.id),
            Box::new(i64::from(part.after_number())),
            Box::new(i64::from(part.limit)),
        ];
        self.read(sql, params, |rows| rows.iter().map(read::past).collect())
    }

    fn change_by(&self, realm: Realm, at: DateTime<Utc>) -> ReadFuture<'_, ChangeNumber> {
        self.read(statements::CHANGE_BY, vec![Box::new(realm.uuid()) as _, Box::new(at)], |rows| {
            rows.first().map_or(Ok(ChangeNumber::START), |row| read::change(row, 0))
        })
    }

    fn get_many_after(
        &self,
        realm: Realm,
        kind: RecordKind,
        ids: Vec<Uuid>,
        change: ChangeNumber,
    ) -> ReadFuture<'_, Vec<StoredRecord>> {
        let sql = &statements::of(kind).get_many_after;
        let params: Vec<Param<'static>> =
            vec![Box::new(realm.uuid()), Box::new(ids.clone()), Box::new(Value::from(change))];
        self.read(sql, params, move |rows| {
            let mut found = read::all_stored(rows)?;
            read::in_order(&mut found, &ids);
            Ok(found)
        })
    }

    fn superseded(&self, realm: Realm, query: SupersededQuery) -> ReadFuture<'_, Vec<Superseded>> {
        let (by, id) = query.after.unwrap_or((query.stood_after, Uuid::max()));
        let params: Vec<Param<'static>> = vec![
            Box::new(realm.uuid()),
            Box::new(query.kind.as_str()),
            Box::new(Value::from(query.stood_after)),
            Box::new(Value::from(by)),
            Box::new(id),
            Box::new(i64::from(query.limit)),
        ];
        self.read(statements::SUPERSEDED, params, |rows| rows.iter().map(read::superseded).collect())
    }

    fn document(&self, realm: Realm, hash: ContentHash) -> ReadFuture<'_, Option<Vec<u8>>> {
        let params: Vec<Param<'static>> = vec![Box::new(realm.uuid()), Box::new(hash.as_bytes().to_vec())];
        self.read(statements::DOCUMENT, params, |rows| {
            Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
        })
    }

    fn kept_bytes(&self, realm: Realm) -> ReadFuture<'_, u64> {
        self.read(statements::KEPT_BYTES, vec![Box::new(realm.uuid())], |rows| {
            let bytes: i64 = rows.first().map_or(Ok(0), |row| row.try_get(0))?;
            Ok(u64::try_from(bytes).unwrap_or_default())
        })
    }

    fn counts(&self, realm: Realm) -> ReadFuture<'_, Counts> {
        self.read(&statements::COUNTS, vec![Box::new(realm.uuid())], read::counts)
    }

    fn visible_to(&self, reader: Realm, query: PeerVisibleQuery) -> ReadFuture<'_, Vec<PeerVisible>> {
        async move {
            query.check()?;
            let mut params: Vec<Param<'static>> = vec![
                Box::new(reader.uuid()),
                Box::new(query.after.unwrap_or(Uuid::nil())),
                Box::new(i64::from(query.limit)),
            ];
            let statements = statements::of(query.kind);
            let sql = match query.from {
                None => &statements.visible_to,
                Some(from) => {
                    params.push(Box::new(from.uuid()));
                    &statements.visible_to_from
                }
            };
            let Some(sql) = sql else { return Ok(Vec::new()) };
            self.read(sql, params, |rows| rows.iter().map(read::visible_to).collect()).await
        }
        .boxed()
    }

    fn programmes(&self, after: Option<Uuid>, limit: u32) -> ReadFuture<'_, Vec<StoredRecord>> {
        let params: Vec<Param<'static>> =
            vec![Box::new(after.unwrap_or(Uuid::nil())), Box::new(i64::from(limit))];
        let context = RlsContext::Maintenance("programmes");
        self.query_rows(context, statements::PROGRAMMES.into(), params, read::all_stored)
    }

    fn token_by_hash(&self, hash: [u8; 32]) -> ReadFuture<'_, Option<StoredRecord>> {
        let params: Vec<Param<'static>> = vec![Box::new(hash.to_vec())];
        self.query_rows(RlsContext::Token, statements::TOKEN_BY_HASH.into(), params, |rows| {
            rows.first().map(read::stored).transpose()
        })
    }
}

impl SearchIndex for PostgresStore {
    fn search(&self, realm: Realm, search: RawSearch) -> ReadFuture<'_, RawHits> {
        async move {
            let rarest = match search::which_is_rarest(realm, &search) {
                Some(params) => {
                    let number =
                        |rows: &[Row]| Ok(rows.first().map(|row| row.try_get::<_, i64>(0)).transpose()?);
                    let number = self.read(search::RAREST, params, number).await?;
                    number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
                }
                None => 0,
            };
            let Some((sql, params)) = search::select_statement(realm, &search, rarest)? else {
                return Ok(RawHits { ids: Vec::new(), next: None });
            };
            let decode = |rows: &[Row]| {
                let ids: Result<_, _> = rows.iter().map(|row| row.try_get(0)).collect();
                Ok(search::hits(ids?, search.limit))
            };
            self.read(sql, params, decode).await
        }
        .boxed()
    }
}

impl JournalStore for PostgresStore {
    fn journal(&self, realm: Realm, query: JournalQuery) -> ReadFuture<'_, Vec<JournalEntry>> {
        let mut params: Vec<Param<'static>> = vec![
            Box::new(realm.uuid()),
            Box::new(i64::try_from(query.after.0).unwrap_or(i64::MAX)),
            Box::new(i64::from(query.limit)),
        ];
        let mut sql = statements::JOURNAL;
        if let Some(subject) = query.subject {
            sql = statements::JOURNAL_ABOUT;
            params.extend([Box::new(subject.kind.as_str()) as Param<'static>, Box::new(subject.id)]);
        }
        self.read(sql, params, |rows| rows.iter().map(read::entry).collect())
    }

    fn journal_head(&self, realm: Realm) -> ReadFuture<'_, Head> {
        self.read(statements::JOURNAL_HEAD, vec![Box::new(realm.uuid())], |rows| {
            rows.first().map_or(Ok(Head::START), read::head)
        })
    }
}

impl ReplyStore for PostgresStore {
    fn idempotency(
        &self,
        realm: Realm,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> ReadFuture<'_, Option<IdempotencyRecord>> {
        let text = |text: &str| -> Param<'static> { Box::new(Value::from(text)) };
        let params =
            vec![Box::new(realm.uuid()) as _, text(&key.credential), text(&key.route), text(&key.key)];
        self.read(statements::REPLY, params, move |rows| {
            let stored = rows.first().map(|row| read::reply(row, &key)).transpose()?;
            Ok(stored.filter(|stored| stored.expires_at > now))
        })
    }

    fn forget_replies(&self, now: DateTime<Utc>, limit: u32) -> BoxFuture<'_, Result<u64, CommitError>> {
        async move {
            let params: [Param<'static>; 2] = [Box::new(now), Box::new(i64::from(limit))];
            let enter = Step::enter_maintenance("replies");
            let forgotten = session::write(&self.pool, &enter, statements::FORGET_REPLIES, &params).await;
            forgotten.map(|rows| rows.len() as u64).map_err(|failure| failure.unavailable().into())
        }
        .boxed()
    }
}

impl ErasableStore for PostgresStore {
    fn stored_values(
        &self,
        realm: Realm,
        part: Partition,
        after: Option<StoredValueKey>,
        limit: u32,
    ) -> ReadFuture<'_, Vec<StoredValue>> {
        let (sql, params) = stored_values::select_statement(realm, part, after.as_ref(), limit);
        self.read(sql, params, move |rows| stored_values::stored_values(part, rows))
    }

    fn update_in_place(
        &self,
        updates: Vec<InPlaceUpdate>,
        changes: ChangeSet,
    ) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        async move { self.queues.commit(Prepared::new(changes)?, updates).await }.boxed()
    }

    fn clear_replaced(&self) -> BoxFuture<'_, Traces> {
        vacuum::run(&self.owner).boxed()
    }
}

impl KeyStore for PostgresStore {
    fn data_keys(&self, realm: Realm) -> ReadFuture<'_, Vec<WrappedKey>> {
        self.read(statements::DATA_KEYS, vec![Box::new(realm.uuid())], |rows| {
            rows.iter().map(read::data_key).collect()
        })
    }

    fn add_data_key(&self, realm: Realm, key: WrappedKey) -> BoxFuture<'_, Result<(), CommitError>> {
        async move {
            let WrappedKey { number, wrapped, made_at } = key;
            let params: [Param<'static>; 4] =
                [Box::new(realm.uuid()), Box::new(i64::from(number)), Box::new(wrapped), Box::new(made_at)];
            let enter = Step::enter_programme(realm.uuid());
            let added = session::write(&self.pool, &enter, statements::ADD_DATA_KEY, &params).await;
            let taken = added.map_err(|failure| failure.unavailable())?.is_empty();
            if taken { Err(CommitError::Overtaken) } else { Ok(()) }
        }
        .boxed()
    }

    fn drop_data_key(&self, realm: Realm, number: u32) -> BoxFuture<'_, Result<(), CommitError>> {
        async move {
            let params: [Param<'static>; 2] = [Box::new(realm.uuid()), Box::new(i64::from(number))];
            let enter = Step::enter_programme(realm.uuid());
            let dropped = session::write(&self.pool, &enter, statements::DROP_DATA_KEY, &params).await;
            dropped.map(drop).map_err(|failure| failure.unavailable().into())
        }
        .boxed()
    }

    fn cursor_key(&self) -> ReadFuture<'_, Option<Vec<u8>>> {
        let realm = Realm::Installation.uuid();
        self.read(statements::CURSOR_KEY, vec![Box::new(realm)], |rows| {
            rows.first().map(|row| Ok(row.try_get(0)?)).transpose()
        })
    }

    fn put_cursor_key(
        &self,
        new: Vec<u8>,
        instead_of: Option<Vec<u8>>,
    ) -> BoxFuture<'_, Result<(), CommitError>> {
        async move {
            let realm = Realm::Installation.uuid();
            let mut params: Vec<Param<'static>> = vec![Box::new(realm), Box::new(new)];
            let sql = match instead_of {
                None => statements::ADD_CURSOR_KEY,
                Some(old) => {
                    params.push(Box::new(old));
                    statements::REPLACE_CURSOR_KEY
                }
            };
            let put = session::write(&self.pool, &Step::enter_programme(realm), sql, &params).await;
            let taken = put.map_err(|failure| failure.unavailable())?.is_empty();
            if taken { Err(CommitError::Overtaken) } else { Ok(()) }
        }
        .boxed()
    }
}
