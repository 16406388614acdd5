//! Reminders of what is due: looks which have come, and who is told.
//!
//! Nothing here remembers what it did before: a reminder that was made already has the same id, and stays as it was. So hours that were missed, restarts
//! and clocks that jump lose none and double none.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use sister_cities_domain::due::{DueItem, DueKind};
use sister_cities_domain::id::{ActionPointId, NotificationId, PersonId, RecordKind};
use sister_cities_domain::notification::{
    Cause, CauseFacts, ChannelKind, Delivery, DeliveryContent, Notification, Reminder, ReminderStage, Rhythm,
    RoleHolders, Why, reminders, rhythm_told,
};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::promise::{ActionPoint, PromisedBy};
use sister_cities_domain::role::Role;
use sister_cities_storage::due::DueQuery;
use sister_cities_storage::notification::NotificationBatch;
use sister_cities_storage::{ProgrammeStore, ReadError, Versioned};

use super::reader::{Addressee, people};
use super::subscribers::Subscribers;
use super::{Pipeline, PipelineError};

/// How many items are looked at together.
const PAGE: u32 = 500;
/// Who would get more messages than this at the same time gets them in one digest.
const MOST_AT_ONCE: usize = 5;

/// One person is to be told of one reminder.
struct Told {
    person: PersonId,
    stage: ReminderStage,
    why: Why,
    item: DueItem,
}

impl Told {
    /// The ids of this reminder, and of those that come after it: once one of them is made, this one is overtaken, whatever a clock says that jumped back.
    fn this_and_later(&self) -> impl Iterator<Item = NotificationId> + '_ {
        let to_owner = [ReminderStage::Listed, ReminderStage::WeekBefore, ReminderStage::Due];
        let is_escalated = !to_owner.contains(&self.stage);
        let later = to_owner.into_iter().filter(move |stage| !is_escalated && *stage > self.stage);
        let stages = std::iter::once(self.stage).chain(later);
        stages.map(|stage| NotificationId::of(&self.at(stage), self.person))
    }

    const fn at(&self, stage: ReminderStage) -> Cause {
        cause(&self.item, stage)
    }
}

/// A reminder of an item, as a cause.
pub(super) const fn cause(item: &DueItem, stage: ReminderStage) -> Cause {
    let DueItem { id, kind, subject, due_on, .. } = *item;
    Cause::Reminder { item: id, rule: kind, subject, due_on, stage }
}

/// What subscriptions are held against.
pub(super) const fn facts<'a>(cause: &'a Cause, item: &DueItem) -> CauseFacts<'a> {
    CauseFacts { cause, partnership: item.partnership, committee: item.committee }
}

/// By what it is decided who is told, beside the items themselves.
struct Deciding<'a> {
    programme: &'a Programme,
    holders: &'a RoleHolders<'a>,
    subscribers: &'a Subscribers,
    today: NaiveDate,
}

impl Pipeline {
    /// Makes the reminders that have come in all programmes, of what was reckoned to be due; says how many are new.
    ///
    /// # Errors
    ///
    /// [`PipelineError`]; what was made before stays, and the rest is made the next time.
    pub async fn remind(&self) -> Result<usize, PipelineError> {
        let mut number = 0;
        let mut after = None;
        loop {
            let programmes = self.database.programmes(after, 100).await?;
            let Some(last) = programmes.last() else { return Ok(number) };
            after = Some(last.value.id);
            for programme in programmes {
                number += self.remind_in(programme).await?;
            }
        }
    }

    async fn remind_in(&self, programme: Versioned<Programme>) -> Result<usize, PipelineError> {
        let programme = programme.value;
        let store = self.database.programme(programme.id);
        let now = self.now.get();
        let host = store.get::<Place>(programme.host).await?.map(|host| host.value);
        let zone = self.zones.of(host.as_ref());
        let today = now.with_timezone(&zone).date_naive();
        let roles: Vec<Role> = store.all::<Role>([]).await?.into_iter().map(|role| role.value).collect();
        let holders = RoleHolders::on(today, programme.host, &roles);
        let subscribers = Subscribers::read(&store).await?;
        let deciding =
            Deciding { programme: &programme, holders: &holders, subscribers: &subscribers, today };
        let mut told = Vec::new();
        let mut query = DueQuery { limit: PAGE, ..DueQuery::default() };
        loop {
            let page = store.due_items(query.clone()).await?;
            told.extend(self.of_items(&store, &deciding, page.items).await?);
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        let people = people(&store, told.iter().map(|told| told.person)).await?;
        let addressees: BTreeMap<PersonId, Addressee> = people
            .into_iter()
            .map(|(id, person)| (id, Addressee::new(person, host.as_ref(), zone)))
            .collect();
        let mut of_person: BTreeMap<PersonId, Vec<Told>> = BTreeMap::new();
        for one in told {
            if let Some(addressee) = addressees.get(&one.person) {
                of_person.entry(addressee.person.id).or_default().push(one);
            }
        }
        let mut batch = NotificationBatch::default();
        for (person, told) in of_person {
            let Some(addressee) = addressees.values().find(|one| one.person.id == person) else { continue };
            arrange(&mut batch, (addressee, &subscribers), told, now);
        }
        let number = batch.notifications.len();
        if number > 0 {
            self.store().put_notifications(programme.id.into(), batch).await?;
        }
        Ok(number)
    }

    /// Who is to be told of what, of these items, and was not yet.
    async fn of_items(
        &self,
        store: &ProgrammeStore,
        deciding: &Deciding<'_>,
        items: Vec<DueItem>,
    ) -> Result<Vec<Told>, ReadError> {
        let others = other_sides(store, &items).await?;
        let Deciding { programme, holders, subscribers, today } = deciding;
        let policy = &programme.policies.due;
        let mut told = Vec::new();
        for item in items {
            for reminder in reminders(&item, policy, *today) {
                let mut who = who(holders, &reminder, others.get(&item.subject.id));
                // Whoever is told by default comes first, and is so for that reason.
                let cause = cause(&item, reminder.stage);
                who.extend(subscribers.told(holders, &facts(&cause, &item)));
                for (person, why) in who {
                    told.push(Told { person, stage: reminder.stage, why, item: item.clone() });
                }
            }
        }
        let ids = told.iter().flat_map(Told::this_and_later).collect();
        let known = self.store().known_notifications(programme.id.into(), ids).await?;
        told.retain(|told| told.this_and_later().all(|id| !known.contains(&id)));
        Ok(told)
    }
}

/// Who is told of a reminder, and why; of a point that both sides promised, the owner of the other side too.
pub(super) fn who(
    holders: &RoleHolders<'_>,
    reminder: &Reminder<'_>,
    point: Option<&ActionPoint>,
) -> Vec<(PersonId, Why)> {
    let mut who = holders.told(reminder);
    let other = point.and_then(|point| point.counterpart.as_ref());
    if let Some(other) = other.filter(|_| !matches!(reminder.stage, ReminderStage::Escalated(_))) {
        let to = Some(&other.responsible);
        who.extend(holders.of_reminder(&Reminder { to, ..reminder.clone() }));
    }
    who
}

/// The points among what is due that both sides promised: the other side is told too.
pub(super) async fn other_sides(
    store: &ProgrammeStore,
    items: &[DueItem],
) -> Result<BTreeMap<uuid::Uuid, ActionPoint>, ReadError> {
    let points = items.iter().filter(|item| item.kind == DueKind::PromiseDue);
    let points = points.filter(|item| item.subject.kind == RecordKind::ActionPoint);
    let points: Vec<ActionPointId> = points.map(|item| ActionPointId::from_uuid(item.subject.id)).collect();
    let points = store.get_many::<ActionPoint>(&points).await?.into_iter().map(|point| point.value);
    let both = points.filter(|point| point.promised_by == PromisedBy::Both);
    Ok(both.map(|point| (point.id.uuid(), point)).collect())
}

/// How often somebody is told of reminders who has said nothing of it: owners at once, the desk with all the rest.
const fn standard_rhythm(why: &Why, stage: ReminderStage) -> Rhythm {
    match (why, stage) {
        (Why::Desk, ReminderStage::Listed) => Rhythm::Weekly,
        (Why::Desk, _) => Rhythm::Daily,
        _ => Rhythm::AtOnce,
    }
}

/// How often a person is told of this: by default, and by what they asked for.
fn rhythm_of(addressee: &Addressee, subscribers: &Subscribers, told: &Told) -> Rhythm {
    let cause = told.at(told.stage);
    let asked_for = matches!(told.why, Why::Subscription { .. });
    let standard = || (standard_rhythm(&told.why, told.stage), told.why.clone());
    let by_default = (!asked_for).then(standard);
    let wanted = subscribers.wanted(addressee.person.id, &facts(&cause, &told.item));
    rhythm_told(by_default, wanted, &cause).map_or(Rhythm::Never, |(rhythm, _)| rhythm)
}

/// Makes of what a person is told notifications, and the mails that carry them.
fn arrange(
    batch: &mut NotificationBatch,
    (addressee, subscribers): (&Addressee, &Subscribers),
    told: Vec<Told>,
    now: DateTime<Utc>,
) {
    let rhythm = |told: &Told| rhythm_of(addressee, subscribers, told);
    let at_once = told.iter().filter(|told| rhythm(told) == Rhythm::AtOnce).count();
    let recipient = addressee.person.id.into();
    let mut seen = BTreeSet::new();
    for one in told {
        let cause = one.at(one.stage);
        let id = NotificationId::of(&cause, addressee.person.id);
        if !seen.insert(id) {
            continue;
        }
        let mut rhythm = rhythm(&one);
        let Told { why, item, .. } = one;
        if rhythm == Rhythm::AtOnce && at_once > MOST_AT_ONCE {
            rhythm = Rhythm::Daily;
        }
        let partnership = item.partnership;
        let send = |content, due_at| {
            let email = ChannelKind::Email;
            Delivery::new(email, recipient, content, partnership, (now, due_at))
        };
        let delivery = match rhythm {
            Rhythm::AtOnce => {
                let content = DeliveryContent::Notification { notification: id };
                Some(send(content, addressee.next_reading(now)))
            }
            Rhythm::Daily | Rhythm::Weekly => {
                let (day, due_at) = addressee.next_digest(now, first_day(rhythm, addressee.today(now)));
                let digest = send(DeliveryContent::Digest { rhythm, day }, due_at);
                Some(Delivery { partnership: None, ..digest })
            }
            Rhythm::Never | _ => None,
        };
        let digest = delivery.as_ref().filter(|_| rhythm != Rhythm::AtOnce).map(|delivery| delivery.id);
        batch.notifications.push(Notification {
            id,
            person: addressee.person.id,
            cause,
            why,
            partnership,
            digest,
            made_at: now,
            read_at: None,
        });
        // Without an address it stands in the inbox alone.
        batch.deliveries.extend(delivery.filter(|_| addressee.address().is_some()));
    }
    batch.deliveries.sort_by_key(|delivery| delivery.id);
    batch.deliveries.dedup_by_key(|delivery| delivery.id);
}

/// The first day on which the next digest may come: any for a daily one, Monday for a weekly one.
fn first_day(rhythm: Rhythm, today: NaiveDate) -> NaiveDate {
    if rhythm == Rhythm::Weekly {
        let to_monday = 7 - today.weekday().num_days_from_monday();
        return today.checked_add_days(Days::new(to_monday.into())).unwrap_or(today);
    }
    today
}
