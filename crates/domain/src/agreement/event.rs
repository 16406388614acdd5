//! What happened to an agreement, as the journal tells it.

use chrono::NaiveDate;

use super::DisplayYear;
use super::signature::{Approval, Signature};
use super::term::{AgreementEnd, Notice};
use super::version::{Base, VersionText};
use crate::event::events;
use crate::id::{AgreementId, PartnershipId, PlaceId};
use crate::value::{ContentHash, FreeText, PartialDate, Title};

events! {
    /// A change of an agreement. The names are stable: subscribers match on them.
    pub enum AgreementEvent {
        /// A first version was drafted.
        Drafted = "agreement.drafted" {
            /// The partnership it belongs to.
            partnership: PartnershipId,
            /// The agreement it hangs under.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            parent: Option<AgreementId>,
        },
        /// An agreement signed long ago was entered.
        Recorded = "agreement.recorded" {
            /// The partnership it belongs to.
            partnership: PartnershipId,
            /// The agreement it hangs under.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            parent: Option<AgreementId>,
            /// What is known of its signatures.
            signatures: Vec<Signature>,
        },
        /// A further version was drafted.
        VersionDrafted = "agreement.version_drafted" {
            /// The number of the new version, one above the highest so far.
            version: u32,
            /// On which version it builds.
            #[serde(flatten)]
            base: Base,
        },
        /// The text or the terms of a draft changed.
        DraftRevised = "agreement.draft_revised" {
            /// The number of the version.
            version: u32,
            /// The text as it is now.
            #[serde(flatten)]
            text: VersionText,
        },
        /// The text of a version that had none came to hand: the version names it from now on.
        TextAttached = "agreement.text_attached" {
            /// The number of the version.
            version: u32,
            /// The hash of the text.
            hash: ContentHash,
        },
        /// The text of a version was stored: the document of the hash by which the version names it.
        TextStored = "agreement.text_stored" {
            /// The number of the version.
            version: u32,
            /// The SHA-256 of the document.
            hash: ContentHash,
        },
        /// A version was put to the sides.
        Proposed = "agreement.proposed" {
            /// The number of the version.
            version: u32,
            /// When it was put to the sides; `None` if nobody knows.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            on: Option<PartialDate>,
        },
        /// A side approved, or it was decided to go on without its approval.
        Approved = "agreement.approved" {
            /// The number of the version.
            version: u32,
            /// Who approved, on what basis and when.
            approval: Approval,
            /// The sides whose approval is still missing.
            outstanding: Vec<PlaceId>,
        },
        /// A side signed; once all have, the version never changes again.
        Signed = "agreement.signed" {
            /// The number of the version.
            version: u32,
            /// Who signed for which side, when and where.
            signature: Signature,
            /// The sides that have not signed yet; none if the version is fully signed now.
            outstanding: Vec<PlaceId>,
        },
        /// A version was given up before anybody approved it.
        Withdrawn = "agreement.withdrawn" {
            /// The number of the version.
            version: u32,
            /// Why it was given up, if that was said.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            reason: Option<FreeText>,
        },
        /// One side or all together gave notice.
        NoticeGiven = "agreement.notice_given" {
            /// Who gave it, and when.
            notice: Notice,
            /// The first day that can be its last.
            ends_earliest: NaiveDate,
            /// The last day that can be its last.
            ends_latest: NaiveDate,
        },
        /// It was chosen which year is shown.
        DisplayYearChosen = "agreement.display_year_chosen" {
            /// Which year is shown from now on.
            choice: DisplayYear,
        },
        /// The record was removed, as when an import is undone.
        Deleted = "agreement.deleted" {
            /// The partnership it belonged to.
            partnership: PartnershipId,
            /// What it was called.
            title: Title,
        },
    }
}

impl AgreementEvent {
    pub(super) fn notice_given(notice: Notice, end: AgreementEnd) -> Self {
        Self::NoticeGiven { notice, ends_earliest: end.earliest, ends_latest: end.latest }
    }
}
