//! An address that takes no mail: it is kept as such, and whoever sees to the programme is told, once.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sister_cities_domain::id::{NotificationId, PersonId};
use sister_cities_domain::notification::{
    Cause, ChannelKind, Delivery, DeliveryContent, Notification, RoleHolders, Why,
};
use sister_cities_domain::place::Place;
use sister_cities_domain::value::EmailAddress;
use sister_cities_storage::notification::{NotificationBatch, RefusedAddress, digest_of_address};
use sister_cities_storage::{Database, ProgrammeStore, ReadError};

use super::mail::MailLane;
use super::reader::{Addressee, people};
use crate::SendError;

/// Keeps which addresses take no mail.
pub(super) struct Refusals<'a> {
    pub(super) database: &'a Database,
    pub(super) store: &'a ProgrammeStore,
    pub(super) host: Option<&'a Place>,
    pub(super) zone: Tz,
    /// Who sees to the programme.
    pub(super) holders: RoleHolders<'a>,
}

impl Refusals<'_> {
    /// Keeps that nobody will ever get mail at an address of somebody, as a mail server says, and tells the desk the first time. Nothing more is sent there
    /// until the address is corrected, or somebody has something sent again.
    pub(super) async fn keep(
        &self,
        person: PersonId,
        address: &EmailAddress,
        detail: String,
        now: DateTime<Utc>,
    ) -> Result<(), ReadError> {
        let (store, realm) = (self.database.notifications(), self.store.realm());
        let address = digest_of_address(realm, address);
        let refused = RefusedAddress { person, address, since: now, detail };
        if !store.refuse_address(realm, refused).await? {
            return Ok(());
        }
        let found = people(self.store, self.holders.desk().iter().copied()).await?;
        let mut batch = NotificationBatch::default();
        for told in found.into_values().filter(|told| told.id != person) {
            let told = Addressee::new(told, self.host, self.zone);
            let cause = Cause::AddressRefused { person, since: now };
            tell(&mut batch, &told, cause, now);
        }
        store.put_notifications(realm, batch).await?;
        Ok(())
    }
}

impl MailLane {
    /// The same of an address of the reader.
    pub(super) async fn address_is_refused(
        &self,
        address: &EmailAddress,
        error: &SendError,
        now: DateTime<Utc>,
    ) -> Result<(), ReadError> {
        let refusals = Refusals {
            database: &self.lanes.database,
            store: &self.store,
            host: self.host.as_ref(),
            zone: self.lanes.zones.of(self.host.as_ref()),
            holders: RoleHolders::on(self.today, self.programme.host, &self.roles),
        };
        refusals.keep(self.addressee.person.id, address, error.to_string(), now).await
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
