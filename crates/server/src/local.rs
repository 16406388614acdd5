//! The platform within one process: what a command line does with a database of its own, and a server that only this
//! process can speak to.
//!
//! Whoever may open the database may do everything with it, so these operations ask for no token. All else about a
//! programme goes through the API also here: [`Local::serve_here`] serves it on a loopback port, to the bearer of a
//! token that lives in memory and ends with the process.

mod keeping;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sister_cities_app::App;
use sister_cities_app::clock::{Clock as _, SystemClock};
use sister_cities_app::ids::SystemIds;
use sister_cities_domain::access::Caller;
use sister_cities_domain::id::{PersonId, ProgrammeId, TokenId};
use sister_cities_domain::value::Name;
use sister_cities_gazetteer::Gazetteer;
use sister_cities_storage::{OpenError, ReadError};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::config::{ProcessToken, ServerConfig};
use crate::server::{BindError, Server};
use crate::settings::Limits;
use crate::worker::{Worker, WorkerConfig, WorkerError};

pub use sister_cities_app::AppError;
pub use sister_cities_app::demo::{Demo, DemoError, Imported};
pub use sister_cities_app::import::{BulkCounts, BulkRow, Progress, Refused};
pub use sister_cities_app::privacy::{ErasureReport, ErasureRun, JournalAudit, Refusal};
pub use sister_cities_app::token::{CreatedToken, NewToken, TokenText};
pub use sister_cities_domain::access::AccessToken;
pub use sister_cities_domain::privacy::Due;
pub use sister_cities_gazetteer as gazetteer;
pub use sister_cities_gazetteer::ATTRIBUTION as GAZETTEER_ATTRIBUTION;

pub use keeping::{BroughtTokens, ImportProgrammeError, ImportedProgramme, Waiting, verify_backup};
pub use sister_cities_storage::archive::{ArchiveError, KeyWrapping, Manifest, RealmContent};
pub use sister_cities_storage::backup::{Examined, ExaminedJournal, Restored};
pub use sister_cities_storage::vault::{BadMasterKey, CursorKey, MasterKey};
pub use sister_cities_storage::{Location, LocationError, Opening, Risk, Traces, Unavailable};

/// The platform on a database.
#[derive(Clone, Debug)]
pub struct Local {
    app: App,
}

/// Why the platform could not be brought up in this process.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocalError {
    /// There is no such file.
    #[error("there is no database at {location}")]
    NoDatabase {
        /// Where it was looked for.
        location: Location,
    },
    /// There is a file already, or something in the database.
    #[error("there is something already at {location}")]
    Exists {
        /// Where.
        location: Location,
    },
    /// The database cannot be opened.
    #[error("cannot open the database at {location}")]
    Open {
        /// Where it lies.
        location: Location,
        /// Why.
        #[source]
        source: OpenError,
    },
    /// The database cannot be read.
    #[error("the database cannot be read")]
    Read(#[source] ReadError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    Random(getrandom::Error),
    /// The machine's clock cannot be right, and every fact would be stored with a wrong time.
    #[error("the clock of this machine shows {shown}, before 1970: set it right first")]
    Clock {
        /// What it shows.
        shown: DateTime<Utc>,
    },
    /// The server could not start.
    #[error(transparent)]
    Bind(#[from] BindError),
}

/// Refuses what a clock shows that was never set.
fn believed(shown: DateTime<Utc>) -> Result<(), LocalError> {
    if shown < DateTime::UNIX_EPOCH { Err(LocalError::Clock { shown }) } else { Ok(()) }
}

impl Local {
    /// Opens a database that is there, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// [`LocalError::NoDatabase`], [`LocalError::Open`], [`LocalError::Random`].
    pub async fn open(opening: &Opening) -> Result<Self, LocalError> {
        match opening.location() {
            Location::Sqlite(path) if !path.exists() => {
                Err(LocalError::NoDatabase { location: opening.location().clone() })
            }
            Location::Sqlite(_) | Location::Postgres(_) | _ => Self::open_or_create(opening).await,
        }
    }

    /// Creates a database where none is. On a server it is there, and has to be empty.
    ///
    /// # Errors
    ///
    /// [`LocalError::Exists`], [`LocalError::Open`], [`LocalError::Read`], [`LocalError::Random`].
    pub async fn create(opening: &Opening) -> Result<Self, LocalError> {
        let exists = || LocalError::Exists { location: opening.location().clone() };
        if matches!(opening.location(), Location::Sqlite(path) if path.exists()) {
            return Err(exists());
        }
        let local = Self::open_or_create(opening).await?;
        match local.app.database().programmes(None, 1).await {
            Ok(programmes) if programmes.is_empty() => Ok(local),
            Ok(_) => Err(exists()),
            Err(error) => Err(LocalError::Read(error)),
        }
    }

    /// Opens a database, creates it if there is none, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// [`LocalError::Open`], [`LocalError::Random`], [`LocalError::Clock`].
    pub async fn open_or_create(opening: &Opening) -> Result<Self, LocalError> {
        // Before anything is created.
        believed(SystemClock.now())?;
        let failed = |source| LocalError::Open { location: opening.location().clone(), source };
        let database = sister_cities_storage::open(opening).await.map_err(failed)?;
        let clock = Arc::new(SystemClock);
        let ids = SystemIds::new(clock.clone()).map_err(LocalError::Random)?;
        Ok(Self { app: App::new(database, clock, Arc::new(ids)) })
    }

    /// Takes the address of that configuration; see [`Server::serve`].
    ///
    /// # Errors
    ///
    /// [`BindError`].
    pub async fn bind(&self, config: ServerConfig) -> Result<Server, BindError> {
        Server::bind(config, self.app.clone()).await
    }

    /// A worker on this database, ready to work.
    ///
    /// # Errors
    ///
    /// [`WorkerError`].
    pub fn worker(&self, config: &WorkerConfig) -> Result<Worker, WorkerError> {
        Worker::new(self.app.clone(), config)
    }

    /// Serves the API on a loopback port, for this process alone, until it is stopped.
    ///
    /// # Errors
    ///
    /// [`LocalError::Bind`], [`LocalError::Random`].
    pub async fn serve_here(&self) -> Result<HereServer, LocalError> {
        let (token, process) = ProcessToken::draw(self.app.ids()).map_err(LocalError::Random)?;
        let mut cursor_key = [0; 32];
        // Of its own: what this process lists nobody else reads on, and it may lack the master key.
        getrandom::fill(&mut cursor_key).map_err(LocalError::Random)?;
        let config = ServerConfig::loopback()
            .with_limits(Limits::for_one_process())
            .with_process_token(process)
            .with_cursor_key(cursor_key);
        let server = self.bind(config).await?;
        let base_url = server.base_url();
        let stop = CancellationToken::new();
        let serving = tokio::spawn(server.serve(stop.clone().cancelled_owned()));
        Ok(HereServer { base_url, token, stop, serving })
    }

    /// Builds the demo's two programmes from the facts shipped with the product.
    ///
    /// # Errors
    ///
    /// [`DemoError`].
    pub async fn demo(&self, progress: Arc<dyn Progress>) -> Result<Demo, DemoError> {
        sister_cities_app::demo::build(&self.app, &Caller::system(), progress).await
    }

    /// Walks every journal from its beginning to its end.
    ///
    /// # Errors
    ///
    /// As [`App::audit_journals`].
    pub async fn audit_journals(&self) -> Result<Vec<JournalAudit>, AppError> {
        self.app.audit_journals(&Caller::system()).await
    }

    /// Erases a person everywhere, or says what that would replace.
    ///
    /// # Errors
    ///
    /// As [`App::erase_person`].
    pub async fn erase_person(&self, name: &Name, run: ErasureRun) -> Result<ErasureReport, AppError> {
        self.app.erase_person(&Caller::system(), name, run).await
    }

    /// Erases the person of a record, or says what that would replace.
    ///
    /// # Errors
    ///
    /// As [`App::erase_recorded_person`].
    pub async fn erase_recorded_person(
        &self,
        id: PersonId,
        run: ErasureRun,
    ) -> Result<ErasureReport, AppError> {
        self.app.erase_recorded_person(&Caller::system(), id, run).await
    }

    /// Makes a new data key for each programme and the installation; says how many.
    ///
    /// # Errors
    ///
    /// As [`App::rotate_keys`].
    pub async fn rotate_keys(&self) -> Result<usize, AppError> {
        self.app.rotate_keys(&Caller::system()).await
    }

    /// Wraps the data keys of all programmes by the present master key, where an earlier one did; says how many.
    ///
    /// # Errors
    ///
    /// As [`App::rewrap_keys`].
    pub async fn rewrap_keys(&self) -> Result<u32, AppError> {
        self.app.rewrap_keys(&Caller::system()).await
    }

    /// Makes an access token.
    ///
    /// # Errors
    ///
    /// As [`App::create_token`].
    pub async fn create_token(&self, request: NewToken) -> Result<CreatedToken, AppError> {
        self.app.create_token(&Caller::system(), request).await
    }

    /// Lists the tokens of that programme, or of the installation; revoked ones included.
    ///
    /// # Errors
    ///
    /// As [`App::list_tokens`].
    pub async fn tokens(&self, programme: Option<ProgrammeId>) -> Result<Vec<AccessToken>, AppError> {
        let tokens = self.app.list_tokens(&Caller::system(), programme).await?;
        Ok(tokens.into_iter().map(|token| token.value).collect())
    }

    /// Revokes a token of that programme, or of the installation.
    ///
    /// # Errors
    ///
    /// As [`App::revoke_token`].
    pub async fn revoke_token(
        &self,
        programme: Option<ProgrammeId>,
        token: TokenId,
    ) -> Result<AccessToken, AppError> {
        Ok(self.app.revoke_token(&Caller::system(), programme, token).await?.value)
    }
}

/// A server that only this process can speak to.
#[derive(Debug)]
pub struct HereServer {
    base_url: String,
    token: TokenText,
    stop: CancellationToken,
    serving: JoinHandle<()>,
}

impl HereServer {
    /// The base of all URLs.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The token it accepts, beside those of the database.
    #[must_use]
    pub fn token(&self) -> &TokenText {
        &self.token
    }

    /// Lets accepted requests finish, then stops.
    pub async fn stop(self) {
        self.stop.cancel();
        // It failed only if it panicked, and then it is stopped too.
        let _ = self.serving.await;
    }
}

/// Resolves every row of a file of twin pairs, outside any programme; `each` is given what came of each row, in the
/// file's order. Nothing is stored. Works on the calling thread until it is done.
///
/// # Errors
///
/// [`Refused`] if the file cannot be read, or has not the four columns.
pub fn bulk(
    bytes: &[u8],
    mapped: &BTreeMap<String, String>,
    progress: &dyn Progress,
    each: impl FnMut(&BulkRow),
) -> Result<BulkCounts, Refused> {
    sister_cities_app::import::bulk(bytes, mapped, Gazetteer::embedded(), progress, each)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_before_1970_is_not_worked_by() {
        let refused = believed(DateTime::from_timestamp(-1, 0).expect("a time")).expect_err("refused");
        assert!(refused.to_string().contains("1969-12-31"), "{refused}");
        assert!(believed(DateTime::UNIX_EPOCH).is_ok());
    }
}
