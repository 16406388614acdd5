//! Deliveries: what was sent to whom, why, what became of it, and sending it again.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{DeliveryId, EngagementId, PartnershipId, PersonId, ProgrammeId, RecordRef};
use sister_cities_domain::named_enum;
use sister_cities_domain::notification::{
    ChannelKind, Delivery, DeliveryAttempt, DeliveryContent, DeliveryState, Notification,
};

use crate::engagement::InvitationReplyWord;
use crate::notification::{CauseView, NotificationView};
use crate::programme::ProgrammePath;
use crate::{MailUpload, Page};

crate::endpoints! {
    /// Lists what was sent and what is to be sent, the latest first: mails to people, and calls of webhooks.
    ///
    /// A delivery holds no words and no addresses. It is kept for 30 days, and as long as it waits.
    GET "/v1/programmes/{programme}/deliveries" for JournalRead
    list_deliveries: ListDeliveries(ProgrammePath, query: ListDeliveriesQuery) -> Page<DeliveryView>;

    /// Reads one delivery with each attempt to send it, and with what it told.
    ///
    /// What it told is the event or due item that caused it, with the rule by which its recipient is told.
    GET "/v1/programmes/{programme}/deliveries/{delivery}" for JournalRead
    get_delivery: GetDelivery(DeliveryPath) -> DeliveryEvidenceView;

    /// Sends a delivery again, however far it is. It keeps its id, so that a receiver that has it can leave it.
    POST "/v1/programmes/{programme}/deliveries/{delivery}/resend" for NotificationWrite
    resend_delivery: ResendDelivery(DeliveryPath) -> ResentView;

    /// Sends again what was given up for one recipient, or with `since` all that was made for it since then.
    ///
    /// Each keeps its id, so that a receiver that has it can leave it.
    POST "/v1/programmes/{programme}/deliveries/resend" for NotificationWrite
    resend_deliveries: ResendDeliveries(ProgrammePath, body: ResendBody) -> ResentView;

    /// Has a mail sent to a person that only shows that mail arrives.
    ///
    /// It goes the way of every mail, by whichever worker is at work: what became of it is read as of any delivery. A webhook is tried by its `ping`.
    POST "/v1/programmes/{programme}/deliveries/test" for NotificationWrite
    test_delivery: TestDelivery(ProgrammePath, body: TestDeliveryBody) -> DeliveryView;

    /// Takes a mail that came to the address from which people are told, and says what was done with it.
    ///
    /// A report that a mail of this programme came back (RFC 3464) is kept with its delivery, and nothing more is sent to an
    /// address at which nobody will ever get mail. An answer to an invitation (RFC 6047) is kept with the engagement, if
    /// it is from whom was invited. Of anything else nothing is done. The mail itself is not kept.
    POST "/v1/programmes/{programme}/received-mails" for NotificationWrite
    receive_mail: ReceiveMail(ProgrammePath, body: MailUpload) -> ReceivedMailView;
}

crate::parameters! {
    /// Names a delivery in a path.
    pub struct DeliveryPath in programme {
        /// The delivery.
        pub delivery: DeliveryId,
    }

    /// Which deliveries to list.
    #[derive(Default)]
    pub struct ListDeliveriesQuery in pages {
        /// Only those to this recipient: a person, or a webhook endpoint.
        pub recipient: Option<RecordRef>,
        /// Only those in this state.
        pub state: Option<DeliveryState>,
        /// Only those that tell a program of the event at this place of the journal, its `sequence`.
        pub event: Option<u64>,
    }
}

named_enum! {
    /// What a delivery carries.
    #[non_exhaustive]
    pub enum DeliveryContentKind ("what a delivery carries") {
        /// One notification of a person.
        Notification = "notification",
        /// All that a person was told since the digest before.
        Digest = "digest",
        /// An event, for a program.
        Event = "event",
        /// A message that only shows that messages arrive.
        Test = "test",
    }
}

named_enum! {
    /// What was done with a mail that came.
    #[non_exhaustive]
    pub enum MailTaken ("what was done with a mail") {
        /// It is kept that a mail of ours came back, or is on its way still.
        Returned = "returned",
        /// It is kept what somebody answered to an invitation.
        Answered = "answered",
        /// Nothing.
        Nothing = "nothing",
    }
}

crate::words! {
    /// What was done with a mail that came.
    MailTakenWord = MailTaken;
    /// A way by which messages leave.
    ChannelKindWord = ChannelKind;
    /// How far a delivery is.
    DeliveryStateWord = DeliveryState;
    /// What a delivery carries.
    DeliveryContentWord = DeliveryContentKind;
}

/// What is sent again.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResendBody {
    /// The recipient: a person, or a webhook endpoint.
    pub recipient: RecordRef,
    /// All that was made since then, also what arrived; only what was given up if not given.
    pub since: Option<DateTime<Utc>>,
}

/// To whom mail is tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestDeliveryBody {
    /// The person.
    pub recipient: PersonId,
}

/// What waits to be told by one channel, of all programmes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChannelHealthView {
    /// The channel.
    pub channel: ChannelKindWord,
    /// How many deliveries are to be sent, those whose time has not come included.
    pub waiting: u64,
    /// How often those were tried already.
    pub attempts: u64,
    /// How long the one that is due longest has been, in seconds; 0 if none is.
    pub late_seconds: u64,
    /// How many were given up and wait for somebody to look.
    pub dead: u64,
}

/// What was done with a mail that came.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReceivedMailView {
    /// What.
    pub taken: MailTakenWord,
    /// The same in words: why nothing was done, or what is known now.
    pub because: String,
    /// The delivery that came back.
    pub delivery: Option<DeliveryId>,
    /// What that made of it; `ready` if it is sent to another address of the person.
    pub state: Option<DeliveryStateWord>,
    /// The engagement to which somebody was invited.
    pub engagement: Option<EngagementId>,
    /// To whom the mail was that came back, or who answered.
    pub person: Option<PersonId>,
    /// What they answered.
    pub said: Option<InvitationReplyWord>,
}

/// How many deliveries are sent again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ResentView {
    /// How many.
    pub resent: u64,
}

/// One message to one recipient by one channel.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryView {
    /// Its id: the idempotency key of each attempt, and the `webhook-id` of a webhook.
    pub id: DeliveryId,
    /// By which channel.
    pub channel: ChannelKindWord,
    /// To whom: a person, or a webhook endpoint.
    pub recipient: RecordRef,
    /// What it carries.
    pub content: DeliveryContentWord,
    /// Of a digest: the day of its reader on which it is sent.
    pub day: Option<NaiveDate>,
    /// The partnership that it is about, if it is about one.
    pub partnership: Option<PartnershipId>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// How far it is.
    pub state: DeliveryStateWord,
    /// Of one that is to be sent: not before. Of another: since when it is so.
    pub due_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong at the last attempt, or why it was cancelled.
    pub last_error: Option<String>,
}

/// A delivery, each attempt to send it, and what it told.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryEvidenceView {
    /// The delivery.
    pub delivery: DeliveryView,
    /// The attempts, the first first.
    pub attempts: Vec<DeliveryAttemptView>,
    /// What a person was told by it, and why they are; of a digest the latest first.
    pub told: Vec<NotificationView>,
    /// What a program was told by it.
    pub cause: Option<CauseView>,
}

/// An attempt to send a delivery.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryAttemptView {
    /// 1-based number of the attempt.
    pub number: u32,
    /// When it began.
    pub at: DateTime<Utc>,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// The status that the receiver answered with, if it answered.
    pub status: Option<u16>,
    /// What it made of the delivery: `ready` if it is tried again.
    pub state: DeliveryStateWord,
    /// When it is tried again, if it is.
    pub retry_at: Option<DateTime<Utc>>,
    /// What went wrong, or why it was not sent.
    pub error: Option<String>,
}

impl DeliveryView {
    /// Shows a delivery.
    #[must_use]
    pub fn of(delivery: &Delivery) -> Self {
        let Delivery {
            id,
            channel,
            recipient,
            content,
            partnership,
            made_at,
            state,
            due_at,
            attempts,
            resent_after: _,
            last_error,
        } = delivery;
        let (kind, day) = match content {
            DeliveryContent::Digest { day, .. } => (DeliveryContentKind::Digest, Some(*day)),
            DeliveryContent::Event { .. } => (DeliveryContentKind::Event, None),
            DeliveryContent::Test { .. } => (DeliveryContentKind::Test, None),
            DeliveryContent::Notification { .. } | _ => (DeliveryContentKind::Notification, None),
        };
        Self {
            id: *id,
            channel: (*channel).into(),
            recipient: *recipient,
            content: kind.into(),
            day,
            partnership: *partnership,
            made_at: *made_at,
            state: (*state).into(),
            due_at: *due_at,
            attempts: *attempts,
            last_error: last_error.clone(),
        }
    }
}

impl DeliveryEvidenceView {
    /// Shows a delivery of a programme with its attempts and what it told.
    #[must_use]
    pub fn of(
        programme: ProgrammeId,
        delivery: &Delivery,
        attempts: &[DeliveryAttempt],
        told: &[Notification],
    ) -> Self {
        let cause = match &delivery.content {
            DeliveryContent::Event { cause } => Some(CauseView::of(cause)),
            DeliveryContent::Notification { .. }
            | DeliveryContent::Digest { .. }
            | DeliveryContent::Test { .. }
            | _ => None,
        };
        Self {
            delivery: DeliveryView::of(delivery),
            attempts: attempts.iter().map(DeliveryAttemptView::of).collect(),
            told: told.iter().map(|one| NotificationView::of(programme, one)).collect(),
            cause,
        }
    }
}

impl DeliveryAttemptView {
    fn of(attempt: &DeliveryAttempt) -> Self {
        let DeliveryAttempt { delivery: _, number, at, took_ms, status, result } = attempt;
        Self {
            number: *number,
            at: *at,
            took_ms: *took_ms,
            status: *status,
            state: result.state().into(),
            retry_at: result.retry_at(),
            error: result.reason().map(ToOwned::to_owned),
        }
    }
}
