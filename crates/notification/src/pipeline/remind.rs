//! Reminders of what is due: looks which have come, and who is told.
//!
//! Nothing here remembers what it did before: a reminder that was made already has the same id, and stays as it was. So hours that were missed, restarts
//! and clocks that jump lose none and double none.

use std::collections::{BTreeMap, BTreeSet};

use sister_cities_domain::due::{DueItem, DueKind};
use sister_cities_domain::id::{ActionPointId, NotificationId, PersonId, ProgrammeId, RecordKind};
use sister_cities_domain::notification::{
    Cause, CauseFacts, Reminder, ReminderStage, Rhythm, RoleHolders, Why, reminders,
};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::promise::{ActionPoint, PromisedBy};
use sister_cities_domain::role::Role;
use sister_cities_storage::due::DueQuery;
use sister_cities_storage::notification::NotificationBatch;
use sister_cities_storage::{ProgrammeStore, ReadError, Reckoned};

use super::arrange::{ToTell, Told, by_person};
use super::reader::{Addressee, people};
use super::subscribers::Subscribers;
use super::{Pipeline, PipelineError};

/// How many items are looked at together.
const PAGE: u32 = 500;
/// How many notifications are looked up together.
const LOOKED_UP: usize = 1_000;

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
    today: chrono::NaiveDate,
}

impl Pipeline {
    /// Reckons what is due in all programmes and makes the reminders that have come; says how many are new.
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
                number += self.remind_in(programme.value.id).await?;
            }
        }
    }

    async fn remind_in(&self, programme: ProgrammeId) -> Result<usize, PipelineError> {
        let store = self.database.programme(programme);
        // Before the records: what changes while they are read is looked at the next time.
        let end = store.journal_end().await?;
        let Some(programme) = store.get::<Programme>(programme).await? else { return Ok(0) };
        let programme = programme.value;
        let now = self.now.get();
        let host = store.get::<Place>(programme.host).await?.map(|host| host.value);
        let zone = self.zones.of(host.as_ref());
        let today = now.with_timezone(&zone).date_naive();
        if self.reminded.is(programme.id, (today, end)) {
            return Ok(0);
        }
        if store.reckon_due(today).await? == Reckoned::NotKept {
            // A database that may only be read keeps no reminders either.
            return Ok(0);
        }
        let roles: Vec<Role> = store.all::<Role>([]).await?.into_iter().map(|role| role.value).collect();
        let holders = RoleHolders::on(today, programme.host, &roles);
        let subscribers = Subscribers::read(&store).await?;
        let deciding =
            Deciding { programme: &programme, holders: &holders, subscribers: &subscribers, today };
        let mut told = Vec::new();
        let mut query = DueQuery { limit: PAGE, ..DueQuery::default() };
        loop {
            let page = store.due_items(query.clone()).await?;
            told.extend(of_items(&store, &deciding, page.items).await?);
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
        let mut to_tell = by_person(&addressees, told);
        self.leave_out_what_was_made(programme.id, &mut to_tell).await?;
        let mut batch = NotificationBatch::default();
        self.arrange(programme.id.into(), to_tell, &subscribers, &mut batch).await?;
        let number = batch.notifications.len();
        if number > 0 {
            self.store().put_notifications(programme.id.into(), batch).await?;
        }
        self.reminded.keep(programme.id, (today, end));
        Ok(number)
    }

    /// Leaves out reminders that were made before, and those that a later one has overtaken.
    async fn leave_out_what_was_made(
        &self,
        programme: ProgrammeId,
        to_tell: &mut [ToTell<'_>],
    ) -> Result<(), ReadError> {
        let of_person = |one: &ToTell<'_>| {
            let person = one.addressee.person.id;
            one.told.iter().flat_map(move |told| this_and_later(told, person)).collect::<Vec<_>>()
        };
        let ids: Vec<NotificationId> = to_tell.iter().flat_map(of_person).collect();
        let mut known = BTreeSet::new();
        for some in ids.chunks(LOOKED_UP) {
            known.extend(self.store().known_notifications(programme.into(), some.to_vec()).await?);
        }
        for one in to_tell {
            let person = one.addressee.person.id;
            one.told.retain(|told| this_and_later(told, person).iter().all(|id| !known.contains(id)));
        }
        Ok(())
    }
}

/// Who is to be told of what, of these items.
async fn of_items(
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
            let DueItem { partnership, committee, .. } = item;
            told.extend(who.into_iter().map(|(person, why)| {
                let standard = standard_rhythm(&why, reminder.stage);
                Told { person, cause: cause.clone(), why, standard, partnership, committee }
            }));
        }
    }
    Ok(told)
}

/// The ids of a reminder to a person, and of those that come after it: once one of them is made, this one is overtaken, whatever a clock says that jumped back.
fn this_and_later(told: &Told, person: PersonId) -> Vec<NotificationId> {
    let mut ids = vec![NotificationId::of(&told.cause, person)];
    let Cause::Reminder { item, rule, subject, due_on, stage } = told.cause else { return ids };
    let to_owner = [ReminderStage::Listed, ReminderStage::WeekBefore, ReminderStage::Due];
    if to_owner.contains(&stage) {
        let later = to_owner.into_iter().filter(|later| *later > stage);
        let at = |stage| Cause::Reminder { item, rule, subject, due_on, stage };
        ids.extend(later.map(|stage| NotificationId::of(&at(stage), person)));
    }
    ids
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
