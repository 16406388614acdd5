//! One installation: database, application, server, client.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sister_cities_app::App;
use sister_cities_app::clock::FixedClock;
use sister_cities_app::token::NewToken;
use sister_cities_client::api::programme::{CreateProgrammeBody, ProgrammeView};
use sister_cities_client::{Client, SecretString, Versioned};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{ProgrammeId, SeededIds};
use sister_cities_domain::value::Name;
use sister_cities_server::{Server, ServerConfig};
use sister_cities_storage::Database;
use sister_cities_storage::sqlite::SqliteStore;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A whole installation. Stories speak to it through clients only.
pub struct World {
    folder: tempfile::TempDir,
    /// None while it is opened again.
    database: Option<Database>,
    clock: Arc<FixedClock>,
    ids: Arc<SeededIds>,
    config: ServerConfig,
    running: Option<Running>,
}

struct Running {
    base_url: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl World {
    /// An empty installation on that day at noon, its server running.
    ///
    /// # Panics
    ///
    /// If it cannot be started: there is no story to tell then.
    pub async fn on(day: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = open(&folder.path().join("programmes.db"));
        Self::within(folder, database, day, (1956, ServerConfig::loopback())).await
    }

    /// A server of its own on a database that others may share, with ids out of another seed than theirs.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    pub async fn over(database: Database, day: &str, seed: u64) -> Self {
        Self::set_up(database, day, seed, ServerConfig::loopback()).await
    }

    /// The same, the server set up so.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    pub async fn set_up(database: Database, day: &str, seed: u64, config: ServerConfig) -> Self {
        Self::within(tempfile::tempdir().expect("a folder"), database, day, (seed, config)).await
    }

    async fn within(
        folder: tempfile::TempDir,
        database: Database,
        day: &str,
        (seed, config): (u64, ServerConfig),
    ) -> Self {
        let now: DateTime<Utc> = format!("{day}T12:00:00Z").parse().expect("a day");
        let (clock, ids) = (Arc::new(FixedClock::at(now)), Arc::new(SeededIds::new(seed)));
        let mut world = Self { folder, database: Some(database), clock, ids, config, running: None };
        world.start().await;
        world
    }

    /// A client that may do everything in all programmes.
    pub async fn admin(&self) -> Client {
        self.client_with(None, [Scope::Admin]).await
    }

    /// A client whose token is good for one programme, or for all, and for those scopes.
    ///
    /// # Panics
    ///
    /// If no token can be made.
    pub async fn client_with(
        &self,
        programme: Option<ProgrammeId>,
        scopes: impl IntoIterator<Item = Scope>,
    ) -> Client {
        self.client_by(self.token(programme, scopes).await)
    }

    /// A client of this server with that token, which may have been made by another on the same database.
    ///
    /// # Panics
    ///
    /// If the client cannot be built.
    #[must_use]
    pub fn client_by(&self, token: SecretString) -> Client {
        Client::builder(self.base_url()).token(token).build().expect("a client")
    }

    /// A token that is good for one programme, or for all, and for those scopes.
    ///
    /// # Panics
    ///
    /// If no token can be made.
    pub async fn token(
        &self,
        programme: Option<ProgrammeId>,
        scopes: impl IntoIterator<Item = Scope>,
    ) -> SecretString {
        let request = NewToken {
            programme,
            name: Name::new("story").expect("a name"),
            scopes: BTreeSet::from_iter(scopes),
            expires_at: None,
        };
        let created = self.app().create_token(&Caller::system(), request).await.expect("a token");
        SecretString::from(created.text.reveal().to_owned())
    }

    /// Creates a programme of that city through the API.
    ///
    /// # Panics
    ///
    /// If the server refuses.
    pub async fn programme(&self, city: &str, country: &str, geonames: u32) -> Versioned<ProgrammeView> {
        let body: CreateProgrammeBody = json(&serde_json::json!({
            "name": format!("Sister cities of {city}"),
            "host": {
                "names": [{ "text": city, "role": "official" }],
                "country": country,
                "external_ids": { "geonames": geonames },
            },
        }));
        self.admin().await.programmes().create(body).await.expect("a programme")
    }

    /// The base of all URLs.
    ///
    /// # Panics
    ///
    /// If the server is not running.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.running.as_ref().expect("a running server").base_url
    }

    /// Stops the server, closes the database, opens it again and starts anew. One that others may share stays open.
    pub async fn restart(&mut self) {
        self.stop().await;
        let file = self.file();
        if file.exists() {
            self.database = None;
            self.database = Some(open(&file));
        }
        self.start().await;
    }

    /// The same at the address where it was, as whoever passes requests on expects it.
    ///
    /// # Panics
    ///
    /// If the address was taken meanwhile.
    pub async fn restart_in_place(&mut self) {
        let address = self.base_url().trim_start_matches("http://").parse().expect("an address");
        let anywhere = std::mem::replace(&mut self.config.address, address);
        self.restart().await;
        self.config.address = anywhere;
    }

    async fn start(&mut self) {
        let server = Server::bind(self.config.clone(), self.app()).await.expect("a free port");
        let base_url = server.base_url();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(server.serve(async {
            // An error means that the world was dropped, which ends the server as well.
            let _ = stopped.await;
        }));
        self.running = Some(Running { base_url, stop, served: task });
    }

    async fn stop(&mut self) {
        if let Some(Running { stop, served, .. }) = self.running.take() {
            let _ = stop.send(());
            served.await.expect("the server ends in peace");
        }
    }

    fn app(&self) -> App {
        let database = self.database.clone().expect("an open database");
        App::new(database, self.clock.clone(), self.ids.clone())
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("programmes.db")
    }
}

fn open(file: &std::path::Path) -> Database {
    Database::new(SqliteStore::open(file).expect("a database"))
}

/// A body of the wire, written as the JSON that an integrator would send.
///
/// # Panics
///
/// If the JSON is not of that shape.
#[must_use]
pub fn json<T: serde::de::DeserializeOwned>(value: &serde_json::Value) -> T {
    serde_json::from_value(value.clone()).expect("JSON of that shape")
}
