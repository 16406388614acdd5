//! How SQLite fails, and what that means for who asked.

use rusqlite::ErrorCode;

use crate::Unavailable;

/// Why a database was not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The SQLite that was linked is too old to be trusted with a WAL.
    #[error("SQLite {0} may corrupt a database; 3.51.3 or newer is needed")]
    TooOld(&'static str),
    /// The file is a database of another program.
    #[error("the file is an SQLite database of another program (application id {0:#x})")]
    NotOurs(i64),
    /// A setting that durability rests on could not be made.
    #[error("the database setting {name} is {found}, {needed} is needed")]
    Setting {
        /// The name of the pragma.
        name: &'static str,
        /// What it is.
        found: String,
        /// What it has to be.
        needed: String,
    },
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date: {0}")]
    Migration(String),
    /// Another connection held the file for longer than one waits.
    #[error("the database is in use by another process that does not let go: {0}")]
    InUse(String),
    /// The file, or the folder in which SQLite keeps its log beside it, may not be written.
    #[error("the database file or its folder cannot be written: {0}")]
    NotWritable(String),
    /// Others than its owner and group may read or write the file, and that cannot be changed.
    #[error("others may read or write {file}, and that cannot be changed: {why}")]
    OthersMayRead {
        /// The file.
        file: String,
        /// Why not.
        why: String,
    },
    /// A newer program has changed the schema of the file.
    #[error(
        "the schema of the file has version {found}, and this program knows {known}: install the newer program, or restore a \
         backup from before the upgrade"
    )]
    Ahead {
        /// The version that is there.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// SQLite could not open the file.
    #[error("the database could not be opened: {0}")]
    Database(String),
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy) => Self::InUse(error.to_string()),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => Self::NotWritable(error.to_string()),
            Some(_) | None => Self::Database(error.to_string()),
        }
    }
}

/// What a failure of the database means for who asked.
pub(super) fn unavailable(error: &rusqlite::Error) -> Unavailable {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Unavailable::Busy(error.to_string()),
        Some(ErrorCode::DiskFull) => Unavailable::DiskFull,
        Some(ErrorCode::ReadOnly) => Unavailable::ReadOnly,
        Some(_) | None => Unavailable::Failed(error.to_string()),
    }
}
