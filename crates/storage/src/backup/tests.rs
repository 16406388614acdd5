//! Backups under load: what was acknowledged before one began is in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sister_cities_domain::id::RecordKind;
use tokio::sync::Mutex;

use super::{create, restore, verify};
use crate::archive::tests::given::{Folder, programme};
use crate::archive::{ArchiveError, WaitingWork};
use crate::conformance::sample::later;
use crate::conformance::typed::Office;
use crate::conformance::vault::key;
use crate::work::WorkCounts;
use crate::{ChangeSet, Database, Record as _};
use sister_cities_domain::access::Actor;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{EngagementId, IdSource as _, SeededIds};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_a_file_under_load_holds_every_write_acknowledged_before_it_began() {
    let folder = Folder::new();
    let database = folder.sqlite("busy.db");
    let fresh = folder.sqlite("fresh.db");
    under_load(&folder, &database, &fresh).await;
}

#[cfg(feature = "testing")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_a_server_under_load_holds_every_write_acknowledged_before_it_began() {
    let Some(busy) = crate::testing::database().await else { return };
    let Some(fresh) = crate::testing::database().await else { return };
    let folder = Folder::new();
    let (database, restored) = (Database::new(busy.open().await), Database::new(fresh.open().await));
    under_load(&folder, &database, &restored).await;
}

#[cfg(feature = "testing")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_a_file_can_be_restored_to_a_server() {
    let Some(found) = crate::testing::database().await else { return };
    let folder = Folder::new();
    under_load(&folder, &folder.sqlite("busy.db"), &Database::new(found.open().await)).await;
}

async fn under_load(folder: &Folder, database: &Database, fresh: &Database) {
    let (sealed, office) = programme(database).await;
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4)
        .map(|seed| {
            tokio::spawn(write(
                database.clone(),
                office.visits[1].clone(),
                seed,
                acknowledged.clone(),
                stop.clone(),
            ))
        })
        .collect();
    while acknowledged.lock().await.len() < 50 {
        tokio::task::yield_now().await;
    }
    let before = acknowledged.lock().await.clone();
    let file = folder.path("backup");
    let manifest = create(&sealed, &file, later(3)).await.expect("a backup");
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await.expect("a writer");
    }
    assert!(acknowledged.lock().await.len() > before.len(), "they went on writing meanwhile");

    let examined = verify(&file, Some(&key(1))).await.expect("a sound backup");
    assert!(examined.journals.len() == 2 && examined.journals.iter().all(|journal| journal.result.is_ok()));
    let done = restore(fresh, &file, WaitingWork::HoldDueBy(later(24))).await.expect("a restored database");
    assert_eq!((done.manifest, done.held), (manifest, 3), "what was leased, ready, or to be tried again");
    let store = fresh.programme(office.programme.id);
    for id in &before {
        assert!(store.get::<Engagement>(*id).await.expect("a read").is_some(), "{id} was acknowledged");
    }
    store.verify_journal().await.expect("a whole journal");
    fresh.installation().verify_journal().await.expect("a whole journal");
    nothing_is_sent_again(fresh).await;
    assert!(matches!(restore(fresh, &file, WaitingWork::Resume).await, Err(ArchiveError::NotEmpty)));
}

async fn write(
    database: Database,
    like: Engagement,
    seed: u64,
    acknowledged: Arc<Mutex<Vec<EngagementId>>>,
    stop: Arc<AtomicBool>,
) {
    let ids = SeededIds::new(1_000 + seed);
    while !stop.load(Ordering::Relaxed) {
        let mut visit = like.clone();
        visit.id = EngagementId::from_uuid(ids.next_uuid());
        let mut changes = ChangeSet::new(visit.programme, &Actor::System, later(2));
        changes.create(&visit).event(visit.recorded(), visit.id());
        database.commit(changes).await.expect("a commit");
        acknowledged.lock().await.push(visit.id);
    }
}

/// What was done is done, and what may have been done waits for a person.
async fn nothing_is_sent_again(restored: &Database) {
    let mut counts = Vec::new();
    for topic in ["done", "dead", "leased", "ready", "later"] {
        let WorkCounts { ready, leased, done, dead } =
            restored.work().work_counts(topic).await.expect("counts");
        counts.push((ready, leased, done, dead));
    }
    assert_eq!(counts, [(0, 0, 1, 0), (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1), (1, 0, 0, 0)]);
}

#[tokio::test]
async fn a_restore_to_a_database_that_is_in_use_is_refused() {
    let folder = Folder::new();
    let (sealed, office) = programme(&folder.sqlite("home.db")).await;
    let file = folder.path("backup");
    create(&sealed, &file, later(3)).await.expect("a backup");
    let other = folder.sqlite("other.db");
    Office::open(&other).await;
    let before = other.programme(office.programme.id).dump().await;
    let refused = restore(&other, &file, WaitingWork::Resume).await;
    assert!(matches!(refused, Err(ArchiveError::NotEmpty)), "{refused:?}");
    assert_eq!(other.programme(office.programme.id).dump().await, before);
}

#[tokio::test]
async fn a_backup_is_no_export_and_an_export_no_backup() {
    let folder = Folder::new();
    let (sealed, office) = programme(&folder.sqlite("home.db")).await;
    let (backup, export) = (folder.path("backup"), folder.path("export"));
    create(&sealed, &backup, later(3)).await.expect("a backup");
    crate::archive::export_programme(&sealed, office.programme.id, &export, None).await.expect("an export");
    let empty = folder.sqlite("empty.db");
    let refused = crate::archive::import_programme(&empty, &backup, None).await;
    assert!(matches!(refused, Err(ArchiveError::Holds { .. })), "{refused:?}");
    let refused = restore(&empty, &export, WaitingWork::Resume).await;
    assert!(matches!(refused, Err(ArchiveError::Holds { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_backup_with_a_broken_journal_is_restored_and_says_so() {
    let folder = Folder::new();
    let (sealed, _) = programme(&folder.sqlite("home.db")).await;
    let (backup, tampered) = (folder.path("backup"), folder.path("tampered"));
    create(&sealed, &backup, later(3)).await.expect("a backup");
    crate::archive::tests::given::tamper(&backup, &tampered, |name, text| {
        if name.contains("programmes/") && name.ends_with("journal.ndjson") {
            text.replacen("\"name\":\"", "\"name\":\"x", 1)
        } else {
            text.to_owned()
        }
    });
    let examined = verify(&tampered, None).await.expect("it can be restored");
    assert_eq!(examined.journals.iter().filter(|journal| journal.result.is_err()).count(), 1);
    assert!(
        examined
            .manifest
            .realms
            .iter()
            .any(|content| content.lines(&format!("records/{}.ndjson", RecordKind::Place)) > 0)
    );
    restore(&folder.sqlite("restored.db"), &tampered, WaitingWork::Resume)
        .await
        .expect("who restores has nothing better");
    assert!(verify(&backup, Some(&key(9))).await.is_err(), "another master key");
}
