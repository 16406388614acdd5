//! The types of the domain as records: what goes in comes out, and every filter and order of theirs finds it.

use std::collections::BTreeSet;
use std::fmt::Debug;

use sister_cities_domain::access::{AccessToken, Actor, Scope, TokenHash};
use sister_cities_domain::agreement::{Agreement, AgreementHead, Terms, VersionText};
use sister_cities_domain::engagement::{Direction as Bound, Engagement, EngagementDates, Foci, Focus};
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::{
    AgreementId, EngagementId, IdSource as _, ImportId, PartnershipId, PlaceId, ProgrammeId, SeededIds,
    TokenId,
};
use sister_cities_domain::import_run::{ImportContent, ImportRun};
use sister_cities_domain::partnership::{Episode, Members, Partnership, StatusKind};
use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::value::{KindKey, Name, PartialDate, Source, Title};

use super::sample::now;
use crate::catalogue::{Folded, agreement, engagement, import_run, partnership, place};
use crate::{
    ChangeSet, CommitError, Conflict, Database, Direction, Filter, HistoryPart, JournalQuery, Listing,
    Malformed, Outcome, ProgrammeStore, Realm, Record, Revision, Sequence, content_hash,
};

/// Chicago's programme with Łódź, one bond, one agreement, two visits, an import and two tokens.
#[derive(Clone)]
pub(crate) struct Office {
    pub(crate) database: Database,
    pub(crate) programme: Programme,
    pub(crate) chicago: Place,
    pub(crate) city: Place,
    pub(crate) bond: Partnership,
    pub(crate) agreement: Agreement,
    pub(crate) visits: [Engagement; 2],
    pub(crate) import: ImportRun,
    pub(crate) token: AccessToken,
    pub(crate) master_token: AccessToken,
}

/// Equal to what was stored.
pub async fn every_type_of_the_domain_reads_back_equal(database: Database) {
    let office = Office::open(&database).await;
    office.reads_back(&office.programme).await;
    office.reads_back(&office.chicago).await;
    office.reads_back(&office.city).await;
    office.reads_back(&office.bond).await;
    office.reads_back(&office.agreement).await;
    office.reads_back(&office.visits[0]).await;
    office.reads_back(&office.import).await;
    office.reads_back(&office.token).await;
    let found = database.token_by_hash(*office.master_token.hash.as_bytes()).await.expect("a read");
    assert_eq!(found.expect("a token").value, office.master_token);
    let programmes = database.programmes(None, 10).await.expect("programmes");
    assert_eq!(programmes.iter().map(|found| &found.value).collect::<Vec<_>>(), [&office.programme]);
}

/// By country, id and name, in any spelling of its accents.
pub async fn places_are_found_by_what_is_known_of_them(database: Database) {
    let office = Office::open(&database).await;
    let places = |filter| office.found::<Place>(filter);
    let (chicago, city) = (vec![office.chicago.id], vec![office.city.id]);
    assert_eq!(places(place::COUNTRY.is("PL".parse().expect("a country"))).await, city);
    assert_eq!(places(place::GEONAMES.is(4_887_398)).await, chicago);
    assert_eq!(places(place::NAMES.has(Folded::of("CHICAGO"))).await, chicago);
    assert_eq!(places(place::name_begins("krako")).await, city);
    assert_eq!(places(place::name_begins("cracow")).await, city);
    assert_eq!(places(place::NAMES.has(Folded::of("krak"))).await, vec![]);
    let listing = Listing::<Place>::first(10).order_by(&place::NAME_KEY, Direction::Descending);
    let page = office.records().list(&listing).await.expect("a page");
    assert_eq!(page.items.iter().map(|found| found.value.id).collect::<Vec<_>>(), [city, chicago].concat());
}

/// By status, kind and member; the count agrees.
pub async fn partnerships_are_found_by_status_kind_and_member(database: Database) {
    let office = Office::open(&database).await;
    let bonds = |filter| office.found::<Partnership>(filter);
    let all = vec![office.bond.id()];
    assert_eq!(bonds(partnership::STATUS.is(StatusKind::Agreed)).await, all);
    assert_eq!(bonds(partnership::STATUS.is(StatusKind::Suspended)).await, vec![]);
    assert_eq!(bonds(partnership::KIND.is(KindKey::new("sister-city").expect("a kind"))).await, all);
    assert_eq!(bonds(partnership::KIND.is(KindKey::new("project").expect("a kind"))).await, vec![]);
    assert_eq!(bonds(partnership::MEMBERS.has(office.city.id)).await, all);
    let listing = Listing::<Partnership>::first(10).order_by(&partnership::BEGAN_KEY, Direction::Ascending);
    assert_eq!(office.records().list(&listing).await.expect("a page").items.len(), 1);
}

/// And so are agreements and imports by theirs.
pub async fn engagements_are_found_by_bond_focus_direction_and_days(database: Database) {
    let office = Office::open(&database).await;
    let visits = |filter| office.found::<Engagement>(filter);
    let both = vec![office.visits[0].id, office.visits[1].id];
    let day = |text: &str| text.parse().expect("a day");
    assert_eq!(visits(engagement::PARTNERSHIP.is(office.bond.id())).await, both);
    assert_eq!(visits(engagement::FOCI.has(Focus::Culture)).await, both);
    assert_eq!(visits(engagement::FOCI.has(Focus::Sports)).await, vec![]);
    assert_eq!(visits(engagement::DIRECTION.is(Bound::Inbound)).await, both);
    // The first visit was some day in August 1991; the other has no date.
    assert_eq!(visits(engagement::LAST_DAY.at_least(day("1991-08-31"))).await, both[..1]);
    assert_eq!(visits(engagement::LAST_DAY.at_least(day("1991-09-01"))).await, vec![]);
    assert_eq!(visits(engagement::FIRST_DAY.at_most(day("1991-08-01"))).await, both[..1]);
    assert_eq!(visits(engagement::FIRST_DAY.at_most(day("1991-07-31"))).await, vec![]);
    let listing = Listing::<Engagement>::first(1).order_by(&engagement::BEGAN_KEY, Direction::Descending);
    let first = office.records().list(&listing).await.expect("a page");
    assert_eq!(first.items[0].value, office.visits[0]);
    let second = office.records().list(&listing.after(first.next)).await.expect("a page");
    assert_eq!(second.items[0].value, office.visits[1]);
    assert_eq!(second.next, None);

    let agreements = vec![office.agreement.id()];
    let found = |filter| office.found::<Agreement>(filter);
    assert_eq!(found(agreement::PARTNERSHIP.is(office.bond.id())).await, agreements);
    assert_eq!(found(agreement::PARTIES.has(office.city.id)).await, agreements);
    assert_eq!(found(agreement::PARENT.is(office.agreement.id())).await, vec![]);
    for listing in [
        Listing::<Agreement>::first(10).order_by(&agreement::SIGNED_KEY, Direction::Ascending),
        Listing::<Agreement>::first(10).order_by(&agreement::TITLE_KEY, Direction::Ascending),
    ] {
        assert_eq!(office.records().list(&listing).await.expect("a page").items.len(), 1);
    }
    let imports = vec![office.import.id];
    let found = |filter| office.found::<ImportRun>(filter);
    assert_eq!(found(import_run::STATE.is(office.import.state.kind())).await, imports);
    assert_eq!(found(import_run::CONTENT.is(office.import.content)).await, imports);
    assert_eq!(found(import_run::FILE_HASH.is(content_hash(b"the list"))).await, imports);
    assert_eq!(found(import_run::FILE_HASH.is(content_hash(b"another"))).await, vec![]);
}

/// With who did it, and what it tells.
pub async fn events_and_revisions_read_back_typed(database: Database) {
    let office = Office::open(&database).await;
    let records = office.records();
    let stored = records.get::<Place>(office.city.id).await.expect("a read").expect("a place");
    let mut renamed = stored.value.clone();
    renamed.add_name(PlaceName::new(name("Krakau"), NameRole::Former));
    let told: EventBody = renamed.changed_from(&stored.value).expect("a change").into();
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, now());
    changes.update(&renamed, stored.revision).event(told.clone(), office.city.id);
    let outcome = database.commit(changes).await.expect("a commit");
    let committed = outcome.committed().expect("no replay");
    assert_eq!(committed.revision(office.city.id.into()), Revision::new(2));

    let end = records.journal_end().await.expect("the end");
    let about = JournalQuery::after(Sequence::START, 100).about(office.city.id.into());
    let events = records.journal(about).await.expect("the journal");
    let last = events.last().expect("an event");
    assert_eq!((last.sequence, &last.body, &last.actor), (end, &told, &Actor::System));
    assert_eq!(last.programme, Some(office.programme.id));

    let history = records.history::<Place>(office.city.id, HistoryPart::ALL).await.expect("a history");
    let values: Vec<_> = history.into_iter().map(|past| past.value.expect("a place")).collect();
    assert_eq!(values, [stored.value, renamed.clone()]);
    let many = records.get_many::<Place>(&[office.city.id, office.chicago.id]).await.expect("places");
    assert_eq!(many.into_iter().map(|found| found.value).collect::<Vec<_>>(), [renamed, office.chicago]);
}

/// A pair has one open partnership (R1).
pub async fn a_second_open_bond_of_the_same_places_is_refused(database: Database) {
    let office = Office::open(&database).await;
    let ids = SeededIds::new(77);
    let (second, event) =
        bond(PartnershipId::next(&ids), &office.programme, [office.city.id, office.chicago.id]);
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, now());
    changes.create(&second).event(event, second.id());
    let conflict =
        Conflict::Unique { record: second.id().into(), column: "open_pair", holder: office.bond.id().into() };
    assert_eq!(database.commit(changes).await, Err(CommitError::Conflict(conflict)));
}

/// The change set says whose records it changes.
pub async fn a_record_of_another_programme_is_refused(database: Database) {
    let office = Office::open(&database).await;
    let ids = SeededIds::new(77);
    let elsewhere = ProgrammeId::next(&ids);
    let mut changes = ChangeSet::new(elsewhere, &Actor::System, now());
    changes.create(&office.city).event(office.city.created(), office.city.id);
    let refused: Result<Outcome, _> = database.commit(changes).await;
    assert_eq!(refused, Err(Malformed::ForeignProgramme(office.city.id.into()).into()));
}

impl Office {
    pub(crate) async fn open(database: &Database) -> Self {
        let ids = SeededIds::new(5);
        let programme = programme(&ids);
        let chicago = place(&ids, &programme, ["Chicago", "Windy City"], "US", 4_887_398);
        let programme = Programme { host: chicago.id, ..programme };
        let city = place(&ids, &programme, ["Kraków", "Cracow"], "PL", 3_094_802);
        let (bond, agreed) = bond(PartnershipId::next(&ids), &programme, [chicago.id, city.id]);
        let head = AgreementHead {
            id: AgreementId::next(&ids),
            programme: programme.id,
            partnership: bond.id(),
            parent: None,
            title: Title::new("Sister city agreement").expect("a title"),
            parties: bond.members().clone(),
        };
        let (agreement, drafted) =
            Agreement::draft(head, VersionText::NotAtHand, Terms::default()).expect("an agreement");
        let visits = [Some("1991-08"), None]
            .map(|date| visit(&ids, &bond, date.map(|date| date.parse().expect("a date"))));
        let (import, uploaded) = ImportRun::upload(
            ImportId::next(&ids),
            programme.id,
            ImportContent::Partnerships,
            content_hash(b"the list"),
            None,
        );
        let (token, master_token) = (token(&ids, Some(programme.id), 1), token(&ids, None, 2));

        let mut changes = ChangeSet::new(programme.id, &Actor::System, now());
        changes.create(&programme).event(programme.created(), programme.id);
        changes.create(&bond).event(agreed, bond.id());
        changes.create(&agreement).event(drafted, agreement.id());
        for visit in &visits {
            changes.create(visit).event(visit.recorded(), visit.id);
        }
        for place in [&chicago, &city] {
            changes.create(place).event(place.created(), place.id);
        }
        changes.create(&import).event(uploaded, import.id).create(&token);
        database.commit(changes).await.expect("the office opens");

        let mut changes = ChangeSet::new(Realm::Installation, &Actor::System, now());
        let event = token_event(&master_token);
        changes.create(&master_token).event(event, master_token.id);
        database.commit(changes).await.expect("the installation has a token");
        let database = database.clone();
        Self { database, programme, chicago, city, bond, agreement, visits, import, token, master_token }
    }

    pub(crate) fn records(&self) -> ProgrammeStore {
        self.database.programme(self.programme.id)
    }

    async fn reads_back<T: Record + PartialEq + Debug>(&self, record: &T) {
        let stored = self.records().get::<T>(record.id()).await.expect("a read").expect("a record");
        assert_eq!(stored.value, *record);
        assert_eq!(stored.revision, Revision::FIRST);
        let all = self.records().all::<T>(Vec::new()).await.expect("a list");
        assert!(all.iter().any(|found| found.value == *record));
    }

    async fn found<T: Record>(&self, filter: Filter<T>) -> Vec<T::Id> {
        let page = self.records().list(&Listing::<T>::first(10).filter(filter)).await.expect("a page");
        page.items.iter().map(|found| found.value.id()).collect()
    }
}

fn programme(ids: &SeededIds) -> Programme {
    Programme {
        id: ProgrammeId::next(ids),
        name: name("Chicago Sister Cities"),
        host: PlaceId::next(ids),
        kinds: KindCatalogue::standard(),
        policies: Policies::default(),
        language: "en-US".parse().expect("a language"),
        currency: "USD".parse().expect("a currency"),
    }
}

fn place(ids: &SeededIds, programme: &Programme, names: [&str; 2], country: &str, geonames: u32) -> Place {
    let official = PlaceName::new(name(names[0]), NameRole::Official);
    let mut place = Place::new(PlaceId::next(ids), programme.id, PlaceLevel::City, official);
    place.add_name(PlaceName::new(name(names[1]), NameRole::Alias));
    place.country = Some(country.parse().expect("a country"));
    place.external.geonames = Some(geonames);
    place
}

fn bond(id: PartnershipId, programme: &Programme, places: [PlaceId; 2]) -> (Partnership, EventBody) {
    let since: PartialDate = "1960".parse().expect("a date");
    let source = Source::new("the office's list").expect("a source");
    let episode = Episode::new(KindKey::new("sister-city").expect("a kind")).began_on(since, source);
    let members = Members::new(places).expect("two places");
    let (bond, event) = Partnership::agreed(id, programme.id, members, episode, None).expect("a bond");
    (bond, event.into())
}

fn visit(ids: &SeededIds, bond: &Partnership, date: Option<PartialDate>) -> Engagement {
    let title = Title::new("Visit of an orchestra").expect("a title");
    let foci = Foci::new([Focus::Culture, Focus::Youth]).expect("foci");
    let dates = date.map_or(EngagementDates::UNDATED, EngagementDates::on);
    let id = EngagementId::from_uuid(ids.next_uuid());
    Engagement::held(id, (bond.programme(), bond.id()), title, foci, Bound::Inbound, dates)
}

fn token(ids: &SeededIds, programme: Option<ProgrammeId>, hash: u8) -> AccessToken {
    AccessToken {
        id: TokenId::next(ids),
        programme,
        name: name("the office's computer"),
        hash: TokenHash::from_bytes([hash; 32]),
        scopes: BTreeSet::from([Scope::Admin]),
        created_at: now(),
        expires_at: None,
        revoked_at: None,
    }
}

fn token_event(token: &AccessToken) -> EventBody {
    token.created().into()
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}
