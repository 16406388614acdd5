//! Whoever follows the link at the end of a mail gets no more of its kind; and nobody else can make them.

use chrono::TimeDelta;
use sister_cities_domain::access::Caller;
use sister_cities_domain::id::PersonId;
use sister_cities_domain::notification::{Rhythm, Subscription};
use sister_cities_domain::person::{Person, Reading};
use sister_cities_notification::Sending;
use sister_cities_notification::email::Mail;

use crate::office::Office;

stories! {
    /// P22.
    a_kind_of_reminder_is_refused_with_one_click_but_for_what_has_come_to_its_day;
    a_subscription_ends_with_one_click;
    digests_end_with_one_click;
    who_refuses_digests_still_hears_of_what_is_theirs;
    a_link_that_was_made_up_does_nothing;
}

const MORNING: &str = "2026-05-29T10:00:00Z";
const HOUR: TimeDelta = TimeDelta::hours(1);

/// The link of the last part of the path, as a mail program has it from the header.
fn link(mail: &Sending<Mail>) -> String {
    let link = mail.message.unsubscribe.as_ref().expect("a link").as_str().to_owned();
    assert!(link.starts_with("https://partner.um.warszawa.example/unsubscribe/prg_"), "{link}");
    assert!(mail.message.text.contains(&link), "it stands in the mail, too");
    link.rsplit('/').next().expect("a path").to_owned()
}

fn to<'a>(sent: &'a [Sending<Mail>], address: &str) -> Vec<&'a Sending<Mail>> {
    let about = |one: &&Sending<Mail>| one.message.text.contains("Umowa o partnerstwie");
    sent.iter().filter(|one| one.message.to.address.as_str() == address).filter(about).collect()
}

async fn a_kind_of_reminder_is_refused_with_one_click_but_for_what_has_come_to_its_day(
    (office, owner): (Office, PersonId),
) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    let first = office.until("2026-06-05T00:00:00Z", HOUR).await;
    let link = link(to(&first, "anna@example.org")[0]);
    let (app, programme) = (&office.app, office.programme);

    let looked = app.read_refusal(programme, &link).await.expect("an answer").expect("a link");
    assert_eq!(looked.programme.as_str(), "Warszawa: miasta partnerskie");
    assert_eq!(subscriptions(&office).await, [], "to look at it changes nothing");
    for _ in 0..2 {
        app.refuse_messages(programme, &link).await.expect("an answer").expect("done");
    }
    let kept = subscriptions(&office).await;
    assert_eq!(kept.iter().map(|one| one.rhythm).collect::<Vec<_>>(), [Rhythm::Never]);
    office.clock.set("2026-11-20T12:00:00Z".parse().expect("a time"));
    let week_before = office.until("2026-11-29T12:00:00Z", HOUR).await;
    assert_eq!(to(&week_before, "anna@example.org").len(), 0);
    let on_the_day = office.until("2026-12-01T12:00:00Z", HOUR).await;
    let on_the_day = to(&on_the_day, "anna@example.org");
    assert_eq!(on_the_day.len(), 1);
    assert!(on_the_day[0].message.unsubscribe.is_none(), "that nobody can refuse");
}

async fn a_subscription_ends_with_one_click((office, _): (Office, PersonId)) {
    let colleague = office.official("Celina Wrona", "Archiwum").await;
    let berlin = office.sister("Berlin").await;
    office.asks(colleague, &["partnership.*"], Rhythm::AtOnce).await;
    office.reaffirm(berlin.0).await;
    let sent = office.until("2026-05-29T11:00:00Z", HOUR).await;
    let link = link(&sent[0]);
    office.app.refuse_messages(office.programme, &link).await.expect("an answer").expect("done");
    assert_eq!(subscriptions(&office).await, []);
    office.reaffirm(berlin.0).await;
    assert_eq!(office.until("2026-06-05T11:00:00Z", HOUR).await, []);
    let again = office.app.refuse_messages(office.programme, &link).await.expect("an answer");
    assert!(again.is_some(), "whoever clicks twice is told the same");
}

async fn digests_end_with_one_click((office, _): (Office, PersonId)) {
    let colleague = office.official("Celina Wrona", "Archiwum").await;
    let berlin = office.sister("Berlin").await;
    office.asks(colleague, &["partnership.*"], Rhythm::Daily).await;
    office.reaffirm(berlin.0).await;
    let sent = office.until("2026-06-01T12:00:00Z", HOUR).await;
    let digest = sent.iter().find(|one| one.message.text.contains("potwierdziły")).expect("a digest");
    office.app.refuse_messages(office.programme, &link(digest)).await.expect("an answer").expect("done");
    let kept = subscriptions(&office).await;
    assert_eq!(kept.iter().map(|one| one.rhythm).collect::<Vec<_>>(), [Rhythm::Never]);
    office.reaffirm(berlin.0).await;
    assert_eq!(office.until("2026-06-12T11:00:00Z", HOUR).await, []);
}

async fn who_refuses_digests_still_hears_of_what_is_theirs((office, owner): (Office, PersonId)) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let (app, system) = (&office.app, Caller::system());
    let found = app.get::<Person>(&system, office.programme, owner, None).await.expect("a person");
    let reading = Some(Reading { rhythm: Some(Rhythm::Daily), ..Reading::default() });
    let after = Person { reading, ..found.value };
    app.replace_person(&system, after, found.revision).await.expect("changed");
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    let first = office.until("2026-06-05T00:00:00Z", HOUR).await;
    let digest = to(&first, "anna@example.org")[0];
    assert!(digest.message.subject.as_str().starts_with("Państwa dzień"), "{:?}", digest.message.subject);
    app.refuse_messages(office.programme, &link(digest)).await.expect("an answer").expect("done");
    office.clock.set("2026-11-20T12:00:00Z".parse().expect("a time"));
    let week_before = office.until("2026-11-27T12:00:00Z", HOUR).await;
    let told = to(&week_before, "anna@example.org");
    assert_eq!(told.len(), 1, "{week_before:?}");
    assert!(!told[0].message.subject.as_str().starts_with("Państwa dzień"), "by itself");
}

async fn a_link_that_was_made_up_does_nothing((office, owner): (Office, PersonId)) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    let sent = office.until("2026-06-05T00:00:00Z", HOUR).await;
    let link = link(to(&sent, "anna@example.org")[0]);
    let (text, signature) = link.rsplit_once('.').expect("a signature");
    let other = text.replace("agreement_ending", "no_chair");
    let elsewhere = office.other_programme("Chicago").await;
    for (programme, made_up) in [
        (office.programme, format!("{other}.{signature}")),
        (office.programme, format!("{text}.{}", "0".repeat(32))),
        (office.programme, text.to_owned()),
        (office.programme, String::new()),
        (elsewhere.id, link.clone()),
    ] {
        let done = office.app.refuse_messages(programme, &made_up).await.expect("an answer");
        assert_eq!(done, None, "{made_up}");
    }
    assert_eq!(subscriptions(&office).await, []);
}

async fn subscriptions(office: &Office) -> Vec<Subscription> {
    let store = office.app.database().programme(office.programme);
    store.all::<Subscription>([]).await.expect("a list").into_iter().map(|one| one.value).collect()
}
