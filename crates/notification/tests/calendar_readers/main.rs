//! What we write is read by the public libraries for Python and JavaScript: a moved event moves there, a cancelled one disappears.
//!
//! `.ci/run` installs them below `target/public-libraries`. Where one is missing the test says so and passes; `cargo xtask test` says so
//! in its last lines, and `cargo xtask ci` fails.

#![expect(clippy::print_stderr, reason = "a test that cannot run says so")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};
use sister_cities_domain::engagement::{Direction, Engagement, EngagementDates, Foci, Focus};
use sister_cities_domain::id::{EngagementId, PartnershipId, ProgrammeId, SeededIds};
use sister_cities_domain::value::{EmailAddress, Occurrence, Title, ZonedTime};
use sister_cities_notification::calendar::{
    Alarm, Attendance, Attendee, CalendarEntry, CalendarHead, CalendarUser, DaySpan, EntrySpan, EntryStatus,
    Invitation, TimeSpan, Transparency, entry_of_engagement, write_calendar,
};

/// What the library of a language reads; none if it is not installed.
fn readings(program: &Path, script: &str, calendars: &[String]) -> Option<Vec<Value>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut running = Command::new(program)
        .arg(root.join("tests/calendar_readers").join(script))
        .env("NODE_PATH", libraries().join("node_modules"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let lines: Vec<String> = calendars.iter().map(|text| json!(text).to_string()).collect();
    // Whoever lacks the library is gone by now and reads nothing.
    let _ = running.stdin.take()?.write_all(lines.join("\n").as_bytes());
    let done = running.wait_with_output().ok()?;
    let said = String::from_utf8(done.stdout).ok()?;
    // A library that is there and fails has said something by then, or is caught by the number of its lines.
    done.status.success().then(|| said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

fn libraries() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/public-libraries")
}

fn days(first: &str, last: &str) -> EntrySpan {
    let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
    EntrySpan::Days(DaySpan::new(day(first), day(last)).expect("a span"))
}

fn times(start: &str, end: &str, zone: Tz, which: Occurrence) -> EntrySpan {
    let at = |text: &str| ZonedTime::choosing(text.parse().expect("a time"), zone, which).expect("a time");
    EntrySpan::Times(TimeSpan::new(at(start), at(end)).expect("a span"))
}

fn entry(uid: &str, sequence: u32, span: EntrySpan, summary: &str) -> CalendarEntry {
    CalendarEntry {
        uid: uid.to_owned(),
        sequence,
        stamp: "2026-11-30T09:00:00Z".parse().expect("a moment"),
        span,
        summary: summary.to_owned(),
        description: Some("First line, with a comma; and more.\nSecond line: 東京 \\ ".repeat(5)),
        location: Some("Chicago, Illinois".to_owned()),
        status: EntryStatus::Confirmed,
        transparency: Transparency::Busy,
        categories: vec!["culture".to_owned(), "visit, official".to_owned()],
        alarms: vec![Alarm { before: TimeDelta::hours(15), text: "Tomorrow".to_owned() }],
    }
}

/// A feed before and after a change, and an invitation with its end: each with what is shown of it.
fn cases() -> Vec<(String, Value)> {
    let head = CalendarHead { name: Some("Chicago".to_owned()), refresh: Some(TimeDelta::hours(4)) };
    let visit = entry("eng_1", 0, days("2027-05-03", "2027-05-05"), "大阪市代表団; with a concert, at eight");
    let spring =
        times("2027-03-13T23:30:00", "2027-03-14T03:30:00", Tz::America__Chicago, Occurrence::Earlier);
    let night = entry("eng_2", 0, spring, "Night of the clocks");
    let off = entry("eng_3", 0, days("2027-06-01", "2027-06-01"), "Tea");
    let second = times("2026-10-25T01:30:00", "2026-10-25T01:30:00", Tz::Europe__London, Occurrence::Later);
    let twice = entry("eng_4", 0, second, "The second half past one");
    let half = times("2027-01-15T09:00:00", "2027-01-15T10:00:00", Tz::Asia__Kolkata, Occurrence::Earlier);
    let kolkata = entry("eng_5", 0, half, "A zone without changes");
    let autumn = times("2040-07-01T09:00:00", "2040-07-01T10:00:00", Tz::Europe__Warsaw, Occurrence::Earlier);
    let later = entry("eng_6", 0, autumn, "In years");
    let before = [visit.clone(), night.clone(), off.clone(), twice, kolkata, later];
    let moved = CalendarEntry { span: days("2027-05-10", "2027-05-12"), sequence: 1, ..visit.clone() };
    let cancelled = CalendarEntry { status: EntryStatus::Cancelled, sequence: 1, ..off };
    let clara = CalendarUser {
        address: EmailAddress::new("clara@chicago.example").expect("an address"),
        name: Some("Novak, Clara".to_owned()),
    };
    let kenji = Attendee {
        user: CalendarUser {
            address: EmailAddress::new("kenji@osaka.example").expect("an address"),
            name: Some("佐藤 健二".to_owned()),
        },
        attendance: Attendance::NeedsAction,
    };
    let ask =
        Invitation::request(night.clone(), clara.clone(), vec![kenji.clone()]).expect("somebody is asked");
    let end = Invitation::cancel(CalendarEntry { sequence: 1, ..night }, clara, vec![kenji])
        .expect("somebody is asked");
    let visit_on =
        |sequence: u32, first: &str, after: &str| json!(["eng_1", sequence, first, after, visit.summary]);
    let night_shown =
        json!(["eng_2", 0, "2027-03-14T05:30:00Z", "2027-03-14T08:30:00Z", "Night of the clocks"]);
    let mut cases = vec![
        (
            write_calendar(&head, &before),
            json!([
                visit_on(0, "2027-05-03", "2027-05-06"),
                night_shown,
                ["eng_3", 0, "2027-06-01", "2027-06-02", "Tea"],
                ["eng_4", 0, "2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z", "The second half past one"],
                ["eng_5", 0, "2027-01-15T03:30:00Z", "2027-01-15T04:30:00Z", "A zone without changes"],
                ["eng_6", 0, "2040-07-01T07:00:00Z", "2040-07-01T08:00:00Z", "In years"],
            ]),
        ),
        (write_calendar(&head, &[moved, cancelled]), json!([visit_on(1, "2027-05-10", "2027-05-13")])),
        (ask.text(), json!([night_shown])),
        (end.text(), json!([])),
    ];
    cases.extend(invited());
    cases
}

/// What somebody who is invited is sent of an engagement: that it is, that it moved, and that it is off.
fn invited() -> Vec<(String, Value)> {
    let ids = SeededIds::new(1);
    let (id, of) = (EngagementId::next(&ids), (ProgrammeId::next(&ids), PartnershipId::next(&ids)));
    let stamp: DateTime<Utc> = "2026-11-30T09:00:00Z".parse().expect("a moment");
    let visit = |start: &str, end: &str| {
        let dates = EngagementDates::new(start.parse().ok(), end.parse().ok()).expect("dates");
        let title = Title::new("大阪市代表団; with a concert, at eight").expect("a title");
        Engagement::held(id, of, title, Foci::one(Focus::Culture), Direction::Inbound, dates)
    };
    let user = |address: &str, name: &str| CalendarUser {
        address: EmailAddress::new(address).expect("an address"),
        name: Some(name.to_owned()),
    };
    let office = user("desk@chicago.example", "Chicago Sister Cities");
    let kenji =
        Attendee { user: user("kenji@osaka.example", "佐藤 健二"), attendance: Attendance::Accepted };
    let entry = |visit: &Engagement, revision| {
        entry_of_engagement(visit, Some("大阪市"), revision, stamp).expect("its day is known")
    };
    let (before, after) = (visit("2027-05-03", "2027-05-05"), visit("2027-05-10", "2027-05-12"));
    let asked = Invitation::request(entry(&before, 1), office.clone(), vec![kenji.clone()]);
    let moved = Invitation::request(entry(&after, 2), office.clone(), vec![kenji.clone()]);
    let off = Invitation::cancel(entry(&after, 3), office, vec![kenji]);
    let shown = |sequence: u32, first: &str, after: &str| json!([[id, sequence, first, after, before.title]]);
    vec![
        (asked.expect("somebody is asked").text(), shown(0, "2027-05-03", "2027-05-06")),
        (moved.expect("somebody is asked").text(), shown(1, "2027-05-10", "2027-05-13")),
        (off.expect("somebody is asked").text(), json!([])),
    ]
}

fn check(language: &str, library: &str, program: &Path, script: &str) {
    let cases = cases();
    let texts: Vec<String> = cases.iter().map(|(text, _)| text.clone()).collect();
    if let Some(read) = readings(program, script, &texts) {
        let expected: Vec<Value> = cases.into_iter().map(|(_, shown)| shown).collect();
        assert_eq!(read, expected, "{language}");
    } else {
        // A library that is there and cannot read what we write is no missing library.
        assert_eq!(
            readings(program, script, &[]),
            None,
            "{library} is there, and fails on a calendar of ours"
        );
        eprintln!("no {library} for {language} was found, so no calendar was read with it: see .ci/run");
    }
}

#[test]
fn what_we_write_is_read_by_the_public_library_for_python() {
    let own = libraries().join("python/bin/python");
    check("Python", "icalendar", if own.is_file() { &own } else { Path::new("python3") }, "read.py");
}

#[test]
fn what_we_write_is_read_by_the_public_library_for_javascript() {
    check("JavaScript", "ical.js", Path::new("node"), "read.js");
}
