//! What is kept of imports: as much as a programme may, until somebody takes it out or its time is over.

use std::sync::Arc;

use chrono::TimeDelta;
use sister_cities_app::clock::FixedClock;
use sister_cities_app::import::{ImportError, NewImport};
use sister_cities_app::{App, AppError, IdempotentReply};
use sister_cities_domain::id::{ImportId, SeededIds};
use sister_cities_domain::import_run::{ImportContent, ImportRun, Mapping};

use crate::support::{CHICAGO, Office};

async fn tried(office: &Office) -> ImportId {
    let import = office.upload(ImportContent::Partnerships, CHICAGO.as_bytes(), Mapping::default()).await;
    office.dry_run(import).await;
    office.dry_run(import).await;
    import
}

async fn take_out(office: &Office, import: ImportId) {
    let run = office.store().get::<ImportRun>(import).await.unwrap().unwrap();
    office.app.delete_import(&office.caller, office.programme, import, run.revision).await.unwrap();
}

#[tokio::test]
async fn an_import_goes_with_its_file_and_reports_and_leaves_another_of_the_same_file_whole() {
    let office = Office::of_chicago().await;
    let before = office.store().kept_bytes().await.unwrap();
    let (first, second) = (tried(&office).await, tried(&office).await);
    take_out(&office, first).await;
    assert!(office.store().get::<ImportRun>(first).await.unwrap().is_none());
    assert_eq!(office.report(second).await.unwrap().lines.len(), 32);
    assert_eq!(office.dry_run(second).await.lines.len(), 32, "its file is there");
    take_out(&office, second).await;
    assert_eq!(office.store().kept_bytes().await.unwrap(), before, "nothing is left of either");
}

#[tokio::test]
async fn a_programme_keeps_no_more_than_it_may() {
    let office = Office::of_chicago().await;
    let file = NewImport {
        content: ImportContent::Partnerships,
        file: CHICAGO.as_bytes().to_vec(),
        file_name: None,
        mapping: Mapping::default(),
    };
    let full = office.app.clone().keeping_at_most(100);
    let refused = full.upload_import(&office.caller, office.programme, file, IdempotentReply::NONE).await;
    assert!(matches!(refused, Err(ImportError::App(AppError::NoRoom { most: 100, .. }))), "{refused:?}");
}

#[tokio::test]
async fn an_import_that_nobody_applied_goes_after_ninety_days_and_an_applied_one_stays() {
    let office = Office::of_chicago().await;
    let left = tried(&office).await;
    let (applied, _) = office.import(ImportContent::Partnerships, CHICAGO, Mapping::default()).await;
    let after = |days: i64| {
        let clock = FixedClock::at(office.app.clock().now() + TimeDelta::days(days));
        App::new(office.app.database().clone(), Arc::new(clock), Arc::new(SeededIds::new(7)))
    };
    let there = async |import| office.store().get::<ImportRun>(import).await.unwrap().is_some();
    after(89).sweep_retention().await.unwrap();
    assert!(there(left).await);
    after(91).sweep_retention().await.unwrap();
    assert!(!there(left).await && there(applied).await);
}
