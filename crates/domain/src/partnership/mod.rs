//! Partnerships: who is bound to whom, as what, since when, and what has been decided about it.
//!
//! A partnership is an unordered set of two or more places ([`Members`]) with dated [`Episode`]s, each of one kind of the
//! programme's catalogue, and a history of [`Decision`]s. Its [`Status`] is never stored: it follows from the decisions,
//! today as for any past day ([`Partnership::status_on`]). What is computed from contact (active, cooling, dormant) is
//! not here; see `vitality`.
//!
//! The history is kept in order. A decision may be entered years later: it takes its place by its date, and is refused
//! if it, or a decision after it, would not have been possible. Nothing that was decided is ever removed.

mod change;
mod check;
mod conflict;
mod decision;
mod episode;
mod event;
mod history;
mod members;
mod record;
mod status;
mod stored;
#[cfg(test)]
pub(crate) mod tests;
mod transition;

pub use check::InvalidPartnership;
pub use conflict::{DateConflict, EpisodeClash, EpisodeDate};
pub use decision::{Act, ActKind, Decision, Measure};
pub use episode::{EffectiveEnd, Episode, EpisodeEnd, EpisodeEndKind, SideLabel, overlap};
pub use event::{Decided, PartnershipEvent};
pub use history::{KindOn, StatusOn, StatusStep};
pub use members::{InvalidMembers, Members};
pub use record::{Record, RecordCoverage, RecordGap, Stretch, StretchEnd, StretchStart};
pub use status::{Phase, Status, StatusKind, Suspension, SuspensionGap};
pub use transition::{PartnershipAction, PartnershipTransitionError, Refusal, possible_acts};

use serde::{Deserialize, Serialize};

use crate::id::{PartnershipId, PlaceId, ProgrammeId};
use crate::value::{Name, Note, PartialDate};

/// A partnership between two or more places, with its whole history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "stored::StoredPartnership", into = "stored::StoredPartnership")]
pub struct Partnership {
    id: PartnershipId,
    programme: ProgrammeId,
    members: Members,
    episodes: Vec<Episode>,
    decisions: Vec<Decision>,
    record: Record,
    notes: Vec<Note>,
}

impl Partnership {
    /// A partnership that begins with an agreement: the usual way in which an office's list is taken over.
    ///
    /// The date is that of the episode, or blank if nobody knows it.
    ///
    /// # Errors
    ///
    /// [`PartnershipTransitionError`] if the episode ends before it begins, or a label belongs to a place that is no member.
    pub fn agreed(
        id: PartnershipId,
        programme: ProgrammeId,
        members: Members,
        episode: Episode,
        authority: Option<Name>,
    ) -> Result<(Self, PartnershipEvent), PartnershipTransitionError> {
        Self::empty(id, programme, members).agree(episode, authority)
    }

    /// A partnership that begins with a request.
    ///
    /// # Errors
    ///
    /// [`PartnershipTransitionError`] if the decision is anything but [`Act::Enquire`].
    pub fn enquired(
        id: PartnershipId,
        programme: ProgrammeId,
        members: Members,
        decision: Decision,
    ) -> Result<(Self, PartnershipEvent), PartnershipTransitionError> {
        Self::empty(id, programme, members).decide(decision)
    }

    fn empty(id: PartnershipId, programme: ProgrammeId, members: Members) -> Self {
        Self {
            id,
            programme,
            members,
            episodes: Vec::new(),
            decisions: Vec::new(),
            record: Record::default(),
            notes: Vec::new(),
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> PartnershipId {
        self.id
    }

    /// The programme that keeps it.
    #[must_use]
    pub fn programme(&self) -> ProgrammeId {
        self.programme
    }

    /// The places it binds.
    #[must_use]
    pub fn members(&self) -> &Members {
        &self.members
    }

    /// Its episodes, in the order in which they were entered.
    #[must_use]
    pub fn episodes(&self) -> &[Episode] {
        &self.episodes
    }

    /// What has been decided about it, in the order of its history.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// For which periods its log is believed complete.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The notes, in the order in which they were added.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The others, seen from one of its members.
    pub fn counterparts(&self, from: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        self.members.others(from)
    }

    /// One text for the same places in whatever order; see [`Members::pair_key`].
    #[must_use]
    pub fn pair_key(&self) -> String {
        self.members.pair_key()
    }

    /// [`Self::pair_key`] as long as the partnership is not over, then `None`.
    ///
    /// Storage keeps it unique within a programme, so that a pair has one open partnership, and as many ended ones as
    /// its history had (R1).
    #[must_use]
    pub fn open_pair_key(&self) -> Option<String> {
        match self.status().phase() {
            Phase::Coming | Phase::InForce | Phase::Suspended => Some(self.pair_key()),
            Phase::Over => None,
        }
    }

    /// The day from which a decision holds, as far as known: of a decision to agree, the beginning of its episode.
    #[must_use]
    pub fn date_of(&self, decision: &Decision) -> Option<PartialDate> {
        match decision.act.episode() {
            Some(episode) => self.episodes.get(episode).and_then(Episode::began),
            None => decision.on,
        }
    }

    /// When it was first agreed, by its chosen sources: the beginning of the first episode of its history.
    #[must_use]
    pub fn since(&self) -> Option<PartialDate> {
        self.decisions
            .iter()
            .find(|decision| decision.act.kind() == ActKind::Agree)
            .and_then(|decision| self.date_of(decision))
    }

    /// The end of an episode: its own, or that of the partnership. [`EffectiveEnd::Open`] if there is no such episode.
    #[must_use]
    pub fn end_of(&self, episode: usize) -> EffectiveEnd {
        let own = self.episodes.get(episode).map_or(EffectiveEnd::Open, Episode::own_end);
        match own {
            EffectiveEnd::On(_) | EffectiveEnd::Undated => own,
            EffectiveEnd::Open => self
                .decisions
                .iter()
                .find(|decision| decision.act.kind() == ActKind::Conclude)
                .map_or(EffectiveEnd::Open, |decision| {
                    decision.on.map_or(EffectiveEnd::Undated, EffectiveEnd::On)
                }),
        }
    }

    /// Position in the history of the decision that began an episode.
    fn agreement_position(&self, episode: usize) -> Option<usize> {
        self.decisions.iter().position(|decision| decision.act.episode() == Some(episode))
    }

    /// The status after each decision, in order; stops short at one that is not possible.
    fn statuses(&self) -> Vec<Status> {
        let mut statuses: Vec<Status> = Vec::with_capacity(self.decisions.len());
        for decision in &self.decisions {
            match transition::next(statuses.last(), decision, self.date_of(decision)) {
                Ok(status) => statuses.push(status),
                Err(_) => break,
            }
        }
        statuses
    }
}
