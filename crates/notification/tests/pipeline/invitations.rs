//! Who is invited gets the engagement for their calendar, and hears of each change until it is over; nobody hears of it by being named.

use chrono::TimeDelta;
use sister_cities_app::engagement::InvitationAnswered;
use sister_cities_app::privacy::ErasureRun;
use sister_cities_app::{AppError, IdempotentReply};
use sister_cities_domain::access::Caller;
use sister_cities_domain::engagement::{
    Direction, Engagement, EngagementDates, Foci, Focus, Happening, InvitationReply, Organisation, Side,
};
use sister_cities_domain::id::{EngagementId, PersonId};
use sister_cities_domain::notification::Rhythm;
use sister_cities_notification::calendar::{ReadSettings, read_calendar};
use sister_cities_notification::email::{CalendarMethod, Mail};
use sister_cities_notification::{SendError, Sending};

use crate::office::{Office, name};
use crate::records::title;

stories! {
    nobody_is_told_by_being_named_and_who_is_invited_has_it_in_their_calendar;
    what_moves_moves_with_a_higher_sequence_and_what_is_called_off_goes;
    who_is_taken_off_is_told_and_nobody_else;
    what_changed_before_a_mail_left_is_told_once_and_what_was_never_told_is_not_taken_back;
    what_is_over_is_told_to_nobody;
    an_answer_counts_until_the_day_is_another;
    who_is_invited_and_follows_is_told_once_and_who_wants_no_mails_is_told_too;
}

const MORNING: &str = "2026-05-29T10:00:00Z";
const HOUR: TimeDelta = TimeDelta::hours(1);

/// A mail as calendars read it: the method, the sequence, the days, and whether the one part says the same as the text of it.
fn calendar(mail: &Sending<Mail>) -> (CalendarMethod, u32, String) {
    let part = mail.message.calendar.as_ref().expect("a calendar");
    let read = read_calendar(part.text.as_bytes(), &ReadSettings::new(chrono_tz::UTC)).expect("a calendar");
    assert_eq!(read.notes, []);
    let event = &read.events[0];
    assert_eq!(read.method.as_deref(), Some(part.method.as_str()));
    let organizer = event.organizer.as_ref().expect("who invites");
    assert_eq!(organizer.address.as_str(), "partner@um.warszawa.example");
    let asked: Vec<&str> = event.attendees.iter().map(|one| one.user.address.as_str()).collect();
    assert_eq!(asked, [mail.message.to.address.as_str()], "nobody is told who else is invited");
    let (first, last) = event.entry.span.days();
    (part.method, event.entry.sequence, format!("{} {first}/{last}", event.entry.uid))
}

fn to<'a>(sent: &'a [Sending<Mail>], address: &str) -> Vec<&'a Sending<Mail>> {
    sent.iter().filter(|mail| mail.message.to.address.as_str() == address).collect()
}

impl Office {
    /// A visit on that day, for which these stand.
    pub(crate) async fn visit(&self, on: &str, people: &[PersonId]) -> EngagementId {
        let (partnership, _) = self.sister("Berlin").await;
        let id = EngagementId::next(self.app.ids());
        let dates = EngagementDates::on(on.parse().expect("a date"));
        let of = (self.programme, partnership);
        let (foci, direction) = (Foci::one(Focus::Culture), Direction::Inbound);
        let held = Engagement::held(id, of, title("Podpisanie"), foci, direction, dates);
        let mut choir = Organisation::named(name("Chór"), Side::Counterpart);
        choir.represented_by = people.to_vec();
        let engagement = Engagement { organisations: vec![choir], ..held };
        let made = self.app.create_engagement(&Caller::system(), engagement, IdempotentReply::NONE).await;
        made.expect("an engagement");
        id
    }

    async fn visit_now(&self, id: EngagementId) -> sister_cities_storage::Versioned<Engagement> {
        let store = self.app.database().programme(self.programme);
        store.get::<Engagement>(id).await.expect("a read").expect("an engagement")
    }

    pub(crate) async fn changes(&self, id: EngagementId, change: impl FnOnce(&mut Engagement)) {
        let now = self.visit_now(id).await;
        let mut after = now.value;
        change(&mut after);
        self.app.replace_engagement(&Caller::system(), after, now.revision).await.expect("changed");
    }

    pub(crate) async fn moves(&self, id: EngagementId, to: &str) {
        let dates = EngagementDates::on(to.parse().expect("a date"));
        self.changes(id, |visit| visit.dates = dates).await;
    }

    pub(crate) async fn invites(&self, id: EngagementId) -> Result<(), AppError> {
        let revision = self.visit_now(id).await.revision;
        let none = IdempotentReply::NONE;
        let system = Caller::system();
        self.app.invite_to_engagement(&system, (self.programme, id), revision, None, none).await.map(drop)
    }

    async fn answers(
        &self,
        id: EngagementId,
        from: &str,
        said: InvitationReply,
        sequence: u32,
    ) -> Result<Option<InvitationAnswered>, AppError> {
        let from = from.parse().expect("an address");
        self.app.answer_invitation(&Caller::system(), (self.programme, id), &from, (said, sequence)).await
    }

    /// What was mailed by now, since so many mails.
    async fn sent_since(&self, before: usize) -> Vec<Sending<Mail>> {
        self.work().await;
        self.mails.sent().split_off(before)
    }
}

async fn nobody_is_told_by_being_named_and_who_is_invited_has_it_in_their_calendar(
    (office, anna): (Office, PersonId),
) {
    office.person(anna, "Anna Żak", &["pl"], None).await;
    let visit = office.visit("2026-06-20", &[anna]).await;
    assert_eq!(office.sent_since(0).await, []);
    // At night: what is asked for is not kept until the morning.
    office.clock.set("2026-05-30T23:00:00Z".parse().expect("a time"));
    office.invites(visit).await.expect("invited");
    let sent = office.sent_since(0).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(calendar(&sent[0]), (CalendarMethod::Request, 0, format!("{visit} 2026-06-20/2026-06-20")));
    let Mail { subject, text, unsubscribe, .. } = &sent[0].message;
    assert_eq!(subject.as_str(), "Zaproszenie: Podpisanie");
    assert!(text.contains("20 czerwca 2026"), "{text}");
    assert_eq!(*unsubscribe, None, "who is invited says so by an answer");
    office.invites(visit).await.expect("again");
    assert_eq!(office.sent_since(1).await, [], "who is invited is not asked again");
}

async fn what_moves_moves_with_a_higher_sequence_and_what_is_called_off_goes(
    (office, anna): (Office, PersonId),
) {
    office.person(anna, "Anna Żak", &["pl"], None).await;
    let visit = office.visit("2026-06-20", &[anna]).await;
    office.invites(visit).await.expect("invited");
    office.work().await;
    office.changes(visit, |visit| visit.follow_up = true).await;
    assert_eq!(office.sent_since(1).await, [], "that is in no calendar");
    office.moves(visit, "2026-06-27").await;
    let moved = office.sent_since(1).await;
    assert_eq!(moved.len(), 1, "{moved:?}");
    assert_eq!(calendar(&moved[0]), (CalendarMethod::Request, 1, format!("{visit} 2026-06-27/2026-06-27")));
    assert_eq!(moved[0].message.subject.as_str(), "Zmiana: Podpisanie");
    office.changes(visit, |visit| visit.happening = Happening::CalledOff).await;
    let off = office.sent_since(2).await;
    assert_eq!(calendar(&off[0]), (CalendarMethod::Cancel, 2, format!("{visit} 2026-06-27/2026-06-27")));
    assert_eq!((off.len(), off[0].message.subject.as_str()), (1, "Odwołano: Podpisanie"));
    office.changes(visit, |visit| visit.happening = Happening::Held).await;
    let again = office.sent_since(3).await;
    assert_eq!(calendar(&again[0]), (CalendarMethod::Request, 3, format!("{visit} 2026-06-27/2026-06-27")));
}

async fn who_is_taken_off_is_told_and_nobody_else((office, anna): (Office, PersonId)) {
    office.person(anna, "Anna Żak", &["pl"], None).await;
    let bogdan = office.official("Bogdan Kos", "Archiwum").await;
    let visit = office.visit("2026-06-20", &[anna, bogdan]).await;
    office.invites(visit).await.expect("invited");
    assert_eq!(office.sent_since(0).await.len(), 2);
    office.changes(visit, |visit| visit.organisations[0].represented_by = vec![bogdan]).await;
    let sent = office.sent_since(2).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0].message.to.address.as_str(), "anna@example.org");
    assert_eq!(calendar(&sent[0]), (CalendarMethod::Cancel, 1, format!("{visit} 2026-06-20/2026-06-20")));
    // Without a day nobody can be invited any more; their calendar is told what it has.
    office.moves(visit, "2026-09").await;
    let sent = office.sent_since(3).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0].message.to.address.as_str(), "bogdan@example.org");
    assert_eq!(calendar(&sent[0]), (CalendarMethod::Cancel, 2, format!("{visit} 2026-06-20/2026-06-20")));
    office.moves(visit, "2026-09-05").await;
    office.changes(visit, |visit| visit.organisations[0].represented_by = vec![anna]).await;
    office.invites(visit).await.expect("invited again");
    let sent = office.sent_since(4).await;
    let (method, sequence, _) = calendar(&sent[0]);
    assert_eq!((sent.len(), method), (1, CalendarMethod::Request));
    assert!(sequence >= 2, "newer than what their calendar was told last");
    assert_eq!(sent[0].message.subject.as_str(), "Zaproszenie: Podpisanie", "as for the first time");
}

async fn what_changed_before_a_mail_left_is_told_once_and_what_was_never_told_is_not_taken_back(
    (office, anna): (Office, PersonId),
) {
    office.person(anna, "Anna Żak", &["pl"], None).await;
    let visit = office.visit("2026-06-20", &[anna]).await;
    office.invites(visit).await.expect("invited");
    office.moves(visit, "2026-06-21").await;
    office.moves(visit, "2026-06-22").await;
    let sent = office.sent_since(0).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(calendar(&sent[0]), (CalendarMethod::Request, 2, format!("{visit} 2026-06-22/2026-06-22")));
    assert_eq!(sent[0].message.subject.as_str(), "Zaproszenie: Podpisanie", "it is the first that they hear");

    let other = office.visit("2026-06-25", &[anna]).await;
    let refused = SendError::Permanent { detail: "too large".to_owned(), status: Some(552) };
    office.mails.answer_next(Err(refused));
    office.invites(other).await.expect("invited");
    office.work().await;
    let before = office.mails.sent().len();
    office.changes(other, |visit| visit.happening = Happening::CalledOff).await;
    assert_eq!(office.sent_since(before).await, [], "they were never told of it");
}

async fn what_is_over_is_told_to_nobody((office, anna): (Office, PersonId)) {
    office.person(anna, "Anna Żak", &["pl"], None).await;
    let visit = office.visit("2026-06-20", &[anna]).await;
    office.invites(visit).await.expect("invited");
    office.until("2026-06-22T10:00:00Z", TimeDelta::hours(12)).await;
    let before = office.mails.sent().len();
    office.changes(visit, |visit| visit.title = title("Podpisanie umowy")).await;
    office.moves(visit, "2026-06-19").await;
    assert_eq!(office.sent_since(before).await, [], "a log that is corrected afterwards is nobody's news");
    let Err(AppError::Refused(refusal)) = office.invites(visit).await else { panic!("it is over") };
    assert!(refusal.to_string().contains("was over on 2026-06-19"), "{refusal}");
}

async fn an_answer_counts_until_the_day_is_another((office, anna): (Office, PersonId)) {
    office.person(anna, "Anna Żak", &["pl"], None).await;
    let visit = office.visit("2026-06-20", &[anna]).await;
    office.invites(visit).await.expect("invited");
    office.work().await;
    let taken = office.answers(visit, "anna@example.org", InvitationReply::Accepted, 0).await.expect("taken");
    assert_eq!(taken, Some(InvitationAnswered { person: anna, is_new: true }));
    let again = office.answers(visit, "Anna@Example.org", InvitationReply::Accepted, 0).await.expect("taken");
    assert_eq!(again, Some(InvitationAnswered { person: anna, is_new: false }));
    let stranger = office.answers(visit, "mallory@example.org", InvitationReply::Declined, 0).await;
    assert_eq!(stranger.expect("an answer"), None, "from whom is not invited");
    assert!(
        office.answers(visit, "anna@example.org", InvitationReply::Declined, 9).await.is_err(),
        "never sent"
    );
    office.changes(visit, |visit| visit.follow_up = true).await;
    let answer = |visit: &Engagement| visit.invitations.answer_of(anna);
    assert_eq!(answer(&office.visit_now(visit).await.value), Some(InvitationReply::Accepted));
    office.moves(visit, "2026-06-27").await;
    assert_eq!(answer(&office.visit_now(visit).await.value), None);
    let late = office.answers(visit, "anna@example.org", InvitationReply::Declined, 0).await.expect("taken");
    assert_eq!(late.map(|taken| taken.is_new), Some(true), "it is kept");
    assert_eq!(answer(&office.visit_now(visit).await.value), None, "as no answer to the new day");
    office.answers(visit, "anna@example.org", InvitationReply::Tentative, 1).await.expect("taken");
    assert_eq!(answer(&office.visit_now(visit).await.value), Some(InvitationReply::Tentative));
}

async fn who_is_invited_and_follows_is_told_once_and_who_wants_no_mails_is_told_too(
    (office, anna): (Office, PersonId),
) {
    office.person(anna, "Anna Żak", &["pl"], None).await;
    let colleague = office.official("Celina Wrona", "Archiwum").await;
    office.asks(colleague, &["engagement.*"], Rhythm::Never).await;
    let visit = office.visit("2026-06-20", &[anna, colleague]).await;
    office.invites(visit).await.expect("invited");
    let sent = office.until("2026-05-29T12:00:00Z", HOUR).await;
    assert_eq!(to(&sent, "celina@example.org").len(), 1, "{sent:?}");
    let erased = office.app.erase_recorded_person(&Caller::system(), anna, ErasureRun::Real).await;
    erased.expect("erased");
    office.moves(visit, "2026-06-27").await;
    let sent = office.until("2026-05-29T14:00:00Z", HOUR).await;
    assert_eq!(
        (sent.len(), to(&sent, "celina@example.org").len()),
        (1, 1),
        "who is erased is told nothing more"
    );
}
