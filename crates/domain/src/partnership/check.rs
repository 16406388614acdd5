//! What must hold of every partnership; checked after each change and when one is read from storage.

use super::episode::{EffectiveEnd, overlap};
use super::transition::{Refusal, next};
use super::{Partnership, Status};
use crate::id::PartnershipId;
use crate::value::{Certainty, DateOrder, PartialDate};

/// A stored partnership that contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored partnership {partnership} contradicts itself: {refusal}")]
pub struct InvalidPartnership {
    /// The partnership as it was stored.
    pub partnership: PartnershipId,
    /// In what its history contradicts itself.
    pub refusal: Refusal,
}

/// A rule that is broken, and by which decision of the history, if by one.
pub(super) struct Broken {
    pub(super) position: Option<usize>,
    pub(super) refusal: Refusal,
}

impl Broken {
    fn by(refusal: Refusal) -> Self {
        Self { position: None, refusal }
    }
}

impl Partnership {
    /// Checks everything that must hold.
    pub(super) fn check(&self) -> Result<(), Broken> {
        self.check_episodes()?;
        self.check_overlaps()?;
        self.check_order()?;
        self.check_history()
    }

    /// Every decision is possible where it stands.
    fn check_history(&self) -> Result<(), Broken> {
        let mut status: Option<Status> = None;
        for (position, decision) in self.decisions.iter().enumerate() {
            match next(status.as_ref(), decision, self.date_of(decision)) {
                Ok(to) => status = Some(to),
                Err(refusal) => return Err(Broken { position: Some(position), refusal }),
            }
        }
        if status.is_none() { Err(Broken::by(Refusal::NotFirst)) } else { Ok(()) }
    }

    /// No decision stands after one that was surely taken later.
    fn check_order(&self) -> Result<(), Broken> {
        // Of all that stands before, the one that was taken latest, so that each is compared once.
        let mut latest: Option<(usize, PartialDate)> = None;
        for (position, decision) in self.decisions.iter().enumerate() {
            let Some(date) = self.date_of(decision) else { continue };
            match latest {
                Some((before, later)) if later.compare(&date) == DateOrder::After => {
                    let refusal = Refusal::OutOfOrder { later: decision.act.kind() };
                    return Err(Broken { position: Some(before), refusal });
                }
                Some((_, later)) if later.earliest() >= date.earliest() => {}
                _ => latest = Some((position, date)),
            }
        }
        Ok(())
    }

    /// Each episode was agreed once, ends after it begins, and is labelled by members only.
    fn check_episodes(&self) -> Result<(), Broken> {
        let count = self.episodes.len();
        let mut agreed = vec![0_usize; count];
        for decision in &self.decisions {
            if let Some(episode) = decision.act.episode() {
                let Some(times) = agreed.get_mut(episode) else {
                    return Err(Broken::by(Refusal::NoSuchEpisode { episode, count }));
                };
                *times += 1;
            }
        }
        if let Some((episode, found)) = agreed.into_iter().enumerate().find(|(_, times)| *times != 1) {
            return Err(Broken::by(Refusal::EpisodeWithoutAgreement { episode, found }));
        }
        for episode in &self.episodes {
            if let Some(label) = episode.labels.iter().find(|label| !self.members.contains(label.place)) {
                return Err(Broken::by(Refusal::NotAMember { place: label.place }));
            }
            if let (Some(began), EffectiveEnd::On(ended)) = (episode.began(), episode.own_end())
                && began.compare(&ended) == DateOrder::After
            {
                return Err(Broken::by(Refusal::EndsBeforeItBegins { began, ended }));
            }
        }
        Ok(())
    }

    /// No two episodes of the same kind surely overlap (R1).
    fn check_overlaps(&self) -> Result<(), Broken> {
        for (index, episode) in self.episodes.iter().enumerate() {
            for (with, other) in self.episodes[..index].iter().enumerate() {
                let span = (episode.began(), self.end_of(index));
                let other_span = (other.began(), self.end_of(with));
                if episode.kind == other.kind && overlap(span, other_span) == Certainty::Yes {
                    return Err(Broken::by(Refusal::Overlapping { kind: episode.kind.clone(), with }));
                }
            }
        }
        Ok(())
    }
}
