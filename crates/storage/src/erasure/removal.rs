//! The removal of personal data that is no longer needed, in records, their past and the journal.

use std::collections::{BTreeMap, BTreeSet};

use sister_cities_domain::access::Actor;
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::privacy::{PrivacyEvent, REMOVED};

use chrono::{DateTime, Utc};

use super::redact::{Count, Leaf, redact};
use super::{ErasureError, TRIES, page_of, update_in_place};
use crate::catalogue::{DataClass, Holds};
use crate::{ChangeSet, CommitError, Content, Database, Partition, Realm};

/// Whose values are to be removed, and of which classes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removal {
    /// By record.
    pub due: BTreeMap<RecordRef, BTreeSet<DataClass>>,
}

/// What was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// In how many records.
    pub records: u32,
    /// In how many fields of records, past ones included.
    pub values: u32,
    /// In how many fields of the journal.
    pub journal: u32,
}

impl Removal {
    fn redaction(&self, leaf: &Leaf<'_>) -> Option<String> {
        let due = leaf.record.and_then(|record| self.due.get(&record))?;
        let removable = due.contains(&leaf.class) && leaf.holds == Holds::Value && leaf.text != REMOVED;
        removable.then(|| REMOVED.to_owned())
    }
}

/// Removes the values of the classes that are due from the records that are, wherever they were recorded. What is free text
/// stays: it is about more than a person.
///
/// Doing it again does nothing. Records whose present body has nothing to remove are left out from the start, so that
/// little is read when little is due.
///
/// # Errors
///
/// [`ErasureError`].
pub async fn remove(
    database: &Database,
    realm: Realm,
    removal: Removal,
    at: DateTime<Utc>,
) -> Result<Removed, ErasureError> {
    for attempt in 1.. {
        let removal = still_due(database, realm, &removal).await?;
        if removal.due.is_empty() {
            return Ok(Removed::default());
        }
        let mut count = Count::default();
        let mut updates = Vec::new();
        let kinds: BTreeSet<_> = removal.due.keys().map(|record| Partition::Records(record.kind)).collect();
        for partition in kinds.into_iter().chain([Partition::History, Partition::Journal]) {
            let mut after = None;
            loop {
                let page = page_of(database, realm, partition, after).await?;
                let Some(last) = page.last() else { break };
                after = Some(last.key.clone());
                let redaction = |leaf: &Leaf<'_>| removal.redaction(leaf);
                updates.extend(
                    page.iter().filter_map(|stored_value| redact(stored_value, &redaction, &mut count)),
                );
            }
        }
        let mut changes = ChangeSet::new(realm, &Actor::System, at);
        let told = PrivacyEvent::RetentionApplied { values: count.values, journal: count.journal };
        changes.event(told, realm.record());
        let records = u32::try_from(removal.due.len()).unwrap_or(u32::MAX);
        match update_in_place(database, realm, updates, changes).await {
            Ok(()) => return Ok(Removed { records, values: count.values, journal: count.journal }),
            Err(ErasureError::Commit(CommitError::Overtaken | CommitError::Stale { .. }))
                if attempt < TRIES => {}
            Err(error) => return Err(error),
        }
    }
    Err(CommitError::Overtaken.into())
}

/// The records of which something is to be removed yet.
async fn still_due(database: &Database, realm: Realm, removal: &Removal) -> Result<Removal, ErasureError> {
    let mut due = BTreeMap::new();
    for (record, classes) in &removal.due {
        let Some(stored) = database.store().get(realm, *record).await? else { continue };
        let key = crate::StoredValueKey::Record(*record, stored.revision);
        let stored_value = crate::StoredValue { key, content: Content::Text(stored.body.json) };
        if redact(&stored_value, &|leaf| removal.redaction(leaf), &mut Count::default()).is_some() {
            due.insert(*record, classes.clone());
        }
    }
    Ok(Removal { due })
}
