//! Which decision is possible from which status, and what it leads to. The one table of the partnership's state machine.

use chrono::NaiveDate;

use super::decision::{Act, ActKind, Decision};
use super::status::{Phase, Status, StatusKind, Suspension};
use crate::id::{PartnershipId, PlaceId};
use crate::value::{InvalidValue, KindKey, PartialDate};

/// A refused change of a partnership: says what was asked, of what, and why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("partnership {partnership} cannot be {}: {refusal}", .action.done())]
#[non_exhaustive]
pub struct PartnershipTransitionError {
    /// The partnership that stays as it is.
    pub partnership: PartnershipId,
    /// The change that was asked for.
    pub action: PartnershipAction,
    /// Why it was refused.
    pub refusal: Refusal,
}

/// What can be asked of a partnership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PartnershipAction {
    /// Take a decision of that kind.
    Decide(ActKind),
    /// End one episode while another goes on.
    EndEpisode,
    /// Note what one side calls it.
    Label,
    /// Note a further source of an episode.
    Attest,
    /// Note what a source says about the beginning of an episode.
    ClaimBeginning,
    /// Choose among the dates given for the beginning of an episode.
    ChooseBeginning,
}

impl PartnershipAction {
    /// What a partnership cannot be, when the action is refused: "cannot be suspended".
    #[must_use]
    pub fn done(self) -> &'static str {
        match self {
            Self::Decide(act) => act.done(),
            Self::EndEpisode => "freed of that episode",
            Self::Label => "labelled so",
            Self::Attest => "attested so",
            Self::ClaimBeginning => "given that beginning",
            Self::ChooseBeginning => "made to begin then",
        }
    }
}

/// Why a change of a partnership was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Nothing was decided about it before, and only an enquiry or an agreement can come first.
    #[error("its history can begin with an enquiry or an agreement only")]
    NotFirst,
    /// An enquiry can only come first.
    #[error("its history has begun already; it is {from}")]
    AlreadyBegun {
        /// Where the partnership stood on the day of the decision.
        from: StatusKind,
    },
    /// The state machine has no such step.
    #[error("it is {from} on that day; this needs it to be {}", words(.needs))]
    NotFrom {
        /// Where it stood on that day.
        from: StatusKind,
        /// Where it would have to stand.
        needs: &'static [StatusKind],
    },
    /// A suspension must have a date (R13).
    #[error("a suspension needs the date from which it holds, for example 2022-03-01")]
    NoDate,
    /// A review must be decided after it was opened.
    #[error("the deadline {deadline} lies before the review begins, {on}")]
    DeadlineTooEarly {
        /// The deadline that was asked for.
        deadline: NaiveDate,
        /// When the review would begin.
        on: PartialDate,
    },
    /// What was decided later would no longer be possible.
    #[error("the later decision to {later} would no longer be possible, because {because}")]
    BreaksLater {
        /// The decision that would no longer be possible.
        later: ActKind,
        /// Why it would not be possible.
        because: Box<Refusal>,
    },
    /// The dates of two decisions contradict the order in which they stand.
    #[error("the decision to {later} would come after it in its history, but before it by its date")]
    OutOfOrder {
        /// The decision that stands later in the history.
        later: ActKind,
    },
    /// The pair already has an episode of that kind at that time (R1).
    #[error("it already has an episode of the kind {kind} at that time, the one at position {with}")]
    Overlapping {
        /// The kind of both episodes.
        kind: KindKey,
        /// Position of the other episode, from 0.
        with: usize,
    },
    /// An episode would end before it begins.
    #[error("the episode would end ({ended}) before it begins ({began})")]
    EndsBeforeItBegins {
        /// When the episode begins.
        began: PartialDate,
        /// When it would end.
        ended: PartialDate,
    },
    /// The last episode that goes on ends with the partnership, by a decision to conclude it.
    #[error("no other episode goes on; to end the bond as a whole, conclude it")]
    LastEpisode,
    /// There is no such episode.
    #[error("it has no episode at position {episode}; it has {count}, counted from 0")]
    NoSuchEpisode {
        /// The position that was given.
        episode: usize,
        /// How many there are.
        count: usize,
    },
    /// No source gives a date yet, so there is nothing to choose from.
    #[error("no source gives a date for its beginning yet")]
    NoClaim,
    /// There is no claim to choose at that position.
    #[error("{0}")]
    NoSuchClaim(InvalidValue),
    /// An agreement starts an episode, so it needs one.
    #[error("an agreement starts an episode: give its kind and the date it began, as far as known")]
    NeedsEpisode,
    /// An episode and the decisions to agree do not belong together one to one.
    #[error("the episode at position {episode} needs exactly one decision to agree, and has {found}")]
    EpisodeWithoutAgreement {
        /// Position of the episode, from 0.
        episode: usize,
        /// How many decisions name it.
        found: usize,
    },
    /// A label or a view belongs to a place that is no member.
    #[error("the place {place} is not one of its members")]
    NotAMember {
        /// The place that was named.
        place: PlaceId,
    },
}

fn words(kinds: &[StatusKind]) -> String {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    words.join(" or ")
}

/// Returns where a decision leads from a status; `on` is the day from which it holds, as far as known.
///
/// `None` as status means that nothing has been decided before.
pub(super) fn next(
    from: Option<&Status>,
    decision: &Decision,
    on: Option<PartialDate>,
) -> Result<Status, Refusal> {
    let Some(from) = from else {
        return match decision.act.kind() {
            ActKind::Enquire => Ok(Status::Enquiry),
            ActKind::Agree => Ok(Status::Agreed),
            ActKind::Assess
            | ActKind::Explore
            | ActKind::Decline
            | ActKind::Review
            | ActKind::Reawaken
            | ActKind::Reawakened
            | ActKind::Suspend
            | ActKind::Resume
            | ActKind::Conclude
            | ActKind::Honour
            | ActKind::Reaffirm
            | ActKind::Measure => Err(Refusal::NotFirst),
        };
    };
    let kind = from.kind();
    let when = |needs: &'static [StatusKind]| {
        if needs.contains(&kind) { Ok(()) } else { Err(Refusal::NotFrom { from: kind, needs }) }
    };
    match &decision.act {
        Act::Enquire => Err(Refusal::AlreadyBegun { from: kind }),
        Act::Assess => when(&[StatusKind::Enquiry]).map(|()| Status::Assessing),
        Act::Explore => when(&[StatusKind::Assessing]).map(|()| Status::Exploring),
        Act::Agree { .. } => {
            when(CAN_AGREE)?;
            Ok(if kind == StatusKind::Exploring { Status::Agreed } else { from.clone() })
        }
        Act::Decline { reason } => when(&[StatusKind::Enquiry, StatusKind::Assessing])
            .map(|()| Status::Declined { on, reason: reason.clone() }),
        Act::Review { deadline } => {
            when(&[StatusKind::Agreed])?;
            match on {
                Some(on) if *deadline < on.earliest() => {
                    Err(Refusal::DeadlineTooEarly { deadline: *deadline, on })
                }
                Some(_) | None => Ok(Status::UnderReview { deadline: *deadline }),
            }
        }
        Act::Reawaken { plan } => {
            when(&[StatusKind::UnderReview]).map(|()| Status::Reawakening { since: on, plan: plan.clone() })
        }
        Act::Reawakened => when(&[StatusKind::Reawakening]).map(|()| Status::Agreed),
        Act::Suspend { condition } => {
            when(LIVE)?;
            Ok(Status::Suspended(Suspension {
                on: on.ok_or(Refusal::NoDate)?,
                authority: decision.authority.clone(),
                condition: condition.clone(),
                source: decision.source.clone(),
                suspended: Box::new(from.clone()),
            }))
        }
        Act::Resume { .. } => match from {
            Status::Suspended(suspension) => Ok((*suspension.suspended).clone()),
            Status::Enquiry
            | Status::Assessing
            | Status::Exploring
            | Status::Agreed
            | Status::UnderReview { .. }
            | Status::Reawakening { .. }
            | Status::Declined { .. }
            | Status::Concluded { .. }
            | Status::Historical { .. } => {
                Err(Refusal::NotFrom { from: kind, needs: &[StatusKind::Suspended] })
            }
        },
        Act::Conclude { reason } => when(CAN_END).map(|()| Status::Concluded { on, reason: reason.clone() }),
        Act::Honour => match from {
            Status::Concluded { on, .. } => Ok(Status::Historical { ended_on: *on }),
            Status::Enquiry
            | Status::Assessing
            | Status::Exploring
            | Status::Agreed
            | Status::UnderReview { .. }
            | Status::Reawakening { .. }
            | Status::Suspended(_)
            | Status::Declined { .. }
            | Status::Historical { .. } => {
                Err(Refusal::NotFrom { from: kind, needs: &[StatusKind::Concluded] })
            }
        },
        Act::Reaffirm { .. } => when(&StatusKind::IN_FORCE).map(|()| from.clone()),
        Act::Measure { .. } => Ok(from.clone()),
    }
}

/// From where an agreement can be made: it ends the exploring, or adds a kind to a partnership in force.
const CAN_AGREE: &[StatusKind] =
    &[StatusKind::Exploring, StatusKind::Agreed, StatusKind::UnderReview, StatusKind::Reawakening];

/// What can be suspended: whatever is neither over nor suspended already.
const LIVE: &[StatusKind] = &[
    StatusKind::Enquiry,
    StatusKind::Assessing,
    StatusKind::Exploring,
    StatusKind::Agreed,
    StatusKind::UnderReview,
    StatusKind::Reawakening,
];

/// What can be ended. The usual way is through a review, but one side may end a partnership alone (R12), also while it is
/// suspended and after a failed reawakening (Lucerne and Cieszyn, 2017).
const CAN_END: &[StatusKind] =
    &[StatusKind::Agreed, StatusKind::UnderReview, StatusKind::Reawakening, StatusKind::Suspended];

/// The acts that are possible from a status, for menus and messages; `None` as status means before the first decision.
#[must_use]
pub fn possible_acts(from: Option<StatusKind>) -> Vec<ActKind> {
    let Some(from) = from else { return vec![ActKind::Enquire, ActKind::Agree] };
    ActKind::ALL
        .into_iter()
        .filter(|act| match act {
            ActKind::Enquire => false,
            ActKind::Assess => from == StatusKind::Enquiry,
            ActKind::Explore => from == StatusKind::Assessing,
            ActKind::Agree => CAN_AGREE.contains(&from),
            ActKind::Decline => matches!(from, StatusKind::Enquiry | StatusKind::Assessing),
            ActKind::Review => from == StatusKind::Agreed,
            ActKind::Reawaken => from == StatusKind::UnderReview,
            ActKind::Reawakened => from == StatusKind::Reawakening,
            ActKind::Suspend => LIVE.contains(&from),
            ActKind::Resume => from == StatusKind::Suspended,
            ActKind::Conclude => CAN_END.contains(&from),
            ActKind::Honour => from == StatusKind::Concluded,
            ActKind::Reaffirm => from.phase() == Phase::InForce,
            ActKind::Measure => true,
        })
        .collect()
}
