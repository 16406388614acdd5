//! What was recorded at a time: a record, or a list, as it was then, whatever became of it.

use chrono::{DateTime, TimeDelta, Utc};
use sister_cities_domain::access::Actor;
use sister_cities_domain::engagement::{Direction as Bound, Engagement, EngagementDates, Foci, Focus};
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::{EngagementId, IdSource as _, SeededIds};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::{NameRole, Place, PlaceName};
use sister_cities_domain::value::{Name, Title};

use super::sample::{later, now};
use super::typed::Office;
use crate::catalogue::{engagement, place};
use crate::{
    ChangeSet, Database, Direction, Listing, Order, ProgrammeStore, ReadError, Record, Revision, Versioned,
    record_ref,
};

/// Records of a list: which, and at which revision.
type Shown = Vec<(sister_cities_domain::id::RecordRef, Revision)>;

/// Every filter, order and end of a list, page by page, at every moment of a busy log.
pub async fn a_list_as_recorded_is_the_list_as_it_was(database: Database) {
    let office = Office::open(&database).await;
    let mut log = Log::of(&office);
    let mut then = Vec::new();
    for step in 1..=18 {
        log.goes_on(&database, step, later(step)).await;
        then.push((later(step), every_list(&office.records()).await));
    }
    for (at, lists) in &then {
        let recorded = office.records().as_recorded(*at).await.expect("a time");
        assert_eq!(every_list(&recorded).await, *lists, "{at}");
        let a_little_later =
            office.records().as_recorded(*at + TimeDelta::minutes(59)).await.expect("a time");
        let all = Listing::<Engagement>::first(1_000);
        let shown = shown(&a_little_later, all.clone()).await;
        assert_eq!(shown, self::shown(&recorded, all).await);
        let count = recorded.count::<Engagement>(Vec::new()).await.expect("a count");
        assert_eq!(count, shown.len() as u64);
        let whole: Vec<_> =
            recorded.all::<Engagement>(Vec::new()).await.expect("all").iter().map(named).collect();
        assert_eq!(whole, shown);
    }
    let before = office.records().as_recorded(now() - TimeDelta::seconds(1)).await.expect("a time");
    assert!(every_list(&before).await.iter().all(Vec::is_empty), "nothing was recorded yet");
    let to_come = office.records().as_recorded(later(1_000_000)).await.expect("a time");
    assert_eq!(every_list(&to_come).await, then.last().expect("a moment").1, "the future is now");
}

/// None before it was entered and none after it was deleted; and back again where it came back.
pub async fn a_record_as_recorded_is_the_revision_that_stood(database: Database) {
    let office = Office::open(&database).await;
    let visit = &office.visits[0];
    let renamed = Engagement { title: Title::new("A tour").expect("a title"), ..visit.clone() };
    let first = Revision::FIRST;
    commit(&database, &office, later(1), |changes| changes.update(&renamed, first)).await;
    commit(&database, &office, later(2), |changes| changes.delete::<Engagement>(visit.id, first.next()))
        .await;
    commit(&database, &office, later(4), |changes| changes.create(visit)).await;

    let at = async |moment| {
        let recorded = office.records().as_recorded(moment).await.expect("a time");
        let one = recorded.get::<Engagement>(visit.id).await.expect("a read");
        let ids = [office.visits[1].id, visit.id];
        let many = recorded.get_many::<Engagement>(&ids).await.expect("a read");
        assert_eq!(many.iter().find(|found| found.value.id == visit.id), one.as_ref());
        one.map(|found| (found.value, found.revision.number()))
    };
    assert_eq!(at(now() - TimeDelta::microseconds(1)).await, None);
    assert_eq!(at(now()).await, Some((visit.clone(), 1)));
    assert_eq!(at(later(1) - TimeDelta::microseconds(1)).await, Some((visit.clone(), 1)));
    assert_eq!(at(later(1)).await, Some((renamed, 2)));
    assert_eq!(at(later(2)).await, None);
    assert_eq!(at(later(3)).await, None);
    assert_eq!(at(later(9)).await, Some((visit.clone(), 4)));
}

/// Although every record of it is changed, deleted or joined by others while it is read.
pub async fn pages_as_recorded_fit_together_while_everything_changes(database: Database) {
    let office = Office::open(&database).await;
    let mut log = Log::of(&office);
    for step in 1..=12 {
        log.goes_on(&database, step, later(step)).await;
    }
    let listing = || Listing::<Engagement>::first(2).order_by(&engagement::BEGAN_KEY, Direction::Descending);
    let recorded = office.records().as_recorded(later(12)).await.expect("a time");
    let expected = shown(&recorded, listing()).await;
    assert!(expected.len() > 6, "{expected:?}");

    let mut seen = Vec::new();
    let mut after = None;
    for step in 13.. {
        let page = recorded.list(&listing().after(after)).await.expect("a page");
        seen.extend(page.items.iter().map(named));
        log.goes_on(&database, step, later(12)).await;
        for found in log.visits.clone().into_values() {
            log.turn(&database, found, later(12)).await;
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, expected);
}

/// Whatever the clocks of those before it said: a clock that ran ahead hides nothing for longer than until the next commit.
pub async fn a_time_is_that_of_the_last_commit_up_to_then(database: Database) {
    let office = Office::open(&database).await;
    let visit = &office.visits[0];
    let titled = |title: &str| Engagement { title: Title::new(title).expect("a title"), ..visit.clone() };
    let (ahead, right) = (titled("By a clock that ran ahead"), titled("By one that was right"));
    let second = Revision::FIRST.next();
    commit(&database, &office, later(25), |changes| changes.update(&ahead, Revision::FIRST)).await;
    let at = async |moment| {
        let recorded = office.records().as_recorded(moment).await.expect("a time");
        recorded.get::<Engagement>(visit.id).await.expect("a read").expect("a visit").value
    };
    assert_eq!(at(later(2)).await, *visit);
    assert_eq!(at(later(25)).await, ahead);
    commit(&database, &office, later(1), |changes| changes.update(&right, second)).await;
    assert_eq!(at(later(2)).await, right);
    assert_eq!(at(now()).await, *visit);
}

/// A cursor says which state of the list it is of.
pub async fn a_cursor_of_the_present_is_none_of_the_past(database: Database) {
    let office = Office::open(&database).await;
    let listing = || Listing::<Engagement>::first(1);
    let recorded = office.records().as_recorded(now()).await.expect("a time");
    let present = office.records().list(&listing()).await.expect("a page").next;
    let past = recorded.list(&listing()).await.expect("a page").next;
    assert!(present.is_some() && past.is_some());
    let refused = recorded.list(&listing().after(present)).await.map(drop);
    assert_eq!(refused, Err(ReadError::Cursor));
    let refused = office.records().list(&listing().after(past.clone())).await.map(drop);
    assert_eq!(refused, Err(ReadError::Cursor));
    let earlier = office.records().as_recorded(now() - TimeDelta::hours(1)).await.expect("a time");
    assert_eq!(earlier.list(&listing().after(past)).await.map(drop), Err(ReadError::Cursor));
}

/// Places by their names of then, and nothing of another programme.
pub async fn a_list_as_recorded_finds_by_what_was_recorded_then(database: Database) {
    let office = Office::open(&database).await;
    let name = |text: &str, role| PlaceName::new(Name::new(text).expect("a name"), role);
    let krakau = office.city.clone().with_names(vec![name("Krakau", NameRole::Official)]).expect("a name");
    commit(&database, &office, later(1), |changes| changes.update(&krakau, Revision::FIRST)).await;
    let named = async |moment, begins: &str| {
        let recorded = office.records().as_recorded(moment).await.expect("a time");
        let listing = Listing::<Place>::first(10).order_by(&place::NAME_KEY, Direction::Ascending);
        let listing = listing.filter(place::name_begins(begins));
        recorded.list(&listing).await.expect("a page").items.len()
    };
    assert_eq!((named(now(), "krako").await, named(now(), "krakau").await), (1, 0));
    assert_eq!((named(later(1), "krako").await, named(later(1), "krakau").await), (0, 1));
    let elsewhere = database.installation().as_recorded(now()).await.expect("a time");
    assert!(elsewhere.all::<Place>(Vec::new()).await.expect("a list").is_empty());
    assert_eq!(elsewhere.get::<Partnership>(office.bond.id()).await.expect("a read"), None);
}

/// A log of visits that is written on and on.
struct Log {
    office: Office,
    ids: SeededIds,
    visits: std::collections::BTreeMap<EngagementId, Versioned<Engagement>>,
    gone: Vec<Versioned<Engagement>>,
}

impl Log {
    fn of(office: &Office) -> Self {
        let first =
            |visit: &Engagement| (visit.id, Versioned { value: visit.clone(), revision: Revision::FIRST });
        let visits = office.visits.iter().map(first).collect();
        Self { office: office.clone(), ids: SeededIds::new(31), visits, gone: Vec::new() }
    }

    /// One is entered; others are changed in what they are found by, deleted, and entered again.
    async fn goes_on(&mut self, database: &Database, step: i64, at: DateTime<Utc>) {
        let id = EngagementId::from_uuid(self.ids.next_uuid());
        let fresh = turned(&Engagement { id, ..self.office.visits[0].clone() }, step);
        let mut told = ChangeSet::new(self.office.programme.id, &Actor::System, at);
        told.create(&fresh).event(EventBody::from(fresh.recorded()), id);
        database.commit(told).await.expect("a commit");
        self.visits.insert(id, Versioned { value: fresh, revision: Revision::FIRST });
        let place = usize::try_from(step * 5).expect("small") % self.visits.len();
        let Some(one) = self.visits.values().nth(place).cloned() else { return };
        match step % 3 {
            0 => {
                let (id, revision) = (one.value.id, one.revision);
                commit(database, &self.office, at, |changes| changes.delete::<Engagement>(id, revision))
                    .await;
                self.visits.remove(&id);
                self.gone.push(Versioned { revision: revision.next().next(), ..one });
            }
            1 => match self.gone.pop() {
                Some(back) => {
                    commit(database, &self.office, at, |changes| changes.create(&back.value)).await;
                    self.visits.insert(back.value.id, back);
                }
                None => self.turn(database, one, at).await,
            },
            _ => self.turn(database, one, at).await,
        }
    }

    async fn turn(&mut self, database: &Database, one: Versioned<Engagement>, at: DateTime<Utc>) {
        let value = turned(&one.value, i64::from(one.revision.number()) * 7);
        commit(database, &self.office, at, |changes| changes.update(&value, one.revision)).await;
        self.visits.insert(value.id, Versioned { value, revision: one.revision.next() });
    }
}

/// The visit with another direction, focus and date.
fn turned(visit: &Engagement, by: i64) -> Engagement {
    let directions = [Bound::Inbound, Bound::Outbound, Bound::Joint];
    let foci = [Focus::Culture, Focus::Sports];
    let dates = [None, Some("1991"), Some("1991-08"), Some("1991-08-20"), Some("2001-02-03")];
    let pick = |count: usize| usize::try_from(by).expect("not negative") % count;
    let date = dates[pick(dates.len())].map(|date| date.parse().expect("a date"));
    Engagement {
        direction: directions[pick(3)],
        foci: Foci::one(foci[pick(2)].clone()),
        dates: date.map_or(EngagementDates::UNDATED, EngagementDates::on),
        ..visit.clone()
    }
}

async fn commit(
    database: &Database,
    office: &Office,
    at: DateTime<Utc>,
    change: impl FnOnce(&mut ChangeSet) -> &mut ChangeSet,
) {
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, at);
    change(&mut changes).event(EventBody::from(office.visits[0].recorded()), office.visits[0].id);
    database.commit(changes).await.expect("a commit");
}

async fn every_list(records: &ProgrammeStore) -> Vec<Shown> {
    let day = |text: &str| text.parse().expect("a day");
    let filters = [
        None,
        Some(engagement::DIRECTION.is(Bound::Inbound)),
        Some(engagement::FOCI.has(Focus::Sports)),
        Some(engagement::LAST_DAY.at_least(day("1991-08-20"))),
        Some(engagement::FIRST_DAY.at_most(day("1991-08-19"))),
    ];
    let mut lists = Vec::new();
    for filter in filters {
        for direction in [Direction::Ascending, Direction::Descending] {
            for by in [None, Some(&engagement::BEGAN_KEY.column)] {
                let (filters, order) = (filter.clone().into_iter().collect(), Order { by, direction });
                let listing = Listing::<Engagement> { filters, order, ..Listing::first(4) };
                lists.push(shown(records, listing).await);
            }
        }
    }
    lists.push(
        shown(records, Listing::<Place>::first(1).order_by(&place::NAME_KEY, Direction::Ascending)).await,
    );
    lists
}

async fn shown<T: Record>(records: &ProgrammeStore, mut listing: Listing<T>) -> Shown {
    let mut all = Vec::new();
    loop {
        let page = records.list(&listing).await.expect("a page");
        all.extend(page.items.iter().map(named));
        match page.next {
            Some(next) => listing.after = Some(next),
            None => return all,
        }
    }
}

fn named<T: Record>(found: &Versioned<T>) -> (sister_cities_domain::id::RecordRef, Revision) {
    (record_ref::<T>(found.value.id()), found.revision)
}
