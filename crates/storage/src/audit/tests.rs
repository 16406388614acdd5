//! Whatever is changed, dropped, swapped or cut off is found, and named by its place.

use proptest::prelude::*;
use serde_json::json;
use sister_cities_domain::id::ProgrammeId;
use uuid::Uuid;

use super::verify::Walk;
use super::{Fault, Head, Prepared, Seal, canonical, chain, diff, links};
use crate::conformance::sample::{World, actor, event, later, now};
use crate::sqlite::SqliteStore;
use crate::{ChangeSet, Database, JournalEntry, JournalQuery, Realm, Sequence};

#[test]
fn a_journal_as_it_was_committed_is_whole() {
    let (realm, entries) = journal(6);
    let verified = check(realm, &entries).expect("a whole journal");
    assert_eq!(verified.entries, 6);
    assert!(verified.sealed >= 6, "each entry names its actor");
    assert_eq!(verified.erased, 0);
}

#[test]
fn an_entry_that_was_dropped_is_missed() {
    let (realm, mut entries) = journal(6);
    entries.remove(3);
    let fault = Fault::Missing { missing: Sequence(4), found: Sequence(5) };
    assert_eq!(check(realm, &entries), Err(fault));
}

#[test]
fn an_entry_dropped_without_leaving_a_gap_is_noticed() {
    let (realm, mut entries) = journal(6);
    entries.remove(3);
    for (entry, number) in entries.iter_mut().zip(1..) {
        entry.sequence = Sequence(number);
    }
    assert_eq!(check(realm, &entries), Err(Fault::Moved(Sequence(4))));
}

#[test]
fn entries_that_were_swapped_are_noticed() {
    let (realm, mut entries) = journal(6);
    entries.swap(2, 4);
    for (entry, number) in entries.iter_mut().zip(1..) {
        entry.sequence = Sequence(number);
    }
    assert_eq!(check(realm, &entries), Err(Fault::Moved(Sequence(3))));
}

#[test]
fn a_changed_entry_whose_hash_was_made_anew_is_betrayed_by_the_next_one() {
    let (realm, mut entries) = journal(6);
    let previous = entries[2].hash;
    let forged = &mut entries[3];
    forged.event.name = "test.forged".to_owned();
    let seals: Vec<Seal> = serde_json::from_str(&forged.seals).expect("seals");
    forged.hash = chain::hash(realm, previous, forged, &chain::document(forged), &seals);
    assert_eq!(check(realm, &entries), Err(Fault::Changed(Sequence(5))));
}

#[test]
fn a_personal_value_that_was_changed_is_named() {
    let (realm, mut entries) = journal(3);
    entries[1].actor = entries[1].actor.replace("tester", "culprit");
    let fault = Fault::PersonalValue { entry: Sequence(2), at: "/actor/name".to_owned() };
    assert_eq!(check(realm, &entries), Err(fault));
}

#[test]
fn a_personal_value_taken_out_by_no_erasure_is_noticed() {
    let (realm, mut entries) = journal(3);
    entries[1].actor = entries[1].actor.replace("tester", "nobody");
    let mut seals: Vec<Seal> = serde_json::from_str(&entries[1].seals).expect("seals");
    seals.iter_mut().find(|seal| seal.at == "/actor/name").expect("the actor is sealed").salt = None;
    entries[1].seals = json!(seals).to_string();
    let fault = Fault::Unaccounted { end: Sequence(3), erased: 1, told: 0 };
    assert_eq!(check(realm, &entries), Err(fault));
}

#[test]
fn the_journal_of_another_programme_does_not_pass_for_this_one() {
    let (_, entries) = journal(2);
    let other = Realm::Programme(ProgrammeId::from_uuid(Uuid::max()));
    assert_eq!(check(other, &entries), Err(Fault::Moved(Sequence(1))));
}

#[test]
fn a_difference_names_what_was_there_and_what_is() {
    let old =
        json!({"title": "a", "kept": 1, "gone": null, "list": [1, 2, 3], "deep": {"x/y": [{"k": true}]}});
    let new =
        json!({"title": "b", "kept": 1, "list": [1, 9, 8, 3], "deep": {"x/y": [{"k": false}]}, "came": []});
    let found = diff::fields(&old, &new);
    let texts: Vec<_> = found.iter().map(|change| json!(change).to_string()).collect();
    assert_eq!(
        texts,
        [
            r#"{"new":[],"pointer":"/came"}"#,
            r#"{"new":false,"old":true,"pointer":"/deep/x~1y/0/k"}"#,
            r#"{"old":null,"pointer":"/gone"}"#,
            r#"{"new":9,"old":2,"pointer":"/list/1"}"#,
            r#"{"new":8,"pointer":"/list/2"}"#,
            r#"{"new":"b","old":"a","pointer":"/title"}"#,
        ]
    );
    let read: Vec<super::FieldChange> =
        texts.iter().map(|text| serde_json::from_str(text).expect("a change")).collect();
    assert_eq!(read, found);
}

proptest! {
    /// Any one character of anything stored, anywhere in the journal.
    #[test]
    fn no_character_of_an_entry_can_be_changed_unnoticed(place in 0..8_usize, part in 0..6_usize, at in 0..10_000_usize) {
        let (realm, mut entries) = journal(8);
        let entry = &mut entries[place];
        match part {
            0 => twist(&mut entry.actor, at),
            1 => twist(&mut entry.event.name, at),
            2 => twist(&mut entry.event.body.json, at),
            3 => entry.event.body.version += 1,
            4 => entry.at += chrono::TimeDelta::microseconds(1 + i64::try_from(at).unwrap_or_default()),
            _ => match &mut entry.changes {
                Some(changes) => twist(changes, at),
                None => entry.changes = Some("[]".to_owned()),
            },
        }
        let fault = check(realm, &entries).expect_err("a fault");
        prop_assert_eq!(fault.sequence(), Sequence(place as u64 + 1));
    }

    /// The keys' order, spaces and the way of writing letters do not matter.
    #[test]
    fn the_canonical_text_of_a_value_is_one(fields in proptest::collection::btree_map(".*", ".*", 0..6)) {
        let backwards: String = fields
            .iter()
            .rev()
            .map(|(name, value)| format!(" {} : {} ", json!(name), json!(value)))
            .collect::<Vec<_>>()
            .join(",");
        let none = std::collections::BTreeMap::new();
        let read = canonical::parse(&format!("{{{backwards}}}"));
        prop_assert_eq!(canonical::write(&read, &none), canonical::write(&json!(fields), &none));
    }

    /// No two differ in nothing, and none differs from itself.
    #[test]
    fn a_difference_is_empty_only_between_equals(old in body(), new in body()) {
        prop_assert_eq!(diff::fields(&old, &new).is_empty(), old == new);
    }
}

/// A small body of a record.
fn body() -> impl Strategy<Value = serde_json::Value> {
    let leaf =
        prop_oneof![Just(json!(null)), any::<bool>().prop_map(|x| json!(x)), (0..3).prop_map(|x| json!(x))];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(|items| json!(items)),
            proptest::collection::btree_map("[a-c]", inner, 0..3).prop_map(|fields| json!(fields)),
        ]
    })
}

/// Replaces one letter or digit by another.
fn twist(text: &mut String, at: usize) {
    let letters: Vec<(usize, char)> =
        text.char_indices().filter(|(_, letter)| letter.is_ascii_alphanumeric()).collect();
    let (place, letter) = letters[at % letters.len()];
    let other = if letter == 'x' { "y" } else { "x" };
    text.replace_range(place..=place, other);
}

fn check(realm: Realm, entries: &[JournalEntry]) -> Result<super::Verified, Fault> {
    let mut walk = Walk::new(realm);
    entries.iter().try_for_each(|entry| walk.step(entry))?;
    walk.end()
}

/// A journal of so many entries, the later ones with changes.
fn journal(length: u64) -> (Realm, Vec<JournalEntry>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let world = World::new(&Database::new(SqliteStore::temporary().expect("a database"))).await;
        for number in 1..length {
            let revision = crate::Revision::new(u32::try_from(number).expect("small")).expect("not 0");
            let mut changes = ChangeSet::new(
                world.programme,
                &actor("tester"),
                later(i64::try_from(number).expect("small")),
            );
            changes.update_raw(world.bond_saying(&number.to_string()), revision);
            changes.event_raw(event(world.bond()));
            world.store(changes).await;
        }
        let all = JournalQuery::after(Sequence::START, 1_000);
        (world.realm(), world.database.store().journal(world.realm(), all).await.expect("a journal"))
    })
}

#[test]
fn the_same_change_set_is_sealed_with_other_salts_each_time() {
    let world = Realm::Programme(ProgrammeId::from_uuid(Uuid::max()));
    let mut changes = ChangeSet::new(world, &actor("tester"), now());
    changes.event_raw(event(crate::conformance::sample::reference(
        sister_cities_domain::id::RecordKind::Place,
        Uuid::nil(),
    )));
    let first = || {
        let prepared = Prepared::new(changes.clone()).expect("a sound change set");
        let drafts = prepared.drafts(&[]).expect("random numbers");
        links(&changes, &drafts, Head::START)[0]
    };
    let (once, again) = (first(), first());
    assert_ne!(once.hash, again.hash);
    assert_eq!((once.sequence, once.id), (again.sequence, again.id));
}
