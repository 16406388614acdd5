//! What keeps mails from being too many, at the wrong hour, at the wrong address, or told again; and how they are traced.

use chrono::{DateTime, TimeDelta, Utc};
use sister_cities_app::due::ListDueQuery;
use sister_cities_domain::access::Caller;
use sister_cities_domain::due::DueKind;
use sister_cities_domain::id::PersonId;
use sister_cities_domain::notification::{Cause, DeliveryState, Rhythm};
use sister_cities_domain::person::{Person, Reading};
use sister_cities_notification::email::Mail;
use sister_cities_notification::{SendError, Sending};
use sister_cities_storage::Sequence;
use sister_cities_storage::notification::{DeliveryQuery, ToldQuery};

use crate::office::Office;

stories! {
    /// P22.
    hours_rhythm_and_holidays_are_the_readers_own;
    /// P20.
    an_address_that_takes_no_mail_is_left_alone_until_it_is_corrected;
    whoever_has_two_addresses_gets_the_mail_at_the_other;
    who_has_fifty_mails_in_an_hour_gets_the_rest_together;
    what_was_told_long_ago_and_is_still_due_is_not_told_again;
    an_event_leads_to_its_messages_and_a_message_to_its_event;
}

const MORNING: &str = "2026-05-29T10:00:00Z";
const HOUR: TimeDelta = TimeDelta::hours(1);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect(text)
}

fn gone() -> SendError {
    SendError::Gone {
        detail: "the mail server answered 550 5.1.1 no such user".to_owned(),
        status: Some(550),
    }
}

async fn change(office: &Office, person: PersonId, change: impl FnOnce(&mut Person)) {
    let (app, caller) = (&office.app, Caller::system());
    let found = app.get::<Person>(&caller, office.programme, person, None).await.expect("a person");
    let mut after = found.value;
    change(&mut after);
    app.replace_person(&caller, after, found.revision).await.expect("changed");
}

fn about<'a>(sent: &'a [Sending<Mail>], words: &str) -> Vec<&'a Sending<Mail>> {
    sent.iter().filter(|one| one.message.text.contains(words)).collect()
}

async fn hours_rhythm_and_holidays_are_the_readers_own((office, owner): (Office, PersonId)) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let reading = Reading {
        hours: "Mo,Th 14:00-16:00".parse().ok(),
        rhythm: Some(Rhythm::Daily),
        country: "DE".parse().ok(),
        ..Reading::default()
    };
    change(&office, owner, |person| person.reading = Some(reading)).await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    let sent = office.until("2026-06-03T00:00:00Z", HOUR).await;
    let told = about(&sent, "Umowa o partnerstwie");
    assert_eq!(told.iter().map(|one| one.at).collect::<Vec<_>>(), [at("2026-06-01T12:00:00Z")]);
    assert!(told[0].message.subject.as_str().starts_with("Państwa dzień"), "{:?}", told[0].message.subject);
    // She belongs to the programme. Corpus Christi is a holiday in Poland and not in all of Germany: on that Thursday she reads.
    let committee = office.committee("Komitet").await;
    office.holds(office.programme, owner, sister_cities_domain::role::HeldIn::Committee(committee)).await;
    office.asks(owner, &["partnership.*"], Rhythm::AtOnce).await;
    office.clock.set(at("2026-06-03T10:00:00Z"));
    office.suspend(berlin.0).await;
    let sent = office.until("2026-06-08T00:00:00Z", HOUR).await;
    let told = about(&sent, "zawieszone");
    assert_eq!(told.iter().map(|one| one.at).collect::<Vec<_>>(), [at("2026-06-04T12:00:00Z")]);
}

async fn an_address_that_takes_no_mail_is_left_alone_until_it_is_corrected(
    (office, owner): (Office, PersonId),
) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    office.official("Bogdan Kos", "Dyrektor biura").await;
    let berlin = office.sister("Berlin").await;
    office.asks(owner, &["partnership.*"], Rhythm::AtOnce).await;
    // She belongs to the programme, though not to its desk.
    let committee = office.committee("Komitet").await;
    office.holds(office.programme, owner, sister_cities_domain::role::HeldIn::Committee(committee)).await;
    // What is due of the committee is told before, also to somebody else.
    office.work().await;
    office.mails.answer_next(Err(gone()));
    office.reaffirm(berlin.0).await;
    let sent = office.until("2026-05-29T12:00:00Z", HOUR).await;
    let to = |sent: &[Sending<Mail>], words: &str| {
        about(sent, words).iter().map(|one| one.message.to.address.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(to(&sent, "Anna Żak!"), ["anna@example.org"], "whatever it told");
    assert_eq!(to(&sent, "odrzuca zapisany adres (Anna Żak)"), ["bogdan@example.org"]);
    assert!(sent.iter().all(|one| !one.message.text.contains("anna@")), "an address stays in the record");
    let dead = DeliveryQuery { state: Some(DeliveryState::Dead), limit: 9, ..DeliveryQuery::default() };
    let store = office.app.database().notifications();
    assert_eq!(store.deliveries(office.programme.into(), dead).await.expect("a page").items.len(), 1);

    office.reaffirm(berlin.0).await;
    let sent = office.until("2026-05-29T14:00:00Z", HOUR).await;
    assert_eq!(to(&sent, "potwierdziły"), Vec::<String>::new(), "nothing more is sent there");
    assert_eq!(to(&sent, "odrzuca"), Vec::<String>::new(), "nor is the desk told again");
    change(&office, owner, |person| {
        person.emails[0].fact.address =
            sister_cities_domain::privacy::Erasable::Kept("a.zak@example.org".parse().expect("an address"));
    })
    .await;
    office.clock.set(at("2026-06-01T10:00:00Z"));
    office.reaffirm(berlin.0).await;
    let sent = office.until("2026-06-01T12:00:00Z", HOUR).await;
    assert_eq!(to(&sent, "potwierdziły"), ["a.zak@example.org"]);
}

async fn whoever_has_two_addresses_gets_the_mail_at_the_other((office, _): (Office, PersonId)) {
    let colleague = office.official("Celina Wrona", "Archiwum").await;
    change(&office, colleague, |person| {
        let mut other = person.emails[0].clone();
        other.fact.address =
            sister_cities_domain::privacy::Erasable::Kept("wrona@example.org".parse().expect("an address"));
        person.emails.push(other);
    })
    .await;
    let berlin = office.sister("Berlin").await;
    office.asks(colleague, &["partnership.*"], Rhythm::AtOnce).await;
    office.mails.answer_next(Err(gone()));
    office.suspend(berlin.0).await;
    let sent = office.until("2026-05-29T14:00:00Z", HOUR).await;
    let to: Vec<_> = about(&sent, "zawieszone").iter().map(|one| one.message.to.address.as_str()).collect();
    assert_eq!(to, ["celina@example.org", "wrona@example.org"]);
    assert_eq!(sent[0].delivery, sent[1].delivery, "it is the same message");
}

async fn who_has_fifty_mails_in_an_hour_gets_the_rest_together((office, _): (Office, PersonId)) {
    let colleague = office.official("Celina Wrona", "Archiwum").await;
    let berlin = office.sister("Berlin").await;
    office.asks(colleague, &["engagement.*"], Rhythm::AtOnce).await;
    for number in 1..=60 {
        office.engagement(berlin.0, &format!("Wizyta numer {number}")).await;
        office.pipeline.tell().await.expect("told");
    }
    let sent = office.until("2026-05-29T12:00:00Z", HOUR).await;
    assert_eq!(about(&sent, "Wizyta numer").len(), 50);
    let sent = office.until("2026-06-01T12:00:00Z", HOUR).await;
    let digest = about(&sent, "Wizyta numer");
    assert_eq!(digest.len(), 1);
    for number in 51..=60 {
        assert!(digest[0].message.text.contains(&format!("Wizyta numer {number}")), "{number}");
    }
}

/// The notice of the agreement can be given until 30 November: it is on the list for half a year, and who was told is kept for 30 days.
async fn what_was_told_long_ago_and_is_still_due_is_not_told_again((office, owner): (Office, PersonId)) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    let sent = office.until("2026-06-02T12:00:00Z", HOUR).await;
    assert_eq!(about(&sent, "Umowa o partnerstwie").len(), 1);
    for day in ["2026-07-10T10:00:00Z", "2026-08-20T10:00:00Z"] {
        office.clock.set(at(day));
        office.app.forget_notifications().await.expect("forgotten");
        // Also while a change waits to be reckoned.
        office.draft(berlin).await;
        office.app.forget_notifications().await.expect("forgotten");
        let sent = office.until(&(at(day) + TimeDelta::hours(4)).to_rfc3339(), HOUR).await;
        assert_eq!(about(&sent, "Umowa o partnerstwie").len(), 0, "{day}");
    }
    let query = ListDueQuery { kind: Some(DueKind::AgreementEnding), limit: 10, ..ListDueQuery::default() };
    let due = office.app.list_due(&Caller::system(), office.programme, query).await.expect("a list");
    assert_eq!(due.items.len(), 1, "it is due all the time");
}

async fn an_event_leads_to_its_messages_and_a_message_to_its_event((office, owner): (Office, PersonId)) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let [desk, digested] =
        [office.official("Celina Wrona", "Archiwum").await, office.official("Dorota Lis", "Biuro").await];
    let berlin = office.sister("Berlin").await;
    let asked = office.asks(desk, &["partnership.*"], Rhythm::AtOnce).await;
    office.asks(digested, &["partnership.*"], Rhythm::Weekly).await;
    office.suspend(berlin.0).await;
    office.agreement(berlin, "2027-05-31").await;
    office.until("2026-06-01T12:00:00Z", HOUR).await;
    let (app, caller, programme) = (&office.app, Caller::system(), office.programme);
    let store = app.database().programme(programme);
    let journal = store.journal(sister_cities_storage::JournalQuery::after(Sequence::START, 500)).await;
    let journal = journal.expect("a journal");
    let suspended = journal
        .iter()
        .find(|one| one.event.body.name() == "partnership.suspended")
        .expect("an event")
        .sequence;

    let query = ToldQuery { event: Some(suspended), limit: 10, ..ToldQuery::default() };
    let told = app.list_told_notifications(&caller, programme, query).await.expect("a page");
    assert_eq!(told.items.len(), 2);
    for one in &told.items {
        let delivery = one.delivery.expect("a message");
        let evidence = app.get_delivery(&caller, programme, delivery).await.expect("an answer").expect("it");
        assert_eq!(evidence.attempts.len(), 1);
        let back: Vec<_> = evidence.told.iter().map(|told| told.cause.clone()).collect();
        let is_it =
            |cause: &Cause| matches!(cause, Cause::Event { sequence, .. } if *sequence == suspended.0);
        assert!(back.iter().any(is_it), "{back:?}");
    }
    let by_it = |one: &&sister_cities_app::notification::ToldBy| one.notification.person == desk;
    let why = &told.items.iter().find(by_it).expect("told").notification.why;
    assert_eq!(*why, sister_cities_domain::notification::Why::Subscription { subscription: asked.into() });

    let rule = Some(DueKind::AgreementEnding.to_string());
    let query = ToldQuery { rule, limit: 10, ..ToldQuery::default() };
    let told = app.list_told_notifications(&caller, programme, query).await.expect("a page");
    assert_eq!(told.items.iter().map(|one| one.notification.person).collect::<Vec<_>>(), [owner]);
}
