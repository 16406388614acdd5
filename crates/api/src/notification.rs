//! Notifications: what people were told, and whether they have read it. Their inbox.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::due::DueKind;
use sister_cities_domain::id::{
    DeliveryId, DueId, NotificationId, PartnershipId, PersonId, ProgrammeId, RecordRef,
};
use sister_cities_domain::named_enum;
use sister_cities_domain::notification::{Cause, Notification, ReminderStage, Why};

use crate::Page;
use crate::due::DueKindWord;
use crate::person::PersonPath;
use crate::programme::ProgrammePath;
use crate::webhook::WebhookLinks;

crate::endpoints! {
    /// Lists what a person was told, the latest first; with `programme:read` besides.
    ///
    /// It stands there whether or not a message came, for 30 days.
    GET "/v1/programmes/{programme}/persons/{person}/notifications" for PersonRead
    list_notifications: ListNotifications(PersonPath, query: ListNotificationsQuery) -> Page<NotificationView>;

    /// Lists what people were told of an event or by a rule, the latest first: from a cause to its messages.
    ///
    /// For the way back, from a message to its cause, read the delivery. What programs were told of an event is among the deliveries, by `event`.
    GET "/v1/programmes/{programme}/notifications" for JournalRead
    list_told_notifications: ListToldNotifications(ProgrammePath, query: ListToldQuery) -> Page<ToldView>;

    /// Counts what a person has not read; with `programme:read` besides.
    GET "/v1/programmes/{programme}/persons/{person}/notifications/unread" for PersonRead
    count_unread_notifications: CountUnreadNotifications(PersonPath) -> UnreadView;

    /// Marks what a person was told as read: those that are named, or all.
    POST "/v1/programmes/{programme}/persons/{person}/notifications/read" for NotificationWrite
    mark_notifications_read: MarkNotificationsRead(PersonPath, body: MarkReadBody) -> MarkedView;
}

crate::parameters! {
    /// Which notifications to list.
    #[derive(Default)]
    pub struct ListToldQuery in pages {
        /// Only of the event at this place of the journal, its `sequence`.
        pub event: Option<u64>,
        /// Only of what is due by this rule.
        pub rule: Option<DueKind>,
    }

    /// Which notifications to list.
    #[derive(Default)]
    pub struct ListNotificationsQuery in pages {
        /// Only those that were read, or were not.
        pub part: Option<NotificationPart>,
    }
}

named_enum! {
    /// Which notifications of a person.
    #[non_exhaustive]
    pub enum NotificationPart ("a part of the notifications") {
        /// All.
        All = "all",
        /// Those that they have not read.
        Unread = "unread",
    }
}

named_enum! {
    /// What somebody is told of.
    #[non_exhaustive]
    pub enum CauseKind ("what somebody is told of") {
        /// Something that was committed.
        Event = "event",
        /// Something that is due.
        Reminder = "reminder",
        /// A receiver of webhooks does not answer.
        ReceiverFailing = "receiver_failing",
        /// A mail server takes no mail at an address of a person.
        AddressRefused = "address_refused",
    }
}

named_enum! {
    /// By which rule somebody is told.
    #[non_exhaustive]
    pub enum WhyKind ("a rule by which somebody is told") {
        /// It is theirs to do.
        Owner = "owner",
        /// They hold a role in the committee or organisation that is to do it.
        Holder = "holder",
        /// Nobody was named, or nobody could be reached, and they are the desk of the programme.
        Desk = "desk",
        /// It stayed undone, and the policy of the programme tells them then.
        Escalation = "escalation",
        /// They asked for it.
        Subscription = "subscription",
        /// They are invited to it.
        Invited = "invited",
    }
}

crate::words! {
    /// What somebody is told of.
    CauseKindWord = CauseKind;
    /// By which rule somebody is told.
    WhyKindWord = WhyKind;
}

/// What is marked as read.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkReadBody {
    /// Which; all if not given.
    #[schemars(length(max = 1_000))]
    pub notifications: Option<Vec<NotificationId>>,
}

/// How many notifications were marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MarkedView {
    /// How many were not read before.
    pub marked: u64,
    /// How many are not read now.
    pub unread: u64,
}

/// How many notifications were not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnreadView {
    /// How many.
    pub unread: u64,
}

/// What one person was told.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NotificationView {
    /// Its id.
    pub id: NotificationId,
    /// Of what.
    pub cause: CauseView,
    /// By which rule they are told.
    pub why: WhyKindWord,
    /// The subscription by which they are told, if it is one.
    pub subscription: Option<RecordRef>,
    /// The partnership that it is about, if it is about one.
    pub partnership: Option<PartnershipId>,
    /// The digest that tells it together with others.
    pub digest: Option<DeliveryId>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When they read it; absent if they have not.
    pub read_at: Option<DateTime<Utc>>,
    /// Where to read about what it is about; paths on this server.
    pub links: WebhookLinks,
}

/// What one person was told, who that is, and by which message.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ToldView {
    /// Who was told.
    pub person: PersonId,
    /// The message that carries it, by itself or with others; absent if it stands in their inbox alone.
    pub delivery: Option<DeliveryId>,
    /// What they were told, and why they are.
    pub notification: NotificationView,
}

impl ToldView {
    /// Shows what somebody was told in a programme, and by which message.
    #[must_use]
    pub fn of(programme: ProgrammeId, notification: &Notification, delivery: Option<DeliveryId>) -> Self {
        let person = notification.person;
        Self { person, delivery, notification: NotificationView::of(programme, notification) }
    }
}

/// What somebody, or a program, is told of.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CauseView {
    /// Whether it is an event, something due, or a receiver that does not answer.
    pub kind: CauseKindWord,
    /// The record that it is about.
    pub subject: RecordRef,
    /// Of an event: its name.
    pub event: Option<String>,
    /// Of an event: its place in the journal.
    pub sequence: Option<u64>,
    /// Of a reminder: the item.
    pub item: Option<DueId>,
    /// Of a reminder: the rule that says it is due.
    pub rule: Option<DueKindWord>,
    /// Of a reminder: the day by which it is to be done.
    pub due_on: Option<NaiveDate>,
    /// Of a reminder: which of the item it is, such as `listed`, `due` or `escalated_1`.
    pub stage: Option<ReminderStage>,
    /// Of a receiver that does not answer, or an address that takes no mail: since when.
    pub since: Option<DateTime<Utc>>,
    /// Of a receiver: whether it was switched off for it.
    pub disabled: Option<bool>,
}

impl NotificationView {
    /// Shows what somebody was told in a programme.
    #[must_use]
    pub fn of(programme: ProgrammeId, notification: &Notification) -> Self {
        let Notification { id, person: _, cause, why, partnership, digest, made_at, read_at } = notification;
        let (kind, subscription) = match why {
            Why::Owner => (WhyKind::Owner, None),
            Why::Holder => (WhyKind::Holder, None),
            Why::Escalation => (WhyKind::Escalation, None),
            Why::Subscription { subscription } => (WhyKind::Subscription, Some(*subscription)),
            Why::Invited => (WhyKind::Invited, None),
            Why::Desk | _ => (WhyKind::Desk, None),
        };
        Self {
            id: *id,
            cause: CauseView::of(cause),
            why: kind.into(),
            subscription,
            partnership: *partnership,
            digest: *digest,
            made_at: *made_at,
            read_at: *read_at,
            links: WebhookLinks::to("", programme, cause.subject()),
        }
    }
}

impl CauseView {
    /// Shows a cause.
    #[must_use]
    pub fn of(cause: &Cause) -> Self {
        let none = Self {
            kind: CauseKind::Event.into(),
            subject: cause.subject(),
            event: None,
            sequence: None,
            item: None,
            rule: None,
            due_on: None,
            stage: None,
            since: None,
            disabled: None,
        };
        match cause {
            Cause::Event { sequence, name, subject: _ } => {
                Self { event: Some(name.clone()), sequence: Some(*sequence), ..none }
            }
            Cause::Reminder { item, rule, subject: _, due_on, stage } => Self {
                kind: CauseKind::Reminder.into(),
                item: Some(*item),
                rule: Some((*rule).into()),
                due_on: Some(*due_on),
                stage: Some(*stage),
                ..none
            },
            Cause::ReceiverFailing { receiver: _, since, disabled } => Self {
                kind: CauseKind::ReceiverFailing.into(),
                since: Some(*since),
                disabled: Some(*disabled),
                ..none
            },
            Cause::AddressRefused { person: _, since } => {
                Self { kind: CauseKind::AddressRefused.into(), since: Some(*since), ..none }
            }
            _ => none,
        }
    }
}
