//! What use cases hold: a database with typed reads, each bound to a programme or to the installation.

#![expect(
    clippy::missing_errors_doc,
    reason = "a read that says nothing of errors fails with `ReadError` alone, as its type says"
)]

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::stream::{self, Stream, TryStreamExt as _};
use sister_cities_domain::access::{AccessToken, Actor};
use sister_cities_domain::event::{Event, EventBody};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::value::ContentHash;

use crate::audit::{self, AuditError, RecordChange, Verified};
use crate::catalogue::{ColumnOf, ColumnValue};
use crate::notification::NotificationStore;
use crate::vault::{MasterKey, Vault};
use crate::work::WorkQueue;
use crate::{
    ChangeNumber, ChangeSet, CommitError, Counts, Cursor, Direction, Filter, HistoryPart, IdempotencyKey,
    IdempotencyRecord, JournalEntry, JournalQuery, Listing, Outcome, RawEvent, ReadError, Realm, Record,
    Revision, Sequence, Store, StoredRecord, Versioned, record_ref,
};

/// The largest page that the typed layer asks for when it reads a whole list.
pub(crate) const WHOLE_LIST_PAGE: u32 = 1_000;

/// A database, whichever back end it has. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    store: Arc<dyn Store>,
    vault: Option<Arc<Vault>>,
}

impl Database {
    /// Wraps a back end.
    pub fn new(store: impl Store + 'static) -> Self {
        Self { store: Arc::new(store), vault: None }
    }

    /// The same database behind a vault, which encrypts what is sensitive.
    #[must_use]
    pub fn sealed_by(self, master: MasterKey) -> Self {
        let vault = Arc::new(Vault::new(self.store, master));
        Self { store: Arc::clone(&vault) as Arc<dyn Store>, vault: Some(vault) }
    }

    /// The vault, if there is one.
    #[must_use]
    pub const fn vault(&self) -> Option<&Arc<Vault>> {
        self.vault.as_ref()
    }

    /// The raw port.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// The records of one programme.
    #[must_use]
    pub fn programme(&self, programme: ProgrammeId) -> ProgrammeStore {
        self.realm(Realm::Programme(programme))
    }

    /// The records that belong to no programme.
    #[must_use]
    pub fn installation(&self) -> ProgrammeStore {
        self.realm(Realm::Installation)
    }

    /// The records of a realm.
    #[must_use]
    pub fn realm(&self, realm: Realm) -> ProgrammeStore {
        ProgrammeStore { store: Arc::clone(&self.store), realm, up_to_commit: None }
    }

    /// The work of all programmes.
    #[must_use]
    pub fn work(&self) -> Arc<dyn WorkQueue> {
        Arc::clone(&self.store).work()
    }

    /// Who was told what in all programmes, and what waits to be sent.
    #[must_use]
    pub fn notifications(&self) -> Arc<dyn NotificationStore> {
        Arc::clone(&self.store).notifications()
    }

    /// Commits a change set.
    ///
    /// # Errors
    ///
    /// See [`Store::commit`].
    pub async fn commit(&self, changes: ChangeSet) -> Result<Outcome, CommitError> {
        self.store.commit(changes).await
    }

    /// The programmes of the installation in the order of creation, after the given one, `limit` at most.
    pub async fn programmes(
        &self,
        after: Option<ProgrammeId>,
        limit: u32,
    ) -> Result<Vec<Versioned<Programme>>, ReadError> {
        typed(&self.store.programmes(after.map(ProgrammeId::uuid), limit).await?)
    }

    /// Finds an access token by the SHA-256 of its text, whichever programme it is for.
    pub async fn token_by_hash(&self, hash: [u8; 32]) -> Result<Option<Versioned<AccessToken>>, ReadError> {
        self.store.token_by_hash(hash).await?.as_ref().map(Versioned::from_stored).transpose()
    }
}

/// The records of one realm: of a programme, or of the installation. Apart from [`Database::programmes`] and
/// [`Database::token_by_hash`], records are read by type only here, so the realm is part of every read.
#[derive(Clone, Debug)]
pub struct ProgrammeStore {
    store: Arc<dyn Store>,
    realm: Realm,
    /// The records are read as they were after this commit; none for the present.
    up_to_commit: Option<ChangeNumber>,
}

/// Part of a typed list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The records.
    pub items: Vec<Versioned<T>>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<Cursor>,
}

/// One revision of a record of type `T`.
#[derive(Clone, Debug)]
pub struct PastRevision<T> {
    /// Which revision.
    pub revision: Revision,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Who recorded it.
    pub actor: Actor,
    /// What was recorded; none if the record was deleted then.
    pub value: Option<T>,
}

/// An event and its position in the journal. Dereferences to the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedEvent {
    /// Its position in the journal.
    pub sequence: Sequence,
    /// The event.
    pub event: Event,
    /// What the commit changed in records that were there before. The change of a record stands with the first event about it, or else
    /// with the first event of the commit.
    pub changes: Vec<RecordChange>,
}

impl std::ops::Deref for RecordedEvent {
    type Target = Event;

    fn deref(&self) -> &Event {
        &self.event
    }
}

impl ProgrammeStore {
    /// The raw port.
    pub(crate) fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// Whose records these are.
    #[must_use]
    pub const fn realm(&self) -> Realm {
        self.realm
    }

    /// The records are read as they were after this commit; none for the present.
    pub(crate) const fn up_to_commit(&self) -> Option<ChangeNumber> {
        self.up_to_commit
    }

    /// The same records as they were after that commit; see [`as_recorded`](Self::as_recorded).
    #[must_use]
    pub fn as_recorded_up_to(&self, change: ChangeNumber) -> Self {
        Self { up_to_commit: Some(change), ..self.clone() }
    }

    /// Reads a record.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; that there is no such record is not an error.
    pub async fn get<T: Record>(&self, id: T::Id) -> Result<Option<Versioned<T>>, ReadError> {
        if let Some(change) = self.up_to_commit {
            return Ok(self.many_recorded(vec![record_ref::<T>(id).id], change).await?.pop());
        }
        self.store
            .get(self.realm, record_ref::<T>(id))
            .await?
            .as_ref()
            .map(Versioned::from_stored)
            .transpose()
    }

    /// Reads several records at one moment, in the order asked for; those that do not exist are left out.
    pub async fn get_many<T: Record>(&self, ids: &[T::Id]) -> Result<Vec<Versioned<T>>, ReadError> {
        let ids = ids.iter().map(|id| record_ref::<T>(*id).id).collect();
        if let Some(change) = self.up_to_commit {
            return self.many_recorded(ids, change).await;
        }
        typed(&self.store.get_many(self.realm, T::KIND, ids).await?)
    }

    /// Reads part of a list.
    pub async fn list<T: Record>(&self, listing: &Listing<T>) -> Result<Page<T>, ReadError> {
        if let Some(change) = self.up_to_commit {
            return self.list_recorded(listing, change).await;
        }
        if listing.after.as_ref().is_some_and(|after| after.change.is_some()) {
            return Err(ReadError::Cursor);
        }
        let page = self.store.query(self.realm, listing.query()).await?;
        Ok(Page { items: typed(&page.records)?, next: page.next })
    }

    /// Reads all records that pass the filters, in the order of creation, page by page.
    pub async fn all<T: Record>(
        &self,
        filters: impl IntoIterator<Item = Filter<T>>,
    ) -> Result<Vec<Versioned<T>>, ReadError> {
        let filters = filters.into_iter().collect();
        self.whole(Listing { filters, ..Listing::first(WHOLE_LIST_PAGE) }).await
    }

    /// Reads all records that hold one of these values in a column, by an index of that column, page by page; in the order of the
    /// column, but as recorded at a time in that of creation. Every record has the column.
    pub async fn all_of<T: Record, V: ColumnValue>(
        &self,
        column: &'static ColumnOf<T, V>,
        values: impl IntoIterator<Item = V::Compared>,
    ) -> Result<Vec<Versioned<T>>, ReadError> {
        let all = Listing::first(WHOLE_LIST_PAGE).filter(column.any_of(values));
        self.whole(all.order_by(column, Direction::Ascending)).await
    }

    async fn whole<T: Record>(&self, mut listing: Listing<T>) -> Result<Vec<Versioned<T>>, ReadError> {
        if let Some(change) = self.up_to_commit {
            return self.all_recorded(listing, change).await;
        }
        let mut items = Vec::new();
        loop {
            let page = self.list(&listing).await?;
            items.extend(page.items);
            match page.next {
                Some(cursor) => listing.after = Some(cursor),
                None => return Ok(items),
            }
        }
    }

    /// Reads all records that pass the filters, in the order of creation, one after the other: no more than a page of them is in
    /// memory at a time. What is created meanwhile may or may not be among them. It ends with the first error.
    pub fn stream<T: Record>(
        &self,
        filters: Vec<Filter<T>>,
    ) -> impl Stream<Item = Result<Versioned<T>, ReadError>> + Send + use<T> {
        self.stream_pages(Listing { filters, ..Listing::first(WHOLE_LIST_PAGE) })
    }

    pub(crate) fn stream_pages<T: Record>(
        &self,
        listing: Listing<T>,
    ) -> impl Stream<Item = Result<Versioned<T>, ReadError>> + Send + use<T> {
        let pages = stream::try_unfold(Some((self.clone(), listing)), |rest| async {
            let Some((store, mut listing)) = rest else { return Ok::<_, ReadError>(None) };
            let Page { items, next } = store.list(&listing).await?;
            let rest = next.map(|cursor| {
                listing.after = Some(cursor);
                (store, listing)
            });
            Ok(Some((stream::iter(items.into_iter().map(Ok)), rest)))
        });
        pages.try_flatten()
    }

    /// Counts the records that pass the filters.
    pub async fn count<T: Record>(
        &self,
        filters: impl IntoIterator<Item = Filter<T>>,
    ) -> Result<u64, ReadError> {
        let filters = filters.into_iter().collect();
        if let Some(change) = self.up_to_commit {
            return self.count_recorded::<T>(filters, change).await;
        }
        let listing = Listing::<T> { filters, ..Listing::first(1) };
        self.store.count(self.realm, listing.query()).await
    }

    /// Reads part of the revisions of a record, the oldest first, the present one included.
    pub async fn history<T: Record>(
        &self,
        id: T::Id,
        part: HistoryPart,
    ) -> Result<Vec<PastRevision<T>>, ReadError> {
        let record = record_ref::<T>(id);
        let corrupt = |detail| ReadError::Corrupt { record, detail };
        let read = |raw: crate::RawRevision| {
            Ok(PastRevision {
                revision: raw.revision,
                at: raw.at,
                actor: serde_json::from_str(&raw.actor).map_err(|error| corrupt(error.to_string()))?,
                value: raw.body.as_ref().map(T::from_body).transpose().map_err(corrupt)?,
            })
        };
        self.store.history(self.realm, record, part).await?.into_iter().map(read).collect()
    }

    /// Reads part of the journal.
    pub async fn journal(&self, query: JournalQuery) -> Result<Vec<RecordedEvent>, ReadError> {
        let entries = self.store.journal(self.realm, query).await?;
        entries.into_iter().map(|entry| RecordedEvent::from_entry(self.realm, entry)).collect()
    }

    /// The position of the latest entry of the journal.
    pub async fn journal_end(&self) -> Result<Sequence, ReadError> {
        Ok(self.store.journal_head(self.realm).await?.sequence)
    }

    /// Walks the whole journal and finds what is not as it was committed.
    ///
    /// # Errors
    ///
    /// [`AuditError`].
    pub async fn verify_journal(&self) -> Result<Verified, AuditError> {
        audit::verify(self.store.as_ref(), self.realm).await
    }

    /// Reads a document.
    pub async fn document(&self, hash: ContentHash) -> Result<Option<Vec<u8>>, ReadError> {
        self.store.document(self.realm, hash).await
    }

    /// How many bytes its documents have: files that were brought in, what was said of their lines, texts of agreements.
    pub async fn kept_bytes(&self) -> Result<u64, ReadError> {
        self.store.kept_bytes(self.realm).await
    }

    /// Reads the stored reply of an idempotency key, if it has not expired at `now`.
    pub async fn idempotency(
        &self,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> Result<Option<IdempotencyRecord>, ReadError> {
        self.store.idempotency(self.realm, key, now).await
    }

    /// Counts the records of each kind.
    pub async fn counts(&self) -> Result<Counts, ReadError> {
        self.store.counts(self.realm).await
    }
}

impl RecordedEvent {
    fn from_entry(realm: Realm, entry: JournalEntry) -> Result<Self, ReadError> {
        let JournalEntry {
            id, sequence, at, actor, event: RawEvent { subject, name, body }, changes, ..
        } = entry;
        let corrupt =
            |detail| ReadError::Corrupt { record: subject, detail: format!("event {sequence}: {detail}") };
        if body.version > EventBody::VERSION {
            return Err(corrupt(format!(
                "{name} has version {}, which this program does not know",
                body.version
            )));
        }
        let programme = match realm {
            Realm::Programme(programme) => Some(programme),
            Realm::Installation => None,
        };
        let actor = serde_json::from_str(&actor).map_err(|error| corrupt(error.to_string()))?;
        let body = serde_json::from_str(&body.json).map_err(|error| corrupt(error.to_string()))?;
        let changes = changes.map_or(Ok(Vec::new()), |changes| serde_json::from_str(&changes));
        let changes = changes.map_err(|error| corrupt(error.to_string()))?;
        Ok(Self { sequence, changes, event: Event { id, programme, at, actor, subject, body } })
    }
}

fn typed<T: Record>(stored: &[StoredRecord]) -> Result<Vec<Versioned<T>>, ReadError> {
    stored.iter().map(Versioned::from_stored).collect()
}
