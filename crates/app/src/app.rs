//! The application: what every use case needs, and how one enters a programme.

use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;
use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::id::{IdSource, ProgrammeId};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_gazetteer::Gazetteer;
use sister_cities_storage::{Database, ProgrammeStore, Record, Versioned, record_ref};

use crate::AppError;
use crate::clock::Clock;
use crate::vitality::VitalityCache;

/// What a server, a worker or a command holds. Cheap to clone.
#[derive(Clone)]
pub struct App {
    database: Database,
    gazetteer: &'static Gazetteer,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    most_kept_bytes: u64,
    pub(crate) vitality_cache: Arc<VitalityCache>,
}

/// What a programme may keep of files unless it is said otherwise: 1 GiB.
const MOST_KEPT_BYTES: u64 = 1 << 30;

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
        Self {
            database,
            gazetteer: Gazetteer::embedded(),
            clock,
            ids,
            most_kept_bytes: MOST_KEPT_BYTES,
            vitality_cache: Arc::new(VitalityCache::new()),
        }
    }

    /// The same where a programme may keep so many bytes of files.
    #[must_use]
    pub fn keeping_at_most(self, bytes: u64) -> Self {
        Self { most_kept_bytes: bytes, ..self }
    }

    /// How many bytes of files a programme may keep.
    #[must_use]
    pub const fn most_kept_bytes(&self) -> u64 {
        self.most_kept_bytes
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

    /// The day it is in the zone of a programme: that of its host, or the one that the gazetteer has for the host; in UTC if neither is
    /// known. Also for a programme that is not there, so that it tells nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`].
    pub async fn today(&self, programme: ProgrammeId) -> Result<NaiveDate, AppError> {
        let store = self.database.programme(programme);
        match store.get::<Programme>(programme).await? {
            Some(programme) => self.today_in(&ProgrammeContext { programme, store }).await,
            None => Ok(self.clock().now().date_naive()),
        }
    }

    /// The day that is asked about, or [`today`](Self::today) if none is.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`].
    pub async fn day_or_today(
        &self,
        programme: ProgrammeId,
        day: Option<NaiveDate>,
    ) -> Result<NaiveDate, AppError> {
        match day {
            Some(day) => Ok(day),
            None => self.today(programme).await,
        }
    }

    /// The day it is in the zone of a programme that was entered; see [`today`](Self::today).
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`].
    pub async fn today_in(&self, context: &ProgrammeContext) -> Result<NaiveDate, AppError> {
        let now = self.clock().now();
        let host = context.store.get::<Place>(context.programme.value.host).await?.map(|host| host.value);
        let zone = host.and_then(|host| self.zone_of(&host));
        Ok(zone.map_or_else(|| now.date_naive(), |zone| now.with_timezone(&zone).date_naive()))
    }

    /// The zone of a place: its own, or the one that the gazetteer has for it.
    #[must_use]
    pub fn zone_of(&self, place: &Place) -> Option<Tz> {
        place.zone.or_else(|| self.gazetteer.by_geonames(place.external.geonames?)?.zone)
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
