//! Opening connections: the settings that durability rests on, set and then read back.

use std::path::Path;
use std::time::Duration;

use refinery::{Migration, Runner};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::OpenError;
use crate::error::with_causes;

/// The lowest SQLite that is free of the WAL-reset race, which can corrupt a database.
const LOWEST_VERSION: i32 = 3_051_003;
/// What the first migration writes into the header of our files: `ScC1`.
const APPLICATION_ID: i64 = 0x5363_4331;
/// How long a statement waits for another process's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The WAL is cut back to this many bytes after a checkpoint.
const JOURNAL_SIZE_LIMIT: i64 = 64 * 1024 * 1024;
/// After so many pages in the WAL (32 MiB) they are moved into the database: one that was written again and again is moved once.
const WAL_AUTOCHECKPOINT: i64 = 8_000;
/// Pages that the writer keeps in memory, in KiB: room for the indices that an import of 50,000 rows touches.
const WRITER_CACHE: i64 = 32 * 1024;
/// The same for each reader.
const READER_CACHE: i64 = 8 * 1024;
/// Room for every statement of the catalogue and the usual lists.
const STATEMENT_CACHE: usize = 256;
/// How often another process that opens or closes the file at the same moment is waited for.
const OPENING_TRIES: u32 = 10;
/// How often another process that migrates at the same moment is waited for.
const MIGRATION_TRIES: u32 = 5;

pub(crate) const MIGRATIONS: &[(&str, &str)] = &[
    ("V1__records_and_journal", include_str!("migrations/V1__records_and_journal.sql")),
    ("V3__search", include_str!("migrations/V3__search.sql")),
    ("V4__sharing", include_str!("migrations/V4__sharing.sql")),
    ("V5__history_by_time", include_str!("migrations/V5__history_by_time.sql")),
    ("V7__lists_in_order", include_str!("migrations/V7__lists_in_order.sql")),
    ("V8__search_in_lots", include_str!("migrations/V8__search_in_lots.sql")),
    ("V9__work_in_one_tree", include_str!("migrations/V9__work_in_one_tree.sql")),
    ("V14__outcome", include_str!("migrations/V14__outcome.sql")),
    ("V15__promises", include_str!("migrations/V15__promises.sql")),
    ("V16__organisations", include_str!("migrations/V16__organisations.sql")),
    ("V17__people", include_str!("migrations/V17__people.sql")),
    ("V18__committees_and_roles", include_str!("migrations/V18__committees_and_roles.sql")),
    ("V19__practices", include_str!("migrations/V19__practices.sql")),
    ("V24__what_outcomes_cite", include_str!("migrations/V24__what_outcomes_cite.sql")),
    ("V25__indicator", include_str!("migrations/V25__indicator.sql")),
    ("V26__valuation_rate", include_str!("migrations/V26__valuation_rate.sql")),
    ("V31__open_promises", include_str!("migrations/V31__open_promises.sql")),
    ("V32__due_work", include_str!("migrations/V32__due_work.sql")),
    ("V33__owners_of_points", include_str!("migrations/V33__owners_of_points.sql")),
    ("V34__due_work_anew", include_str!("migrations/V34__due_work_anew.sql")),
    ("V35__linked_people", include_str!("migrations/V35__linked_people.sql")),
    ("V40__notifications", include_str!("migrations/V40__notifications.sql")),
    ("V41__webhook_endpoint", include_str!("migrations/V41__webhook_endpoint.sql")),
    ("V42__subscription", include_str!("migrations/V42__subscription.sql")),
    ("V44__calendar_feed", include_str!("migrations/V44__calendar_feed.sql")),
    ("V50__told_of_what", include_str!("migrations/V50__told_of_what.sql")),
    ("V60__cursor_key", include_str!("migrations/V60__cursor_key.sql")),
    ("V62__engagements_that_last_long", include_str!("migrations/V62__engagements_that_last_long.sql")),
];

const HAS_HISTORY: &str = "SELECT count(*) FROM sqlite_schema WHERE name = 'refinery_schema_history'";
const LATEST: &str = "SELECT coalesce(max(version), 0) FROM refinery_schema_history";

/// The version of the schema that this program knows: the number in the name of the last migration.
fn newest() -> i64 {
    let number = |name: &str| name.strip_prefix('V')?.split_once("__")?.0.parse().ok();
    MIGRATIONS.iter().filter_map(|(name, _)| number(name)).max().unwrap_or(i64::MAX)
}

/// The version of the schema that is there; 0 if there is none.
fn version(connection: &Connection) -> Result<i64, OpenError> {
    let has_history: i64 = connection.query_row(HAS_HISTORY, [], |row| row.get(0))?;
    if has_history == 0 { Ok(0) } else { Ok(connection.query_row(LATEST, [], |row| row.get(0))?) }
}

/// Opens, waiting for others that are just opening or closing the file: whoever turns the write-ahead log on or takes it away
/// does so alone, and SQLite answers "busy" at once to some of what is asked of it meanwhile, whatever the time-out.
fn patiently(open: impl Fn() -> Result<Connection, OpenError>) -> Result<Connection, OpenError> {
    for _ in 1..OPENING_TRIES {
        match open() {
            Err(OpenError::InUse(_)) => std::thread::sleep(Duration::from_millis(50)),
            opened => return opened,
        }
    }
    open()
}

/// What a commit waits for before it is acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Synchronous {
    /// Nothing; a power cut may destroy the file.
    Off,
    /// Nothing, but the write-ahead log is synchronised at checkpoints: a power cut loses the latest commits.
    Normal,
    /// Until it is on the disk.
    Full,
}

/// Opens the one connection that writes, and brings the schema up to date.
pub(super) fn open_writer(path: &Path) -> Result<Connection, OpenError> {
    open_writer_with(path, Synchronous::Full)
}

/// The same, with commits that wait for less.
pub(super) fn open_writer_with(path: &Path, synchronous: Synchronous) -> Result<Connection, OpenError> {
    if rusqlite::version_number() < LOWEST_VERSION {
        return Err(OpenError::TooOld(rusqlite::version()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    create_private(path)?;
    let mut connection = patiently(|| {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        ensure_ours(&connection)?;
        configure(&connection, WRITER_CACHE, synchronous)?;
        Ok(connection)
    })
    .or_else(|refused| open_as_it_stands(path, WRITER_CACHE, refused))?;
    migrate(&mut connection)?;
    super::indexing::bring_up_to_date(&mut connection)?;
    Ok(connection)
}

/// Opens a connection that only reads.
pub(super) fn open_reader(path: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    patiently(|| {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        configure(&connection, READER_CACHE, Synchronous::Full)?;
        connection.pragma_update(None, "query_only", true)?;
        expect(&connection, "query_only", 1)?;
        Ok(connection)
    })
    .or_else(|refused| open_as_it_stands(path, READER_CACHE, refused))
}

/// Opens for reading a file that cannot be written, nor anything beside it, so that nobody locks it. Not where there is a write-ahead log: what
/// stands in it would be missed.
pub(super) fn open_as_it_stands(
    path: &Path,
    cache: i64,
    refused: OpenError,
) -> Result<Connection, OpenError> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let has_content = std::fs::metadata(path).is_ok_and(|file| file.len() > 0);
    let OpenError::NotWritable(_) = refused else { return Err(refused) };
    let Some(text) = path.to_str().filter(|_| has_content && !Path::new(&log).exists()) else {
        return Err(refused);
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let escaped = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let connection = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)?;
    ensure_ours(&connection)?;
    for_reading(&connection, cache)?;
    Ok(connection)
}

/// What SQLite itself finds wrong with a file: pages, indices, references. Empty if it is sound.
///
/// # Errors
///
/// Why it could not be looked at.
pub(crate) fn faults(path: &Path) -> Result<Vec<String>, String> {
    let look = || -> Result<Vec<String>, OpenError> {
        let connection = open_reader(path)?;
        let mut integrity = connection.prepare("PRAGMA integrity_check")?;
        let found = integrity.query_map([], |row| row.get::<_, String>(0))?;
        let mut faults = found.collect::<Result<Vec<_>, _>>()?;
        faults.retain(|fault| fault != "ok");
        let mut references = connection.prepare("PRAGMA foreign_key_check")?;
        let broken = references
            .query_map([], |row| Ok(format!("a row of {} refers to nothing", row.get::<_, String>(0)?)))?;
        faults.extend(broken.collect::<Result<Vec<_>, _>>()?);
        Ok(faults)
    };
    look().map_err(|error| error.to_string())
}

/// A new file is for its owner only; SQLite gives the WAL beside it the same rights. From one that is there, what others may do with it is taken away.
fn create_private(path: &Path) -> Result<(), OpenError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => shut_out_others(path),
        Err(error) => Err(OpenError::Database(error.to_string())),
    }
}

/// Takes away what others than owner and group may do with a file and with the log beside it.
#[cfg(unix)]
fn shut_out_others(path: &Path) -> Result<(), OpenError> {
    use std::os::unix::fs::PermissionsExt as _;
    const OTHERS: u32 = 0o007;
    for ending in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        // The log is not there while nobody has the file open.
        let Ok(found) = std::fs::metadata(&file) else { continue };
        let mut rights = found.permissions();
        if rights.mode() & OTHERS == 0 || !found.is_file() {
            continue;
        }
        rights.set_mode(rights.mode() & !OTHERS);
        let shown = Path::new(&file).display();
        std::fs::set_permissions(&file, rights)
            .map_err(|error| OpenError::OthersMayRead { file: shown.to_string(), why: error.to_string() })?;
        tracing::warn!(file = %shown, "others could read or write this file; they no longer can");
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn shut_out_others(_: &Path) -> Result<(), OpenError> {
    Ok(())
}

fn ensure_ours(connection: &Connection) -> Result<(), OpenError> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let unfinished: i64 = connection.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE name = 'refinery_schema_history'",
        [],
        |row| row.get(0),
    )?;
    if tables == 0 || id == APPLICATION_ID || (id == 0 && unfinished == 1) {
        Ok(())
    } else {
        Err(OpenError::NotOurs(id))
    }
}

fn configure(connection: &Connection, cache: i64, synchronous: Synchronous) -> Result<(), OpenError> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(OpenError::Setting { name: "journal_mode", found: mode, needed: "wal".to_owned() });
    }
    connection.pragma_update(None, "synchronous", synchronous as i64)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    connection.pragma_update_and_check(None, "journal_size_limit", JOURNAL_SIZE_LIMIT, |_| Ok(()))?;
    connection.pragma_update_and_check(None, "wal_autocheckpoint", WAL_AUTOCHECKPOINT, |_| Ok(()))?;
    expect(connection, "synchronous", synchronous as i64)?;
    expect(connection, "foreign_keys", 1)?;
    expect(connection, "secure_delete", 1)?;
    expect(connection, "journal_size_limit", JOURNAL_SIZE_LIMIT)?;
    for_reading(connection, cache)
}

/// What reading needs, of a file that is written too or of one that is not.
fn for_reading(connection: &Connection, cache: i64) -> Result<(), OpenError> {
    // Negative: in KiB instead of pages.
    connection.pragma_update(None, "cache_size", -cache)?;
    // Plans do not depend on what is bound. Else SQLite prepares nearly every list anew each time it is asked for.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    super::search::teach(connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    Ok(())
}

fn expect(connection: &Connection, name: &'static str, needed: i64) -> Result<(), OpenError> {
    let found: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
    if found == needed {
        Ok(())
    } else {
        Err(OpenError::Setting { name, found: found.to_string(), needed: needed.to_string() })
    }
}

/// All missing migrations in one transaction, so that a crash leaves the schema as before or after.
fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let (found, known) = (version(connection)?, newest());
    if found > known {
        return Err(OpenError::Ahead { found, known });
    }
    let migrations = MIGRATIONS
        .iter()
        .map(|(name, sql)| Migration::unapplied(name, sql))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| OpenError::Migration(error.to_string()))?;
    let runner = Runner::new(&migrations).set_grouped(true);
    let mut tries = 1;
    loop {
        match runner.run(connection) {
            Ok(_) => return Ok(()),
            // Another process may have applied them between our read and our write.
            Err(_) if tries < MIGRATION_TRIES => tries += 1,
            Err(error) => return Err(OpenError::Migration(with_causes(&error))),
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
