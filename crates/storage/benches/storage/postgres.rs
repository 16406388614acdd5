//! PostgreSQL beside `pgbench` that sends the same statements: a script, prepared, by as many clients.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::SeededIds;
use sister_cities_storage::catalogue::engagement;
use sister_cities_storage::postgres::{PostgresOptions, PostgresStore};
use sister_cities_storage::testing::database;
use sister_cities_storage::{Database, Direction, Listing};
use tokio::runtime::Runtime;

use crate::pgbench::{Heard, Script, listen};
use crate::town::{Town, change_set};
use crate::writers::commits;
use crate::{Outcome, memory, tell};
use sister_cities_measure::Rounds;
use sister_cities_measure::cores::{Who, pin};
use sister_cities_measure::{Needed, Row};

const READERS: usize = 8;
const WRITERS: usize = 32;
/// So many records are read in turn, on both sides.
const READ: usize = 20;
/// The role of the server in the databases of the tests.
const ROLE: &str = "sister_cities_test_app";

/// All rows, on the server that `DATABASE_URL` names.
pub(crate) fn measure(rounds: Rounds) -> Outcome<Vec<Row>> {
    pin(Who::Client);
    tell("storing what is read from PostgreSQL");
    let runtime = Runtime::new()?;
    let log = std::env::args().find_map(|argument| argument.strip_prefix("--log=").map(PathBuf::from));
    let log = log.ok_or("no log to read")?;
    let (bench, found) = runtime.block_on(async {
        let found = database().await.ok_or("no PostgreSQL was found")?;
        let (url, admin_url) = (found.url(), found.admin_url());
        let town = Town::of(Database::new(open(&url).await?), memory::ORIGINALS).await?;
        Outcome::Ok((Bench { url, admin_url, log, town: Arc::new(town), rounds }, found))
    })?;
    let mut rows = bench.reads(&runtime)?;
    rows.extend(bench.commits(&runtime)?);
    runtime.block_on(memory::fill_postgres(&bench.admin_url))?;
    rows.extend(memory::measure_postgres(&bench.url, bench.town.programme())?);
    drop(runtime.enter());
    drop(found);
    Ok(rows)
}

async fn open(url: &str) -> Outcome<PostgresStore> {
    Ok(PostgresStore::open(&PostgresOptions::new(url)).await?)
}

struct Bench {
    url: String,
    admin_url: String,
    log: PathBuf,
    town: Arc<Town>,
    rounds: Rounds,
}

impl Bench {
    fn reads(&self, runtime: &Runtime) -> Outcome<Vec<Row>> {
        let points = self.heard(runtime, async |database, town| {
            database.programme(town.programme()).get::<Engagement>(town.visits[0]).await?;
            Ok(())
        })?;
        let pages = self.heard(runtime, async |database, town| {
            database.programme(town.programme()).list(&listing(town, 0)).await?;
            Ok(())
        })?;
        // One script with one statement, so that pgbench too has prepared it soon.
        let drawn = |ids: Vec<String>| {
            let array = format!("('{{{}}}'::uuid[])[:n]", ids.join(","));
            move |_: &Heard, number: usize| (number == 2).then(|| array.clone())
        };
        let draw = format!("\\set n random(1, {READ})\n");
        let visits = self.town.visits.iter().take(READ).map(|id| id.uuid().to_string()).collect();
        let bonds = self.town.bonds.iter().take(READ).map(|id| id.uuid().to_string()).collect();
        let (mut point, mut page) = (Script::default(), Script::default());
        point.transaction(&draw, &points, drawn(visits));
        page.transaction(&draw, &pages, drawn(bonds));
        let point_ratio = self.rounds.compare(
            "point read on PostgreSQL",
            |length| Ok(self.points(runtime, length)),
            |length| point.run(&self.url, READERS, length),
        )?;
        let page_ratio = self.rounds.compare(
            "page of 50 on PostgreSQL",
            |length| Ok(self.pages(runtime, length)),
            |length| page.run(&self.url, READERS, length),
        )?;
        let beside = "pgbench, the same statement, prepared; it decodes nothing";
        Ok(vec![
            Row::new(
                "PostgreSQL: point read of an engagement, 8 clients",
                beside,
                Needed::Part(0.6),
                point_ratio,
                "the way to the server and back: the client's system calls",
            ),
            Row::new(
                "PostgreSQL: page of 50, a partnership's engagements by date, 8 clients",
                beside,
                Needed::Part(0.6),
                page_ratio,
                "the client, which decodes 50 bodies",
            ),
        ])
    }

    fn commits(&self, runtime: &Runtime) -> Outcome<Vec<Row>> {
        let visit = self.town.visit(1);
        let id = visit.id.uuid().to_string();
        let heard = self.heard(runtime, async |database, town| {
            database.commit(change_set(&visit, town.world.id())).await?;
            Ok(())
        })?;
        let begins = heard.iter().position(|heard| heard.sql == "BEGIN").ok_or("no transaction was heard")?;
        let mut script = Script::default();
        let draw = "\\set r random(0, 9223372036854775806)\n\\set s random(0, 9223372036854775806)\n";
        script.transaction(draw, &heard[begins..], |heard, number| written(heard, number, &id));
        let ids = Arc::new(SeededIds::new(1_000_000));
        let mut rows = Vec::new();
        for writers in [WRITERS, 1] {
            let found = self.rounds.compare(
                &format!("commit on PostgreSQL by {writers}"),
                |length| Ok(runtime.block_on(commits(&self.town, writers, length, &ids))),
                |length| script.run(&self.url, writers, length),
            )?;
            let s = if writers == 1 { "" } else { "s" };
            let limit = if writers == 1 {
                "two ways to the server and the wait for its disk"
            } else {
                "the server; pgbench waits for the programme's lock, the disk and the way for each commit"
            };
            rows.push(Row::new(
                &format!("PostgreSQL: durable commit (record, journal, outbox), {writers} writer{s} on one programme"),
                "pgbench, the same statements, prepared",
                Needed::Part(0.6),
                found,
                limit,
            ));
        }
        Ok(rows)
    }

    /// What the server hears when that is done on a connection that has nothing to prepare any more.
    fn heard(
        &self,
        runtime: &Runtime,
        work: impl AsyncFnOnce(&Database, &Town) -> Outcome<()>,
    ) -> Outcome<Vec<Heard>> {
        runtime
            .block_on(listen(&self.admin_url, ROLE, &self.log, async || {
                let database = Database::new(open(&self.url).await?);
                work(&database, &self.town).await
            }))
            .map(|heard| heard.into_iter().filter(|heard| !heard.sql.contains("pg_catalog")).collect())
    }

    fn points(&self, runtime: &Runtime, length: Duration) -> f64 {
        self.read(runtime, length, &async |town: &Town, number: usize| {
            let records = town.database.programme(town.programme());
            let found = records.get::<Engagement>(town.visits[number % READ]).await.expect("a read");
            std::hint::black_box(found.expect("a record"));
        })
    }

    fn pages(&self, runtime: &Runtime, length: Duration) -> f64 {
        self.read(runtime, length, &async |town: &Town, number: usize| {
            let records = town.database.programme(town.programme());
            let page = records.list(&listing(town, number % READ)).await.expect("a page");
            assert_eq!(page.items.len(), 50, "a page is full");
        })
    }

    /// Reads in a second, by all readers together.
    fn read(&self, runtime: &Runtime, length: Duration, once: &impl AsyncFn(&Town, usize)) -> f64 {
        let begun = Instant::now();
        let end = begun + length;
        let readers = (0..READERS).map(|reader| async move {
            let mut done = 0_u32;
            while Instant::now() < end {
                once(&self.town, reader + done as usize).await;
                done += 1;
            }
            done
        });
        let done: u32 = runtime.block_on(futures_util::future::join_all(readers)).into_iter().sum();
        f64::from(done) / begun.elapsed().as_secs_f64()
    }
}

fn listing(town: &Town, bond: usize) -> Listing<Engagement> {
    let listing = Listing::first(50).filter(engagement::PARTNERSHIP.is(town.bonds[bond]));
    listing.order_by(&engagement::BEGAN_KEY, Direction::Descending)
}

/// What differs from commit to commit: ids, and the numbers that were given under the lock.
fn written(heard: &Heard, number: usize, id: &str) -> Option<String> {
    const ID: &str = "(lpad(to_hex(:r::bigint), 16, '0') || lpad(to_hex(:s::bigint), 16, '0'))::uuid";
    let value = &heard.values[number - 1];
    if value == id {
        return Some(ID.to_owned());
    }
    if *value == format!("{{{id}}}") {
        return Some(format!("ARRAY[{ID}]"));
    }
    let (change, sequence) = (":change::bigint + 1", ":sequence::bigint + 1");
    let is = |beginning: &str| heard.sql.starts_with(beginning);
    match number {
        2 if is("INSERT INTO change ") || is("INSERT INTO engagement (") || is("INSERT INTO journal ") => {
            Some(format!("ARRAY[{change}]"))
        }
        3 if is("INSERT INTO journal ") => Some(format!("ARRAY[{sequence}]")),
        4 if is("INSERT INTO journal ") => Some("ARRAY[gen_random_uuid()]".to_owned()),
        2 if is("UPDATE head ") => Some(change.to_owned()),
        3 if is("UPDATE head ") => Some(sequence.to_owned()),
        2 if is("INSERT INTO work ") => Some("ARRAY[gen_random_uuid()]".to_owned()),
        4 if is("INSERT INTO work ") => Some(format!("ARRAY[{sequence}]")),
        _ => None,
    }
}
