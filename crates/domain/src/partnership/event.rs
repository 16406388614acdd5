//! What happened to a partnership, as the journal tells it.

use serde::{Deserialize, Serialize};

use super::decision::{ActKind, Decision};
use super::episode::{Episode, SideLabel};
use super::members::Members;
use super::record::Record;
use super::status::StatusKind;
use crate::event::events;
use crate::value::{Claim, Note, PartialDate, Source};

events! {
    /// A change of a partnership. The names are stable: subscribers match on them.
    pub enum PartnershipEvent {
        /// A request came in.
        Enquired = "partnership.enquired" (Decided),
        /// The request was taken up.
        Assessing = "partnership.assessing" (Decided),
        /// Both sides began to get to know each other.
        Exploring = "partnership.exploring" (Decided),
        /// An agreement stands, and with it an episode.
        Agreed = "partnership.agreed" {
            /// The decision and its effect.
            #[serde(flatten)]
            decided: Decided,
            /// The episode it began.
            episode: Episode,
        },
        /// The request was refused.
        Declined = "partnership.declined" (Decided),
        /// A review with a deadline was opened.
        ReviewOpened = "partnership.review_opened" (Decided),
        /// A plan to reawaken the partnership was taken up.
        Reawakening = "partnership.reawakening" (Decided),
        /// The partnership stands again as agreed.
        Reawakened = "partnership.reawakened" (Decided),
        /// The partnership was set aside on a condition.
        Suspended = "partnership.suspended" (Decided),
        /// The suspension was lifted.
        Resumed = "partnership.resumed" (Decided),
        /// The partnership was ended.
        Concluded = "partnership.concluded" (Decided),
        /// The ended partnership is kept and honoured.
        Honoured = "partnership.honoured" (Decided),
        /// Both sides said again that they stand by it (R14).
        Reaffirmed = "partnership.reaffirmed" (Decided),
        /// A measure beside the status was decided (R13).
        MeasureDecided = "partnership.measure_decided" (Decided),
        /// One episode ended while another goes on.
        EpisodeEnded = "partnership.episode_ended" {
            /// Position of the episode, from 0.
            episode: usize,
            /// When, and who says so.
            claim: Claim<PartialDate>,
        },
        /// A side's own word for the partnership was noted (R3).
        Labelled = "partnership.labelled" {
            /// Position of the episode, from 0.
            episode: usize,
            /// The word, whose it is, and its source.
            label: SideLabel,
        },
        /// A further source attests an episode.
        Attested = "partnership.attested" {
            /// Position of the episode, from 0.
            episode: usize,
            /// Where the episode is attested besides.
            source: Source,
        },
        /// A source's date for the beginning of an episode was noted (R6).
        BeginningClaimed = "partnership.beginning_claimed" {
            /// Position of the episode, from 0.
            episode: usize,
            /// The date, and who says so.
            claim: Claim<PartialDate>,
        },
        /// Among several dates for the beginning of an episode, one was chosen (R6).
        BeginningChosen = "partnership.beginning_chosen" {
            /// Position of the episode, from 0.
            episode: usize,
            /// The claim that is now the chosen one.
            claim: Claim<PartialDate>,
        },
        /// It was stated for which periods the log is believed complete.
        RecordStated = "partnership.record_stated" {
            /// All statements that hold from now on.
            record: Record,
        },
        /// A note was added.
        Noted = "partnership.noted" {
            /// The note, with where it is from.
            note: Note,
        },
        /// The record was removed, as when an import is undone. Ending a partnership is `partnership.concluded`.
        Deleted = "partnership.deleted" {
            /// The places it bound.
            members: Members,
        },
    }
}

/// A decision and its effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What was decided, when and by whom.
    pub decision: Decision,
    /// Where the partnership stood before it; `None` if its history begins with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<StatusKind>,
    /// Where the partnership stood after it. Of a decision entered late this is the past status, not today's.
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
