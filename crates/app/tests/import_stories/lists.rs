//! Chicago's and Birmingham's own lists, whole.

use std::collections::BTreeSet;

use sister_cities_app::import::Outcome;
use sister_cities_domain::import_run::{ImportContent, Mapping};
use sister_cities_domain::partnership::StatusKind;

use crate::support::{BIRMINGHAM, CHICAGO, Office, assert_same, column, contact, without};

async fn every_geonames_id_is_found(office: Office, list: &str) {
    for dropped in [&[][..], &["geonameid"], &["geonameid", "country_code"], &["geonameid", "country"]] {
        let text = without(list, dropped);
        let import = office.upload(ImportContent::Partnerships, text.as_bytes(), contact()).await;
        let report = office.dry_run(import).await;
        assert_eq!(report.tally.open(), 0, "without {dropped:?}:\n{report}");
        assert_eq!(report.tally.kept_unresolved, 0, "without {dropped:?}:\n{report}");
        office.apply(import, Vec::new()).await.unwrap();
        let found: BTreeSet<String> = office
            .places()
            .await
            .iter()
            .filter_map(|place| place.external.geonames)
            .map(|id| id.to_string())
            .filter(|id| {
                !["4887398", "2655603"].contains(&id.as_str()) || column(list, "geonameid").contains(id)
            })
            .collect();
        assert_eq!(found, column(list, "geonameid").into_iter().collect(), "without {dropped:?}");
        assert_eq!(office.partnerships().await.len(), column(list, "geonameid").len());
        office.undo(import).await;
        assert_eq!(office.partnerships().await.len(), 0);
    }
}

#[tokio::test]
async fn chicagos_list_comes_in_with_every_geonames_id_also_where_the_file_does_not_give_it() {
    every_geonames_id_is_found(Office::of_chicago().await, CHICAGO).await;
}

#[tokio::test]
async fn birminghams_list_comes_in_with_every_geonames_id_also_where_the_file_does_not_give_it() {
    every_geonames_id_is_found(Office::of_birmingham().await, BIRMINGHAM).await;
}

#[tokio::test]
async fn the_same_list_twice_is_the_list_once() {
    let office = Office::of_chicago().await;
    office.import(ImportContent::Partnerships, CHICAGO, Mapping::default()).await;
    let (dump, journal) = (office.dump().await, office.store().counts().await.unwrap());
    let (_, report) = office.import(ImportContent::Partnerships, CHICAGO, Mapping::default()).await;
    assert_eq!((report.tally.same, report.tally.total()), (32, 32), "{report}");
    assert_same(&office.dump().await, &dump);
    let mut expected = journal;
    *expected.entry(sister_cities_domain::id::RecordKind::Import).or_default() += 1;
    assert_eq!(office.store().counts().await.unwrap(), expected);
}

#[tokio::test]
async fn moscow_is_suspended_with_its_authority_and_condition() {
    let office = Office::of_chicago().await;
    office.import(ImportContent::Partnerships, CHICAGO, Mapping::default()).await;
    let moscow = office.bond("Moscow").await;
    assert_eq!(moscow.status().kind(), StatusKind::Suspended);
    let decision = moscow.decisions().last().unwrap();
    assert_eq!(decision.on.unwrap().to_string(), "2022-03-01");
    assert_eq!(decision.authority.as_ref().unwrap().as_str(), "Mayor of Chicago");
    assert!(decision.source.as_ref().unwrap().as_str().starts_with("Chicago Sun-Times 2022-03-01"));
    let act = serde_json::to_string(&decision.act).unwrap();
    assert!(act.contains("Until hostilities against Ukraine end"), "{act}");
}

#[tokio::test]
async fn a_blank_year_stays_blank_and_a_month_stays_a_month() {
    let office = Office::of_birmingham().await;
    office.import(ImportContent::Partnerships, BIRMINGHAM, contact()).await;
    assert_eq!(office.bond("Milan").await.since(), None);
    assert_eq!(office.bond("Zaporizhzhia").await.since(), None);
    assert_eq!(office.bond("Mirpur").await.since().unwrap().to_string(), "1993-10");
    assert_eq!(office.bond("Lyon").await.since().unwrap().to_string(), "1951");
    assert_eq!(office.bond("Zaporizhzhia").await.episodes()[0].kind.as_str(), "contact");
    // A kind that asks for a signed agreement has one where the date is known, and only there.
    let agreements = office.store().all::<sister_cities_domain::agreement::Agreement>(vec![]).await.unwrap();
    assert_eq!(agreements.len(), 9);
    assert!(agreements.iter().all(|found| found.value.signed_on().is_some()));
}

#[tokio::test]
async fn a_source_that_contradicts_is_kept_beside_the_chosen_one() {
    let office = Office::of_chicago().await;
    office.import(ImportContent::Partnerships, CHICAGO, Mapping::default()).await;
    let other = "city,country,kind,year,source\nWarsaw,Poland,sister city,1967,Chicagoist\n";
    let (_, report) = office.import(ImportContent::Partnerships, other, Mapping::default()).await;
    let Outcome::Merge { adds, .. } = &report.lines[0].outcome else { panic!("{report}") };
    assert_eq!(adds.len(), 1);
    assert_eq!(adds[0].text, "1967 by Chicagoist, kept beside 1960, which stays chosen");
    let began = office.bond("Warsaw").await.episodes()[0].began.clone().unwrap();
    assert_eq!((began.value().to_string().as_str(), began.conflicts().count()), ("1960", 1));
}

#[tokio::test]
async fn a_dry_run_writes_nothing_into_the_programme() {
    let office = Office::of_chicago().await;
    let before = office.dump().await;
    let import = office.upload(ImportContent::Partnerships, CHICAGO.as_bytes(), Mapping::default()).await;
    let report = office.dry_run(import).await;
    assert_eq!(report.tally.create, 32);
    assert_same(&office.dump().await, &before);
}

#[tokio::test]
async fn the_report_of_a_dry_run_says_what_comes_of_each_line() {
    let office = Office::of_chicago().await;
    office
        .import(
            ImportContent::Partnerships,
            "City;Country;Kind;Since;Source\nAccra;Ghana;sister city;1989;Crain's\n",
            Mapping::default(),
        )
        .await;
    let list = "Our partners\nas of 2026\n\n\
        City;Country;Kind;Since;Source;Mayor\n\
        Accra;Ghana;sister city;1989;Crain's;x\n\
        Accra;Ghana;sister city;28 June 1989;council resolution;\n\
        Accra, Ghana;;sister city;1989;Crain's;\n\
        Osaka;Japan;sister city;est. 1973;city list;\n\
        Osaka;Japan;sister city;1973;city list;\n\
        Casablanka;Morocco;sister city;1982;city list;y\n\
        Springfield;United States;sister city;n/a;city list;\n\
        Perth;;sister city;;city list;\n\
        Milan;Italy;sistr city;1973;city list;\n\
        Paris;France;friends;1996;city list;\n\
        Athens;Greece;sister city;soon;city list;\n\
        Little Nowhere;Poland;sister city;1999;city list;\n\
        Durban;South Africa;sister city;03/04/1997;city list;\n\
        Chicago;USA;sister city;1997;city list;\n\
        Toronto;Canada\n\n\
        Total;12\n";
    let import = office.upload(ImportContent::Partnerships, list.as_bytes(), Mapping::default()).await;
    insta::assert_snapshot!(office.dry_run(import).await.to_string());
}
