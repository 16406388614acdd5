//! The application: what every use case needs, and how one enters a programme.

use std::sync::Arc;

use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::id::{IdSource, ProgrammeId};
use sister_cities_domain::programme::Programme;
use sister_cities_gazetteer::Gazetteer;
use sister_cities_storage::{Database, ProgrammeStore, Record, Versioned, record_ref};

use crate::AppError;
use crate::clock::Clock;

/// What a server, a worker or a command holds. Cheap to clone.
#[derive(Clone)]
pub struct App {
    database: Database,
    gazetteer: &'static Gazetteer,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

/// A programme that a caller was let into.
#[derive(Clone, Debug)]
pub struct ProgrammeContext {
    /// The programme.
    pub programme: Versioned<Programme>,
    /// Its records.
    pub store: ProgrammeStore,
}

impl App {
    /// An application over that database, with that clock and those ids.
    pub fn new(database: Database, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        Self { database, gazetteer: Gazetteer::embedded(), clock, ids }
    }

    /// The database.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// The places of the world.
    #[must_use]
    pub const fn gazetteer(&self) -> &'static Gazetteer {
        self.gazetteer
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// The source of new ids.
    #[must_use]
    pub fn ids(&self) -> &dyn IdSource {
        self.ids.as_ref()
    }

    /// Lets a caller into a programme for something that takes `needed`.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if there is no such programme or it is not the caller's, which look the same;
    /// [`AppError::Forbidden`] if it is, but the scope is missing.
    pub async fn authorize(
        &self,
        caller: &Caller,
        needed: Scope,
        programme: ProgrammeId,
    ) -> Result<ProgrammeContext, AppError> {
        let asked_for = record_ref::<Programme>(programme);
        may(&caller.grant, needed, Some(programme)).map_err(|denied| AppError::denied(denied, asked_for))?;
        let store = self.database.programme(programme);
        let programme = store.get(programme).await?.ok_or(AppError::NotFound(asked_for))?;
        Ok(ProgrammeContext { programme, store })
    }
}

impl ProgrammeContext {
    /// Reads a record of the programme that must be there.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if it is not.
    pub async fn load<T: Record>(&self, id: T::Id) -> Result<Versioned<T>, AppError> {
        self.store.get(id).await?.ok_or_else(|| AppError::NotFound(record_ref::<T>(id)))
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("database", &self.database)
            .field("clock", &self.clock)
            .finish_non_exhaustive()
    }
}
