//! Who is invited to an engagement that is still to come, what they are told when it changes, and what they answered.
//!
//! Nobody is invited by being named: somebody asks them to come. From then on they hear of each change of what a calendar shows, until it is over, it
//! is called off, or they are taken off it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Engagement, EngagementEvent, Happening};
use crate::id::{EngagementId, PersonId};
use crate::named_enum;

named_enum! {
    /// What somebody said to an invitation (RFC 5545, 3.2.12).
    #[non_exhaustive]
    pub enum InvitationReply ("an answer to an invitation") {
        /// They come.
        Accepted = "accepted",
        /// They do not come.
        Declined = "declined",
        /// They may come.
        Tentative = "tentative",
        /// They send somebody else.
        Delegated = "delegated",
    }
}

/// What somebody answered, and to which state of the invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationAnswer {
    /// What they said.
    pub said: InvitationReply,
    /// To which state: the sequence of the invitation that they had.
    pub sequence: u32,
    /// When the answer was taken.
    pub at: DateTime<Utc>,
}

/// Somebody who is invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Who.
    pub person: PersonId,
    /// What they answered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<InvitationAnswer>,
}

/// The invitations to one engagement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitations {
    /// The state that was told last, as calendars count it (`SEQUENCE`): rises with whatever is told of a change.
    #[serde(default)]
    sequence: u32,
    /// The first state to which an answer still counts: that of the last change of what a calendar shows.
    #[serde(default)]
    answered_from: u32,
    /// Who is invited, in the order in which they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    invited: Vec<Invited>,
}

impl Invitations {
    /// Nobody ever was invited.
    pub const NONE: Self = Self { sequence: 0, answered_from: 0, invited: Vec::new() };

    /// Whether nobody ever was invited.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::NONE
    }

    /// The state that was told last, as calendars count it.
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        self.sequence
    }

    /// Who is invited, in the order in which they were.
    #[must_use]
    pub fn invited(&self) -> &[Invited] {
        &self.invited
    }

    /// Whether somebody is invited.
    #[must_use]
    pub fn has(&self, person: PersonId) -> bool {
        self.invited.iter().any(|one| one.person == person)
    }

    /// Whether an answer is one to the present state: what was said to an older one says nothing of this.
    #[must_use]
    pub const fn counts(&self, answer: &InvitationAnswer) -> bool {
        answer.sequence >= self.answered_from
    }

    /// What somebody answered to the present state.
    #[must_use]
    pub fn answer_of(&self, person: PersonId) -> Option<InvitationReply> {
        let answer = self.invited.iter().find(|one| one.person == person)?.answer?;
        self.counts(&answer).then_some(answer.said)
    }
}

/// Why nobody is invited, or an answer is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvitationRefusal {
    /// A calendar cannot show when it is.
    #[error("nobody is invited to {engagement}: the day on which it begins is not known")]
    NoDay {
        /// Which engagement.
        engagement: EngagementId,
    },
    /// It is over.
    #[error("nobody is invited to {engagement}: it was over on {last}")]
    Over {
        /// Which engagement.
        engagement: EngagementId,
        /// Its last day.
        last: NaiveDate,
    },
    /// It does not take place.
    #[error("nobody is invited to {engagement}: it is called off")]
    CalledOff {
        /// Which engagement.
        engagement: EngagementId,
    },
    /// Nobody is named.
    #[error("nobody is invited to {engagement}: no person stands for an organisation in it")]
    Nobody {
        /// Which engagement.
        engagement: EngagementId,
    },
    /// They are not named.
    #[error("{person} is not invited to {engagement}: they stand for no organisation in it")]
    NotNamed {
        /// Which engagement.
        engagement: EngagementId,
        /// Who.
        person: PersonId,
    },
    /// Somebody answers who is not invited.
    #[error("{person} is not invited to {engagement}, so there is nothing to answer")]
    NotInvited {
        /// Which engagement.
        engagement: EngagementId,
        /// Who.
        person: PersonId,
    },
    /// They answer what nobody was told.
    #[error("the answer is to state {sequence} of the invitation to {engagement}, which nobody was sent")]
    NeverSent {
        /// Which engagement.
        engagement: EngagementId,
        /// To which state.
        sequence: u32,
    },
}

impl Engagement {
    /// The first day and the last; none if the first is not known to the day. Where only the last is not known, it is the first.
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.dates.start()?.day()?;
        let last = self.dates.end().and_then(|end| end.day()).unwrap_or(first);
        (first <= last).then_some((first, last))
    }

    /// The people with a record who are named in it, each once.
    #[must_use]
    pub fn named(&self) -> Vec<PersonId> {
        let mut seen = BTreeSet::new();
        let all = self.organisations.iter().flat_map(|behind| behind.represented_by.iter().copied());
        all.filter(|person| seen.insert(*person)).collect()
    }

    /// Invites people who are named in it, all of them if none are given. Who is invited already is not asked again.
    ///
    /// # Errors
    ///
    /// [`InvitationRefusal`] if it is over, called off, or on no known day, or somebody is not named in it.
    pub fn invite(
        mut self,
        whom: Option<&[PersonId]>,
        today: NaiveDate,
    ) -> Result<(Self, Vec<EngagementEvent>), InvitationRefusal> {
        let engagement = self.id;
        let (_, last) = self.days().ok_or(InvitationRefusal::NoDay { engagement })?;
        if last < today {
            return Err(InvitationRefusal::Over { engagement, last });
        }
        if self.happening == Happening::CalledOff {
            return Err(InvitationRefusal::CalledOff { engagement });
        }
        let named = self.named();
        let whom = whom.map_or_else(|| named.clone(), <[PersonId]>::to_vec);
        if whom.is_empty() {
            return Err(InvitationRefusal::Nobody { engagement });
        }
        if let Some(person) = whom.iter().copied().find(|person| !named.contains(person)) {
            return Err(InvitationRefusal::NotNamed { engagement, person });
        }
        let new: Vec<PersonId> = {
            let mut seen = BTreeSet::new();
            let is_new = |person: &PersonId| !self.invitations.has(*person) && seen.insert(*person);
            whom.into_iter().filter(is_new).collect()
        };
        let invitations = &mut self.invitations;
        // Somebody was told since that it is off for them: a calendar takes only what is newer than that.
        if !new.is_empty() && invitations.sequence > invitations.answered_from {
            invitations.sequence += 1;
        }
        let (partnership, sequence) = (self.partnership, invitations.sequence);
        let events =
            new.iter().map(|person| EngagementEvent::Invited { partnership, person: *person, sequence });
        let events = events.collect();
        invitations.invited.extend(new.into_iter().map(|person| Invited { person, answer: None }));
        Ok((self, events))
    }

    /// The record as somebody wrote it, with the invitations that stood at the one before, and what those who are invited are told of the difference.
    ///
    /// Who is not named any more is not invited any more. If the day is not known any more nobody is: there is nothing that a calendar could show.
    #[must_use]
    pub fn with_invitations_of(mut self, before: &Self) -> (Self, Vec<EngagementEvent>) {
        self.invitations = before.invitations.clone();
        if self.invitations.invited.is_empty() {
            return (self, Vec::new());
        }
        let named: BTreeSet<PersonId> =
            if self.days().is_some() { self.named().into_iter().collect() } else { BTreeSet::new() };
        let partnership = self.partnership;
        let (stay, go): (Vec<Invited>, Vec<Invited>) = std::mem::take(&mut self.invitations.invited)
            .into_iter()
            .partition(|one| named.contains(&one.person));
        let looks_other = self.shown_in_calendars() != before.shown_in_calendars();
        let mut events = Vec::new();
        if looks_other || !go.is_empty() {
            self.invitations.sequence = self.invitations.sequence.saturating_add(1);
        }
        let sequence = self.invitations.sequence;
        for Invited { person, .. } in go {
            let was = before.summary();
            events.push(EngagementEvent::Uninvited { was, person, sequence });
        }
        if looks_other {
            self.invitations.answered_from = sequence;
            if !stay.is_empty() {
                events.push(EngagementEvent::InvitationChanged { partnership, sequence });
            }
        }
        self.invitations.invited = stay;
        (self, events)
    }

    /// Takes what somebody answered to their invitation; `None` if they said so already, or said something newer since.
    ///
    /// # Errors
    ///
    /// [`InvitationRefusal`] if they are not invited, or nobody was sent what they answer.
    pub fn answer_invitation(
        mut self,
        person: PersonId,
        answer: InvitationAnswer,
    ) -> Result<Option<(Self, EngagementEvent)>, InvitationRefusal> {
        let (engagement, partnership) = (self.id, self.partnership);
        let InvitationAnswer { said, sequence, .. } = answer;
        if sequence > self.invitations.sequence {
            return Err(InvitationRefusal::NeverSent { engagement, sequence });
        }
        let invited = self.invitations.invited.iter_mut().find(|one| one.person == person);
        let Some(invited) = invited else {
            return Err(InvitationRefusal::NotInvited { engagement, person });
        };
        let is_old = |known: InvitationAnswer| {
            known.sequence > sequence || (known.sequence, known.said) == (sequence, said)
        };
        if invited.answer.is_some_and(is_old) {
            return Ok(None);
        }
        invited.answer = Some(answer);
        let event = EngagementEvent::InvitationAnswered { partnership, person, said, sequence };
        Ok(Some((self, event)))
    }

    /// What a calendar shows of it: the time, and whether it stands.
    fn shown_in_calendars(&self) -> (&str, Option<(NaiveDate, NaiveDate)>, Happening) {
        (self.title.as_str(), self.days(), self.happening)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engagement::{Direction, EngagementDates, Foci, Focus, Organisation, Side};
    use crate::id::{EngagementId, PartnershipId, ProgrammeId, SeededIds};
    use crate::value::{Name, Title};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    /// A visit on a day, for which these stand.
    fn visit(date: &str, people: &[PersonId]) -> Engagement {
        let ids = SeededIds::new(1);
        let (id, of) = (EngagementId::next(&ids), (ProgrammeId::next(&ids), PartnershipId::next(&ids)));
        let title = Title::new("Signing").expect("a title");
        let dates = date.parse().map_or(EngagementDates::UNDATED, EngagementDates::on);
        let mut school = Organisation::named(Name::new("A school").expect("a name"), Side::Counterpart);
        school.represented_by = people.to_vec();
        let held = Engagement::held(id, of, title, Foci::one(Focus::Business), Direction::Inbound, dates);
        Engagement { organisations: vec![school], ..held }
    }

    fn people() -> [PersonId; 2] {
        let ids = SeededIds::new(9);
        [PersonId::next(&ids), PersonId::next(&ids)]
    }

    fn invited(people: &[PersonId]) -> Engagement {
        visit("2027-05-03", people).invite(None, day("2027-01-01")).expect("invited").0
    }

    fn moved(before: &Engagement, to: &str) -> (Engagement, Vec<EngagementEvent>) {
        let dates = EngagementDates::on(to.parse().expect("a date"));
        Engagement { dates, ..before.clone() }.with_invitations_of(before)
    }

    fn says(said: InvitationReply, sequence: u32) -> InvitationAnswer {
        InvitationAnswer { said, sequence, at: "2027-02-01T10:00:00Z".parse().expect("a moment") }
    }

    #[test]
    fn who_is_named_is_invited_once_and_nobody_else() {
        let [anna, bogdan] = people();
        let visit = visit("2027-05-03", &[anna]);
        let stranger = visit.clone().invite(Some(&[bogdan]), day("2027-01-01")).expect_err("not named");
        assert!(stranger.to_string().ends_with("they stand for no organisation in it"), "{stranger}");
        let (visit, events) = visit.invite(None, day("2027-05-03")).expect("on the day itself");
        assert_eq!(events.len(), 1);
        let (again, events) = visit.clone().invite(Some(&[anna, anna]), day("2027-01-01")).expect("again");
        assert_eq!((again, events), (visit, Vec::new()));
    }

    #[test]
    fn nobody_is_invited_to_what_is_over_called_off_or_on_no_known_day() {
        let [anna, _] = people();
        let refused = |visit: Engagement, today| {
            visit.invite(None, day(today)).expect_err("nobody is invited").to_string()
        };
        assert!(refused(visit("2027-05", &[anna]), "2027-01-01").ends_with("is not known"));
        assert!(refused(visit("2027-05-03", &[anna]), "2027-05-04").ends_with("over on 2027-05-03"));
        let off = Engagement { happening: Happening::CalledOff, ..visit("2027-05-03", &[anna]) };
        assert!(refused(off, "2027-01-01").ends_with("called off"));
        assert!(
            refused(visit("2027-05-03", &[]), "2027-01-01")
                .ends_with("no person stands for an organisation in it")
        );
    }

    #[test]
    fn the_sequence_rises_with_what_a_calendar_shows_and_with_nothing_else() {
        let [anna, _] = people();
        let before = invited(&[anna]);
        let noted = Engagement { outcomes: Vec::new(), follow_up: true, ..before.clone() };
        let (noted, events) = noted.with_invitations_of(&before);
        assert_eq!((noted.invitations.sequence(), events.len()), (0, 0));
        let (later, events) = moved(&before, "2027-05-10");
        assert!(matches!(events[..], [EngagementEvent::InvitationChanged { sequence: 1, .. }]), "{events:?}");
        let off = Engagement { happening: Happening::CalledOff, ..later.clone() };
        let (off, events) = off.with_invitations_of(&later);
        assert!(matches!(events[..], [EngagementEvent::InvitationChanged { sequence: 2, .. }]), "{events:?}");
        assert!(off.invitations.has(anna), "whoever was told that it is off is told if it stands again");
    }

    #[test]
    fn who_is_taken_off_is_told_what_it_was_and_the_answers_of_others_stand() {
        let [anna, bogdan] = people();
        let both = invited(&[anna, bogdan]);
        let yes = says(InvitationReply::Accepted, 0);
        let (both, _) = both.answer_invitation(bogdan, yes).expect("an answer").expect("a new one");
        let alone =
            Engagement { organisations: visit("2027-05-03", &[bogdan]).organisations, ..both.clone() };
        let (alone, events) = alone.with_invitations_of(&both);
        let [EngagementEvent::Uninvited { person, sequence: 1, was }] = &events[..] else {
            panic!("{events:?}")
        };
        assert_eq!((*person, was.title.as_str()), (anna, "Signing"));
        assert_eq!(alone.invitations.answer_of(bogdan), Some(InvitationReply::Accepted));
        let back = Engagement { organisations: both.organisations.clone(), ..alone.clone() };
        let (back, events) = back.with_invitations_of(&alone);
        assert_eq!(
            (events.len(), back.invitations.has(anna)),
            (0, false),
            "nobody is invited by being named"
        );
        let (_, events) = back.invite(None, day("2027-01-01")).expect("invited again");
        assert!(matches!(events[..], [EngagementEvent::Invited { sequence: 2, .. }]), "{events:?}");
    }

    #[test]
    fn without_a_known_day_nobody_is_invited_any_more() {
        let [anna, _] = people();
        let before = invited(&[anna]);
        let (open, events) = moved(&before, "2027-06");
        let [EngagementEvent::Uninvited { was, .. }] = &events[..] else { panic!("{events:?}") };
        assert_eq!(was.dates, before.dates, "the calendar is told what it has");
        assert!(!open.invitations.has(anna));
    }

    #[test]
    fn an_answer_to_an_older_state_is_none_to_the_present() {
        let [anna, bogdan] = people();
        let before = invited(&[anna]);
        let yes = says(InvitationReply::Accepted, 0);
        let (before, _) = before.answer_invitation(anna, yes).expect("an answer").expect("a new one");
        assert_eq!(before.invitations.answer_of(anna), Some(InvitationReply::Accepted));
        assert_eq!(before.clone().answer_invitation(anna, yes), Ok(None), "the same again");
        let (later, _) = moved(&before, "2027-05-10");
        assert_eq!(later.invitations.answer_of(anna), None);
        let no = says(InvitationReply::Declined, 1);
        let (later, _) = later.answer_invitation(anna, no).expect("an answer").expect("a new one");
        assert_eq!(
            later.clone().answer_invitation(anna, says(InvitationReply::Tentative, 0)),
            Ok(None),
            "late mail"
        );
        assert_eq!(later.invitations.answer_of(anna), Some(InvitationReply::Declined));
        let unknown = later.clone().answer_invitation(anna, says(InvitationReply::Accepted, 7));
        assert!(unknown.expect_err("never sent").to_string().contains("state 7"));
        assert!(later.answer_invitation(bogdan, no).is_err(), "who is not invited answers nothing");
    }
}
