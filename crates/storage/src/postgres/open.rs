//! Opening a database: how to reach it, what it must promise, and what is refused.

use std::time::Duration;

use chrono::{DateTime, Utc};
use deadpool_postgres::{Hook, HookError, Pool, Runtime};
use tokio_postgres::Client;

use super::rls::{self, SchemaFault};
use super::tls::Address;
use super::{OpenError, guards, migrate, pooler, rights};
use crate::{Opening, Risk};

/// Beside those: one that listens, and one for a moment at the start or when a person was erased.
const OTHER_CONNECTIONS: i64 = 2;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
pub(super) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(4);
/// What was sent and not acknowledged for so long means that the connection is gone.
const UNANSWERED: Duration = Duration::from_secs(5);
const KEEPALIVE: Duration = Duration::from_secs(15);
/// The settings of every connection, set when it is there: a pooler in between refuses or forgets what comes with the start of a session.
/// There is an index for every statement, and a server that has not counted a table yet, or holds to a plan from when the table was
/// small, would read it whole all the same.
const SETTINGS: &str = "SET search_path = sister_cities; SET statement_timeout = '10s'; SET lock_timeout = '3s'; \
    SET idle_in_transaction_session_timeout = '15s'; SET default_transaction_isolation = 'read committed'; \
    SET enable_seqscan = off; SET jit = off; ";

/// Whether a commit is on the disk when it is acknowledged.
const ON_DISK: &str = "SET synchronous_commit = on";
const NOT_YET_ON_DISK: &str = "SET synchronous_commit = off";

/// The role, whether it or one that it may step into can bypass row-level security, and the settings that durability rests on.
const INSPECT: &str = "SELECT r.rolname::text, r.rolsuper, \
    EXISTS (SELECT FROM pg_catalog.pg_roles o WHERE (o.rolbypassrls OR o.rolsuper) \
        AND pg_has_role(r.oid, o.oid, 'MEMBER')), \
    EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = 'sister_cities'::regnamespace \
        AND c.relkind = 'r' AND pg_has_role(r.oid, c.relowner, 'MEMBER')), \
    current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'), \
    current_setting('server_encoding') \
    FROM pg_catalog.pg_roles r WHERE r.rolname = current_user";

/// When the server began, to the microsecond, which a copy of the cluster does not share; the database in it; and its name with the address.
const IDENTITY: &str = "SELECT pg_postmaster_start_time(), d.oid, \
    d.datname || coalesce(' at ' || host(inet_server_addr()) || ':' || inet_server_port(), '') \
    FROM pg_catalog.pg_database d WHERE d.datname = current_database()";

/// How many connections may be made by a role that is nothing special, and how many of those there are. A limit of the role or of the database
/// counts too.
const ALLOWED_CONNECTIONS: &str = "SELECT least( \
    current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint, \
    nullif((SELECT rolconnlimit FROM pg_catalog.pg_roles WHERE rolname = current_user), -1), \
    nullif((SELECT datconnlimit FROM pg_catalog.pg_database WHERE datname = current_database()), -1))::bigint, \
    (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend')";

/// How to reach a database, and which dangers are accepted.
///
/// The running server should have a role of its own that owns nothing: give its URL, and beside it the URL of the owner, who
/// brings the schema up to date and grants the role what it needs. Without the owner's URL the schema must be up to date. A role
/// can also be stepped into by the URL itself, with `?options=-c%20role%3Dname`.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresOptions {
    url: String,
    owner_url: Option<String>,
    accepted: Vec<Risk>,
    connections: usize,
}

impl PostgresOptions {
    /// A database by its URL: `postgres://role:password@host/database`.
    ///
    /// With `?sslmode=verify-full` the connection is encrypted, and the server must show a certificate for the name of the host by
    /// somebody this machine trusts, or by one in the file of `&sslrootcert=FILE` (PEM). `require` means the same here. With
    /// `disable`, or if nothing is said, nothing is encrypted; `allow`, `prefer` and `verify-ca` are refused.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), owner_url: None, accepted: Vec::new(), connections: Opening::CONNECTIONS }
    }

    /// With so many connections at most, at least one. One more listens.
    #[must_use]
    pub fn connections(self, connections: usize) -> Self {
        Self { connections: connections.max(1), ..self }
    }

    /// With the URL of the role that owns the tables and brings the schema up to date.
    #[must_use]
    pub fn owner(self, url: impl Into<String>) -> Self {
        Self { owner_url: Some(url.into()), ..self }
    }

    /// In spite of this risk.
    #[must_use]
    pub fn accept(mut self, risk: Risk) -> Self {
        self.accepted.push(risk);
        self
    }

    fn accepts(&self, risk: Risk) -> bool {
        self.accepted.contains(&risk)
    }
}

/// URLs hold passwords.
impl std::fmt::Debug for PostgresOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresOptions").field("accepted", &self.accepted).finish_non_exhaustive()
    }
}

/// Connections to a database that was migrated and found safe.
pub(super) async fn open(options: &PostgresOptions) -> Result<(Pool, Address), OpenError> {
    let address = address(options)?;
    if let Some(owner) = &options.owner_url {
        let owner = parse(owner)?;
        refuse_another_database(&owner, &address).await?;
        migrate::migrate(&owner, address.config.get_user()).await?;
    } else if options.accepts(Risk::PrivilegedRole) {
        migrate::migrate(&parse(&options.url)?, None).await?;
    }
    inspect(options, &address).await?;
    let settings = settings(options);
    let set = Hook::async_fn(move |client: &mut deadpool_postgres::ClientWrapper, _| {
        let settings = settings.clone();
        Box::pin(async move { client.batch_execute(&settings).await.map_err(HookError::Backend) })
    });
    let pool = Pool::builder(address.manager())
        .max_size(options.connections)
        .post_create(set)
        .wait_timeout(Some(ACQUIRE_TIMEOUT))
        .create_timeout(Some(CONNECT_TIMEOUT))
        .recycle_timeout(Some(CONNECT_TIMEOUT))
        .runtime(Runtime::Tokio1)
        .build();
    Ok((pool.map_err(|error| OpenError::Connect(error.to_string()))?, address))
}

/// Both must lead to the same database of the same server, however they name it: else the schema of the one would be migrated, and the
/// other served.
async fn refuse_another_database(owner: &Address, own: &Address) -> Result<(), OpenError> {
    let (owners, own) = (identity(owner).await?, identity(own).await?);
    if owners.0 == own.0 {
        return Ok(());
    }
    Err(OpenError::OtherDatabase { owners: owners.1, own: own.1 })
}

/// What no other database has, and what it is called.
async fn identity(address: &Address) -> Result<((DateTime<Utc>, u32), String), OpenError> {
    let failed = |error: tokio_postgres::Error| OpenError::connect(&error);
    let (client, connection) = address.connect().await.map_err(failed)?;
    let conversation = tokio::spawn(connection);
    let found = client.query_one(IDENTITY, &[]).await.map_err(failed);
    drop(client);
    if let Ok(Err(error)) = conversation.await {
        tracing::debug!(%error, "inspection connection failed");
    }
    let row = found?;
    Ok(((row.get(0), row.get(1)), row.get(2)))
}

/// As the role that owns the tables, if one is named; else the server's own, which may be it.
pub(super) fn owner(options: &PostgresOptions, own: &Address) -> Result<Address, OpenError> {
    options.owner_url.as_deref().map_or_else(|| Ok(own.clone()), parse)
}

fn parse(url: &str) -> Result<Address, OpenError> {
    let mut address = Address::of(url)?;
    let config = &mut address.config;
    config.connect_timeout(CONNECT_TIMEOUT);
    if config.get_application_name().is_none() {
        config.application_name("sister-cities");
    }
    Ok(address)
}

fn address(options: &PostgresOptions) -> Result<Address, OpenError> {
    let mut address = parse(&options.url)?;
    let config = &mut address.config;
    config.tcp_user_timeout(UNANSWERED);
    config.keepalives_idle(KEEPALIVE);
    Ok(address)
}

fn settings(options: &PostgresOptions) -> String {
    let commits = if options.accepts(Risk::LateCommits) { NOT_YET_ON_DISK } else { ON_DISK };
    format!("{SETTINGS}{commits}")
}

async fn inspect(options: &PostgresOptions, address: &Address) -> Result<(), OpenError> {
    let (client, connection) = address.connect().await.map_err(|error| OpenError::connect(&error))?;
    let conversation = tokio::spawn(connection);
    let found = match pooler::refuse_transaction_pooling(&client, address).await {
        Ok(()) => examine(options, &client).await,
        Err(refused) => Err(refused),
    };
    drop(client);
    if let Ok(Err(error)) = conversation.await {
        tracing::debug!(%error, "inspection connection failed");
    }
    found
}

async fn examine(options: &PostgresOptions, client: &Client) -> Result<(), OpenError> {
    let failed = |error: tokio_postgres::Error| OpenError::connect(&error);
    client.batch_execute(&settings(options)).await.map_err(failed)?;
    tell_of_connections(options, client).await.map_err(failed)?;
    let needed = migrate::newest();
    let found = migrate::version(client).await.map_err(failed)?;
    if found < needed {
        return Err(OpenError::Behind { found, needed });
    }
    // The next version of the program may have expanded the schema, and this one work beside it until that contracts it.
    let is_newer = found > needed;
    if is_newer {
        let oldest = migrate::oldest_program(client).await.map_err(failed)?;
        if oldest > needed {
            return Err(OpenError::Ahead { found, oldest, known: needed });
        }
    }
    let row = client.query_one(INSPECT, &[]).await.map_err(failed)?;
    let role: String = row.get(0);
    let privileges = [
        (1, "a superuser"),
        (2, "one with BYPASSRLS, or a member of such a one,"),
        (3, "the owner of the tables, or a member of it,"),
    ];
    let privilege = privileges.into_iter().find(|(column, _)| row.get::<_, bool>(*column));
    if let (Some((_, is)), false) = (&privilege, options.accepts(Risk::PrivilegedRole)) {
        let detail = format!("the role {role} is {is} and may bypass row-level security");
        return Err(OpenError::Unsafe { risk: Risk::PrivilegedRole, detail });
    }
    if let Some(SchemaFault { found, mend }) = rls::verify_policies(client, is_newer).await.map_err(failed)? {
        return Err(OpenError::RowLevelSecurity { found, mend });
    }
    if let Some(SchemaFault { found, mend }) = guards::verify(client, is_newer).await.map_err(failed)? {
        return Err(OpenError::Rights { found, mend });
    }
    // One that owns the tables, or may do everything, was accepted above.
    if privilege.is_none()
        && let Some(SchemaFault { found, mend }) = rights::verify(client, &role).await.map_err(failed)?
    {
        return Err(OpenError::Rights { found, mend });
    }
    for (column, name) in [(4, "fsync"), (5, "full_page_writes")] {
        let value: String = row.get(column);
        if value != "on" && !options.accepts(Risk::NoFsync) {
            let detail = format!("the server's {name} is {value}, so a power cut can destroy the database");
            return Err(OpenError::Unsafe { risk: Risk::NoFsync, detail });
        }
    }
    if options.accepts(Risk::LateCommits) {
        tracing::warn!(
            "commits are acknowledged before they are durable (no fsync of the WAL): a power cut loses the latest"
        );
    } else {
        expect(row.get(6), "synchronous_commit", "on")?;
    }
    expect(row.get(7), "server_encoding", "UTF8")
}

/// Says what the database allows if it may not be enough: too few only show when all are needed.
async fn tell_of_connections(
    options: &PostgresOptions,
    client: &Client,
) -> Result<(), tokio_postgres::Error> {
    let row = client.query_one(ALLOWED_CONNECTIONS, &[]).await?;
    let (allowed, in_use): (i64, i64) = (row.get(0), row.get(1));
    let needed = i64::try_from(options.connections).unwrap_or(i64::MAX).saturating_add(OTHER_CONNECTIONS);
    tracing::info!(needed, allowed, in_use, "connections of this server to the database");
    // This one is among those in use.
    if allowed.saturating_sub(in_use).saturating_add(1) < needed {
        tracing::warn!(
            needed,
            allowed,
            in_use,
            "the database allows fewer connections than this server may need: raise max_connections, or lower database_connections"
        );
    }
    Ok(())
}

fn expect(found: String, name: &'static str, needed: &'static str) -> Result<(), OpenError> {
    if found == needed { Ok(()) } else { Err(OpenError::Setting { name, found, needed }) }
}
