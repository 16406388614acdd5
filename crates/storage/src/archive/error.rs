//! How taking programmes out of a database, or putting them in, can fail.

use std::io;

use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::value::ContentHash;

use crate::audit::Fault;
use crate::{Realm, Unavailable};

/// Why an archive was not written, or not read. A target is then as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// A file could not be read or written.
    #[error("the file cannot be {done}: {cause}")]
    File {
        /// `read` or `written`.
        done: &'static str,
        /// Why.
        cause: io::Error,
    },
    /// There is a file of that name already.
    #[error("there is a file of that name already; nothing is written over")]
    FileExists,
    /// It is no archive, or one that was cut off.
    #[error("this is no whole archive: {0}")]
    NotWhole(String),
    /// It was written by a program that this one does not understand.
    #[error(
        "the archive has the format version {found}, and this program reads up to {known}: read it with the program that wrote it, or a newer one"
    )]
    Version {
        /// The version of the archive.
        found: u64,
        /// The one that is understood here.
        known: u32,
    },
    /// A part is not what the manifest says.
    #[error("{part} has the SHA-256 {found}, the manifest says {expected}")]
    Checksum {
        /// The file inside the archive.
        part: String,
        /// What it is.
        found: ContentHash,
        /// What it should be.
        expected: ContentHash,
    },
    /// A part has more or fewer lines than the manifest says.
    #[error("{part} has {found} lines, the manifest says {expected}")]
    Lines {
        /// The file inside the archive.
        part: String,
        /// How many there are.
        found: u64,
        /// How many there should be.
        expected: u64,
    },
    /// A line cannot be understood.
    #[error("line {line} of {part}: {detail}")]
    Line {
        /// The file inside the archive.
        part: String,
        /// Which line, from 1.
        line: u64,
        /// What is wrong, and what would be right.
        detail: String,
    },
    /// It holds a file that the manifest does not speak of.
    #[error("the archive holds {0}, of which its manifest says nothing")]
    Stranger(String),
    /// It holds something else than was asked for.
    #[error("this archive holds {found}, expected {expected}")]
    Holds {
        /// What it holds.
        found: &'static str,
        /// What was asked for.
        expected: &'static str,
    },
    /// There is no such programme.
    #[error("there is no programme {0}")]
    NoProgramme(ProgrammeId),
    /// What is to be put in is there already, or was once.
    #[error("the database holds {} already; nothing is written over", told(.0))]
    Exists(Realm),
    /// A whole installation can only be restored to a database without programmes.
    #[error("the database is not empty; a backup is only restored to one that holds nothing")]
    NotEmpty,
    /// A journal is not whole.
    #[error("the journal of {} is not as it was committed: {fault}", told(.realm))]
    Journal {
        /// Whose.
        realm: Realm,
        /// The first fault.
        fault: Fault,
    },
    /// The data keys open with another key than the one given.
    #[error("{0}")]
    Keys(&'static str),
    /// What the archive holds does not fit together, or not with what is there.
    #[error("the archive does not fit: {0}")]
    Contradiction(String),
    /// What was restored for a test is not what the archive holds.
    #[error("{0} was not read back as it is in the archive")]
    NotEqual(String),
    /// The database cannot answer now.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl ArchiveError {
    /// What went wrong in reading that file of the archive.
    pub(super) fn reading(part: &str, cause: io::Error) -> Self {
        // What inflating and checking an entry reports.
        let broken = [io::ErrorKind::InvalidData, io::ErrorKind::UnexpectedEof, io::ErrorKind::InvalidInput];
        if broken.contains(&cause.kind()) {
            Self::NotWhole(format!("{part}: {cause}"))
        } else {
            Self::File { done: "read", cause }
        }
    }

    pub(super) const fn writing(cause: io::Error) -> Self {
        Self::File { done: "written", cause }
    }
}

fn told(realm: &Realm) -> String {
    match realm {
        Realm::Programme(programme) => format!("the programme {programme}"),
        Realm::Installation => "the installation".to_owned(),
    }
}
