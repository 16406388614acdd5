//! Taking an import back.

use sister_cities_app::IdempotentReply;
use sister_cities_domain::import_run::{ImportContent, ImportState, KeptBecause, Mapping};
use sister_cities_domain::place::Place;

use crate::support::{CHICAGO, CHICAGO_LOG, Office, assert_same};

fn kept(state: &ImportState) -> Vec<(String, KeptBecause)> {
    let ImportState::Undone { kept, .. } = state else { panic!("{state:?}") };
    let mut kept: Vec<_> =
        kept.iter().map(|kept| (kept.record.kind.as_str().to_owned(), kept.because)).collect();
    kept.sort_by(|a, b| a.0.cmp(&b.0));
    kept
}

#[tokio::test]
async fn undo_leaves_the_store_as_it_was_before() {
    let office = Office::of_chicago().await;
    let empty = office.dump().await;
    let (list, _) = office.import(ImportContent::Partnerships, CHICAGO, Mapping::default()).await;
    let listed = office.dump().await;
    let (log, _) = office.import(ImportContent::Engagements, CHICAGO_LOG, Mapping::default()).await;
    let (record, _) = office
        .import(
            ImportContent::Coverage,
            "city,country,from,to\nCasablanca,Morocco,1982,1995\n",
            Mapping::default(),
        )
        .await;
    assert!(kept(&office.undo(record).await.state).is_empty());
    assert!(kept(&office.undo(log).await.state).is_empty());
    assert_same(&office.dump().await, &listed);
    assert!(kept(&office.undo(list).await.state).is_empty());
    assert_same(&office.dump().await, &empty);
}

#[tokio::test]
async fn what_somebody_touched_since_is_kept_and_listed() {
    let office = Office::of_chicago().await;
    let list = "City,Country,Kind,Since\nAccra,Ghana,sister city,1989\nOsaka,Japan,sister city,1973\n";
    let (import, _) = office.import(ImportContent::Partnerships, list, Mapping::default()).await;
    let bond = office.bond("Accra").await;
    let read = office
        .store()
        .get::<sister_cities_domain::partnership::Partnership>(bond.id())
        .await
        .unwrap()
        .unwrap();
    let (noted, event) = read.value.note(sister_cities_domain::value::Note {
        text: "the mayor asked about this one".parse().unwrap(),
        source: None,
    });
    let mut changes = sister_cities_storage::ChangeSet::new(
        office.programme,
        &office.caller.actor,
        chrono::TimeZone::with_ymd_and_hms(&chrono::Utc, 2026, 11, 24, 9, 0, 0).unwrap(),
    );
    changes.update(&noted, read.revision);
    changes.event(
        event,
        sister_cities_storage::record_ref::<sister_cities_domain::partnership::Partnership>(bond.id()),
    );
    office.app.database().commit(changes).await.unwrap();
    let run = office.undo(import).await;
    // The bond was touched; its place is still needed by it. Its agreement, which nobody touched, goes.
    assert_eq!(
        kept(&run.state),
        [
            ("partnership".to_owned(), KeptBecause::TouchedSince),
            ("place".to_owned(), KeptBecause::StillNeeded)
        ]
    );
    let names: Vec<String> =
        office.places().await.iter().map(|place: &Place| place.display_name().to_string()).collect();
    assert_eq!(names, ["Chicago", "Accra"]);
}

#[tokio::test]
async fn a_bond_with_exchanges_logged_since_is_kept_with_its_place() {
    let office = Office::of_chicago().await;
    let list = "City,Country,Kind,Since\nOsaka,Japan,sister city,1973\nAccra,Ghana,sister city,1989\n";
    let (import, _) = office.import(ImportContent::Partnerships, list, Mapping::default()).await;
    let log = "City,Country,Date,Title,Focus\nOsaka,Japan,2018,Visit,culture\n";
    office.import(ImportContent::Engagements, log, Mapping::default()).await;
    let kept = kept(&office.undo(import).await.state);
    assert_eq!(
        kept,
        [
            ("partnership".to_owned(), KeptBecause::StillNeeded),
            ("place".to_owned(), KeptBecause::StillNeeded)
        ]
    );
}

#[tokio::test]
async fn what_was_merged_is_put_back_and_undoing_twice_is_refused() {
    let office = Office::of_chicago().await;
    office.import(ImportContent::Partnerships, CHICAGO, Mapping::default()).await;
    let before = office.dump().await;
    let other = "city,country,kind,year,source\nWarsaw,Poland,sister city,1967,a blog\nWarszawa,Poland,sister city,1960,city page\n";
    let (import, report) = office.import(ImportContent::Partnerships, other, Mapping::default()).await;
    assert_eq!(report.tally.merge, 2, "{report}");
    assert_ne!(office.dump().await, before);
    assert!(kept(&office.undo(import).await.state).is_empty());
    assert_same(&office.dump().await, &before);
    let again = office.app.undo_import(&office.caller, office.programme, import, IdempotentReply::NONE).await;
    assert!(again.is_err());
}
