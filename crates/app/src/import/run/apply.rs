//! What a plan is made from, and from a plan to a change set: what is written, what is told, and what was touched.

use std::collections::HashSet;
use std::pin::pin;

use futures_util::TryStreamExt as _;
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::import_run::{ImportContent, Touched};
use sister_cities_domain::programme::Programme;
use sister_cities_storage::{ChangeSet, ProgrammeStore, ReadError, Record, Revision, Versioned, record_ref};

use crate::import::draft::{Draft, Known, Slot, Snapshot};

impl Snapshot {
    /// Reads what an import of that content must know of a programme.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn read(
        store: &ProgrammeStore,
        programme: Programme,
        content: ImportContent,
    ) -> Result<Self, ReadError> {
        let mut snapshot = Self {
            programme,
            places: known(store).await?,
            partnerships: known(store).await?,
            with_agreement: HashSet::new(),
            engagements: Vec::new(),
            persons: Vec::new(),
        };
        match content {
            ImportContent::Engagements => snapshot.engagements = known(store).await?,
            ImportContent::Persons => snapshot.persons = known(store).await?,
            ImportContent::Coverage => {}
            ImportContent::Partnerships | _ => {
                let mut agreements = pin!(store.stream::<Agreement>(Vec::new()));
                while let Some(agreement) = agreements.try_next().await? {
                    snapshot.with_agreement.insert(agreement.value.partnership());
                }
            }
        }
        Ok(snapshot)
    }
}

async fn known<T: Record>(store: &ProgrammeStore) -> Result<Vec<Known<T>>, ReadError> {
    let (mut all, mut records) = (Vec::new(), pin!(store.stream::<T>(Vec::new())));
    while let Some(Versioned { value, revision, .. }) = records.try_next().await? {
        all.push(Known { value: Box::new(value), revision: revision.number() });
    }
    Ok(all)
}

/// Puts everything a plan would write into a change set; returns what it touches.
pub(crate) fn write(draft: &Draft<'_>, changes: &mut ChangeSet) -> Vec<Touched> {
    let mut touched = Vec::new();
    write_all(draft.places.values(), changes, &mut touched);
    write_all(draft.partnerships.values(), changes, &mut touched);
    write_all(draft.agreements.values(), changes, &mut touched);
    write_all(draft.engagements.values(), changes, &mut touched);
    write_all(draft.persons.values(), changes, &mut touched);
    for (subject, event) in &draft.events {
        changes.event(event.clone(), *subject);
    }
    touched
}

fn write_all<'a, T: Record>(
    slots: impl Iterator<Item = &'a Slot<T>>,
    changes: &mut ChangeSet,
    touched: &mut Vec<Touched>,
) {
    for slot in slots.filter(|slot| slot.is_written()) {
        let record = record_ref::<T>(slot.value.id());
        let after = if let Some(before) = slot.base.and_then(Revision::new) {
            changes.update(&*slot.value, before);
            before.next()
        } else {
            changes.create(&*slot.value);
            Revision::FIRST
        };
        touched.push(Touched { record, before: slot.base, after: after.number() });
    }
}
