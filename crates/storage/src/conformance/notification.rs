//! Notifications and deliveries are stored once, sent by whoever holds the lane, and never lost.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use sister_cities_domain::id::{NotificationId, PersonId, RecordRef};
use sister_cities_domain::notification::{
    AttemptResult, Cause, ChannelKind, Delivery, DeliveryAttempt, DeliveryContent, DeliveryState,
    Notification, Why,
};

use super::sample::{World, later, now};
use crate::notification::{
    DeliveryQuery, LaneHealth, NotificationBatch, NotificationQuery, RefusedAddress, Resend, ToldQuery,
    digest_of_address,
};
use crate::work::{Claim, LeaseError, LeaseRequest, WorkCounts};
use crate::{Database, Realm, Sequence};

const EMAIL: &str = ChannelKind::Email.as_str();

fn told(world: &World, person: PersonId, sequence: u64) -> Notification {
    let cause = Cause::Event { sequence, name: "partnership.suspended".to_owned(), subject: world.bond() };
    Notification {
        id: NotificationId::of(&cause, person),
        person,
        cause,
        why: Why::Owner,
        partnership: None,
        digest: None,
        made_at: later(0) + TimeDelta::seconds(i64::try_from(sequence).expect("small")),
        read_at: None,
    }
}

fn mail(told: &Notification, due_at: DateTime<Utc>) -> Delivery {
    let content = DeliveryContent::Notification { notification: told.id };
    Delivery::new(ChannelKind::Email, told.person.into(), content, None, (told.made_at, due_at))
}

fn batch(notifications: &[Notification], deliveries: &[Delivery]) -> NotificationBatch {
    NotificationBatch {
        position: None,
        notifications: notifications.to_vec(),
        deliveries: deliveries.to_vec(),
    }
}

async fn put(database: &Database, realm: Realm, batch: NotificationBatch) -> bool {
    database.notifications().put_notifications(realm, batch).await.expect("stored")
}

async fn lease(database: &Database, hours: i64) -> Vec<Claim> {
    let request = LeaseRequest {
        topic: EMAIL,
        owner: "ann".to_owned(),
        limit: 10,
        now: later(hours),
        lease: TimeDelta::hours(1),
    };
    let leased = database.work().lease(request).await.expect("a lease");
    leased.into_iter().map(|leased| leased.claim).collect()
}

async fn to_send(database: &Database, claim: Claim, hours: i64) -> Vec<Delivery> {
    let store = database.notifications();
    store.deliveries_to_send(claim.realm, claim.id, later(hours), 10).await.expect("deliveries")
}

fn attempt(delivery: &Delivery, hours: i64, result: AttemptResult) -> DeliveryAttempt {
    DeliveryAttempt {
        delivery: delivery.id,
        number: delivery.attempts + 1,
        at: later(hours),
        took_ms: 7,
        status: Some(250),
        result,
    }
}

fn busy(hours: i64) -> AttemptResult {
    AttemptResult::Retry { at: later(hours), error: "busy".to_owned() }
}

async fn delivery(database: &Database, realm: Realm, of: &Delivery) -> Delivery {
    database.notifications().delivery(realm, of.id).await.expect("a read").expect("a delivery")
}

/// However many looked through the same part of the journal.
pub async fn the_journal_is_looked_through_once(database: Database) {
    let world = World::new(&database).await;
    let store = database.notifications();
    let (realm, person) = (world.realm(), PersonId::from_uuid(world.id()));
    assert_eq!(store.notification_position(realm).await.expect("a read"), Sequence::START);
    let first = told(&world, person, 1);
    let moving = |from, to| NotificationBatch {
        position: Some((Sequence(from), Sequence(to))),
        ..batch(std::slice::from_ref(&first), &[])
    };
    assert!(!put(&database, realm, moving(1, 2)).await, "it is at 0");
    assert!(put(&database, realm, moving(0, 2)).await);
    assert!(!put(&database, realm, moving(0, 3)).await, "another was faster");
    assert_eq!(store.notification_position(realm).await.expect("a read"), Sequence(2));
    assert!(put(&database, realm, moving(2, 3)).await);
    assert_eq!(store.unread_notifications(realm, person).await.expect("a count"), 1, "told once");
    assert_eq!(store.notification_position(Realm::Installation).await.expect("a read"), Sequence::START);
}

/// However often it is reckoned; and it stays as it was.
pub async fn the_same_delivery_is_stored_once(database: Database) {
    let world = World::new(&database).await;
    let (realm, person) = (world.realm(), PersonId::from_uuid(world.id()));
    let one = told(&world, person, 1);
    let sent = mail(&one, later(1));
    for due_in in [1, 2] {
        let again = mail(&one, later(due_in));
        assert!(put(&database, realm, batch(std::slice::from_ref(&one), &[again])).await);
    }
    assert_eq!(delivery(&database, realm, &sent).await, sent);
    assert_eq!(lease(&database, 0).await, [], "not before its time");
    let claim = lease(&database, 1).await.remove(0);
    assert_eq!((claim.realm, claim.id), (realm, person.uuid()), "the lane of its recipient");
    assert_eq!(to_send(&database, claim, 1).await, [sent]);
}

/// What arrives is delivered, what does not comes again at its time, what is given up stays with its reason.
pub async fn a_lane_is_sent_by_whoever_holds_it(database: Database) {
    let world = World::new(&database).await;
    let store = database.notifications();
    let (realm, person) = (world.realm(), PersonId::from_uuid(world.id()));
    let all: Vec<Notification> = (1..=3).map(|sequence| told(&world, person, sequence)).collect();
    let mails: Vec<Delivery> = all.iter().map(|one| mail(one, now())).collect();
    put(&database, realm, batch(&all, &mails)).await;
    let claim = lease(&database, 0).await.remove(0);
    let mut sending = to_send(&database, claim, 0).await;
    sending.sort_by_key(|delivery| delivery.made_at);
    assert_eq!(sending, mails);
    let results =
        [AttemptResult::Delivered, busy(5), AttemptResult::Dead { error: "no such address".into() }];
    let attempts: Vec<_> =
        sending.iter().zip(results).map(|(delivery, result)| attempt(delivery, 0, result)).collect();
    store.record_attempts(claim, attempts.clone()).await.expect("recorded");
    store.release_lane(claim, None, now()).await.expect("released");

    let states: Vec<_> = [0, 1, 2].map(|which| mails[which].clone()).to_vec();
    let mut found = Vec::new();
    for one in &states {
        found.push(delivery(&database, realm, one).await);
    }
    assert_eq!(
        found.iter().map(|one| (one.state, one.attempts, one.last_error.as_deref())).collect::<Vec<_>>(),
        [
            (DeliveryState::Delivered, 1, None),
            (DeliveryState::Ready, 1, Some("busy")),
            (DeliveryState::Dead, 1, Some("no such address"))
        ]
    );
    let tries = store.delivery_attempts(realm, mails[1].id).await.expect("attempts");
    assert_eq!(tries, [attempts[1].clone()]);
    assert_eq!(lease(&database, 4).await, [], "nothing is due before");
    let claim = lease(&database, 5).await.remove(0);
    let again = to_send(&database, claim, 5).await;
    assert_eq!(again, [found[1].clone()]);
    let done = attempt(&again[0], 5, AttemptResult::Delivered);
    store.record_attempts(claim, vec![done]).await.expect("recorded");
    store.release_lane(claim, None, later(5)).await.expect("released");
    let counts = database.work().work_counts(EMAIL).await.expect("counts");
    assert_eq!(counts, WorkCounts { done: 1, ..WorkCounts::default() }, "the lane rests");
    let counts = store.delivery_counts(ChannelKind::Email).await.expect("counts");
    assert_eq!((counts.ready, counts.attempts, counts.dead, counts.oldest_due_at), (0, 0, 1, None));
}

/// The one that was overtaken has said nothing.
pub async fn what_is_said_under_a_lost_lane_is_refused(database: Database) {
    let world = World::new(&database).await;
    let store = database.notifications();
    let (realm, person) = (world.realm(), PersonId::from_uuid(world.id()));
    let one = told(&world, person, 1);
    put(&database, realm, batch(std::slice::from_ref(&one), &[mail(&one, now())])).await;
    let late = lease(&database, 0).await.remove(0);
    let other = lease(&database, 2).await.remove(0);
    let sent = to_send(&database, late, 0).await.remove(0);
    let done = attempt(&sent, 0, AttemptResult::Delivered);
    assert_eq!(store.record_attempts(late, vec![done.clone()]).await, Err(LeaseError::Lost));
    assert_eq!(store.release_lane(late, None, now()).await, Err(LeaseError::Lost));
    assert_eq!(delivery(&database, realm, &sent).await, sent);
    assert_eq!(store.delivery_attempts(realm, sent.id).await.expect("attempts"), []);
    store.record_attempts(other, vec![done]).await.expect("recorded");
    assert_eq!(delivery(&database, realm, &sent).await.state, DeliveryState::Delivered);
}

/// It is found when the lane is given back.
pub async fn what_comes_while_a_lane_is_leased_is_not_lost(database: Database) {
    let world = World::new(&database).await;
    let store = database.notifications();
    let (realm, person) = (world.realm(), PersonId::from_uuid(world.id()));
    let (one, two) = (told(&world, person, 1), told(&world, person, 2));
    put(&database, realm, batch(std::slice::from_ref(&one), &[mail(&one, now())])).await;
    let claim = lease(&database, 0).await.remove(0);
    let sent = to_send(&database, claim, 0).await.remove(0);
    put(&database, realm, batch(std::slice::from_ref(&two), &[mail(&two, now())])).await;
    assert_eq!(lease(&database, 0).await, [], "the lane stays with whoever has it");
    let done = attempt(&sent, 0, AttemptResult::Delivered);
    store.record_attempts(claim, vec![done]).await.expect("recorded");
    store.release_lane(claim, None, now()).await.expect("released");
    let claim = lease(&database, 0).await.remove(0);
    assert_eq!(to_send(&database, claim, 0).await, [mail(&two, now())]);
}

/// Whatever comes meanwhile.
pub async fn a_lane_that_pauses_is_left_alone(database: Database) {
    let world = World::new(&database).await;
    let store = database.notifications();
    let (realm, person) = (world.realm(), PersonId::from_uuid(world.id()));
    let (one, two) = (told(&world, person, 1), told(&world, person, 2));
    put(&database, realm, batch(std::slice::from_ref(&one), &[mail(&one, now())])).await;
    let claim = lease(&database, 0).await.remove(0);
    let failed = attempt(&to_send(&database, claim, 0).await[0], 0, busy(0));
    store.record_attempts(claim, vec![failed]).await.expect("recorded");
    store.release_lane(claim, Some(later(3)), now()).await.expect("released");
    put(&database, realm, batch(std::slice::from_ref(&two), &[mail(&two, now())])).await;
    assert_eq!(lease(&database, 2).await, []);
    let health = store.lane_health(realm, person.uuid()).await.expect("a read");
    let failing = LaneHealth {
        last_success_at: None,
        failing_since: Some(now()),
        last_failure_at: Some(now()),
        paused_until: Some(later(3)),
        owner_told_at: None,
    };
    assert_eq!(health, failing);
    store.mark_owner_told(realm, person.uuid(), later(1)).await.expect("kept");
    let claim = lease(&database, 3).await.remove(0);
    let waiting = to_send(&database, claim, 3).await;
    assert_eq!(waiting.len(), 2);
    let second = attempt(&waiting[0], 3, busy(4));
    store.record_attempts(claim, vec![second]).await.expect("recorded");
    let health = store.lane_health(realm, person.uuid()).await.expect("a read");
    assert_eq!((health.failing_since, health.last_failure_at), (Some(now()), Some(later(3))));
    assert_eq!(health.owner_told_at, Some(later(1)));
    let arrived = attempt(&waiting[1], 4, AttemptResult::Delivered);
    store.record_attempts(claim, vec![arrived]).await.expect("recorded");
    let health = store.lane_health(realm, person.uuid()).await.expect("a read");
    assert_eq!((health.failing_since, health.last_success_at), (None, Some(later(4))));
    assert_eq!(health.owner_told_at, None, "something arrived");
}

/// One, all that were given up, or all since a time.
pub async fn what_was_sent_can_be_sent_again(database: Database) {
    let world = World::new(&database).await;
    let store = database.notifications();
    let (realm, person) = (world.realm(), PersonId::from_uuid(world.id()));
    let recipient: RecordRef = person.into();
    let all: Vec<Notification> = (1..=3).map(|sequence| told(&world, person, sequence)).collect();
    let mails: Vec<Delivery> = all.iter().map(|one| mail(one, now())).collect();
    put(&database, realm, batch(&all, &mails)).await;
    let claim = lease(&database, 0).await.remove(0);
    let results = [AttemptResult::Delivered, AttemptResult::Dead { error: "full".into() }];
    let results = results.iter().cycle();
    let attempts = mails.iter().zip(results).map(|(one, result)| attempt(one, 0, result.clone())).collect();
    store.record_attempts(claim, attempts).await.expect("recorded");
    store.release_lane(claim, None, now()).await.expect("released");
    assert_eq!(lease(&database, 9).await, []);

    assert_eq!(store.resend(realm, Resend::DeadTo(recipient), later(9)).await, Ok(1));
    let claim = lease(&database, 9).await.remove(0);
    let again = to_send(&database, claim, 9).await;
    assert_eq!(again.iter().map(|one| one.id).collect::<Vec<_>>(), [mails[1].id]);
    assert_eq!((again[0].attempts, again[0].resent_after), (1, 1), "the schedule begins anew");
    store.release_lane(claim, None, later(9)).await.expect("released");
    let since = mails[1].made_at;
    assert_eq!(store.resend(realm, Resend::MadeSince(recipient, since), later(10)).await, Ok(2));
    assert_eq!(store.resend(realm, Resend::Delivery(mails[0].id), later(10)).await, Ok(1));
    let claim = lease(&database, 10).await.remove(0);
    assert_eq!(to_send(&database, claim, 10).await.len(), 3);
    store.release_lane(claim, None, later(10)).await.expect("released");
    assert_eq!(store.cancel_deliveries(realm, person.uuid(), "they left", later(11)).await, Ok(3));
    let first = delivery(&database, realm, &mails[0]).await;
    assert_eq!((first.state, first.last_error.as_deref()), (DeliveryState::Cancelled, Some("they left")));
}

/// The latest first, page by page.
pub async fn deliveries_and_notifications_are_listed(database: Database) {
    let world = World::new(&database).await;
    let store = database.notifications();
    let realm = world.realm();
    let people = [world.id(), world.id()].map(PersonId::from_uuid);
    let mut all: Vec<Notification> =
        (1..=6).map(|sequence| told(&world, people[usize::from(sequence % 2 == 0)], sequence)).collect();
    let digest = mail(&all[0], now()).id;
    all[3].digest = Some(digest);
    all[5].digest = Some(digest);
    let mails: Vec<Delivery> = all.iter().map(|one| mail(one, now())).collect();
    put(&database, realm, batch(&all, &mails)).await;
    let mut seen = Vec::new();
    let mut query = DeliveryQuery { limit: 4, ..DeliveryQuery::default() };
    loop {
        let page = store.deliveries(realm, query.clone()).await.expect("a page");
        seen.extend(page.items);
        let Some(next) = page.next else { break };
        query.after = Some(next);
    }
    assert_eq!(seen, mails.iter().rev().cloned().collect::<Vec<_>>());
    let recipient = Some(people[1].into());
    let state = Some(DeliveryState::Ready);
    let theirs = DeliveryQuery { recipient, limit: 9, state, ..DeliveryQuery::default() };
    assert_eq!(store.deliveries(realm, theirs.clone()).await.expect("a page").items.len(), 3);
    let dead = DeliveryQuery { state: Some(DeliveryState::Dead), ..theirs };
    assert_eq!(store.deliveries(realm, dead).await.expect("a page").items, []);

    let query =
        NotificationQuery { person: people[1], unread: true, digest: Some(digest), after: None, limit: 1 };
    let page = store.notifications(realm, query.clone()).await.expect("a page");
    assert_eq!(page.items, [all[5].clone()]);
    let rest = NotificationQuery { after: page.next, limit: 9, ..query.clone() };
    assert_eq!(store.notifications(realm, rest).await.expect("a page").items, [all[3].clone()]);
    let asked = vec![all[0].id, all[5].id, NotificationId::from_uuid(world.id())];
    let known = store.known_notifications(realm, asked).await.expect("a read");
    assert_eq!(known, BTreeSet::from([all[0].id, all[5].id]));
    assert_eq!(store.unread_notifications(realm, people[1]).await.expect("a count"), 3);
    let one = Some(vec![all[5].id, all[0].id]);
    let marked = store.mark_notifications_read(realm, people[1], one.clone(), later(1)).await;
    assert_eq!(marked, Ok(1), "not what another was told");
    assert_eq!(store.mark_notifications_read(realm, people[1], one, later(2)).await, Ok(0));
    let read = store.notification(realm, all[5].id).await.expect("a read").expect("there");
    assert_eq!(read.read_at, Some(later(1)));
    assert_eq!(store.mark_notifications_read(realm, people[1], None, later(2)).await, Ok(2));
    let page = store.notifications(realm, query).await.expect("a page");
    assert_eq!(page.items, []);
}

/// With its attempts; but nothing that waits.
pub async fn what_is_old_is_forgotten(database: Database) {
    let world = World::new(&database).await;
    let store = database.notifications();
    let (realm, person) = (world.realm(), PersonId::from_uuid(world.id()));
    let all: Vec<Notification> = (1..=3).map(|sequence| told(&world, person, sequence)).collect();
    let mails: Vec<Delivery> = all.iter().map(|one| mail(one, now())).collect();
    put(&database, realm, batch(&all, &mails)).await;
    let claim = lease(&database, 0).await.remove(0);
    let done = mails[..2].iter().map(|one| attempt(one, 0, AttemptResult::Delivered)).collect();
    store.record_attempts(claim, done).await.expect("recorded");
    let forgotten = store.forget_notifications(mails[1].made_at, 100).await;
    assert_eq!(forgotten, Ok(2), "one delivery, one notification: they were made before");
    let left = store.deliveries(realm, DeliveryQuery { limit: 9, ..DeliveryQuery::default() }).await;
    let left: BTreeSet<_> = left.expect("a page").items.iter().map(|one| one.id).collect();
    assert_eq!(left, BTreeSet::from([mails[1].id, mails[2].id]));
    assert_eq!(store.delivery_attempts(realm, mails[0].id).await.expect("attempts"), []);
    assert_eq!(store.delivery_attempts(realm, mails[1].id).await.expect("attempts").len(), 1);
}

/// Whatever ids they guess.
pub async fn another_programme_sees_nothing_of_what_is_told(database: Database) {
    let ours = World::new(&database).await;
    let theirs = World::seeded(&database, 2).await;
    let store = database.notifications();
    let person = PersonId::from_uuid(ours.id());
    let one = told(&ours, person, 1);
    let sent = mail(&one, now());
    put(&database, ours.realm(), batch(std::slice::from_ref(&one), std::slice::from_ref(&sent))).await;
    let other = theirs.realm();
    assert_eq!(store.delivery(other, sent.id).await.expect("a read"), None);
    assert_eq!(store.notification(other, one.id).await.expect("a read"), None);
    assert_eq!(store.deliveries_to_send(other, person.uuid(), later(1), 9).await.expect("a read"), []);
    assert_eq!(store.resend(other, Resend::Delivery(sent.id), now()).await, Ok(0));
    assert_eq!(store.cancel_deliveries(other, person.uuid(), "no", now()).await, Ok(0));
    assert_eq!(store.mark_notifications_read(other, person, None, now()).await, Ok(0));
    let page = store.deliveries(other, DeliveryQuery { limit: 9, ..DeliveryQuery::default() }).await;
    assert_eq!(page.expect("a page").items, []);
}

/// From an event, or a rule, to who was told of it; and how much reaches somebody within an hour.
pub async fn what_was_told_is_found_by_its_cause(database: Database) {
    let world = World::new(&database).await;
    let (realm, store) = (world.realm(), database.notifications());
    let [ann, bob] = [(); 2].map(|()| PersonId::from_uuid(world.id()));
    let all = [told(&world, ann, 1), told(&world, bob, 1), told(&world, ann, 2)];
    let mails: Vec<_> = all.iter().map(|one| mail(one, later(3))).collect();
    put(&database, realm, batch(&all, &mails)).await;
    let found = async |query: ToldQuery| {
        let page = store.told(realm, ToldQuery { limit: 9, ..query }).await.expect("a page");
        page.items.iter().map(|one| one.id).collect::<BTreeSet<_>>()
    };
    let of_first = found(ToldQuery { event: Some(Sequence(1)), ..ToldQuery::default() }).await;
    assert_eq!(of_first, [all[0].id, all[1].id].into());
    let named = ToldQuery { rule: Some("partnership.suspended".to_owned()), ..ToldQuery::default() };
    assert_eq!(found(named).await.len(), 3);
    let other = ToldQuery { rule: Some("no_chair".to_owned()), ..ToldQuery::default() };
    assert_eq!(found(other).await, BTreeSet::new());
    let first = ToldQuery { limit: 2, ..ToldQuery::default() };
    let page = store.told(realm, first.clone()).await.expect("a page");
    assert_eq!(page.items[0].id, all[2].id, "the latest first");
    let rest = store.told(realm, ToldQuery { after: page.next, ..first }).await.expect("a page");
    assert_eq!((rest.items.len(), rest.next), (1, None));

    let of_ann = async |between| store.count_deliveries(realm, ann.uuid(), between).await.expect("a number");
    assert_eq!(of_ann((later(2), later(4))).await, 2);
    assert_eq!(of_ann((later(3), later(4))).await, 0, "between the two, and not at them");
}

/// Until somebody says that mail may arrive there now, or nothing is ever sent to them again.
pub async fn an_address_stays_refused_until_something_is_sent_again(database: Database) {
    let world = World::new(&database).await;
    let (realm, store) = (world.realm(), database.notifications());
    let [ann, bob] = [(); 2].map(|()| PersonId::from_uuid(world.id()));
    let address = digest_of_address(realm, &"ann@example.org".parse().expect("an address"));
    let refused = |person| RefusedAddress {
        person,
        address,
        since: later(1),
        detail: "550 \u{0}no such user".to_owned(),
    };
    assert_eq!(store.refuse_address(realm, refused(ann)).await, Ok(true));
    assert_eq!(
        store.refuse_address(realm, RefusedAddress { since: later(2), ..refused(ann) }).await,
        Ok(false)
    );
    assert_eq!(store.refuse_address(realm, refused(bob)).await, Ok(true));
    assert_eq!(
        store.refused_addresses(realm, ann).await.expect("a list"),
        [refused(ann)],
        "since the first time"
    );
    let elsewhere = store.refused_addresses(Realm::Installation, ann).await.expect("a list");
    assert_eq!(elsewhere, []);

    let one = told(&world, ann, 1);
    let sent = mail(&one, later(3));
    put(&database, realm, batch(std::slice::from_ref(&one), std::slice::from_ref(&sent))).await;
    store.resend(realm, Resend::Delivery(sent.id), later(4)).await.expect("sent again");
    assert_eq!(store.refused_addresses(realm, ann).await.expect("a list"), []);
    store.refuse_address(realm, refused(ann)).await.expect("kept");
    store.resend(realm, Resend::MadeSince(ann.into(), later(0)), later(4)).await.expect("sent again");
    assert_eq!(store.refused_addresses(realm, ann).await.expect("a list"), []);
    store.cancel_deliveries(realm, bob.uuid(), "the person was erased", later(5)).await.expect("cancelled");
    assert_eq!(store.refused_addresses(realm, bob).await.expect("a list"), []);
}

/// Forged reports, and those that come twice, change nothing.
pub async fn what_came_back_is_kept_once_and_only_of_what_was_sent(database: Database) {
    let world = World::new(&database).await;
    let (realm, store) = (world.realm(), database.notifications());
    let ann = PersonId::from_uuid(world.id());
    let one = told(&world, ann, 1);
    let sent = mail(&one, now());
    put(&database, realm, batch(std::slice::from_ref(&one), std::slice::from_ref(&sent))).await;
    let dead = || AttemptResult::Dead { error: "it came back: 5.7.1".to_owned() };
    let report = |of: &Delivery, hours, result| store.record_report(realm, attempt(of, hours, result));
    assert_eq!(report(&sent, 0, dead()).await, Ok(false), "it was not sent");

    let claim = lease(&database, 0).await.remove(0);
    store.record_attempts(claim, vec![attempt(&sent, 0, AttemptResult::Delivered)]).await.expect("recorded");
    store.release_lane(claim, None, now()).await.expect("released");
    let arrived = delivery(&database, realm, &sent).await;
    let late = AttemptResult::Delayed { error: "still on its way: 4.4.1".to_owned() };
    assert_eq!(report(&arrived, 1, late).await, Ok(true));
    let late = delivery(&database, realm, &sent).await;
    assert_eq!(
        (late.state, late.due_at),
        (DeliveryState::Delivered, arrived.due_at),
        "nothing is sent again"
    );
    assert_eq!(report(&arrived, 1, dead()).await, Ok(false), "of an attempt that was not the last");
    assert_eq!(report(&late, 2, dead()).await, Ok(true));
    let came_back = delivery(&database, realm, &sent).await;
    assert_eq!(
        (came_back.state, came_back.last_error.as_deref()),
        (DeliveryState::Dead, Some("it came back: 5.7.1"))
    );
    assert_eq!(report(&came_back, 3, dead()).await, Ok(false), "that is known");
    let attempts = store.delivery_attempts(realm, sent.id).await.expect("attempts");
    assert_eq!(attempts.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(store.record_report(Realm::Installation, attempt(&came_back, 4, dead())).await, Ok(false));

    store.resend(realm, Resend::Delivery(sent.id), later(5)).await.expect("sent again");
    let claim = lease(&database, 5).await.remove(0);
    let again = delivery(&database, realm, &sent).await;
    store.record_attempts(claim, vec![attempt(&again, 5, AttemptResult::Delivered)]).await.expect("recorded");
    store.release_lane(claim, None, later(5)).await.expect("released");
    let again = delivery(&database, realm, &sent).await;
    let elsewhere = AttemptResult::Retry { at: later(6), error: "it came back: 5.1.1".to_owned() };
    assert_eq!(report(&again, 6, elsewhere).await, Ok(true));
    let claim = lease(&database, 6).await.remove(0);
    assert_eq!(to_send(&database, claim, 6).await.len(), 1, "its lane is woken");
}
