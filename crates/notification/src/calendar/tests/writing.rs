//! What we write.

use chrono::TimeDelta;
use sister_cities_domain::value::{EmailAddress, Occurrence, ZonedTime};

use super::*;

fn visit() -> CalendarEntry {
    CalendarEntry {
        uid: "eng_01k0000000e1r40r40m30e209g".to_owned(),
        sequence: 2,
        stamp: moment("2026-11-30T09:00:00Z"),
        span: EntrySpan::Days(DaySpan::new(day("2027-05-03"), day("2027-05-05")).expect("a span")),
        summary: "Delegation from Osaka; with a concert, at eight".to_owned(),
        description: Some("大阪市の代表団が来ます。\nSee the programme.".repeat(3)),
        location: Some("Millennium Park".to_owned()),
        status: EntryStatus::Confirmed,
        transparency: Transparency::Busy,
        categories: vec!["culture".to_owned(), "visit, official".to_owned()],
        alarms: vec![Alarm { before: TimeDelta::hours(15), text: "Osaka comes tomorrow".to_owned() }],
    }
}

fn user(address: &str, name: &str) -> CalendarUser {
    CalendarUser { address: EmailAddress::new(address).expect("an address"), name: Some(name.to_owned()) }
}

fn read_back(entries: &[CalendarEntry]) -> Vec<CalendarEntry> {
    let text = write_calendar(&CalendarHead::default(), entries);
    let read = read_calendar(text.as_bytes(), &ReadSettings::new(Tz::UTC)).expect("a calendar");
    assert_eq!(notes(&read), Vec::<String>::new(), "{text}");
    read.events.into_iter().map(|event| event.entry).collect()
}

#[test]
fn a_visit_of_three_days_is_written_with_its_alarm_and_ends_on_the_day_after_the_last() {
    let text = write_calendar(
        &CalendarHead { name: Some("Chicago".to_owned()), refresh: Some(TimeDelta::hours(4)) },
        &[visit()],
    );
    for line in [
        "UID:eng_01k0000000e1r40r40m30e209g",
        "SEQUENCE:2",
        "DTSTAMP:20261130T090000Z",
        "DTSTART;VALUE=DATE:20270503",
        "DTEND;VALUE=DATE:20270506",
        r"SUMMARY:Delegation from Osaka\; with a concert\, at eight",
        r"CATEGORIES:culture,visit\, official",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "TRIGGER:-PT15H",
        "NAME:Chicago",
        "X-WR-CALNAME:Chicago",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
    ] {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} in\n{text}");
    }
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    let expected = CalendarEntry { alarms: Vec::new(), ..visit() };
    assert_eq!(read_back(&[visit()]), [expected], "what is written is read again");
}

#[test]
fn a_visit_that_is_called_off_stays_in_the_calendar_as_cancelled() {
    let off = CalendarEntry { status: EntryStatus::Cancelled, sequence: 3, ..visit() };
    let text = write_calendar(&CalendarHead::default(), std::slice::from_ref(&off));
    assert!(text.contains("STATUS:CANCELLED\r\n") && text.contains("SEQUENCE:3\r\n"), "{text}");
    assert_eq!(read_back(&[off])[0].status, EntryStatus::Cancelled);
}

/// R32: what the invitation says is the local time with its zone, and a zone is told whole.
#[test]
fn r32_a_time_is_written_with_its_zone_and_the_zone_with_its_changes() {
    let at =
        |local: &str| ZonedTime::new(local.parse().expect("a time"), Tz::America__Chicago).expect("one time");
    let span = EntrySpan::Times(
        TimeSpan::new(at("2027-03-13T23:00:00"), at("2027-03-14T04:00:00")).expect("a span"),
    );
    let night = CalendarEntry { span, ..visit() };
    let text = write_calendar(&CalendarHead::default(), std::slice::from_ref(&night));
    assert!(text.contains("DTSTART;TZID=America/Chicago:20270313T230000\r\n"), "{text}");
    assert!(text.contains("BEGIN:VTIMEZONE\r\nTZID:America/Chicago\r\n"), "{text}");
    assert!(text.contains("TZOFFSETFROM:-0600\r\nTZOFFSETTO:-0500\r\n"), "{text}");
    assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
    assert_eq!(read_back(&[night])[0].span, span);
}

/// R32, RFC 5545 3.3.5: a local time means the first of two moments, so that the second has to be written in UTC.
#[test]
fn r32_of_two_equal_times_each_comes_back_as_the_one_it_was() {
    for which in [Occurrence::Earlier, Occurrence::Later] {
        let local = "2026-10-25T01:30:00".parse().expect("a time");
        let time = ZonedTime::choosing(local, Tz::Europe__London, which).expect("a time");
        let span = EntrySpan::Times(TimeSpan::new(time, time).expect("a span"));
        let text = write_calendar(&CalendarHead::default(), &[CalendarEntry { span, ..visit() }]);
        assert_eq!(text.contains("DTSTART;TZID=Europe/London:20261025T013000"), which == Occurrence::Earlier);
        let EntrySpan::Times(back) = read_back(&[CalendarEntry { span, ..visit() }])[0].span else {
            panic!("times")
        };
        assert_eq!(back.start().instant(), time.instant(), "{which:?}");
    }
}

/// P32: nothing that somebody writes into a title can make a line of its own, or turn round what stands beside it.
#[test]
fn p32_a_text_cannot_steer_the_calendar_that_it_stands_in() {
    let evil = "Tea\r\nEND:VEVENT\u{202e}\u{0}\u{7}\u{2028}x";
    let entry = CalendarEntry {
        uid: format!("eng_1{evil}"),
        summary: evil.to_owned(),
        description: Some(evil.to_owned()),
        location: Some(evil.to_owned()),
        categories: vec![evil.to_owned()],
        alarms: vec![Alarm { before: TimeDelta::minutes(-5), text: evil.to_owned() }],
        ..visit()
    };
    let invitation = Invitation::request(
        entry,
        user("clara@chicago.example", "Clara \"C\" ^ Müller; \\ \r\nATTENDEE:x"),
        vec![Attendee { user: user("kenji@osaka.example", evil), attendance: Attendance::NeedsAction }],
    )
    .expect("somebody is asked");
    let text = invitation.text();
    assert_eq!(text.matches("END:VEVENT\r\n").count(), 1, "{text}");
    assert!(!text.lines().any(|line| line.starts_with("ATTENDEE:x")), "{text}");
    assert!(!text.contains(['\u{202e}', '\u{0}', '\u{7}', '\u{2028}']), "{text}");
    let read = read_calendar(text.as_bytes(), &ReadSettings::new(Tz::UTC)).expect("a calendar");
    let organizer = read.events[0].organizer.clone().and_then(|user| user.name);
    assert_eq!(organizer.as_deref(), Some("Clara \"C\" ^ Müller; /  ATTENDEE:x"));
    assert_eq!(read.events.len(), 1);
}

#[test]
fn an_invitation_asks_by_name_and_is_called_off_with_the_same_uid() {
    let people = || {
        vec![Attendee {
            user: user("kenji@osaka.example", "佐藤 健二"), attendance: Attendance::NeedsAction
        }]
    };
    let clara = user("clara@chicago.example", "Clara Novak");
    let request = Invitation::request(visit(), clara.clone(), people()).expect("somebody is asked");
    assert_eq!(request.media_type(), "text/calendar; charset=utf-8; method=REQUEST");
    let unfolded = request.text().replace("\r\n ", "");
    assert!(unfolded.contains("METHOD:REQUEST\r\n"), "{unfolded}");
    assert!(
        unfolded.contains("PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:kenji@osaka.example\r\n"),
        "{unfolded}"
    );
    assert!(unfolded.contains("ORGANIZER;CN=\"Clara Novak\":mailto:clara@chicago.example\r\n"), "{unfolded}");
    let off = CalendarEntry { sequence: 3, ..visit() };
    let cancel = Invitation::cancel(off, clara.clone(), people()).expect("somebody is asked").text();
    assert!(cancel.contains("METHOD:CANCEL\r\n") && cancel.contains("STATUS:CANCELLED\r\n"), "{cancel}");
    assert!(
        cancel.contains("UID:eng_01k0000000e1r40r40m30e209g\r\n") && cancel.contains("SEQUENCE:3\r\n"),
        "{cancel}"
    );
    assert_eq!(Invitation::request(visit(), clara, Vec::new()), Err(NoAttendees));
}

#[test]
fn days_that_run_backwards_or_out_of_the_calendar_are_no_span() {
    assert_eq!(DaySpan::new(day("2027-05-03"), day("2027-05-02")), Err(SpanError::Reversed));
    let far = NaiveDate::MAX;
    assert_eq!(DaySpan::new(far, far), Err(SpanError::OutOfCalendar));
}
