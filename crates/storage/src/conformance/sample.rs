//! Records to test with: a programme with a host, two partner cities and a bond, in raw form.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sister_cities_domain::access::Actor;
use sister_cities_domain::id::{IdSource as _, ProgrammeId, RecordKind, RecordRef, SeededIds};
use sister_cities_domain::value::Name;
use uuid::Uuid;

use crate::catalogue::describe;
use crate::{ChangeSet, Committed, Database, RawBody, RawEvent, RawRecord, Realm, Revision, Value};

/// A programme with a few records, and a source of ids.
#[derive(Debug)]
pub struct World {
    /// The database.
    pub database: Database,
    /// The programme.
    pub programme: ProgrammeId,
    /// Its host place.
    pub host: Uuid,
    /// Two partner cities.
    pub cities: [Uuid; 2],
    /// The bond between the host and the first city.
    pub bond: Uuid,
    ids: SeededIds,
}

impl World {
    /// Stores the records of a programme.
    pub async fn new(database: &Database) -> Self {
        Self::seeded(database, 1).await
    }

    /// Stores the records of a programme with ids out of another seed.
    pub async fn seeded(database: &Database, seed: u64) -> Self {
        let ids = SeededIds::new(seed);
        let next = || ids.next_uuid();
        let (programme, host, cities, bond) = (next(), next(), [next(), next()], next());
        let programme = ProgrammeId::from_uuid(programme);
        let world = Self { database: database.clone(), programme, host, cities, bond, ids };
        let mut changes = world.changes();
        changes
            .create_raw(self::programme(programme, host))
            .create_raw(place(host, "chicago", Some(4_887_398)))
            .create_raw(place(cities[0], "casablanca", Some(2_553_604)))
            .create_raw(place(cities[1], "moscow", None))
            .create_raw(partnership(bond, [host, cities[0]]))
            .event_raw(event(reference(RecordKind::Programme, programme.uuid())));
        world.store(changes).await;
        world
    }

    /// An id not used before.
    pub fn id(&self) -> Uuid {
        self.ids.next_uuid()
    }

    /// An empty change set of the programme.
    #[must_use]
    pub fn changes(&self) -> ChangeSet {
        changes(self.programme)
    }

    /// A change set with one event about the bond.
    #[must_use]
    pub fn told(&self) -> ChangeSet {
        let mut changes = self.changes();
        changes.event_raw(event(self.bond()));
        changes
    }

    /// The realm of the programme.
    #[must_use]
    pub const fn realm(&self) -> Realm {
        Realm::Programme(self.programme)
    }

    /// Names the bond.
    #[must_use]
    pub const fn bond(&self) -> RecordRef {
        reference(RecordKind::Partnership, self.bond)
    }

    /// The bond as first stored, with another body.
    #[must_use]
    pub fn bond_saying(&self, note: &str) -> RawRecord {
        let mut raw = partnership(self.bond, [self.host, self.cities[0]]);
        raw.body.json = format!("{{\"note\":\"{note}\"}}");
        raw
    }

    /// Commits what must not be refused.
    pub async fn store(&self, changes: ChangeSet) -> Committed {
        let outcome = self.database.commit(changes).await.expect("the change set is committed");
        outcome.committed().expect("there was no reply to replay")
    }

    /// All the programme holds, to compare.
    pub async fn dump(&self) -> String {
        self.database.programme(self.programme).dump().await.expect("a dump")
    }
}

/// The moment at which everything in the suite happens.
#[must_use]
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_micros(1_767_225_600_123_456).expect("a moment")
}

/// Later by so many hours.
#[must_use]
pub fn later(hours: i64) -> DateTime<Utc> {
    now() + TimeDelta::hours(hours)
}

/// A person of that name.
#[must_use]
pub fn actor(name: &str) -> Actor {
    Actor::Person { name: Name::new(name).expect("a name") }
}

/// A person of that name, as stored.
#[must_use]
pub fn stored_actor(name: &str) -> String {
    serde_json::to_string(&actor(name)).expect("JSON")
}

/// An empty change set.
#[must_use]
pub fn changes(realm: impl Into<Realm>) -> ChangeSet {
    ChangeSet::new(realm, &actor("tester"), now())
}

/// Names a record.
#[must_use]
pub const fn reference(kind: RecordKind, id: Uuid) -> RecordRef {
    RecordRef { kind, id }
}

/// A revision.
#[must_use]
pub fn revision(number: u32) -> Revision {
    Revision::new(number).expect("not 0")
}

/// An event about a record.
#[must_use]
pub fn event(subject: RecordRef) -> RawEvent {
    RawEvent { subject, name: "test.happened".to_owned(), body: body(subject.id, "happened") }
}

/// A programme.
#[must_use]
pub fn programme(id: ProgrammeId, host: Uuid) -> RawRecord {
    raw(RecordKind::Programme, id.uuid(), vec!["programme".into(), host.into()], vec![])
}

/// A place; its name serves as its sort key too.
#[must_use]
pub fn place(id: Uuid, name: &str, geonames: Option<u32>) -> RawRecord {
    let columns = vec![name.into(), "US".into(), geonames.into(), "resolved".into()];
    raw(RecordKind::Place, id, columns, vec![vec![name.into(), format!("old {name}").into()]])
}

/// A bond; agreed, of the kind of sister cities, since nobody knows when.
#[must_use]
pub fn partnership(id: Uuid, mut members: [Uuid; 2]) -> RawRecord {
    members.sort();
    let pair = format!("{}+{}", members[0], members[1]);
    let columns = vec!["agreed".into(), "sister-city".into(), "".into(), pair.into()];
    let members = members.into_iter().map(Value::Id).collect();
    raw(RecordKind::Partnership, id, columns, vec![members])
}

/// An agreement under a bond.
#[must_use]
pub fn agreement(id: Uuid, partnership: Uuid, parent: Option<Uuid>) -> RawRecord {
    let columns = vec![partnership.into(), parent.into(), "".into(), "agreement".into()];
    raw(RecordKind::Agreement, id, columns, vec![vec![]])
}

/// A visit from abroad about culture, on a day or undated.
#[must_use]
pub fn engagement(id: Uuid, partnership: Uuid, day: Option<NaiveDate>) -> RawRecord {
    let key = day.map(|day| day.to_string()).unwrap_or_default();
    let columns = vec![partnership.into(), "inbound".into(), day.into(), day.into(), key.into()];
    raw(RecordKind::Engagement, id, columns, vec![vec!["culture".into()]])
}

/// An access token.
#[must_use]
pub fn token(id: Uuid, hash: [u8; 32]) -> RawRecord {
    raw(RecordKind::Token, id, vec![Value::Bytes(hash.to_vec())], vec![])
}

/// A link to another programme.
#[must_use]
pub fn link(id: Uuid, peer: ProgrammeId, partnership: Uuid) -> RawRecord {
    raw(RecordKind::Link, id, vec![peer.uuid().into(), partnership.into()], vec![])
}

/// What is shared of an engagement over a link.
#[must_use]
pub fn share(id: Uuid, peer: ProgrammeId, link: Uuid, engagement: Uuid) -> RawRecord {
    let told = format!("{link} {engagement}");
    let columns = vec![peer.uuid().into(), link.into(), engagement.into()];
    let columns =
        columns.into_iter().chain([Value::Nothing, Value::Nothing, Value::Nothing, told.into()]).collect();
    raw(RecordKind::Share, id, columns, vec![])
}

/// The day of that number in 2001, from 0.
#[must_use]
pub fn day(number: u32) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2001, 1, 1).expect("a day");
    first + TimeDelta::days(number.into())
}

/// A record with these columns and the members of its first sets; the other sets are empty.
pub(super) fn raw(kind: RecordKind, id: Uuid, columns: Vec<Value>, mut sets: Vec<Vec<Value>>) -> RawRecord {
    sets.resize(describe(kind).sets.len(), Vec::new());
    RawRecord { record: reference(kind, id), columns, sets, body: body(id, "first") }
}

fn body(id: Uuid, note: &str) -> RawBody {
    RawBody { version: 1, json: format!("{{\"id\":\"{id}\",\"note\":\"{note} — café 東京\"}}") }
}
