//! The journal as an audit trail: chained, complete, and telling what changed.

use serde_json::json;

use super::sample::{World, event, place, reference, revision};
use crate::audit::{AuditError, Head, RecordChange};
use crate::{ChangeSet, Database, JournalEntry, JournalQuery, Realm, Sequence};
use sister_cities_domain::id::RecordKind;

/// Each programme and the installation has a chain of its own.
pub async fn every_journal_is_a_whole_chain(database: Database) {
    let world = World::new(&database).await;
    let other = World::seeded(&database, 2).await;
    for _ in 0..3 {
        world.store(world.told()).await;
    }
    let mut installation = super::sample::changes(Realm::Installation);
    installation.event_raw(event(reference(RecordKind::Token, world.id())));
    database.commit(installation).await.expect("a commit");

    let verified = database.programme(world.programme).verify_journal().await.expect("a whole journal");
    assert_eq!(verified.entries, 4);
    let last = journal(&world).await.pop().expect("an entry");
    assert_eq!(verified.head, Head { sequence: Sequence(4), hash: last.hash });
    assert_eq!(database.store().journal_head(world.realm()).await, Ok(verified.head));
    let others = database.programme(other.programme).verify_journal().await.expect("a whole journal");
    assert_eq!(others.entries, 1);
    assert_eq!(database.installation().verify_journal().await.expect("a whole journal").entries, 1);
    let nobody = sister_cities_domain::id::ProgrammeId::from_uuid(world.id());
    assert_eq!(database.programme(nobody).verify_journal().await.expect("empty").head, Head::START);
}

/// In one commit with others, and with several events in a change set.
pub async fn the_chain_holds_while_many_write_and_one_verifies(database: Database) {
    let world = World::new(&database).await;
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let (database, programme, bond) = (database.clone(), world.programme, world.bond());
            tokio::spawn(async move {
                for number in 0..12 {
                    let mut changes = super::sample::changes(programme);
                    for _ in 0..=number % 3 {
                        changes.event_raw(event(bond));
                    }
                    database.commit(changes).await.expect("a commit");
                }
            })
        })
        .collect();
    for _ in 0..10 {
        database.programme(world.programme).verify_journal().await.expect("a whole journal");
    }
    for writer in writers {
        writer.await.expect("a writer");
    }
    let verified = database.programme(world.programme).verify_journal().await.expect("a whole journal");
    assert_eq!(verified.entries, 1 + 8 * 4 * (1 + 2 + 3));
}

/// With what was there and what is; a creation needs no such list, as its record is there to read.
pub async fn an_update_is_told_field_by_field(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.changes();
    changes
        .update_raw(world.bond_saying("frozen"), revision(1))
        .update_raw(place(world.host, "chicago", Some(4_887_398)), revision(1))
        .create_raw(place(world.id(), "osaka", None))
        .event_raw(event(reference(RecordKind::Place, world.cities[0])))
        .event_raw(event(world.bond()));
    world.store(changes).await;

    let entries = journal(&world).await;
    let told = |entry: &JournalEntry| -> Vec<RecordChange> {
        entry.changes.as_ref().map(|json| serde_json::from_str(json).expect("changes")).unwrap_or_default()
    };
    assert_eq!(entries[0].changes, None, "nothing was there before");
    // No event is about the host, so the first of the commit tells of it; it was stored again as it was.
    let host =
        RecordChange { record: reference(RecordKind::Place, world.host), revision: 2, fields: Vec::new() };
    assert_eq!(told(&entries[1]), [host]);
    let bond = &told(&entries[2])[0];
    assert_eq!((bond.record, bond.revision), (world.bond(), 2));
    let note = bond.fields.iter().find(|change| change.pointer == "/note").expect("the note changed");
    assert_eq!(note.old, Some(json!("first — café 東京")));
    assert_eq!(note.new, Some(json!("frozen")));
}

/// Neither is what it would have told.
pub async fn a_refused_change_set_leaves_no_link_in_the_chain(database: Database) {
    let world = World::new(&database).await;
    let before = database.store().journal_head(world.realm()).await.expect("a head");
    let mut stale: ChangeSet = world.told();
    stale.update_raw(world.bond_saying("stale"), revision(7));
    assert!(database.commit(stale).await.is_err());
    assert_eq!(database.store().journal_head(world.realm()).await, Ok(before));
    world.store(world.told()).await;
    let verified = database.programme(world.programme).verify_journal().await;
    assert_eq!(verified.map(|verified| verified.entries), Ok::<_, AuditError>(2));
}

async fn journal(world: &World) -> Vec<JournalEntry> {
    let all = JournalQuery::after(Sequence::START, 1_000);
    world.database.store().journal(world.realm(), all).await.expect("the journal")
}
