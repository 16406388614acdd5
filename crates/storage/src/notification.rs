//! Who was told what: notifications, deliveries with their attempts, and how far the journal was looked through for them. Kept beside the records, never one
//! of them, and in no archive: a restored backup sends nothing old.
//!
//! Deliveries wait in *lanes*, one for each recipient and channel. A lane is work in the [`WorkQueue`](crate::work::WorkQueue), whose id is that of the recipient: whoever leases it
//! sends what waits in it, and what they say of it is taken only while the lease holds. So a receiver that hangs holds up nobody else, and a lease is one write for
//! many deliveries.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use sha2::{Digest as _, Sha256};
use sister_cities_domain::id::{DeliveryId, NotificationId, PersonId, RecordRef};
use sister_cities_domain::notification::{
    ChannelKind, Delivery, DeliveryAttempt, DeliveryState, Notification,
};
use sister_cities_domain::value::EmailAddress;
use uuid::Uuid;

use crate::work::{Claim, Leasing};
use crate::{Cursor, ReadFuture, Realm, Sequence, Unavailable};

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
    /// Only what tells a program of the event at this place of the journal.
    pub event: Option<Sequence>,
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

/// Which part of what people were told, the latest first: from a cause to its messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldQuery {
    /// Only of the event at this place of the journal.
    pub event: Option<Sequence>,
    /// Only of events of this name, or of what is due by this rule.
    pub rule: Option<String>,
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

/// An address of a person to which a mail server takes no mail. The address itself is in the record of the person alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedAddress {
    /// Whose address it is.
    pub person: PersonId,
    /// Which: see [`digest_of_address`].
    pub address: [u8; 32],
    /// Since when.
    pub since: DateTime<Utc>,
    /// What the server said; nothing personal.
    pub detail: String,
}

/// What stands for an address where it must not stand itself. An address that is corrected has another.
#[must_use]
pub fn digest_of_address(realm: Realm, address: &EmailAddress) -> [u8; 32] {
    let digest = Sha256::new().chain_update(realm.uuid().as_bytes()).chain_update(address.folded());
    digest.finalize().into()
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
    /// How often those were tried already.
    pub attempts: u64,
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

    /// Keeps what somebody reports of a delivery after the receiver took it over: that it came back, or is on its way still. Says whether it was kept: not
    /// if it was never taken over, is known to have come back, or was tried again meanwhile.
    ///
    /// # Errors
    ///
    /// [`Unavailable`].
    fn record_report(
        &self,
        realm: Realm,
        report: DeliveryAttempt,
    ) -> BoxFuture<'_, Result<bool, Unavailable>>;

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

    /// Sends again what was given up, delivered or cancelled, and to addresses that were refused; says how many.
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

    /// Cancels what waits for a recipient, and forgets what is known of their addresses; says how many.
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

    /// Reads part of what people were told.
    fn told(&self, realm: Realm, query: ToldQuery) -> ReadFuture<'_, NotificationPage>;

    /// How many mails reach a recipient between two times, those that did and those that are to.
    fn count_deliveries(
        &self,
        realm: Realm,
        recipient: Uuid,
        between: (DateTime<Utc>, DateTime<Utc>),
    ) -> ReadFuture<'_, u64>;

    /// Keeps that an address takes no mail; says whether that is new. It is forgotten when something is sent to the person again, or nothing ever more.
    ///
    /// # Errors
    ///
    /// [`Unavailable`].
    fn refuse_address(
        &self,
        realm: Realm,
        refused: RefusedAddress,
    ) -> BoxFuture<'_, Result<bool, Unavailable>>;

    /// Which addresses of a person take no mail.
    fn refused_addresses(&self, realm: Realm, person: PersonId) -> ReadFuture<'_, Vec<RefusedAddress>>;

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

    /// Forgets notifications and deliveries that were made before `before` and wait for nothing, in all programmes, `limit` of each at most; says how many. Who
    /// was reminded of what is still due stays reminded.
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
