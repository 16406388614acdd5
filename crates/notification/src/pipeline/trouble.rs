//! Tells somebody that an endpoint does not answer.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sister_cities_domain::id::{NotificationId, PersonId, RecordRef};
use sister_cities_domain::notification::{
    Cause, ChannelKind, Delivery, DeliveryContent, Notification, RoleHolders, Why,
};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::role::Role;
use sister_cities_domain::webhook::WebhookEndpoint;
use sister_cities_storage::notification::NotificationBatch;
use sister_cities_storage::{Database, ProgrammeStore, ReadError, Realm};

use super::reader::{Addressee, people};

/// Tells the owner of an endpoint, or the desk if it has none, that nothing has arrived there since then; whatever the hour, as somebody waits for what does not
/// come.
pub(super) async fn tell_owner(
    database: &Database,
    store: &ProgrammeStore,
    endpoint: &WebhookEndpoint,
    since: DateTime<Utc>,
    disabled: bool,
    now: DateTime<Utc>,
) -> Result<(), ReadError> {
    let Realm::Programme(id) = store.realm() else { return Ok(()) };
    let Some(programme) = store.get::<Programme>(id).await? else { return Ok(()) };
    let host = store.get::<Place>(programme.value.host).await?.map(|host| host.value);
    let told: Vec<(PersonId, Why)> = if let Some(owner) = endpoint.owner {
        vec![(owner, Why::Owner)]
    } else {
        let roles: Vec<Role> = store.all::<Role>([]).await?.into_iter().map(|role| role.value).collect();
        let desk = RoleHolders::on(now.date_naive(), programme.value.host, &roles).desk();
        desk.into_iter().map(|person| (person, Why::Desk)).collect()
    };
    let found = people(store, told.iter().map(|(person, _)| *person)).await?;
    let receiver: RecordRef = endpoint.id.into();
    let mut batch = NotificationBatch::default();
    for (person, why) in told {
        let Some(person) = found.get(&person) else { continue };
        let addressee = Addressee::new(person.clone(), host.as_ref(), Tz::UTC);
        let person = addressee.person.id;
        let cause = Cause::ReceiverFailing { receiver, since, disabled };
        let id = NotificationId::of(&cause, person);
        if addressee.address().is_some() {
            let content = DeliveryContent::Notification { notification: id };
            let email = ChannelKind::Email;
            batch.deliveries.push(Delivery::new(email, person.into(), content, None, (now, now)));
        }
        batch.notifications.push(Notification {
            id,
            person,
            cause,
            why,
            partnership: None,
            digest: None,
            made_at: now,
            read_at: None,
        });
    }
    database.notifications().put_notifications(store.realm(), batch).await?;
    Ok(())
}
