//! The worker: tells people and programs what happened and what is due, beside the server or by itself.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sister_cities_app::App;
use sister_cities_domain::id::ProgrammeId;
use sister_cities_notification::chat::ChatChannel;
use sister_cities_notification::email::{InvalidSmtpConfig, SmtpChannel, SmtpConfig};
use sister_cities_notification::message::ProductAddress;
use sister_cities_notification::outbound::{CannotBuild, OutboundClient, OutboundPolicy};
use sister_cities_notification::pipeline::{MailLanes, Now, Pipeline, WebhookLanes, ZoneOfPlace};
use sister_cities_notification::webhook::WebhookChannel;
use sister_cities_notification::words::{CatalogueError, Catalogues};
use sister_cities_storage::Realm;
use sister_cities_storage::work::Signal;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::heavy::beside;

/// How often it is looked what is due, and what was committed should nobody say so.
const LOOK: Duration = Duration::from_secs(30);
/// Commits that come in quick succession are looked through together.
const TOGETHER: Duration = Duration::from_millis(200);

/// How people and programs are told.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WorkerConfig {
    /// Where people and programs reach the server: what links in messages begin with. Never taken from a request.
    pub public_url: ProductAddress,
    /// By which mail server; without one, what people are told stands in their inbox alone.
    pub smtp: Option<SmtpConfig>,
    /// A folder with messages in the words of the office, which go before our own.
    pub messages: Option<PathBuf>,
    /// Which addresses webhooks may have.
    pub outbound: OutboundPolicy,
}

impl WorkerConfig {
    /// Tells nobody by mail, until a mail server is named.
    #[must_use]
    pub fn new(public_url: ProductAddress) -> Self {
        Self { public_url, smtp: None, messages: None, outbound: OutboundPolicy::default() }
    }

    /// By that mail server.
    #[must_use]
    pub fn with_smtp(self, smtp: SmtpConfig) -> Self {
        Self { smtp: Some(smtp), ..self }
    }

    /// With webhooks at other addresses than those of the open internet, by https.
    #[must_use]
    pub fn with_outbound(self, outbound: OutboundPolicy) -> Self {
        Self { outbound, ..self }
    }

    /// With the messages of an office in that folder.
    #[must_use]
    pub fn with_messages(self, folder: impl Into<PathBuf>) -> Self {
        Self { messages: Some(folder.into()), ..self }
    }
}

/// Why a worker cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkerError {
    /// The mail server cannot be reached as it was set up.
    #[error("mail cannot be sent so")]
    Smtp(#[source] InvalidSmtpConfig),
    /// Webhooks cannot be called so.
    #[error("webhooks cannot be called")]
    Outbound(#[source] CannotBuild),
    /// The messages of the office cannot be used.
    #[error("the messages of the office cannot be used")]
    Messages(#[source] CatalogueError),
}

/// A worker that is ready to work. Several may do so on one database, in one process or many.
#[derive(Clone, Debug)]
pub struct Worker {
    app: App,
    pipeline: Pipeline,
}

impl Worker {
    /// Sets up the channels.
    ///
    /// # Errors
    ///
    /// [`WorkerError`].
    pub fn new(app: App, config: &WorkerConfig) -> Result<Self, WorkerError> {
        let (clock, known) = (app.clone(), app.clone());
        let now = Now::new(move || clock.clock().now());
        let zones = ZoneOfPlace::new(move |place| known.zone_of(place));
        let owner = format!("process {}", std::process::id());
        let mut pipeline = Pipeline::new(app.database().clone(), now, owner).with_zones(zones.clone());
        let client = OutboundClient::new(config.outbound.clone()).map_err(WorkerError::Outbound)?;
        let (webhooks, chats) = (WebhookChannel::new(client.clone()), ChatChannel::new(client));
        let base_url = config.public_url.to_string();
        pipeline =
            pipeline.with_channel(WebhookLanes::new(app.database().clone(), webhooks, chats, base_url));
        if let Some(smtp) = &config.smtp {
            let catalogues = match &config.messages {
                Some(folder) => Catalogues::with_overrides(folder).map_err(WorkerError::Messages)?,
                None => Catalogues::embedded(),
            };
            let channel = SmtpChannel::new(smtp.clone()).map_err(WorkerError::Smtp)?;
            let (database, address) = (app.database().clone(), config.public_url.clone());
            let lanes = MailLanes::new(database, channel, Arc::new(catalogues), address);
            let lanes = lanes.with_zones(zones).with_organizer(smtp.from.address.clone());
            pipeline = pipeline.with_channel(lanes);
        }
        Ok(Self { app, pipeline })
    }

    /// Works until it is told to stop; then what is being sent may arrive, and nothing new is begun. It works on a thread of its own, which makes
    /// way for those that answer requests.
    pub async fn run(&self, stop: CancellationToken) {
        let worker = self.clone();
        let work = async move {
            tracing::info!("worker started");
            tokio::join!(worker.pipeline.run_sending(&stop), worker.look(&stop));
            tracing::info!("worker stopped");
        };
        if let Err(error) = beside("worker", work).await {
            tracing::error!(%error, "the worker broke off");
        }
    }

    /// Looks for what somebody is to be told: at once in a programme in which something was committed, and by the clock everywhere.
    async fn look(&self, stop: &CancellationToken) {
        let mut signals = self.app.database().work().signals();
        let mut listening = true;
        let mut look_again = Instant::now();
        let mut changed = Changed::default();
        loop {
            let by_the_clock = Instant::now() >= look_again;
            if by_the_clock {
                look_again = Instant::now() + LOOK;
                changed = Changed::Anywhere;
            }
            let all = std::mem::take(&mut changed);
            let looking = async {
                self.tell(all).await;
                if by_the_clock {
                    self.remind().await;
                }
            };
            // While others go on writing there may always be more to see: what is left is seen at the next start.
            if stop.run_until_cancelled(looking).await.is_none() {
                return;
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep_until(look_again) => {}
                signal = signals.next(), if listening => {
                    let until = Instant::now() + TOGETHER;
                    let mut next = Ok(signal);
                    while let Ok(Some(signal)) = next {
                        changed.add(signal);
                        next = tokio::time::timeout_at(until, signals.next()).await;
                    }
                    listening = next != Ok(None);
                }
            }
        }
    }

    async fn tell(&self, changed: Changed) {
        let told = match changed {
            Changed::Anywhere => self.pipeline.tell().await.map(drop),
            Changed::In(programmes) => {
                let mut told = Ok(());
                for programme in programmes {
                    told = told.and(self.pipeline.tell_in(programme).await.map(drop));
                }
                told
            }
        };
        if let Err(error) = told {
            tracing::warn!(%error, "events are not told, will retry");
        }
    }

    async fn remind(&self) {
        match self.pipeline.remind().await {
            Ok(0) => {}
            Ok(number) => tracing::info!(number, "reminders made"),
            Err(error) => tracing::warn!(%error, "reminders are not made, will retry"),
        }
    }
}

/// Where something was committed since it was looked.
enum Changed {
    In(BTreeSet<ProgrammeId>),
    Anywhere,
}

impl Default for Changed {
    fn default() -> Self {
        Self::In(BTreeSet::new())
    }
}

impl Changed {
    fn add(&mut self, signal: Signal) {
        match (self, signal) {
            // Nobody is told of what happens to the installation itself.
            (Self::Anywhere, _) | (_, Signal::In(Realm::Installation)) => {}
            (Self::In(programmes), Signal::In(Realm::Programme(programme))) => {
                programmes.insert(programme);
            }
            (changed, Signal::Anywhere) => *changed = Self::Anywhere,
        }
    }
}
