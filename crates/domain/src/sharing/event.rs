//! What happened to links and shares: who shared what with whom, and when.

use serde::{Deserialize, Serialize};

use crate::id::{PartnershipId, ProgrammeId, RecordRef};

/// What happened to a link. The names are stable: subscribers match on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum LinkEvent {
    /// It was made.
    #[serde(rename = "link.made")]
    Made {
        /// The other programme.
        peer: ProgrammeId,
        /// The bond.
        partnership: PartnershipId,
    },
    /// It was taken back, and all that rested on it.
    #[serde(rename = "link.withdrawn")]
    Withdrawn {
        /// The other programme.
        peer: ProgrammeId,
        /// The bond.
        partnership: PartnershipId,
    },
}

/// What happened to a share. The names are stable: subscribers match on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum ShareEvent {
    /// A record was shared.
    #[serde(rename = "share.made")]
    Made {
        /// With whom.
        peer: ProgrammeId,
        /// Which.
        record: RecordRef,
        /// Which revision of it is told.
        revision: u32,
    },
    /// The peer was told anew.
    #[serde(rename = "share.renewed")]
    Renewed {
        /// With whom it is shared.
        peer: ProgrammeId,
        /// Which record.
        record: RecordRef,
        /// Which revision of it is told now.
        revision: u32,
    },
    /// It was taken back.
    #[serde(rename = "share.withdrawn")]
    Withdrawn {
        /// With whom it was shared.
        peer: ProgrammeId,
        /// Which record.
        record: RecordRef,
    },
}

impl LinkEvent {
    /// Its stable name: `link.made`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Made { .. } => "link.made",
            Self::Withdrawn { .. } => "link.withdrawn",
        }
    }
}

impl ShareEvent {
    /// Its stable name: `share.made`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Made { .. } => "share.made",
            Self::Renewed { .. } => "share.renewed",
            Self::Withdrawn { .. } => "share.withdrawn",
        }
    }
}
