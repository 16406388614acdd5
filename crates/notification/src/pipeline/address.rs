//! An address that takes no mail: it is kept as such, and whoever sees to the programme is told, once.

use chrono::{DateTime, Utc};
use sister_cities_domain::id::{NotificationId, PersonId};
use sister_cities_domain::notification::{
    Cause, ChannelKind, Delivery, DeliveryContent, Notification, RoleHolders, Why,
};
use sister_cities_domain::value::EmailAddress;
use sister_cities_storage::ReadError;
use sister_cities_storage::notification::{NotificationBatch, RefusedAddress, digest_of_address};

use super::mail::MailLane;
use super::reader::{Addressee, people};
use crate::SendError;

impl MailLane {
    /// Keeps that a mail server says of an address of the reader that nobody will ever get mail there, and tells the desk the first time. Nothing more is
    /// sent there until the address is corrected, or somebody has something sent again.
    pub(super) async fn address_is_refused(
        &self,
        address: &EmailAddress,
        error: &SendError,
        now: DateTime<Utc>,
    ) -> Result<(), ReadError> {
        let (store, realm) = (self.lanes.database.notifications(), self.store.realm());
        let person = self.addressee.person.id;
        let address = digest_of_address(realm, address);
        let refused = RefusedAddress { person, address, since: now, detail: error.to_string() };
        if !store.refuse_address(realm, refused).await? {
            return Ok(());
        }
        let desk = RoleHolders::on(self.today, self.programme.host, &self.roles).desk();
        let found = people(&self.store, desk.iter().copied()).await?;
        let zone = self.lanes.zones.of(self.host.as_ref());
        let mut batch = NotificationBatch::default();
        for told in found.into_values().filter(|told| told.id != person) {
            let told = Addressee::new(told, self.host.as_ref(), zone);
            let cause = Cause::AddressRefused { person, since: now };
            tell(&mut batch, &told, cause, now);
        }
        store.put_notifications(realm, batch).await?;
        Ok(())
    }
}

fn tell(batch: &mut NotificationBatch, told: &Addressee, cause: Cause, now: DateTime<Utc>) {
    let person: PersonId = told.person.id;
    let id = NotificationId::of(&cause, person);
    if batch.notifications.iter().any(|one| one.id == id) {
        return;
    }
    if told.address().is_some() {
        let content = DeliveryContent::Notification { notification: id };
        let times = (now, told.next_reading(now));
        batch.deliveries.push(Delivery::new(ChannelKind::Email, person.into(), content, None, times));
    }
    batch.notifications.push(Notification {
        id,
        person,
        cause,
        why: Why::Desk,
        partnership: None,
        digest: None,
        made_at: now,
        read_at: None,
    });
}
