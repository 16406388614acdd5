//! A mail that came back: kept with the delivery, and acted on as if the mail server had said so when it was sent.

use chrono::{DateTime, Utc};
use sister_cities_domain::id::{DeliveryId, PersonId, ProgrammeId, RecordKind};
use sister_cities_domain::notification::{
    AttemptResult, ChannelKind, Delivery, DeliveryAttempt, DeliveryState, RoleHolders,
};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::role::Role;
use sister_cities_domain::value::EmailAddress;
use sister_cities_storage::notification::digest_of_address;
use sister_cities_storage::{Database, ReadError};

use super::address::Refusals;
use super::reader::{ZoneOfPlace, people};
use crate::received::{ReportedAction, ReturnedMail};

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "whoever takes reports says what becomes of each")]
pub enum ReportTaken {
    /// The programme sent no such mail.
    NotOurs,
    /// The mail was not sent yet, or is known to have come back.
    NothingNew(DeliveryId),
    /// It is kept with the delivery.
    Kept {
        /// Which.
        delivery: DeliveryId,
        /// To whom it was.
        person: PersonId,
        /// What it made of the delivery: `ready` if the person has another address, to which it is sent now.
        state: DeliveryState,
        /// Whether nothing more is sent to the address.
        is_refused: bool,
    },
}

/// Takes reports of mails that came back.
#[derive(Clone, Debug)]
pub struct ReturnedMails {
    database: Database,
    zones: ZoneOfPlace,
}

impl ReturnedMails {
    /// Those of mails that were sent from this database.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database, zones: ZoneOfPlace::default() }
    }

    /// With somebody who knows the zones of places whose records do not say them.
    #[must_use]
    pub fn with_zones(self, zones: ZoneOfPlace) -> Self {
        Self { zones, ..self }
    }

    /// Takes a report of a mail of a programme. Of a mail that was never sent it changes nothing, whoever says what.
    ///
    /// Of an address at which nobody will ever get mail, nothing more is sent there, the desk is told, once, and the mail goes to the person's next
    /// address. Other mails that came back are given up, until somebody sends them again. What is only late is kept.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; what was kept by then is kept.
    pub async fn take(
        &self,
        programme: ProgrammeId,
        returned: &ReturnedMail,
        now: DateTime<Utc>,
    ) -> Result<ReportTaken, ReadError> {
        let (store, realm) = (self.database.notifications(), programme.into());
        let Some(delivery) = store.delivery(realm, returned.delivery).await? else {
            return Ok(ReportTaken::NotOurs);
        };
        let id = delivery.id;
        if delivery.channel != ChannelKind::Email || delivery.recipient.kind != RecordKind::Person {
            return Ok(ReportTaken::NotOurs);
        }
        let person = PersonId::from_uuid(delivery.recipient.id);
        let is_known = match returned.action {
            ReportedAction::Failed => false,
            // A server that tries on says so each few hours: the first time is enough.
            ReportedAction::Delayed => self.is_known_to_be_late(programme, &delivery).await?,
        };
        if delivery.state != DeliveryState::Delivered || is_known {
            return Ok(ReportTaken::NothingNew(id));
        }
        let error = returned.detail();
        let (result, is_refused) = match returned.action {
            ReportedAction::Delayed => (AttemptResult::Delayed { error }, false),
            ReportedAction::Failed => self.came_back(programme, person, returned, now).await?,
        };
        let report = DeliveryAttempt {
            delivery: id,
            number: delivery.attempts.saturating_add(1),
            at: now,
            took_ms: 0,
            status: None,
            result: result.clone(),
        };
        if !store.record_report(realm, report).await? {
            return Ok(ReportTaken::NothingNew(id));
        }
        Ok(ReportTaken::Kept { delivery: id, person, state: result.state(), is_refused })
    }

    async fn is_known_to_be_late(
        &self,
        programme: ProgrammeId,
        delivery: &Delivery,
    ) -> Result<bool, ReadError> {
        let attempts = self.database.notifications().delivery_attempts(programme.into(), delivery.id).await?;
        Ok(matches!(attempts.last().map(|attempt| &attempt.result), Some(AttemptResult::Delayed { .. })))
    }

    /// What becomes of a mail that came back, and whether its address takes none any more.
    async fn came_back(
        &self,
        programme: ProgrammeId,
        person: PersonId,
        returned: &ReturnedMail,
        now: DateTime<Utc>,
    ) -> Result<(AttemptResult, bool), ReadError> {
        let error = returned.detail();
        let dead = AttemptResult::Dead { error: error.clone() };
        if !returned.is_gone {
            return Ok((dead, false));
        }
        let store = self.database.programme(programme);
        let found = people(&store, [person]).await?.remove(&person);
        let kept = store.get::<Programme>(programme).await?.map(|found| found.value);
        let (Some(person), Some(programme)) = (found, kept) else { return Ok((dead, false)) };
        let theirs: Vec<&EmailAddress> =
            person.emails.iter().filter_map(|email| email.fact.address.kept()).collect();
        let is_meant = |address: &&&EmailAddress| {
            returned.addresses.iter().any(|reported| reported.folded() == address.folded())
        };
        // An address that is theirs no more says nothing of those that are.
        let Some(address) = theirs.iter().find(is_meant) else { return Ok((dead, false)) };
        let host = store.get::<Place>(programme.host).await?.map(|host| host.value);
        let zone = self.zones.of(host.as_ref());
        let roles: Vec<Role> = store.all::<Role>([]).await?.into_iter().map(|role| role.value).collect();
        let today = now.with_timezone(&zone).date_naive();
        let holders = RoleHolders::on(today, programme.host, &roles);
        let refusals =
            Refusals { database: &self.database, store: &store, host: host.as_ref(), zone, holders };
        refusals.keep(person.id, address, error.clone(), now).await?;
        let refused = self.database.notifications().refused_addresses(store.realm(), person.id).await?;
        let takes = |address: &&EmailAddress| {
            let digest = digest_of_address(store.realm(), address);
            refused.iter().all(|one| one.address != digest)
        };
        if theirs.iter().any(takes) {
            return Ok((AttemptResult::Retry { at: now, error }, true));
        }
        Ok((dead, true))
    }
}
