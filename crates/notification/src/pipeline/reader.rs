//! Who reads: where they are reached, in which languages, by which clock and on which days.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sister_cities_domain::id::PersonId;
use sister_cities_domain::notification::{ReadingHours, Rhythm};
use sister_cities_domain::person::Person;
use sister_cities_domain::place::Place;
use sister_cities_domain::value::{Country, EmailAddress};
use sister_cities_storage::{ProgrammeStore, ReadError};

use super::holidays::is_public_holiday;

/// How many records of a person may stand for one another before nobody is found.
const MERGED: u32 = 10;

/// Tells the zone of a place whose record does not say it.
#[derive(Clone)]
pub struct ZoneOfPlace(Arc<ZoneOf>);

type ZoneOf = dyn Fn(&Place) -> Option<Tz> + Send + Sync;

impl ZoneOfPlace {
    /// Asks this.
    pub fn new(zone: impl Fn(&Place) -> Option<Tz> + Send + Sync + 'static) -> Self {
        Self(Arc::new(zone))
    }

    /// The zone of a place: its own, else as is known of it, else UTC.
    pub(super) fn of(&self, place: Option<&Place>) -> Tz {
        place.and_then(|place| place.zone.or_else(|| (self.0)(place))).unwrap_or(Tz::UTC)
    }
}

impl Default for ZoneOfPlace {
    /// Nothing is known but what the record says.
    fn default() -> Self {
        Self::new(|_| None)
    }
}

impl fmt::Debug for ZoneOfPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ZoneOfPlace")
    }
}

/// A person as somebody who reads.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Addressee {
    /// The person, or the record that stands for it.
    pub(super) person: Person,
    /// By whose clock they live: their own zone, else that of the host.
    pub(super) zone: Tz,
    /// In which country they work, as far as is known.
    country: Option<Country>,
    hours: ReadingHours,
    /// How often they want to be told, if they said so for all there is.
    pub(super) rhythm: Option<Rhythm>,
    /// Whether they want nothing in digests but what is theirs.
    pub(super) refuses_digests: bool,
}

impl Addressee {
    pub(super) fn new(person: Person, host: Option<&Place>, host_zone: Tz) -> Self {
        let zone = person.zone.unwrap_or(host_zone);
        let by_post = person.posts.iter().find_map(|post| post.fact.country());
        // Somebody with a clock of their own is not at the host.
        let at_host = host.and_then(|host| host.country).filter(|_| zone == host_zone);
        let reading = person.reading.clone().unwrap_or_default();
        let country = reading.country.or(by_post).or(at_host);
        let refuses_digests = reading.digests_refused;
        let hours = reading.hours.unwrap_or_default();
        Self { zone, country, hours, rhythm: reading.rhythm, refuses_digests, person }
    }

    /// The address to write to: the first that was not erased.
    pub(super) fn address(&self) -> Option<&EmailAddress> {
        self.addresses().next()
    }

    /// The addresses that were not erased, the first to be tried first.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &EmailAddress> {
        self.person.emails.iter().filter_map(|email| email.fact.address.kept())
    }

    /// When a message reaches them that is ready now.
    pub(super) fn next_reading(&self, ready: DateTime<Utc>) -> DateTime<Utc> {
        self.hours.next_reading(ready, self.zone, |day| self.is_holiday(day))
    }

    /// The next day on which a digest reaches them, and when; of the days from `first` on.
    pub(super) fn next_digest(&self, after: DateTime<Utc>, first: NaiveDate) -> (NaiveDate, DateTime<Utc>) {
        self.hours.next_beginning(after, first, self.zone, |day| self.is_holiday(day))
    }

    /// Which day it is where they are.
    pub(super) fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }

    fn is_holiday(&self, day: NaiveDate) -> bool {
        self.country.is_some_and(|country| is_public_holiday(country, day))
    }
}

/// Reads those of these people who are still there; for a record that was merged, the one that stands for it.
pub(super) async fn people(
    store: &ProgrammeStore,
    ids: impl IntoIterator<Item = PersonId>,
) -> Result<BTreeMap<PersonId, Person>, ReadError> {
    let mut asked: Vec<(PersonId, PersonId)> = ids.into_iter().map(|id| (id, id)).collect();
    let mut found = BTreeMap::new();
    for _ in 0..MERGED {
        if asked.is_empty() {
            break;
        }
        let records: Vec<PersonId> = asked.iter().map(|(_, record)| *record).collect();
        let records = store.get_many::<Person>(&records).await?;
        let records: BTreeMap<PersonId, Person> =
            records.into_iter().map(|person| (person.value.id, person.value)).collect();
        let mut merged = Vec::new();
        for (id, record) in asked {
            let Some(person) = records.get(&record) else { continue };
            match person.merged_into {
                Some(into) => merged.push((id, into)),
                None => drop(found.insert(id, person.clone())),
            }
        }
        asked = merged;
    }
    Ok(found)
}
