//! The mail to somebody who is invited: the engagement for their calendar, as it stands when the mail is sent.

use chrono::{DateTime, Utc};
use sister_cities_domain::engagement::{
    Engagement, EngagementEvent, EngagementSummary, Happening, InvitationReply,
};
use sister_cities_domain::id::{DeliveryId, EngagementId, NotificationId, PersonId};
use sister_cities_domain::notification::{Cause, ChannelKind, DeliveryContent, DeliveryState, Notification};
use sister_cities_domain::value::Name;
use sister_cities_storage::ReadError;

use super::invited::InvitationHistory;
use super::letters::{Gone, Said, Told};
use super::mail::MailLane;
use crate::calendar::{
    Attendance, Attendee, CalendarEntry, CalendarUser, Invitation as CalendarMessage, NoAttendees,
    entry_of_engagement, entry_of_what_was,
};
use crate::email::{CalendarMethod, CalendarPart};
use crate::message::{Begins, Invitation, InvitationFacts, Message, Reason};

const OVERTAKEN: Gone = Gone("a later message tells it");
const NEVER_TOLD: Gone = Gone("they were never told of it");
const OVER: Gone = Gone("it is over");
const NO_ORGANIZER: Gone = Gone("no address is set up to which somebody who is invited could answer");

/// What an invitation is made of.
struct Facts {
    method: CalendarMethod,
    entry: CalendarEntry,
    said: InvitationFacts,
    answer: Option<InvitationReply>,
}

impl MailLane {
    /// What somebody is told who is, or was, invited: as it is now, and only if nothing that happened later is told by itself.
    pub(super) async fn invitation(&self, notification: &Notification, now: DateTime<Utc>) -> Said<Told> {
        let Some(organizer) = self.lanes.organizer.clone() else { return Ok(Err(NO_ORGANIZER)) };
        let id = EngagementId::from_uuid(notification.cause.subject().id);
        let history = InvitationHistory::read(&self.store, id).await?;
        let records: Vec<PersonId> = self.addressee.person.records().collect();
        let mut theirs = history.of(&records);
        let Some((last, happened)) = theirs.pop() else { return Ok(Err(NEVER_TOLD)) };
        if place(&last) != place(&notification.cause) {
            return Ok(Err(OVERTAKEN));
        }
        // Whoever was taken off it and is invited again hears of it as for the first time.
        let taken_off =
            |(_, happened): &(Cause, &EngagementEvent)| matches!(happened, EngagementEvent::Uninvited { .. });
        let since = theirs.iter().rposition(taken_off).map_or(0, |at| at + 1);
        let were_told = self.were_told(theirs[since..].iter().map(|(cause, _)| cause)).await?;
        let facts = if let EngagementEvent::Uninvited { was, sequence, .. } = happened {
            self.uninvited(id, was, *sequence, now).await?
        } else {
            self.invited(id, were_told, now).await?
        };
        let Facts { method, entry, said, answer } = match facts {
            Ok(facts) => facts,
            Err(gone) => return Ok(Err(gone)),
        };
        if method == CalendarMethod::Cancel && !were_told {
            return Ok(Err(NEVER_TOLD));
        }
        let Some(address) = self.addressee.address().cloned() else {
            return Ok(Err(Gone("the recipient has no address")));
        };
        let organizer = CalendarUser { address: organizer, name: Some(self.programme.name.to_string()) };
        let user = CalendarUser { address, name: Some(self.addressee.person.name.to_string()) };
        // Nobody is told who else is invited.
        let attendees = vec![Attendee { user, attendance: attendance(answer) }];
        let message = match method {
            CalendarMethod::Cancel => CalendarMessage::cancel(entry, organizer, attendees),
            CalendarMethod::Request | CalendarMethod::Reply => {
                CalendarMessage::request(entry, organizer, attendees)
            }
        };
        let text = match message {
            Ok(message) => message.text(),
            Err(NoAttendees) => return Ok(Err(NEVER_TOLD)),
        };
        let reason = Reason::Invited { organiser: self.programme.name.clone() };
        let message = Message::Invitation(Invitation { facts: said, place: None });
        let calendar = Some(CalendarPart { method, text });
        Ok(Ok(Told { message, reason, refusable: None, calendar }))
    }

    /// What somebody is told who is invited.
    async fn invited(&self, id: EngagementId, were_told: bool, now: DateTime<Utc>) -> Said<Facts> {
        let Some(found) = self.store.get::<Engagement>(id).await? else {
            return Ok(Err(Gone("what it is about is gone")));
        };
        let engagement = found.value;
        let Some((first, last)) = engagement.days() else { return Ok(Err(Gone("its day is not known"))) };
        if last < self.today {
            return Ok(Err(OVER));
        }
        let partner = self.facts().partner(engagement.partnership).await?;
        let partner = partner.as_ref().map(Name::as_str);
        let sequence = engagement.invitations.sequence();
        // A record at its first revision is at the first state.
        let Some(entry) = entry_of_engagement(&engagement, partner, sequence.saturating_add(1), now) else {
            return Ok(Err(Gone("its day is in no calendar")));
        };
        let person = self.addressee.person.records().find(|record| engagement.invitations.has(*record));
        let answer = person.and_then(|person| engagement.invitations.answer_of(person));
        let (title, begins) = (engagement.title, Begins::Day(first));
        let (method, said) = match (engagement.happening, were_told) {
            (Happening::CalledOff, _) => {
                (CalendarMethod::Cancel, InvitationFacts::Cancelled { title, begins })
            }
            (_, true) => (CalendarMethod::Request, InvitationFacts::Changed { title, begins }),
            (_, false) => (CalendarMethod::Request, InvitationFacts::Asked { title, begins }),
        };
        Ok(Ok(Facts { method, entry, said, answer }))
    }

    /// What somebody is told who was taken off it: what their calendar has is off.
    async fn uninvited(
        &self,
        id: EngagementId,
        was: &EngagementSummary,
        sequence: u32,
        now: DateTime<Utc>,
    ) -> Said<Facts> {
        let partner = self.facts().partner(was.partnership).await?;
        let partner = partner.as_ref().map(Name::as_str);
        let Some((entry, days)) = entry_of_what_was(id, was, partner, sequence, now) else {
            return Ok(Err(Gone("its day is in no calendar")));
        };
        if days.last() < self.today {
            return Ok(Err(OVER));
        }
        let said = InvitationFacts::Cancelled { title: was.title.clone(), begins: Begins::Day(days.first()) };
        Ok(Ok(Facts { method: CalendarMethod::Cancel, entry, said, answer: None }))
    }

    /// Whether one of these has reached them. What is not known any more was told long ago.
    async fn were_told(&self, causes: impl Iterator<Item = &Cause>) -> Result<bool, ReadError> {
        let (store, realm) = (self.lanes.database.notifications(), self.store.realm());
        for cause in causes {
            let person = self.addressee.person.id;
            let content = DeliveryContent::Notification { notification: NotificationId::of(cause, person) };
            let id = DeliveryId::of(ChannelKind::Email, person.into(), &content);
            let delivery = store.delivery(realm, id).await?;
            if delivery.is_none_or(|delivery| delivery.state == DeliveryState::Delivered) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Where in the journal the event is that somebody is told of.
const fn place(cause: &Cause) -> Option<u64> {
    if let Cause::Event { sequence, .. } = cause { Some(*sequence) } else { None }
}

const fn attendance(answer: Option<InvitationReply>) -> Attendance {
    match answer {
        None => Attendance::NeedsAction,
        Some(InvitationReply::Accepted) => Attendance::Accepted,
        Some(InvitationReply::Declined) => Attendance::Declined,
        Some(InvitationReply::Tentative) => Attendance::Tentative,
        Some(InvitationReply::Delegated | _) => Attendance::Delegated,
    }
}
