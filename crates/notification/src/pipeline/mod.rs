//! From what was committed and what is due to what arrives.
//!
//! ```text
//! journal ──► tell ──┐                      ┌─► e-mail
//!                    ├─► notifications ──►  │
//! due items ► remind ┘   and deliveries  ►  lanes ─► webhooks, chat
//! ```
//!
//! [`Pipeline::tell`] looks through the journal from where it was looked through last, [`Pipeline::remind`] looks at what is due; both may run twice,
//! late or in several processes at once, as what comes of them has an id that follows from its cause. [`Pipeline::send`] sends what waits.
//! [`Pipeline::run`] does all three until it is told to stop. Nothing depends on a timer having fired: what is due is asked for anew.

#[cfg(feature = "email")]
mod facts;
mod holidays;
mod lane;
#[cfg(feature = "email")]
mod mail;
mod reader;
mod remind;
mod subscribers;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sister_cities_storage::notification::NotificationStore;
use sister_cities_storage::work::LeaseError;
use sister_cities_storage::{Database, ReadError, Unavailable};
use tokio_util::sync::CancellationToken;

use lane::LaneSender;

pub use holidays::is_public_holiday;
pub use lane::{Attempted, Lane, LaneOpener};
#[cfg(feature = "email")]
pub use mail::MailLanes;
pub use reader::ZoneOfPlace;

/// Tells the time. Tests and simulation bring their own.
#[derive(Clone)]
pub struct Now(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Now {
    /// Asks this.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    #[must_use]
    pub fn get(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

impl fmt::Debug for Now {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Now({})", self.get())
    }
}

/// Why a step of the pipeline was not done to its end. What it had done stays, and the rest is done the next time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// Something could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Something could not be written.
    #[error(transparent)]
    Write(#[from] Unavailable),
    /// Nothing could be leased.
    #[error(transparent)]
    Lease(#[from] LeaseError),
}

/// From what was committed and what is due to what arrives, over one database.
#[derive(Clone, Debug)]
pub struct Pipeline {
    database: Database,
    now: Now,
    zones: ZoneOfPlace,
    openers: Vec<Arc<dyn LaneOpener>>,
    owner: String,
}

impl Pipeline {
    /// A pipeline without channels: what somebody is told stands in their inbox. `owner` is what the leases of this worker are called, for people to read.
    #[must_use]
    pub fn new(database: Database, now: Now, owner: impl Into<String>) -> Self {
        let zones = ZoneOfPlace::default();
        Self { database, now, zones, openers: Vec::new(), owner: owner.into() }
    }

    /// With somebody who knows the zones of places whose records do not say them.
    #[must_use]
    pub fn with_zones(self, zones: ZoneOfPlace) -> Self {
        Self { zones, ..self }
    }

    /// With a channel.
    #[must_use]
    pub fn with_channel(mut self, opener: impl LaneOpener + 'static) -> Self {
        self.openers.push(Arc::new(opener));
        self
    }

    /// Sends what waits and is due, until nothing is; says how many attempts were made.
    ///
    /// # Errors
    ///
    /// [`PipelineError`]; what waits is sent the next time.
    pub async fn send(&self) -> Result<usize, PipelineError> {
        Ok(self.sender().drain().await?)
    }

    /// Sends what is due until it is told to stop; then what is being sent may arrive, and nothing new is begun.
    pub async fn run_sending(&self, stop: &CancellationToken) {
        self.sender().run(stop).await;
    }

    fn store(&self) -> Arc<dyn NotificationStore> {
        self.database.notifications()
    }

    fn sender(&self) -> LaneSender {
        LaneSender::new(&self.database, self.openers.clone(), self.owner.clone(), self.now.clone())
    }
}
