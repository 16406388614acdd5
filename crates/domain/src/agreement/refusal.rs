//! Why a change of an agreement was refused.

use super::version::VersionState;
use crate::id::{AgreementId, PlaceId};
use crate::value::{ContentHash, PartialDate};

/// A refused change of an agreement: says what was asked, of what, and why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("agreement {agreement} cannot be {}: {refusal}", .action.done())]
#[non_exhaustive]
pub struct AgreementTransitionError {
    /// The agreement that stays as it is.
    pub agreement: AgreementId,
    /// The change that was asked for.
    pub action: AgreementAction,
    /// Why it was refused.
    pub refusal: AgreementRefusal,
}

/// What can be asked of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AgreementAction {
    /// Draft a first version.
    Draft,
    /// Enter it as one signed long ago.
    Record,
    /// Change the text or the terms of a draft.
    Revise,
    /// Give a version its text that had none.
    Attach,
    /// Put a version to the sides.
    Propose,
    /// Approve a version for one side, or decide to go on without.
    Approve,
    /// Sign a version for one side.
    Sign,
    /// Give up a version.
    Withdraw,
    /// Draft a further version.
    Amend,
    /// End it by notice of one side or of all.
    GiveNotice,
}

impl AgreementAction {
    /// What an agreement cannot be, when the action is refused: "cannot be signed".
    #[must_use]
    pub fn done(self) -> &'static str {
        match self {
            Self::Draft => "drafted",
            Self::Record => "recorded",
            Self::Revise => "revised",
            Self::Attach => "given a text",
            Self::Propose => "proposed",
            Self::Approve => "approved",
            Self::Sign => "signed",
            Self::Withdraw => "withdrawn",
            Self::Amend => "amended",
            Self::GiveNotice => "given notice of",
        }
    }
}

/// Why a change of an agreement was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AgreementRefusal {
    /// There is no such version.
    #[error("it has no version {version}")]
    NoSuchVersion {
        /// The number that was given.
        version: u32,
    },
    /// The state machine has no such step.
    #[error("its version {version} is {}; this needs it to be {needs}", .state.kind())]
    NotFrom {
        /// The number of the version.
        version: u32,
        /// Where it stands; `approved_by_us` and `approved_by_them` seen from the side that asked.
        state: VersionState,
        /// Where it would have to stand.
        needs: &'static str,
    },
    /// A version that has a text keeps it (R10).
    #[error("version {version} has a text, with the SHA-256 {hash}, and keeps it")]
    HasText {
        /// The number of the version.
        version: u32,
        /// The hash of its text.
        hash: ContentHash,
    },
    /// The place is none of the parties.
    #[error("the place {place} is not one of its parties")]
    NotAParty {
        /// The place that was named.
        place: PlaceId,
    },
    /// That side has approved already.
    #[error("the side {place} has approved version {version} already")]
    AlreadyApproved {
        /// The number of the version.
        version: u32,
        /// The party for which it was asked a second time.
        place: PlaceId,
    },
    /// That side has signed already: no signature is given twice or taken back (R10).
    #[error(
        "the side {place} has signed version {version} already; a signature is neither repeated nor taken back"
    )]
    AlreadySigned {
        /// The number of the version.
        version: u32,
        /// The party for which it was asked a second time.
        place: PlaceId,
    },
    /// Not every side's approval is on record (R9).
    #[error("version {version} needs each side's approval before it is signed; missing: {}; or override with a reason", list(.missing))]
    NotApproved {
        /// The number of the version.
        version: u32,
        /// The sides whose approval is missing.
        missing: Vec<PlaceId>,
    },
    /// Only a fully signed version can be amended (R10).
    #[error("version {version} is not signed by {}; only a fully signed version can be amended", list(.unsigned))]
    BaseNotSigned {
        /// The number of the version.
        version: u32,
        /// The sides that have not signed it.
        unsigned: Vec<PlaceId>,
    },
    /// A later signed version has taken its place, which is the one to amend.
    #[error("version {version} was replaced by version {by}; amend that one")]
    BaseReplaced {
        /// The number of the version that was named.
        version: u32,
        /// The number of the one that replaced it.
        by: u32,
    },
    /// Nothing is in force that could be ended.
    #[error("no version is fully signed, so nothing can be ended; withdraw the draft instead")]
    NothingInForce,
    /// Notice was given before.
    #[error("notice was given before, on {on}")]
    NoticeAlreadyGiven {
        /// When that notice was given.
        on: PartialDate,
    },
    /// It had ended before that date.
    #[error("it had ended by then, {ended} at the latest")]
    AlreadyOver {
        /// The last day that it can have been in force.
        ended: chrono::NaiveDate,
    },
    /// It would hang under itself.
    #[error("an agreement cannot hang under itself")]
    OwnParent,
    /// An agreement of the past is entered by its signatures, of which at least one must be known.
    #[error("name at least one side that signed it; what is not known of a signature may stay blank")]
    NoSignature,
    /// Nobody is named as giving notice.
    #[error("name the side or sides that give notice")]
    NobodyNamed,
}

fn list(places: &[PlaceId]) -> String {
    let places: Vec<String> = places.iter().map(ToString::to_string).collect();
    places.join(", ")
}
