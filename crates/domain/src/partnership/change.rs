//! The changes of a partnership. Each consumes it and returns it changed with the event, or refuses and says why.

use super::check::Broken;
use super::decision::{Act, ActKind, Decision};
use super::episode::{EffectiveEnd, Episode, EpisodeEnd, SideLabel};
use super::event::{Decided, PartnershipEvent};
use super::record::Record;
use super::transition::{PartnershipAction, PartnershipTransitionError, Refusal};
use super::{Partnership, Status};
use crate::value::{Claim, Claims, DateOrder, Name, Note, PartialDate, Source};

type Changed = Result<(Partnership, PartnershipEvent), PartnershipTransitionError>;

impl Partnership {
    /// Takes a decision, or enters one taken long ago: it stands in the history by its date, an undated one at the end.
    ///
    /// # Errors
    ///
    /// [`PartnershipTransitionError`] if the state machine has no such step from where the partnership stood then, if a later
    /// decision would no longer be possible, if a suspension has no date, or for [`Act::Agree`]: that needs an episode,
    /// see [`Self::agree`].
    pub fn decide(self, decision: Decision) -> Changed {
        let act = decision.act.kind();
        if act == ActKind::Agree {
            return Err(self.refuse(PartnershipAction::Decide(act), Refusal::NeedsEpisode));
        }
        self.enter(decision, None)
    }

    /// Agrees on an episode: from exploring the partnership becomes agreed; a partnership in force gets a further kind.
    ///
    /// # Errors
    ///
    /// [`PartnershipTransitionError`] as for [`Self::decide`], and if an episode of the same kind surely overlaps (R1).
    pub fn agree(mut self, episode: Episode, authority: Option<Name>) -> Changed {
        let act = Act::Agree { episode: self.episodes.len() };
        self.episodes.push(episode.clone());
        self.enter(Decision { act, on: None, authority, source: None }, Some(episode))
    }

    /// Ends one episode while another goes on: a friendship that gave way to a sister-city agreement.
    ///
    /// A second source for an end already known is kept beside the first.
    ///
    /// # Errors
    ///
    /// [`PartnershipTransitionError`] if there is no such episode, if it would end before it begins, or if no other
    /// episode goes on: then the partnership is to be concluded.
    pub fn end_episode(mut self, episode: usize, ended: PartialDate, source: Source) -> Changed {
        let action = PartnershipAction::EndEpisode;
        self.episode_at(episode, action)?;
        let another_goes_on = (0..self.episodes.len())
            .any(|other| other != episode && self.end_of(other) == EffectiveEnd::Open);
        if self.end_of(episode) == EffectiveEnd::Open && !another_goes_on {
            return Err(self.refuse(action, Refusal::LastEpisode));
        }
        let claim = Claim { value: ended, source: source.clone() };
        if let Some(found) = self.episodes.get_mut(episode) {
            match &mut found.end {
                EpisodeEnd::Ended(claims) => claims.add(ended, source),
                EpisodeEnd::WithThePartnership | EpisodeEnd::EndedUndated => {
                    found.end = EpisodeEnd::Ended(Claims::new(ended, source));
                }
            }
        }
        self.checked(action, PartnershipEvent::EpisodeEnded { episode, claim })
    }

    /// Notes what one side calls the partnership (R3). Saying the same twice changes nothing.
    ///
    /// # Errors
    ///
    /// [`PartnershipTransitionError`] if there is no such episode, or the place is no member.
    pub fn label(mut self, episode: usize, label: SideLabel) -> Changed {
        let action = PartnershipAction::Label;
        self.episode_at(episode, action)?;
        if let Some(found) = self.episodes.get_mut(episode)
            && !found.labels.contains(&label)
        {
            found.labels.push(label.clone());
        }
        self.checked(action, PartnershipEvent::Labelled { episode, label })
    }

    /// Notes a further source that attests an episode without giving a date. Saying the same twice changes nothing.
    ///
    /// # Errors
    ///
    /// [`PartnershipTransitionError`] if there is no such episode.
    pub fn attest(mut self, episode: usize, source: Source) -> Changed {
        let action = PartnershipAction::Attest;
        self.episode_at(episode, action)?;
        if let Some(found) = self.episodes.get_mut(episode)
            && !found.sources.contains(&source)
        {
            found.sources.push(source.clone());
        }
        self.checked(action, PartnershipEvent::Attested { episode, source })
    }

    /// Notes the date that a source gives for the beginning of an episode (R6). The first one given is chosen; a later
    /// one is kept beside it, and no choice is changed.
    ///
    /// # Errors
    ///
    /// [`PartnershipTransitionError`] if there is no such episode, or the first date contradicts the history.
    pub fn claim_beginning(mut self, episode: usize, date: PartialDate, source: Source) -> Changed {
        let action = PartnershipAction::ClaimBeginning;
        self.episode_at(episode, action)?;
        let claim = Claim { value: date, source: source.clone() };
        if let Some(found) = self.episodes.get_mut(episode) {
            if let Some(claims) = &mut found.began {
                claims.add(date, source);
            } else {
                found.began = Some(Claims::new(date, source));
                self.reorder(episode);
            }
        }
        self.checked(action, PartnershipEvent::BeginningClaimed { episode, claim })
    }

    /// Chooses among the dates that sources give for the beginning of an episode (R6); the others are kept.
    ///
    /// # Errors
    ///
    /// [`PartnershipTransitionError`] if there is no such episode or claim, or the date contradicts the history.
    pub fn choose_beginning(mut self, episode: usize, claim: usize) -> Changed {
        let action = PartnershipAction::ChooseBeginning;
        self.episode_at(episode, action)?;
        let chosen = self.episodes.get_mut(episode).and_then(|found| found.began.as_mut());
        let Some(claims) = chosen else {
            return Err(self.refuse(action, Refusal::NoClaim));
        };
        if let Err(error) = claims.choose(claim) {
            return Err(self.refuse(action, Refusal::NoSuchClaim(error)));
        }
        let claim = claims.chosen().clone();
        self.reorder(episode);
        self.checked(action, PartnershipEvent::BeginningChosen { episode, claim })
    }

    /// States for which periods the log is believed complete, in place of what was stated before.
    #[must_use]
    pub fn state_record(mut self, record: Record) -> (Self, PartnershipEvent) {
        self.record = record.clone();
        (self, PartnershipEvent::RecordStated { record })
    }

    /// Adds a note after those that are there; none is ever taken away.
    #[must_use]
    pub fn note(mut self, note: Note) -> (Self, PartnershipEvent) {
        self.notes.push(note.clone());
        (self, PartnershipEvent::Noted { note })
    }

    /// The event that its record was removed.
    #[must_use]
    pub fn deleted(&self) -> PartnershipEvent {
        PartnershipEvent::Deleted { members: self.members.clone() }
    }

    /// Puts a decision in its place in the history, checks, and reports.
    fn enter(mut self, decision: Decision, episode: Option<Episode>) -> Changed {
        let act = decision.act.kind();
        let action = PartnershipAction::Decide(act);
        let position = self.place_for(self.date_of(&decision));
        self.decisions.insert(position, decision);
        if let Err(broken) = self.check() {
            return Err(self.refuse_decision(action, position, broken));
        }
        let mut statuses = self.statuses();
        statuses.truncate(position + 1);
        let to = statuses.pop().as_ref().map_or(super::StatusKind::Enquiry, Status::kind);
        let from = statuses.last().map(Status::kind);
        let decision = self.decisions[position].clone();
        Ok((self, Decided { decision, from, to }.into_event(episode)))
    }

    /// Where a decision of that date stands: before the first that surely came later.
    fn place_for(&self, on: Option<PartialDate>) -> usize {
        on.and_then(|on| {
            self.decisions.iter().position(|other| {
                self.date_of(other).is_some_and(|other| other.compare(&on) == DateOrder::After)
            })
        })
        .unwrap_or(self.decisions.len())
    }

    /// Moves the decision that began an episode to where its date, just changed, puts it.
    fn reorder(&mut self, episode: usize) {
        if let Some(position) = self.agreement_position(episode) {
            let decision = self.decisions.remove(position);
            let date = self.date_of(&decision);
            // Undisturbed neighbours keep their order: it moves only if its date says so.
            let earliest = self.decisions.iter().rposition(|other| match (self.date_of(other), date) {
                (Some(other), Some(date)) => other.compare(&date) == DateOrder::Before,
                (None, _) | (_, None) => false,
            });
            let first = earliest.map_or(0, |before| before + 1);
            let last = self.place_for(date);
            self.decisions.insert(position.clamp(first.min(last), last), decision);
        }
    }

    fn checked(self, action: PartnershipAction, event: PartnershipEvent) -> Changed {
        match self.check() {
            Ok(()) => Ok((self, event)),
            Err(broken) => {
                let refusal = match broken.position.and_then(|position| self.decisions.get(position)) {
                    Some(later) => breaks(later, broken.refusal),
                    None => broken.refusal,
                };
                Err(self.refuse(action, refusal))
            }
        }
    }

    fn refuse_decision(
        &self,
        action: PartnershipAction,
        position: usize,
        broken: Broken,
    ) -> PartnershipTransitionError {
        let other =
            broken.position.filter(|broken| *broken != position).and_then(|at| self.decisions.get(at));
        match other {
            Some(later) => self.refuse(action, breaks(later, broken.refusal)),
            None => self.refuse(action, broken.refusal),
        }
    }

    fn episode_at(
        &self,
        episode: usize,
        action: PartnershipAction,
    ) -> Result<(), PartnershipTransitionError> {
        if episode < self.episodes.len() {
            Ok(())
        } else {
            Err(self.refuse(action, Refusal::NoSuchEpisode { episode, count: self.episodes.len() }))
        }
    }

    fn refuse(&self, action: PartnershipAction, refusal: Refusal) -> PartnershipTransitionError {
        PartnershipTransitionError { partnership: self.id, action, refusal }
    }
}

fn breaks(later: &Decision, because: Refusal) -> Refusal {
    Refusal::BreaksLater { later: later.act.kind(), because: Box::new(because) }
}
