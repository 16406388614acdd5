//! Somebody was told something: it is seen what was sent and why, sent again, and read.

use sister_cities_api::delivery::{
    DeliveryPath, GetDelivery, ListDeliveries, ListDeliveriesQuery, ResendBody, ResendDeliveries,
    ResendDelivery, TestDelivery, TestDeliveryBody,
};
use sister_cities_api::notification::{
    CountUnreadNotifications, ListNotifications, ListNotificationsQuery, ListToldNotifications,
    ListToldQuery, MarkNotificationsRead, MarkReadBody, NotificationPart,
};
use sister_cities_api::person::PersonPath;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, Word};
use sister_cities_domain::due::DueKind;
use sister_cities_domain::id::{DeliveryId, DueId, NotificationId, PersonId, ProgrammeId};
use sister_cities_domain::notification::{
    Cause, ChannelKind, Delivery, DeliveryContent, DeliveryState, Notification, ReminderStage, Why,
};
use sister_cities_storage::notification::NotificationBatch;

use super::super::site::{Site, request};
use super::Teller;

/// As the worker makes it: a reminder, and the mail that carries it.
pub(in super::super) async fn told(
    site: &Site,
    programme: ProgrammeId,
    person: PersonId,
) -> (NotificationId, DeliveryId) {
    let now = site.app.clock().now();
    let (rule, due_on) = (DueKind::NoChair, now.date_naive());
    let subject = person.into();
    let item = DueId::of(rule, subject, due_on);
    let cause = Cause::Reminder { item, rule, subject, due_on, stage: ReminderStage::Due };
    let notification = NotificationId::of(&cause, person);
    let content = DeliveryContent::Notification { notification };
    let mail = Delivery::new(ChannelKind::Email, subject, content, None, (now, now));
    let id = mail.id;
    let one = Notification {
        id: notification,
        person,
        cause,
        why: Why::Owner,
        partnership: None,
        digest: None,
        made_at: now,
        read_at: None,
    };
    let batch = NotificationBatch { position: None, notifications: vec![one], deliveries: vec![mail] };
    let store = site.app.database().notifications();
    store.put_notifications(programme.into(), batch).await.expect("it is stored");
    (notification, id)
}

pub(super) async fn delivery(teller: &mut Teller<'_>, programme: ProgrammeId, person: PersonId) {
    let (notification, delivery) = told(teller.site, programme, person).await;
    let of = ProgrammePath { programme };
    let to = ListDeliveriesQuery { recipient: Some(person.into()), ..ListDeliveriesQuery::default() };
    let (sent, _) = teller.say::<ListDeliveries>(&of, &to, &NoBody).await;
    let seen: Vec<_> = sent.items.iter().map(|it| (it.id, it.state.as_str(), it.content.as_str())).collect();
    assert_eq!(seen, [(delivery, "ready", "notification")]);
    let dead = ListDeliveriesQuery { state: Some(DeliveryState::Dead), ..to };
    assert_eq!(teller.say::<ListDeliveries>(&of, &dead, &NoBody).await.0.items, []);

    let path = DeliveryPath { programme, delivery };
    let (evidence, _) = teller.say::<GetDelivery>(&path, &NoParameters, &NoBody).await;
    let told = &evidence.told[0];
    assert_eq!((told.id, told.why.as_str()), (notification, "owner"), "by which rule");
    assert_eq!(told.cause.rule.as_ref().map(Word::as_str), Some("no_chair"), "for what");
    assert!(told.links.subject.as_ref().is_some_and(|link| link.ends_with(&person.to_string())));
    let (again, _) = teller.say::<ResendDelivery>(&path, &NoParameters, &NoBody).await;
    assert_eq!(again.resent, 1);
    let nothing = ResendBody { recipient: person.into(), since: None };
    let (given_up, _) = teller.say::<ResendDeliveries>(&of, &NoParameters, &nothing).await;
    assert_eq!(given_up.resent, 0, "nothing was given up");
    let replay = ResendBody { since: Some(evidence.delivery.made_at), ..nothing };
    let (replayed, _) = teller.say::<ResendDeliveries>(&of, &NoParameters, &replay).await;
    assert_eq!(replayed.resent, 1);
    let to = TestDeliveryBody { recipient: person };
    let (test, _) = teller.say::<TestDelivery>(&of, &NoParameters, &to).await;
    assert_eq!((test.content.as_str(), test.state.as_str()), ("test", "ready"));
    let absent = DeliveryPath { programme, delivery: DeliveryId::from_uuid(uuid::Uuid::nil()) };
    let got = teller.site.send(&request::<ResendDelivery>(&absent, &NoParameters, &NoBody)).await;
    assert_eq!(got.status, 404);
    inbox(teller, PersonPath { programme, person }, notification).await;
    let by_rule = ListToldQuery { rule: Some(DueKind::NoChair), ..ListToldQuery::default() };
    let (by_it, _) = teller.say::<ListToldNotifications>(&of, &by_rule, &NoBody).await;
    let seen: Vec<_> = by_it.items.iter().map(|it| (it.person, it.delivery, it.notification.id)).collect();
    assert_eq!(seen, [(person, Some(delivery), notification)], "from the rule to who was told, and by what");
    let by_event = ListToldQuery { event: Some(1), ..ListToldQuery::default() };
    assert_eq!(teller.say::<ListToldNotifications>(&of, &by_event, &NoBody).await.0.items, []);
    let to_programs = ListDeliveriesQuery { event: Some(1), ..ListDeliveriesQuery::default() };
    assert_eq!(teller.say::<ListDeliveries>(&of, &to_programs, &NoBody).await.0.items, []);
}

async fn inbox(teller: &mut Teller<'_>, of: PersonPath, notification: NotificationId) {
    let unread =
        ListNotificationsQuery { part: Some(NotificationPart::Unread), ..ListNotificationsQuery::default() };
    let (list, _) = teller.say::<ListNotifications>(&of, &unread, &NoBody).await;
    assert_eq!(list.items.iter().map(|it| it.id).collect::<Vec<_>>(), [notification]);
    let (count, _) = teller.say::<CountUnreadNotifications>(&of, &NoParameters, &NoBody).await;
    assert_eq!(count.unread, 1);
    let one = MarkReadBody { notifications: Some(vec![notification]) };
    let (marked, _) = teller.say::<MarkNotificationsRead>(&of, &NoParameters, &one).await;
    assert_eq!((marked.marked, marked.unread), (1, 0));
    let (again, _) = teller.say::<MarkNotificationsRead>(&of, &NoParameters, &MarkReadBody::default()).await;
    assert_eq!(again.marked, 0, "what was read stays so");
    assert_eq!(teller.say::<ListNotifications>(&of, &unread, &NoBody).await.0.items, []);
    let (all, _) = teller.say::<ListNotifications>(&of, &ListNotificationsQuery::default(), &NoBody).await;
    assert!(all.items[0].read_at.is_some());
}
