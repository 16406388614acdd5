//! Agreements: what the sides put their names to, version by version (R7–R12, R15).
//!
//! An agreement belongs to a partnership and has parties of its own: a sub-agreement between two streets hangs under the
//! agreement of their cities. Its versions are drafted, proposed, approved and signed by each side; a signed one never
//! changes and is amended by another. Whether it is in force on a day is computed from signatures, terms and notice.

mod change;
mod check;
mod event;
mod findings;
mod refusal;
mod signature;
mod standing;
mod stored;
mod term;
#[cfg(test)]
mod tests;
mod version;

pub use check::{AgreementFault, InvalidAgreement};
pub use event::AgreementEvent;
pub use findings::{KindFinding, RunningSubAgreement, kind_findings, running_under};
pub use refusal::{AgreementAction, AgreementRefusal, AgreementTransitionError};
pub use signature::{
    Approval, ApprovalBasis, ApprovalBasisKind, MissingPiece, Office, OfficeRank, Recognition, Signature,
};
pub use term::{AgreementEnd, CurrentTerms, EndCause, Notice, NoticePeriod, Stated, Term, TermKind, Terms};
pub use version::{Base, BaseKind, Stage, Version, VersionState, VersionStateKind, VersionText};

use serde::{Deserialize, Serialize};

use crate::id::{AgreementId, PartnershipId, ProgrammeId};
use crate::partnership::Members;
use crate::value::{Source, Title};

/// An agreement with all its versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "stored::StoredAgreement", into = "stored::StoredAgreement")]
pub struct Agreement {
    id: AgreementId,
    programme: ProgrammeId,
    partnership: PartnershipId,
    parent: Option<AgreementId>,
    title: Title,
    parties: Members,
    versions: Vec<Version>,
    notice: Option<Notice>,
    display_year: DisplayYear,
}

/// What an agreement is about and who its parties are: what is fixed before any text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementHead {
    /// The id that it is to have.
    pub id: AgreementId,
    /// The programme that keeps it.
    pub programme: ProgrammeId,
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// The agreement it hangs under, if it is a sub-agreement (R15).
    pub parent: Option<AgreementId>,
    /// What it is called.
    pub title: Title,
    /// Its own parties; those of a sub-agreement may be other places than the partnership's (R15).
    pub parties: Members,
}

/// Which year is shown as that of an agreement whose sides signed in different years (R8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "shown", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DisplayYear {
    /// That of the last signature, from which it is in force.
    #[default]
    LastSignature,
    /// That of the first signature.
    FirstSignature,
    /// A year that somebody chose for a reason.
    Chosen {
        /// The year that is shown, as in "since 1993".
        year: i32,
        /// Where that year comes from.
        source: Source,
    },
}

impl Agreement {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> AgreementId {
        self.id
    }

    /// The programme that keeps it.
    #[must_use]
    pub fn programme(&self) -> ProgrammeId {
        self.programme
    }

    /// The partnership it belongs to.
    #[must_use]
    pub fn partnership(&self) -> PartnershipId {
        self.partnership
    }

    /// The agreement it hangs under, if it is a sub-agreement.
    #[must_use]
    pub fn parent(&self) -> Option<AgreementId> {
        self.parent
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &Title {
        &self.title
    }

    /// Its parties.
    #[must_use]
    pub fn parties(&self) -> &Members {
        &self.parties
    }

    /// Its versions, by number.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The version with that number.
    #[must_use]
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions.iter().find(|version| version.number == number)
    }

    /// The notice that was given, if any.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }
}
