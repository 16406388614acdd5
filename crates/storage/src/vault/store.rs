//! The ports through the vault: what goes in is encrypted, what comes out decrypted, and the rest passes.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sister_cities_domain::due::{DueItem, NextTouch};
use sister_cities_domain::id::{DueId, PartnershipId, RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use super::{KeyStore, Vault, WrappedKey, body_in};
use crate::archive::{ArchiveError, Items, Portable, Rules, Scope};
use crate::audit::Head;
use crate::due::{DuePage, DueQuery, DueStore, ReckonedUnit, TouchPage, UnitToReckon};
use crate::notification::NotificationStore;
use crate::search::{RawHits, RawSearch, SearchIndex};
use crate::work::WorkQueue;
use crate::{
    ChangeNumber, ChangeSet, CommitError, Connections, Content, Counts, Cursor, ErasableStore, HistoryPart,
    IdempotencyKey, IdempotencyRecord, InPlaceUpdate, JournalEntry, JournalQuery, JournalStore, Outcome,
    Partition, PeerVisible, PeerVisibleQuery, Query, RawPage, RawRevision, ReadError, ReadFuture, Realm,
    RecordStore, ReplyStore, Store, StoredRecord, StoredValue, StoredValueKey, Superseded, SupersededQuery,
    Traces, Unavailable,
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
        key: &StoredValueKey,
        opened: &str,
    ) -> Result<Option<String>, ReadError> {
        let (record, raw) = match key {
            StoredValueKey::Record(record, revision) => {
                let stored = self.inner.get(realm, *record).await?;
                (record, stored.filter(|stored| stored.revision == *revision).map(|stored| stored.body))
            }
            StoredValueKey::Past(record, revision) => {
                let past = self.inner.history(realm, *record, HistoryPart::only(*revision)).await?.pop();
                (record, past.and_then(|past| past.body))
            }
            StoredValueKey::Entry(_)
            | StoredValueKey::Change(_)
            | StoredValueKey::Reply(_)
            | StoredValueKey::Document(_)
            | StoredValueKey::Work(_)
            | StoredValueKey::DataKey(_) => {
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

    /// Nothing that anybody is told is kept with what it tells: only ids.
    fn notifications(self: Arc<Self>) -> Arc<dyn NotificationStore> {
        Arc::clone(&self.inner).notifications()
    }

    fn connections(&self) -> Option<Connections> {
        self.inner.connections()
    }

    fn commit(&self, changes: ChangeSet) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        async move {
            let changes = self.sealed(changes).await?;
            self.inner.commit(changes).await
        }
        .boxed()
    }
}

impl RecordStore for Vault {
    fn get(&self, realm: Realm, record: RecordRef) -> ReadFuture<'_, Option<StoredRecord>> {
        async move {
            let Some(mut stored) = self.inner.get(realm, record).await? else { return Ok(None) };
            self.opened(realm, record, &mut stored.body.json).await?;
            Ok(Some(stored))
        }
        .boxed()
    }

    fn get_many(&self, realm: Realm, kind: RecordKind, ids: Vec<Uuid>) -> ReadFuture<'_, Vec<StoredRecord>> {
        async move {
            let records = self.inner.get_many(realm, kind, ids).await?;
            self.open_all(realm, kind, records).await
        }
        .boxed()
    }

    fn query(&self, realm: Realm, query: Query) -> ReadFuture<'_, RawPage> {
        async move {
            let kind = query.kind;
            let page = self.inner.query(realm, query).await?;
            Ok(RawPage { records: self.open_all(realm, kind, page.records).await?, next: page.next })
        }
        .boxed()
    }

    fn count(&self, realm: Realm, query: Query) -> ReadFuture<'_, u64> {
        self.inner.count(realm, query)
    }

    fn history(
        &self,
        realm: Realm,
        record: RecordRef,
        part: HistoryPart,
    ) -> ReadFuture<'_, Vec<RawRevision>> {
        async move {
            let mut revisions = self.inner.history(realm, record, part).await?;
            for body in revisions.iter_mut().filter_map(|revision| revision.body.as_mut()) {
                self.opened(realm, record, &mut body.json).await?;
            }
            Ok(revisions)
        }
        .boxed()
    }

    fn change_by(&self, realm: Realm, at: DateTime<Utc>) -> ReadFuture<'_, ChangeNumber> {
        self.inner.change_by(realm, at)
    }

    fn get_many_after(
        &self,
        realm: Realm,
        kind: RecordKind,
        ids: Vec<Uuid>,
        change: ChangeNumber,
    ) -> ReadFuture<'_, Vec<StoredRecord>> {
        async move {
            let records = self.inner.get_many_after(realm, kind, ids, change).await?;
            self.open_all(realm, kind, records).await
        }
        .boxed()
    }

    fn superseded(&self, realm: Realm, query: SupersededQuery) -> ReadFuture<'_, Vec<Superseded>> {
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

    fn document(&self, realm: Realm, hash: ContentHash) -> ReadFuture<'_, Option<Vec<u8>>> {
        self.inner.document(realm, hash)
    }

    fn kept_bytes(&self, realm: Realm) -> ReadFuture<'_, u64> {
        self.inner.kept_bytes(realm)
    }

    fn counts(&self, realm: Realm) -> ReadFuture<'_, Counts> {
        self.inner.counts(realm)
    }

    /// Nothing that another programme may read is sensitive.
    fn visible_to(&self, reader: Realm, query: PeerVisibleQuery) -> ReadFuture<'_, Vec<PeerVisible>> {
        self.inner.visible_to(reader, query)
    }

    fn programmes(&self, after: Option<Uuid>, limit: u32) -> ReadFuture<'_, Vec<StoredRecord>> {
        self.inner.programmes(after, limit)
    }

    fn token_by_hash(&self, hash: [u8; 32]) -> ReadFuture<'_, Option<StoredRecord>> {
        self.inner.token_by_hash(hash)
    }
}

impl SearchIndex for Vault {
    /// What is sensitive is in no index.
    fn search(&self, realm: Realm, search: RawSearch) -> ReadFuture<'_, RawHits> {
        self.inner.search(realm, search)
    }
}

/// Nothing that is due tells anything sensitive.
impl DueStore for Vault {
    fn units_to_reckon(
        &self,
        realm: Realm,
        today: NaiveDate,
        limit: u32,
    ) -> ReadFuture<'_, Vec<UnitToReckon>> {
        self.inner.units_to_reckon(realm, today, limit)
    }

    fn put_reckoned(&self, realm: Realm, units: Vec<ReckonedUnit>) -> BoxFuture<'_, Result<(), Unavailable>> {
        self.inner.put_reckoned(realm, units)
    }

    fn due_items(&self, realm: Realm, query: DueQuery) -> ReadFuture<'_, DuePage> {
        self.inner.due_items(realm, query)
    }

    fn due_item(&self, realm: Realm, item: DueId) -> ReadFuture<'_, Option<DueItem>> {
        self.inner.due_item(realm, item)
    }

    fn touches(&self, realm: Realm, after: Option<Cursor>, limit: u32) -> ReadFuture<'_, TouchPage> {
        self.inner.touches(realm, after, limit)
    }

    fn touches_of(&self, realm: Realm, of: Vec<Uuid>) -> ReadFuture<'_, Vec<(PartnershipId, NextTouch)>> {
        self.inner.touches_of(realm, of)
    }

    fn unit_versions(&self, realm: Realm, of: Vec<Uuid>) -> ReadFuture<'_, Vec<(Uuid, u64)>> {
        self.inner.unit_versions(realm, of)
    }
}

impl JournalStore for Vault {
    fn journal(&self, realm: Realm, query: JournalQuery) -> ReadFuture<'_, Vec<JournalEntry>> {
        self.inner.journal(realm, query)
    }

    fn journal_head(&self, realm: Realm) -> ReadFuture<'_, Head> {
        self.inner.journal_head(realm)
    }
}

impl ReplyStore for Vault {
    fn idempotency(
        &self,
        realm: Realm,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> ReadFuture<'_, Option<IdempotencyRecord>> {
        self.inner.idempotency(realm, key, now)
    }

    fn forget_replies(&self, now: DateTime<Utc>, limit: u32) -> BoxFuture<'_, Result<u64, CommitError>> {
        self.inner.forget_replies(now, limit)
    }
}

impl ErasableStore for Vault {
    fn stored_values(
        &self,
        realm: Realm,
        part: Partition,
        after: Option<StoredValueKey>,
        limit: u32,
    ) -> ReadFuture<'_, Vec<StoredValue>> {
        async move {
            let mut stored_values = self.inner.stored_values(realm, part, after, limit).await?;
            for StoredValue { key, content } in &mut stored_values {
                let (
                    StoredValueKey::Record(record, _) | StoredValueKey::Past(record, _),
                    Content::Text(json),
                ) = (&*key, content)
                else {
                    continue;
                };
                self.opened(realm, *record, json).await?;
            }
            Ok(stored_values)
        }
        .boxed()
    }

    fn update_in_place(
        &self,
        mut updates: Vec<InPlaceUpdate>,
        changes: ChangeSet,
    ) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        async move {
            let realm = changes.realm();
            for one in &mut updates {
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
            self.inner.update_in_place(updates, changes).await
        }
        .boxed()
    }

    fn clear_replaced(&self) -> BoxFuture<'_, Traces> {
        self.inner.clear_replaced()
    }
}

impl KeyStore for Vault {
    fn data_keys(&self, realm: Realm) -> ReadFuture<'_, Vec<WrappedKey>> {
        self.inner.data_keys(realm)
    }

    fn add_data_key(&self, realm: Realm, key: WrappedKey) -> BoxFuture<'_, Result<(), CommitError>> {
        self.inner.add_data_key(realm, key)
    }

    fn drop_data_key(&self, realm: Realm, number: u32) -> BoxFuture<'_, Result<(), CommitError>> {
        self.inner.drop_data_key(realm, number)
    }

    fn cursor_key(&self) -> ReadFuture<'_, Option<Vec<u8>>> {
        self.inner.cursor_key()
    }

    fn put_cursor_key(
        &self,
        new: Vec<u8>,
        instead_of: Option<Vec<u8>>,
    ) -> BoxFuture<'_, Result<(), CommitError>> {
        self.inner.put_cursor_key(new, instead_of)
    }
}

impl Portable for Vault {
    fn take_out(&self, scope: Scope) -> Items {
        self.inner.take_out(scope)
    }

    fn put_in(&self, items: Items, rules: Rules) -> BoxFuture<'_, Result<u64, ArchiveError>> {
        self.inner.put_in(items, rules)
    }
}
