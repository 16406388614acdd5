//! What a mail says: of what happened and what is due, as the records stand when it is sent, and as far as its reader may see it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sister_cities_domain::committee::Committee;
use sister_cities_domain::due::DueItem;
use sister_cities_domain::event::Event;
use sister_cities_domain::id::{
    DeliveryId, DueId, NotificationId, PartnershipId, PersonId, RecordKind, RecordRef, ShareId,
    SubscriptionId, WebhookEndpointId,
};
use sister_cities_domain::notification::{
    Cause, Delivery, DeliveryContent, Notification, RefusableKind, ReminderStage, Rhythm, RoleHolders,
    Subscription, Why, reminders, rhythm_told,
};
use sister_cities_domain::person::{Audience, Person};
use sister_cities_domain::sharing::Share;
use sister_cities_domain::value::Name;
use sister_cities_domain::webhook::WebhookEndpoint;
use sister_cities_storage::notification::{NotificationQuery, NotificationStore, digest_of_address};
use sister_cities_storage::{JournalQuery, ReadError, Sequence, Unavailable};

use super::belonging::Belonging;
use super::changes::ChangeReader;
use super::facts::FactReader;
use super::mail::MailLane;
use super::remind::{facts, other_sides, who};
use super::shared;
use crate::email::CalendarPart;
use crate::message::{
    self, AddressFacts, Change, Digest, DigestGroup, DigestRhythm, EndpointFacts, Letter, Message, Reason,
    Reminder, TestFacts,
};
use crate::schedule::EndpointFailing;

/// The most that a digest tells; the rest stands in the inbox.
const DIGEST: u32 = 200;
/// How often a due item is looked for while changes take it away.
const TRIES: usize = 10;

/// Why nothing is sent after all.
pub(super) struct Gone(pub(super) &'static str);

const HIDDEN: Gone = Gone("what it is about is gone, or not for them to see");
const NOT_ASKED_FOR: Gone = Gone("they do not ask for it any more");

/// What is mailed.
pub(super) struct Prepared {
    pub(super) letter: Letter,
    pub(super) calendar: Option<CalendarPart>,
    /// Whether it waits for an hour at which its reader reads, however late it is.
    pub(super) waits: bool,
}

/// What somebody is told.
pub(super) struct Told {
    pub(super) message: Message,
    /// Why its reader gets it.
    pub(super) reason: Reason,
    /// Of which kind it is, if they can refuse it.
    pub(super) refusable: Option<RefusableKind>,
    /// The same for their calendar.
    pub(super) calendar: Option<CalendarPart>,
}

impl Told {
    const fn new(message: Message, reason: Reason, refusable: Option<RefusableKind>) -> Self {
        Self { message, reason, refusable, calendar: None }
    }
}

/// What is said, or why it is not.
pub(super) type Said<T> = Result<Result<T, Gone>, ReadError>;

impl MailLane {
    pub(super) async fn letter(&self, delivery: &Delivery, now: DateTime<Utc>) -> Said<Prepared> {
        let Told { message, reason, refusable, calendar } = match &delivery.content {
            DeliveryContent::Notification { notification } => match self.told(*notification, now).await? {
                Ok(told) => told,
                Err(gone) => return Ok(Err(gone)),
            },
            DeliveryContent::Digest { rhythm, day } => {
                let digest = self.digest(delivery.id, *rhythm, *day, now).await?;
                if digest.count() == 0 {
                    return Ok(Err(Gone("there is nothing left to tell")));
                }
                let reason = Reason::Digest { programme: self.programme.name.clone() };
                Told::new(Message::Digest(digest), reason, Some(RefusableKind::Digest(*rhythm)))
            }
            DeliveryContent::Test { asked_at } => {
                Told::new(Message::Test(TestFacts::Sent { sent_at: *asked_at }), Reason::Asked {}, None)
            }
            DeliveryContent::Event { .. } | _ => return Ok(Err(Gone("this is not told by mail"))),
        };
        let programme = self.programme.name.clone();
        let unsubscribe = refusable.and_then(|kind| self.refusal(kind));
        let letter = Letter { message, reason, programme, open: None, unsubscribe };
        let waits = match letter.message {
            Message::Reminder(_) | Message::Change(_) | Message::Digest(_) | Message::Address(_) => true,
            // Somebody waits for these: for what does not arrive, for a try, and at a door.
            Message::Endpoint(_) | Message::Test(_) | Message::Invitation(_) => false,
        };
        Ok(Ok(Prepared { letter, calendar, waits }))
    }

    async fn told(&self, id: NotificationId, now: DateTime<Utc>) -> Said<Told> {
        let notifications = self.lanes.database.notifications();
        let Some(notification) = notifications.notification(self.store.realm(), id).await? else {
            return Ok(Err(Gone("what it told is forgotten")));
        };
        let message = match &notification.cause {
            Cause::ReceiverFailing { receiver, since, disabled } => {
                return self.endpoint(*receiver, *since, *disabled).await;
            }
            Cause::Event { .. } if notification.why == Why::Invited => {
                return self.invitation(&notification, now).await;
            }
            Cause::AddressRefused { person, .. } => self.address_of(*person).await?.map(Message::Address),
            Cause::Event { .. } => self.change(&notification).await?.map(Message::Change),
            Cause::Reminder { .. } | _ => self.reminder(&notification, now).await?.map(Message::Reminder),
        };
        let message = match message {
            Ok(message) => message,
            Err(gone) => return Ok(Err(gone)),
        };
        let reason = self.reason(&notification.why, notification.partnership).await?;
        Ok(Ok(Told::new(message, reason, RefusableKind::of(&notification.cause, &notification.why))))
    }

    /// That an address of somebody takes no mail, unless it was corrected meanwhile.
    async fn address_of(&self, person: PersonId) -> Said<AddressFacts> {
        const CORRECTED: Gone = Gone("the address was corrected");
        let realm = self.store.realm();
        let refused = self.lanes.database.notifications().refused_addresses(realm, person).await?;
        let Some(person) = self.store.get::<Person>(person).await? else { return Ok(Err(CORRECTED)) };
        let kept = person.value.emails.iter().filter_map(|email| email.fact.address.kept());
        let digests: Vec<_> = kept.map(|address| digest_of_address(realm, address)).collect();
        if !refused.iter().any(|one| digests.contains(&one.address)) {
            return Ok(Err(CORRECTED));
        }
        let person = person.value.seen_by(self.audience, self.today);
        Ok(person.map(|person| AddressFacts::Refused { person: person.name }).ok_or(HIDDEN))
    }

    /// That an endpoint does not answer, unless something has arrived there meanwhile.
    async fn endpoint(&self, receiver: RecordRef, since: DateTime<Utc>, disabled: bool) -> Said<Told> {
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
        Ok(Ok(Told::new(Message::Endpoint(facts), reason, None)))
    }

    /// The reminder as it stands now: of what is still due, and still theirs.
    async fn reminder(&self, notification: &Notification, now: DateTime<Utc>) -> Said<Reminder> {
        let Cause::Reminder { item, stage, .. } = &notification.cause else {
            return Ok(Err(Gone("this is not told by mail")));
        };
        let Some(item) = self.item(*item).await? else {
            return Ok(Err(Gone("it is no longer due")));
        };
        let asked_for = matches!(notification.why, Why::Subscription { .. });
        if asked_for && !self.is_asked_for(&notification.cause, &item) {
            return Ok(Err(NOT_ASKED_FOR));
        }
        if !asked_for && !self.is_told(&item, *stage).await? {
            return Ok(Err(Gone("it is no longer theirs")));
        }
        if !asked_for && self.is_refused(notification, &item) {
            return Ok(Err(NOT_ASKED_FOR));
        }
        let Some(facts) = self.facts().due(&item).await? else {
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
        Err(Unavailable::Busy("what is due changed each time it was reckoned".to_owned()).into())
    }

    /// Whether they have said meanwhile that they want no message of it, where they are told by default.
    fn is_refused(&self, notification: &Notification, item: &DueItem) -> bool {
        let Notification { cause, why, .. } = notification;
        let wanted = self.subscribers.wanted(self.addressee.person.id, &facts(cause, item));
        let wanted = wanted.or_else(|| self.addressee.rhythm.map(|rhythm| (rhythm, why.clone())));
        let told = rhythm_told(Some((Rhythm::AtOnce, why.clone())), wanted, cause);
        told.is_some_and(|(rhythm, _)| rhythm == Rhythm::Never)
    }

    fn is_asked_for(&self, cause: &Cause, item: &DueItem) -> bool {
        let holders = self.holders();
        let told = self.subscribers.told(&holders, &facts(cause, item));
        told.iter().any(|(person, _)| *person == self.addressee.person.id)
    }

    async fn is_told(&self, item: &DueItem, stage: ReminderStage) -> Result<bool, ReadError> {
        let others = other_sides(&self.store, std::slice::from_ref(item)).await?;
        let holders = self.holders();
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
        let mut groups: BTreeMap<Option<PartnershipId>, (Vec<Reminder>, Vec<Change>)> = BTreeMap::new();
        for notification in page.items.iter().rev() {
            // What was put together before they refused it.
            if self.addressee.refuses_digests && !notification.why.is_own() {
                continue;
            }
            let of = notification.partnership;
            if matches!(notification.cause, Cause::Event { .. }) {
                if let Ok(change) = self.change(notification).await? {
                    groups.entry(of).or_default().1.push(change);
                }
            } else if let Ok(reminder) = self.reminder(notification, now).await? {
                groups.entry(of).or_default().0.push(reminder);
            }
        }
        let mut named = Vec::new();
        for (partnership, (mut due, changes)) in groups {
            due.sort_by_key(|reminder| reminder.due_on);
            named.push(DigestGroup { name: self.partner(partnership).await?, open: None, due, changes });
        }
        named.sort_by(|one, other| one.name.cmp(&other.name));
        let rhythm = if rhythm == Rhythm::Weekly { DigestRhythm::Weekly } else { DigestRhythm::Daily };
        Ok(Digest { rhythm, day, groups: named })
    }

    /// What happened, as far as the reader may see it, if they still ask for it.
    async fn change(&self, notification: &Notification) -> Said<Change> {
        const NOT_SHARED: Gone = Gone("it is no longer shared");
        let Cause::Event { sequence, subject, .. } = &notification.cause else { return Ok(Err(HIDDEN)) };
        let reader = ChangeReader { facts: self.facts(), audience: self.audience };
        if subject.kind == RecordKind::Share {
            let Some(share) = shared::share(&self.store, ShareId::from_uuid(subject.id)).await? else {
                return Ok(Err(NOT_SHARED));
            };
            let partnership = shared::partnership_of(&self.store, self.programme.id, &share).await?;
            let Some(partnership) = partnership else { return Ok(Err(NOT_SHARED)) };
            let belonging = Belonging { partnership: Some(partnership), committee: None };
            if !self.still_asks_for(&notification.cause, belonging) {
                return Ok(Err(NOT_ASKED_FOR));
            }
            if !self.is_shown(&share, partnership).await? {
                return Ok(Err(HIDDEN));
            }
            return Ok(reader
                .shared(&share, &notification.cause, self.programme.id, partnership)
                .await?
                .ok_or(HIDDEN));
        }
        let Some(event) = self.event(*sequence, *subject).await? else { return Ok(Err(HIDDEN)) };
        let belonging = Belonging::of(&self.lanes.database, &self.store, &event).await?;
        if !self.still_asks_for(&notification.cause, belonging) {
            return Ok(Err(NOT_ASKED_FOR));
        }
        // A guest of the partner city sees what is shared with it, and nothing of the records themselves.
        if self.audience == Audience::PartnerCity {
            return Ok(Err(HIDDEN));
        }
        Ok(reader.change(&event).await?.ok_or(HIDDEN))
    }

    #[cfg(not(feature = "calendar"))]
    #[expect(clippy::unused_async, reason = "the same as with the feature")]
    async fn invitation(&self, _notification: &Notification, _now: DateTime<Utc>) -> Said<Told> {
        Ok(Err(Gone("invitations need the feature `calendar`")))
    }

    async fn event(&self, sequence: u64, subject: RecordRef) -> Result<Option<Event>, ReadError> {
        let before = Sequence(sequence.saturating_sub(1));
        let found = self.store.journal(JournalQuery::after(before, 1)).await?.pop();
        let found = found.filter(|found| found.sequence.0 == sequence && found.event.subject == subject);
        Ok(found.map(|found| found.event))
    }

    fn still_asks_for(&self, cause: &Cause, belonging: Belonging) -> bool {
        let wanted = self.subscribers.wanted(self.addressee.person.id, &belonging.facts(cause));
        wanted.is_some_and(|(rhythm, _)| rhythm != Rhythm::Never)
    }

    /// Whether the reader is one of those with whom it is shared: of the programme that is shown it, or in an office of the other city.
    async fn is_shown(&self, share: &Share, partnership: PartnershipId) -> Result<bool, ReadError> {
        if share.programme != self.programme.id {
            return Ok(self.audience != Audience::PartnerCity);
        }
        let others = shared::other_places(&self.store, self.programme.host, partnership).await?;
        Ok(others.iter().any(|place| self.guest_of.contains(place)))
    }

    fn holders(&self) -> RoleHolders<'_> {
        RoleHolders::on(self.today, self.programme.host, &self.roles)
    }

    pub(super) fn facts(&self) -> FactReader<'_> {
        let languages = &self.addressee.person.languages;
        FactReader {
            store: &self.store,
            host: self.programme.host,
            guest_of: &self.guest_of,
            languages,
            today: self.today,
        }
    }

    async fn partner(&self, partnership: Option<PartnershipId>) -> Result<Option<Name>, ReadError> {
        match partnership {
            Some(partnership) => self.facts().partner(partnership).await,
            None => Ok(None),
        }
    }

    async fn reason(&self, why: &Why, partnership: Option<PartnershipId>) -> Result<Reason, ReadError> {
        let programme = self.programme.name.clone();
        Ok(match why {
            Why::Owner | Why::Holder => Reason::Owner {},
            Why::Escalation => Reason::Escalation {},
            Why::Subscription { subscription } => self.asked(*subscription, partnership).await?,
            Why::Invited => Reason::Invited { organiser: programme },
            Why::Desk | _ => Reason::Desk { programme },
        })
    }

    /// What they asked for: a committee, a partnership, or such things.
    async fn asked(
        &self,
        subscription: RecordRef,
        partnership: Option<PartnershipId>,
    ) -> Result<Reason, ReadError> {
        let subscription = SubscriptionId::from_uuid(subscription.id);
        let found = self.store.get::<Subscription>(subscription).await?.map(|found| found.value);
        if let Some(committee) = found.and_then(|found| found.committee)
            && let Some(committee) = self.store.get::<Committee>(committee).await?
        {
            return Ok(Reason::FollowsCommittee { committee: committee.value.name });
        }
        Ok(match self.partner(partnership).await? {
            Some(partner) => Reason::FollowsPartnership { partner },
            None => Reason::Subscribed { programme: self.programme.name.clone() },
        })
    }
}
