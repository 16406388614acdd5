//! What happened to an agreement, as the journal tells it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::DisplayYear;
use super::signature::{Approval, Signature};
use super::term::{AgreementEnd, Notice};
use super::version::{Base, VersionText};
use crate::id::{AgreementId, PartnershipId, PlaceId};
use crate::value::{ContentHash, FreeText, PartialDate, Title};

/// A change of an agreement. The names are stable: subscribers match on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum AgreementEvent {
    /// A first version was drafted.
    #[serde(rename = "agreement.drafted")]
    Drafted {
        /// The partnership it belongs to.
        partnership: PartnershipId,
        /// The agreement it hangs under.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<AgreementId>,
    },
    /// An agreement signed long ago was entered.
    #[serde(rename = "agreement.recorded")]
    Recorded {
        /// The partnership it belongs to.
        partnership: PartnershipId,
        /// The agreement it hangs under.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<AgreementId>,
        /// What is known of its signatures.
        signatures: Vec<Signature>,
    },
    /// A further version was drafted.
    #[serde(rename = "agreement.version_drafted")]
    VersionDrafted {
        /// Its number.
        version: u32,
        /// On which version it builds.
        #[serde(flatten)]
        base: Base,
    },
    /// The text or the terms of a draft changed.
    #[serde(rename = "agreement.draft_revised")]
    DraftRevised {
        /// The number of the version.
        version: u32,
        /// The text as it is now.
        #[serde(flatten)]
        text: VersionText,
    },
    /// The text of a version that had none came to hand: the version names it from now on.
    #[serde(rename = "agreement.text_attached")]
    TextAttached {
        /// The number of the version.
        version: u32,
        /// The hash of the text.
        hash: ContentHash,
    },
    /// The text of a version was stored: the document of the hash by which the version names it.
    #[serde(rename = "agreement.text_stored")]
    TextStored {
        /// The number of the version.
        version: u32,
        /// The hash.
        hash: ContentHash,
    },
    /// A version was put to the sides.
    #[serde(rename = "agreement.proposed")]
    Proposed {
        /// The number of the version.
        version: u32,
        /// When, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<PartialDate>,
    },
    /// A side approved, or it was decided to go on without its approval.
    #[serde(rename = "agreement.approved")]
    Approved {
        /// The number of the version.
        version: u32,
        /// The approval.
        approval: Approval,
        /// The sides whose approval is still missing.
        outstanding: Vec<PlaceId>,
    },
    /// A side signed.
    #[serde(rename = "agreement.signed")]
    Signed {
        /// The number of the version.
        version: u32,
        /// The signature.
        signature: Signature,
        /// The sides that have not signed yet; none if the version is fully signed now.
        outstanding: Vec<PlaceId>,
    },
    /// A version was given up before anybody approved it.
    #[serde(rename = "agreement.withdrawn")]
    Withdrawn {
        /// The number of the version.
        version: u32,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<FreeText>,
    },
    /// One side or all together gave notice.
    #[serde(rename = "agreement.notice_given")]
    NoticeGiven {
        /// The notice.
        notice: Notice,
        /// The first day that can be its last.
        ends_earliest: NaiveDate,
        /// The last day that can be its last.
        ends_latest: NaiveDate,
    },
    /// It was chosen which year is shown.
    #[serde(rename = "agreement.display_year_chosen")]
    DisplayYearChosen {
        /// The choice.
        choice: DisplayYear,
    },
    /// The record was removed, as when an import is undone.
    #[serde(rename = "agreement.deleted")]
    Deleted {
        /// The partnership it belonged to.
        partnership: PartnershipId,
        /// What it was called.
        title: Title,
    },
}

impl AgreementEvent {
    /// Its stable name: `agreement.signed`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Drafted { .. } => "agreement.drafted",
            Self::Recorded { .. } => "agreement.recorded",
            Self::VersionDrafted { .. } => "agreement.version_drafted",
            Self::DraftRevised { .. } => "agreement.draft_revised",
            Self::TextAttached { .. } => "agreement.text_attached",
            Self::TextStored { .. } => "agreement.text_stored",
            Self::Proposed { .. } => "agreement.proposed",
            Self::Approved { .. } => "agreement.approved",
            Self::Signed { .. } => "agreement.signed",
            Self::Withdrawn { .. } => "agreement.withdrawn",
            Self::NoticeGiven { .. } => "agreement.notice_given",
            Self::DisplayYearChosen { .. } => "agreement.display_year_chosen",
            Self::Deleted { .. } => "agreement.deleted",
        }
    }

    pub(super) fn notice_given(notice: Notice, end: AgreementEnd) -> Self {
        Self::NoticeGiven { notice, ends_earliest: end.earliest, ends_latest: end.latest }
    }
}
