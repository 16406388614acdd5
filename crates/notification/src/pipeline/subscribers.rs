//! What people asked to be told of, beside what they are told by default.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sister_cities_domain::id::{PersonId, SubscriptionId};
use sister_cities_domain::notification::{
    CauseFacts, Rhythm, RoleHolders, Subscription, Why, rhythm_told, wants,
};
use sister_cities_storage::{JournalQuery, ProgrammeStore, ReadError, Sequence};

use super::reader::people;

/// The subscriptions of a programme, by the record that stands for each person.
#[derive(Clone, Debug, Default)]
pub(super) struct Subscribers {
    by_person: BTreeMap<PersonId, Subscriber>,
    /// When each was made, of those to events.
    made: BTreeMap<SubscriptionId, MadeAt>,
}

#[derive(Clone, Debug, Default)]
struct Subscriber {
    /// The record that stands for them, and those that were merged into it: a role may lead to any.
    records: Vec<PersonId>,
    subscriptions: Vec<Subscription>,
}

/// When a subscription was made: it tells what happens afterwards, however late the journal is looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MadeAt {
    /// Its place in the journal of the programme.
    pub(super) sequence: Sequence,
    /// The time.
    pub(super) at: DateTime<Utc>,
}

/// Somebody who asked to be told of something.
pub(super) struct Following<'a> {
    pub(super) person: PersonId,
    /// All their records.
    pub(super) records: &'a [PersonId],
    /// By which subscription.
    pub(super) why: Why,
}

impl Subscribers {
    /// Reads them. Those of somebody who is no longer there count for nobody.
    pub(super) async fn read(store: &ProgrammeStore) -> Result<Self, ReadError> {
        let all = store.all::<Subscription>([]).await?.into_iter().map(|found| found.value);
        let by_person = by_person(store, all.collect()).await?;
        Ok(Self { by_person, made: BTreeMap::new() })
    }

    /// Reads those that are to events, and when each was made.
    pub(super) async fn of_events(store: &ProgrammeStore) -> Result<Self, ReadError> {
        let all = store.all::<Subscription>([]).await?.into_iter().map(|found| found.value);
        let all: Vec<Subscription> = all.filter(|one| !one.events.is_empty()).collect();
        let mut made = BTreeMap::new();
        for subscription in &all {
            let about = JournalQuery::after(Sequence::START, 1).about(subscription.id.into());
            if let Some(event) = store.journal(about).await?.first() {
                made.insert(subscription.id, MadeAt { sequence: event.sequence, at: event.event.at });
            }
        }
        Ok(Self { by_person: by_person(store, all).await?, made })
    }

    /// Whether nobody asked for anything.
    pub(super) fn is_empty(&self) -> bool {
        self.by_person.is_empty()
    }

    /// How often a person wants to be told of a cause, and by which subscription; `None` if they said nothing.
    pub(super) fn wanted(&self, person: PersonId, facts: &CauseFacts<'_>) -> Option<(Rhythm, Why)> {
        wants(&self.by_person.get(&person)?.subscriptions, facts)
    }

    /// Who is told of a cause because they asked for it, and by which subscription. A guest of the programme is not: what is theirs reaches them by
    /// default, and all else is not for them to see.
    pub(super) fn told(&self, holders: &RoleHolders<'_>, facts: &CauseFacts<'_>) -> Vec<(PersonId, Why)> {
        let belongs = |one: &Following<'_>| one.records.iter().any(|record| holders.belongs(*record));
        let told = self.asking(facts, |_| true).filter(belongs);
        told.map(|one| (one.person, one.why)).collect()
    }

    /// Who asked to be told of an event by a subscription that was made before it.
    pub(super) fn following(
        &self,
        facts: &CauseFacts<'_>,
        made_before: impl Fn(&MadeAt) -> bool,
    ) -> Vec<Following<'_>> {
        let counts = |one: &Subscription| self.made.get(&one.id).is_some_and(&made_before);
        self.asking(facts, counts).collect()
    }

    /// Who asked to be told of something, by those subscriptions that count.
    fn asking<'a>(
        &'a self,
        facts: &CauseFacts<'_>,
        counts: impl Fn(&Subscription) -> bool,
    ) -> impl Iterator<Item = Following<'a>> {
        self.by_person.iter().filter_map(move |(person, subscriber)| {
            let wanted = wants(subscriber.subscriptions.iter().filter(|one| counts(one)), facts)?;
            let (_, why) = rhythm_told(None, Some(wanted), facts.cause)?;
            Some(Following { person: *person, records: &subscriber.records, why })
        })
    }
}

async fn by_person(
    store: &ProgrammeStore,
    all: Vec<Subscription>,
) -> Result<BTreeMap<PersonId, Subscriber>, ReadError> {
    let people = people(store, all.iter().map(|subscription| subscription.person)).await?;
    let mut by_person: BTreeMap<PersonId, Subscriber> = BTreeMap::new();
    for subscription in all {
        let Some(person) = people.get(&subscription.person) else { continue };
        let subscriber = by_person.entry(person.id).or_default();
        if subscriber.records.is_empty() {
            subscriber.records = person.records().collect();
        }
        subscriber.subscriptions.push(subscription);
    }
    Ok(by_person)
}
