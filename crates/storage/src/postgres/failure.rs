//! How a call to PostgreSQL fails, and what that means for who asked.

use deadpool_postgres::PoolError;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::error::with_causes;
use crate::{Risk, Unavailable};

/// Why a statement was not answered.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The server or the connection to it.
    #[error(transparent)]
    Database(#[from] Error),
    /// No connection was to be had.
    #[error(transparent)]
    Pool(#[from] PoolError),
    /// No answer came in time.
    #[error("timeout: no answer came in time")]
    TimedOut,
    /// A stored number is none that the program wrote.
    #[error("corrupt row: {0} = {1}")]
    OutOfRange(&'static str, i64),
    /// A stored name is none that the program knows.
    #[error("corrupt row: {0} = {1:?}")]
    Unknown(&'static str, String),
}

impl Failure {
    /// Whether the same again may go well at once: the connection was lost, or two transactions stood in each other's way.
    pub(super) fn is_worth_another_try(&self) -> bool {
        match self {
            Self::Database(error) => {
                error.is_closed() || has_code(error, &UNDONE) || has_code(error, &GONE) || was_cut(error)
            }
            Self::Pool(_) | Self::TimedOut | Self::OutOfRange(..) | Self::Unknown(..) => false,
        }
    }

    /// Whether the server has undone the whole transaction, and the same again may go well.
    pub(super) fn is_undone(&self) -> bool {
        match self {
            Self::Database(error) => has_code(error, &UNDONE),
            Self::Pool(_) | Self::TimedOut | Self::OutOfRange(..) | Self::Unknown(..) => false,
        }
    }

    /// Whether the connection is of no more use.
    pub(super) fn is_connection_lost(&self) -> bool {
        match self {
            Self::Database(error) => error.is_closed() || has_code(error, &GONE) || was_cut(error),
            Self::TimedOut => true,
            Self::Pool(_) | Self::OutOfRange(..) | Self::Unknown(..) => false,
        }
    }

    /// What does not fit, if the server refused a row for that.
    pub(super) fn contradiction(&self) -> Option<String> {
        match self {
            Self::Database(error) if error.code().is_some_and(is_contradiction) => Some(with_causes(error)),
            Self::Database(_) | Self::Pool(_) | Self::TimedOut | Self::OutOfRange(..) | Self::Unknown(..) => {
                None
            }
        }
    }

    /// Whether the database has no connection left to give.
    pub(super) fn is_out_of_connections(&self) -> bool {
        match self {
            Self::Database(error) | Self::Pool(PoolError::Backend(error)) => {
                has_code(error, &[SqlState::TOO_MANY_CONNECTIONS])
            }
            Self::Pool(_) | Self::TimedOut | Self::OutOfRange(..) | Self::Unknown(..) => false,
        }
    }

    /// What it means for who asked.
    pub(super) fn unavailable(&self) -> Unavailable {
        let cause = || with_causes(self);
        match self {
            Self::Database(error) if has_code(error, &FULL) => Unavailable::DiskFull,
            Self::Database(error) | Self::Pool(PoolError::Backend(error)) if has_code(error, &BUSY) => {
                Unavailable::Busy(cause())
            }
            Self::Pool(PoolError::Timeout(deadpool_postgres::TimeoutType::Wait)) => {
                Unavailable::Busy("all connections of this server are in use".to_owned())
            }
            Self::Pool(_) | Self::TimedOut => Unavailable::Unreachable(cause()),
            Self::Database(_) if self.is_connection_lost() => Unavailable::Unreachable(cause()),
            Self::Database(_) => Unavailable::Failed(cause()),
            Self::OutOfRange(..) | Self::Unknown(..) => Unavailable::Failed(self.to_string()),
        }
    }
}

/// Deadlocks, serialization failures, and a value that another programme took between our read and our write.
const UNDONE: [SqlState; 3] =
    [SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE, SqlState::UNIQUE_VIOLATION];
const FULL: [SqlState; 1] = [SqlState::DISK_FULL];
const BUSY: [SqlState; 5] = [
    SqlState::LOCK_NOT_AVAILABLE,
    SqlState::QUERY_CANCELED,
    SqlState::TOO_MANY_CONNECTIONS,
    SqlState::T_R_DEADLOCK_DETECTED,
    SqlState::T_R_SERIALIZATION_FAILURE,
];
const GONE: [SqlState; 5] = [
    SqlState::ADMIN_SHUTDOWN,
    SqlState::CRASH_SHUTDOWN,
    SqlState::CANNOT_CONNECT_NOW,
    SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    SqlState::IDLE_SESSION_TIMEOUT,
];

/// Integrity constraints and values out of range.
fn is_contradiction(code: &SqlState) -> bool {
    code.code().starts_with("23") || code.code().starts_with("22")
}

fn has_code(error: &Error, codes: &[SqlState]) -> bool {
    error.code().is_some_and(|code| codes.contains(code))
}

/// The connection broke in the middle of something: an error of the network below, not of the server.
fn was_cut(error: &Error) -> bool {
    std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<std::io::Error>)
}

/// Why a database was not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The URL is none.
    #[error("the URL of the database cannot be understood: {0}")]
    Url(String),
    /// What the URL says of encryption cannot be done: what is wrong, and what would be right.
    #[error("the encryption that the URL asks for is not to be had: {0}")]
    Encryption(String),
    /// The server cannot be reached, or does not let us in.
    #[error("the database server cannot be reached: {0}")]
    Connect(String),
    /// The server can be reached, and does not let the role in.
    #[error("the database server refuses the role: {0}")]
    Login(String),
    /// A pooler in between gives each transaction another connection.
    #[error(
        "between this program and PostgreSQL is a pooler that gives each transaction another connection (pool_mode transaction or \
         statement): settings, prepared statements and notifications of a session would be lost; set pool_mode = session for this \
         database, or name PostgreSQL itself"
    )]
    TransactionPooling,
    /// The owner's URL leads to another database than the server's own.
    #[error(
        "the owner's URL leads to the database {owners}, the server's own to {own}: both must be the same database of the same server"
    )]
    OtherDatabase {
        /// Where the owner's URL leads.
        owners: String,
        /// Where the server's own leads.
        own: String,
    },
    /// The schema was brought to a state that this version of the program cannot work with.
    #[error(
        "the schema has version {found}, which programs that know {oldest} or later can work with; this one knows {known}: install the \
         newer program, or restore a backup from before the upgrade"
    )]
    Ahead {
        /// The version that is there.
        found: i64,
        /// The oldest version a program must know to work with it.
        oldest: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The role has other rights than the server needs.
    #[error("{found}; let the owner of the tables do this: {mend}")]
    Rights {
        /// What was found, with the name of the table, the trigger or the function.
        found: String,
        /// The statements or the command that mend it.
        mend: String,
    },
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date: {0}")]
    Migration(String),
    /// The schema is older than this program needs, and nobody was named who could change it.
    #[error(
        "the schema has version {found}, {needed} is needed: give the URL of the owner too, who brings it up to date"
    )]
    Behind {
        /// The version that is there; 0 if there is no schema.
        found: i64,
        /// The version that is needed.
        needed: i64,
    },
    /// Something unsafe that was not accepted.
    #[error("{detail}; it is started all the same if the risk {risk} is accepted by name")]
    Unsafe {
        /// Which danger.
        risk: Risk,
        /// What was found.
        detail: String,
    },
    /// A policy of row-level security is missing or changed. No risk is accepted for it: it is mended by one statement.
    #[error(
        "{found}, so programmes could see each other's rows; let the owner of the tables do this: {mend}"
    )]
    RowLevelSecurity {
        /// What was found, with the name of the table.
        found: String,
        /// The statements that mend it.
        mend: String,
    },
    /// A setting that cannot be worked with.
    #[error("the server's {name} is {found}, {needed} is needed")]
    Setting {
        /// Which.
        name: &'static str,
        /// What it is.
        found: String,
        /// What it has to be.
        needed: &'static str,
    },
}

impl OpenError {
    pub(super) fn connect(error: &Error) -> Self {
        let says = with_causes(error);
        match error.code() {
            // A wrong password, and an address that pg_hba.conf lets nobody in from: both are answers.
            Some(code) if code.code().starts_with("28") => Self::Login(says),
            _ => Self::Connect(says),
        }
    }
}
