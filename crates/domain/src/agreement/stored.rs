//! The storage form of an agreement, versioned. A later version adds a variant and says how the earlier ones become it.

use serde::{Deserialize, Serialize};

use super::check::InvalidAgreement;
use super::{Agreement, DisplayYear, Notice, Version};
use crate::id::{AgreementId, PartnershipId, ProgrammeId};
use crate::partnership::Members;
use crate::value::Title;

#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
pub(super) enum StoredAgreement {
    #[serde(rename = "1")]
    V1(AgreementV1),
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct AgreementV1 {
    id: AgreementId,
    programme: ProgrammeId,
    partnership: PartnershipId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<AgreementId>,
    title: Title,
    parties: Members,
    versions: Vec<Version>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    notice: Option<Notice>,
    #[serde(default)]
    display_year: DisplayYear,
}

impl From<Agreement> for StoredAgreement {
    fn from(agreement: Agreement) -> Self {
        let Agreement { id, programme, partnership, parent, title, parties, versions, notice, display_year } =
            agreement;
        Self::V1(AgreementV1 {
            id,
            programme,
            partnership,
            parent,
            title,
            parties,
            versions,
            notice,
            display_year,
        })
    }
}

impl TryFrom<StoredAgreement> for Agreement {
    type Error = InvalidAgreement;

    fn try_from(stored: StoredAgreement) -> Result<Self, Self::Error> {
        let StoredAgreement::V1(AgreementV1 {
            id,
            programme,
            partnership,
            parent,
            title,
            parties,
            versions,
            notice,
            display_year,
        }) = stored;
        let agreement =
            Self { id, programme, partnership, parent, title, parties, versions, notice, display_year };
        match agreement.check() {
            Ok(()) => Ok(agreement),
            Err(fault) => Err(InvalidAgreement { agreement: id, fault }),
        }
    }
}
