//! What is ten times as long is ten times the work, and not more: counted in allocations, which no busy machine changes.

use std::collections::{BTreeMap, HashSet};
use std::num::NonZeroU32;

use chrono::Days;
use sister_cities_app::import::{Known, Request, Silent, Snapshot, plan};
use sister_cities_app::vitality::TimelineQuery;
use sister_cities_app::{App, Times};
use sister_cities_domain::count::CountQuery;
use sister_cities_domain::id::{PartnershipId, ProgrammeId, SeededIds};
use sister_cities_domain::import_run::{ImportContent, Mapping};
use sister_cities_domain::vitality::TimelineStep;
use sister_cities_gazetteer::Gazetteer;
use sister_cities_measure::allocations::{counted, counted_while, grows_gently};
use sister_cities_storage::ChangeSet;

use crate::harness::{Office, chicago, day, system};

fn nobody() -> Snapshot {
    let (programme, host) = chicago(&SeededIds::new(1));
    Snapshot {
        programme,
        places: vec![Known { value: Box::new(host), revision: 1 }],
        partnerships: Vec::new(),
        with_agreement: HashSet::new(),
        engagements: Vec::new(),
        persons: Vec::new(),
    }
}

/// The work of planning a file.
fn planned(content: ImportContent, bytes: &[u8]) -> u64 {
    let ids = SeededIds::new(2);
    let request = Request {
        content,
        bytes,
        file_name: None,
        mapping: &Mapping::default(),
        answers: &[],
        today: day("2008-06-04"),
    };
    let snapshot = nobody();
    let (planned, taken) =
        counted(|| plan(&request, snapshot, Gazetteer::embedded(), &ids, &Silent).map(|plan| plan.tally()));
    assert!(planned.is_ok(), "{planned:?}");
    taken
}

fn lines(number: usize, line: impl Fn(usize) -> String) -> Vec<u8> {
    (0..number).map(line).collect::<String>().into_bytes()
}

fn below(header: &str, rows: &[u8]) -> Vec<u8> {
    [header.as_bytes(), rows].concat()
}

/// Sheets that are all the same part: each name once stood for another reading of it.
fn workbook(sheets: usize, rows: u32) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for _ in 0..sheets {
        let sheet = book.add_worksheet();
        for (column, title) in (0..).zip(["City", "Country"]) {
            sheet.write(0, column, title).expect("a cell");
        }
        for row in 1..=rows {
            sheet.write(row, 0, format!("Nowhere {row}")).expect("a cell");
            sheet.write(row, 1, "Poland").expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// A name, what is imported, and the file at some length.
type File<'f> = (&'f str, ImportContent, &'f dyn Fn(usize) -> Vec<u8>);

#[test]
fn a_file_that_is_ten_times_as_long_is_no_more_than_ten_times_the_work() {
    // What is made once, and kept.
    planned(ImportContent::Partnerships, b"City,Country\nNowhere,Poland\n");
    let files: [File<'_>; 8] = [
        ("lines, each another place", ImportContent::Partnerships, &|number| {
            below("City,Country\n", &lines(number, |line| format!("Nowhere {line},Poland\n")))
        }),
        ("lines, all the same place", ImportContent::Partnerships, &|number| {
            below("City,Country\n", &lines(number, |_| "Gdańsk,Poland\n".to_owned()))
        }),
        ("lines of a place that could be many", ImportContent::Partnerships, &|number| {
            below("City\n", &lines(number, |line| format!("San José {line}\n")))
        }),
        ("columns", ImportContent::Partnerships, &|number| {
            let commas = ",".repeat(number / 11);
            format!("City,Country{commas}\nNowhere,Poland{commas}\n").into_bytes()
        }),
        ("notes in one cell", ImportContent::Partnerships, &|number| {
            format!("City,Country,Notes\nNowhere,Poland,\"{}\"\n", "signed in 1970; ".repeat(number / 4))
                .into_bytes()
        }),
        ("engagements of a place that is nobody's", ImportContent::Engagements, &|number| {
            let visit =
                |line| format!("Gdańsk,Poland,19{:02}-05-03,Visit {line},culture,inbound\n", line % 100);
            below("city,country,date,title,focus,direction\n", &lines(number, visit))
        }),
        ("people of similar names", ImportContent::Persons, &|number| {
            below(
                "name,email\n",
                &lines(number, |line| format!("Anna Nowak {line},anna{line}@example.org\n")),
            )
        }),
        ("cards", ImportContent::Persons, &|number| {
            let card =
                |line| format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jan Kowalski {line}\r\nEND:VCARD\r\n");
            lines(number, card)
        }),
    ];
    for (name, content, file) in files {
        let [one, few, many] = [4, 100, 1_000].map(|number| planned(content, &file(number)));
        assert!(grows_gently(one, few, many), "{name}: {one}, {few} for 100, {many} for 1,000");
    }
    let rows = [1, 100, 1_000].map(|rows| planned(ImportContent::Partnerships, &workbook(1, rows)));
    assert!(grows_gently(rows[0], rows[1], rows[2]), "rows of a sheet: {rows:?}");
    let sheets = [1, 5, 50].map(|sheets| planned(ImportContent::Partnerships, &workbook(sheets, 20)));
    assert!(grows_gently(sheets[0], sheets[1], sheets[2]), "sheets: {sheets:?}");
}

/// An office with one partnership and a log of that length.
async fn with_log(length: u64) -> (Office, PartnershipId) {
    let office = Office::open().await;
    let bond = office.sister("Birmingham", "1960").await.partnership.value.id();
    let mut changes = ChangeSet::new(office.programme, &system().actor, office.app.clock().now());
    for number in 0..length {
        let on = day("1960-01-01") + Days::new(number * 17_000 / length);
        let visit = office.new_visit(bond, &on.to_string());
        changes.create(&visit).event(visit.recorded(), visit.id);
    }
    office.app.database().commit(changes).await.expect("a commit").committed().expect("fresh");
    (office, bond)
}

type Question = fn(App, ProgrammeId, PartnershipId) -> futures_util::future::BoxFuture<'static, ()>;

/// Eight time lines over 49,000 engagements once held up everybody for nine seconds.
#[tokio::test]
async fn a_log_that_is_ten_times_as_long_is_no_more_than_ten_times_the_work_to_ask_about() {
    let questions: [(&str, Question); 5] = [
        ("timeline", |app, programme, bond| {
            Box::pin(async move {
                let query = TimelineQuery {
                    from: day("1960-01-01"),
                    to: day("2008-06-01"),
                    step: TimelineStep::Months(NonZeroU32::MIN),
                };
                app.get_vitality_timeline(&system(), programme, bond, query).await.expect("a time line");
            })
        }),
        ("vitality", |app, programme, bond| {
            Box::pin(async move {
                app.get_vitality(&system(), programme, bond, Times::default()).await.expect("assessed");
            })
        }),
        ("count", |app, programme, _| {
            Box::pin(async move {
                let query = CountQuery::headline(day("2008-06-04"));
                app.count_partnerships(&system(), programme, &query, None).await.expect("a count");
            })
        }),
        ("handover", |app, programme, bond| {
            Box::pin(async move {
                app.get_partnership_handover(&system(), programme, bond, None).await.expect("a handover");
            })
        }),
        ("next touches", |app, programme, _| {
            Box::pin(async move {
                app.list_next_touches(&system(), programme, None, 50).await.expect("touches");
            })
        }),
    ];
    let mut costs: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for length in [4, 100, 1_000] {
        let (office, bond) = with_log(length).await;
        for (name, ask) in questions {
            let ((), taken) = counted_while(ask(office.app.clone(), office.programme, bond)).await;
            costs.entry(name).or_default().push(taken);
        }
    }
    for (name, costs) in costs {
        assert!(grows_gently(costs[0], costs[1], costs[2]), "{name}: {costs:?} for 4, 100 and 1,000");
    }
}
