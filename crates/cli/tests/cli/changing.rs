//! The few changes an office makes by hand, and who did them.

use crate::program::Demo;

#[test]
fn a_bond_is_suspended_and_taken_up_again_and_the_journal_tells() {
    let demo = Demo::build();
    let suspended = demo.shows(&[
        "partnerships",
        "suspend",
        "Shenyang",
        "--on",
        "2026-11-01",
        "--authority",
        "City Council",
        "--condition",
        "until the review is done",
    ]);
    assert!(
        suspended.contains("suspended since 2026-11-01") && suspended.contains("until the review is done")
    );
    let again = demo.run(&[
        "partnerships",
        "suspend",
        "Shenyang",
        "--on",
        "2026-11-02",
        "--authority",
        "City Council",
    ]);
    assert_eq!(again.exit, 4, "what is suspended cannot be suspended: {again:?}");

    let resumed = demo.shows(&[
        "partnerships",
        "resume",
        "Shenyang",
        "--on",
        "2026-11-20",
        "--authority",
        "City Council",
    ]);
    assert!(resumed.contains("agreed"), "{resumed}");
    let journal = demo.json(&["journal", "--limit", "100000"]);
    let names: Vec<_> =
        journal.as_array().expect("a list").iter().map(|e| e["name"].as_str().unwrap_or_default()).collect();
    assert!(names.contains(&"partnership.suspended") && names.contains(&"partnership.resumed"), "{names:?}");
}

#[test]
fn an_engagement_is_added_found_and_counts() {
    let demo = Demo::build();
    let before = demo.json(&["vitality", "Sydney"])["score"]["typical"].as_f64().expect("a score");
    demo.shows(&[
        "engagements",
        "add",
        "Sydney",
        "--title",
        "Harbour engineers visit the river works",
        "--focus",
        "environment",
        "--focus",
        "business",
        "--direction",
        "inbound",
        "--start",
        "2026-10",
        "--source",
        "the office's diary",
    ]);
    let shown = demo.shows(&["engagements", "show", "harbour engineers"]);
    assert!(shown.contains("Sydney, Australia") && shown.contains("environment, business"), "{shown}");
    let after = demo.json(&["vitality", "Sydney"])["score"]["typical"].as_f64().expect("a score");
    assert!(after > before, "{before} -> {after}");
}

#[test]
fn stating_where_the_record_is_complete_turns_not_known_into_known() {
    let demo = Demo::build();
    let standing = || demo.json(&["vitality", "Accra"])["standing"]["standing"].clone();
    assert_eq!(standing(), "not_known");
    demo.shows(&["partnerships", "record", "Accra", "--from", "1988", "--source", "the office's own files"]);
    assert_eq!(standing(), "rated");
}

#[test]
fn a_token_is_shown_once_listed_without_its_secret_and_revoked() {
    let demo = Demo::build();
    let made = demo.json(&["token", "create", "--name", "dashboard", "--scope", "programme:read"]);
    let (text, id) = (made["token"].as_str().expect("a token"), made["id"].as_str().expect("an id"));
    assert!(text.starts_with("scp_"));
    let listed = demo.run(&["token", "list", "--json"]).stdout;
    assert!(listed.contains("dashboard") && !listed.contains(text));
    assert!(demo.json(&["token", "revoke", id])["revoked_at"].is_string());
}

/// R36: what the log says came of a visit becomes an outcome, is shown by a paper, and is counted.
#[test]
fn r36_what_came_of_a_visit_is_claimed_documented_and_totalled() {
    let demo = Demo::build();
    let visit =
        ["engagements", "list", "--partnership", "Birmingham", "--from", "2008-06-01", "--to", "2008-06-30"];
    let visits = demo.json(&visit);
    let told = visits.as_array().expect("a list").iter();
    let mut told = told.filter(|visit| visit["outcomes"].as_array().is_some_and(|texts| !texts.is_empty()));
    let visit =
        told.next_back().expect("a visit of which something came")["id"].as_str().expect("an id").to_owned();
    let added = demo.shows(&[
        "outcomes",
        "add",
        "jobs",
        "--engagement",
        &visit,
        "--text",
        "1",
        "--value",
        "12.5 jobs",
    ]);
    assert!(
        added.contains("12.5 jobs") && added.contains("claimed") && added.contains("cites     prt_"),
        "{added}"
    );
    let id =
        demo.json(&["outcomes", "list", "--engagement", &visit])[0]["id"].as_str().expect("an id").to_owned();
    let bare = demo.run(&["outcomes", "grade", &id, "document"]);
    assert_eq!(bare.exit, 4, "nothing is documented without a paper: {bare:?}");
    demo.shows(&[
        "outcomes",
        "grade",
        &id,
        "document",
        "--on",
        "2009-01-31",
        "--evidence",
        "Annual report 2009",
    ]);
    let totals = demo.shows(&["outcomes", "totals", "--partnership", "Birmingham"]);
    assert!(totals.contains("12.5 jobs  documented  unknown"), "{totals}");
    let then = demo.shows(&["outcomes", "totals", "--as-of", "2008-12-31"]);
    assert!(then.contains("12.5 jobs  claimed"), "{then}");
}

/// R36: hours have the value of the rate of their day and place, or none.
#[test]
fn r36_hours_are_valued_by_a_rate_with_its_source_and_indicators_export_as_iati() {
    let demo = Demo::build();
    let rate = ["rates", "add", "volunteer_hour", "23.07 USD", "--country", "US", "--from", "2014-01-01"];
    demo.shows(&[&rate[..], &["--to", "2014-12-31", "--source", "Independent Sector, 2015"]].concat());
    let value = |on: &str| {
        demo.shows(&[
            "rates",
            "value",
            "--kind",
            "volunteer_hour",
            "--quantity",
            "120",
            "--on",
            on,
            "--place",
            "Chicago",
        ])
    };
    let valued = value("2014-05-01");
    assert!(valued.contains("2,768.40 USD") && valued.contains("Independent Sector, 2015"), "{valued}");
    assert!(value("2015-01-01").contains("no rate holds"));

    demo.shows(&[
        "indicators",
        "add",
        "Jobs found",
        "--partnership",
        "Birmingham",
        "--result",
        "People find work",
    ]);
    let year = ["indicators", "report", "jobs found", "--start", "2009-01-01", "--end", "2009-12-31"];
    let shown = demo.shows(&[&year[..], &["--target", "100", "--actual", "87.5"]].concat());
    assert!(shown.contains("2009-01-01 to 2009-12-31     100    87.5  no"), "{shown}");
    let xml = demo.shows(&["indicators", "export", "--partnership", "Birmingham"]);
    assert!(xml.starts_with("<result type=\"2\">") && xml.contains("<actual value=\"87.5\"/>"), "{xml}");
}

/// Both sides are asked for two years, and their answers are kept.
#[test]
fn what_came_of_a_visit_is_asked_and_answered() {
    let demo = Demo::build();
    let visit = ["engagements", "add", "Sydney", "--title", "Harbour engineers visit", "--focus", "business"];
    demo.shows(&[&visit[..], &["--direction", "inbound", "--start", "2025-01-31", "--follow-up"]].concat());
    let asked = demo.shows(&["engagements", "questions", "harbour engineers", "--as-of", "2025-08-01"]);
    assert!(asked.contains("2025-07-31  6 months   host"), "{asked}");
    let answer = [
        "engagements",
        "answer",
        "harbour engineers",
        "nothing_yet",
        "--side",
        "host",
        "--after",
        "6_months",
    ];
    let early = demo.run(&[&answer[..], &["--on", "2025-07-30"]].concat());
    assert_eq!(early.exit, 4, "{early:?}");
    let answered = demo.shows(&[&answer[..], &["--on", "2025-08-01"]].concat());
    assert!(answered.contains("2025-08-01 host, after 6 months: nothing yet"), "{answered}");
    let asked = demo.shows(&["engagements", "questions", "harbour engineers", "--as-of", "2025-08-01"]);
    assert!(!asked.contains("6 months   host"), "{asked}");
}
