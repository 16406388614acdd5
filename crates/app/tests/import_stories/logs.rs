//! Logs of exchanges, and statements of how complete they are.

use sister_cities_app::import::Outcome;
use sister_cities_domain::engagement::{Direction, Happening};
use sister_cities_domain::import_run::{ImportContent, Mapping};

use crate::support::{CHICAGO, CHICAGO_LOG, Office, assert_same, take};

async fn chicago() -> Office {
    let office = Office::of_chicago().await;
    office.import(ImportContent::Partnerships, CHICAGO, Mapping::default()).await;
    office
}

#[tokio::test]
async fn the_whole_log_comes_in_and_twice_is_once() {
    let office = chicago().await;
    let (_, report) = office.import(ImportContent::Engagements, CHICAGO_LOG, Mapping::default()).await;
    assert_eq!((report.tally.create, report.tally.total()), (260, 260), "{report}");
    let entries = office.engagements().await;
    let way = |direction| entries.iter().filter(|entry| entry.direction == direction).count();
    assert_eq!(
        [Direction::Inbound, Direction::Outbound, Direction::Joint, Direction::Virtual, Direction::Unknown]
            .map(way),
        [120, 57, 36, 1, 46]
    );
    assert_eq!(entries.iter().filter(|entry| entry.dates.is_undated()).count(), 12);
    assert_eq!(entries.iter().filter(|entry| !entry.participants.is_empty()).count(), 38);
    assert_eq!(entries.iter().filter(|entry| !entry.outcomes.is_empty()).count(), 48);
    assert_eq!(entries.iter().filter(|entry| entry.happening == Happening::CalledOff).count(), 1);
    let delegates =
        entries.iter().flat_map(|entry| &entry.organisations).flat_map(|found| &found.representatives);
    let delegates: Vec<&str> = delegates.map(sister_cities_domain::value::Name::as_str).collect();
    assert!(delegates.contains(&"Clive Dutton, Director of Planning and Regeneration"), "{delegates:?}");
    let dump = office.dump().await;
    let (_, again) = office.import(ImportContent::Engagements, CHICAGO_LOG, Mapping::default()).await;
    assert_eq!(again.tally.same, 260, "{again}");
    assert_same(&office.dump().await, &dump);
}

#[tokio::test]
async fn a_log_without_countries_finds_the_partners_by_name() {
    let office = chicago().await;
    let log = "City,Date,Activity,Focus,Direction\nBirmingham,Nov 2013,Talks,Government,in\nMilano,2015,Biennial,Arts,inbound\n";
    let (_, report) = office.import(ImportContent::Engagements, log, Mapping::default()).await;
    assert_eq!(report.tally.create, 2, "{report}");
}

#[tokio::test]
async fn what_a_log_knows_beyond_an_entry_is_added_and_what_contradicts_is_asked() {
    let office = chicago().await;
    let head = "City,Country,Date,Title,Focus,Direction,Participants,Organisations,Outcome,Source\n";
    let first = format!("{head}Osaka,Japan,2013-10,Marathon tour,sports,unknown,,City of Osaka,,city page\n");
    office.import(ImportContent::Engagements, &first, Mapping::default()).await;
    let more = format!(
        "{head}Osaka,Japan,2013-10,Marathon tour,sports;youth,inbound,15,City of Osaka; Osaka Committee,all finished,city page\n"
    );
    let (_, report) = office.import(ImportContent::Engagements, &more, Mapping::default()).await;
    let Outcome::Merge { adds, .. } = &report.lines[0].outcome else { panic!("{report}") };
    let fields: Vec<&str> = adds.iter().map(|add| add.field.as_str()).collect();
    assert_eq!(fields, ["focus", "direction", "participants", "organisations", "outcome"]);
    let other = format!("{head}Osaka,Japan,2013-10,Marathon tour,sports,outbound,18,,,city page\n");
    let import = office.upload(ImportContent::Engagements, other.as_bytes(), Mapping::default()).await;
    let report = office.dry_run(import).await;
    let Outcome::NeedsPerson { questions } = &report.lines[0].outcome else { panic!("{report}") };
    let about: Vec<&str> = questions.iter().map(|question| question.about.as_str()).collect();
    assert_eq!(about, ["direction", "participants"]);
    let answers = vec![take(2, "direction", "inbound"), take(2, "participants", "18")];
    office.apply(import, answers).await.unwrap();
    let entry = &office.engagements().await[0];
    assert_eq!((entry.direction, entry.participants[0].people), (Direction::Inbound, 18));
}

#[tokio::test]
async fn the_same_title_on_a_vaguer_date_is_asked_about() {
    let office = chicago().await;
    let log = "City,Country,Date,Title,Focus\nOsaka,Japan,2018-06-05,Mayor's visit,government\n";
    office.import(ImportContent::Engagements, log, Mapping::default()).await;
    let vague = "City,Country,Date,Title,Focus\nOsaka,Japan,2018,Mayor's visit,government\n";
    let import = office.upload(ImportContent::Engagements, vague.as_bytes(), Mapping::default()).await;
    assert_eq!(office.dry_run(import).await.tally.needs_person, 1);
    office.apply(import, vec![take(2, "title", "another")]).await.unwrap();
    assert_eq!(office.engagements().await.len(), 2);
}

#[tokio::test]
async fn an_entry_about_a_stranger_or_a_misspelt_partner_needs_a_person() {
    let office = chicago().await;
    let log =
        "City,Country,Date,Title,Focus\nLyon,France,2018,Visit,culture\nOsakka,Japan,2018,Visit,culture\n";
    let import = office.upload(ImportContent::Engagements, log.as_bytes(), Mapping::default()).await;
    let report = office.dry_run(import).await;
    assert_eq!(report.tally.needs_person, 2, "{report}");
    let Outcome::NeedsPerson { questions } = &report.lines[1].outcome else { panic!("{report}") };
    assert_eq!(questions[0].proposals[0].key, "geonames:1853909", "{report}");
}

#[tokio::test]
async fn an_import_states_for_which_period_the_log_is_complete() {
    let office = chicago().await;
    let rows = "city,country_code,from,to,source\nCasablanca,MA,1982,1995,History of Exchange\n";
    office.import(ImportContent::Coverage, rows, Mapping::default()).await;
    let statements = office.bond("Casablanca").await.record().statements().to_vec();
    assert_eq!(statements[0].period.to_string(), "1982 to 1995");
    let (_, again) = office.import(ImportContent::Coverage, rows, Mapping::default()).await;
    assert_eq!(again.tally.same, 1);
    let log =
        "City,Country,Date,Title,Focus\nOsaka,Japan,2018,Visit,culture\nOsaka,Japan,2019,Visit,culture\n";
    let mapping = Mapping {
        complete_for: Some("2017".parse().map(sister_cities_domain::value::Period::since).unwrap()),
        ..Mapping::default()
    };
    office.import(ImportContent::Engagements, log, mapping).await;
    assert_eq!(office.bond("Osaka").await.record().statements().len(), 1);
}
