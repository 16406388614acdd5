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
//! Nothing depends on a timer having fired: what is due is asked for anew, so whoever calls them each minute, or at each signal of the
//! [`WorkQueue`](sister_cities_storage::work::WorkQueue), loses nothing. [`Pipeline::run_sending`] sends until it is told to stop.
//!
//! # Embedding it
//!
//! A store, a channel, and three calls; no server:
//!
//! ```
//! use sister_cities_domain::access::Actor;
//! use sister_cities_domain::id::{PlaceId, ProgrammeId, SeededIds, WebhookEndpointId};
//! use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
//! use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
//! use sister_cities_domain::value::{Name, SecretText};
//! use sister_cities_domain::webhook::{PayloadVersion, SigningSecrets, WebhookEndpoint, WebhookFormat};
//! use sister_cities_notification::pipeline::{Now, Pipeline, WebhookLanes};
//! use sister_cities_notification::testing::RecordingChannel;
//! use sister_cities_storage::{ChangeSet, Database, sqlite::SqliteStore, vault::MasterKey};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let key = "0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdeffedcba9876543210";
//! // A store. Secrets are kept in it, so it has a master key.
//! let database = Database::new(SqliteStore::temporary()?).sealed_by(MasterKey::from_text(key)?);
//! // Channels: `WebhookChannel` and `ChatChannel` send; these only remember. Yours implements `Channel`.
//! let (webhooks, chats) = (std::sync::Arc::new(RecordingChannel::default()), RecordingChannel::default());
//! let lanes = WebhookLanes::new(database.clone(), webhooks.clone(), chats, "https://twinning.example.org");
//! let at = "2026-11-30T09:00:00Z".parse()?;
//! let pipeline = Pipeline::new(database.clone(), Now::new(move || at), "worker 1").with_channel(lanes);
//!
//! // What your system commits: a programme with its city, and who is told of what.
//! let ids = SeededIds::new(1);
//! let id = ProgrammeId::next(&ids);
//! let host = Place::new(PlaceId::next(&ids), id, PlaceLevel::City, PlaceName::new(Name::new("Chicago")?, NameRole::Official));
//! let (name, kinds, policies) = (Name::new("Chicago Sister Cities")?, KindCatalogue::standard(), Policies::default());
//! let (language, currency) = ("en".parse()?, "USD".parse()?);
//! let programme = Programme { id, name, host: host.id, kinds, policies, language, currency };
//! let endpoint = WebhookEndpoint {
//!     id: WebhookEndpointId::next(&ids),
//!     programme: id,
//!     host: "hooks.example.org".into(),
//!     url: SecretText::new("https://hooks.example.org/in")?,
//!     token: None,
//!     format: WebhookFormat::Standard,
//!     events: ["place.*".parse()?].into(),
//!     partnership: None,
//!     payload_version: PayloadVersion::V1,
//!     description: None,
//!     owner: None,
//!     secrets: Some(SigningSecrets::first(SecretText::new("whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=")?)),
//!     disabled: None,
//! };
//! let mut changes = ChangeSet::new(id, &Actor::System, at);
//! changes.create(&programme).create(&host).create(&endpoint);
//! changes.event(endpoint.created(), endpoint.id).event(host.created(), host.id);
//! database.commit(changes).await?;
//!
//! // The three calls, each minute.
//! assert_eq!(pipeline.tell().await?, 1);
//! assert_eq!(pipeline.remind().await?, 0, "nothing is due");
//! assert_eq!(pipeline.send().await?, 1);
//! assert!(String::from_utf8_lossy(&webhooks.sent()[0].message.body).contains("place.created"));
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "email")]
mod address;
mod arrange;
mod belonging;
#[cfg(feature = "email")]
mod changes;
#[cfg(feature = "chat")]
mod endpoint;
#[cfg(feature = "email")]
mod facts;
mod follow;
mod holidays;
#[cfg(all(feature = "email", feature = "calendar"))]
mod invitation;
mod invited;
mod lane;
#[cfg(feature = "email")]
mod letters;
#[cfg(feature = "email")]
mod mail;
mod reader;
mod remind;
mod reminded;
#[cfg(feature = "received-mail")]
mod returned;
mod shared;
mod subscribers;
mod tell;
#[cfg(feature = "chat")]
mod trouble;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sister_cities_storage::notification::NotificationStore;
use sister_cities_storage::work::LeaseError;
use sister_cities_storage::{Database, ReadError, Unavailable};
use tokio_util::sync::CancellationToken;

use lane::LaneSender;
use reminded::Reminded;

#[cfg(feature = "chat")]
pub use endpoint::WebhookLanes;
pub use holidays::is_public_holiday;
pub use lane::{Attempted, Lane, LaneOpener};
#[cfg(feature = "email")]
pub use mail::MailLanes;
pub use reader::ZoneOfPlace;
#[cfg(feature = "received-mail")]
pub use returned::{ReportTaken, ReturnedMails};

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
    reminded: Reminded,
}

impl Pipeline {
    /// A pipeline without channels: what somebody is told stands in their inbox. `owner` is what the leases of this worker are called, for people to read.
    #[must_use]
    pub fn new(database: Database, now: Now, owner: impl Into<String>) -> Self {
        let zones = ZoneOfPlace::default();
        let reminded = Reminded::default();
        Self { database, now, zones, openers: Vec::new(), owner: owner.into(), reminded }
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
