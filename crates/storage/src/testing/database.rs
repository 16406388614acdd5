//! A database for one test, copied from a migrated one.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::{Client, Config, NoTls};

use super::{cluster, programs};
use crate::Risk;
use crate::postgres::{PostgresOptions, PostgresStore};

/// The lock under which roles and the template are made.
const LOCK: &str = "SELECT pg_advisory_lock(6010512862318977898)";
const MAKE_ROLES: &str = "DO $$ BEGIN \
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sister_cities_test_owner') THEN \
        CREATE ROLE sister_cities_test_owner LOGIN PASSWORD 'test'; END IF; \
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sister_cities_test_app') THEN \
        CREATE ROLE sister_cities_test_app LOGIN PASSWORD 'test'; END IF; \
    END $$";
const HAS_DATABASE: &str = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)";
const OWNER: &str = "sister_cities_test_owner";
const APP: &str = "sister_cities_test_app";

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A database that is there for one test and goes with it.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    admin: Config,
}

/// An empty, migrated database; none if there is no PostgreSQL, which is then said on standard error.
///
/// # Panics
///
/// If there is one but it cannot be used.
pub async fn database() -> Option<TestDatabase> {
    if !programs::is_there() {
        tracing::warn!("{}", programs::HOW_TO);
        return None;
    }
    Some(TestDatabase::new(&template_name()).await)
}

/// A database with nothing in it, not even a schema; none if there is no PostgreSQL.
///
/// # Panics
///
/// If there is one but it cannot be used.
pub async fn bare_database() -> Option<TestDatabase> {
    if !programs::is_there() {
        tracing::warn!("{}", programs::HOW_TO);
        return None;
    }
    // So that the roles are there.
    drop(TestDatabase::new(&template_name()).await);
    Some(TestDatabase::new("template0").await)
}

impl TestDatabase {
    /// A copy of the template of that name, which is made and migrated if it is not there.
    async fn new(template: &str) -> Self {
        let admin = admin();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("sister_cities_test_{}_{number}", std::process::id());
        let client = connect(&admin).await;
        client.batch_execute(LOCK).await.expect("the lock of the tests");
        let made: bool = client.query_one(HAS_DATABASE, &[&template]).await.expect("an answer").get(0);
        if !made && template != "template0" {
            client.batch_execute(MAKE_ROLES).await.expect("the roles of the tests");
            make_template(&client, &admin, template).await;
        }
        client
            .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .await
            .expect("nothing left of an earlier process");
        let create = format!("CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}");
        client.batch_execute(&create).await.expect("a database");
        Self { name, admin }
    }

    /// Its URL for the role of a running server.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_for(APP)
    }

    /// Its URL for the role that owns the tables.
    #[must_use]
    pub fn owner_url(&self) -> String {
        self.url_for(OWNER)
    }

    /// Its URL for whoever made it, who may do anything.
    #[must_use]
    pub fn admin_url(&self) -> String {
        self.url_for(self.admin.get_user().unwrap_or("postgres"))
    }

    /// The URL of another database of its cluster.
    #[cfg(test)]
    pub(crate) fn neighbour_url(&self) -> String {
        url(&self.admin, self.admin.get_user().unwrap_or("postgres"), "postgres")
    }

    /// How it is opened. Tests need not wait for the disk.
    #[must_use]
    pub fn options(&self) -> PostgresOptions {
        PostgresOptions::new(self.url()).accept(Risk::NoFsync)
    }

    /// Opens it.
    ///
    /// # Panics
    ///
    /// If it cannot be opened.
    pub async fn open(&self) -> PostgresStore {
        PostgresStore::open(&self.options()).await.expect("a database that opens")
    }

    #[cfg(test)]
    /// A connection of its own for the role in `url`, one of those above.
    ///
    /// # Panics
    ///
    /// If there is none.
    pub(crate) async fn connect(&self, url: &str) -> Client {
        connect(&url.parse().expect("a URL")).await
    }

    fn url_for(&self, role: &str) -> String {
        url(&self.admin, role, &self.name)
    }
}

/// Drops the database, with everybody in it.
impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (admin, name) = (self.admin.clone(), self.name.clone());
        // A thread of its own, as this may be inside of a runtime.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let client = connect(&admin).await;
                let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                client.batch_execute(&drop).await.map_err(std::io::Error::other)
            })
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            tracing::warn!(name = self.name, "the database of a test was left behind");
        }
    }
}

async fn make_template(client: &Client, admin: &Config, template: &str) {
    let raw = format!("{template}_raw");
    for statement in [
        format!("DROP DATABASE IF EXISTS {raw} WITH (FORCE)"),
        format!("CREATE DATABASE {raw} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'"),
    ] {
        client.batch_execute(&statement).await.expect("a database to migrate");
    }
    let options = PostgresOptions::new(url(admin, APP, &raw)).owner(url(admin, OWNER, &raw));
    drop(PostgresStore::open(&options.accept(Risk::NoFsync)).await.expect("a migrated database"));
    let rename = format!("ALTER DATABASE {raw} RENAME TO {template}");
    // The connections of the migration may take a moment to go.
    let disconnect =
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{raw}'");
    for last in [false, false, false, true] {
        client.batch_execute(&disconnect).await.expect("everybody leaves");
        match client.batch_execute(&rename).await {
            Ok(()) => return,
            Err(error) => assert!(!last, "the template could not be renamed: {error}"),
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// One template per schema, so that a cluster that lives on is no trouble.
fn template_name() -> String {
    let hash = crate::content_hash(crate::postgres::schema_text().as_bytes()).to_string();
    let short: String = hash.chars().filter(char::is_ascii_hexdigit).take(12).collect();
    format!("sister_cities_template_{short}")
}

fn admin() -> Config {
    if let Some(url) = programs::named() {
        return url.parse().expect("DATABASE_URL is the URL of a PostgreSQL database");
    }
    let socket = cluster::socket().expect("a cluster to test with");
    let mut config = Config::new();
    config.host_path(socket).user("postgres").dbname("postgres");
    config
}

/// The URL of a database of the same server.
fn url(admin: &Config, role: &str, database: &str) -> String {
    use tokio_postgres::config::Host;
    let port = admin.get_ports().first().copied().unwrap_or(5432);
    let password = if admin.get_user() == Some(role) {
        admin.get_password().map(|password| String::from_utf8_lossy(password).into_owned())
    } else {
        Some("test".to_owned())
    };
    let password = password.map(|password| format!("&password={}", quoted(&password))).unwrap_or_default();
    let host = match admin.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        Some(Host::Unix(path)) => path.display().to_string(),
        None => "localhost".to_owned(),
    };
    format!("postgres:///{database}?host={}&port={port}&user={role}{password}", quoted(&host))
}

fn quoted(text: &str) -> String {
    let quote = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(quote).collect()
}

async fn connect(config: &Config) -> Client {
    let (client, connection) = config.connect(NoTls).await.expect("a connection to the server of the tests");
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection of a test ended");
        }
    });
    client
}
