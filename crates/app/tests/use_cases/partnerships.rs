//! Stories of partnerships: entered, decided about, found.

use sister_cities_app::partnership::{
    Beginning, EpisodeAddition, NewDecision, NewPartnership, PartnershipAddition,
};
use sister_cities_app::programme::ProgrammeChange;
use sister_cities_app::{AppError, IdempotentReply, RefusedTransition, Times};
use sister_cities_domain::id::{PlaceId, SeededIds};
use sister_cities_domain::partnership::{Act, Decision, Record, RecordCoverage, StatusKind};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::OnePerCountry;
use sister_cities_domain::value::{Claim, Note, Period};
use sister_cities_storage::catalogue::partnership;
use sister_cities_storage::{Conflict, Direction, Listing, Revision};

use crate::harness::{Office, episode, name, source, system};
use crate::stories;

stories! {
    a_bond_is_entered_with_its_history_in_one_commit;
    a_member_that_is_no_place_of_the_programme_is_named;
    a_kind_that_the_programme_does_not_know_is_refused_with_those_it_knows;
    the_same_pair_in_either_order_has_one_open_bond;
    a_past_bond_of_the_pair_that_overlaps_is_a_clash;
    moscow_is_suspended_and_nothing_is_deleted;
    a_decision_that_is_not_possible_is_refused_and_nothing_is_written;
    vilnius_has_two_years_and_one_is_chosen;
    an_addition_that_adds_nothing_writes_nothing;
    the_record_is_stated_in_place_of_what_was_stated_before;
    a_second_bond_with_a_country_is_warned_of_where_the_policy_says_so;
    bonds_are_listed_by_kind_status_place_and_beginning_with_their_places;
}

fn agreed(members: Vec<PlaceId>, kind: &str, since: &str) -> NewPartnership {
    NewPartnership {
        members,
        beginning: Beginning::Agreed { episode: episode(kind, since), authority: None },
        decisions: Vec::new(),
        record: Record::default(),
        notes: Vec::new(),
    }
}

fn suspended() -> Decision {
    let condition = "Until hostilities against Ukraine end".parse().ok();
    Decision::new(Act::Suspend { condition })
        .on("2022-03-01".parse().expect("a day"))
        .by(name("Mayor of Chicago"))
}

async fn a_bond_is_entered_with_its_history_in_one_commit(office: Office) {
    let moscow = office.place("Moscow").await;
    let request = NewPartnership {
        decisions: vec![NewDecision::Other(suspended())],
        record: Record::new(vec![RecordCoverage::new(
            Period::since("1997".parse().expect("a year")),
            source("the office"),
        )]),
        notes: vec![Note { text: "See the file".parse().expect("text"), source: None }],
        ..agreed(vec![office.chicago, moscow], "sister-city", "1997")
    };
    let created =
        office.app.create_partnership(&system(), office.programme, request, IdempotentReply::NONE).await;
    let created = created.expect("created").executed().expect("fresh");
    assert_eq!(created.partnership.revision, Revision::FIRST);
    assert_eq!(created.partnership.value.status().kind(), StatusKind::Suspended);
    assert_eq!(created.places.len(), 2);
    let read = office
        .app
        .get_partnership(&system(), office.programme, created.partnership.value.id(), Times::default())
        .await;
    assert_eq!(read.expect("found"), created);
}

async fn a_member_that_is_no_place_of_the_programme_is_named(office: Office) {
    let stranger = PlaceId::next(&SeededIds::new(77));
    let cases = [
        (vec![office.chicago, stranger], "/members/1"),
        (vec![office.chicago, office.chicago], "/members/1"),
        (vec![office.chicago], "/members"),
    ];
    for (members, path) in cases {
        let request = agreed(members, "sister-city", "1997");
        let refusal =
            office.app.create_partnership(&system(), office.programme, request, IdempotentReply::NONE).await;
        let Err(AppError::Invalid(fields)) = refusal else { panic!("{refusal:?}") };
        assert_eq!(fields[0].path, path);
    }
}

async fn a_kind_that_the_programme_does_not_know_is_refused_with_those_it_knows(office: Office) {
    let moscow = office.place("Moscow").await;
    let request = agreed(vec![office.chicago, moscow], "cousin-city", "1997");
    let refusal =
        office.app.create_partnership(&system(), office.programme, request, IdempotentReply::NONE).await;
    let Err(AppError::Invalid(fields)) = refusal else { panic!("{refusal:?}") };
    assert_eq!(fields[0].path, "/episode/kind");
    assert!(fields[0].expected.contains("sister-city"), "{}", fields[0].expected);
}

async fn the_same_pair_in_either_order_has_one_open_bond(office: Office) {
    let milan = office.place("Milan").await;
    let one = agreed(vec![office.chicago, milan], "sister-city", "1973");
    office
        .app
        .create_partnership(&system(), office.programme, one, IdempotentReply::NONE)
        .await
        .expect("the first");
    let reversed = agreed(vec![milan, office.chicago], "friendship-city", "2001");
    let refusal =
        office.app.create_partnership(&system(), office.programme, reversed, IdempotentReply::NONE).await;
    assert!(matches!(refusal, Err(AppError::Conflict(Conflict::Unique { .. }))), "{refusal:?}");
}

async fn a_past_bond_of_the_pair_that_overlaps_is_a_clash(office: Office) {
    let city = office.place("Cieszyn").await;
    let concluded = Decision::new(Act::Conclude { reason: None }).on("2017".parse().expect("a year"));
    let past = NewPartnership {
        decisions: vec![NewDecision::Other(concluded)],
        ..agreed(vec![office.chicago, city], "sister-city", "1996")
    };
    office
        .app
        .create_partnership(&system(), office.programme, past, IdempotentReply::NONE)
        .await
        .expect("the past");
    let overlapping = agreed(vec![office.chicago, city], "sister-city", "2010");
    let refusal =
        office.app.create_partnership(&system(), office.programme, overlapping, IdempotentReply::NONE).await;
    assert!(matches!(refusal, Err(AppError::Clash(_))), "{refusal:?}");
    let later = agreed(vec![office.chicago, city], "sister-city", "2018");
    office
        .app
        .create_partnership(&system(), office.programme, later, IdempotentReply::NONE)
        .await
        .expect("a new start");
}

async fn moscow_is_suspended_and_nothing_is_deleted(office: Office) {
    let bond = office.sister("Moscow", "1997").await;
    let id = bond.partnership.value.id();
    let decision = NewDecision::Other(suspended());
    let after = office
        .app
        .decide_partnership(&system(), office.programme, id, Revision::FIRST, decision, IdempotentReply::NONE)
        .await
        .expect("suspended")
        .executed()
        .expect("fresh");
    assert_eq!(after.partnership.value.status().kind(), StatusKind::Suspended);
    assert_eq!(after.partnership.value.episodes(), bond.partnership.value.episodes());
    assert_eq!(after.partnership.revision, Revision::FIRST.next());
}

async fn a_decision_that_is_not_possible_is_refused_and_nothing_is_written(office: Office) {
    let id = office.sister("Osaka", "1973").await.partnership.value.id();
    let resume = NewDecision::Other(Decision::new(Act::Resume { grounds: None }));
    let refusal = office
        .app
        .decide_partnership(&system(), office.programme, id, Revision::FIRST, resume, IdempotentReply::NONE)
        .await;
    assert!(matches!(refusal, Err(AppError::Refused(RefusedTransition::Partnership(_)))), "{refusal:?}");
    let read =
        office.app.get_partnership(&system(), office.programme, id, Times::default()).await.expect("found");
    assert_eq!(read.partnership.revision, Revision::FIRST);
}

async fn vilnius_has_two_years_and_one_is_chosen(office: Office) {
    let id = office.sister("Vilnius", "1983").await.partnership.value.id();
    let council = Claim { value: "1993".parse().expect("a year"), source: source("City Council, 2018") };
    let addition = PartnershipAddition {
        episodes: vec![EpisodeAddition {
            began: vec![council],
            choose_beginning: Some(1),
            ..EpisodeAddition::to(0)
        }],
        notes: Vec::new(),
    };
    let after = office
        .app
        .change_partnership(&system(), office.programme, id, Revision::FIRST, addition)
        .await
        .expect("added");
    assert_eq!(after.partnership.value.since().map(|since| since.year()), Some(1993));
    assert_eq!(after.partnership.value.conflicts().len(), 1, "1983 is kept");
}

async fn an_addition_that_adds_nothing_writes_nothing(office: Office) {
    let bond = office.sister("Milan", "1973").await;
    let same = Claim { value: "1973".parse().expect("a year"), source: source("a list") };
    let addition = PartnershipAddition {
        episodes: vec![EpisodeAddition { began: vec![same], ..EpisodeAddition::to(0) }],
        notes: Vec::new(),
    };
    let id = bond.partnership.value.id();
    let after =
        office.app.change_partnership(&system(), office.programme, id, Revision::FIRST, addition).await;
    assert_eq!(after, Ok(bond));
}

async fn the_record_is_stated_in_place_of_what_was_stated_before(office: Office) {
    let id = office.sister("Casablanca", "1982").await.partnership.value.id();
    let statement = |to: &str| {
        let period = Period::new(None, to.parse().ok()).expect("a period");
        RecordCoverage::new(period, source("History of Exchange"))
    };
    let mut revision = Revision::FIRST;
    for to in ["1995", "1996"] {
        let record = Record::new(vec![statement(to)]);
        let stated = office.app.set_record(&system(), office.programme, id, revision, record).await;
        let stated = stated.expect("stated").partnership;
        assert_eq!(stated.value.record().statements(), [statement(to)]);
        revision = stated.revision;
    }
}

async fn bonds_are_listed_by_kind_status_place_and_beginning_with_their_places(office: Office) {
    let lucerne = office.sister("Lucerne", "1998").await;
    office.sister("Warsaw", "1960").await;
    let glasgow = office.place("Glasgow").await;
    let request = agreed(vec![office.chicago, glasgow], "cooperation-agreement", "2010-04");
    office
        .app
        .create_partnership(&system(), office.programme, request, IdempotentReply::NONE)
        .await
        .expect("created");

    let all = || Listing::by_default(10);
    let sisters = all().filter(partnership::KIND.is("sister-city".parse().expect("a kind")));
    let agreed_ones = all().filter(partnership::STATUS.is(StatusKind::Agreed));
    let of_lucerne = all().filter(partnership::MEMBERS.has(lucerne.places[1].id));
    let by_age = all().order_by(&partnership::BEGAN_KEY, Direction::Ascending);
    for (listing, expected) in [
        (all(), vec!["Lucerne", "Warsaw", "Glasgow"]),
        (sisters, vec!["Lucerne", "Warsaw"]),
        (agreed_ones, vec!["Lucerne", "Warsaw", "Glasgow"]),
        (of_lucerne, vec!["Lucerne"]),
        (by_age, vec!["Warsaw", "Lucerne", "Glasgow"]),
    ] {
        let (asked, times) = (listing.clone(), Times::default());
        let page =
            office.app.list_partnerships(&system(), office.programme, asked, times).await.expect("a page");
        let partners: Vec<_> = page
            .items
            .iter()
            .flat_map(|bond| &bond.places)
            .filter(|place| place.id != office.chicago)
            .map(|place| place.display_name().to_string())
            .collect();
        assert_eq!(partners, expected, "{listing:?}");
    }
}

async fn a_second_bond_with_a_country_is_warned_of_where_the_policy_says_so(office: Office) {
    let (app, programme) = (&office.app, office.programme);
    let mut bonds = Vec::new();
    for city in ["Shanghai", "Shenyang"] {
        let bond = office.sister(city, "1985").await;
        let place = bond.places[1].id;
        let chinese = Place { id: place, country: "CN".parse().ok(), ..office.city(city) };
        app.replace_place(&system(), chinese, Revision::FIRST).await.expect("changed");
        bonds.push(bond.partnership.value.id());
    }
    let advice = app.partnership_advice(&system(), programme, bonds[1]).await.expect("advice");
    assert_eq!(advice, [], "Chicago does not mind");
    let advised = Some(OnePerCountry::Advised);
    let change = ProgrammeChange { one_per_country: advised, ..ProgrammeChange::default() };
    app.change_programme(&system(), programme, Revision::FIRST, change).await.expect("changed");
    let advice = app.partnership_advice(&system(), programme, bonds[1]).await.expect("advice");
    assert_eq!(advice.iter().map(|warning| warning.with).collect::<Vec<_>>(), [bonds[0]]);
}
