//! What happened to a run.

use super::{ImportContent, Tally};
use crate::event::events;
use crate::named_enum;
use crate::value::ContentHash;

events! {
    /// What happened to a run, as the journal tells it.
    pub enum ImportEvent {
        /// A file came in.
        Uploaded = "import.uploaded" {
            /// What the lines of the file are about.
            content: ImportContent,
            /// The SHA-256 of the file, under which it is kept.
            file: ContentHash,
        },
        /// Somebody said how to read it, tried it, or answered its questions; the run says which.
        Prepared = "import.prepared" {
            /// How far the run is now.
            state: PreparedState,
        },
        /// It is in the programme.
        Applied = "import.applied" {
            /// How many lines came to what.
            tally: Tally,
        },
        /// It was taken back.
        Undone = "import.undone" {
            /// How many records could not be taken back.
            kept: u32,
        },
        /// It was taken out, with its file and what was said of its lines. What it brought into the programme stays.
        Deleted = "import.deleted" {
            /// What the lines of the file were about.
            content: ImportContent,
            /// The SHA-256 of the file.
            file: ContentHash,
        },
    }
}

named_enum! {
    /// The states between uploading and applying.
    #[non_exhaustive]
    pub enum PreparedState ("a state before applying") {
        /// See [`ImportState::Mapped`](super::ImportState::Mapped).
        Mapped = "mapped",
        /// See [`ImportState::DryRun`](super::ImportState::DryRun).
        DryRun = "dry_run",
        /// See [`ImportState::Approved`](super::ImportState::Approved).
        Approved = "approved",
    }
}
