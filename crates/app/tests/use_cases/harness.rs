//! An office to play stories in: an application with a clock that stands still.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use sister_cities_app::clock::FixedClock;
use sister_cities_app::partnership::{Beginning, NewPartnership, PartnershipWithPlaces};
use sister_cities_app::promise::PointFacts;
use sister_cities_app::{App, IdempotentReply};
use sister_cities_domain::access::{Actor, Caller, Grant, Scope};
use sister_cities_domain::engagement::{Direction, Engagement, EngagementDates, Foci, Focus};
use sister_cities_domain::id::{
    ActionPlanId, EngagementId, IdSource, PartnershipId, PlaceId, ProgrammeId, SeededIds,
};
use sister_cities_domain::partnership::{Episode, Record};
use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::promise::{ActionPlan, ActionPlanKind, PointOwner, PromisedBy, Publicity};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::value::{KindKey, Name, PartialDate, Period, Source, Title};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{Database, IdempotencyKey, IdempotencyRecord};

/// Plays each story in an office of its own.
#[macro_export]
macro_rules! stories {
    ($($(#[$doc:meta])* $story:ident;)+) => {
        mod told {
            $(#[tokio::test] async fn $story() { super::$story($crate::harness::Office::open().await).await; })+
        }
    };
}

/// Chicago's office on 4 June 2008, ten in the morning UTC.
pub(crate) struct Office {
    pub(crate) app: App,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) programme: ProgrammeId,
    pub(crate) chicago: PlaceId,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::in_database(Database::new(SqliteStore::temporary().expect("a database"))).await
    }

    pub(crate) async fn in_database(database: Database) -> Self {
        let clock = Arc::new(FixedClock::at(at(2008, 6, 4)));
        let app = App::new(database, Arc::clone(&clock) as _, Arc::new(SeededIds::new(2008)));
        let (programme, host) = chicago(app.ids());
        let created = app.create_programme(&system(), programme, host, IdempotentReply::NONE).await;
        let created = created.expect("a programme").executed().expect("fresh");
        let (programme, chicago) = (created.programme.value.id, created.host.value.id);
        Self { app, clock, programme, chicago }
    }

    /// A further place.
    pub(crate) async fn place(&self, called: &str) -> PlaceId {
        let place = self.app.create_place(&system(), self.city(called), IdempotentReply::NONE).await;
        place.expect("a place").executed().expect("fresh").value.id
    }

    /// A sister city since that date, or since nobody knows when.
    pub(crate) async fn sister(&self, called: &str, since: &str) -> PartnershipWithPlaces {
        let request = NewPartnership {
            members: vec![self.chicago, self.place(called).await],
            beginning: Beginning::Agreed { episode: episode("sister-city", since), authority: None },
            decisions: Vec::new(),
            record: Record::default(),
            notes: Vec::new(),
        };
        let bond =
            self.app.create_partnership(&system(), self.programme, request, IdempotentReply::NONE).await;
        bond.expect("a partnership").executed().expect("fresh")
    }

    /// A city that is not entered yet.
    pub(crate) fn city(&self, called: &str) -> Place {
        Place::new(PlaceId::next(self.app.ids()), self.programme, PlaceLevel::City, official(called))
    }

    /// An inbound visit about culture.
    pub(crate) async fn visit(&self, bond: PartnershipId, on: &str) {
        let visit = self.new_visit(bond, on);
        self.app.create_engagement(&system(), visit, IdempotentReply::NONE).await.expect("an engagement");
    }

    /// An inbound visit about culture that is not entered yet.
    pub(crate) fn new_visit(&self, bond: PartnershipId, on: &str) -> Engagement {
        let title = Title::new("A visit").expect("a title");
        let dates = on.parse().map_or(EngagementDates::UNDATED, EngagementDates::on);
        let (id, foci) = (EngagementId::next(self.app.ids()), Foci::one(Focus::Culture));
        Engagement::held(id, (self.programme, bond), title, foci, Direction::Inbound, dates)
    }

    /// A plan that is not entered yet.
    pub(crate) fn new_plan(&self, bond: PartnershipId, agreed: &str) -> ActionPlan {
        ActionPlan {
            id: ActionPlanId::next(self.app.ids()),
            programme: self.programme,
            partnership: bond,
            agreement: None,
            title: Title::new("Best Practice action plan").expect("a title"),
            kind: ActionPlanKind::ActionPlan,
            runs: Period::since(agreed.parse().expect("a date")),
            check: None,
            last_check: None,
            source: None,
            notes: Vec::new(),
        }
    }

    /// Somebody with these scopes in this programme.
    pub(crate) fn caller(&self, scopes: &[Scope]) -> Caller {
        caller(Some(self.programme), scopes)
    }
}

/// A point of the plan, with an owner on each side.
pub(crate) fn new_point(plan: ActionPlanId, due: &str) -> PointFacts {
    let owner = |called| Some(PointOwner::named(Responsible::office_alone(name(called))));
    PointFacts {
        plan,
        number: None,
        title: Title::new("Share what works").expect("a title"),
        text: None,
        promised_by: PromisedBy::Both,
        host: owner("Mayor's Office of Workforce Development"),
        counterpart: owner("Director of Jobcentre Plus"),
        due: due.parse().ok(),
        public_status: None,
        publicity: Publicity::Internal,
    }
}

pub(crate) fn chicago(ids: &dyn IdSource) -> (Programme, Place) {
    let id = ProgrammeId::next(ids);
    let host = Place::new(PlaceId::next(ids), id, PlaceLevel::City, official("Chicago"));
    let programme = Programme {
        id,
        name: name("Chicago Sister Cities"),
        host: host.id,
        kinds: KindCatalogue::standard(),
        policies: Policies::default(),
        language: "en".parse().expect("English"),
        currency: "USD".parse().expect("dollars"),
    };
    (programme, host)
}

pub(crate) fn episode(kind: &str, since: &str) -> Episode {
    let episode = Episode::new(KindKey::new(kind).expect(kind));
    match since.parse::<PartialDate>() {
        Ok(since) => episode.began_on(since, source("a list")),
        Err(_) => episode,
    }
}

pub(crate) fn caller(programme: Option<ProgrammeId>, scopes: &[Scope]) -> Caller {
    let grant = Grant { programme, scopes: scopes.iter().copied().collect() };
    Caller { actor: Actor::Person { name: name("Desk officer") }, grant }
}

pub(crate) fn system() -> Caller {
    Caller::system()
}

pub(crate) fn at(year: i32, month: u32, day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, day, 10, 0, 0).single().expect("a time")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

pub(crate) fn name(text: &str) -> Name {
    Name::new(text).expect(text)
}

pub(crate) fn source(text: &str) -> Source {
    Source::new(text).expect(text)
}

pub(crate) fn official(text: &str) -> PlaceName {
    PlaceName::new(name(text), NameRole::Official)
}

/// A way to keep a reply: its body is what `body` makes of the result.
pub(crate) fn keeping<R>(
    key: &str,
    body: impl Fn(&R) -> String + Send + Sync + 'static,
) -> IdempotentReply<'static, R> {
    let key = IdempotencyKey {
        credential: "tok".to_owned(),
        route: "POST /places".to_owned(),
        key: key.to_owned(),
    };
    IdempotentReply::with(move |result| IdempotencyRecord {
        key: key.clone(),
        fingerprint: [1; 32],
        status: 201,
        body: body(result).into_bytes(),
        expires_at: at(2008, 6, 5),
    })
}
