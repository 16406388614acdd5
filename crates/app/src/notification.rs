//! Who was told what: the deliveries with their attempts and causes, sending them again, and what people were told themselves.

use chrono::TimeDelta;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{DeliveryId, NotificationId, PersonId, ProgrammeId, RecordKind};
use sister_cities_domain::notification::{
    ChannelKind, Delivery, DeliveryAttempt, DeliveryContent, Notification,
};
use sister_cities_domain::person::Person;
use sister_cities_domain::value::Name;
use sister_cities_storage::erasure::Survey;
use sister_cities_storage::notification::{
    DeliveryCounts, DeliveryPage, DeliveryQuery, NotificationBatch, NotificationPage, NotificationQuery,
    Resend, ToldQuery,
};
use sister_cities_storage::{Cursor, Realm};

use crate::{App, AppError};

/// For how long it is kept who was told what.
const KEPT: TimeDelta = TimeDelta::days(30);
/// So many notifications and deliveries are forgotten at a time.
const FORGOTTEN_AT_ONCE: u32 = 1_000;
/// So many notifications of one digest are shown with it.
const SHOWN_OF_A_DIGEST: u32 = 500;

/// A delivery with all that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct DeliveryEvidence {
    /// The delivery.
    pub delivery: Delivery,
    /// The attempts to send it, the first first.
    pub attempts: Vec<DeliveryAttempt>,
    /// What a person was told by it.
    pub told: Vec<Notification>,
}

/// What a person was told, and the message that carries it, if one does.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldBy {
    /// What they were told.
    pub notification: Notification,
    /// By which message; none if it stands in their inbox alone.
    pub delivery: Option<DeliveryId>,
}

/// Part of what people were told.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldPage {
    /// What they were told.
    pub items: Vec<ToldBy>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<Cursor>,
}

/// Which notifications of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListNotificationsQuery {
    /// Only what they have not read.
    pub unread: bool,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

impl App {
    /// Lists what was sent and what is to be sent, the latest first.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::NotFound`]; [`AppError::Forbidden`] without `journal:read`.
    pub async fn list_deliveries(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: DeliveryQuery,
    ) -> Result<DeliveryPage, AppError> {
        self.authorize(caller, Scope::JournalRead, programme).await?;
        Ok(self.database().notifications().deliveries(programme.into(), query).await?)
    }

    /// Lists what people were told of an event or by a rule, the latest first, each with the message that carries it.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::NotFound`]; [`AppError::Forbidden`] without `journal:read`.
    pub async fn list_told_notifications(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: ToldQuery,
    ) -> Result<ToldPage, AppError> {
        self.authorize(caller, Scope::JournalRead, programme).await?;
        let (store, realm) = (self.database().notifications(), Realm::from(programme));
        let page = store.told(realm, query).await?;
        let mut items = Vec::new();
        for notification in page.items {
            let content = DeliveryContent::Notification { notification: notification.id };
            let alone = DeliveryId::of(ChannelKind::Email, notification.person.into(), &content);
            let found = store.delivery(realm, notification.digest.unwrap_or(alone)).await?;
            items.push(ToldBy { delivery: found.map(|delivery| delivery.id), notification });
        }
        Ok(ToldPage { items, next: page.next })
    }

    /// Reads a delivery with its attempts and what it told; `None` if there is none of that id.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if there is no such programme; [`AppError::Forbidden`] without `journal:read`.
    pub async fn get_delivery(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        id: DeliveryId,
    ) -> Result<Option<DeliveryEvidence>, AppError> {
        self.authorize(caller, Scope::JournalRead, programme).await?;
        let (store, realm) = (self.database().notifications(), Realm::from(programme));
        let Some(delivery) = store.delivery(realm, id).await? else { return Ok(None) };
        let attempts = store.delivery_attempts(realm, id).await?;
        let told = match &delivery.content {
            DeliveryContent::Notification { notification } => {
                store.notification(realm, *notification).await?.into_iter().collect()
            }
            DeliveryContent::Digest { .. } if delivery.recipient.kind == RecordKind::Person => {
                let query = NotificationQuery {
                    person: PersonId::from_uuid(delivery.recipient.id),
                    unread: false,
                    digest: Some(id),
                    after: None,
                    limit: SHOWN_OF_A_DIGEST,
                };
                store.notifications(realm, query).await?.items
            }
            DeliveryContent::Digest { .. }
            | DeliveryContent::Event { .. }
            | DeliveryContent::Test { .. }
            | _ => Vec::new(),
        };
        Ok(Some(DeliveryEvidence { delivery, attempts, told }))
    }

    /// Sends again what was given up, delivered or cancelled; says how many, or `None` if one is named and there is none of that id.
    ///
    /// Who decides who is told also sends again: people and programs get nothing by it that was not for them before.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no such recipient; [`AppError::Unavailable`]; [`AppError::NotFound`] if there is no such
    /// programme; [`AppError::Forbidden`] without `notification:write`.
    pub async fn resend_deliveries(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        what: Resend,
    ) -> Result<Option<u64>, AppError> {
        self.authorize(caller, Scope::NotificationWrite, programme).await?;
        let (store, realm) = (self.database().notifications(), Realm::from(programme));
        if let Resend::Delivery(id) = &what
            && store.delivery(realm, *id).await?.is_none()
        {
            return Ok(None);
        }
        if let Resend::DeadTo(recipient) | Resend::MadeSince(recipient, _) = &what
            && self.database().store().get(realm, *recipient).await?.is_none()
        {
            return Err(AppError::missing("/recipient", *recipient));
        }
        Ok(Some(store.resend(realm, what, self.clock().now()).await.map_err(AppError::Unavailable)?))
    }

    /// Has a mail sent to a person that only shows that mail arrives; by whichever worker is at work.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no such person; [`AppError::Forbidden`] without `notification:write`.
    pub async fn test_delivery(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        person: PersonId,
    ) -> Result<Delivery, AppError> {
        let entered = self.authorize(caller, Scope::NotificationWrite, programme).await?;
        if entered.store.get::<Person>(person).await?.is_none() {
            return Err(AppError::missing("/recipient", person.into()));
        }
        let now = self.clock().now();
        let content = DeliveryContent::Test { asked_at: now };
        let delivery = Delivery::new(ChannelKind::Email, person.into(), content, None, (now, now));
        let batch = NotificationBatch { deliveries: vec![delivery.clone()], ..NotificationBatch::default() };
        let notifications = self.database().notifications();
        notifications.put_notifications(programme.into(), batch).await.map_err(AppError::Unavailable)?;
        Ok(delivery)
    }

    /// What waits to be told by each channel, of all programmes: numbers alone, for whoever runs the installation.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`].
    pub async fn delivery_health(&self) -> Result<Vec<(ChannelKind, DeliveryCounts)>, AppError> {
        let store = self.database().notifications();
        let mut health = Vec::new();
        for channel in ChannelKind::ALL {
            health.push((channel, store.delivery_counts(channel).await?));
        }
        Ok(health)
    }

    /// Lists what a person was told, the latest first; of those that were merged into them too, as they are told under one record.
    ///
    /// Until people have accounts of their own, whoever may read people reads it.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::NotFound`]; [`AppError::Forbidden`] without `person:read` and `programme:read`.
    pub async fn list_notifications(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        person: PersonId,
        query: ListNotificationsQuery,
    ) -> Result<NotificationPage, AppError> {
        let person = self.reader(caller, programme, person).await?;
        let ListNotificationsQuery { unread, after, limit } = query;
        let query = NotificationQuery { person, unread, digest: None, after, limit };
        Ok(self.database().notifications().notifications(programme.into(), query).await?)
    }

    /// Counts what a person has not read.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `person:read` and `programme:read`.
    pub async fn count_unread_notifications(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        person: PersonId,
    ) -> Result<u64, AppError> {
        let person = self.reader(caller, programme, person).await?;
        Ok(self.database().notifications().unread_notifications(programme.into(), person).await?)
    }

    /// Marks what a person was told as read, all of it if none are named; says how many were not, and how many are not now.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if one is named that is not there; [`AppError::Unavailable`]; [`AppError::NotFound`]; [`AppError::Forbidden`]
    /// without `notification:write`.
    pub async fn mark_notifications_read(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        person: PersonId,
        which: Option<Vec<NotificationId>>,
    ) -> Result<(u64, u64), AppError> {
        let context = self.authorize(caller, Scope::NotificationWrite, programme).await?;
        let person = crate::person::standing(&context.store, person).await?.value.id;
        let (store, realm) = (self.database().notifications(), Realm::from(programme));
        if let Some(which) = &which {
            let known = store.known_notifications(realm, which.clone()).await?;
            if let Some(unknown) = which.iter().position(|id| !known.contains(id)) {
                let problem = format!("there is no notification {} in this programme", which[unknown]);
                let path = format!("/notifications/{unknown}");
                return Err(AppError::invalid(path, problem, "the id of a notification of this programme"));
            }
        }
        let marked = store
            .mark_notifications_read(realm, person, which, self.clock().now())
            .await
            .map_err(AppError::Unavailable)?;
        Ok((marked, store.unread_notifications(realm, person).await?))
    }

    /// Forgets who was told what more than 30 days ago and waits for nothing, a bounded number each time; says how many.
    ///
    /// A background task: it takes no input, may run at any time and by several servers at once.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`]; what was done by then is done.
    pub async fn forget_notifications(&self) -> Result<u64, AppError> {
        let Some(before) = self.clock().now().checked_sub_signed(KEPT) else { return Ok(0) };
        let forgotten = self.database().notifications().forget_notifications(before, FORGOTTEN_AT_ONCE).await;
        forgotten.map_err(AppError::Unavailable)
    }

    /// Cancels what waits to be sent to whoever was erased and is called `pseudonym` now: they are told nothing more.
    pub(crate) async fn tell_nothing_more(&self, survey: &Survey, pseudonym: &Name) -> Result<(), AppError> {
        let (notifications, now) = (self.database().notifications(), self.clock().now());
        for (realm, record) in survey.records.iter().filter(|(_, record)| record.kind == RecordKind::Person) {
            let store = self.database().realm(*realm);
            let person = store.get::<Person>(PersonId::from_uuid(record.id)).await?;
            if person.is_some_and(|person| person.value.name == *pseudonym) {
                notifications
                    .cancel_deliveries(*realm, record.id, "the person was erased", now)
                    .await
                    .map_err(AppError::Unavailable)?;
            }
        }
        Ok(())
    }

    /// The record under which a person is told, if the caller may read what.
    async fn reader(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        person: PersonId,
    ) -> Result<PersonId, AppError> {
        self.authorize(caller, Scope::PersonRead, programme).await?;
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        Ok(crate::person::standing(&context.store, person).await?.value.id)
    }
}
