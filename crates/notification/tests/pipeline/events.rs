//! What happened is told to those who asked for it, at once or together, in their words, and as far as they may see it.

use chrono::TimeDelta;
use sister_cities_domain::id::{PersonId, SeededIds};
use sister_cities_domain::notification::{Cause, DeliveryState, Rhythm};
use sister_cities_domain::role::HeldIn;
use sister_cities_notification::Sending;
use sister_cities_notification::email::Mail;
use sister_cities_storage::notification::{DeliveryQuery, NotificationQuery};

use crate::office::{Office, without_refusal};

stories! {
    /// P15.
    who_asked_for_it_is_told_what_happened_and_nobody_else;
    what_happens_before_somebody_asks_is_not_told;
    a_digest_tells_of_each_partnership_what_changed;
    the_partner_city_sees_what_is_shared_with_it_and_nothing_else;
    what_is_taken_back_before_it_is_told_is_not_told;
    who_may_not_know_a_person_is_not_told_their_name;
    /// P22.
    a_promise_of_the_2008_plan_falls_late_and_both_owners_hear_of_it_by_their_own_clock;
}

/// A Friday: noon in Warsaw.
const MORNING: &str = "2026-05-29T10:00:00Z";
const HOUR: TimeDelta = TimeDelta::hours(1);

/// When it was sent by the clock of that zone, to whom, and its subject.
fn lines_in(zone: chrono_tz::Tz, sent: &[Sending<Mail>]) -> Vec<String> {
    let line = |one: &Sending<Mail>| {
        let at = one.at.with_timezone(&zone).format("%a %F %R");
        format!("{at} {}: {}", one.message.to.address.as_str(), one.message.subject.as_str())
    };
    sent.iter().map(line).collect()
}

fn lines(sent: &[Sending<Mail>]) -> Vec<String> {
    lines_in(chrono_tz::Europe::Warsaw, sent)
}

async fn who_asked_for_it_is_told_what_happened_and_nobody_else((office, owner): (Office, PersonId)) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let colleague = office.official("Celina Wrona", "Archiwum").await;
    let berlin = office.sister("Berlin").await;
    office.asks(colleague, &["partnership.suspended"], Rhythm::AtOnce).await;
    office.reaffirm(berlin.0).await;
    office.suspend(berlin.0).await;
    let sent = office.until("2026-05-29T11:00:00Z", HOUR).await;
    assert_eq!(lines(&sent), ["Fri 2026-05-29 12:00 celina@example.org: Partnerstwo zawieszone: Berlin"]);
    insta::assert_snapshot!("a_change_in_polish", without_refusal(&sent[0]));
    let store = office.app.database().notifications();
    let query = NotificationQuery { person: colleague, unread: true, digest: None, after: None, limit: 10 };
    let inbox = store.notifications(office.programme.into(), query).await.expect("a page").items;
    let told = |cause: &Cause| matches!(cause, Cause::Event { name, .. } if name == "partnership.suspended");
    assert!(inbox.len() == 1 && told(&inbox[0].cause), "{inbox:?}");
    assert_eq!(lines(&office.until("2026-06-05T11:00:00Z", HOUR).await), Vec::<String>::new(), "once");
}

async fn what_happens_before_somebody_asks_is_not_told((office, _): (Office, PersonId)) {
    let colleague = office.official("Celina Wrona", "Archiwum").await;
    let berlin = office.sister("Berlin").await;
    office.reaffirm(berlin.0).await;
    let asked = office.asks(colleague, &["partnership.*"], Rhythm::AtOnce).await;
    assert_eq!(lines(&office.until("2026-05-29T11:00:00Z", HOUR).await), Vec::<String>::new());
    // Nor what happens after they gave it up, however it waits.
    office.clock.set("2026-05-29T20:00:00Z".parse().expect("a time"));
    office.suspend(berlin.0).await;
    office.work().await;
    let (app, caller) = (&office.app, sister_cities_domain::access::Caller::system());
    let found = app
        .get::<sister_cities_domain::notification::Subscription>(&caller, office.programme, asked, None)
        .await
        .expect("a subscription");
    app.delete_subscription(&caller, (office.programme, asked), found.revision).await.expect("given up");
    assert_eq!(lines(&office.until("2026-06-02T11:00:00Z", HOUR).await), Vec::<String>::new());
}

async fn a_digest_tells_of_each_partnership_what_changed((office, _): (Office, PersonId)) {
    let colleague = office.official("Celina Wrona", "Archiwum").await;
    let berlin = office.sister("Berlin").await;
    let kyoto = office.sister("Kioto").await;
    office.asks(colleague, &["partnership.*", "engagement.*"], Rhythm::Daily).await;
    office.suspend(berlin.0).await;
    office.engagement(kyoto.0, "Wystawa kimon").await;
    assert_eq!(lines(&office.until("2026-05-31T11:00:00Z", HOUR).await), Vec::<String>::new());
    let sent = office.until("2026-06-05T11:00:00Z", HOUR).await;
    let about: Vec<_> = sent.iter().filter(|one| one.message.text.contains("Wystawa kimon")).collect();
    assert_eq!(about.len(), 1, "{:?}", lines(&sent));
    assert_eq!(about[0].at, "2026-06-01T07:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().expect("a time"));
    let text = &about[0].message.text;
    assert!(text.contains("Berlin") && text.contains("Kioto"), "{text}");
}

async fn the_partner_city_sees_what_is_shared_with_it_and_nothing_else((office, _): (Office, PersonId)) {
    let chicago = office.sister("Chicago").await;
    let other = office.other_programme("Chicago").await;
    let everything = ["share.*", "engagement.*", "agreement.*", "partnership.*", "action_point.*", "role.*"];
    office.asks_in(other.id, other.officer, &everything, Rhythm::AtOnce).await;
    // Somebody of Chicago's office whom Warsaw has on record, too; and a guest of elsewhere.
    let guests = SeededIds::new(12);
    let [guest, stranger] = [(); 2].map(|()| PersonId::next(&guests));
    office.person(guest, "Gabriel Guest", &["en"], None).await;
    office.holds(office.programme, guest, HeldIn::Place(chicago.1)).await;
    office.person(stranger, "Stefan Strange", &["en"], None).await;
    for person in [guest, stranger] {
        office.asks(person, &everything, Rhythm::AtOnce).await;
    }
    let link = office.link(chicago.0, (other.id, other.partnership)).await;
    office.engagement(chicago.0, "Rozmowa o rozwiązaniu umowy").await;
    let exhibition = office.engagement(chicago.0, "Wystawa, kurator J. Kowal").await;
    office.suspend(chicago.0).await;
    office.share(link, exhibition, "An exhibition in Warsaw").await;
    // 15:00 in Warsaw, 8:00 in Chicago: there they read from nine.
    office.clock.set("2026-05-29T13:00:00Z".parse().expect("a time"));
    let sent = office.until("2026-06-05T22:00:00Z", HOUR).await;
    assert_eq!(
        lines(&sent),
        [
            "Fri 2026-05-29 15:00 gabriel@example.org: Warszawa shares “An exhibition in Warsaw” with you",
            "Fri 2026-05-29 16:00 olivia@example.org: Warsaw shares “An exhibition in Warsaw” with you",
        ]
    );
    for mail in &sent {
        let text = format!("{}{}", mail.message.text, mail.message.html);
        assert!(!text.contains("Kowal") && !text.contains("rozwiązaniu"), "{text}");
    }
}

async fn what_is_taken_back_before_it_is_told_is_not_told((office, _): (Office, PersonId)) {
    let chicago = office.sister("Chicago").await;
    let other = office.other_programme("Chicago").await;
    office.asks_in(other.id, other.officer, &["share.*"], Rhythm::AtOnce).await;
    let link = office.link(chicago.0, (other.id, other.partnership)).await;
    let exhibition = office.engagement(chicago.0, "Wystawa").await;
    let share = office.share(link, exhibition, "An exhibition").await;
    // Five in the morning there.
    office.work().await;
    office.take_back(share).await;
    assert_eq!(lines(&office.until("2026-06-05T22:00:00Z", HOUR).await), Vec::<String>::new());
    let query =
        DeliveryQuery { state: Some(DeliveryState::Cancelled), limit: 10, ..DeliveryQuery::default() };
    let store = office.app.database().notifications();
    let cancelled = store.deliveries(other.id.into(), query).await.expect("a page").items;
    let reasons: Vec<_> = cancelled.iter().map(|one| one.last_error.as_deref()).collect();
    assert_eq!(reasons, [Some("it is no longer shared")]);
}

async fn who_may_not_know_a_person_is_not_told_their_name((office, _): (Office, PersonId)) {
    let desk = office.official("Celina Wrona", "Archiwum").await;
    let ids = SeededIds::new(13);
    let [member, new, known] = [(); 3].map(|()| PersonId::next(&ids));
    let committee = office.committee("Komitet Berlin").await;
    office.person(member, "Marek Mak", &["pl"], None).await;
    office.holds(office.programme, member, HeldIn::Committee(committee)).await;
    for person in [desk, member] {
        office.asks(person, &["role.*"], Rhythm::AtOnce).await;
    }
    office.person(new, "Nina Nowa", &["pl"], None).await;
    office.person_shown_to_members(known, "Karol Kos").await;
    for person in [new, known] {
        office.holds(office.programme, person, HeldIn::Committee(committee)).await;
    }
    let sent = office.until("2026-05-29T14:00:00Z", HOUR).await;
    let told = |address: &str, name: &str| {
        sent.iter().any(|one| one.message.to.address.as_str() == address && one.message.text.contains(name))
    };
    assert!(told("celina@example.org", "Nina Nowa") && told("celina@example.org", "Karol Kos"));
    assert!(!told("marek@example.org", "Nina Nowa") && told("marek@example.org", "Karol Kos"));
    assert_eq!(sent.len(), 3, "{:?}", lines(&sent));
}

/// The last day of May is a Sunday: on Monday it is a day late.
async fn a_promise_of_the_2008_plan_falls_late_and_both_owners_hear_of_it_by_their_own_clock(
    (office, owner): (Office, PersonId),
) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let chicago = office.sister("Chicago").await;
    let other = office.other_programme("Chicago").await;
    office.asks_in(other.id, other.officer, &["action_point.*", "share.*"], Rhythm::AtOnce).await;
    let link = office.link(chicago.0, (other.id, other.partnership)).await;
    let theirs = PersonId::next(&SeededIds::new(14));
    office.person(theirs, "Tom Tyler", &["en"], Some(chrono_tz::America::Chicago)).await;
    office.holds(office.programme, theirs, HeldIn::Place(chicago.1)).await;
    office.point(chicago.0, "2026-05", [owner, theirs]).await;
    // What the partner city is shown of this year, and the promise is not of it.
    let visit = office.engagement(chicago.0, "Wizyta, prowadzi A. Żak").await;
    office.share(link, visit, "A visit to Warsaw").await;
    office.until("2026-05-30T12:00:00Z", HOUR).await;
    let late = office.until("2026-06-01T21:00:00Z", HOUR).await;
    let about =
        |text: &str| late.iter().filter(|one| one.message.text.contains(text)).cloned().collect::<Vec<_>>();
    let promise = about("Share what works in finding work");
    assert_eq!(
        lines_in(chrono_tz::Europe::Warsaw, &promise[..1]),
        [
            "Mon 2026-06-01 09:00 anna@example.org: Obietnica (partner: Chicago): „Share what works in finding work”"
        ]
    );
    assert_eq!(
        lines_in(chrono_tz::America::Chicago, &promise[1..]),
        ["Mon 2026-06-01 09:00 tom@example.org: Promised with Warszawa: “Share what works in finding work”"]
    );
    assert!(promise[0].message.text.contains("jeden dzień"), "{}", promise[0].message.text);
    assert!(promise[1].message.text.contains("one day late"), "{}", promise[1].message.text);
    insta::assert_snapshot!("a_late_promise_for_the_other_side", without_refusal(&promise[1]));
    for mail in office.mails.sent() {
        let (to, text) = (mail.message.to.address.as_str().to_owned(), mail.message.text);
        assert!(!text.contains("doubts"), "what the desk thinks stays there: {text}");
        if to == "olivia@example.org" {
            assert!(text.contains("A visit to Warsaw") && !text.contains("finding work"), "{text}");
            assert!(!text.contains("Żak"), "{text}");
        }
    }
    assert!(lines(&office.mails.sent()).iter().any(|line| line.contains("olivia@example.org")));
}
