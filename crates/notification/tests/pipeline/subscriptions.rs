//! Who asks for more is told more, who asks for less is told less, and what is theirs and has come to its day reaches them all the same.

use chrono::TimeDelta;
use sister_cities_app::IdempotentReply;
use sister_cities_domain::access::Caller;
use sister_cities_domain::due::DueKind;
use sister_cities_domain::id::{PersonId, SeededIds, SubscriptionId};
use sister_cities_domain::notification::{Rhythm, Subscription};
use sister_cities_notification::Sending;
use sister_cities_notification::email::Mail;

use crate::office::Office;

const HOUR: TimeDelta = TimeDelta::hours(1);

/// To whom it was sent, of the mails about the agreement.
fn told(sent: &[Sending<Mail>]) -> Vec<&str> {
    let about = sent.iter().filter(|one| one.message.text.contains("Umowa o partnerstwie"));
    about.map(|one| one.message.to.address.as_str()).collect()
}

/// Somebody subscribes to the agreements that end.
async fn subscribes(office: &Office, person: PersonId, rhythm: Rhythm) {
    let subscription = Subscription {
        id: SubscriptionId::from_uuid(person.uuid()),
        programme: office.programme,
        person,
        events: [].into(),
        reminders: [DueKind::AgreementEnding].into(),
        partnership: None,
        committee: None,
        rhythm,
        remark: None,
    };
    let made = office.app.create_subscription(&Caller::system(), subscription, IdempotentReply::NONE).await;
    made.expect("a subscription");
}

/// The notice of the agreement can be given until 30 November; it comes onto the list at the end of May.
#[tokio::test]
async fn who_asked_for_it_is_told_beside_the_owner() {
    let (office, owner) = Office::at("2026-05-29T10:00:00Z").await;
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let colleague = office.official("Celina Wrona", "Archiwum").await;
    subscribes(&office, colleague, Rhythm::AtOnce).await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    let sent = office.until("2026-06-05T00:00:00Z", HOUR).await;
    let mut told = told(&sent);
    told.sort_unstable();
    assert_eq!(told, ["anna@example.org", "celina@example.org"]);
}

/// A guest of the partner city is no part of the programme: what is not theirs is not for them, whoever subscribed them.
#[tokio::test]
async fn a_guest_is_told_nothing_that_is_not_theirs() {
    let (office, owner) = Office::at("2026-05-29T10:00:00Z").await;
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let guest = PersonId::next(&SeededIds::new(12));
    office.person(guest, "Gabi Gast", &["de"], None).await;
    subscribes(&office, guest, Rhythm::AtOnce).await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    assert_eq!(told(&office.until("2026-06-05T00:00:00Z", HOUR).await), ["anna@example.org"]);
}

#[tokio::test]
async fn never_keeps_back_what_can_wait_and_not_what_is_due() {
    let (office, owner) = Office::at("2026-05-29T10:00:00Z").await;
    office.person(owner, "Anna Żak", &["pl"], None).await;
    subscribes(&office, owner, Rhythm::Never).await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    assert_eq!(told(&office.until("2026-06-05T00:00:00Z", HOUR).await), Vec::<&str>::new());
    let store = office.app.database().notifications();
    let unread = store.unread_notifications(office.programme.into(), owner).await.expect("a number");
    assert!(unread > 0, "it stands in their inbox");
    office.clock.set("2026-11-29T12:00:00Z".parse().expect("a time"));
    assert_eq!(told(&office.until("2026-11-30T12:00:00Z", HOUR).await), ["anna@example.org"]);
}
