//! Where sources disagree, and where the episodes of two partnerships of one pair get in each other's way.

use super::Partnership;
use super::episode::{EpisodeEnd, overlap};
use crate::id::PartnershipId;
use crate::value::{Certainty, Claims, KindKey, PartialDate};

/// A date of an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum EpisodeDate {
    /// The day on which the episode began.
    Began,
    /// The day on which the episode ended.
    Ended,
}

/// A date about which sources disagree; all they say is kept, one is chosen (R6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateConflict<'a> {
    /// Position of the episode, from 0.
    pub episode: usize,
    /// Which of its dates.
    pub date: EpisodeDate,
    /// What each source says, and what was chosen.
    pub claims: &'a Claims<PartialDate>,
}

/// Two partnerships of the same places with episodes of the same kind at the same time (R1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpisodeClash {
    /// The partnership of the same places with which it clashes.
    pub with: PartnershipId,
    /// The kind of both episodes.
    pub kind: KindKey,
    /// Position of the episode here, from 0.
    pub episode: usize,
    /// Position of the episode there, from 0.
    pub other_episode: usize,
    /// Whether they surely overlap, or may.
    pub certainty: Certainty,
}

impl Partnership {
    /// The dates about which its sources disagree.
    #[must_use]
    pub fn conflicts(&self) -> Vec<DateConflict<'_>> {
        let mut found = Vec::new();
        for (episode, facts) in self.episodes.iter().enumerate() {
            let ended = match &facts.end {
                EpisodeEnd::Ended(claims) => Some(claims),
                EpisodeEnd::WithThePartnership | EpisodeEnd::EndedUndated => None,
            };
            for (date, claims) in [(EpisodeDate::Began, facts.began.as_ref()), (EpisodeDate::Ended, ended)] {
                if let Some(claims) = claims.filter(|claims| !claims.is_agreed()) {
                    found.push(DateConflict { episode, date, claims });
                }
            }
        }
        found
    }

    /// The surest clash with another partnership of the same places: an episode of the same kind at the same time (R1).
    ///
    /// One that is certain must be refused; one that is only possible is worth a person's look.
    #[must_use]
    pub fn clash_with(&self, other: &Self) -> Option<EpisodeClash> {
        if self.id == other.id || self.members != other.members {
            return None;
        }
        let mut surest: Option<EpisodeClash> = None;
        for (episode, mine) in self.episodes.iter().enumerate() {
            for (other_episode, theirs) in
                other.episodes.iter().enumerate().filter(|(_, e)| e.kind == mine.kind)
            {
                let certainty = overlap(
                    (mine.began(), self.end_of(episode)),
                    (theirs.began(), other.end_of(other_episode)),
                );
                let so_far = surest.as_ref().map_or(Certainty::No, |clash| clash.certainty);
                if certainty > so_far {
                    let kind = mine.kind.clone();
                    surest = Some(EpisodeClash { with: other.id, kind, episode, other_episode, certainty });
                }
            }
        }
        surest
    }
}
