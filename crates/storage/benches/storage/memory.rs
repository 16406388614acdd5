//! How much memory it takes to stream a list of a million records, in a process that does nothing else.

use std::path::Path;
use std::process::{Command, Stdio};

use futures_util::TryStreamExt as _;
use rusqlite::Connection;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::ProgrammeId;
use sister_cities_storage::Database;
use sister_cities_storage::postgres::{PostgresOptions, PostgresStore};
use sister_cities_storage::sqlite::SqliteStore;
use tokio_postgres::NoTls;

use crate::town::Town;
use crate::{Outcome, tell};
use sister_cities_measure::Ratio;
use sister_cities_measure::{Needed, Row};

/// How long the list is.
const RECORDS: usize = 1_000_000;
/// How many records are stored as any other; the others are copies of them.
pub(crate) const ORIGINALS: usize = 20_000;
const MIB: f64 = 1_048_576.0;
const LIMIT: &str = "one page of 1,000 records at a time, and what the allocator keeps of it";

/// Streams a list in SQLite.
pub(crate) fn measure_sqlite() -> Outcome<Vec<Row>> {
    let folder = crate::folder()?;
    let path = folder.path().join("list.db");
    let runtime = tokio::runtime::Runtime::new()?;
    let database = Database::new(SqliteStore::open(&path)?);
    let town = runtime.block_on(Town::of(database, ORIGINALS))?;
    let programme = town.programme();
    drop(town);
    fill_sqlite(&path)?;
    let growth = in_a_child(&["--sqlite", &path.display().to_string()], programme)?;
    Ok(vec![row("SQLite", growth)])
}

/// Streams a list in PostgreSQL, which holds that programme and that many of its engagements.
pub(crate) fn measure_postgres(url: &str, programme: ProgrammeId) -> Outcome<Vec<Row>> {
    Ok(vec![row("PostgreSQL", in_a_child(&["--postgres", url], programme)?)])
}

fn row(back_end: &str, mebibytes: f64) -> Row {
    let found = Ratio { median: mebibytes, lowest: mebibytes, highest: mebibytes };
    let what = format!("{back_end}: growth of the process while it streams a list of a million records");
    Row::new(&what, "the process before", Needed::Mebibytes(50.0), found, LIMIT)
}

fn in_a_child(arguments: &[&str], programme: ProgrammeId) -> Outcome<f64> {
    tell("streaming a million records");
    let child = Command::new(std::env::current_exe()?)
        .args(["--bench", "--part=stream"])
        .args(arguments)
        .arg(programme.uuid().to_string())
        .stderr(Stdio::inherit())
        .output()?;
    let said = String::from_utf8_lossy(&child.stdout);
    said.trim().parse().map_err(|_| said.into())
}

/// What the child does: answers by how many mebibytes its resident memory grew at most.
pub(crate) fn stream(given: &[String]) -> Outcome<f64> {
    let [.., back_end, place, programme] = given else { return Err("nothing to stream".into()) };
    let programme = ProgrammeId::from_uuid(programme.parse()?);
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let database = match back_end.as_str() {
            "--sqlite" => Database::new(SqliteStore::open(Path::new(place))?),
            _ => Database::new(PostgresStore::open(&PostgresOptions::new(place)).await?),
        };
        let records = database.programme(programme);
        let begun = resident()?;
        let (mut most, mut seen) = (begun, 0_usize);
        let list = records.stream::<Engagement>(Vec::new());
        let mut list = std::pin::pin!(list);
        while let Some(visit) = list.try_next().await? {
            std::hint::black_box(&visit.value);
            seen += 1;
            if seen % 500 == 0 {
                most = most.max(resident()?);
            }
        }
        if seen < RECORDS {
            return Err(format!("only {seen} records were there").into());
        }
        Ok((most - begun) / MIB)
    })
}

/// The resident memory of this process, in bytes.
fn resident() -> Outcome<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS")).ok_or("the system does not tell")?;
    let kib: f64 = line.split_whitespace().nth(1).ok_or("no number")?.parse()?;
    Ok(1_024.0 * kib)
}

fn fill_sqlite(path: &Path) -> Outcome<()> {
    tell("storing a million records in SQLite");
    let connection = Connection::open(path)?;
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info('engagement')")?;
    let columns: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let values: Vec<&str> =
        columns.iter().map(|name| if name == "id" { "randomblob(16)" } else { name.as_str() }).collect();
    let copies = RECORDS / ORIGINALS - 1;
    connection.execute_batch(&format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {copies}) \
         INSERT INTO engagement ({}) SELECT {} FROM n CROSS JOIN (SELECT * FROM engagement)",
        columns.join(", "),
        values.join(", ")
    ))?;
    Ok(())
}

/// Copies the engagements that are there until there are a million.
pub(crate) async fn fill_postgres(admin_url: &str) -> Outcome<()> {
    tell("storing a million records in PostgreSQL");
    let (client, connection) = tokio_postgres::connect(admin_url, NoTls).await?;
    let conversation = tokio::spawn(connection);
    // References are known to hold; the checks would take most of the time.
    client.batch_execute("SET search_path = sister_cities; SET session_replication_role = replica").await?;
    let columns = client
        .query(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = 'engagement'::regclass \
             AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            &[],
        )
        .await?;
    let columns: Vec<String> = columns.iter().map(|row| row.get(0)).collect();
    let values: Vec<&str> =
        columns.iter().map(|name| if name == "id" { "gen_random_uuid()" } else { name.as_str() }).collect();
    client
        .batch_execute(&format!(
            "INSERT INTO engagement ({}) SELECT {} FROM engagement CROSS JOIN generate_series(1, {})",
            columns.join(", "),
            values.join(", "),
            RECORDS / ORIGINALS
        ))
        .await?;
    drop(client);
    conversation.await??;
    Ok(())
}
