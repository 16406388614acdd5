//! What is due is told in time, to those whose it is, in their words, at an hour at which they read, until somebody answers.

use std::sync::Arc;

use chrono::TimeDelta;
use sister_cities_app::due::ListDueQuery;
use sister_cities_app::{App, IdempotentReply};
use sister_cities_domain::access::Caller;
use sister_cities_domain::due::DueKind;
use sister_cities_domain::id::{PartnershipId, PersonId, ProgrammeId};
use sister_cities_domain::notification::DeliveryState;
use sister_cities_notification::email::Mail;
use sister_cities_notification::testing::RecordingChannel;
use sister_cities_notification::{Channel, SendFuture, Sending};
use sister_cities_storage::notification::DeliveryQuery;

use crate::office::{Office, draft, without_refusal};

/// When it was sent by Warsaw's clock, to whom, and its subject without marks of direction.
fn lines(sent: &[Sending<Mail>]) -> Vec<String> {
    let line = |one: &Sending<Mail>| {
        let at = one.at.with_timezone(&chrono_tz::Europe::Warsaw).format("%a %F %R");
        let mail = &one.message;
        format!("{at} {}: {}", mail.to.address.as_str(), mail.subject.as_str())
    };
    sent.iter().map(line).collect()
}

const HOUR: TimeDelta = TimeDelta::hours(1);

/// P22. The notice of an agreement can be given until 30 November; it comes onto the list on a Sunday half a year before.
#[tokio::test]
async fn an_owner_is_reminded_in_polish_at_nine_until_they_answer() {
    let (office, owner) = Office::at("2026-05-29T10:00:00Z").await;
    office.person(owner, "Anna Żak", &["pl"], None).await;
    office.official("Bogdan Kos", "Dyrektor biura").await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    let kind = Some(DueKind::AgreementEnding);

    let first = office.until("2026-06-05T00:00:00Z", HOUR).await;
    let about_the_agreement: Vec<_> =
        first.iter().filter(|one| one.message.text.contains("Umowa o partnerstwie")).cloned().collect();
    let told = lines(&about_the_agreement);
    assert_eq!(told.len(), 1, "{:?}", lines(&first));
    assert!(told[0].starts_with("Mon 2026-06-01 09:00 anna@example.org: "), "{told:?}");
    let mail = &about_the_agreement[0].message;
    assert_eq!(mail.language.to_string(), "pl");
    assert!(mail.text.contains("30 listopada 2026"), "{}", mail.text);
    insta::assert_snapshot!("a_reminder_in_polish", without_refusal(&about_the_agreement[0]));

    office.clock.set("2026-11-20T12:00:00Z".parse().expect("a time"));
    let week_before = office.until("2026-11-27T12:00:00Z", HOUR).await;
    let told: Vec<String> = about(&week_before);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("Mon 2026-11-23 09:00 anna@example.org"), "{told:?}");
    let on_the_day = about(&office.until("2026-12-04T12:00:00Z", HOUR).await);
    assert!(
        on_the_day.len() == 1 && on_the_day[0].starts_with("Mon 2026-11-30 09:00 anna"),
        "{on_the_day:?}"
    );
    let escalated = about(&office.until("2026-12-09T12:00:00Z", HOUR).await);
    assert!(
        escalated.len() == 1 && escalated[0].starts_with("Mon 2026-12-07 09:00 bogdan@example.org"),
        "{escalated:?}"
    );

    let listed = ListDueQuery { kind, limit: 10, ..ListDueQuery::default() };
    let listed = office.app.list_due(&Caller::system(), office.programme, listed).await.expect("a list");
    let item = listed.items[0].item.id;
    let answered = office
        .app
        .finish_due_item(&Caller::system(), office.programme, item, None, IdempotentReply::NONE)
        .await;
    answered.expect("answered");
    assert_eq!(about(&office.until("2027-03-01T12:00:00Z", TimeDelta::hours(6)).await), Vec::<String>::new());
}

fn about(sent: &[Sending<Mail>]) -> Vec<String> {
    let of: Vec<_> =
        sent.iter().filter(|one| one.message.text.contains("Umowa o partnerstwie")).cloned().collect();
    lines(&of)
}

/// What was made in the evening is not sent in the morning, if it was answered in the night.
#[tokio::test]
async fn what_is_answered_before_it_is_sent_is_not_sent() {
    let (office, owner) = Office::at("2026-06-01T19:00:00Z").await;
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    office.work().await;
    let query = ListDueQuery { kind: Some(DueKind::AgreementEnding), limit: 10, ..ListDueQuery::default() };
    let listed = office.app.list_due(&Caller::system(), office.programme, query).await.expect("a list");
    let item = listed.items[0].item.id;
    let answered = office
        .app
        .finish_due_item(&Caller::system(), office.programme, item, None, IdempotentReply::NONE)
        .await;
    answered.expect("answered");
    let sent = office.until("2026-06-02T12:00:00Z", HOUR).await;
    assert_eq!(about(&sent), Vec::<String>::new());
    let store = office.app.database().notifications();
    let query =
        DeliveryQuery { state: Some(DeliveryState::Cancelled), limit: 10, ..DeliveryQuery::default() };
    let cancelled = store.deliveries(office.programme.into(), query).await.expect("a page").items;
    assert_eq!(cancelled.len(), 1);
    assert_eq!(cancelled[0].last_error.as_deref(), Some("it is no longer due"));
}

/// What is due of a partnership is unknown between a change and the next reckoning: that is no reason to cancel.
#[tokio::test]
async fn a_change_just_before_a_reminder_is_sent_does_not_lose_it() {
    a_change_just_before(Office::at(EVENING).await).await;
}

#[tokio::test]
async fn on_postgresql_a_change_just_before_a_reminder_is_sent_does_not_lose_it() {
    let Some(office) = Office::on_postgresql(EVENING).await else { return };
    a_change_just_before(office).await;
}

const EVENING: &str = "2026-06-01T19:00:00Z";

async fn a_change_just_before((office, owner): (Office, PersonId)) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    office.work().await;
    office.clock.set("2026-06-02T08:00:00Z".parse().expect("a time"));
    office.draft(berlin).await;
    office.pipeline.send().await.expect("sent");
    assert_eq!(
        about(&office.mails.sent()),
        ["Tue 2026-06-02 10:00 anna@example.org: Umowa z partnerem Berlin dobiega końca: potrzebna decyzja"]
    );
}

/// Each mail is taken by a mail server while somebody enters something about the same partnership.
#[derive(Debug)]
struct Meddling {
    app: App,
    programme: ProgrammeId,
    partnership: PartnershipId,
    mails: Arc<RecordingChannel<Mail>>,
}

impl Channel for Meddling {
    type Message = Mail;

    fn send(&self, sending: Sending<Mail>) -> SendFuture<'_> {
        Box::pin(async move {
            draft(&self.app, self.programme, self.partnership, "2040-12-31").await;
            self.mails.send(sending).await
        })
    }
}

#[tokio::test]
async fn a_change_between_two_reminders_loses_neither() {
    let (mut office, owner) = Office::at(EVENING).await;
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let berlin = office.sister("Berlin").await;
    for _ in 0..2 {
        office.agreement(berlin, "2027-05-31").await;
    }
    let (app, programme, mails) = (office.app.clone(), office.programme, Arc::clone(&office.mails));
    office.mailing_by(Meddling { app, programme, partnership: berlin.0, mails });
    let sent = office.until("2026-06-02T12:00:00Z", HOUR).await;
    assert_eq!(about(&sent).len(), 2, "{:?}", lines(&sent));
}

/// P20, P22. A worker that was down for weeks sends the latest and not each it missed; two workers send nothing twice.
#[tokio::test]
async fn hours_that_were_missed_lose_nothing_and_double_nothing() {
    let (office, owner) = Office::at("2026-05-29T10:00:00Z").await;
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;
    office.clock.set("2026-11-24T10:00:00Z".parse().expect("a time"));
    for _ in 0..3 {
        office.work().await;
    }
    let sent = office.mails.sent();
    assert_eq!(about(&sent).len(), 1, "{:?}", about(&sent));
    // A clock that jumps back tells nothing again.
    office.clock.set("2026-11-10T10:00:00Z".parse().expect("a time"));
    office.work().await;
    office.clock.set("2026-11-24T11:00:00Z".parse().expect("a time"));
    office.work().await;
    assert_eq!(about(&office.mails.sent()).len(), 1);
}
