//! Who is invited to an engagement, told of what happens to it: the journal says who was invited when, and what they were to be told.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use sister_cities_domain::engagement::EngagementEvent;
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::{EngagementId, NotificationId, PersonId};
use sister_cities_domain::notification::{Cause, ChannelKind, Delivery, DeliveryContent, Notification, Why};
use sister_cities_storage::notification::NotificationBatch;
use sister_cities_storage::{JournalQuery, ProgrammeStore, ReadError, RecordedEvent, Sequence};

use super::Pipeline;
use super::reader::people;

/// So many events are read at a time.
const EVENTS: u32 = 256;

/// What happened to the invitations to one engagement, the first first.
pub(super) struct InvitationHistory {
    engagement: EngagementId,
    events: Vec<(Sequence, EngagementEvent)>,
}

impl InvitationHistory {
    /// Reads it from the journal.
    pub(super) async fn read(store: &ProgrammeStore, engagement: EngagementId) -> Result<Self, ReadError> {
        let mut events = Vec::new();
        let mut after = Sequence::START;
        loop {
            let page = store.journal(JournalQuery::after(after, EVENTS).about(engagement.into())).await?;
            let Some(last) = page.last() else { return Ok(Self { engagement, events }) };
            after = last.sequence;
            for recorded in page {
                if let EventBody::Engagement(happened) = recorded.event.body
                    && is_told(&happened)
                {
                    events.push((recorded.sequence, happened));
                }
            }
        }
    }

    /// Who is told of the event at this place: the one whom it is about, or who was invited then.
    fn told_of(&self, at: Sequence) -> BTreeSet<PersonId> {
        let mut invited = BTreeSet::new();
        for (sequence, happened) in &self.events {
            let told = if let EngagementEvent::Invited { person, .. } = happened {
                invited.insert(*person);
                BTreeSet::from([*person])
            } else if let EngagementEvent::Uninvited { person, .. } = happened {
                invited.remove(person);
                BTreeSet::from([*person])
            } else {
                invited.clone()
            };
            if *sequence == at {
                return told;
            }
        }
        BTreeSet::new()
    }

    /// What one person was told of, or is to be, under any of their records, the first first.
    #[cfg(all(feature = "email", feature = "calendar"))]
    pub(super) fn of(&self, records: &[PersonId]) -> Vec<(Cause, &EngagementEvent)> {
        let is_theirs = |sequence| self.told_of(sequence).iter().any(|person| records.contains(person));
        let theirs = self.events.iter().filter(|(sequence, _)| is_theirs(*sequence));
        theirs.map(|(sequence, happened)| (self.cause(*sequence, happened), happened)).collect()
    }

    fn cause(&self, sequence: Sequence, happened: &EngagementEvent) -> Cause {
        let name = happened.name().to_owned();
        Cause::Event { sequence: sequence.0, name, subject: self.engagement.into() }
    }
}

/// Whether those who are invited are told of it.
const fn is_told(happened: &EngagementEvent) -> bool {
    matches!(
        happened,
        EngagementEvent::Invited { .. }
            | EngagementEvent::InvitationChanged { .. }
            | EngagementEvent::Uninvited { .. }
    )
}

impl Pipeline {
    /// Adds to the batch what those who are invited are told of these events. At once and each by itself: a calendar reads it, and whoever waits at a door
    /// that stays shut has no use for a digest.
    pub(super) async fn to_invited(
        &self,
        store: &ProgrammeStore,
        events: &[RecordedEvent],
        batch: &mut NotificationBatch,
    ) -> Result<(), ReadError> {
        let now = self.now.get();
        let mut histories: BTreeMap<EngagementId, InvitationHistory> = BTreeMap::new();
        for recorded in events {
            let EventBody::Engagement(happened) = &recorded.event.body else { continue };
            if !is_told(happened) {
                continue;
            }
            let engagement = EngagementId::from_uuid(recorded.event.subject.id);
            let history = match histories.entry(engagement) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unread) => unread.insert(InvitationHistory::read(store, engagement).await?),
            };
            let cause = history.cause(recorded.sequence, happened);
            let partnership = Some(happened.partnership());
            let told = people(store, history.told_of(recorded.sequence)).await?;
            for person in told.into_values() {
                let id = NotificationId::of(&cause, person.id);
                if batch.notifications.iter().any(|one| one.id == id) {
                    continue;
                }
                if person.emails.iter().any(|email| email.fact.address.kept().is_some()) {
                    let content = DeliveryContent::Notification { notification: id };
                    let to = person.id.into();
                    batch.deliveries.push(Delivery::new(
                        ChannelKind::Email,
                        to,
                        content,
                        partnership,
                        (now, now),
                    ));
                }
                batch.notifications.push(Notification {
                    id,
                    person: person.id,
                    cause: cause.clone(),
                    why: Why::Invited,
                    partnership,
                    digest: None,
                    made_at: now,
                    read_at: None,
                });
            }
        }
        Ok(())
    }
}
