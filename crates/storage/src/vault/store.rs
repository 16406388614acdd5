//! The ports through the vault: what goes in is encrypted, what comes out decrypted, and the rest passes.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use super::{Vault, WrappedKey, body_in};
use crate::archive::Portable;
use crate::audit::Head;
use crate::search::{RawHits, RawSearch};
use crate::work::WorkQueue;
use crate::{
    Cell, CellKey, ChangeNumber, ChangeSet, CommitError, Content, Counts, HistoryPart, IdempotencyKey,
    IdempotencyRecord, JournalEntry, JournalQuery, Outcome, PeerVisible, PeerVisibleQuery, Query, RawPage,
    RawRevision, ReadError, Reading, Realm, Rewrite, Shelf, Store, StoredRecord, Superseded, SupersededQuery,
    Traces,
};

impl Vault {
    async fn open_all(
        &self,
        realm: Realm,
        kind: RecordKind,
        mut records: Vec<StoredRecord>,
    ) -> Result<Vec<StoredRecord>, ReadError> {
        for stored in &mut records {
            self.opened(realm, RecordRef { kind, id: stored.id }, &mut stored.body.json).await?;
        }
        Ok(records)
    }

    /// What is stored where a body was read that had to be decrypted, if it is still that.
    async fn as_stored(
        &self,
        realm: Realm,
        key: &CellKey,
        opened: &str,
    ) -> Result<Option<String>, ReadError> {
        let (record, raw) = match key {
            CellKey::Record(record, revision) => {
                let stored = self.inner.get(realm, *record).await?;
                (record, stored.filter(|stored| stored.revision == *revision).map(|stored| stored.body))
            }
            CellKey::Past(record, revision) => {
                let past = self.inner.history(realm, *record, HistoryPart::only(*revision)).await?.pop();
                (record, past.and_then(|past| past.body))
            }
            CellKey::Entry(_)
            | CellKey::Change(_)
            | CellKey::Reply(_)
            | CellKey::Document(_)
            | CellKey::Work(_)
            | CellKey::DataKey(_) => {
                return Ok(None);
            }
        };
        let Some(raw) = raw else { return Ok(None) };
        let mut json = raw.json.clone();
        self.opened(realm, *record, &mut json).await?;
        Ok((json == opened).then_some(raw.json))
    }
}

impl Store for Vault {
    fn work(self: Arc<Self>) -> Arc<dyn WorkQueue> {
        Arc::clone(&self.inner).work()
    }

    fn commit(&self, changes: ChangeSet) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        async move {
            let changes = self.sealed(changes).await?;
            self.inner.commit(changes).await
        }
        .boxed()
    }

    fn get(&self, realm: Realm, record: RecordRef) -> Reading<'_, Option<StoredRecord>> {
        async move {
            let Some(mut stored) = self.inner.get(realm, record).await? else { return Ok(None) };
            self.opened(realm, record, &mut stored.body.json).await?;
            Ok(Some(stored))
        }
        .boxed()
    }

    fn get_many(&self, realm: Realm, kind: RecordKind, ids: Vec<Uuid>) -> Reading<'_, Vec<StoredRecord>> {
        async move {
            let records = self.inner.get_many(realm, kind, ids).await?;
            self.open_all(realm, kind, records).await
        }
        .boxed()
    }

    fn query(&self, realm: Realm, query: Query) -> Reading<'_, RawPage> {
        async move {
            let kind = query.kind;
            let page = self.inner.query(realm, query).await?;
            Ok(RawPage { records: self.open_all(realm, kind, page.records).await?, next: page.next })
        }
        .boxed()
    }

    fn count(&self, realm: Realm, query: Query) -> Reading<'_, u64> {
        self.inner.count(realm, query)
    }

    /// What is sensitive is in no index.
    fn search(&self, realm: Realm, search: RawSearch) -> Reading<'_, RawHits> {
        self.inner.search(realm, search)
    }

    fn history(&self, realm: Realm, record: RecordRef, part: HistoryPart) -> Reading<'_, Vec<RawRevision>> {
        async move {
            let mut revisions = self.inner.history(realm, record, part).await?;
            for body in revisions.iter_mut().filter_map(|revision| revision.body.as_mut()) {
                self.opened(realm, record, &mut body.json).await?;
            }
            Ok(revisions)
        }
        .boxed()
    }

    fn change_by(&self, realm: Realm, at: DateTime<Utc>) -> Reading<'_, ChangeNumber> {
        self.inner.change_by(realm, at)
    }

    fn get_many_after(
        &self,
        realm: Realm,
        kind: RecordKind,
        ids: Vec<Uuid>,
        change: ChangeNumber,
    ) -> Reading<'_, Vec<StoredRecord>> {
        async move {
            let records = self.inner.get_many_after(realm, kind, ids, change).await?;
            self.open_all(realm, kind, records).await
        }
        .boxed()
    }

    fn superseded(&self, realm: Realm, query: SupersededQuery) -> Reading<'_, Vec<Superseded>> {
        async move {
            let mut found = self.inner.superseded(realm, query).await?;
            for Superseded { stored, .. } in &mut found {
                let record = RecordRef { kind: query.kind, id: stored.id };
                self.opened(realm, record, &mut stored.body.json).await?;
            }
            Ok(found)
        }
        .boxed()
    }

    fn journal(&self, realm: Realm, query: JournalQuery) -> Reading<'_, Vec<JournalEntry>> {
        self.inner.journal(realm, query)
    }

    fn journal_head(&self, realm: Realm) -> Reading<'_, Head> {
        self.inner.journal_head(realm)
    }

    fn document(&self, realm: Realm, hash: ContentHash) -> Reading<'_, Option<Vec<u8>>> {
        self.inner.document(realm, hash)
    }

    fn idempotency(
        &self,
        realm: Realm,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> Reading<'_, Option<IdempotencyRecord>> {
        self.inner.idempotency(realm, key, now)
    }

    fn counts(&self, realm: Realm) -> Reading<'_, Counts> {
        self.inner.counts(realm)
    }

    fn cells(&self, realm: Realm, part: Shelf, after: Option<CellKey>, limit: u32) -> Reading<'_, Vec<Cell>> {
        async move {
            let mut cells = self.inner.cells(realm, part, after, limit).await?;
            for Cell { key, content } in &mut cells {
                let (CellKey::Record(record, _) | CellKey::Past(record, _), Content::Text(json)) =
                    (&*key, content)
                else {
                    continue;
                };
                self.opened(realm, *record, json).await?;
            }
            Ok(cells)
        }
        .boxed()
    }

    fn rewrite(
        &self,
        mut rewrites: Vec<Rewrite>,
        changes: ChangeSet,
    ) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        async move {
            let realm = changes.realm();
            for one in &mut rewrites {
                let Some((record, old)) = body_in(&one.key, &one.old) else { continue };
                if !super::body::holds_any(record, old) {
                    continue;
                }
                let stored = self.as_stored(realm, &one.key, old).await.map_err(super::cannot_read)?;
                one.old = Content::Text(stored.ok_or(CommitError::Overtaken)?);
                if let Content::Text(new) = &mut one.new {
                    *new = self.sealed_body(realm, record, new).await?;
                }
            }
            let changes = self.sealed(changes).await?;
            self.inner.rewrite(rewrites, changes).await
        }
        .boxed()
    }

    fn data_keys(&self, realm: Realm) -> Reading<'_, Vec<WrappedKey>> {
        self.inner.data_keys(realm)
    }

    fn add_data_key(&self, realm: Realm, key: WrappedKey) -> BoxFuture<'_, Result<(), CommitError>> {
        self.inner.add_data_key(realm, key)
    }

    fn drop_data_key(&self, realm: Realm, number: u32) -> BoxFuture<'_, Result<(), CommitError>> {
        self.inner.drop_data_key(realm, number)
    }

    /// Nothing that another programme may read is sensitive.
    fn visible_to(&self, reader: Realm, query: PeerVisibleQuery) -> Reading<'_, Vec<PeerVisible>> {
        self.inner.visible_to(reader, query)
    }

    fn programmes(&self, after: Option<Uuid>, limit: u32) -> Reading<'_, Vec<StoredRecord>> {
        self.inner.programmes(after, limit)
    }

    fn token_by_hash(&self, hash: [u8; 32]) -> Reading<'_, Option<StoredRecord>> {
        self.inner.token_by_hash(hash)
    }

    fn forget_replies(&self, now: DateTime<Utc>, limit: u32) -> BoxFuture<'_, Result<u64, CommitError>> {
        self.inner.forget_replies(now, limit)
    }

    fn clear_replaced(&self) -> BoxFuture<'_, Traces> {
        self.inner.clear_replaced()
    }

    fn portable(&self) -> Option<&dyn Portable> {
        self.inner.portable()
    }
}
