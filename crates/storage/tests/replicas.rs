//! Several servers on one PostgreSQL: they share one truth, and none holds up the others.
//!
//! The process that is paused is this test program itself, told by its environment to work instead of to test. It is told on
//! its standard input what to do, and says on its standard output what became of it.

#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures_util::future::join_all;
use sister_cities_storage::conformance::sample::{World, event, later, now, revision};
use sister_cities_storage::postgres::{PostgresOptions, PostgresStore};
use sister_cities_storage::testing::{TestDatabase, database};
use sister_cities_storage::work::{Claim, LeaseError, LeaseRequest, Signal};
use sister_cities_storage::{CommitError, Database, HistoryPart, JournalQuery, Risk, Sequence};
use uuid::Uuid;

const RACES: u32 = 50;
const WRITERS: usize = 10;
/// The environment variable that makes this program a server to be paused.
const DATABASE: &str = "SISTER_CITIES_PAUSED_SERVER_DATABASE";
/// The environment variable that says for how many seconds it is paused at least: `cargo xtask crash pause` lets it be 60.
const PAUSE: &str = "SISTER_CITIES_PAUSE_SECONDS";

/// Shows 3.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_ten_writers_on_two_servers_exactly_one_wins_each_of_fifty_races() {
    let Some((found, [first, second])) = two().await else { return };
    let world = World::new(&first).await;
    for race in 1..=RACES {
        let writers = (0..WRITERS).map(|writer| {
            let mut changes = world.told();
            changes.update_raw(world.bond_saying(&format!("{race} {writer}")), revision(race));
            changes.work(Uuid::from_u64_pair(race.into(), writer as u64), "mail", now());
            let database = if writer % 2 == 0 { &first } else { &second };
            database.commit(changes)
        });
        let results = join_all(writers.collect::<Vec<_>>()).await;
        let winners: Vec<usize> =
            results.iter().enumerate().filter(|(_, result)| result.is_ok()).map(|(place, _)| place).collect();
        assert_eq!(winners.len(), 1, "race {race}: {results:?}");
        let stale = CommitError::Stale {
            record: world.bond(),
            expected: revision(race),
            found: Some(revision(race + 1)),
        };
        assert_eq!(results.iter().filter(|result| **result == Err(stale.clone())).count(), WRITERS - 1);
        for database in [&first, &second] {
            let stored =
                database.store().get(world.realm(), world.bond()).await.expect("a read").expect("it");
            let said = world.bond_saying(&format!("{race} {}", winners[0]));
            assert_eq!((stored.revision, stored.body), (revision(race + 1), said.body));
        }
    }
    let history =
        second.store().history(world.realm(), world.bond(), HistoryPart::ALL).await.expect("a history");
    assert_eq!(history.len(), RACES as usize + 1, "no update is lost");
    let journal = second.programme(world.programme).verify_journal().await.expect("a whole journal");
    assert_eq!(journal.entries, u64::from(RACES) + 1, "one event for each that won");
    let work = second.work().work_counts("mail").await.expect("counts");
    assert_eq!(work.ready, u64::from(RACES), "and no work of those that lost");
    drop(found);
}

/// Though sequences are not given out in the order of commits by PostgreSQL itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_on_two_servers_never_skip_what_is_committed_late() {
    const EACH: u64 = 40;
    let Some((found, databases)) = two().await else { return };
    let world = World::new(&databases[0]).await;
    let writers = (0..8_usize).map(|writer| {
        let (database, programme, bond) = (databases[writer % 2].clone(), world.programme, world.bond());
        tokio::spawn(async move {
            for number in 0..EACH {
                let mut changes = sister_cities_storage::conformance::sample::changes(programme);
                for _ in 0..=number % 3 {
                    changes.event_raw(event(bond));
                }
                database.commit(changes).await.expect("a commit");
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    let expected = 1 + 8 * (0..EACH).map(|number| 1 + number % 3).sum::<u64>();
    let readers = databases.iter().map(|database| async {
        let mut last = Sequence::START;
        while last.0 < expected {
            let journal = database.store().journal(world.realm(), JournalQuery::after(last, 5)).await;
            for entry in journal.expect("the journal") {
                assert_eq!(entry.sequence, last.next(), "something was skipped");
                last = entry.sequence;
            }
        }
    });
    join_all(readers).await;
    for writer in writers {
        writer.await.expect("a writer");
    }
    drop(found);
}

/// P9 and Shows 3: it holds a lease when it is paused; the times are told, so nothing waits for a clock.
#[test]
fn a_paused_server_holds_nobody_up_and_its_late_completion_is_refused() {
    match asked_to_work() {
        Some(url) => work_as_told(url),
        None => runtime().block_on(pause_a_server()),
    }
}

async fn pause_a_server() {
    let Some((found, [database, _other])) = two().await else { return };
    let world = World::new(&database).await;
    let id = world.id();
    let mut changes = world.told();
    changes.work(id, "mail", now());
    world.store(changes).await;

    let mut worker = Worker::start(&found);
    let leased = worker.told("lease");
    assert!(leased.starts_with(&format!("leased {id} ")), "{leased}");
    worker.signal(rustix::process::Signal::STOP);

    let (paused, seconds) = (Instant::now(), seconds_to_pause());
    for number in (1..).take_while(|number| *number <= 20 || paused.elapsed() < seconds) {
        let mut changes = world.told();
        changes.update_raw(world.bond_saying(&number.to_string()), revision(number));
        world.store(changes).await;
    }
    assert_eq!(lease(&database, 0).await, None, "the lease has not run out");
    let taken = lease(&database, 2).await.expect("the lease has run out");
    assert_eq!(taken.id, id);
    assert_eq!(database.work().complete(taken, later(2)).await, Ok(()));

    worker.signal(rustix::process::Signal::CONT);
    assert_eq!(worker.told("complete"), "refused");
    let counts = database.work().work_counts("mail").await.expect("counts");
    assert_eq!((counts.done, counts.leased), (1, 0));
    worker.end();
}

/// The URL of the database, if this process is a server that will be paused.
#[expect(clippy::disallowed_methods, reason = "how a test tells its own child process what it is")]
fn asked_to_work() -> Option<String> {
    std::env::var(DATABASE).ok()
}

/// How long the other server is paused at least, whatever is done meanwhile.
#[expect(clippy::disallowed_methods, reason = "how `cargo xtask crash` makes the pause a real one")]
fn seconds_to_pause() -> Duration {
    let seconds = std::env::var(PAUSE).ok().map(|text| text.parse().expect("a number of seconds"));
    Duration::from_secs(seconds.unwrap_or(0))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

/// What the paused process does.
fn work_as_told(url: String) {
    let runtime = runtime();
    let options = PostgresOptions::new(url).accept(Risk::NoFsync);
    let database = Database::new(runtime.block_on(PostgresStore::open(&options)).expect("a database"));
    let mut held: Option<Claim> = None;
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let answer = match (line.as_str(), held) {
            ("lease", _) => {
                held = runtime.block_on(lease(&database, 0));
                held.map_or_else(
                    || "nothing".to_owned(),
                    |claim| format!("leased {} {:?}", claim.id, claim.fence),
                )
            }
            ("complete", Some(claim)) => match runtime.block_on(database.work().complete(claim, later(1))) {
                Ok(()) => "done".to_owned(),
                Err(LeaseError::Lost) => "refused".to_owned(),
                Err(error) => error.to_string(),
            },
            (other, _) => format!("what is {other}?"),
        };
        let mut output = std::io::stdout().lock();
        writeln!(output, "worker: {answer}").and_then(|()| output.flush()).expect("somebody listens");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_on_one_server_wakes_the_listeners_of_the_other() {
    let Some((found, [first, second])) = two().await else { return };
    let world = World::new(&first).await;
    let mut signals = second.work().signals();
    // It may take a moment until the other listens, so it is told again and again.
    let telling = async {
        loop {
            world.store(world.told()).await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let hearing =
        async { while signals.next().await.expect("the store is open") != Signal::In(world.realm()) {} };
    tokio::select! {
        () = telling => {}
        () = hearing => {}
    }
    drop(found);
}

/// One effect, whichever servers a client asks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_repeated_on_another_server_has_one_effect() {
    use sister_cities_storage::{IdempotencyKey, IdempotencyRecord, Outcome};
    let Some((found, databases)) = two().await else { return };
    let world = World::new(&databases[0]).await;
    for request in 0..20 {
        let reply = IdempotencyRecord {
            key: IdempotencyKey {
                credential: "tok_1".to_owned(),
                route: "POST /v1/places".to_owned(),
                key: format!("key {request}"),
            },
            fingerprint: [7; 32],
            status: 201,
            body: b"{}".to_vec(),
            expires_at: later(24),
        };
        let attempts = (0..6).map(|attempt: usize| {
            let mut changes = world.told();
            changes.idempotency(reply.clone());
            databases[attempt % 2].commit(changes)
        });
        let results = join_all(attempts.collect::<Vec<_>>()).await;
        let committed = results.iter().filter(|result| matches!(result, Ok(Outcome::Committed(_)))).count();
        let replayed =
            results.iter().filter(|result| **result == Ok(Outcome::Replayed(reply.clone()))).count();
        assert_eq!((committed, replayed), (1, 5), "{results:?}");
    }
    assert_eq!(databases[1].programme(world.programme).journal_end().await, Ok(Sequence(21)));
    drop(found);
}

/// Two stores on one database, as two servers have.
async fn two() -> Option<(TestDatabase, [Database; 2])> {
    let found = database().await?;
    let databases = [Database::new(found.open().await), Database::new(found.open().await)];
    Some((found, databases))
}

/// The only work there is, for one hour, so many hours from now.
async fn lease(database: &Database, hours: i64) -> Option<Claim> {
    let request = LeaseRequest {
        topic: "mail",
        owner: format!("process {}", std::process::id()),
        limit: 10,
        now: later(hours),
        lease: TimeDelta::hours(1),
    };
    let leased = database.work().lease(request).await.expect("an answer");
    assert!(leased.len() <= 1, "{leased:?}");
    leased.first().map(|leased| leased.claim)
}

/// A server process.
struct Worker {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Worker {
    fn start(found: &TestDatabase) -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut process = Command::new(program)
            .args([
                "--exact",
                "--nocapture",
                "a_paused_server_holds_nobody_up_and_its_late_completion_is_refused",
            ])
            .env(DATABASE, found.url())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let input = process.stdin.take().expect("its input");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        Self { process, input, output }
    }

    /// Tells it to do something, and hears what became of it.
    fn told(&mut self, what: &str) -> String {
        writeln!(self.input, "{what}").expect("it listens");
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).expect("a line"), 0, "the worker has ended");
            if let Some((_, said)) = line.trim_end().split_once("worker: ") {
                return said.to_owned();
            }
        }
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let process = i32::try_from(self.process.id()).ok().and_then(rustix::process::Pid::from_raw);
        rustix::process::kill_process(process.expect("a process"), signal).expect("it is there");
    }

    fn end(mut self) {
        self.process.kill().expect("kill -9");
        self.process.wait().expect("its end");
    }
}
