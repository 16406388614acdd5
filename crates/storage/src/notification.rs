//! Who was told what: notifications, deliveries with their attempts, and how far the journal was looked through for them. Kept beside the records, never one
//! of them, and in no archive: a restored backup sends nothing old.
//!
//! Deliveries wait in *lanes*, one for each recipient and channel. A lane is work in the [`WorkQueue`](crate::work::WorkQueue), whose id is that of the recipient: whoever leases it
//! sends what waits in it, and what they say of it is taken only while the lease holds. So a receiver that hangs holds up nobody else, and a lease is one write for
//! many deliveries.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use sister_cities_domain::id::{DeliveryId, NotificationId, PersonId, RecordKind, RecordRef};
use sister_cities_domain::notification::{
    AttemptResult, ChannelKind, Delivery, DeliveryAttempt, DeliveryState, Notification,
};
use uuid::Uuid;

use crate::work::{Claim, Leasing};
use crate::{Cursor, ReadError, ReadFuture, Realm, Sequence, Unavailable, Value};

/// What is stored together: who is told, what is sent, and up to where the journal was looked through for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotificationBatch {
    /// The position of the journal before and after. The batch is refused if another has moved it meanwhile; without it nothing is moved.
    pub position: Option<(Sequence, Sequence)>,
    /// Who is told what. Those that are there already stay as they are.
    pub notifications: Vec<Notification>,
    /// What is sent. Those that are there already stay as they are.
    pub deliveries: Vec<Delivery>,
}

/// Which part of the deliveries, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryQuery {
    /// Only to this recipient.
    pub recipient: Option<RecordRef>,
    /// Only in this state.
    pub state: Option<DeliveryState>,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// Part of the deliveries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryPage {
    /// The deliveries.
    pub items: Vec<Delivery>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<Cursor>,
}

/// Which part of what a person was told, the latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationQuery {
    /// Who was told.
    pub person: PersonId,
    /// Only what they have not read.
    pub unread: bool,
    /// Only what this digest tells.
    pub digest: Option<DeliveryId>,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// Part of what a person was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationPage {
    /// The notifications.
    pub items: Vec<Notification>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<Cursor>,
}

/// Which deliveries are sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resend {
    /// This one, however far it is.
    Delivery(DeliveryId),
    /// All to this recipient that were given up.
    DeadTo(RecordRef),
    /// All to this recipient that were made since then: a replay.
    MadeSince(RecordRef, DateTime<Utc>),
}

/// How a recipient took what was sent by a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LaneHealth {
    /// When something arrived last.
    pub last_success_at: Option<DateTime<Utc>>,
    /// The first failure since then.
    pub failing_since: Option<DateTime<Utc>>,
    /// The last one.
    pub last_failure_at: Option<DateTime<Utc>>,
    /// Until when nothing is sent there.
    pub paused_until: Option<DateTime<Utc>>,
    /// When somebody was told that nothing arrives there, since the last success.
    pub owner_told_at: Option<DateTime<Utc>>,
}

/// How many deliveries there are, of all programmes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliveryCounts {
    /// To be sent.
    pub ready: u64,
    /// Given up.
    pub dead: u64,
    /// Since when the one that is due longest has been.
    pub oldest_due_at: Option<DateTime<Utc>>,
}

/// The port to notifications and deliveries.
///
/// Promises of every back end, held by the conformance suite:
///
/// - A batch is stored whole or not at all; with a position, by one of those who moved it from there.
/// - The same notification or delivery is stored once, and stays as it was.
/// - A delivery that waits is found by whoever leases its lane at its time, whatever was leased when it was stored.
/// - What is said of deliveries under a lease that somebody else has taken over is refused, and changes nothing.
pub trait NotificationStore: Send + Sync {
    /// Up to where the journal was looked through.
    fn notification_position(&self, realm: Realm) -> ReadFuture<'_, Sequence>;

    /// Stores a batch; `false` if another has moved the position meanwhile, and nothing was stored.
    ///
    /// # Errors
    ///
    /// [`Unavailable`]; nothing is stored then.
    fn put_notifications(
        &self,
        realm: Realm,
        batch: NotificationBatch,
    ) -> BoxFuture<'_, Result<bool, Unavailable>>;

    /// What waits in a lane and is due, the longest due first, `limit` at most.
    fn deliveries_to_send(
        &self,
        realm: Realm,
        recipient: Uuid,
        now: DateTime<Utc>,
        limit: u32,
    ) -> ReadFuture<'_, Vec<Delivery>>;

    /// Keeps what became of attempts, and who keeps the lane goes on.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`](crate::work::LeaseError::Lost): stop sending; nothing is kept.
    fn record_attempts(&self, claim: Claim, attempts: Vec<DeliveryAttempt>) -> Leasing<'_, ()>;

    /// Gives a lane back: it is leased again when its next delivery is due, and not before `paused_until`.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`](crate::work::LeaseError::Lost): somebody else has it.
    fn release_lane(
        &self,
        claim: Claim,
        paused_until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Leasing<'_, ()>;

    /// How the recipient took what was sent.
    fn lane_health(&self, realm: Realm, recipient: Uuid) -> ReadFuture<'_, LaneHealth>;

    /// Keeps that somebody was told that nothing arrives at a recipient; until something does.
    ///
    /// # Errors
    ///
    /// [`Unavailable`].
    fn mark_owner_told(
        &self,
        realm: Realm,
        recipient: Uuid,
        at: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<(), Unavailable>>;

    /// Reads part of the deliveries.
    fn deliveries(&self, realm: Realm, query: DeliveryQuery) -> ReadFuture<'_, DeliveryPage>;

    /// Reads one delivery.
    fn delivery(&self, realm: Realm, id: DeliveryId) -> ReadFuture<'_, Option<Delivery>>;

    /// Reads the attempts to send a delivery, the first first.
    fn delivery_attempts(&self, realm: Realm, id: DeliveryId) -> ReadFuture<'_, Vec<DeliveryAttempt>>;

    /// Sends again what was given up, delivered or cancelled; says how many.
    ///
    /// # Errors
    ///
    /// [`Unavailable`].
    fn resend(
        &self,
        realm: Realm,
        what: Resend,
        now: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<u64, Unavailable>>;

    /// Cancels what waits for a recipient; says how many.
    ///
    /// # Errors
    ///
    /// [`Unavailable`].
    fn cancel_deliveries(
        &self,
        realm: Realm,
        recipient: Uuid,
        reason: &'static str,
        now: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<u64, Unavailable>>;

    /// Reads part of what a person was told.
    fn notifications(&self, realm: Realm, query: NotificationQuery) -> ReadFuture<'_, NotificationPage>;

    /// Reads one notification.
    fn notification(&self, realm: Realm, id: NotificationId) -> ReadFuture<'_, Option<Notification>>;

    /// Which of these are there.
    fn known_notifications(
        &self,
        realm: Realm,
        ids: Vec<NotificationId>,
    ) -> ReadFuture<'_, BTreeSet<NotificationId>>;

    /// Counts what a person has not read.
    fn unread_notifications(&self, realm: Realm, person: PersonId) -> ReadFuture<'_, u64>;

    /// Marks what a person was told as read, all of it up to `now` if no ids are given; says how many were not yet.
    ///
    /// # Errors
    ///
    /// [`Unavailable`].
    fn mark_notifications_read(
        &self,
        realm: Realm,
        person: PersonId,
        which: Option<Vec<NotificationId>>,
        now: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<u64, Unavailable>>;

    /// Forgets notifications and deliveries that were made before `before` and wait for nothing, in all programmes, `limit` of each at most; says how many.
    ///
    /// # Errors
    ///
    /// [`Unavailable`].
    fn forget_notifications(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> BoxFuture<'_, Result<u64, Unavailable>>;

    /// Counts the deliveries by a channel, of all programmes.
    fn delivery_counts(&self, channel: ChannelKind) -> ReadFuture<'_, DeliveryCounts>;
}

/// A statement with what is bound to it, for either database: `sign` stands before the number of a parameter.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn select_deliveries(
    sign: char,
    realm: Realm,
    query: &DeliveryQuery,
) -> Result<(String, Vec<Value>), ReadError> {
    let mut values = vec![Value::Id(realm.uuid())];
    let mut sql = format!("SELECT {DELIVERY} FROM delivery WHERE programme = {sign}1");
    if let Some(recipient) = query.recipient {
        values.push(Value::Id(recipient.id));
        let _ = write!(sql, " AND recipient = {sign}{}", values.len());
    }
    if let Some(state) = query.state {
        values.push(Value::from(state.as_str()));
        let _ = write!(sql, " AND state = {sign}{}", values.len());
    }
    page(sign, &mut sql, &mut values, query.after.as_ref(), query.limit)?;
    Ok((sql, values))
}

/// The same for what a person was told.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn select_notifications(
    sign: char,
    realm: Realm,
    query: &NotificationQuery,
) -> Result<(String, Vec<Value>), ReadError> {
    let mut values = vec![Value::Id(realm.uuid()), Value::Id(query.person.uuid())];
    let mut sql =
        format!("SELECT {NOTIFICATION} FROM notification WHERE programme = {sign}1 AND person = {sign}2");
    if query.unread {
        sql.push_str(" AND read_at IS NULL");
    }
    if let Some(digest) = query.digest {
        values.push(Value::Id(digest.uuid()));
        let _ = write!(sql, " AND digest = {sign}{}", values.len());
    }
    page(sign, &mut sql, &mut values, query.after.as_ref(), query.limit)?;
    Ok((sql, values))
}

/// What of a delivery is read: its body, and what changes of it.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) const DELIVERY: &str = "body, state, due_at, attempts, resent_after, last_error";
/// What of a notification is read.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) const NOTIFICATION: &str = "body, read_at";

/// The latest first. A cursor is one of these lists if its key is a number: microseconds since 1970.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn page(
    sign: char,
    sql: &mut String,
    values: &mut Vec<Value>,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<(), ReadError> {
    if let Some(cursor) = after {
        let Cursor { key: Value::Integer(made_at), id, change: None } = cursor else {
            return Err(ReadError::Cursor);
        };
        values.extend([Value::Integer(*made_at), Value::Id(*id)]);
        let _ = write!(sql, " AND (made_at, id) < ({sign}{}, {sign}{})", values.len() - 1, values.len());
    }
    values.push(Value::from(limit.saturating_add(1)));
    let _ = write!(sql, " ORDER BY made_at DESC, id DESC LIMIT {sign}{}", values.len());
    Ok(())
}

/// A row of `delivery` as it is read.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) struct DeliveryRow {
    pub(crate) body: String,
    pub(crate) state: String,
    pub(crate) due_at: i64,
    pub(crate) attempts: i64,
    pub(crate) resent_after: i64,
    pub(crate) last_error: Option<String>,
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
impl DeliveryRow {
    pub(crate) fn delivery(self) -> Result<Delivery, ReadError> {
        let mut delivery: Delivery = parsed(&self.body)?;
        delivery.state = self.state.parse().map_err(|error| corrupt(&error))?;
        delivery.due_at = moment(self.due_at)?;
        delivery.attempts = u32::try_from(self.attempts).unwrap_or(u32::MAX);
        delivery.resent_after = u32::try_from(self.resent_after).unwrap_or(u32::MAX);
        delivery.last_error = self.last_error;
        Ok(delivery)
    }
}

/// A notification of its body and the time it was read.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn notification(body: &str, read_at: Option<i64>) -> Result<Notification, ReadError> {
    Ok(Notification { read_at: read_at.map(moment).transpose()?, ..parsed(body)? })
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn attempt(body: &str) -> Result<DeliveryAttempt, ReadError> {
    parsed(body)
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn moment(micros: i64) -> Result<DateTime<Utc>, ReadError> {
    DateTime::from_timestamp_micros(micros).ok_or_else(|| corrupt(&"a time out of range"))
}

/// The rows of a page, one more than wanted if there is more.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn deliveries_page(rows: Vec<DeliveryRow>, limit: u32) -> Result<DeliveryPage, ReadError> {
    let more = rows.len() > limit as usize;
    let items = rows.into_iter().take(limit as usize).map(DeliveryRow::delivery);
    let items = items.collect::<Result<Vec<_>, _>>()?;
    let next = items.last().filter(|_| more).map(|last| cursor(last.made_at, last.id.uuid()));
    Ok(DeliveryPage { items, next })
}

/// The same of notifications.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn notifications_page(
    rows: &[(String, Option<i64>)],
    limit: u32,
) -> Result<NotificationPage, ReadError> {
    let wanted = rows.iter().take(limit as usize);
    let items = wanted.map(|(body, read_at)| notification(body, *read_at)).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() > items.len();
    let next = items.last().filter(|_| more).map(|last| cursor(last.made_at, last.id.uuid()));
    Ok(NotificationPage { items, next })
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
const fn cursor(made_at: DateTime<Utc>, id: Uuid) -> Cursor {
    Cursor { key: Value::Integer(made_at.timestamp_micros()), id, change: None }
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn parsed<T: DeserializeOwned>(json: &str) -> Result<T, ReadError> {
    serde_json::from_str(json).map_err(|error| corrupt(&error))
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn corrupt(error: &impl ToString) -> ReadError {
    let record = RecordRef { kind: RecordKind::Programme, id: Uuid::nil() };
    ReadError::Corrupt { record, detail: error.to_string() }
}

/// How a batch of attempts changes what is known of a lane: the last success, the first failure after it, and the last failure.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn health_of(attempts: &[DeliveryAttempt]) -> LaneHealth {
    let last = |of: fn(&AttemptResult) -> bool| {
        attempts.iter().filter(|attempt| of(&attempt.result)).map(|attempt| attempt.at).max()
    };
    let last_success_at = last(|result| *result == AttemptResult::Delivered);
    let since = attempts.iter().filter(|attempt| {
        attempt.result.is_failure() && last_success_at.is_none_or(|success| attempt.at > success)
    });
    LaneHealth {
        last_success_at,
        failing_since: since.map(|attempt| attempt.at).min(),
        last_failure_at: last(AttemptResult::is_failure),
        paused_until: None,
        owner_told_at: None,
    }
}

/// Statements of each form, for the tests that prepare them and read their plans.
#[cfg(all(test, any(feature = "sqlite", feature = "postgres")))]
pub(crate) fn samples(sign: char) -> Vec<String> {
    let realm = Realm::Installation;
    let place = cursor(DateTime::UNIX_EPOCH, Uuid::nil());
    let any = DeliveryQuery { limit: 50, ..DeliveryQuery::default() };
    let recipient = Some(RecordRef { kind: RecordKind::Person, id: Uuid::nil() });
    let deliveries = [
        any.clone(),
        DeliveryQuery { after: Some(place.clone()), ..any.clone() },
        DeliveryQuery { recipient, after: Some(place.clone()), ..any.clone() },
        DeliveryQuery { state: Some(DeliveryState::Dead), after: Some(place.clone()), ..any },
    ];
    let told = NotificationQuery {
        person: PersonId::from_uuid(Uuid::nil()),
        unread: false,
        digest: None,
        after: None,
        limit: 50,
    };
    let notifications = [
        told.clone(),
        NotificationQuery { unread: true, after: Some(place), ..told.clone() },
        NotificationQuery { digest: Some(DeliveryId::from_uuid(Uuid::nil())), ..told },
    ];
    let deliveries = deliveries.iter().map(|query| select_deliveries(sign, realm, query));
    let notifications = notifications.iter().map(|query| select_notifications(sign, realm, query));
    deliveries.chain(notifications).filter_map(|select| Some(select.ok()?.0)).collect()
}
