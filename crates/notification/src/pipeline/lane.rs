//! Sending what waits: leases lanes, sends what is in them, says what became of it, and gives them back.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use sister_cities_domain::notification::{AttemptResult, ChannelKind, Delivery, DeliveryAttempt};
use sister_cities_storage::notification::NotificationStore;
use sister_cities_storage::work::{Claim, LeaseError, LeaseRequest, WorkQueue};
use sister_cities_storage::{Database, ReadError, Realm};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Now;
use crate::SendError;
use crate::schedule::{Next, OVERLOAD_PAUSE, RetrySchedule, is_overload};

/// For how long a lane is leased.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How often whoever holds a lane says that they still do.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How many deliveries of a lane are read at a time.
const AT_A_TIME: u32 = 256;
/// What became of attempts is kept after so many, or so long.
const RECORDED_TOGETHER: usize = 128;
const RECORDED_WITHIN: Duration = Duration::from_millis(500);
/// Who has held a lane for so long gives it back, so that others have their turn.
const TURN: Duration = Duration::from_secs(30);
/// How many lanes a worker holds at a time.
const LANES: usize = 256;
/// How often it is looked whether something is due, should nobody say so.
const POLL: Duration = Duration::from_secs(1);

/// What became of one attempt to send one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempted {
    /// What is kept of it.
    pub result: AttemptResult,
    /// The status that the receiver answered with, if it answered.
    pub status: Option<u16>,
    /// Until when nothing more is sent to this recipient, if the receiver is overloaded or gone.
    pub pause_until: Option<DateTime<Utc>>,
}

impl Attempted {
    /// It arrived.
    #[must_use]
    pub const fn delivered(status: Option<u16>) -> Self {
        Self { result: AttemptResult::Delivered, status, pause_until: None }
    }

    /// It was not sent, as its cause is gone.
    #[must_use]
    pub fn cancelled(reason: &str) -> Self {
        let result = AttemptResult::Cancelled { reason: reason.to_owned() };
        Self { result, status: None, pause_until: None }
    }

    /// It was not tried, as its reader does not read now.
    #[must_use]
    pub const fn put_off(until: DateTime<Utc>) -> Self {
        Self { result: AttemptResult::PutOff { until }, status: None, pause_until: None }
    }

    /// It did not arrive: what is done next follows from the schedule. A receiver that is overloaded, or where nothing will ever arrive, is left alone for a
    /// while.
    #[must_use]
    pub fn failed(
        schedule: RetrySchedule,
        delivery: &Delivery,
        error: &SendError,
        now: DateTime<Utc>,
    ) -> Self {
        let attempt = delivery.attempts.saturating_add(1).saturating_sub(delivery.resent_after);
        let said = error.to_string();
        let result = match schedule.after(delivery.id, attempt, error, now) {
            Next::RetryAt(at) => AttemptResult::Retry { at, error: said },
            Next::GiveUp => AttemptResult::Dead { error: said },
        };
        let pause_until = is_overload(error).then(|| now + OVERLOAD_PAUSE);
        Self { result, status: error.status(), pause_until }
    }
}

/// Sends what waits for one recipient, as they were when the lane was opened.
pub trait Lane: Send + Sync {
    /// How many are sent at the same time.
    fn at_once(&self) -> usize;

    /// Looks up what the delivery says now, and sends it.
    fn send<'a>(&'a self, delivery: &'a Delivery, now: DateTime<Utc>) -> BoxFuture<'a, Attempted>;

    /// Hears what became of what was sent, once it is on record.
    fn recorded<'a>(&'a self, attempts: &'a [DeliveryAttempt]) -> BoxFuture<'a, Result<(), ReadError>> {
        let _ = attempts;
        Box::pin(futures_util::future::ready(Ok(())))
    }
}

/// Opens the lanes of one channel.
pub trait LaneOpener: Send + Sync + Debug {
    /// Whose lanes these are.
    fn channel(&self) -> ChannelKind;

    /// Looks up the recipient as they are now.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; the lane is tried again.
    fn open(
        &self,
        realm: Realm,
        recipient: uuid::Uuid,
        now: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<Box<dyn Lane>, ReadError>>;
}

/// Sends what waits in the lanes of a database. Several may do so at the same time, in one process or many.
#[derive(Clone, Debug)]
pub(super) struct LaneSender {
    database: Database,
    openers: BTreeMap<&'static str, Arc<dyn LaneOpener>>,
    owner: String,
    now: Now,
}

impl LaneSender {
    pub(super) fn new(
        database: &Database,
        openers: Vec<Arc<dyn LaneOpener>>,
        owner: String,
        now: Now,
    ) -> Self {
        Self {
            database: database.clone(),
            openers: openers.into_iter().map(|opener| (opener.channel().as_str(), opener)).collect(),
            owner,
            now,
        }
    }

    fn store(&self) -> Arc<dyn NotificationStore> {
        self.database.notifications()
    }

    fn work(&self) -> Arc<dyn WorkQueue> {
        self.database.work()
    }

    /// Sends everything that is due, lane by lane, until nothing is. Says how many attempts were made.
    pub(super) async fn drain(&self) -> Result<usize, LeaseError> {
        let mut attempts = 0;
        loop {
            let mut lanes = JoinSet::new();
            for opener in self.openers.values() {
                for claim in self.lease(opener, LANES).await? {
                    let (sender, opener) = (self.clone(), Arc::clone(opener));
                    lanes.spawn(async move { sender.hold(&opener, claim, &CancellationToken::new()).await });
                }
            }
            if lanes.is_empty() {
                return Ok(attempts);
            }
            while let Some(held) = lanes.join_next().await {
                attempts += held.unwrap_or_default();
            }
        }
    }

    /// Sends what is due until it is told to stop; then what is being sent may arrive, and nothing new is begun.
    pub(super) async fn run(&self, stop: &CancellationToken) {
        let mut signals = self.work().signals();
        let mut listening = true;
        let mut lanes = JoinSet::new();
        while !stop.is_cancelled() {
            for opener in self.openers.values() {
                match self.lease(opener, LANES.saturating_sub(lanes.len())).await {
                    Ok(claims) => {
                        for claim in claims {
                            let (sender, opener, stop) = (self.clone(), Arc::clone(opener), stop.clone());
                            lanes.spawn(async move { sender.hold(&opener, claim, &stop).await });
                        }
                    }
                    Err(error) => tracing::warn!(%error, "no deliveries are leased, will retry"),
                }
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(POLL) => {}
                signal = signals.next(), if listening => listening = signal.is_some(),
                Some(_) = lanes.join_next(), if !lanes.is_empty() => {}
            }
        }
        while lanes.join_next().await.is_some() {}
    }

    async fn lease(&self, opener: &Arc<dyn LaneOpener>, limit: usize) -> Result<Vec<Claim>, LeaseError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let request = LeaseRequest {
            topic: opener.channel().as_str(),
            owner: self.owner.clone(),
            limit: u32::try_from(limit).unwrap_or(u32::MAX),
            now: self.now.get(),
            lease: LEASE,
        };
        Ok(self.work().lease(request).await?.into_iter().map(|leased| leased.claim).collect())
    }

    /// Sends what waits in a lane. Whatever goes wrong, the lease ends by itself, and another goes on.
    async fn hold(&self, opener: &Arc<dyn LaneOpener>, claim: Claim, stop: &CancellationToken) -> usize {
        match self.try_hold(opener, claim, stop).await {
            Ok(attempts) => attempts,
            Err(HoldError::Lease(LeaseError::Lost)) => {
                tracing::debug!(recipient = %claim.id, "another worker has the deliveries of this recipient");
                0
            }
            Err(error) => {
                tracing::warn!(%error, recipient = %claim.id, "deliveries stay until the lease ends, will retry");
                0
            }
        }
    }

    async fn try_hold(
        &self,
        opener: &Arc<dyn LaneOpener>,
        claim: Claim,
        stop: &CancellationToken,
    ) -> Result<usize, HoldError> {
        let lane = opener.open(claim.realm, claim.id, self.now.get()).await?;
        let began = Instant::now();
        let mut attempts = 0;
        let mut pause_until = None;
        while pause_until.is_none() && !stop.is_cancelled() && began.elapsed() < TURN {
            let now = self.now.get();
            let due = self.store().deliveries_to_send(claim.realm, claim.id, now, AT_A_TIME).await?;
            if due.is_empty() {
                break;
            }
            let (made, pause) = self.send_all(lane.as_ref(), claim, due, began, stop).await?;
            attempts += made;
            pause_until = pause;
        }
        self.store().release_lane(claim, pause_until, self.now.get()).await?;
        Ok(attempts)
    }

    /// Sends these, and keeps what became of them as it goes. Says how many, and until when nothing more is sent there.
    async fn send_all(
        &self,
        lane: &dyn Lane,
        claim: Claim,
        due: Vec<Delivery>,
        began: Instant,
        stop: &CancellationToken,
    ) -> Result<(usize, Option<DateTime<Utc>>), HoldError> {
        let mut waiting = due.iter();
        let mut sending = FuturesUnordered::new();
        // Nothing new is begun once this is set; what has begun may arrive.
        let mut halted = false;
        let mut heartbeat = tokio::time::interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
        let mut flush = tokio::time::interval_at(Instant::now() + RECORDED_WITHIN, RECORDED_WITHIN);
        let mut done: Vec<DeliveryAttempt> = Vec::new();
        let (mut attempts, mut pause_until) = (0, None);
        loop {
            while !halted && sending.len() < lane.at_once().max(1) {
                let Some(delivery) = waiting.next() else { break };
                sending.push(self.attempt(lane, delivery));
            }
            tokio::select! {
                biased;
                () = stop.cancelled(), if !halted => halted = true,
                _ = heartbeat.tick() => self.work().heartbeat(claim, self.now.get() + LEASE).await?,
                _ = flush.tick() => self.record(lane, claim, &mut done).await?,
                next = sending.next() => {
                    let Some((attempt, pause)) = next else { break };
                    attempts += 1;
                    done.push(attempt);
                    pause_until = pause_until.max(pause);
                    halted = halted || pause_until.is_some() || began.elapsed() >= TURN;
                    if done.len() >= RECORDED_TOGETHER {
                        self.record(lane, claim, &mut done).await?;
                    }
                }
            }
        }
        self.record(lane, claim, &mut done).await?;
        Ok((attempts, pause_until))
    }

    async fn attempt(
        &self,
        lane: &dyn Lane,
        delivery: &Delivery,
    ) -> (DeliveryAttempt, Option<DateTime<Utc>>) {
        let (at, began) = (self.now.get(), Instant::now());
        let Attempted { result, status, pause_until } = lane.send(delivery, at).await;
        let took_ms = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
        let number = delivery.attempts.saturating_add(1);
        (DeliveryAttempt { delivery: delivery.id, number, at, took_ms, status, result }, pause_until)
    }

    async fn record(
        &self,
        lane: &dyn Lane,
        claim: Claim,
        done: &mut Vec<DeliveryAttempt>,
    ) -> Result<(), HoldError> {
        if !done.is_empty() {
            let attempts = std::mem::take(done);
            self.store().record_attempts(claim, attempts.clone()).await?;
            lane.recorded(&attempts).await?;
        }
        Ok(())
    }
}

/// Why a lane was not sent to its end.
#[derive(Debug, thiserror::Error)]
enum HoldError {
    #[error(transparent)]
    Lease(#[from] LeaseError),
    #[error(transparent)]
    Read(#[from] ReadError),
}
