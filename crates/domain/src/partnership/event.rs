//! What happened to a partnership, as the journal tells it.

use serde::{Deserialize, Serialize};

use super::decision::{ActKind, Decision};
use super::episode::{Episode, SideLabel};
use super::members::Members;
use super::record::Record;
use super::status::StatusKind;
use crate::value::{Claim, Note, PartialDate, Source};

/// A change of a partnership. The names are stable: subscribers match on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum PartnershipEvent {
    /// A request came in.
    #[serde(rename = "partnership.enquired")]
    Enquired(Decided),
    /// The request was taken up.
    #[serde(rename = "partnership.assessing")]
    Assessing(Decided),
    /// Both sides began to get to know each other.
    #[serde(rename = "partnership.exploring")]
    Exploring(Decided),
    /// An agreement stands, and with it an episode.
    #[serde(rename = "partnership.agreed")]
    Agreed {
        /// The decision and its effect.
        #[serde(flatten)]
        decided: Decided,
        /// The episode it began.
        episode: Episode,
    },
    /// The request was refused.
    #[serde(rename = "partnership.declined")]
    Declined(Decided),
    /// A review with a deadline was opened.
    #[serde(rename = "partnership.review_opened")]
    ReviewOpened(Decided),
    /// A plan to reawaken the bond was taken up.
    #[serde(rename = "partnership.reawakening")]
    Reawakening(Decided),
    /// The bond stands again as agreed.
    #[serde(rename = "partnership.reawakened")]
    Reawakened(Decided),
    /// The bond was set aside on a condition.
    #[serde(rename = "partnership.suspended")]
    Suspended(Decided),
    /// The suspension was lifted.
    #[serde(rename = "partnership.resumed")]
    Resumed(Decided),
    /// The bond was ended.
    #[serde(rename = "partnership.concluded")]
    Concluded(Decided),
    /// The ended bond is kept and honoured.
    #[serde(rename = "partnership.honoured")]
    Honoured(Decided),
    /// Both sides said again that they stand by it (R14).
    #[serde(rename = "partnership.reaffirmed")]
    Reaffirmed(Decided),
    /// A measure beside the status was decided (R13).
    #[serde(rename = "partnership.measure_decided")]
    MeasureDecided(Decided),
    /// One episode ended while another goes on.
    #[serde(rename = "partnership.episode_ended")]
    EpisodeEnded {
        /// Position of the episode, from 0.
        episode: usize,
        /// When, and who says so.
        claim: Claim<PartialDate>,
    },
    /// A side's own word for the bond was noted (R3).
    #[serde(rename = "partnership.labelled")]
    Labelled {
        /// Position of the episode, from 0.
        episode: usize,
        /// The word, whose it is, and its source.
        label: SideLabel,
    },
    /// A further source attests an episode.
    #[serde(rename = "partnership.attested")]
    Attested {
        /// Position of the episode, from 0.
        episode: usize,
        /// The source.
        source: Source,
    },
    /// A source's date for the beginning of an episode was noted (R6).
    #[serde(rename = "partnership.beginning_claimed")]
    BeginningClaimed {
        /// Position of the episode, from 0.
        episode: usize,
        /// The date, and who says so.
        claim: Claim<PartialDate>,
    },
    /// Among several dates for the beginning of an episode, one was chosen (R6).
    #[serde(rename = "partnership.beginning_chosen")]
    BeginningChosen {
        /// Position of the episode, from 0.
        episode: usize,
        /// The claim that is now the chosen one.
        claim: Claim<PartialDate>,
    },
    /// It was stated for which periods the log is believed complete.
    #[serde(rename = "partnership.record_stated")]
    RecordStated {
        /// All statements that hold from now on.
        record: Record,
    },
    /// A note was added.
    #[serde(rename = "partnership.noted")]
    Noted {
        /// The note.
        note: Note,
    },
    /// The record was removed, as when an import is undone. Ending a bond is `partnership.concluded`.
    #[serde(rename = "partnership.deleted")]
    Deleted {
        /// The places it bound.
        members: Members,
    },
}

/// A decision and its effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The decision.
    pub decision: Decision,
    /// Where the bond stood before it; `None` if its history begins with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<StatusKind>,
    /// Where the bond stood after it. Of a decision entered late this is the past status, not today's.
    pub to: StatusKind,
}

impl Decided {
    /// The event that reports this decision. A decision to agree is reported with its episode instead.
    pub(super) fn into_event(self, episode: Option<Episode>) -> PartnershipEvent {
        match (self.decision.act.kind(), episode) {
            (ActKind::Agree, Some(episode)) => PartnershipEvent::Agreed { decided: self, episode },
            (ActKind::Enquire | ActKind::Agree, _) => PartnershipEvent::Enquired(self),
            (ActKind::Assess, _) => PartnershipEvent::Assessing(self),
            (ActKind::Explore, _) => PartnershipEvent::Exploring(self),
            (ActKind::Decline, _) => PartnershipEvent::Declined(self),
            (ActKind::Review, _) => PartnershipEvent::ReviewOpened(self),
            (ActKind::Reawaken, _) => PartnershipEvent::Reawakening(self),
            (ActKind::Reawakened, _) => PartnershipEvent::Reawakened(self),
            (ActKind::Suspend, _) => PartnershipEvent::Suspended(self),
            (ActKind::Resume, _) => PartnershipEvent::Resumed(self),
            (ActKind::Conclude, _) => PartnershipEvent::Concluded(self),
            (ActKind::Honour, _) => PartnershipEvent::Honoured(self),
            (ActKind::Reaffirm, _) => PartnershipEvent::Reaffirmed(self),
            (ActKind::Measure, _) => PartnershipEvent::MeasureDecided(self),
        }
    }
}

impl PartnershipEvent {
    /// Its stable name: `partnership.suspended`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Enquired(_) => "partnership.enquired",
            Self::Assessing(_) => "partnership.assessing",
            Self::Exploring(_) => "partnership.exploring",
            Self::Agreed { .. } => "partnership.agreed",
            Self::Declined(_) => "partnership.declined",
            Self::ReviewOpened(_) => "partnership.review_opened",
            Self::Reawakening(_) => "partnership.reawakening",
            Self::Reawakened(_) => "partnership.reawakened",
            Self::Suspended(_) => "partnership.suspended",
            Self::Resumed(_) => "partnership.resumed",
            Self::Concluded(_) => "partnership.concluded",
            Self::Honoured(_) => "partnership.honoured",
            Self::Reaffirmed(_) => "partnership.reaffirmed",
            Self::MeasureDecided(_) => "partnership.measure_decided",
            Self::EpisodeEnded { .. } => "partnership.episode_ended",
            Self::Labelled { .. } => "partnership.labelled",
            Self::Attested { .. } => "partnership.attested",
            Self::BeginningClaimed { .. } => "partnership.beginning_claimed",
            Self::BeginningChosen { .. } => "partnership.beginning_chosen",
            Self::RecordStated { .. } => "partnership.record_stated",
            Self::Noted { .. } => "partnership.noted",
            Self::Deleted { .. } => "partnership.deleted",
        }
    }
}
