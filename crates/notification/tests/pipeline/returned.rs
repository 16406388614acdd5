//! Mails that come back later, as mails: what was sent is marked, an address that takes none is left alone, and what somebody made up changes nothing.

use chrono::TimeDelta;
use sister_cities_app::clock::Clock as _;
use sister_cities_domain::access::Caller;
use sister_cities_domain::id::{DeliveryId, PersonId};
use sister_cities_domain::notification::{AttemptResult, DeliveryState, Rhythm};
use sister_cities_domain::person::Person;
use sister_cities_domain::privacy::Erasable;
use sister_cities_notification::Sending;
use sister_cities_notification::email::Mail;
use sister_cities_notification::pipeline::{ReportTaken, ReturnedMails};
use sister_cities_notification::received::{ReceivedMail, read_mail};

use crate::office::Office;

stories! {
    /// P20.
    a_mail_that_comes_back_marks_its_address_and_the_desk_is_told_once;
    a_mail_that_comes_back_goes_to_the_next_address;
    a_mail_that_is_late_or_was_not_wanted_says_nothing_of_the_address;
    reports_of_mails_that_were_never_sent_change_nothing;
}

const MORNING: &str = "2026-05-29T10:00:00Z";
const HOUR: TimeDelta = TimeDelta::hours(1);

/// A report about a delivery, as a mail server writes it.
fn report(delivery: DeliveryId, to: &str, action: &str, status: &str) -> Vec<u8> {
    let lines = format!(
        "From: MAILER-DAEMON@mx.example.org
To: desk@um.warszawa.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: <{delivery}@um.warszawa.example>
To: {to}

--b--
"
    );
    lines.lines().flat_map(|line| [line, "\r\n"]).collect::<String>().into_bytes()
}

impl Office {
    async fn takes(&self, report: &[u8]) -> ReportTaken {
        let ReceivedMail::Returned(returned) = read_mail(report) else { panic!("a report") };
        let mails = ReturnedMails::new(self.app.database().clone());
        mails.take(self.programme, &returned, self.clock.now()).await.expect("taken")
    }

    /// A colleague of the desk who is mailed that something was suspended.
    async fn mailed(&self) -> (PersonId, Sending<Mail>) {
        let colleague = self.official("Celina Wrona", "Archiwum").await;
        let berlin = self.sister("Berlin").await;
        self.asks(colleague, &["partnership.*"], Rhythm::AtOnce).await;
        self.suspend(berlin.0).await;
        let sent = self.until("2026-05-29T12:00:00Z", HOUR).await;
        let mail = sent.iter().find(|mail| mail.message.text.contains("zawieszone")).expect("a mail");
        (colleague, mail.clone())
    }

    async fn state(&self, id: DeliveryId) -> (DeliveryState, Option<String>) {
        let found = self.app.database().notifications().delivery(self.programme.into(), id).await;
        let delivery = found.expect("a read").expect("a delivery");
        (delivery.state, delivery.last_error)
    }

    async fn refused(&self, person: PersonId) -> usize {
        let store = self.app.database().notifications();
        store.refused_addresses(self.programme.into(), person).await.expect("a list").len()
    }
}

async fn a_mail_that_comes_back_marks_its_address_and_the_desk_is_told_once((office, _): (Office, PersonId)) {
    office.official("Bogdan Kos", "Dyrektor biura").await;
    let (celina, mail) = office.mailed().await;
    let report = report(mail.delivery, "celina@example.org", "failed", "5.1.1");
    let (delivery, person) = (mail.delivery, celina);
    let taken = ReportTaken::Kept { delivery, person, state: DeliveryState::Dead, is_refused: true };
    assert_eq!(office.takes(&report).await, taken);
    assert_eq!(office.takes(&report).await, ReportTaken::NothingNew(delivery));
    let (state, error) = office.state(delivery).await;
    assert_eq!((state, error.as_deref()), (DeliveryState::Dead, Some("the mail came back: 5.1.1")));
    let store = office.app.database().notifications();
    let attempts = store.delivery_attempts(office.programme.into(), delivery).await.expect("attempts");
    let results: Vec<_> = attempts.into_iter().map(|attempt| attempt.result).collect();
    let dead = AttemptResult::Dead { error: "the mail came back: 5.1.1".to_owned() };
    assert_eq!(results, [AttemptResult::Delivered, dead]);
    let before = office.mails.sent().len();
    let sent = office.until("2026-06-01T12:00:00Z", HOUR).await;
    let told: Vec<_> = sent
        .iter()
        .filter(|mail| mail.message.text.contains("odrzuca zapisany adres (Celina Wrona)"))
        .collect();
    assert_eq!(told.len(), 1, "{sent:?}");
    assert_eq!(told[0].message.to.address.as_str(), "bogdan@example.org");
    assert!(
        office.mails.sent()[before..]
            .iter()
            .all(|mail| mail.message.to.address.as_str() != "celina@example.org")
    );
}

async fn a_mail_that_comes_back_goes_to_the_next_address((office, _): (Office, PersonId)) {
    let (celina, mail) = office.mailed().await;
    let (app, system) = (&office.app, Caller::system());
    let found = app.get::<Person>(&system, office.programme, celina, None).await.expect("a person");
    let mut after = found.value;
    let mut other = after.emails[0].clone();
    other.fact.address = Erasable::Kept("wrona@example.org".parse().expect("an address"));
    after.emails.push(other);
    app.replace_person(&system, after, found.revision).await.expect("changed");
    let taken = office.takes(&report(mail.delivery, "celina@example.org", "failed", "5.1.1")).await;
    let state = DeliveryState::Ready;
    assert_eq!(taken, ReportTaken::Kept { delivery: mail.delivery, person: celina, state, is_refused: true });
    let sent = office.until("2026-05-29T13:00:00Z", HOUR).await;
    let again: Vec<_> = sent.iter().filter(|one| one.delivery == mail.delivery).collect();
    assert_eq!(again.len(), 1, "under the same id: {sent:?}");
    assert_eq!(again[0].message.to.address.as_str(), "wrona@example.org");
}

async fn a_mail_that_is_late_or_was_not_wanted_says_nothing_of_the_address((office, _): (Office, PersonId)) {
    let (celina, mail) = office.mailed().await;
    let late = report(mail.delivery, "celina@example.org", "delayed", "4.4.1");
    let (delivery, person, is_refused) = (mail.delivery, celina, false);
    let state = DeliveryState::Delivered;
    assert_eq!(office.takes(&late).await, ReportTaken::Kept { delivery, person, state, is_refused });
    assert_eq!(
        office.takes(&late).await,
        ReportTaken::NothingNew(delivery),
        "a server says so each few hours"
    );
    let spam = report(mail.delivery, "celina@example.org", "failed", "5.7.1");
    let state = DeliveryState::Dead;
    assert_eq!(office.takes(&spam).await, ReportTaken::Kept { delivery, person, state, is_refused });
    assert_eq!(office.refused(celina).await, 0);
    assert_eq!(office.state(delivery).await.1.as_deref(), Some("the mail came back: 5.7.1"));
}

/// Forged, about other mails, or about an address that is no longer theirs.
async fn reports_of_mails_that_were_never_sent_change_nothing((office, owner): (Office, PersonId)) {
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let (celina, mail) = office.mailed().await;
    let unknown = DeliveryId::next(office.app.ids());
    let forged = report(unknown, "celina@example.org", "failed", "5.1.1");
    assert_eq!(office.takes(&forged).await, ReportTaken::NotOurs);
    // It waits until the morning.
    let test =
        office.app.test_delivery(&Caller::system(), office.programme, owner).await.expect("a delivery");
    let early = report(test.id, "anna@example.org", "failed", "5.1.1");
    assert_eq!(office.takes(&early).await, ReportTaken::NothingNew(test.id));
    assert_eq!(office.state(test.id).await.0, DeliveryState::Ready);
    let elsewhere = office.other_programme("Chicago").await;
    let ReceivedMail::Returned(theirs) =
        read_mail(&report(mail.delivery, "celina@example.org", "failed", "5.1.1"))
    else {
        panic!("a report")
    };
    let mails = ReturnedMails::new(office.app.database().clone());
    let taken = mails.take(elsewhere.id, &theirs, office.clock.now()).await.expect("taken");
    assert_eq!(taken, ReportTaken::NotOurs, "another programme knows nothing of it");
    let other = report(mail.delivery, "somebody@elsewhere.example", "failed", "5.1.1");
    let (delivery, person, is_refused) = (mail.delivery, celina, false);
    let state = DeliveryState::Dead;
    assert_eq!(office.takes(&other).await, ReportTaken::Kept { delivery, person, state, is_refused });
    assert_eq!((office.refused(celina).await, office.refused(owner).await), (0, 0));
}
