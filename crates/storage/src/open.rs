//! Opening a database by its address, whichever back end it needs.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::vault::MasterKey;
use crate::{Database, Risk};

/// Where a database is. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// `sqlite:path`: a file.
    Sqlite(PathBuf),
    /// `postgres://role:password@host/database`: on a server.
    Postgres(String),
}

/// Where a database is, and how it may be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    location: Location,
    owner: Option<Location>,
    accepted: Vec<Risk>,
    master: Option<MasterKey>,
    connections: usize,
}

/// A text is not the address of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LocationError {
    /// No path behind `sqlite:`.
    #[error("a path is missing: expected sqlite:PATH")]
    NoPath,
    /// Another beginning than those known.
    #[error("expected sqlite:PATH, such as sqlite:sister-cities.db, or postgres://ROLE@HOST/DATABASE")]
    Unknown,
}

/// Why a database was not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A file.
    #[cfg(feature = "sqlite")]
    #[error(transparent)]
    Sqlite(#[from] crate::sqlite::OpenError),
    /// On a server.
    #[cfg(feature = "postgres")]
    #[error(transparent)]
    Postgres(#[from] crate::postgres::OpenError),
    /// This program was built without the back end.
    #[error("this program was built without {0}")]
    NotBuilt(&'static str),
    /// The owner of a database is named by the address of another kind of database.
    #[error("the owner of a database on a server is named by its postgres:// address")]
    Owner,
}

/// Opens a database, brings its schema up to date and refuses it if it is not safe.
///
/// # Errors
///
/// [`OpenError`].
pub async fn open(opening: &Opening) -> Result<Database, OpenError> {
    let database = match &opening.location {
        Location::Sqlite(path) => open_file(path.clone(), opening.accepted.clone()).await?,
        Location::Postgres(url) => open_on_server(url, opening).await?,
    };
    Ok(match &opening.master {
        Some(master) => database.sealed_by(master.clone()),
        None => database,
    })
}

#[cfg(feature = "sqlite")]
async fn open_file(path: PathBuf, accepted: Vec<Risk>) -> Result<Database, OpenError> {
    let open = move || crate::sqlite::SqliteStore::open_accepting(&path, &accepted);
    let opening = tokio::task::spawn_blocking(open).await;
    let closed = |error: tokio::task::JoinError| crate::sqlite::OpenError::Database(error.to_string());
    Ok(Database::new(opening.map_err(closed)??))
}

#[cfg(not(feature = "sqlite"))]
async fn open_file(_: PathBuf, _: Vec<Risk>) -> Result<Database, OpenError> {
    std::future::ready(Err(OpenError::NotBuilt("SQLite"))).await
}

#[cfg(feature = "postgres")]
async fn open_on_server(url: &str, opening: &Opening) -> Result<Database, OpenError> {
    use crate::postgres::{PostgresOptions, PostgresStore};
    let options = PostgresOptions::new(url);
    let options = match &opening.owner {
        None => options,
        Some(Location::Postgres(owner)) => options.owner(owner),
        Some(Location::Sqlite(_)) => return Err(OpenError::Owner),
    };
    let options = options.connections(opening.connections);
    let options = opening.accepted.iter().fold(options, |options, risk| options.accept(*risk));
    Ok(Database::new(PostgresStore::open(&options).await?))
}

#[cfg(not(feature = "postgres"))]
async fn open_on_server(_: &str, _: &Opening) -> Result<Database, OpenError> {
    std::future::ready(Err(OpenError::NotBuilt("PostgreSQL"))).await
}

impl Opening {
    /// How many connections to a database on a server there are at most, unless it is said.
    pub const CONNECTIONS: usize = 10;

    /// A database, nothing accepted.
    #[must_use]
    pub const fn new(location: Location) -> Self {
        Self { location, owner: None, accepted: Vec::new(), master: None, connections: Self::CONNECTIONS }
    }

    /// With the address of the role that owns the tables and brings the schema up to date.
    #[must_use]
    pub fn owner(self, owner: Option<Location>) -> Self {
        Self { owner, ..self }
    }

    /// With the master key, without which nothing sensitive can be stored or read.
    #[must_use]
    pub fn sealed_by(self, master: Option<MasterKey>) -> Self {
        Self { master, ..self }
    }

    /// With so many connections to a database on a server at most.
    #[must_use]
    pub fn connections(self, connections: usize) -> Self {
        Self { connections, ..self }
    }

    /// In spite of this risk.
    #[must_use]
    pub fn accept(mut self, risk: Risk) -> Self {
        self.accepted.push(risk);
        self
    }

    /// The master key, if one is given.
    #[must_use]
    pub const fn master_key(&self) -> Option<&MasterKey> {
        self.master.as_ref()
    }

    /// Where it is.
    #[must_use]
    pub const fn location(&self) -> &Location {
        &self.location
    }
}

impl FromStr for Location {
    type Err = LocationError;

    fn from_str(text: &str) -> Result<Self, LocationError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite:").ok_or(LocationError::Unknown)? {
            "" | "//" => Err(LocationError::NoPath),
            path => Ok(Self::Sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))),
        }
    }
}

/// Everything that can hold a password is left out: what stands before an `@`, and parameters.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => {
                let (_, rest) = url.split_once("://").unwrap_or(("", url));
                let place = rest.split(['?', '#']).next().unwrap_or_default();
                let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
                write!(f, "postgres://{place}")
            }
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_named_by_its_kind_and_place() {
        let location = |text: &str| text.parse::<Location>();
        assert_eq!(location("sqlite:a/b.db"), Ok(Location::Sqlite(PathBuf::from("a/b.db"))));
        assert_eq!(location("sqlite:///srv/x.db"), Ok(Location::Sqlite(PathBuf::from("/srv/x.db"))));
        assert!(matches!(location("postgresql://a@b/c"), Ok(Location::Postgres(_))));
        assert_eq!(location("x.db"), Err(LocationError::Unknown));
        assert_eq!(location("sqlite:"), Err(LocationError::NoPath));
    }

    #[test]
    fn a_password_is_never_shown() {
        for url in [
            "postgres://app:s3cret@db.example/city",
            "postgres://app:s3cret@x@db.example/city?password=s3cret",
            "postgres://db.example/city?user=app&password=s3cret",
        ] {
            let location: Location = url.parse().expect("an address");
            let opening = Opening::new(location.clone()).owner(Some(location.clone()));
            let shown = format!("{location} {location:?} {opening:?}");
            assert!(!shown.contains("s3cret") && shown.contains("postgres://db.example/city"), "{shown}");
        }
    }

    #[tokio::test]
    async fn a_database_is_opened_by_its_address() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = format!("sqlite:{}", folder.path().join("city.db").display());
        let database = open(&Opening::new(file.parse().expect("an address"))).await.expect("a database");
        assert_eq!(database.programmes(None, 1).await, Ok(Vec::new()));
    }
}
