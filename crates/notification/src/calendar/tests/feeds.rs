//! What stands in a feed.

use sister_cities_domain::due::{DueItem, DueKind};
use sister_cities_domain::engagement::{Direction, Engagement, EngagementDates, Foci, Focus, Happening};
use sister_cities_domain::id::{AgreementId, DueId, EngagementId, PartnershipId, ProgrammeId, SeededIds};
use sister_cities_domain::value::{FreeText, PartialDate, Title};

use super::*;

fn visit(dates: EngagementDates) -> Engagement {
    let ids = SeededIds::new(1);
    let partnership = (ProgrammeId::next(&ids), PartnershipId::next(&ids));
    let title = Title::new("Delegation from Osaka").expect("a title");
    let foci = Foci::one(Focus::Culture);
    Engagement::held(EngagementId::next(&ids), partnership, title, foci, Direction::Inbound, dates)
}

fn on(text: &str) -> PartialDate {
    text.parse().expect("a date")
}

#[test]
fn a_visit_stands_in_the_feed_moves_there_and_is_called_off_under_one_uid() {
    let changed = moment("2026-11-30T09:00:00Z");
    let planned = EngagementDates::new(Some(on("2027-05-03")), Some(on("2027-05-05"))).expect("dates");
    let entry = |engagement: &Engagement, revision: u32| {
        entry_of_engagement(engagement, Some("Chicago and Osaka"), revision, changed).expect("an entry")
    };
    let first = entry(&visit(planned), 1);
    assert_eq!((span(&first.span).as_str(), first.sequence), ("2027-05-03 to 2027-05-05", 0));
    let moved = EngagementDates::new(Some(on("2027-05-10")), Some(on("2027-05-12"))).expect("dates");
    let second = entry(&visit(moved), 2);
    assert_eq!((span(&second.span).as_str(), second.sequence), ("2027-05-10 to 2027-05-12", 1));
    let off = entry(&Engagement { happening: Happening::CalledOff, ..visit(moved) }, 3);
    assert_eq!((off.status, off.sequence), (EntryStatus::Cancelled, 2));
    assert_eq!([&first.uid, &second.uid], [&off.uid, &off.uid]);
    let announced = entry(&Engagement { happening: Happening::AnnouncedOnly, ..visit(moved) }, 1);
    assert_eq!(announced.status, EntryStatus::Tentative);
}

/// P34: a feed is a link that can be passed on, so nothing sensitive is in it.
#[test]
fn p34_what_guests_need_is_not_in_the_feed() {
    let care = Some(FreeText::new("canary: coeliac").expect("a text"));
    let engagement = Engagement { care, ..visit(EngagementDates::on(on("2027-05-03"))) };
    let entry = entry_of_engagement(&engagement, None, 1, moment("2026-11-30T09:00:00Z")).expect("an entry");
    assert!(!write_calendar(&CalendarHead::default(), &[entry]).contains("canary"));
}

#[test]
fn what_has_no_first_day_is_in_no_calendar() {
    let changed = moment("2026-11-30T09:00:00Z");
    for dates in [
        EngagementDates::UNDATED,
        EngagementDates::on(on("2027")),
        EngagementDates::on(on("2027-05")),
        EngagementDates::new(None, Some(on("2027-05-05"))).expect("dates"),
    ] {
        assert_eq!(entry_of_engagement(&visit(dates), None, 1, changed), None, "{dates:?}");
    }
    let open = EngagementDates::new(Some(on("2027-05-03")), Some(on("2027-05"))).expect("dates");
    let entry = entry_of_engagement(&visit(open), None, 1, changed).expect("an entry");
    assert_eq!(span(&entry.span), "2027-05-03 to 2027-05-03");
}

#[test]
fn due_work_stands_on_its_day_and_rings_at_nine_on_the_day_before() {
    let subject = AgreementId::next(&SeededIds::new(1)).into();
    let due_on = day("2027-03-01");
    let item = DueItem {
        id: DueId::of(DueKind::AgreementEnding, subject, due_on),
        kind: DueKind::AgreementEnding,
        subject,
        partnership: None,
        committee: None,
        due_on,
        owner: None,
        reason: "The agreement of 2008 ends on 2027-06-30.".to_owned(),
        what_to_do: "Renew it, let it run out or give notice.".to_owned(),
    };
    let entry = entry_of_due_item(&item, moment("2026-11-30T09:00:00Z")).expect("an entry");
    let text = write_calendar(&CalendarHead::default(), &[entry]);
    for line in [
        "DTSTART;VALUE=DATE:20270301",
        "DTEND;VALUE=DATE:20270302",
        "TRIGGER:-PT15H",
        "TRANSP:TRANSPARENT",
        r"SUMMARY:Renew it\, let it run out or give notice.",
        "CATEGORIES:agreement_ending",
    ] {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} in\n{text}");
    }
    assert!(text.contains(&format!("UID:{}\r\n", item.id)), "{text}");
}
