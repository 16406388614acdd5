//! The storage form of a partnership, versioned. A later version adds a variant and says how the earlier ones become it.

use serde::{Deserialize, Serialize};

use super::check::InvalidPartnership;
use super::{Decision, Episode, Members, Partnership, Record};
use crate::id::{PartnershipId, ProgrammeId};
use crate::value::Note;

#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
pub(super) enum StoredPartnership {
    #[serde(rename = "1")]
    V1(PartnershipV1),
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct PartnershipV1 {
    id: PartnershipId,
    programme: ProgrammeId,
    members: Members,
    episodes: Vec<Episode>,
    decisions: Vec<Decision>,
    #[serde(default, skip_serializing_if = "Record::is_empty")]
    record: Record,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note>,
}

impl From<Partnership> for StoredPartnership {
    fn from(partnership: Partnership) -> Self {
        let Partnership { id, programme, members, episodes, decisions, record, notes } = partnership;
        Self::V1(PartnershipV1 { id, programme, members, episodes, decisions, record, notes })
    }
}

impl TryFrom<StoredPartnership> for Partnership {
    type Error = InvalidPartnership;

    fn try_from(stored: StoredPartnership) -> Result<Self, Self::Error> {
        let StoredPartnership::V1(PartnershipV1 {
            id,
            programme,
            members,
            episodes,
            decisions,
            record,
            notes,
        }) = stored;
        let partnership = Self { id, programme, members, episodes, decisions, record, notes };
        match partnership.check() {
            Ok(()) => Ok(partnership),
            Err(broken) => Err(InvalidPartnership { partnership: id, refusal: broken.refusal }),
        }
    }
}
