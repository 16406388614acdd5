//! What was true on a day, and what had been recorded at a moment; and the history of a record.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use sister_cities_api::count::{CountPartnerships, CountQuery};
use sister_cities_api::engagement::{
    CreateEngagement, EngagementPath, GetEngagement, ListEngagements, ListEngagementsQuery,
};
use sister_cities_api::journal::{Became, HistoryPath, HistoryQuery, JournalQuery, ReadHistory, ReadJournal};
use sister_cities_api::partnership::{
    CreatePartnership, DecidePartnership, GetPartnership, ListPartnerships, ListPartnershipsQuery,
    PartnershipPath,
};
use sister_cities_api::place::{CreatePlace, GetPlace, ListPlaces, ListPlacesQuery, PlacePath, ReplacePlace};
use sister_cities_api::programme::{CreateProgramme, GetProgramme, ProgrammePath};
use sister_cities_api::{
    Moment, NoBody, NoParameters, OrderWord, PageLimit, ProblemKind, RecordQuery, RecordedQuery, registry,
};
use sister_cities_domain::id::{PartnershipId, PlaceId, RecordKind};
use sister_cities_domain::partnership::StatusKind;
use sister_cities_storage::{Order, catalogue};

use super::site::{Sent, Site, request};
use super::story::{body, chicago};

/// Chicago and Saint Petersburg since 1985, suspended on 1 March 2022; the last of that was entered an hour later.
struct Told {
    site: Site,
    programme: ProgrammePath,
    place: PlaceId,
    bond: PartnershipId,
    /// When it was suspended in the records.
    entered: DateTime<Utc>,
}

impl Told {
    async fn tell() -> Self {
        let site = Site::new().await;
        let made = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await;
        let programme = ProgrammePath { programme: made.id };
        let names = json!({ "names": [
            { "text": "Saint Petersburg", "role": "official" },
            { "text": "Leningrad", "role": "former", "from": "1924-01-26", "to": "1991-09-06" },
        ] });
        let place = site.ask::<CreatePlace>(&programme, &NoParameters, &body(&names)).await.id;
        let new = json!({ "members": [made.host, place], "episode": {
            "kind": "sister-city", "began": [{ "date": "1985", "source": "Minutes" }] } });
        let bond = site.ask::<CreatePartnership>(&programme, &NoParameters, &body(&new)).await;
        an_hour_passes(&site);
        let path = PartnershipPath { programme: made.id, partnership: bond.id };
        let suspend = json!({ "decision": "suspend", "on": "2022-03-01", "authority": "Mayor" });
        let decide = request::<DecidePartnership>(&path, &NoParameters, &body(&suspend)).if_match("\"r1\"");
        assert_eq!(site.send(&decide).await.status, 201);
        let entered = site.app.clock().now();
        Self { site, programme, place, bond: bond.id, entered }
    }

    fn path(&self) -> PartnershipPath {
        PartnershipPath { programme: self.programme.programme, partnership: self.bond }
    }

    fn before(&self) -> Moment {
        Moment::Instant(self.entered - Duration::minutes(1))
    }
}

fn an_hour_passes(site: &Site) {
    site.clock.set(site.app.clock().now() + Duration::hours(1));
}

fn on(day: &str) -> RecordQuery {
    RecordQuery { as_of: day.parse().ok(), recorded_at: None }
}

#[tokio::test]
async fn a_bond_is_read_as_it_stood_on_a_day() {
    let told = Told::tell().await;
    let read = async |day| told.site.ask::<GetPartnership>(&told.path(), &on(day), &NoBody).await;
    let before = read("2022-02-28").await;
    assert_eq!((before.status.status, before.decisions.len()), (StatusKind::Agreed.into(), 1));
    assert_eq!(before.as_of.map(|day| day.to_string()).as_deref(), Some("2022-02-28"));
    let after = read("2022-03-01").await;
    assert_eq!((after.status.status, after.decisions.len()), (StatusKind::Suspended.into(), 2));
    let founding = read("1985-06-01").await;
    assert!(founding.status.or_not_begun, "1985 is all that is known");
    assert!(founding.members.iter().any(|member| member.name == "Leningrad"), "{:?}", founding.members);
    let never = request::<GetPartnership>(&told.path(), &on("1984-12-31"), &NoBody);
    assert_eq!(told.site.send(&never).await.status, 404);
}

#[tokio::test]
async fn a_list_of_bonds_is_that_of_the_day() {
    let told = Told::tell().await;
    let list = async |status, day: &str| {
        let query = ListPartnershipsQuery { status, as_of: day.parse().ok(), ..Default::default() };
        told.site.ask::<ListPartnerships>(&told.programme, &query, &NoBody).await.items.len()
    };
    assert_eq!(list(None, "1984-12-31").await, 0);
    assert_eq!(list(None, "1985-06-01").await, 1);
    assert_eq!(list(Some(StatusKind::Agreed), "2000-01-01").await, 1);
    assert_eq!(list(Some(StatusKind::Agreed), "2022-03-01").await, 0);
    assert_eq!(list(Some(StatusKind::Suspended), "2022-03-01").await, 1);
}

#[tokio::test]
async fn what_had_been_recorded_is_read_whatever_was_entered_since() {
    let told = Told::tell().await;
    let recorded_at = Some(told.before());
    let times = RecordQuery { as_of: None, recorded_at };
    let then = told.site.ask::<GetPartnership>(&told.path(), &times, &NoBody).await;
    assert_eq!((then.revision, then.status.status), (1, StatusKind::Agreed.into()));
    // Of March 2022 we knew nothing bad yet; today we do.
    let as_of = "2022-03-02".parse().ok();
    let number = async |recorded_at| {
        let query = CountQuery { as_of, recorded_at, ..Default::default() };
        told.site.ask::<CountPartnerships>(&told.programme, &query, &NoBody).await.number
    };
    assert_eq!((number(recorded_at).await, number(None).await), (1, 0));
    let listed = async |status, recorded_at| {
        let query = ListPartnershipsQuery { status: Some(status), recorded_at, ..Default::default() };
        told.site.ask::<ListPartnerships>(&told.programme, &query, &NoBody).await.items.len()
    };
    assert_eq!(listed(StatusKind::Suspended, None).await, 1);
    assert_eq!(listed(StatusKind::Suspended, recorded_at).await, 0);
    assert_eq!(listed(StatusKind::Agreed, recorded_at).await, 1);

    let first = Some(Moment::Day("2020-01-01".parse().expect("a day")));
    let nothing =
        request::<GetPartnership>(&told.path(), &RecordQuery { as_of: None, recorded_at: first }, &NoBody);
    assert_eq!(told.site.send(&nothing).await.status, 404);
    let programme = request::<GetProgramme>(&told.programme, &RecordedQuery { recorded_at: first }, &NoBody);
    assert_eq!(told.site.send(&programme).await.status, 404);
}

#[tokio::test]
async fn a_time_that_is_none_is_refused_with_what_would_be_right() {
    let told = Told::tell().await;
    let url = request::<GetPartnership>(&told.path(), &RecordQuery::default(), &NoBody).url;
    for (query, name) in [("recorded_at=yesterday", "recorded_at"), ("as_of=2022-03-01T10:00:00Z", "as_of")] {
        let sent = request::<GetPartnership>(&told.path(), &RecordQuery::default(), &NoBody);
        let got = told.site.send(&Sent { url: format!("{url}?{query}"), ..sent }).await;
        assert_eq!((got.status, got.problem().kind), (400, ProblemKind::InvalidParameter));
        let error = &got.problem().errors[0];
        assert_eq!(error.parameter.as_deref(), Some(name));
        assert!(error.expected.as_deref().is_some_and(|expected| expected.contains("20")), "{error:?}");
    }
}

#[tokio::test]
async fn pages_as_recorded_are_of_one_state_and_their_cursors_good_for_it_alone() {
    let told = Told::tell().await;
    for name in ["Accra", "Busan", "Durban", "Galway"] {
        let facts = json!({ "names": [{ "text": name, "role": "official" }] });
        told.site.ask::<CreatePlace>(&told.programme, &NoParameters, &body(&facts)).await;
    }
    an_hour_passes(&told.site);
    let recorded_at = Some(Moment::Instant(told.site.app.clock().now()));
    an_hour_passes(&told.site);
    let mut query = ListPlacesQuery {
        recorded_at,
        limit: PageLimit::new(2),
        order: Some(OrderWord::Descending),
        ..Default::default()
    };
    let mut names = Vec::new();
    loop {
        let page = told.site.ask::<ListPlaces>(&told.programme, &query, &NoBody).await;
        names.extend(page.items.iter().map(|place| place.display_name.to_string()));
        // All that is still to come is renamed meanwhile.
        for place in
            told.site.ask::<ListPlaces>(&told.programme, &ListPlacesQuery::default(), &NoBody).await.items
        {
            let path = PlacePath { programme: told.programme.programme, place: place.id };
            let facts =
                json!({ "names": [{ "text": format!("{} again", place.display_name), "role": "official" }] });
            let change = request::<ReplacePlace>(&path, &NoParameters, &body(&facts));
            let changed = told.site.send(&change.if_match(format!("\"r{}\"", place.revision))).await;
            assert_eq!(changed.status, 200, "{}", changed.text());
        }
        let Some(cursor) = page.next_cursor else { break };
        let elsewhere = ListPlacesQuery { recorded_at: None, cursor: Some(cursor.clone()), ..query.clone() };
        let refused = told.site.send(&request::<ListPlaces>(&told.programme, &elsewhere, &NoBody)).await;
        assert_eq!(refused.status, 400, "the same cursor for the present");
        query.cursor = Some(cursor);
    }
    assert_eq!(names, ["Saint Petersburg", "Galway", "Durban", "Chicago", "Busan", "Accra"]);
}

#[tokio::test]
async fn a_place_is_read_by_its_name_of_the_day() {
    let told = Told::tell().await;
    let path = PlacePath { programme: told.programme.programme, place: told.place };
    let read = async |day| told.site.ask::<GetPlace>(&path, &on(day), &NoBody).await;
    let then = read("1985-01-01").await;
    assert_eq!((then.display_name.as_str(), then.names.len()), ("Leningrad", 2));
    let now = read("2000-01-01").await;
    assert_eq!((now.display_name.as_str(), now.names.len()), ("Saint Petersburg", 1));
    let begins = async |name: &str| {
        let query = ListPlacesQuery { name: name.parse().ok(), ..Default::default() };
        told.site.ask::<ListPlaces>(&told.programme, &query, &NoBody).await.items.len()
    };
    assert_eq!((begins("lenin").await, begins("moscow").await), (1, 0));
}

#[tokio::test]
async fn engagements_of_a_day_are_those_that_had_begun() {
    let told = Told::tell().await;
    for (title, start) in [("A choir", Some("1990-05")), ("A fair", Some("2001-02-03")), ("Letters", None)] {
        let visit = json!({ "partnership": told.bond, "title": title, "foci": ["culture"],
                            "direction": "inbound", "start": start });
        let made = told.site.ask::<CreateEngagement>(&told.programme, &NoParameters, &body(&visit)).await;
        if title == "A fair" {
            let path = EngagementPath { programme: told.programme.programme, engagement: made.id };
            let early = request::<GetEngagement>(&path, &on("2001-02-02"), &NoBody);
            assert_eq!(told.site.send(&early).await.status, 404);
            told.site.ask::<GetEngagement>(&path, &on("2001-02-03"), &NoBody).await;
        }
    }
    let list = async |day: &str| {
        let query = ListEngagementsQuery { as_of: day.parse().ok(), ..Default::default() };
        let page = told.site.ask::<ListEngagements>(&told.programme, &query, &NoBody).await;
        page.items.iter().map(|it| it.title.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(list("1990-04-30").await, Vec::<String>::new());
    assert_eq!(list("1990-05-01").await, ["A choir"]);
    assert_eq!(list("2001-02-03").await, ["A fair", "A choir"]);
}

#[tokio::test]
async fn the_history_of_a_record_says_what_changed_field_by_field() {
    let told = Told::tell().await;
    let path = HistoryPath { programme: told.programme.programme, record: told.bond.into() };
    let first = HistoryQuery { limit: PageLimit::new(1), cursor: None };
    let page = told.site.ask::<ReadHistory>(&path, &first, &NoBody).await;
    assert_eq!((page.items.len(), &page.items[0].became), (1, &Became::Created.into()));
    let second = HistoryQuery { cursor: page.next_cursor, ..first };
    let page = told.site.ask::<ReadHistory>(&path, &second, &NoBody).await;
    assert_eq!((page.items[0].revision, page.items[0].at, page.next_cursor), (2, told.entered, None));
    let pointers: Vec<_> = page.items[0].fields.iter().map(|field| field.pointer.as_str()).collect();
    assert!(pointers.iter().any(|pointer| pointer.starts_with("/decisions/1")), "{pointers:?}");

    let journal = JournalQuery { record: Some(told.bond.into()), ..Default::default() };
    let journal = told.site.ask::<ReadJournal>(&told.programme, &journal, &NoBody).await;
    assert!(journal.items.iter().all(|event| event.subject == told.bond.to_string()));
    let changes = &journal.items.last().expect("an event").changes;
    assert_eq!(changes[0].fields, page.items[0].fields, "the journal tells the same");
}

/// The catalogue says what lists are asked for; the API has it all under the same names, and nothing else but what is of no column.
#[test]
fn every_filter_and_order_of_the_catalogue_is_a_parameter_of_its_list_and_the_other_way_round() {
    let lists: [(RecordKind, &str, &[&str]); 21] = [
        (RecordKind::Place, "list_places", &[]),
        (RecordKind::Partnership, "list_partnerships", &[]),
        (RecordKind::Agreement, "list_agreements", &[]),
        (RecordKind::Engagement, "list_engagements", &[]),
        (RecordKind::Practice, "list_practices", &[]),
        (RecordKind::Adoption, "list_adoptions", &[]),
        (RecordKind::Import, "list_imports", &[]),
        // Whether a link is answered follows from what the other programme has.
        (RecordKind::Link, "list_links", &["state"]),
        (RecordKind::Share, "list_shares", &[]),
        (RecordKind::Committee, "list_committees", &[]),
        (RecordKind::Role, "list_roles", &[]),
        (RecordKind::Outcome, "list_outcomes", &[]),
        (RecordKind::ActionPlan, "list_action_plans", &[]),
        (RecordKind::ActionPoint, "list_action_points", &[]),
        (RecordKind::Organisation, "list_organisations", &[]),
        (RecordKind::Person, "list_persons", &[]),
        (RecordKind::Indicator, "list_indicators", &[]),
        (RecordKind::ValuationRate, "list_valuation_rates", &[]),
        (RecordKind::WebhookEndpoint, "list_webhook_endpoints", &[]),
        (RecordKind::Subscription, "list_subscriptions", &[]),
        (RecordKind::CalendarFeed, "list_calendar_feeds", &[]),
    ];
    // Lists of some of the records, which know no filter that the list of all does not.
    let parts = [(RecordKind::Agreement, "list_partnership_agreements")];
    // Orders by what is reckoned and no column holds.
    let reckoned = [("list_partnerships", "next_touch")];
    let of_every_list = ["sort", "order", "as_of", "recorded_at", "limit", "cursor"];
    // What others are told is what they are told now, in the order in which it was first told.
    let of_now = [RecordKind::Link, RecordKind::Share];
    let all = registry();
    let mut declared = 0;
    for description in catalogue::ALL {
        let columns = || description.columns.iter().chain(description.sets.iter().map(|set| &set.value));
        let filter = |wanted: &str| columns().filter_map(|own| own.filter).find(|own| own.name == wanted);
        let Some((_, name, computed)) = lists.iter().find(|(kind, ..)| *kind == description.kind) else {
            assert!(columns().all(|column| column.filter.is_none()), "{} has no list", description.kind);
            continue;
        };
        let endpoint = all.iter().find(|endpoint| endpoint.name == *name).expect("an endpoint");
        let parameter = |wanted: &str| endpoint.query_parameters.iter().find(|known| known.name == wanted);
        for filter in columns().filter_map(|column| column.filter) {
            declared += 1;
            assert!(parameter(filter.name).is_some(), "{name} has no parameter {}", filter.name);
        }
        let of_part = all.iter().filter(|other| parts.contains(&(description.kind, other.name)));
        let of_columns = of_part
            .chain([endpoint])
            .flat_map(|endpoint| &endpoint.query_parameters)
            .filter(|known| !of_every_list.contains(&known.name) && !computed.contains(&known.name));
        for known in of_columns {
            let filter = filter(known.name).unwrap_or_else(|| panic!("{name}: no filter {}", known.name));
            let words =
                known.shape.one_of.iter().chain([&known.shape.example]).filter(|word| !word.is_empty());
            for word in words {
                assert!((filter.parse)(word).is_some(), "{name}: no record has {}={word}", known.name);
            }
        }
        let has_times = parameter("order").is_some() && parameter("recorded_at").is_some();
        assert!(has_times || of_now.contains(&description.kind), "{name}");
        let orders: BTreeSet<_> = columns().filter_map(|column| column.order).collect();
        declared += orders.len();
        let sorts = parameter("sort").map(|sort| sort.shape.one_of).unwrap_or_default();
        let sorts: BTreeSet<_> = sorts
            .iter()
            .copied()
            .filter(|word| *word != Order::CREATION_NAME && !reckoned.contains(&(*name, *word)))
            .collect();
        assert_eq!(sorts, orders, "{name}");
    }
    assert!(declared >= 24, "{declared}");
}
