//! Taking an import back: what it created goes, what it changed is put back, and what somebody has touched since stays.
//!
//! A record the import created is also kept if something that stays refers to it: an exchange that was logged for the bond
//! since, a bond that was made with the place, what was shared with a peer. Everything kept is listed with the reason.

use std::collections::{BTreeMap, BTreeSet};

use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::import_run::{Kept, KeptBecause, Touched};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::person::Person;
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::role::Role;
use sister_cities_domain::sharing::{Link, Share};
use sister_cities_storage::{
    ChangeSet, HistoryPart, ProgrammeStore, ReadError, Record, Revision, Versioned, record_ref,
};

/// Everything of a programme that can refer to something.
struct Held {
    places: BTreeMap<RecordRef, Versioned<Place>>,
    partnerships: BTreeMap<RecordRef, Versioned<Partnership>>,
    agreements: BTreeMap<RecordRef, Versioned<Agreement>>,
    engagements: BTreeMap<RecordRef, Versioned<Engagement>>,
    persons: BTreeMap<RecordRef, Versioned<Person>>,
    roles: Vec<Versioned<Role>>,
    links: Vec<Versioned<Link>>,
    shares: Vec<Versioned<Share>>,
}

/// Puts the taking back into a change set; returns what is kept.
pub(crate) async fn undo(
    store: &ProgrammeStore,
    programme: &Programme,
    touched: &[Touched],
    changes: &mut ChangeSet,
) -> Result<Vec<Kept>, ReadError> {
    let held = Held::read(store).await?;
    let mut kept = Vec::new();
    let (mut to_delete, mut to_restore) = (BTreeSet::new(), Vec::new());
    for touched in touched {
        match (held.revision(touched.record), touched.before) {
            // Gone already: what was created is as before, what was changed was touched by whoever removed it.
            (None, None) => {}
            (None, Some(_)) => kept.push(Kept { record: touched.record, because: KeptBecause::TouchedSince }),
            (Some(now), _) if now.number() != touched.after && !held.is_as_left(store, touched).await? => {
                kept.push(Kept { record: touched.record, because: KeptBecause::TouchedSince });
            }
            (Some(_), None) => {
                to_delete.insert(touched.record);
            }
            (Some(_), Some(before)) => to_restore.push((touched.record, before)),
        }
    }
    held.keep_what_is_needed(programme, &mut to_delete, &mut kept);
    held.delete(&to_delete, changes);
    for (record, before) in to_restore {
        held.restore(store, record, before, changes).await?;
    }
    Ok(kept)
}

impl Held {
    async fn read(store: &ProgrammeStore) -> Result<Self, ReadError> {
        Ok(Self {
            places: by_ref(store.all(Vec::new()).await?),
            partnerships: by_ref(store.all(Vec::new()).await?),
            agreements: by_ref(store.all(Vec::new()).await?),
            engagements: by_ref(store.all(Vec::new()).await?),
            persons: by_ref(store.all(Vec::new()).await?),
            roles: store.all(Vec::new()).await?,
            links: store.all(Vec::new()).await?,
            shares: store.all(Vec::new()).await?,
        })
    }

    fn revision(&self, record: RecordRef) -> Option<Revision> {
        match record.kind {
            RecordKind::Place => self.places.get(&record).map(|found| found.revision),
            RecordKind::Partnership => self.partnerships.get(&record).map(|found| found.revision),
            RecordKind::Agreement => self.agreements.get(&record).map(|found| found.revision),
            RecordKind::Engagement => self.engagements.get(&record).map(|found| found.revision),
            RecordKind::Person => self.persons.get(&record).map(|found| found.revision),
            // An import touches no others.
            RecordKind::Programme | RecordKind::Import | RecordKind::Token | _ => None,
        }
    }

    /// Whether a record that was changed since is again as the import left it, because what changed it was taken back.
    async fn is_as_left(&self, store: &ProgrammeStore, touched: &Touched) -> Result<bool, ReadError> {
        let (record, after) = (touched.record, touched.after);
        Ok(match record.kind {
            RecordKind::Place => {
                let left = past::<Place>(store, &self.places, record, after).await?;
                left.is_some() && left.as_ref() == self.places.get(&record).map(|now| &now.value)
            }
            RecordKind::Partnership => {
                let left = past::<Partnership>(store, &self.partnerships, record, after).await?;
                left.is_some() && left.as_ref() == self.partnerships.get(&record).map(|now| &now.value)
            }
            RecordKind::Agreement => {
                let left = past::<Agreement>(store, &self.agreements, record, after).await?;
                left.is_some() && left.as_ref() == self.agreements.get(&record).map(|now| &now.value)
            }
            RecordKind::Engagement => {
                let left = past::<Engagement>(store, &self.engagements, record, after).await?;
                left.is_some() && left.as_ref() == self.engagements.get(&record).map(|now| &now.value)
            }
            RecordKind::Person => {
                let left = past::<Person>(store, &self.persons, record, after).await?;
                left.is_some() && left.as_ref() == self.persons.get(&record).map(|now| &now.value)
            }
            RecordKind::Programme | RecordKind::Import | RecordKind::Token | _ => false,
        })
    }

    /// Takes out of `to_delete` what something that stays refers to, until nothing does.
    fn keep_what_is_needed(
        &self,
        programme: &Programme,
        to_delete: &mut BTreeSet<RecordRef>,
        kept: &mut Vec<Kept>,
    ) {
        loop {
            let mut needed = BTreeSet::from([record_ref::<Place>(programme.host)]);
            needed.extend(self.links.iter().map(|link| record_ref::<Partnership>(link.value.partnership)));
            needed.extend(self.shares.iter().map(|share| share.value.subject));
            for (record, found) in &self.engagements {
                if !to_delete.contains(record) {
                    needed.insert(record_ref::<Partnership>(found.value.partnership));
                }
            }
            for (record, found) in &self.agreements {
                if !to_delete.contains(record) {
                    needed.insert(record_ref::<Partnership>(found.value.partnership()));
                    needed.extend(found.value.parent().map(record_ref::<Agreement>));
                    needed.extend(found.value.parties().iter().map(record_ref::<Place>));
                }
            }
            for (record, found) in &self.partnerships {
                if !to_delete.contains(record) {
                    needed.extend(found.value.members().iter().map(record_ref::<Place>));
                }
            }
            for found in self.persons.values() {
                needed.extend(found.value.merged_into.map(record_ref::<Person>));
            }
            needed.extend(self.roles.iter().filter_map(|role| role.value.person).map(record_ref::<Person>));
            let stays: Vec<RecordRef> = to_delete.intersection(&needed).copied().collect();
            if stays.is_empty() {
                return;
            }
            for record in stays {
                to_delete.remove(&record);
                kept.push(Kept { record, because: KeptBecause::StillNeeded });
            }
        }
    }

    fn delete(&self, to_delete: &BTreeSet<RecordRef>, changes: &mut ChangeSet) {
        delete_all(&self.persons, to_delete, changes, |value| value.deleted().into());
        delete_all(&self.engagements, to_delete, changes, |value| value.deleted().into());
        delete_all(&self.agreements, to_delete, changes, |value| value.deleted().into());
        delete_all(&self.partnerships, to_delete, changes, |value| value.deleted().into());
        delete_all(&self.places, to_delete, changes, |value| value.deleted().into());
    }

    /// Puts a record back to the revision it had before the import.
    async fn restore(
        &self,
        store: &ProgrammeStore,
        record: RecordRef,
        before: u32,
        changes: &mut ChangeSet,
    ) -> Result<(), ReadError> {
        match record.kind {
            RecordKind::Place => {
                if let (Some(now), Some(old)) =
                    (self.places.get(&record), past::<Place>(store, &self.places, record, before).await?)
                {
                    changes.update(&old, now.revision);
                    record_event(changes, record, old.changed_from(&now.value).map(EventBody::from));
                }
            }
            RecordKind::Engagement => {
                if let (Some(now), Some(old)) = (
                    self.engagements.get(&record),
                    past::<Engagement>(store, &self.engagements, record, before).await?,
                ) {
                    let (old, told) = old.with_invitations_of(&now.value);
                    changes.update(&old, now.revision);
                    record_event(changes, record, old.changed_from(&now.value).map(EventBody::from));
                    for event in told {
                        record_event(changes, record, Some(event.into()));
                    }
                }
            }
            RecordKind::Person => {
                if let (Some(now), Some(old)) =
                    (self.persons.get(&record), past::<Person>(store, &self.persons, record, before).await?)
                {
                    changes.update(&old, now.revision);
                    record_event(changes, record, old.changed_from(&now.value).map(EventBody::from));
                }
            }
            RecordKind::Partnership => {
                if let (Some(now), Some(old)) = (
                    self.partnerships.get(&record),
                    past::<Partnership>(store, &self.partnerships, record, before).await?,
                ) {
                    // That it was put back is told by the event of the import itself.
                    changes.update(&old, now.revision);
                }
            }
            // Imports create agreements and never change them: a signed text stands.
            RecordKind::Agreement | RecordKind::Programme | RecordKind::Import | RecordKind::Token | _ => {}
        }
        Ok(())
    }
}

fn by_ref<T: Record>(records: Vec<Versioned<T>>) -> BTreeMap<RecordRef, Versioned<T>> {
    records.into_iter().map(|found| (record_ref::<T>(found.value.id()), found)).collect()
}

fn delete_all<T: Record>(
    held: &BTreeMap<RecordRef, Versioned<T>>,
    to_delete: &BTreeSet<RecordRef>,
    changes: &mut ChangeSet,
    event: impl Fn(&T) -> EventBody,
) {
    for (record, found) in held {
        if to_delete.contains(record) {
            changes.delete::<T>(found.value.id(), found.revision);
            changes.event(event(&found.value), *record);
        }
    }
}

async fn past<T: Record>(
    store: &ProgrammeStore,
    held: &BTreeMap<RecordRef, Versioned<T>>,
    record: RecordRef,
    revision: u32,
) -> Result<Option<T>, ReadError> {
    let Some(found) = held.get(&record) else { return Ok(None) };
    let Some(revision) = Revision::new(revision) else { return Ok(None) };
    let past = store.history::<T>(found.value.id(), HistoryPart::only(revision)).await?.pop();
    Ok(past.and_then(|past| past.value))
}

fn record_event(changes: &mut ChangeSet, record: RecordRef, event: Option<EventBody>) {
    if let Some(event) = event {
        changes.event(event, record);
    }
}
