//! Tests of engagements: their days, their part in a partnership, their counts.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::id::SeededIds;
use crate::value::{InvalidValue, Title};

fn engagement(direction: Direction, date: &str) -> Engagement {
    let ids = SeededIds::new(1);
    let id = EngagementId::next(&ids);
    let of = (ProgrammeId::next(&ids), PartnershipId::next(&ids));
    let dates = date.parse().map_or(EngagementDates::UNDATED, EngagementDates::on);
    Engagement::held(
        id,
        of,
        Title::new("Visit").expect("a title"),
        Foci::one(Focus::Culture),
        direction,
        dates,
    )
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn group(side: Side, role: ParticipantRole, people: u32) -> ParticipantGroup {
    ParticipantGroup { side, role, people }
}

#[test]
fn a_visit_takes_two_unless_there_is_evidence_to_the_contrary() {
    use Direction::{Inbound, Joint, Local, Outbound, Unknown, Virtual};
    use Mutuality::{Mutual, None, OneSided};
    use OtherSideEvidence::{LocalOnly, OnlyOneSide, TookPart, Unstated};
    let evidence = [TookPart, Unstated, OnlyOneSide, LocalOnly];
    let table = [
        (Inbound, [Mutual, Mutual, OneSided, None]),
        (Outbound, [Mutual, Mutual, OneSided, None]),
        (Joint, [Mutual, Mutual, OneSided, None]),
        (Virtual, [Mutual, Mutual, OneSided, None]),
        (Unknown, [Mutual, OneSided, OneSided, None]),
        (Local, [None, None, None, None]),
    ];
    for (direction, expected) in table {
        for (evidence, expected) in evidence.into_iter().zip(expected) {
            let held = Engagement { evidence, ..engagement(direction, "2005") };
            assert_eq!(held.mutuality(), expected, "{direction:?} {evidence:?}");
            let called_off = Engagement { happening: Happening::CalledOff, ..held.clone() };
            assert_eq!(called_off.mutuality(), None);
            let announced = Engagement { happening: Happening::AnnouncedOnly, ..held };
            assert_eq!(announced.mutuality(), expected.min(OneSided));
        }
    }
}

#[test]
fn an_engagement_is_about_something_each_thing_once() {
    assert_eq!(Foci::new([]), Err(InvalidValue::Empty));
    let foci = Foci::new([Focus::Government, Focus::Business, Focus::Government]).expect("foci");
    assert_eq!(foci.to_string(), "government, business");
    assert!(foci.contains(&Focus::Business) && foci.len() == 2);
}

#[test]
fn a_focus_we_do_not_know_survives_a_round_trip() {
    let focus: Focus = serde_json::from_str("\"gastronomy\"").expect("an open catalogue");
    assert!(matches!(focus, Focus::Other(_)));
    assert_eq!(serde_json::to_string(&focus).expect("serialises"), "\"gastronomy\"");
    assert!(serde_json::from_str::<Focus>("\"Fine Arts!\"").is_err());
}

#[test]
fn every_listed_focus_and_role_reads_back_as_itself() {
    for focus in Focus::LISTED {
        assert_eq!(focus.as_str().parse().as_ref(), Ok(focus));
    }
    for role in ParticipantRole::LISTED {
        assert_eq!(role.as_str().parse().as_ref(), Ok(role));
    }
}

#[test]
fn r27_the_four_counts_are_kept_apart_and_nothing_is_guessed() {
    let year = day("2008-01-01")..=day("2008-12-31");
    let mut visit = engagement(Direction::Inbound, "2008-06-02");
    visit.participants = vec![
        group(Side::Counterpart, ParticipantRole::Delegate, 22),
        group(Side::Counterpart, ParticipantRole::Audience, 5),
        group(Side::Host, ParticipantRole::Host, 400),
        group(Side::Unstated, ParticipantRole::Unstated, 7),
    ];
    let mut trip = engagement(Direction::Outbound, "2008-04");
    trip.participants = vec![group(Side::Host, ParticipantRole::Student, 13)];
    let unnumbered = engagement(Direction::Outbound, "2008-05");
    let mut called_off = engagement(Direction::Inbound, "2008-06");
    called_off.happening = Happening::CalledOff;
    let elsewhere = [engagement(Direction::Virtual, "2008-06-05"), engagement(Direction::Joint, "")];
    let last_year = engagement(Direction::Inbound, "2007");

    let all: Vec<_> = [visit, trip, unnumbered, called_off, last_year].into_iter().chain(elsewhere).collect();
    let counts = exchange_counts(&all, &year);
    assert_eq!(counts.inbound, Flow { exchanges: 1, people: 22, people_unclear: 7, without_number: 0 });
    assert_eq!(counts.outbound, Flow { exchanges: 2, people: 13, people_unclear: 0, without_number: 1 });
    assert_eq!(counts.possibly_inbound, Flow::default());
    assert_eq!(counts.counted.len(), 3);
    let uncounted: Vec<_> =
        counts.uncounted.iter().map(|(reason, number)| format!("{number} {reason}")).collect();
    let reasons =
        ["1 undated", "1 called_off", "2 neither_in_nor_out", "1 no_number_of_people", "1 people_unclear"];
    assert_eq!(uncounted, reasons);
}

#[test]
fn a_visit_of_which_only_the_year_is_known_is_possibly_within_a_part_of_it() {
    let summer = day("2008-06-01")..=day("2008-08-31");
    let visits = [engagement(Direction::Inbound, "2008"), engagement(Direction::Inbound, "")];
    let counts = exchange_counts(&visits, &summer);
    assert_eq!((counts.inbound.exchanges, counts.possibly_inbound.exchanges), (0, 2));
}

#[test]
fn the_span_of_an_engagement_is_from_its_first_possible_day_to_its_last() {
    let span = |start: &str, end: &str| {
        let dates = EngagementDates::new(start.parse().ok(), end.parse().ok()).expect("dates");
        dates.span().map(|(first, last)| format!("{first} {last}"))
    };
    assert_eq!(span("2004-11-08", "2004-11-19").as_deref(), Some("2004-11-08 2004-11-19"));
    assert_eq!(span("2004-11", "").as_deref(), Some("2004-11-01 2004-11-30"));
    assert_eq!(span("", "2004").as_deref(), Some("2004-01-01 2004-12-31"));
    assert_eq!(span("", ""), None);
    assert!(EngagementDates::new("2005".parse().ok(), "2004".parse().ok()).is_err());
}

proptest! {
    #[test]
    fn certain_and_possible_exchanges_add_up_to_those_that_are_not_excluded(
        years in proptest::collection::vec((2000..2020_i32, 0..6_usize), 0..40), from in 2000..2020_i32, length in 0..5_i32
    ) {
        let (first, last) = (day(&format!("{from}-03-01")), day(&format!("{}-09-30", from + length)));
        let days = first..=last;
        let all: Vec<_> = years.iter().map(|(year, direction)| {
            engagement(Direction::ALL[*direction], &year.to_string())
        }).collect();
        let counts = exchange_counts(&all, &days);
        let not_excluded = all.iter().filter(|one| one.dates.begins_within(&days).is_possible()).count() as u64;
        let counted = counts.counted.len() as u64;
        let neither = counts.uncounted.get(&Uncounted::NeitherInNorOut).copied().unwrap_or_default();
        prop_assert_eq!(counted + neither, not_excluded);
        let flows = [counts.inbound, counts.outbound, counts.possibly_inbound, counts.possibly_outbound];
        prop_assert_eq!(flows.iter().map(|flow| flow.exchanges).sum::<u64>(), counted);
    }
}
