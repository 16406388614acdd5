//! `kill -9` at any moment: what was acknowledged is there, and a change set is there whole or not at all.
//!
//! The process that is killed is this test program itself, told by its environment to write instead of to test. The writer
//! says on its standard output what was acknowledged.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_storage::conformance::sample::{self, World, day, engagement, event, place};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{ChangeSet, Database, JournalQuery, Query, Realm, Sequence, StoredRecord};
use uuid::Uuid;

const WRITERS: u32 = 8;
const BULK: u32 = 20_000;
/// The environment variable that makes this program a writer.
const DATABASE: &str = "SISTER_CITIES_CRASH_TEST_DATABASE";

#[test]
fn no_acknowledged_write_is_lost_when_the_writer_is_killed() {
    if let Some(opened) = asked_to_write() {
        return many_small_writes(&opened);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let realm = prepare(&path);
    let mut acknowledged = BTreeSet::new();
    for round in 0..8 {
        let mut writer = start("no_acknowledged_write_is_lost_when_the_writer_is_killed", &path);
        let patience = Duration::from_millis(150 + 70 * round);
        let said = kill_after(&mut writer, patience);
        acknowledged
            .extend(said.lines().filter_map(|line| line.strip_prefix("stored ")?.parse::<Uuid>().ok()));

        let (stored, told) = after_the_crash(&path, realm);
        let lost: Vec<_> = acknowledged.difference(&stored).collect();
        assert!(lost.is_empty(), "round {round}: {} of {} are lost", lost.len(), acknowledged.len());
        assert_eq!(stored, told, "round {round}: a record without its event, or the other way round");
    }
    assert!(acknowledged.len() >= 8, "too few writes to say anything: {}", acknowledged.len());
}

#[test]
fn a_bulk_that_is_killed_is_there_whole_or_not_at_all() {
    if let Some(opened) = asked_to_write() {
        return one_bulk(&opened);
    }
    let mut outcomes = BTreeSet::new();
    for round in 0..6 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("test.db");
        let realm = prepare(&path);
        let mut writer = start("a_bulk_that_is_killed_is_there_whole_or_not_at_all", &path);
        // From the middle of the work to well after its end.
        let patience = Duration::from_millis(40 + 400 * round * round);
        let said = kill_after(&mut writer, patience);

        let database = open(&path);
        let found =
            block_on(database.store().count(realm, Query::all(RecordKind::Engagement, 1))).expect("a count");
        let end = block_on(database.realm(realm).journal_end()).expect("the end of the journal");
        assert!(found == 0 || found == u64::from(BULK), "{found} of {BULK} are there");
        assert_eq!(end, Sequence(1 + u64::from(found != 0)), "the event goes with the records");
        assert!(found != 0 || !said.contains("stored"), "acknowledged, but not there");
        outcomes.insert(found);
    }
    assert!(outcomes.contains(&0), "every kill came too late to say anything");
}

/// What the killed process does, until it is killed.
fn many_small_writes((database, programme): &(Database, Realm)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    runtime.block_on(async {
        let writers = (0..WRITERS).map(|_| {
            let (database, programme) = (database.clone(), *programme);
            tokio::spawn(async move {
                loop {
                    let record = place(random(), "somewhere", None);
                    let id = record.record.id;
                    let mut changes = sample::changes(programme);
                    changes.event_raw(event(record.record)).create_raw(record);
                    database.commit(changes).await.expect("a commit");
                    say(&format!("stored {id}\n"));
                }
            })
        });
        // They write until the process is killed.
        futures_util::future::join_all(writers).await;
    });
}

/// What the killed process does, unless it is killed before.
fn one_bulk((database, programme): &(Database, Realm)) {
    let programme = *programme;
    let bonds =
        block_on(database.store().query(programme, Query::all(RecordKind::Partnership, 1))).expect("bonds");
    let bond = bonds.records[0].id;
    let mut changes: ChangeSet = sample::changes(programme);
    changes.event_raw(event(RecordRef { kind: RecordKind::Partnership, id: bond }));
    for number in 0..BULK {
        changes.create_raw(engagement(random(), bond, Some(day(number % 5_000))));
    }
    say("begun\n");
    block_on(database.commit(changes)).expect("a commit");
    say("stored\n");
    std::thread::sleep(Duration::from_mins(1));
}

/// Stores a programme to write into.
fn prepare(path: &Path) -> Realm {
    block_on(async { World::new(&open(path)).await.realm() })
}

/// Starts this program once more, as the writer of that test.
fn start(test: &str, path: &Path) -> Child {
    let program = std::env::current_exe().expect("this program");
    Command::new(program)
        .args(["--exact", "--nocapture", test])
        .env(DATABASE, path)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a process")
}

/// Waits for the first word of the writer, lets it work for a while and kills it. Returns all whole lines it said.
fn kill_after(writer: &mut Child, patience: Duration) -> String {
    let mut output = BufReader::new(writer.stdout.take().expect("its output"));
    let mut said = String::new();
    while !said.contains("stored") && !said.contains("begun") {
        assert_ne!(output.read_line(&mut said).expect("a line"), 0, "the writer ended by itself: {said}");
    }
    let reader = std::thread::spawn(move || {
        let mut rest = Vec::new();
        output.read_to_end(&mut rest).map(|_| rest)
    });
    std::thread::sleep(patience);
    writer.kill().expect("kill -9");
    writer.wait().expect("its end");
    let rest = reader.join().expect("a thread").expect("its output");
    said.push_str(&String::from_utf8_lossy(&rest));
    let whole = said.rfind('\n').map_or(0, |end| end + 1);
    said.truncate(whole);
    said
}

/// The places written by the writers, by record and by event.
fn after_the_crash(path: &Path, realm: Realm) -> (BTreeSet<Uuid>, BTreeSet<Uuid>) {
    let database = open(path);
    block_on(async {
        let limit = 1_000_000;
        let page = database.store().query(realm, Query::all(RecordKind::Place, limit)).await.expect("places");
        let ours = |stored: &&StoredRecord| stored.id.get_version_num() == 4;
        let stored = page.records.iter().filter(ours).map(|stored| stored.id).collect();
        let journal = database.store().journal(realm, JournalQuery::after(Sequence::START, limit)).await;
        let journal = journal.expect("the journal");
        assert!(journal.iter().map(|entry| entry.sequence.0).eq(1..=journal.len() as u64), "no gaps");
        let subjects = journal.iter().map(|entry| entry.event.subject);
        (
            stored,
            subjects.filter(|subject| subject.kind == RecordKind::Place).map(|subject| subject.id).collect(),
        )
    })
}

/// The database to write to, if this process is a writer.
#[expect(clippy::disallowed_methods, reason = "how a test tells its own child process what it is")]
fn asked_to_write() -> Option<(Database, Realm)> {
    let path = std::env::var_os(DATABASE)?;
    let database = open(Path::new(&path));
    let programmes = block_on(database.store().programmes(None, 1)).expect("the programme");
    Some((database, Realm::from_uuid(programmes.first().expect("a programme").id)))
}

fn open(path: &Path) -> Database {
    Database::new(SqliteStore::open(path).expect("a database"))
}

/// Written past the test harness, which would keep it until the end.
fn say(line: &str) {
    let mut output = std::io::stdout().lock();
    output.write_all(line.as_bytes()).and_then(|()| output.flush()).expect("somebody listens");
}

fn random() -> Uuid {
    use std::hash::{BuildHasher as _, RandomState};
    let half = || u128::from(RandomState::new().hash_one(0_u8));
    uuid::Builder::from_random_bytes((half() << 64 | half()).to_be_bytes()).into_uuid()
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(work)
}
