//! Documents by content.

use super::sample::World;
use crate::{Database, content_hash};

/// Exactly as it was, whatever its bytes are.
pub async fn a_document_is_found_by_its_content(database: Database) {
    let world = World::new(&database).await;
    let records = database.programme(world.programme);
    for bytes in [Vec::new(), vec![0, 255, 10, 13, 0], vec![7; 3_000_000]] {
        let mut changes = world.told();
        let hash = changes.document(bytes.clone());
        world.store(changes).await;
        assert_eq!(hash, content_hash(&bytes));
        assert_eq!(records.document(hash).await, Ok(Some(bytes)));
    }
}

/// In one change set or in two.
pub async fn the_same_document_twice_is_stored_once(database: Database) {
    let world = World::new(&database).await;
    let mut first = world.told();
    let hash = first.document(b"the charter".to_vec());
    first.document(b"the charter".to_vec());
    world.store(first).await;
    let mut second = world.told();
    assert_eq!(second.document(b"the charter".to_vec()), hash);
    world.store(second).await;
    let found = database.programme(world.programme).document(hash).await;
    assert_eq!(found, Ok(Some(b"the charter".to_vec())));
}

/// And may come again.
pub async fn a_document_is_forgotten_and_what_is_kept_is_known(database: Database) {
    let world = World::new(&database).await;
    let records = database.programme(world.programme);
    let before = records.kept_bytes().await.expect("a sum");
    let mut changes = world.told();
    let (first, second) = (changes.document(vec![1; 1_000]), changes.document(vec![2; 500]));
    world.store(changes).await;
    assert_eq!(records.kept_bytes().await, Ok(before + 1_500));
    let mut changes = world.told();
    changes.forget_document(first);
    world.store(changes).await;
    assert_eq!(records.document(first).await, Ok(None));
    assert_eq!(records.document(second).await, Ok(Some(vec![2; 500])));
    assert_eq!(records.kept_bytes().await, Ok(before + 500));
    let mut again = world.told();
    assert_eq!(again.document(vec![1; 1_000]), first);
    world.store(again).await;
    assert_eq!(records.kept_bytes().await, Ok(before + 1_500));
}
