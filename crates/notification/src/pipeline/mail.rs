//! The lanes of mail: what one person is told, in their words, as the records stand when it is sent.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sister_cities_domain::due::DueItem;
use sister_cities_domain::id::{
    DeliveryId, DueId, NotificationId, PartnershipId, PersonId, RecordRef, WebhookEndpointId,
};
use sister_cities_domain::notification::{
    Cause, ChannelKind, Delivery, DeliveryContent, Notification, ReminderStage, Rhythm, RoleHolders, Why,
    reminders,
};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::role::Role;
use sister_cities_domain::value::Name;
use sister_cities_domain::webhook::WebhookEndpoint;
use sister_cities_storage::notification::{NotificationQuery, NotificationStore};
use sister_cities_storage::{Database, ProgrammeStore, ReadError, Realm, Unavailable};
use uuid::Uuid;

use super::facts::FactReader;
use super::lane::{Attempted, Lane, LaneOpener};
use super::reader::{Addressee, ZoneOfPlace, people};
use super::remind::{facts, other_sides, who};
use super::subscribers::Subscribers;
use crate::email::{Mail, Mailbox};
use crate::message::{
    self, Digest, DigestGroup, DigestRhythm, EndpointFacts, Letter, Message, ProductAddress, Reason,
    Reminder, TestFacts,
};
use crate::schedule::{EndpointFailing, RetrySchedule};
use crate::words::Catalogues;
use crate::{Channel, Sending};

/// The most that a digest tells; the rest stands in the inbox.
const DIGEST: u32 = 200;
/// How many mails are given to the mail server at the same time for one recipient.
const AT_ONCE: usize = 1;
/// How often a due item is looked for while changes take it away.
const TRIES: usize = 10;

/// Opens the lanes of mail.
#[derive(Clone, Debug)]
pub struct MailLanes {
    database: Database,
    channel: Arc<dyn Channel<Message = Mail>>,
    catalogues: Arc<Catalogues>,
    address: ProductAddress,
    zones: ZoneOfPlace,
}

impl MailLanes {
    /// Mails what people of this database are told by that channel, in the words of those catalogues, with links to that address.
    pub fn new(
        database: Database,
        channel: impl Channel<Message = Mail> + 'static,
        catalogues: Arc<Catalogues>,
        address: ProductAddress,
    ) -> Self {
        Self { database, channel: Arc::new(channel), catalogues, address, zones: ZoneOfPlace::default() }
    }

    /// With somebody who knows the zones of places whose records do not say them.
    #[must_use]
    pub fn with_zones(self, zones: ZoneOfPlace) -> Self {
        Self { zones, ..self }
    }

    async fn opened(
        &self,
        realm: Realm,
        recipient: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Box<dyn Lane>, ReadError> {
        let store = self.database.realm(realm);
        let person = PersonId::from_uuid(recipient);
        let programme = match realm {
            Realm::Programme(programme) => store.get::<Programme>(programme).await?,
            Realm::Installation => None,
        };
        let found = people(&store, [person]).await?.remove(&person);
        let (Some(programme), Some(person)) = (programme.map(|programme| programme.value), found) else {
            return Ok(Box::new(NobodyThere));
        };
        let host = store.get::<Place>(programme.host).await?.map(|host| host.value);
        let zone = self.zones.of(host.as_ref());
        let roles = store.all::<Role>([]).await?.into_iter().map(|role| role.value).collect();
        let addressee = Addressee::new(person, host.as_ref(), zone);
        let today = now.with_timezone(&zone).date_naive();
        store.reckon_due(today).await?;
        let subscribers = Subscribers::read(&store).await?;
        let lanes = self.clone();
        Ok(Box::new(MailLane { lanes, store, programme, roles, subscribers, addressee, today }))
    }
}

impl LaneOpener for MailLanes {
    fn channel(&self) -> ChannelKind {
        ChannelKind::Email
    }

    fn open(
        &self,
        realm: Realm,
        recipient: Uuid,
        now: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<Box<dyn Lane>, ReadError>> {
        self.opened(realm, recipient, now).boxed()
    }
}

/// The lane of somebody who is no longer known: nothing of it is sent.
struct NobodyThere;

impl Lane for NobodyThere {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn send<'a>(&'a self, _delivery: &'a Delivery, _now: DateTime<Utc>) -> BoxFuture<'a, Attempted> {
        futures_util::future::ready(Attempted::cancelled("the recipient is no longer known")).boxed()
    }
}

struct MailLane {
    lanes: MailLanes,
    store: ProgrammeStore,
    programme: Programme,
    roles: Vec<Role>,
    subscribers: Subscribers,
    addressee: Addressee,
    /// The day at the host.
    today: NaiveDate,
}

impl Lane for MailLane {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn send<'a>(&'a self, delivery: &'a Delivery, now: DateTime<Utc>) -> BoxFuture<'a, Attempted> {
        async move {
            match self.letter(delivery, now).await {
                Ok(Ok(letter)) => self.mailed(delivery, letter, now).await,
                Ok(Err(Gone(reason))) => Attempted::cancelled(reason),
                // What cannot be read now may be read another time.
                Err(error) => {
                    let error = crate::SendError::temporary(error.to_string());
                    Attempted::failed(RetrySchedule::Mail, delivery, &error, now)
                }
            }
        }
        .boxed()
    }
}

/// Why nothing is sent after all.
struct Gone(&'static str);

impl MailLane {
    async fn mailed(&self, delivery: &Delivery, letter: Letter, now: DateTime<Utc>) -> Attempted {
        let Some(address) = self.addressee.address() else {
            return Attempted::cancelled("the recipient has no address");
        };
        let person = &self.addressee.person;
        let reader = message::Reader {
            name: Some(person.name.clone()),
            languages: person.languages.clone(),
            zone: self.addressee.zone,
        };
        let lanes = &self.lanes;
        let composed =
            lanes.catalogues.compose(&letter, &reader, Some(&self.programme.language), &lanes.address);
        let to = Mailbox { address: address.clone(), name: Some(person.name.clone()) };
        let mut mail = Mail::new(to, composed);
        if let Some(partnership) = delivery.partnership {
            mail = mail.about(partnership);
        }
        let attempt = delivery.attempts.saturating_add(1);
        let sending = Sending { delivery: delivery.id, attempt, at: now, message: mail };
        match lanes.channel.send(sending).await {
            Ok(receipt) => Attempted::delivered(receipt.status),
            Err(error) => Attempted::failed(RetrySchedule::Mail, delivery, &error, now),
        }
    }

    async fn letter(
        &self,
        delivery: &Delivery,
        now: DateTime<Utc>,
    ) -> Result<Result<Letter, Gone>, ReadError> {
        let (message, reason) = match &delivery.content {
            DeliveryContent::Notification { notification } => match self.told(*notification, now).await? {
                Ok(told) => told,
                Err(gone) => return Ok(Err(gone)),
            },
            DeliveryContent::Digest { rhythm, day } => {
                let digest = self.digest(delivery.id, *rhythm, *day, now).await?;
                if digest.count() == 0 {
                    return Ok(Err(Gone("there is nothing left to tell")));
                }
                (Message::Digest(digest), Reason::Digest { programme: self.programme.name.clone() })
            }
            DeliveryContent::Test { asked_at } => {
                (Message::Test(TestFacts::Sent { sent_at: *asked_at }), Reason::Asked {})
            }
            DeliveryContent::Event { .. } | _ => return Ok(Err(Gone("this is not told by mail"))),
        };
        let programme = self.programme.name.clone();
        Ok(Ok(Letter { message, reason, programme, open: None, unsubscribe: None }))
    }

    async fn told(
        &self,
        id: NotificationId,
        now: DateTime<Utc>,
    ) -> Result<Result<(Message, Reason), Gone>, ReadError> {
        let notifications = self.lanes.database.notifications();
        let Some(notification) = notifications.notification(self.store.realm(), id).await? else {
            return Ok(Err(Gone("what it told is forgotten")));
        };
        if let Cause::ReceiverFailing { receiver, since, disabled } = &notification.cause {
            return self.endpoint(*receiver, *since, *disabled).await;
        }
        let why = notification.why.clone();
        let reason = match self.reminder(&notification, now).await? {
            Ok(reminder) => (Message::Reminder(reminder), self.reason(&why, notification.partnership).await?),
            Err(gone) => return Ok(Err(gone)),
        };
        Ok(Ok(reason))
    }

    /// That an endpoint does not answer, unless something has arrived there meanwhile.
    async fn endpoint(
        &self,
        receiver: RecordRef,
        since: DateTime<Utc>,
        disabled: bool,
    ) -> Result<Result<(Message, Reason), Gone>, ReadError> {
        let id = WebhookEndpointId::from_uuid(receiver.id);
        let Some(endpoint) = self.store.get::<WebhookEndpoint>(id).await? else {
            return Ok(Err(Gone("the endpoint was removed")));
        };
        let notifications = self.lanes.database.notifications();
        let health = notifications.lane_health(self.store.realm(), receiver.id).await?;
        if !disabled && health.failing_since != Some(since) {
            return Ok(Err(Gone("the endpoint answers again")));
        }
        let Ok(endpoint) = Name::new(&endpoint.value.host) else {
            return Ok(Err(Gone("the endpoint has no name")));
        };
        let reason = Reason::EndpointOwner { endpoint: endpoint.clone() };
        let facts = if disabled {
            EndpointFacts::Disabled { endpoint, since }
        } else {
            EndpointFacts::Failing { endpoint, since, disabled_at: EndpointFailing::disabled_at(since) }
        };
        Ok(Ok((Message::Endpoint(facts), reason)))
    }

    /// The reminder as it stands now: of what is still due, and still theirs.
    async fn reminder(
        &self,
        notification: &Notification,
        now: DateTime<Utc>,
    ) -> Result<Result<Reminder, Gone>, ReadError> {
        let Cause::Reminder { item, stage, .. } = &notification.cause else {
            return Ok(Err(Gone("this is not told by mail")));
        };
        let Some(item) = self.item(*item).await? else {
            return Ok(Err(Gone("it is no longer due")));
        };
        let asked_for = matches!(notification.why, Why::Subscription { .. });
        if asked_for && !self.is_asked_for(&notification.cause, &item) {
            return Ok(Err(Gone("they do not ask for it any more")));
        }
        if !asked_for && !self.is_told(&item, *stage).await? {
            return Ok(Err(Gone("it is no longer theirs")));
        }
        let languages = &self.addressee.person.languages;
        let facts =
            FactReader { store: &self.store, host: self.programme.host, languages, today: self.today };
        let Some(facts) = facts.due(&item).await? else {
            return Ok(Err(Gone("what it is about is gone")));
        };
        let stage = match stage {
            ReminderStage::Escalated(_) => {
                let late = (self.today - item.due_on).num_days();
                let owner = item.owner.as_ref().and_then(|owner| owner.office().cloned());
                message::ReminderStage::Escalated { owner, days: u32::try_from(late).unwrap_or_default() }
            }
            ReminderStage::Listed | ReminderStage::WeekBefore | ReminderStage::Due | _ => {
                message::ReminderStage::Reminded
            }
        };
        let today = self.addressee.today(now);
        Ok(Ok(Reminder { facts, due_on: item.due_on, today, stage }))
    }

    /// A due item as the records say now; `None` if it is due no longer. A change takes it away until it is reckoned again, which is no reason to cancel.
    async fn item(&self, id: DueId) -> Result<Option<DueItem>, ReadError> {
        if let Some(item) = self.store.due_item(id).await? {
            return Ok(Some(item));
        }
        for _ in 0..TRIES {
            let end = self.store.journal_end().await?;
            self.store.reckon_due(self.today).await?;
            if let Some(item) = self.store.due_item(id).await? {
                return Ok(Some(item));
            }
            // Nothing has changed since it was reckoned: it is due no longer.
            if self.store.journal_end().await? == end {
                return Ok(None);
            }
        }
        Err(Unavailable::Busy.into())
    }

    fn is_asked_for(&self, cause: &Cause, item: &DueItem) -> bool {
        let holders = RoleHolders::on(self.today, self.programme.host, &self.roles);
        let told = self.subscribers.told(&holders, &facts(cause, item));
        told.iter().any(|(person, _)| *person == self.addressee.person.id)
    }

    async fn is_told(&self, item: &DueItem, stage: ReminderStage) -> Result<bool, ReadError> {
        let others = other_sides(&self.store, std::slice::from_ref(item)).await?;
        let holders = RoleHolders::on(self.today, self.programme.host, &self.roles);
        let policy = &self.programme.policies.due;
        let come = reminders(item, policy, self.today);
        // A reminder that another has overtaken by now still says the same.
        let is_same = |one: ReminderStage| match (one, stage) {
            (ReminderStage::Escalated(one), ReminderStage::Escalated(other)) => one == other,
            (ReminderStage::Escalated(_), _) | (_, ReminderStage::Escalated(_)) => false,
            _ => true,
        };
        let mut persons = Vec::new();
        for reminder in come.iter().filter(|reminder| is_same(reminder.stage)) {
            persons.extend(who(&holders, reminder, others.get(&item.subject.id)));
        }
        Ok(persons.iter().any(|(person, _)| self.addressee.person.records().any(|record| record == *person)))
    }

    async fn digest(
        &self,
        id: DeliveryId,
        rhythm: Rhythm,
        day: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Digest, ReadError> {
        let query = NotificationQuery {
            person: self.addressee.person.id,
            unread: false,
            digest: Some(id),
            after: None,
            limit: DIGEST,
        };
        let store: Arc<dyn NotificationStore> = self.lanes.database.notifications();
        let page = store.notifications(self.store.realm(), query).await?;
        let mut groups: Vec<(Option<PartnershipId>, Vec<Reminder>)> = Vec::new();
        for notification in page.items.iter().rev() {
            let Ok(reminder) = self.reminder(notification, now).await? else { continue };
            match groups.iter_mut().find(|(of, _)| *of == notification.partnership) {
                Some((_, reminders)) => reminders.push(reminder),
                None => groups.push((notification.partnership, vec![reminder])),
            }
        }
        let mut named = Vec::new();
        for (partnership, mut due) in groups {
            due.sort_by_key(|reminder| reminder.due_on);
            named.push(DigestGroup {
                name: self.partner(partnership).await?,
                open: None,
                due,
                changes: Vec::new(),
            });
        }
        named.sort_by(|one, other| one.name.cmp(&other.name));
        let rhythm = if rhythm == Rhythm::Weekly { DigestRhythm::Weekly } else { DigestRhythm::Daily };
        Ok(Digest { rhythm, day, groups: named })
    }

    async fn partner(&self, partnership: Option<PartnershipId>) -> Result<Option<Name>, ReadError> {
        let languages = &self.addressee.person.languages;
        let facts =
            FactReader { store: &self.store, host: self.programme.host, languages, today: self.today };
        match partnership {
            Some(partnership) => facts.partner(partnership).await,
            None => Ok(None),
        }
    }

    async fn reason(&self, why: &Why, partnership: Option<PartnershipId>) -> Result<Reason, ReadError> {
        let programme = self.programme.name.clone();
        Ok(match why {
            Why::Owner | Why::Holder => Reason::Owner {},
            Why::Escalation => Reason::Escalation {},
            Why::Subscription { .. } => match self.partner(partnership).await? {
                Some(partner) => Reason::FollowsPartnership { partner },
                None => Reason::Desk { programme },
            },
            Why::Desk | _ => Reason::Desk { programme },
        })
    }
}
