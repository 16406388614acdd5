//! What holds for any list: no line is lost, a second import adds nothing, a plan depends on nothing but its inputs.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use sister_cities_domain::id::{PlaceId, ProgrammeId, SeededIds};
use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::value::Name;

use super::*;
use crate::import::draft::Known;
use crate::import::report::stored::{self, PageOfLines, ReportSummary, Then};

fn empty() -> Snapshot {
    let ids = SeededIds::new(1);
    let (programme, host) = (ProgrammeId::next(&ids), PlaceId::next(&ids));
    let name = PlaceName::new(Name::new("Chicago").unwrap(), NameRole::Official);
    let place = Place::new(host, programme, PlaceLevel::City, name);
    Snapshot {
        programme: Programme {
            id: programme,
            name: Name::new("Chicago").unwrap(),
            host,
            kinds: KindCatalogue::standard(),
            policies: Policies::default(),
            language: "en".parse().unwrap(),
            currency: "USD".parse().unwrap(),
        },
        places: vec![Known { value: Box::new(place), revision: 1 }],
        partnerships: Vec::new(),
        with_agreement: HashSet::new(),
        engagements: Vec::new(),
        persons: Vec::new(),
    }
}

/// The programme as it would be stored after a plan.
fn after(plan: &Plan<'_>, before: &Snapshot) -> Snapshot {
    let draft = &plan.draft;
    let kept = |line: Option<u32>| if line.is_some() { 2 } else { 1 };
    Snapshot {
        programme: before.programme.clone(),
        places: draft
            .places
            .values()
            .map(|s| Known { value: s.value.clone(), revision: kept(s.line) })
            .collect(),
        partnerships: draft
            .partnerships
            .values()
            .map(|s| Known { value: s.value.clone(), revision: kept(s.line) })
            .collect(),
        with_agreement: before
            .with_agreement
            .iter()
            .copied()
            .chain(draft.agreements.values().map(|s| s.value.partnership()))
            .collect(),
        engagements: draft
            .engagements
            .values()
            .map(|s| Known { value: s.value.clone(), revision: kept(s.line) })
            .collect(),
        persons: before.persons.clone(),
    }
}

fn planned<'a>(
    content: ImportContent,
    text: &str,
    snapshot: &Snapshot,
    ids: &'a SeededIds,
) -> Result<Plan<'a>, Refused> {
    let request = Request {
        content,
        bytes: text.as_bytes(),
        file_name: Some("list.csv"),
        mapping: &Mapping::default(),
        answers: &[],
        today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
    };
    plan(&request, snapshot.clone(), Gazetteer::embedded(), ids, &Silent)
}

fn quoted(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    cells.join(",")
}

fn partner() -> impl Strategy<Value = Vec<String>> {
    let place = prop::sample::select(vec![
        ("Accra", "Ghana"),
        ("Osaka", "Japan"),
        ("Ōsaka", "Japan"),
        ("Milan", "Italy"),
        ("Milano", "Italy"),
        ("Birmingham", "England"),
        ("Birmingham", "United States"),
        ("Little Nowhere", "Poland"),
        ("Casablanka", "Morocco"),
        ("Petach Tikva", "Israel"),
        ("Chicago", "USA"),
        ("", "Ghana"),
    ]);
    let kind = prop::sample::select(vec![
        "sister city",
        "Partnerstadt",
        "contact",
        "treaty of friendship",
        "",
        "pals",
    ]);
    let signed = prop::sample::select(vec![
        "1989",
        "28 June 1989",
        "June 1989",
        "1990",
        "n/a",
        "ca. 1989",
        "03/04/1989",
        "2040",
    ]);
    let status = prop::sample::select(vec!["", "active", "suspended", "ended", "unknown", "dormant"]);
    let since = prop::sample::select(vec!["", "2022-03-01", "1970"]);
    let source = prop::sample::select(vec!["", "city page", "a blog"]);
    (place, kind, signed, status, since, source).prop_map(
        |((place, country), kind, signed, status, since, source)| {
            [place, country, kind, signed, status, since, source].map(str::to_owned).to_vec()
        },
    )
}

fn entry() -> impl Strategy<Value = Vec<String>> {
    let place = prop::sample::select(vec!["Accra", "Osaka", "Lyon", ""]);
    let date = prop::sample::select(vec!["2018", "2018-06", "2018-06-05", "", "June 2018", "2018-2019"]);
    let title = prop::sample::select(vec!["Visit", "visit", "Concert"]);
    let focus = prop::sample::select(vec!["culture", "culture;youth", "business", "magic"]);
    let direction = prop::sample::select(vec!["inbound", "outbound", "", "unknown"]);
    let people = prop::sample::select(vec!["", "22", "about 22", "30"]);
    let organisations = prop::sample::select(vec!["", "City", "City; Chamber (Ann Lee, and Bob Ray)"]);
    let source = prop::sample::select(vec!["", "city page", "a blog"]);
    (place, date, title, focus, direction, people, organisations, source).prop_map(
        |(place, date, title, focus, direction, people, organisations, source)| {
            [place, date, title, focus, direction, people, organisations, source].map(str::to_owned).to_vec()
        },
    )
}

fn text(header: &str, rows: &[Vec<String>]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| quoted(row)).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

/// A report as it is read from the store.
fn stored_and_read(report: &Report) -> Report {
    let mut documents = HashMap::new();
    let head = stored::store(report, "imp_01h455vb4pex5vsknk084sn02q".parse().expect("an id"), |bytes| {
        let hash = sister_cities_storage::content_hash(&bytes);
        documents.insert(hash, bytes);
        hash
    });
    let ReportSummary { file, tally } = stored::summary(&documents[&head]).unwrap();
    let mut page = PageOfLines { outcomes: &[], after: 0, limit: usize::MAX, items: Vec::new() };
    let mut part = head;
    while let Then::Read(next) = page.take(part, &documents[&part]).unwrap() {
        part = next;
    }
    Report { file, lines: page.items, tally }
}

const LIST: &str = "City,Country,Kind,Signed,Status,Status since,Source";
const LOG: &str = "City,Date,Title,Focus,Direction,Participants,Organisations,Source";

/// A line that came in once is the same the second time; one that waited or was wrong still does or is.
fn nothing_new(content: ImportContent, text: &str, before: &Snapshot) -> Result<(), TestCaseError> {
    let (ids, more_ids) = (SeededIds::new(2), SeededIds::new(3));
    let Ok(first) = planned(content, text, before, &ids) else { return Ok(()) };
    let rows = text.lines().count() - 1;
    prop_assert_eq!(first.report().lines.len(), rows, "every row has an outcome");
    prop_assert_eq!(usize::try_from(first.tally().total()).unwrap(), rows);
    let stored = after(&first, before);
    let second = planned(content, text, &stored, &more_ids).unwrap();
    for (one, two) in first.report().lines.iter().zip(&second.report().lines) {
        let came_in = |outcome: &Outcome| {
            matches!(
                outcome,
                Outcome::Create { .. }
                    | Outcome::Same { .. }
                    | Outcome::Merge { .. }
                    | Outcome::KeptUnresolved { .. }
            )
        };
        if came_in(&one.outcome) {
            // A list that calls a bond active in one line and ended in another is asked about the second time.
            let settled = matches!(two.outcome, Outcome::Same { .. } | Outcome::NeedsPerson { .. });
            prop_assert!(settled, "{}\nthen\n{}", first.report(), second.report());
        }
    }
    let waited = second.tally().create + second.tally().merge + second.tally().kept_unresolved;
    // What waits for a person may see more by then; what came in adds nothing.
    prop_assert!(waited == 0 || first.tally().open() > 0, "{}\nthen\n{}", first.report(), second.report());
    Ok(())
}

#[test]
fn a_suspension_that_came_to_an_end_is_the_same_when_its_list_comes_again() {
    let rows = ["Osaka,Japan,sister city,1989,suspended,2022-03-01,", "Osaka,Japan,sister city,1989,ended,,"];
    let list = format!("{LIST}\n{}\n", rows.join("\n"));
    nothing_new(ImportContent::Partnerships, &list, &empty()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_list_imported_twice_is_the_list_imported_once(rows in prop::collection::vec(partner(), 1..8)) {
        nothing_new(ImportContent::Partnerships, &text(LIST, &rows), &empty())?;
    }

    #[test]
    fn a_log_imported_twice_is_the_log_imported_once(rows in prop::collection::vec(entry(), 1..8)) {
        let ids = SeededIds::new(9);
        let empty = empty();
        let partners = "City,Country,Kind,Signed\nAccra,Ghana,sister city,1989\nOsaka,Japan,sister city,1973\n";
        let stored = after(&planned(ImportContent::Partnerships, partners, &empty, &ids).unwrap(), &empty);
        nothing_new(ImportContent::Engagements, &text(LOG, &rows), &stored)?;
    }

    #[test]
    fn the_same_inputs_give_the_same_plan(rows in prop::collection::vec(partner(), 1..6)) {
        let (text, empty) = (text(LIST, &rows), empty());
        let (ids, same_ids) = (SeededIds::new(4), SeededIds::new(4));
        let one = planned(ImportContent::Partnerships, &text, &empty, &ids).unwrap();
        let two = planned(ImportContent::Partnerships, &text, &empty, &same_ids).unwrap();
        prop_assert_eq!(one.report(), two.report());
    }

    #[test]
    fn any_cells_come_to_something(rows in prop::collection::vec(prop::collection::vec("\\PC{0,12}", 7), 1..5)) {
        if let Ok(plan) = planned(ImportContent::Partnerships, &text(LIST, &rows), &empty(), &SeededIds::new(5)) {
            prop_assert_eq!(usize::try_from(plan.tally().total()).unwrap(), plan.report().lines.len());
            prop_assert_eq!(&stored_and_read(plan.report()), plan.report());
        }
    }
}
