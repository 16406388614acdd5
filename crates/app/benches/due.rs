//! How long it takes to say what is due in one programme among many, and to reckon a change:
//! `cargo bench -p sister-cities-app --bench due -- --programmes=500`.
//!
//! Each programme has 40 people and 28 partnerships, each of these with a log of 300 engagements and an agreement. All of it lies in one SQLite file. What
//! is measured: the list of what is due in one programme, as last reckoned, a page of 100 items; the same just after an engagement was added,
//! which reckons its partnership again from storage; and the change alone, in memory, as an embedder has it.

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use sister_cities_app::App;
use sister_cities_app::clock::FixedClock;
use sister_cities_app::due::ListDueQuery;
use sister_cities_domain::access::Caller;
use sister_cities_domain::agreement::{Agreement, AgreementHead, Signature, Term, Terms, VersionText};
use sister_cities_domain::due::{DueList, DueState};
use sister_cities_domain::engagement::{Direction, Engagement, EngagementDates, Foci, Focus};
use sister_cities_domain::id::{
    AgreementId, EngagementId, IdSource, PartnershipId, PersonId, PlaceId, ProgrammeId, SeededIds,
};
use sister_cities_domain::partnership::{Episode, Members, Partnership, Record, RecordCoverage};
use sister_cities_domain::person::Person;
use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::value::{KindKey, Name, PartialDate, Period, Source, Title};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{ChangeSet, Database};

const BONDS: usize = 28;
const VISITS: usize = 300;
const PEOPLE: usize = 40;
/// What the issue asks for: the list of one programme, and one change.
const LIST: Duration = Duration::from_millis(5);
const CHANGE: Duration = Duration::from_millis(1);

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if !given.iter().any(|argument| argument == "--bench") {
        // A test runner that runs every target there is.
        say("measures nothing unless it is run by `cargo bench`");
        return ExitCode::SUCCESS;
    }
    let programmes = given.iter().find_map(|argument| argument.strip_prefix("--programmes=")?.parse().ok());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let done =
        runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(measure(programmes.unwrap_or(20))));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("not measured: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// The records of one programme.
struct Town {
    programme: Programme,
    places: Vec<Place>,
    bonds: Vec<Partnership>,
    agreements: Vec<Agreement>,
    log: Vec<Engagement>,
    people: Vec<Person>,
}

async fn measure(programmes: usize) -> Outcome<()> {
    let ids: Arc<dyn IdSource> = Arc::new(SeededIds::new(8));
    let clock = Arc::new(FixedClock::at("2026-11-30T18:00:00Z".parse()?));
    let app = App::new(Database::new(SqliteStore::temporary()?), clock, Arc::clone(&ids));
    let began = Instant::now();
    let mut towns = Vec::new();
    for number in 0..programmes {
        let town = Town::new(&*ids, number)?;
        town.store(&app).await?;
        towns.push((town.programme.id, town.bonds.iter().map(Partnership::id).collect::<Vec<_>>()));
    }
    say(&format!(
        "{programmes} programmes of {PEOPLE} people and {BONDS} partnerships with {VISITS} engagements each, stored in {:.1?}",
        began.elapsed()
    ));
    let began = Instant::now();
    app.reckon_due().await?;
    let units = programmes * BONDS;
    say(&format!("all {units} partnerships reckoned from storage in {:.1?}", began.elapsed()));

    let asked = |at: usize| (at * 7_919) % towns.len();
    let mut lists = Vec::new();
    for at in 0..500 {
        lists.push(timed(list(&app, towns[asked(at)].0)).await?);
    }
    let list_took = tell("due of one programme, from storage", lists, LIST);
    let mut changes = Vec::new();
    for at in 0..200 {
        let (programme, bonds) = &towns[asked(at)];
        let visit = visit(&*ids, *programme, bonds[at % bonds.len()], at)?;
        let mut change = ChangeSet::new(*programme, &Caller::system().actor, app.clock().now());
        change.create(&visit).event(visit.recorded(), visit.id);
        app.database().commit(change).await?.committed()?;
        changes.push(timed(list(&app, *programme)).await?);
    }
    tell("due of one programme, one partnership reckoned again from storage", changes, LIST);

    let town = Town::new(&*ids, 0)?;
    let state = DueState::new(town.programme.clone())
        .with(town.places.clone())
        .with(town.bonds.clone())
        .with(town.agreements.clone())
        .with(town.log.clone());
    let mut all = DueList::new(state);
    let now = app.clock().now();
    all.due(now);
    let mut in_memory = Vec::new();
    for at in 0..500 {
        let bond = town.bonds[at % BONDS].id();
        let visit = visit(&*ids, town.programme.id, bond, at)?;
        let id = visit.id;
        let began = Instant::now();
        all.put(visit);
        std::hint::black_box(all.next_touch(bond, now));
        in_memory.push(began.elapsed());
        all.remove(id);
    }
    let change_took = tell("a change reckoned again, in memory", in_memory, CHANGE);
    if list_took && change_took { Ok(()) } else { Err("a figure is not met".into()) }
}

async fn list(app: &App, programme: ProgrammeId) -> Outcome<()> {
    let query = ListDueQuery { limit: 100, ..ListDueQuery::default() };
    let found = app.list_due(&Caller::system(), programme, query).await?;
    if found.items.is_empty() { Err("nothing is due".into()) } else { Ok(()) }
}

async fn timed(work: impl Future<Output = Outcome<()>>) -> Outcome<Duration> {
    let began = Instant::now();
    work.await?;
    Ok(began.elapsed())
}

/// Prints how long it took, and whether the median is within the limit.
fn tell(what: &str, mut took: Vec<Duration>, limit: Duration) -> bool {
    took.sort();
    let at = |part: usize| took.get(took.len() * part / 100).copied().unwrap_or_default();
    let met = at(50) <= limit;
    let word = if met { "met" } else { "NOT MET" };
    say(&format!("{what}: median {:.2?}, 95 % {:.2?} (at most {limit:?}: {word})", at(50), at(95)));
    met
}

fn say(line: &str) {
    // Nobody to tell if standard output is gone.
    let _ = writeln!(std::io::stdout(), "{line}");
}

impl Town {
    fn new(ids: &dyn IdSource, number: usize) -> Outcome<Self> {
        let (id, host) = (ProgrammeId::next(ids), PlaceId::next(ids));
        let place = |place, name: &str, zone: &str| -> Outcome<Place> {
            let name = PlaceName::new(Name::new(name)?, NameRole::Official);
            Ok(Place { zone: Some(zone.parse()?), ..Place::new(place, id, PlaceLevel::City, name) })
        };
        let programme = Programme {
            id,
            name: Name::new(&format!("City {number}"))?,
            host,
            kinds: KindCatalogue::standard(),
            policies: Policies::default(),
            language: "en".parse()?,
            currency: "USD".parse()?,
        };
        let mut town = Self {
            programme,
            places: vec![place(host, &format!("City {number}"), "America/Chicago")?],
            bonds: Vec::new(),
            agreements: Vec::new(),
            log: Vec::new(),
            people: Vec::new(),
        };
        for person in 0..PEOPLE {
            let name = Name::new(&format!("Member {person} of a committee"))?;
            town.people.push(Person::new(PersonId::next(ids), id, name));
        }
        for bond in 0..BONDS {
            let zone = ["Asia/Tokyo", "Europe/London", "Africa/Casablanca", "America/Bogota"][bond % 4];
            let city = place(PlaceId::next(ids), &format!("Sister {bond}"), zone)?;
            town.bond(ids, &city, bond)?;
            town.places.push(city);
        }
        Ok(town)
    }

    fn bond(&mut self, ids: &dyn IdSource, city: &Place, number: usize) -> Outcome<()> {
        let members = Members::new([self.programme.host, city.id])?;
        let since: PartialDate = format!("{}-05-{:02}", 1960 + number * 2, 1 + number).parse()?;
        let source = Source::new("a list")?;
        let episode = Episode::new(KindKey::new("sister-city")?).began_on(since, source.clone());
        let id = PartnershipId::next(ids);
        let (bond, _) = Partnership::agreed(id, self.programme.id, members, episode, None)?;
        let period = Period::new(None, None)?;
        let (bond, _) = bond.state_record(Record::new(vec![RecordCoverage::new(period, source)]));
        let head = AgreementHead {
            id: AgreementId::next(ids),
            programme: self.programme.id,
            partnership: id,
            parent: None,
            title: Title::new("Sister City Agreement")?,
            parties: bond.members().clone(),
        };
        let ends_on = format!("{}", 2026 + number % 6).parse()?;
        let signatures = bond.members().iter().map(|by| Signature::of(by).on(since)).collect();
        let terms = Terms::lasting(Term::Fixed { ends_on });
        self.agreements.push(Agreement::recorded(head, VersionText::NotAtHand, terms, signatures)?.0);
        for at in 0..VISITS {
            self.log.push(visit(ids, self.programme.id, id, at * (1 + number % 3))?);
        }
        self.bonds.push(bond);
        Ok(())
    }

    async fn store(&self, app: &App) -> Outcome<()> {
        let mut changes = ChangeSet::new(self.programme.id, &Caller::system().actor, app.clock().now());
        changes.create(&self.programme).event(self.programme.created(), self.programme.id);
        for place in &self.places {
            changes.create(place);
        }
        for bond in &self.bonds {
            changes.create(bond);
        }
        for agreement in &self.agreements {
            changes.create(agreement);
        }
        for visit in &self.log {
            changes.create(visit);
        }
        for person in &self.people {
            changes.create(person);
        }
        app.database().commit(changes).await?.committed()?;
        Ok(())
    }
}

/// One engagement every 40 days back from today, of five areas in turn.
fn visit(ids: &dyn IdSource, programme: ProgrammeId, bond: PartnershipId, at: usize) -> Outcome<Engagement> {
    let foci = [Focus::Culture, Focus::Education, Focus::Business, Focus::Medicine, Focus::Sports];
    let today = NaiveDate::from_ymd_opt(2026, 11, 1).ok_or("a day")?;
    let day = today.checked_sub_days(Days::new(u64::try_from(at)? * 40)).ok_or("a day")?;
    Ok(Engagement::held(
        EngagementId::next(ids),
        (programme, bond),
        Title::new("A visit of the youth orchestra, with a concert in the town hall")?,
        Foci::one(foci[at % foci.len()].clone()),
        Direction::Inbound,
        EngagementDates::on(PartialDate::from_day(day)?),
    ))
}
