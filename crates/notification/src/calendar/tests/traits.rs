//! What calendars in the wild do: for each of their traits a small calendar of our own. The expected times were checked against two other
//! readers, Python's `icalendar` with `recurring-ical-events`.

use super::*;

#[test]
fn a_whole_day_ends_on_the_day_before_its_end_and_without_an_end_on_the_same() {
    let read = events(
        "BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260908\nDTEND;VALUE=DATE:20260911\nSUMMARY:Fair\nEND:VEVENT
         BEGIN:VEVENT\nUID:2\nDTSTART;VALUE=DATE:20260912\nEND:VEVENT
         BEGIN:VEVENT\nUID:3\nDTSTART;VALUE=DATE:20260913\nDTEND;VALUE=DATE:20260913\nEND:VEVENT
         BEGIN:VEVENT\nUID:4\nDTSTART;VALUE=DATE:20260914\nDURATION:P2D\nEND:VEVENT",
    );
    let expected = [
        "2026-09-08 to 2026-09-10",
        "2026-09-12 to 2026-09-12",
        "2026-09-13 to 2026-09-13",
        "2026-09-14 to 2026-09-15",
    ];
    assert_eq!(spans(&read), expected);
    assert_eq!(notes(&read), Vec::<String>::new());
}

#[test]
fn a_time_without_an_end_takes_no_time_and_one_without_a_zone_is_by_the_readers() {
    let read = events(
        "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Berlin:20190117T180025\nEND:VEVENT
         BEGIN:VEVENT\nUID:2\nDTSTART:20190118T180000\nDURATION:PT1H30M\nEND:VEVENT",
    );
    assert_eq!(
        spans(&read),
        ["2019-01-17 17:00Z to 2019-01-17 17:00Z", "2019-01-18 17:00Z to 2019-01-18 18:30Z"]
    );
}

#[test]
fn an_event_that_ends_before_it_begins_is_turned_round_and_that_is_told() {
    let read = events(
        "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Berlin:20190304T083000\nDTEND;TZID=Europe/Berlin:20190304T080000\nEND:VEVENT",
    );
    assert_eq!(spans(&read), ["2019-03-04 07:00Z to 2019-03-04 07:30Z"]);
    assert_eq!(notes(&read), ["event \"1\" ends before it begins: the two are exchanged"]);
}

#[test]
fn zones_of_windows_of_exchange_and_of_makers_are_understood() {
    for (zone, expected) in [
        ("W. Europe Standard Time", "2026-07-01 07:00Z"),
        ("Eastern Standard Time", "2026-07-01 13:00Z"),
        ("\"(UTC-03:00) Brasília\"", "2026-07-01 12:00Z"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "2026-07-01 07:00Z"),
        ("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "2026-07-01 12:00Z"),
        ("/mozilla.org/20070129_1/America/New_York", "2026-07-01 13:00Z"),
        ("posix/Europe/Vaduz", "2026-07-01 07:00Z"),
        ("custom_Pacific/Fiji", "2026-06-30 21:00Z"),
    ] {
        let read = events(&format!("BEGIN:VEVENT\nUID:1\nDTSTART;TZID={zone}:20260701T090000\nEND:VEVENT"));
        assert_eq!(spans(&read), [format!("{expected} to {expected}")], "{zone}");
        assert_eq!(notes(&read), Vec::<String>::new(), "{zone}");
    }
}

#[test]
fn a_zone_that_only_the_file_knows_is_read_by_its_description_and_an_unknown_one_is_told() {
    let zone = "BEGIN:VTIMEZONE\nTZID:Our own\nBEGIN:STANDARD\nDTSTART:16011028T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010325T020000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE";
    let at =
        |uid: &str, local: &str| format!("BEGIN:VEVENT\nUID:{uid}\nDTSTART;TZID=Our own:{local}\nEND:VEVENT");
    let both = format!(
        "{}\n{}\n{}",
        at("1", "20260115T090000"),
        at("2", "20260715T090000"),
        at("3", "20261025T023000")
    );
    // Twice, as forums write it; the last time is the first of two.
    let read_with = events(&format!("{zone}\n{zone}\n{both}"));
    assert_eq!(
        spans(&read_with),
        [
            "2026-01-15 08:00Z to 2026-01-15 08:00Z",
            "2026-07-15 07:00Z to 2026-07-15 07:00Z",
            "2026-10-25 00:30Z to 2026-10-25 00:30Z",
        ]
    );
    assert_eq!(notes(&read_with), Vec::<String>::new());
    let read_without = events(&both);
    assert_eq!(
        notes(&read_without),
        ["zone \"Our own\" is unknown and not described: its times are read in Europe/Warsaw"]
    );
}

#[test]
fn the_zone_of_a_calendar_of_google_is_that_of_its_local_times_and_of_its_series() {
    let read = events(
        "X-WR-TIMEZONE:America/New_York\nX-WR-CALNAME:Office
         BEGIN:VEVENT\nUID:1\nDTSTART:20210916T210000\nEND:VEVENT
         BEGIN:VEVENT\nUID:2\nDTSTART:20211101T170000Z\nDTEND:20211101T180000Z\nRRULE:FREQ=WEEKLY;COUNT=2\nEND:VEVENT",
    );
    assert_eq!(read.name.as_deref(), Some("Office"));
    assert_eq!(
        spans(&read),
        [
            "2021-09-17 01:00Z to 2021-09-17 01:00Z",
            "2021-11-01 17:00Z to 2021-11-01 18:00Z",
            "2021-11-08 18:00Z to 2021-11-08 19:00Z",
        ]
    );
}

#[test]
fn a_series_keeps_its_hour_when_the_clocks_change_and_the_same_rule_twice_is_one() {
    let read = events(
        "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/London:20230316T100000\nDTEND;TZID=Europe/London:20230316T120000
         RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=3\nRRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=3\nEND:VEVENT",
    );
    assert_eq!(
        spans(&read),
        [
            "2023-03-16 10:00Z to 2023-03-16 12:00Z",
            "2023-03-23 10:00Z to 2023-03-23 12:00Z",
            "2023-03-30 09:00Z to 2023-03-30 11:00Z",
        ]
    );
}

#[test]
fn dates_are_left_out_and_added_by_time_by_day_and_as_periods() {
    let read = events(
        "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Berlin:20260601T180000\nDTEND;TZID=Europe/Berlin:20260601T190000
         RRULE:FREQ=DAILY;COUNT=5\nEXDATE:20260602T160000Z\nEXDATE;VALUE=DATE:20260603
         EXDATE;TZID=Europe/Berlin:20260604T180000,20260604T200000\nRDATE:20260610T080000Z
         RDATE;VALUE=PERIOD:20260611T080000Z/PT3H\nEND:VEVENT",
    );
    assert_eq!(
        spans(&read),
        [
            "2026-06-01 16:00Z to 2026-06-01 17:00Z",
            "2026-06-05 16:00Z to 2026-06-05 17:00Z",
            "2026-06-10 08:00Z to 2026-06-10 09:00Z",
            "2026-06-11 08:00Z to 2026-06-11 11:00Z",
        ]
    );
}

#[test]
fn one_event_of_a_series_is_moved_called_off_and_changed_from_some_day_on() {
    let read = events(
        "BEGIN:VEVENT\nUID:210\nDTSTART:20260901T120000Z\nDTEND:20260901T140000Z\nRRULE:FREQ=DAILY;UNTIL=20260908\nSUMMARY:As planned\nEND:VEVENT
         BEGIN:VEVENT\nUID:210\nRECURRENCE-ID:20260902T120000Z\nDTSTART:20260903T080000Z\nDTEND:20260903T090000Z\nSEQUENCE:1\nSUMMARY:Moved\nEND:VEVENT
         BEGIN:VEVENT\nUID:210\nRECURRENCE-ID:20260903T120000Z\nDTSTART:20260903T120000Z\nSTATUS:CANCELLED\nSUMMARY:Off\nEND:VEVENT
         BEGIN:VEVENT\nUID:210\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260905T120000Z\nDTSTART:20260905T090000Z\nDTEND:20260905T160000Z\nSUMMARY:Earlier and longer\nEND:VEVENT",
    );
    let told: Vec<_> = read
        .events
        .iter()
        .map(|event| format!("{} {}, {:?}", event.entry.summary, span(&event.entry.span), event.entry.status))
        .collect();
    assert_eq!(
        told,
        [
            "As planned 2026-09-01 12:00Z to 2026-09-01 14:00Z, Confirmed",
            "Moved 2026-09-03 08:00Z to 2026-09-03 09:00Z, Confirmed",
            "Off 2026-09-03 12:00Z to 2026-09-03 12:00Z, Cancelled",
            "As planned 2026-09-04 12:00Z to 2026-09-04 14:00Z, Confirmed",
            "Earlier and longer 2026-09-05 09:00Z to 2026-09-05 16:00Z, Confirmed",
            "Earlier and longer 2026-09-06 09:00Z to 2026-09-06 16:00Z, Confirmed",
            "Earlier and longer 2026-09-07 09:00Z to 2026-09-07 16:00Z, Confirmed",
        ]
    );
    let moved = read.events[1].occurrence.expect("one of a series");
    assert_eq!(moved.to_string(), "2026-09-02 12:00:00", "it is known by when the series would have it");
}

#[test]
fn a_day_of_a_series_of_days_is_moved_by_a_time_as_exchange_writes_it() {
    let read = events(
        "BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20200402\nDTEND;VALUE=DATE:20200403\nRRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20200429T230000Z\nEND:VEVENT
         BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;TZID=GMT Standard Time:20200416T000000\nDTSTART;VALUE=DATE:20200417\nDTEND;VALUE=DATE:20200418\nEND:VEVENT",
    );
    assert_eq!(spans(&read), ["2020-04-02 to 2020-04-02", "2020-04-17 to 2020-04-17"]);
}

#[test]
fn of_two_states_of_an_event_the_later_one_counts() {
    let state = |sequence: u32, day: u32| {
        format!("BEGIN:VEVENT\nUID:1\nSEQUENCE:{sequence}\nDTSTART;VALUE=DATE:202609{day:02}\nEND:VEVENT")
    };
    let read = events(&format!("{}\n{}\n{}", state(1, 1), state(3, 3), state(2, 2)));
    assert_eq!(spans(&read), ["2026-09-03 to 2026-09-03"]);
}

#[test]
fn an_answer_to_an_invitation_says_who_what_and_to_which_state() {
    let read = read(
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:eng_1\nSEQUENCE:2\nDTSTART;VALUE=DATE:20270503\nORGANIZER:mailto:clara@chicago.example
         ATTENDEE;PARTSTAT=DECLINED;CN=\"Sato, Kenji\":MAILTO:kenji@osaka.example\nATTENDEE:mailto:ai@osaka.example\nCOMMENT:Sorry\\, we are in Hamburg\nEND:VEVENT\nEND:VCALENDAR",
    );
    assert_eq!(read.method.as_deref(), Some("REPLY"));
    assert_eq!(read.events, []);
    let [reply] = read.replies.as_slice() else { panic!("one answer: {:?}", read.replies) };
    assert_eq!((reply.uid.as_str(), reply.sequence, reply.said), ("eng_1", 2, Attendance::Declined));
    assert_eq!(reply.who.address.as_str(), "kenji@osaka.example");
    assert_eq!(reply.who.name.as_deref(), Some("Sato, Kenji"));
    assert_eq!(reply.comment.as_deref(), Some("Sorry, we are in Hamburg"));
}

#[test]
fn several_calendars_in_a_file_are_read_as_one_and_tasks_are_told() {
    let read = read(
        "BEGIN:VCALENDAR\nX-WR-CALNAME:One\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260901\nEND:VEVENT\nEND:VCALENDAR
         BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:2\nDUE;VALUE=DATE:20260902\nEND:VTODO\nBEGIN:VEVENT\nUID:3\nSUMMARY:When?\nEND:VEVENT\nEND:VCALENDAR",
    );
    assert_eq!(spans(&read), ["2026-09-01 to 2026-09-01"]);
    assert_eq!(
        notes(&read),
        [
            "event \"3\" does not say when it begins, and is left out",
            "1 of VTODO are no events, and are left out"
        ]
    );
}
