//! What was recorded at a time: the records as one commit left them, read from the present and from the history.
//!
//! A moment is turned into the number of a commit once, and all else follows from that number. The state that a commit
//! left never changes, so pages of a list fit together however much is written meanwhile.
//!
//! A list as recorded is put together from two: present records that no later commit has touched, which an index filters and sorts
//! as ever, and revisions that later commits replaced or deleted, which are found by an index of their own, read back into
//! values, and filtered and sorted by what they hold. So the filters apply to what was recorded then. A page costs as
//! many reads as there are records of the kind that have changed since, and memory for two pages.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sister_cities_domain::id::RecordKind;
use uuid::Uuid;

use crate::database::{Page, ProgrammeStore};
use crate::matching::{cursor, order, passes};
use crate::{
    ChangeNumber, Columns, Cursor, Filter, Listing, Query, ReadError, Record, StoredRecord, Versioned,
    record_ref,
};

/// How many replaced revisions are looked at together.
const BATCH: u32 = 500;
/// How many present records are looked at together where all are wanted.
const WHOLE_LIST_PAGE: u32 = 1_000;

/// Which replaced revisions to read: those that stood after a commit and that a later one replaced or deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SupersededQuery {
    /// The kind.
    pub kind: RecordKind,
    /// After which commit they stood.
    pub stood_after: ChangeNumber,
    /// Only what comes after this one: by which commit it was replaced, and its id.
    pub after: Option<(ChangeNumber, Uuid)>,
    /// At most so many.
    pub limit: u32,
}

/// A revision that was replaced, or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Superseded {
    /// The revision.
    pub stored: StoredRecord,
    /// By which commit.
    pub by: ChangeNumber,
}

impl ProgrammeStore {
    /// The same records as they were recorded at that time: as the last commit left them that bears a time up to then. A time to come
    /// stands for now.
    ///
    /// [`get`](Self::get), [`get_many`](Self::get_many), [`list`](Self::list), [`all`](Self::all) and [`count`](Self::count) read them
    /// so. The rest of what can be read is as it is now.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn as_recorded(&self, at: DateTime<Utc>) -> Result<Self, ReadError> {
        let change = self.store().change_by(self.realm(), at).await?;
        Ok(self.as_recorded_up_to(change))
    }

    /// The cursor of a record in a list, for a page that ends with it.
    #[must_use]
    pub fn cursor_at<T: Record>(&self, listing: &Listing<T>, value: &T) -> Cursor {
        let position = cursor(&value.columns(), record_ref::<T>(value.id()).id, &listing.query());
        Cursor { change: self.up_to_commit(), ..position }
    }

    pub(crate) async fn many_recorded<T: Record>(
        &self,
        ids: Vec<Uuid>,
        change: ChangeNumber,
    ) -> Result<Vec<Versioned<T>>, ReadError> {
        let stored = self.store().get_many_after(self.realm(), T::KIND, ids, change).await?;
        stored.iter().map(Versioned::from_stored).collect()
    }

    pub(crate) async fn list_recorded<T: Record>(
        &self,
        listing: &Listing<T>,
        change: ChangeNumber,
    ) -> Result<Page<T>, ReadError> {
        if listing.after.as_ref().is_some_and(|after| after.change != Some(change)) {
            return Err(ReadError::Cursor);
        }
        let query = Query { untouched_since: Some(change), ..listing.query() };
        let limit = query.limit as usize;
        // The present first: what moves from there to the history meanwhile is found in both rather than in neither.
        let present = self.store().query(self.realm(), query.clone()).await?;
        let mut found = Vec::new();
        for stored in &present.records {
            let value = Versioned::<T>::from_stored(stored)?;
            found.push((cursor(&value.value.columns(), stored.id, &query), value));
        }
        self.each_superseded::<T>(change, |id, columns, value| {
            let position = cursor(&columns, id, &query);
            let follows = query.after.as_ref().is_none_or(|after| order(&position, after, &query).is_gt());
            if follows && passes(&columns, &query) {
                found.push((position, value));
                if found.len() > 2 * limit + 2 {
                    best(&mut found, limit + 1, &query);
                }
            }
        })
        .await?;
        best(&mut found, limit + 1, &query);
        let more = found.len() > limit || present.next.is_some();
        found.truncate(limit);
        let last = found.last().map(|(position, _)| Cursor { change: Some(change), ..position.clone() });
        Ok(Page { next: last.filter(|_| more), items: found.into_iter().map(|(_, value)| value).collect() })
    }

    /// All that a list holds, in the order of creation.
    pub(crate) async fn all_recorded<T: Record>(
        &self,
        listing: Listing<T>,
        change: ChangeNumber,
    ) -> Result<Vec<Versioned<T>>, ReadError> {
        let mut found = BTreeMap::new();
        self.walk_recorded::<T>(listing, change, |id, value| {
            found.insert(id, value);
        })
        .await?;
        Ok(found.into_values().collect())
    }

    pub(crate) async fn count_recorded<T: Record>(
        &self,
        filters: Vec<Filter<T>>,
        change: ChangeNumber,
    ) -> Result<u64, ReadError> {
        let mut found = BTreeSet::new();
        let listing = Listing { filters, ..Listing::first(WHOLE_LIST_PAGE) };
        self.walk_recorded::<T>(listing, change, |id, _| {
            found.insert(id);
        })
        .await?;
        Ok(found.len() as u64)
    }

    /// Everything that a list holds, in no order, some of it twice if it changes meanwhile.
    async fn walk_recorded<T: Record>(
        &self,
        listing: Listing<T>,
        change: ChangeNumber,
        mut visit: impl FnMut(Uuid, Versioned<T>) + Send,
    ) -> Result<(), ReadError> {
        let mut query = Query { untouched_since: Some(change), ..listing.query() };
        loop {
            let page = self.store().query(self.realm(), query.clone()).await?;
            for stored in &page.records {
                visit(stored.id, Versioned::from_stored(stored)?);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        self.each_superseded::<T>(change, |id, columns, value| {
            if passes(&columns, &query) {
                visit(id, value);
            }
        })
        .await
    }

    /// Every revision that stood after `change` and that was replaced since, with what it held.
    async fn each_superseded<T: Record>(
        &self,
        change: ChangeNumber,
        mut visit: impl FnMut(Uuid, Columns, Versioned<T>) + Send,
    ) -> Result<(), ReadError> {
        let mut query = SupersededQuery { kind: T::KIND, stood_after: change, after: None, limit: BATCH };
        loop {
            let batch = self.store().superseded(self.realm(), query).await?;
            let Some(last) = batch.last() else { return Ok(()) };
            query.after = Some((last.by, last.stored.id));
            for Superseded { stored, .. } in &batch {
                let value = Versioned::<T>::from_stored(stored)?;
                visit(stored.id, value.value.columns(), value);
            }
            if batch.len() < BATCH as usize {
                return Ok(());
            }
        }
    }
}

/// Keeps the first so many, each once.
fn best<T>(found: &mut Vec<(Cursor, T)>, most: usize, query: &Query) {
    found.sort_by(|(left, _), (right, _)| order(left, right, query));
    found.dedup_by(|(left, _), (right, _)| left.id == right.id);
    found.truncate(most);
}
