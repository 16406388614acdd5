//! Reading cell by cell, and replacing what cells hold.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use super::state::State;
use crate::vault::WrappedKey;
use crate::{Cell, CellKey, ChangeSet, CommitError, Content, EntryContent, Outcome, Realm, Rewrite, Shelf};
use sister_cities_domain::id::RecordRef;

impl State {
    /// Part of a shelf, after that key.
    pub(super) fn cells(&self, realm: Realm, part: Shelf, after: Option<&CellKey>, limit: u32) -> Vec<Cell> {
        let mut all = self.shelf(realm, part);
        all.sort_by(|left, right| left.key.cmp(&right.key));
        let first = all.iter().position(|cell| after.is_none_or(|after| past(&cell.key, after)));
        all.drain(..first.unwrap_or(all.len()));
        all.truncate(limit as usize);
        all
    }

    fn shelf(&self, realm: Realm, part: Shelf) -> Vec<Cell> {
        let programme = realm.uuid();
        match part {
            Shelf::Records(kind) => self
                .rows(realm, kind)
                .map(|(id, row)| Cell {
                    key: CellKey::Record(RecordRef { kind, id }, row.revision),
                    content: Content::Text(row.body.json.clone()),
                })
                .collect(),
            Shelf::History => {
                let own = self.history.iter().filter(|((of, _, _), _)| *of == programme);
                own.flat_map(|((_, kind, id), past)| {
                    let record = RecordRef { kind: *kind, id: *id };
                    past.iter().map(|past| &past.revision).filter_map(move |past| {
                        let content = Content::Text(past.body.as_ref()?.json.clone());
                        Some(Cell { key: CellKey::Past(record, past.revision), content })
                    })
                })
                .collect()
            }
            Shelf::Journal => {
                let own = self.journals.get(&programme).into_iter().flatten();
                own.map(|entry| Cell {
                    key: CellKey::Entry(entry.sequence),
                    content: Content::Entry(EntryContent {
                        subject: entry.event.subject,
                        actor: entry.actor.clone(),
                        body: entry.event.body.json.clone(),
                        changes: entry.changes.clone(),
                        seals: entry.seals.clone(),
                    }),
                })
                .collect()
            }
            Shelf::Changes => {
                let actors = self.actors(realm).into_iter().zip(1..);
                actors
                    .map(|(actor, number)| Cell {
                        key: CellKey::Change(number),
                        content: Content::Text(actor),
                    })
                    .collect()
            }
            Shelf::Replies => {
                let own = self.replies.iter().filter(|((of, _), _)| *of == programme);
                own.map(|((_, key), reply)| Cell {
                    key: CellKey::Reply(key.clone()),
                    content: Content::Bytes(reply.body.clone()),
                })
                .collect()
            }
            Shelf::Work => self.works_of(realm),
            Shelf::Documents => {
                let own = self.documents.iter().filter(|((of, _), _)| *of == programme);
                own.map(|((_, hash), bytes)| Cell {
                    key: CellKey::Document(*hash),
                    content: Content::Bytes(bytes.clone()),
                })
                .collect()
            }
        }
    }

    /// Here changes have no rows of their own; each actor that there is stands for all of theirs.
    fn actors(&self, realm: Realm) -> BTreeSet<String> {
        let programme = realm.uuid();
        let rows = self.rows.iter().filter(|((of, _, _), _)| *of == programme);
        let history = self.history.iter().filter(|((of, _, _), _)| *of == programme);
        let journal = self.journals.get(&programme).into_iter().flatten();
        rows.map(|(_, row)| row.actor.to_string())
            .chain(history.flat_map(|(_, past)| past.iter().map(|past| past.revision.actor.clone())))
            .chain(journal.map(|entry| entry.actor.clone()))
            .collect()
    }

    /// Replaces what the cells hold and commits, or neither.
    pub(super) fn rewrite(
        &mut self,
        rewrites: &[Rewrite],
        changes: &ChangeSet,
    ) -> Result<Outcome, CommitError> {
        let mut next = self.clone();
        for one in rewrites {
            if !next.rewrite_one(changes.realm(), one) {
                return Err(CommitError::Overtaken);
            }
        }
        let outcome = next.commit(changes)?;
        *self = next;
        Ok(outcome)
    }

    /// Whether the cell held what it was said to hold.
    fn rewrite_one(&mut self, realm: Realm, one: &Rewrite) -> bool {
        let programme = realm.uuid();
        match (&one.key, &one.old, &one.new) {
            (CellKey::Record(record, revision), Content::Text(old), Content::Text(new)) => {
                let row = self.rows.get_mut(&(programme, record.kind, record.id));
                row.filter(|row| row.revision == *revision)
                    .is_some_and(|row| swap(&mut row.body.json, old, new))
            }
            (CellKey::Past(record, revision), Content::Text(old), Content::Text(new)) => self
                .history
                .get_mut(&(programme, record.kind, record.id))
                .and_then(|past| {
                    past.iter_mut().map(|past| &mut past.revision).find(|past| past.revision == *revision)
                })
                .and_then(|past| past.body.as_mut())
                .is_some_and(|body| swap(&mut body.json, old, new)),
            (CellKey::Entry(sequence), Content::Entry(old), Content::Entry(new)) => {
                let mut journal = self.journals.get_mut(&programme).into_iter().flatten();
                let entry = journal.find(|entry| {
                    let told = (&entry.seals, &entry.event.body.json, &entry.changes);
                    entry.sequence == *sequence && told == (&old.seals, &old.body, &old.changes)
                });
                entry.is_some_and(|entry| {
                    entry.event.body.json.clone_from(&new.body);
                    entry.changes.clone_from(&new.changes);
                    entry.seals.clone_from(&new.seals);
                    true
                })
            }
            (CellKey::Change(_), Content::Text(old), Content::Text(new)) => {
                self.rename_actor(realm, old, new);
                true
            }
            (CellKey::Reply(key), Content::Bytes(old), Content::Bytes(new)) => self
                .replies
                .get_mut(&(programme, key.clone()))
                .is_some_and(|reply| swap(&mut reply.body, old, new)),
            (CellKey::Document(hash), Content::Bytes(old), Content::Bytes(new)) => {
                self.documents.get_mut(&(programme, *hash)).is_some_and(|bytes| swap(bytes, old, new))
            }
            (CellKey::Work(id), Content::Text(old), Content::Text(new)) => {
                self.works().error_of(realm, *id).is_some_and(|error| swap(error, old, new))
            }
            (CellKey::DataKey(number), Content::Bytes(old), Content::Bytes(new)) => {
                self.keys.get_mut(&(programme, *number)).is_some_and(|key| swap(&mut key.wrapped, old, new))
            }
            (_, Content::Text(_) | Content::Bytes(_) | Content::Entry(_), _) => false,
        }
    }

    fn rename_actor(&mut self, realm: Realm, old: &str, new: &str) {
        let programme = realm.uuid();
        for ((of, _, _), row) in &mut self.rows {
            if *of == programme && &*row.actor == old {
                row.actor = new.into();
            }
        }
        let past = self.history.iter_mut().filter(|((of, _, _), _)| *of == programme);
        let past = past.flat_map(|(_, past)| past).map(|past| &mut past.revision.actor);
        let journal = self.journals.get_mut(&programme).into_iter().flatten().map(|entry| &mut entry.actor);
        for actor in past.chain(journal).filter(|actor| *actor == old) {
            new.clone_into(actor);
        }
    }
}

/// Whether `key` comes after `after`; the revision a record is at has no part in its order.
fn past(key: &CellKey, after: &CellKey) -> bool {
    match (key, after) {
        (CellKey::Record(key, _), CellKey::Record(after, _)) => key > after,
        (key, after) => key > after || std::mem::discriminant(key) != std::mem::discriminant(after),
    }
}

fn swap<T: Clone + PartialEq>(place: &mut T, old: &T, new: &T) -> bool {
    let holds = *place == *old;
    if holds {
        place.clone_from(new);
    }
    holds
}

impl State {
    /// The data keys of a realm.
    pub(super) fn keys(&self, realm: Realm) -> Vec<WrappedKey> {
        let own = (realm.uuid(), 0)..=(realm.uuid(), u32::MAX);
        self.keys.range(own).map(|(_, key)| key.clone()).collect()
    }

    /// Stores a data key, if there is none of its number.
    pub(super) fn add_key(&mut self, realm: Realm, key: WrappedKey) -> Result<(), CommitError> {
        match self.keys.entry((realm.uuid(), key.number)) {
            Entry::Occupied(_) => Err(CommitError::Overtaken),
            Entry::Vacant(place) => {
                place.insert(key);
                Ok(())
            }
        }
    }

    /// Drops a data key.
    pub(super) fn drop_key(&mut self, realm: Realm, number: u32) {
        self.keys.remove(&(realm.uuid(), number));
    }
}
