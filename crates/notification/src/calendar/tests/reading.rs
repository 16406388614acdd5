//! What is too much, and what is none.

use proptest::prelude::*;

use super::*;

fn rule(rule: &str) -> ReadCalendar {
    events(&format!("BEGIN:VEVENT\nUID:1\nDTSTART:20260101T090000Z\nRRULE:{rule}\nEND:VEVENT"))
}

/// P26: a rule is looked at before it is written out.
#[test]
fn p26_a_rule_that_goes_too_far_is_not_followed_and_its_first_event_is_taken() {
    let all_minutes = (0..60).map(|minute| minute.to_string()).collect::<Vec<_>>().join(",");
    for (text, reason) in [
        ("FREQ=SECONDLY", "it repeats more often than daily"),
        ("FREQ=MINUTELY;COUNT=2", "it repeats more often than daily"),
        ("FREQ=HOURLY", "it repeats more often than daily"),
        ("RSCALE=CHINESE;FREQ=YEARLY", "it repeats by a calendar of its own (RFC 7529)"),
        ("FREQ=DAILY;INTERVAL=1001", "its interval is not 1 to 1000"),
        (
            &format!("FREQ=DAILY;BYHOUR=1,2;BYMINUTE={all_minutes}"),
            "its lists give more than 64 combinations",
        ),
    ] {
        let read = rule(text);
        assert_eq!(spans(&read), ["2026-01-01 09:00Z to 2026-01-01 09:00Z"], "{text}");
        assert_eq!(
            notes(&read),
            [format!(
                "event \"1\" repeats in a way that is not followed, so only its first is taken: {reason}"
            )],
            "{text}"
        );
    }
}

/// P26: a series ends after a thousand events, or after five years.
#[test]
fn p26_an_endless_series_is_cut_and_that_is_told() {
    let cut = "event \"1\" repeats beyond 1000 times or 5 years: what comes later is left out";
    for (text, count, last) in [
        ("FREQ=DAILY", 1_000, "2028-09-26 09:00Z to 2028-09-26 09:00Z"),
        ("FREQ=MONTHLY", 61, "2031-01-01 09:00Z to 2031-01-01 09:00Z"),
        ("FREQ=YEARLY;UNTIL=99991231T000000Z", 6, "2031-01-01 09:00Z to 2031-01-01 09:00Z"),
        ("FREQ=DAILY;COUNT=4000000000", 1_000, "2028-09-26 09:00Z to 2028-09-26 09:00Z"),
    ] {
        let read = rule(text);
        assert_eq!(
            (read.events.len(), spans(&read).last().map(String::as_str)),
            (count, Some(last)),
            "{text}"
        );
        assert_eq!(notes(&read), [cut], "{text}");
    }
    assert_eq!(notes(&rule("FREQ=WEEKLY;COUNT=260")), Vec::<String>::new(), "one that ends in time is whole");
    assert_eq!(rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").events.len(), 1, "a day that never comes");
}

#[test]
fn a_series_that_began_long_ago_is_taken_from_a_day_on() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20050103T090000Z\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let settings = ReadSettings { since: Some(day("2026-11-30")), ..ReadSettings::new(Tz::UTC) };
    let read = read_calendar(text.as_bytes(), &settings).expect("a calendar");
    assert_eq!(spans(&read).first().map(String::as_str), Some("2026-11-30 09:00Z to 2026-11-30 09:00Z"));
    assert_eq!(read.events.len(), 261);
}

#[test]
fn what_is_no_calendar_or_too_much_of_one_is_refused_with_what_would_be_right() {
    let read = |bytes: &[u8]| read_calendar(bytes, &ReadSettings::new(Tz::UTC)).map(|read| read.events.len());
    for bytes in [
        &b""[..],
        b"name;city\n",
        b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        &[0xff; 40],
    ] {
        assert_eq!(read(bytes), Err(ReadError::NoCalendar), "{bytes:?}");
    }
    let long = vec![b' '; 5 * 1024 * 1024 + 1];
    assert_eq!(read(&long), Err(ReadError::TooLong { bytes: long.len(), most: 5 * 1024 * 1024 }));
    let series = "BEGIN:VEVENT\r\nDTSTART:20260101T090000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n".repeat(21);
    let many = format!("BEGIN:VCALENDAR\r\n{series}END:VCALENDAR\r\n");
    assert_eq!(read(many.as_bytes()), Err(ReadError::TooManyEntries { most: 20_000 }));
}

#[test]
fn a_hundred_thousand_dates_and_people_are_as_many_as_are_read() {
    let dates = vec!["20260101T090000Z"; 100_000].join(",");
    let people = "ATTENDEE:mailto:a@b.example\n".repeat(2_000);
    let read = events(&format!(
        "BEGIN:VEVENT\nUID:1\nDTSTART:20260101T090000Z\nRDATE:{dates}\nEXDATE:20270101T000000Z\n{people}END:VEVENT"
    ));
    assert_eq!((read.events.len(), read.events[0].attendees.len()), (1, 500));
}

#[test]
fn a_calendar_that_breaks_off_is_read_up_to_there() {
    let whole = "\u{feff}BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260901\r\nSUMMARY:Fair\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    for end in 0..whole.len() {
        let _ = read_calendar(&whole.as_bytes()[..end], &ReadSettings::new(Tz::UTC));
    }
    let without_end = whole.replace("END:VCALENDAR\r\n", "");
    let read = read_calendar(without_end.as_bytes(), &ReadSettings::new(Tz::UTC)).expect("a calendar");
    assert_eq!(
        (spans(&read), notes(&read)),
        (vec!["2026-09-01 to 2026-09-01".to_owned()], vec![BROKEN_OFF.to_owned()])
    );
}

const BROKEN_OFF: &str =
    "the calendar breaks off or holds a line that cannot be read: what stands before was taken";

fn odd_line() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just("20260101T090000Z".to_owned()),
        Just("99991231T235959".to_owned()),
        Just("00000000".to_owned()),
        Just("20260101T090000Z/P99999W".to_owned()),
        Just("-P4294967295W".to_owned()),
        Just("P4294967295W4294967295DT4294967295H".to_owned()),
        Just("+5744".to_owned()),
        "[0-9TZ/P]{0,20}",
        "FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)(;INTERVAL=[0-9]{1,3})?(;COUNT=[0-9]{1,5})?(;BYDAY=-?[0-9]{0,2}(MO|SU))?(;BYMONTH=[0-9]{1,2})?(;BYMONTHDAY=-?[0-9]{1,2})?(;BYWEEKNO=-?[0-9]{1,2})?(;BYYEARDAY=-?[0-9]{1,3})?(;BYSETPOS=-?[0-9]{1,2})?(;BYHOUR=[0-9]{1,2})?(;WKST=SU)?(;UNTIL=[0-9]{8})?",
        "\\PC{0,12}",
    ];
    let name = prop_oneof![
        Just("DTSTART"),
        Just("DTEND"),
        Just("DURATION"),
        Just("RRULE"),
        Just("RDATE"),
        Just("EXDATE"),
        Just("RECURRENCE-ID"),
        Just("UID"),
        Just("SEQUENCE"),
        Just("BEGIN"),
        Just("END"),
        Just("TZOFFSETTO"),
        Just("TZOFFSETFROM"),
        Just("TZID"),
        Just("X-WR-TIMEZONE"),
        Just("ATTENDEE"),
    ];
    let parameter = prop_oneof![
        Just(""),
        Just(";VALUE=DATE"),
        Just(";TZID=Europe/Berlin"),
        Just(";TZID=x"),
        Just(";VALUE=PERIOD"),
        Just(";RANGE=THISANDFUTURE"),
        Just(";TZID"),
    ];
    (name, parameter, value).prop_map(|(name, parameter, value)| format!("{name}{parameter}:{value}\r\n"))
}

proptest! {
    /// P23: whatever a file says, reading it neither panics nor goes on for ever.
    #[test]
    fn p23_no_lines_in_an_event_or_a_zone_do_harm(
        zone in prop::collection::vec(odd_line(), 0..6),
        event in prop::collection::vec(odd_line(), 0..10),
    ) {
        let (zone, event) = (zone.concat(), event.concat());
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n{zone}END:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nDTSTART:20260101T090000\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        if let Ok(read) = read_calendar(text.as_bytes(), &ReadSettings::new(Tz::UTC)) {
            let entries: Vec<_> = read.events.into_iter().map(|event| event.entry).collect();
            prop_assert!(write_calendar(&CalendarHead::default(), &entries).ends_with("END:VCALENDAR\r\n"));
        }
    }
}
