//! The demo's two programmes.

use std::collections::BTreeSet;
use std::sync::Arc;

use sister_cities_app::demo;
use sister_cities_app::import::Silent;
use sister_cities_domain::access::Caller;
use sister_cities_domain::count::CountQuery;
use sister_cities_domain::engagement::{Direction, Engagement};
use sister_cities_domain::outcome::{Outcome, OutcomeQuestion};
use sister_cities_domain::partnership::{Partnership, StatusKind};
use sister_cities_domain::place::Place;
use sister_cities_domain::promise::ActionPoint;
use sister_cities_storage::Listing;

use crate::support::app;

#[tokio::test]
async fn both_programmes_come_in_through_the_import_with_nothing_left_over() {
    let app = app();
    let demo = demo::build(&app, &Caller::system(), Arc::new(Silent)).await.unwrap();
    let came: Vec<String> = demo
        .imported
        .iter()
        .map(|file| {
            let t = file.tally;
            format!(
                "{}: {} rows, {} create, {} merge, {} same, {} by name",
                file.file,
                t.total(),
                t.create,
                t.merge,
                t.same,
                t.kept_unresolved
            )
        })
        .collect();
    insta::assert_snapshot!(came.join("\n"));
}

#[tokio::test]
async fn the_demo_counts_what_the_city_counted_on_each_day() {
    let app = app();
    let caller = Caller::system();
    let demo = demo::build(&app, &caller, Arc::new(Silent)).await.unwrap();
    let count = async |day: &str, kinds: Option<&str>, statuses: Option<StatusKind>| {
        let query = CountQuery {
            as_of: day.parse().unwrap(),
            kinds: kinds.map(|kind| BTreeSet::from([kind.parse().unwrap()])),
            statuses: statuses.map(|status| BTreeSet::from([status])),
        };
        app.count_partnerships(&caller, demo.chicago, &query, None).await.unwrap().count.number()
    };
    assert_eq!(count("2008-06-04", None, None).await, 27);
    assert_eq!(count("2010-04-26", None, None).await, 28);
    assert_eq!(count("2010-04-26", Some("cooperation-agreement"), None).await, 3);
    assert_eq!(count("2022-03-02", None, None).await, 28);
    assert_eq!(count("2022-03-02", None, Some(StatusKind::Suspended)).await, 1);
}

#[tokio::test]
async fn birmingham_sees_the_same_exchanges_from_its_side() {
    let app = app();
    let demo = demo::build(&app, &Caller::system(), Arc::new(Silent)).await.unwrap();
    let log = async |programme, way| {
        let entries = app.database().programme(programme).all::<Engagement>(vec![]).await.unwrap();
        let places = app.database().programme(programme).all::<Place>(vec![]).await.unwrap();
        let other = places
            .iter()
            .find(|found| {
                ["Birmingham", "Chicago"].contains(&found.value.display_name().as_str())
                    && found.value.external.geonames
                        != Some(if programme == demo.chicago { 4_887_398 } else { 2_655_603 })
            })
            .unwrap()
            .value
            .id;
        let bonds = app.database().programme(programme).all::<Partnership>(vec![]).await.unwrap();
        let bond = bonds.iter().find(|found| found.value.members().contains(other)).unwrap().value.id();
        entries.iter().filter(|found| found.value.partnership == bond && found.value.direction == way).count()
    };
    assert_eq!(log(demo.chicago, Direction::Inbound).await, log(demo.birmingham, Direction::Outbound).await);
    assert_eq!(log(demo.chicago, Direction::Outbound).await, log(demo.birmingham, Direction::Inbound).await);
    assert_eq!(log(demo.chicago, Direction::Joint).await, log(demo.birmingham, Direction::Joint).await);
}

#[tokio::test]
async fn both_offices_follow_the_five_points_and_an_outcome_of_one_is_known_to_be_the_others() {
    let app = app();
    let caller = Caller::system();
    let demo = demo::build(&app, &caller, Arc::new(Silent)).await.unwrap();
    for programme in [demo.chicago, demo.birmingham] {
        let points =
            app.list::<ActionPoint>(&caller, programme, Listing::first(50), None).await.unwrap().items;
        let states: Vec<_> = points.iter().map(|point| point.value.state().as_str()).collect();
        assert_eq!(states, ["stalled", "done", "done", "dropped", "in_progress"]);
        assert!(points.iter().all(|point| point.value.host.is_some() && point.value.counterpart.is_some()));

        let question = OutcomeQuestion::by("2015-01-01".parse().unwrap());
        let totals = app.total_outcomes(&caller, programme, &question).await.unwrap();
        let sums: Vec<_> = totals.totals.iter().filter_map(|total| total.sum.clone()).collect();
        assert_eq!(sums, ["25000000.00 USD".parse().unwrap()]);
        assert_eq!(totals.without_value.len(), 2);
    }
    let outcomes = |programme| app.list::<Outcome>(&caller, programme, Listing::first(50), None);
    let chicagos = outcomes(demo.chicago).await.unwrap().items;
    let birminghams = outcomes(demo.birmingham).await.unwrap().items;
    let same: Vec<_> = birminghams.iter().map(|it| it.value.same_as.unwrap().outcome).collect();
    assert_eq!(same, chicagos.iter().map(|it| it.value.id).collect::<Vec<_>>());
}
