//! The lanes of mail: what one person is told, in their words, as the records stand when it is sent.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sister_cities_domain::id::{PersonId, PlaceId};
use sister_cities_domain::notification::{
    AttemptResult, ChannelKind, Delivery, RefusableKind, Refusal, RoleHolders,
};
use sister_cities_domain::person::Audience;
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::role::Role;
use sister_cities_domain::value::EmailAddress;
use sister_cities_storage::notification::digest_of_address;
use sister_cities_storage::vault::LinkKeys;
use sister_cities_storage::{CommitError, Database, ProgrammeStore, ReadError, Realm};
use uuid::Uuid;

use super::lane::{Attempted, Lane, LaneOpener};
use super::letters::{Gone, Prepared};
use super::reader::{Addressee, ZoneOfPlace, people};
use super::subscribers::Subscribers;
use crate::email::{Mail, Mailbox};
use crate::message::{self, ProductAddress, ProductPath};
use crate::schedule::RetrySchedule;
use crate::words::Catalogues;
use crate::{Channel, SendError, Sending};

/// How many mails are given to the mail server at the same time for one recipient.
const AT_ONCE: usize = 1;

/// Opens the lanes of mail.
#[derive(Clone, Debug)]
pub struct MailLanes {
    pub(super) database: Database,
    channel: Arc<dyn Channel<Message = Mail>>,
    catalogues: Arc<Catalogues>,
    address: ProductAddress,
    #[cfg_attr(not(feature = "calendar"), expect(dead_code, reason = "only invitations say it"))]
    pub(super) organizer: Option<EmailAddress>,
    pub(super) zones: ZoneOfPlace,
}

impl MailLanes {
    /// Mails what people of this database are told by that channel, in the words of those catalogues, with links to that address.
    pub fn new(
        database: Database,
        channel: impl Channel<Message = Mail> + 'static,
        catalogues: Arc<Catalogues>,
        address: ProductAddress,
    ) -> Self {
        let zones = ZoneOfPlace::default();
        Self { database, channel: Arc::new(channel), catalogues, address, organizer: None, zones }
    }

    /// With the address from which people are invited, and to which they answer: that of the mails. Without it nobody is invited.
    #[must_use]
    pub fn with_organizer(self, organizer: EmailAddress) -> Self {
        Self { organizer: Some(organizer), ..self }
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
        let roles: Vec<Role> = store.all::<Role>([]).await?.into_iter().map(|role| role.value).collect();
        let today = now.with_timezone(&zone).date_naive();
        let holders = RoleHolders::on(today, programme.host, &roles);
        let audience = holders.reads_as(person.records());
        let guest_of = if audience == Audience::PartnerCity {
            person.records().flat_map(|record| holders.served_by(record)).collect()
        } else {
            BTreeSet::new()
        };
        let addressee = Addressee::new(person, host.as_ref(), zone);
        store.reckon_due(today).await?;
        let subscribers = Subscribers::read(&store).await?;
        let keys = match self.database.vault() {
            Some(vault) => vault.signing_keys(realm, now).await.inspect_err(cannot_sign).ok(),
            None => None,
        };
        let lanes = self.clone();
        Ok(Box::new(MailLane {
            lanes,
            store,
            programme,
            host,
            roles,
            subscribers,
            addressee,
            audience,
            guest_of,
            keys,
            today,
        }))
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

/// What cannot be read now may be read another time.
fn unread(delivery: &Delivery, error: &ReadError, now: DateTime<Utc>) -> Attempted {
    let error = SendError::temporary(error.to_string());
    Attempted::failed(RetrySchedule::Mail, delivery, &error, now)
}

fn cannot_sign(error: &CommitError) {
    tracing::warn!(%error, "mails say no link by which they are refused, as it cannot be signed");
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

/// The lane of one person.
pub(super) struct MailLane {
    pub(super) lanes: MailLanes,
    pub(super) store: ProgrammeStore,
    pub(super) programme: Programme,
    pub(super) host: Option<Place>,
    pub(super) roles: Vec<Role>,
    pub(super) subscribers: Subscribers,
    pub(super) addressee: Addressee,
    /// As whom they read.
    pub(super) audience: Audience,
    /// The places in whose offices they are, of a guest of the programme.
    pub(super) guest_of: BTreeSet<PlaceId>,
    /// What signs the links by which they refuse messages; none without a master key.
    keys: Option<LinkKeys>,
    /// The day at the host.
    pub(super) today: NaiveDate,
}

impl Lane for MailLane {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn send<'a>(&'a self, delivery: &'a Delivery, now: DateTime<Utc>) -> BoxFuture<'a, Attempted> {
        async move {
            match self.letter(delivery, now).await {
                Ok(Ok(prepared)) if prepared.waits && self.is_late(delivery, now) => {
                    Attempted::put_off(self.addressee.next_reading(now))
                }
                Ok(Ok(prepared)) => self.mailed(delivery, prepared, now).await,
                Ok(Err(Gone(reason))) => Attempted::cancelled(reason),
                Err(error) => unread(delivery, &error, now),
            }
        }
        .boxed()
    }
}

impl MailLane {
    /// Whether a mail that should have left before, while no worker was at work, would come at an hour at which nobody reads it. What is tried again, or sent
    /// again by somebody, goes at once.
    fn is_late(&self, delivery: &Delivery, now: DateTime<Utc>) -> bool {
        delivery.last_error.is_none() && delivery.resent_after == 0 && self.addressee.next_reading(now) > now
    }

    async fn mailed(&self, delivery: &Delivery, prepared: Prepared, now: DateTime<Utc>) -> Attempted {
        let Prepared { letter, calendar, waits: _ } = prepared;
        let address = match self.address().await {
            Ok(Ok(address)) => address,
            Ok(Err(Gone(reason))) => return Attempted::cancelled(reason),
            Err(error) => return unread(delivery, &error, now),
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
        mail.calendar = calendar;
        let attempt = delivery.attempts.saturating_add(1);
        let sending = Sending { delivery: delivery.id, attempt, at: now, message: mail };
        match lanes.channel.send(sending).await {
            Ok(receipt) => Attempted::delivered(receipt.status),
            Err(error) => {
                if matches!(error, SendError::Gone { .. })
                    && let Err(error) = self.address_is_refused(address, &error, now).await
                {
                    tracing::warn!(%error, "an address that takes no mail is not kept as such, will be tried again");
                }
                let failed = Attempted::failed(RetrySchedule::Mail, delivery, &error, now);
                // If they have another address, it is tried next.
                if matches!(error, SendError::Gone { .. }) && matches!(self.address().await, Ok(Ok(_))) {
                    let result = AttemptResult::Retry { at: now, error: error.to_string() };
                    return Attempted { result, pause_until: None, ..failed };
                }
                failed
            }
        }
    }

    /// The first address that takes mail, as far as is known.
    async fn address(&self) -> Result<Result<&EmailAddress, Gone>, ReadError> {
        if self.addressee.address().is_none() {
            return Ok(Err(Gone("the recipient has no address")));
        }
        let (store, realm) = (self.lanes.database.notifications(), self.store.realm());
        let refused = store.refused_addresses(realm, self.addressee.person.id).await?;
        let takes = |address: &&EmailAddress| {
            let digest = digest_of_address(realm, address);
            refused.iter().all(|one| one.address != digest)
        };
        let address = self.addressee.addresses().find(takes);
        Ok(address.ok_or(Gone("no address of the recipient takes mail; correct it, or send it again")))
    }

    /// The path of the page on which the reader refuses messages of a kind.
    pub(super) fn refusal(&self, kind: RefusableKind) -> Option<ProductPath> {
        let refusal = Refusal { person: self.addressee.person.id, kind }.to_string();
        let signature = self.keys.as_ref()?.sign(&refusal);
        format!("/unsubscribe/{}/{refusal}.{signature}", self.programme.id).parse().ok()
    }
}
