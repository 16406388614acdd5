//! What calendars of others come to.

use sister_cities_domain::id::{PlaceId, ProgrammeId, SeededIds};
use sister_cities_domain::place::{NameRole, PlaceLevel, PlaceName};
use sister_cities_domain::value::Name;

use super::*;

fn meaning() -> CalendarMeaning {
    let ids = SeededIds::new(1);
    let name = PlaceName::new(Name::new("Birmingham, \"Brum\"").expect("a name"), NameRole::Official);
    CalendarMeaning {
        focus: None,
        since: None,
        partner: Place::new(PlaceId::next(&ids), ProgrammeId::next(&ids), PlaceLevel::City, name),
        zone: Tz::America__Chicago,
        today: "2026-11-30".parse().expect("a day"),
        source: "choir.ics".to_owned(),
    }
}

fn calendar(events: &str) -> Vec<u8> {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n").replace('\n', "\r\n").into_bytes()
}

fn lines(events: &str, meaning: &CalendarMeaning) -> Vec<String> {
    let log = as_log(&calendar(events), meaning).expect("a log");
    String::from_utf8(log).expect("UTF-8").lines().map(str::to_owned).collect()
}

const CHOIR: &str = "BEGIN:VEVENT\nUID:choir\nDTSTART;TZID=Europe/London:20240105T190000\nDURATION:PT2H\n\
    RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/London:20240112T190000\nSUMMARY:=Choir\\, \"open\"\n\
    CATEGORIES:culture\nLOCATION:Town Hall\nDESCRIPTION:Bring\\na cake\nEND:VEVENT\n";

#[test]
fn each_event_of_a_series_is_a_line_and_what_was_left_out_is_none() {
    let log = lines(CHOIR, &meaning());
    assert_eq!(log.len(), 4, "{log:#?}");
    assert_eq!(log[0], format!("\"{}\"", HEADER.join("\",\"")));
    let rest = r#""","culture","","held","Birmingham, ""Brum""","","","choir.ics, choir","Place: Town Hall Bring a cake""#;
    for (line, day) in log[1..].iter().zip(["2024-01-05", "2024-01-19", "2024-01-26"]) {
        assert_eq!(*line, format!(r#""=Choir, ""open""","{day}",{rest}"#));
    }
}

#[test]
fn what_is_to_come_is_announced_and_what_was_cancelled_is_called_off() {
    let event = |status: &str, day: &str| {
        format!(
            "BEGIN:VEVENT\nUID:{status}{day}\nDTSTART;VALUE=DATE:{day}\nSUMMARY:A visit\n{status}\nEND:VEVENT\n"
        )
    };
    for (status, day, happening) in [
        ("STATUS:CONFIRMED", "20240101", "held"),
        ("STATUS:CONFIRMED", "20261130", "held"),
        ("STATUS:CONFIRMED", "20261201", "announced only"),
        ("STATUS:TENTATIVE", "20240101", "announced only"),
        ("STATUS:CANCELLED", "20261201", "called off"),
    ] {
        let log = lines(&event(status, day), &meaning());
        assert!(log[1].contains(&format!(",\"{happening}\",")), "{status} {day}: {}", log[1]);
    }
}

#[test]
fn what_could_not_be_taken_stands_before_the_header() {
    let broken = "BEGIN:VEVENT\nUID:none\nSUMMARY:Some day\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:moon\nDTSTART;TZID=Moon/Base:20240101T100000\nSUMMARY:\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:ever\nDTSTART:20240101T100000Z\nRRULE:FREQ=SECONDLY\nSUMMARY:Ever\nEND:VEVENT\n";
    let log = lines(broken, &meaning());
    let header = log.iter().position(|line| line.starts_with("\"title\"")).expect("a header");
    assert_eq!(header, 3, "{log:#?}");
    for said in ["\"\"none\"\"", "\"\"Moon/Base\"\"", "\"\"ever\"\""] {
        assert!(log[..header].iter().any(|line| line.contains(said)), "{said}: {log:#?}");
    }
    assert!(log.iter().any(|line| line.starts_with("\"Without a title\",\"2024-01-01\"")), "{log:#?}");
}

#[test]
fn all_of_it_is_about_what_whoever_imports_it_says_and_from_the_day_that_they_say() {
    let meaning = CalendarMeaning {
        focus: Some("education".parse().expect("a focus")),
        since: Some("2024-01-20".parse().expect("a day")),
        ..meaning()
    };
    let log = lines(CHOIR, &meaning);
    assert_eq!(log.iter().filter(|line| line.contains("2024-01-26")).count(), 1);
    assert_eq!(log.iter().filter(|line| line.contains("\"held\"")).count(), 1, "{log:#?}");
    assert!(log.iter().any(|line| line.contains("\"education\"")));
}

#[test]
fn a_title_that_is_too_long_is_cut_and_kept_in_the_notes() {
    let text = "a very long title ".repeat(40);
    let event =
        format!("BEGIN:VEVENT\nUID:x\nDTSTART;VALUE=DATE:20240101\nSUMMARY:{}\nEND:VEVENT\n", text.trim());
    let log = lines(&event, &meaning());
    let title = log[1].split("\",\"").next().expect("a title");
    assert_eq!((title.chars().count(), title.chars().last()), (TITLE + 1, Some('…')));
    assert!(log[1].contains(text.trim()));
}

#[test]
fn what_is_no_calendar_is_refused_in_words() {
    for bytes in [&b"title;date\nA visit;2024"[..], b"", b"\xff\xfe\x00", b"BEGIN:VCARD\r\nEND:VCARD"] {
        let refused = as_log(bytes, &meaning()).expect_err("no calendar");
        assert_eq!(refused.problem.status, 422, "{bytes:?}");
    }
}

#[test]
fn a_calendar_without_an_event_that_can_be_taken_says_what_is_wrong_with_those_that_it_has() {
    let undated = "BEGIN:VEVENT\nUID:none\nSUMMARY:Some day\nEND:VEVENT\n";
    for (events, said) in
        [("", "no event that can be taken"), (undated, "\"none\" does not say when it begins")]
    {
        let refused = as_log(&calendar(events), &meaning()).expect_err("nothing to take");
        let detail = refused.problem.detail.unwrap_or_default();
        assert!(refused.problem.status == 422 && detail.contains(said), "{detail}");
    }
}
