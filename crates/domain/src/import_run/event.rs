//! What happened to a run.

use serde::{Deserialize, Serialize};

use super::{ImportContent, Tally};
use crate::value::ContentHash;

/// What happened to a run, as the journal tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum ImportEvent {
    /// A file came in.
    #[serde(rename = "import.uploaded")]
    Uploaded {
        /// What it holds.
        content: ImportContent,
        /// The file.
        file: ContentHash,
    },
    /// Somebody said how to read it, tried it, or answered its questions; the run says which.
    #[serde(rename = "import.prepared")]
    Prepared {
        /// How far the run is now.
        state: PreparedState,
    },
    /// It is in the programme.
    #[serde(rename = "import.applied")]
    Applied {
        /// In numbers.
        tally: Tally,
    },
    /// It was taken back.
    #[serde(rename = "import.undone")]
    Undone {
        /// How many records could not be taken back.
        kept: u32,
    },
}

/// The states between uploading and applying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PreparedState {
    /// See [`ImportState::Mapped`](super::ImportState::Mapped).
    Mapped,
    /// See [`ImportState::DryRun`](super::ImportState::DryRun).
    DryRun,
    /// See [`ImportState::Approved`](super::ImportState::Approved).
    Approved,
}

impl ImportEvent {
    /// Its stable name, on which subscribers match.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Uploaded { .. } => "import.uploaded",
            Self::Prepared { .. } => "import.prepared",
            Self::Applied { .. } => "import.applied",
            Self::Undone { .. } => "import.undone",
        }
    }
}
