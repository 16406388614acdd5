//! What people asked to be told of, beside what they are told by default.

use std::collections::BTreeMap;

use sister_cities_domain::id::PersonId;
use sister_cities_domain::notification::{
    CauseFacts, Rhythm, RoleHolders, Subscription, Why, rhythm_told, wants,
};
use sister_cities_storage::{ProgrammeStore, ReadError};

use super::reader::people;

/// The subscriptions of a programme, by the record that stands for each person.
#[derive(Clone, Debug, Default)]
pub(super) struct Subscribers(BTreeMap<PersonId, Subscriber>);

#[derive(Clone, Debug, Default)]
struct Subscriber {
    /// The record that stands for them, and those that were merged into it: a role may lead to any.
    records: Vec<PersonId>,
    subscriptions: Vec<Subscription>,
}

impl Subscribers {
    /// Reads them. Those of somebody who is no longer there count for nobody.
    pub(super) async fn read(store: &ProgrammeStore) -> Result<Self, ReadError> {
        let all: Vec<Subscription> =
            store.all::<Subscription>([]).await?.into_iter().map(|found| found.value).collect();
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
        Ok(Self(by_person))
    }

    /// How often a person wants to be told of a cause, and by which subscription; `None` if they said nothing.
    pub(super) fn wanted(&self, person: PersonId, facts: &CauseFacts<'_>) -> Option<(Rhythm, Why)> {
        wants(&self.0.get(&person)?.subscriptions, facts)
    }

    /// Who is told of a cause because they asked for it, and by which subscription. A guest of the programme is not: what is theirs reaches them by
    /// default, and all else is not for them to see.
    pub(super) fn told(&self, holders: &RoleHolders<'_>, facts: &CauseFacts<'_>) -> Vec<(PersonId, Why)> {
        let told = self.0.iter().filter_map(|(person, subscriber)| {
            let wanted = wants(&subscriber.subscriptions, facts)?;
            let (_, why) = rhythm_told(None, Some(wanted), facts.cause)?;
            subscriber.records.iter().any(|record| holders.belongs(*record)).then_some((*person, why))
        });
        told.collect()
    }
}
