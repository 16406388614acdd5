//! What a person is asked, and what their answers do.

use sister_cities_app::AppError;
use sister_cities_app::import::{ImportError, Outcome};
use sister_cities_domain::import_run::{Answer, Choice, ImportContent, Mapping};
use sister_cities_domain::place::PlaceIdentity;

use crate::support::{Office, assert_same, meaning, take};

const LIST: &str =
    "City,Country,Kind,Since\nCasablanka,Morocco,sister city,1982\nSpringfield,United States,sister city,\n";

fn answer(line: u32, about: &str, choice: Choice) -> Answer {
    Answer { line, about: about.to_owned(), choice }
}

#[tokio::test]
async fn nothing_is_applied_while_a_question_is_open() {
    let office = Office::of_chicago().await;
    let before = office.dump().await;
    let import = office.upload(ImportContent::Partnerships, LIST.as_bytes(), Mapping::default()).await;
    assert_eq!(office.dry_run(import).await.tally.needs_person, 2);
    let refused = office.apply(import, vec![]).await.unwrap_err();
    assert!(matches!(refused, ImportError::App(AppError::Refused(_))), "{refused}");
    assert_same(&office.dump().await, &before);
}

#[tokio::test]
async fn a_misspelt_name_is_asked_about_and_the_answer_is_remembered_by_the_place() {
    let office = Office::of_chicago().await;
    let import = office.upload(ImportContent::Partnerships, LIST.as_bytes(), Mapping::default()).await;
    let report = office.dry_run(import).await;
    let Outcome::NeedsPerson { questions } = &report.lines[0].outcome else { panic!("{report}") };
    assert_eq!(questions[0].proposals[0].key, "geonames:2553604", "{report}");
    let answers = vec![take(2, "place", "geonames:2553604"), answer(3, "place", Choice::KeepByName)];
    office.apply(import, answers).await.unwrap();
    let places = office.places().await;
    let springfield = places.iter().find(|place| place.display_name().as_str() == "Springfield").unwrap();
    assert_eq!(springfield.identity, PlaceIdentity::Unresolved);
    assert_eq!(office.bond("Casablanka").await.since().unwrap().year(), 1982);
    // Both are known now, so the same list needs nobody any more and changes nothing.
    let before = office.dump().await;
    let (_, again) = office.import(ImportContent::Partnerships, LIST, Mapping::default()).await;
    assert_eq!(again.tally.same, 2, "{again}");
    assert_same(&office.dump().await, &before);
}

#[tokio::test]
async fn a_line_can_be_left_out() {
    let office = Office::of_chicago().await;
    let import = office.upload(ImportContent::Partnerships, LIST.as_bytes(), Mapping::default()).await;
    office.dry_run(import).await;
    let answers = vec![take(2, "place", "geonames:2553604"), answer(3, "place", Choice::Skip)];
    let run = office.apply(import, answers).await.unwrap();
    let state = serde_json::to_value(&run.state).unwrap();
    assert_eq!((&state["tally"]["create"], &state["tally"]["skipped"]), (&1.into(), &1.into()));
}

#[tokio::test]
async fn an_answer_that_is_no_proposal_is_refused() {
    let office = Office::of_chicago().await;
    let import = office.upload(ImportContent::Partnerships, LIST.as_bytes(), Mapping::default()).await;
    office.dry_run(import).await;
    let answers = vec![take(2, "place", "geonames:1"), answer(3, "place", Choice::Skip)];
    assert!(office.apply(import, answers).await.is_err());
}

#[tokio::test]
async fn an_unknown_kind_is_asked_about_once_for_all_lines_by_the_mapping() {
    let list = "City,Country,Kind,Since\nAccra,Ghana,brother town,1989\nOsaka,Japan,brother town,1973\n";
    let office = Office::of_chicago().await;
    let import = office.upload(ImportContent::Partnerships, list.as_bytes(), Mapping::default()).await;
    let report = office.dry_run(import).await;
    assert_eq!(report.tally.needs_person, 2);
    let Outcome::NeedsPerson { questions } = &report.lines[0].outcome else { panic!("{report}") };
    assert_eq!((questions[0].about.as_str(), questions[0].proposals.len()), ("kind", 8));
    let (_, report) = office
        .import(ImportContent::Partnerships, list, meaning("kind", "Brother Town", "sister-city"))
        .await;
    assert_eq!(report.tally.create, 2);
}

#[tokio::test]
async fn a_list_without_a_column_of_kinds_is_decided_by_one_word_of_the_mapping() {
    let list = "Partnerstadt;Land;Seit\nLeipzig;Deutschland;1992\nLyon;Frankreich;1951\n";
    let office = Office::of_birmingham().await;
    let (_, report) =
        office.import(ImportContent::Partnerships, list, meaning("kind", "", "partner-city")).await;
    assert_eq!(report.tally.create, 2, "{report}");
}

#[tokio::test]
async fn another_kind_for_a_known_bond_is_asked_about() {
    let office = Office::of_birmingham().await;
    let list = "City,Country,Kind,Since\nMilan,Italy,partner city,1974\n";
    office.import(ImportContent::Partnerships, list, Mapping::default()).await;
    let other = "City,Country,Kind,Since\nMilan,Italy,sister city,1974\n";
    let import = office.upload(ImportContent::Partnerships, other.as_bytes(), Mapping::default()).await;
    let report = office.dry_run(import).await;
    let Outcome::NeedsPerson { questions } = &report.lines[0].outcome else { panic!("{report}") };
    let keys: Vec<&str> = questions[0].proposals.iter().map(|proposal| proposal.key.as_str()).collect();
    assert_eq!(keys, ["partner-city", "further:sister-city"]);
    let run = office.apply(import, vec![take(2, "kind", "further:sister-city")]).await.unwrap();
    assert_eq!(serde_json::to_value(&run.state).unwrap()["tally"]["merge"], 1);
    assert_eq!(office.bond("Milan").await.episodes().len(), 2);
}

#[tokio::test]
async fn an_ambiguous_day_is_asked_about_unless_the_column_or_the_mapping_decides() {
    let office = Office::of_chicago().await;
    let one = "City,Country,Kind,Signed\nDurban,South Africa,sister city,03/04/1997\n";
    let import = office.upload(ImportContent::Partnerships, one.as_bytes(), Mapping::default()).await;
    assert_eq!(office.dry_run(import).await.tally.needs_person, 1);
    office.apply(import, vec![take(2, "signed", "1997-04-03")]).await.unwrap();
    assert_eq!(office.bond("Durban").await.since().unwrap().to_string(), "1997-04-03");
    let two = "City,Country,Kind,Signed\nGalway,Ireland,sister city,03/04/1997\nAthens,Greece,sister city,25/12/1997\n";
    let (_, report) = office.import(ImportContent::Partnerships, two, Mapping::default()).await;
    assert_eq!(report.tally.create, 2);
    assert_eq!(office.bond("Galway").await.since().unwrap().to_string(), "1997-04-03");
}

#[tokio::test]
async fn a_line_is_corrected_or_left_for_later_and_never_stops_the_others() {
    let office = Office::of_chicago().await;
    let list = "City,Country,Kind,Since\nAccra,Ghana,sister city,soon\nOsaka,Japan,sister city,1973\n\
        Milan,Italy,sister city,never\nEliat,Israel,sister city,1999\nParis,France,sister city,1996,x\n";
    let import = office.upload(ImportContent::Partnerships, list.as_bytes(), Mapping::default()).await;
    assert_eq!(office.dry_run(import).await.tally.invalid, 3);
    let answers = vec![
        take(2, "signed", "28 June 1989"),
        answer(4, "signed", Choice::Later),
        take(5, "place", "Eilat"),
        take(6, "row", "as-note"),
    ];
    let run = office.apply(import, answers).await.unwrap();
    let tally = &serde_json::to_value(&run.state).unwrap()["tally"];
    assert_eq!((&tally["create"], &tally["later"]), (&4.into(), &1.into()));
    assert_eq!(office.bond("Accra").await.since().unwrap().to_string(), "1989-06-28");
    let left = office.report(import).await.unwrap().lines.into_iter().find(|line| line.line == 4).unwrap();
    assert_eq!(left.outcome, Outcome::Later);
}

#[tokio::test]
async fn any_place_of_the_world_and_any_date_may_be_the_answer() {
    let office = Office::of_chicago().await;
    let list = "City,Country,Kind,Since\nSpringfield,USA,sister city,1991?\n";
    let import = office.upload(ImportContent::Partnerships, list.as_bytes(), Mapping::default()).await;
    office.dry_run(import).await;
    // Paris in Texas was not proposed, nor that day.
    office
        .apply(import, vec![take(2, "place", "geonames:4717560"), take(2, "signed", "5 mai 1992")])
        .await
        .unwrap();
    assert_eq!(office.bond("Springfield").await.since().unwrap().to_string(), "1992-05-05");
}

#[tokio::test]
async fn a_remark_that_it_is_over_is_asked_about_and_not_counted_as_in_force() {
    let office = Office::of_chicago().await;
    let list = "City,Country,Kind,Since,Notes\nAccra,Ghana,sister city,1989,REVOKED 2018\n";
    let import = office.upload(ImportContent::Partnerships, list.as_bytes(), Mapping::default()).await;
    let report = office.dry_run(import).await;
    let Outcome::NeedsPerson { questions } = &report.lines[0].outcome else { panic!("{report}") };
    assert_eq!((questions[0].about.as_str(), questions[0].proposals[0].key.as_str()), ("status", "ended"));
    office.apply(import, vec![take(2, "status", "ended")]).await.unwrap();
    assert_eq!(office.bond("Accra").await.status().kind().as_str(), "concluded");
}

#[tokio::test]
async fn what_was_signed_today_where_the_programme_is_does_not_lie_in_the_future() {
    let office = Office::of_osaka().await;
    // In Osaka it is the 24th when it is 16:00 on the 23rd in UTC.
    let list = "City,Country,Kind,Since\nMilan,Italy,sister city,2026-11-24\n";
    let (_, report) = office.import(ImportContent::Partnerships, list, Mapping::default()).await;
    assert_eq!(report.tally.create, 1, "{report}");
}

#[tokio::test]
async fn what_was_answered_once_is_remembered_for_files_of_the_same_layout() {
    let office = Office::of_birmingham().await;
    let list = "Partnerstadt;Land;Seit\nLeipzig;Deutschland;1992\n";
    office.import(ImportContent::Partnerships, list, meaning("kind", "", "partner-city")).await;
    let next = "Partnerstadt;Land;Seit\nLyon;Frankreich;1951\n";
    let (_, report) = office.import(ImportContent::Partnerships, next, Mapping::default()).await;
    assert_eq!(report.tally.create, 1, "{report}");
    // Of another layout it is asked again.
    let other = "Stadt;Land;Seit\nFrankfurt am Main;Deutschland;1966\n";
    let import = office.upload(ImportContent::Partnerships, other.as_bytes(), Mapping::default()).await;
    assert_eq!(office.dry_run(import).await.tally.needs_person, 1);
}
