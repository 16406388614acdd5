//! What happened, for the people who asked to be told of it.
//!
//! A subscription tells what happens after it was made. Who belongs to the programme is told of what happens to its records. A partner city sees what is
//! shared with it: its own programme is told of that, if it keeps one in the same installation, and so are people of its offices who are guests of this one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use sister_cities_domain::agreement::AgreementEvent;
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::{PersonId, PlaceId, ProgrammeId, ShareId};
use sister_cities_domain::notification::{Cause, Rhythm, RoleHolders};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::role::Role;
use sister_cities_domain::sharing::ShareEvent;
use sister_cities_storage::notification::NotificationBatch;
use sister_cities_storage::{ProgrammeStore, ReadError, Realm, RecordedEvent};

use super::arrange::{Told, by_person};
use super::belonging::Belonging;
use super::reader::{Addressee, people};
use super::subscribers::{MadeAt, Subscribers};
use super::{Pipeline, PipelineError, shared};
use crate::message::ChangeFacts;

/// A programme, and those who asked to be told of events in it.
struct Followers {
    programme: Programme,
    host: Option<Place>,
    zone: Tz,
    today: NaiveDate,
    roles: Vec<Role>,
    subscribers: Subscribers,
}

/// For whom of the followers something is.
#[derive(Clone, Copy)]
enum ForWhom<'a> {
    /// Who belongs to the programme.
    Members,
    /// Who is in an office of one of these places.
    OfficesOf(&'a [PlaceId]),
}

impl Pipeline {
    /// Adds to the batch what the people of a programme are told of these events of its journal; what those of other programmes are told is stored at once.
    pub(super) async fn to_followers(
        &self,
        store: &ProgrammeStore,
        events: &[RecordedEvent],
        batch: &mut NotificationBatch,
    ) -> Result<(), PipelineError> {
        let told: Vec<&RecordedEvent> = events.iter().filter(|one| is_told(&one.event.body)).collect();
        if told.is_empty() {
            return Ok(());
        }
        let mut to_peers: BTreeMap<ProgrammeId, Vec<&RecordedEvent>> = BTreeMap::new();
        for recorded in &told {
            if let Some(peer) = shown_to(&recorded.event.body) {
                to_peers.entry(peer).or_default().push(recorded);
            }
        }
        // First, as the position moves with the batch: what is told twice has the same id.
        for (peer, events) in to_peers {
            self.to_peer(store, peer, &events).await?;
        }
        let Some(followers) = self.followers(store).await? else { return Ok(()) };
        let mut all = Vec::new();
        for recorded in told {
            let before = |made: &MadeAt| made.sequence < recorded.sequence;
            if shown_to(&recorded.event.body).is_some() {
                let Some(belonging) = sharing(store, followers.programme.id, recorded).await? else {
                    continue;
                };
                let host = followers.programme.host;
                let others = match belonging.partnership {
                    Some(partnership) => shared::other_places(store, host, partnership).await?,
                    None => Vec::new(),
                };
                all.extend(followers.told(recorded, belonging, before, ForWhom::OfficesOf(&others)));
            } else {
                let belonging = Belonging::of(&self.database, store, &recorded.event).await?;
                all.extend(followers.told(recorded, belonging, before, ForWhom::Members));
            }
        }
        self.arrange_for(store, &followers, all, batch).await
    }

    /// Tells the followers of another programme what is shared with it.
    async fn to_peer(
        &self,
        from: &ProgrammeStore,
        peer: ProgrammeId,
        events: &[&RecordedEvent],
    ) -> Result<(), PipelineError> {
        let store = self.database.programme(peer);
        if from.realm() == store.realm() {
            return Ok(());
        }
        let Some(followers) = self.followers(&store).await? else { return Ok(()) };
        let mut all = Vec::new();
        for recorded in events {
            // Only where it has a link, too.
            let Some(belonging) = sharing(&store, peer, recorded).await? else { continue };
            // The journals are two: what comes first is known by the time alone.
            let before = |made: &MadeAt| made.at <= recorded.event.at;
            all.extend(followers.told(recorded, belonging, before, ForWhom::Members));
        }
        let mut batch = NotificationBatch::default();
        self.arrange_for(&store, &followers, all, &mut batch).await?;
        if !batch.notifications.is_empty() {
            self.store().put_notifications(peer.into(), batch).await?;
        }
        Ok(())
    }

    /// The followers of a programme; none if nobody asked for events, or there is no such programme.
    async fn followers(&self, store: &ProgrammeStore) -> Result<Option<Followers>, ReadError> {
        let Realm::Programme(id) = store.realm() else { return Ok(None) };
        let subscribers = Subscribers::of_events(store).await?;
        if subscribers.is_empty() {
            return Ok(None);
        }
        let Some(programme) = store.get::<Programme>(id).await? else { return Ok(None) };
        let programme = programme.value;
        let host = store.get::<Place>(programme.host).await?.map(|host| host.value);
        let zone = self.zones.of(host.as_ref());
        let today = self.now.get().with_timezone(&zone).date_naive();
        let roles = store.all::<Role>([]).await?.into_iter().map(|role| role.value).collect();
        Ok(Some(Followers { programme, host, zone, today, roles, subscribers }))
    }

    async fn arrange_for(
        &self,
        store: &ProgrammeStore,
        followers: &Followers,
        told: Vec<Told>,
        batch: &mut NotificationBatch,
    ) -> Result<(), PipelineError> {
        let people = people(store, told.iter().map(|told| told.person)).await?;
        let addressee = |person| Addressee::new(person, followers.host.as_ref(), followers.zone);
        let addressees: BTreeMap<PersonId, Addressee> =
            people.into_iter().map(|(id, person)| (id, addressee(person))).collect();
        let to_tell = by_person(&addressees, told);
        Ok(self.arrange(store.realm(), to_tell, &followers.subscribers, batch).await?)
    }
}

impl Followers {
    /// Who is told of an event: those who asked for it before it happened, and for whom it is.
    fn told(
        &self,
        recorded: &RecordedEvent,
        belonging: Belonging,
        asked_before: impl Fn(&MadeAt) -> bool,
        for_whom: ForWhom<'_>,
    ) -> Vec<Told> {
        let holders = RoleHolders::on(self.today, self.programme.host, &self.roles);
        let is_for = |record: PersonId| match for_whom {
            ForWhom::Members => holders.belongs(record),
            ForWhom::OfficesOf(places) => {
                !holders.belongs(record)
                    && places.iter().any(|place| holders.served_by(record).contains(place))
            }
        };
        let (name, subject) = (recorded.event.body.name().to_owned(), recorded.event.subject);
        let cause = Cause::Event { sequence: recorded.sequence.0, name, subject };
        let Belonging { partnership, committee } = belonging;
        let following = self.subscribers.following(&belonging.facts(&cause), asked_before);
        let following = following.into_iter().filter(|one| one.records.iter().any(|record| is_for(*record)));
        let told = following.map(|one| {
            let (person, why, cause) = (one.person, one.why, cause.clone());
            Told { person, cause, why, standard: Rhythm::AtOnce, partnership, committee }
        });
        told.collect()
    }
}

/// Whether people are told of it: of a signature only when it is the last.
fn is_told(event: &EventBody) -> bool {
    let signed_in_part = matches!(event, EventBody::Agreement(AgreementEvent::Signed { outstanding, .. }) if !outstanding.is_empty());
    !signed_in_part && ChangeFacts::is_told(event.name())
}

/// The programme that is shown something by it.
const fn shown_to(event: &EventBody) -> Option<ProgrammeId> {
    if let EventBody::Share(ShareEvent::Made { peer, .. } | ShareEvent::Renewed { peer, .. }) = event {
        return Some(*peer);
    }
    None
}

/// To which partnership of this programme belongs what is shared with it or by it; none if it is not shared any more.
async fn sharing(
    store: &ProgrammeStore,
    programme: ProgrammeId,
    recorded: &RecordedEvent,
) -> Result<Option<Belonging>, ReadError> {
    let id = ShareId::from_uuid(recorded.event.subject.id);
    let Some(share) = shared::share(store, id).await? else { return Ok(None) };
    let partnership = shared::partnership_of(store, programme, &share).await?;
    Ok(partnership.map(|partnership| Belonging { partnership: Some(partnership), committee: None }))
}
