//! How a use case can fail, for whoever has to answer for it.

use sister_cities_domain::access::{Denied, Scope};
use sister_cities_domain::agreement::AgreementTransitionError;
use sister_cities_domain::engagement::{AnswerRefusal, InvitationRefusal};
use sister_cities_domain::id::{PersonId, RecordRef};
use sister_cities_domain::import_run::ImportTransitionError;
use sister_cities_domain::organisation::ParentRefusal;
use sister_cities_domain::partnership::{EpisodeClash, PartnershipTransitionError};
use sister_cities_domain::person::MergeRefusal;
use sister_cities_domain::promise::PromiseRefusal;
use sister_cities_domain::role::RoleRefusal;
use sister_cities_domain::sharing::SharingRefusal;
use sister_cities_domain::state_machine::RefusedStep;
use sister_cities_domain::value::InvalidValue;
use sister_cities_storage::audit::AuditError;
use sister_cities_storage::erasure::ErasureError;
use sister_cities_storage::{CommitError, Conflict, Malformed, ReadError, Revision, Unavailable};

/// Why a use case did not do what was asked. Nothing was written then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AppError {
    /// There is no such record, or the caller may not know that there is.
    #[error("there is no {0}")]
    NotFound(RecordRef),
    /// The record was merged into another, which stands for both.
    #[error("{from} was merged into {to}")]
    Moved {
        /// The record that was asked for.
        from: PersonId,
        /// The one that stands for it.
        to: PersonId,
    },
    /// The token is unknown, expired, revoked or not a token at all; it is not said which.
    #[error("the access token is not accepted")]
    Unauthenticated,
    /// The caller lacks a scope.
    #[error("this needs the scope {needed}")]
    Forbidden {
        /// What it takes.
        needed: Scope,
    },
    /// What is asked for is of the whole installation, and the caller is of one programme, whatever its scopes.
    #[error("this needs the scope {needed} in the whole installation, and this token is of one programme")]
    OfOneProgramme {
        /// What it takes there.
        needed: Scope,
    },
    /// The programme keeps as many bytes of files as it may.
    #[error(
        "the programme keeps {kept} bytes of files, and may keep {most}: take imports out that are over, by `imports delete`"
    )]
    NoRoom {
        /// What it keeps.
        kept: u64,
        /// What it may keep.
        most: u64,
    },
    /// The record has changed since the revision that the change is based on: read again, decide again.
    #[error("{record} has changed since revision {expected}")]
    Stale {
        /// The record.
        record: RecordRef,
        /// The revision that was named.
        expected: Revision,
        /// The revision it is at; `None` if it is gone.
        found: Option<Revision>,
    },
    /// Fields of the request are wrong.
    #[error("the request has {} wrong fields, the first is {}", .0.len(), .0.first().map_or("none", |field| field.path.as_str()))]
    Invalid(Vec<FieldError>),
    /// The request contradicts what is stored.
    #[error("the request contradicts what is stored")]
    Conflict(#[source] Conflict),
    /// The same places had a partnership of the same kind at the same time (R1).
    #[error("the same places had a bond of the kind {} at the same time: {}", .0.kind, .0.with)]
    Clash(EpisodeClash),
    /// The domain refused the transition.
    #[error("the request is not possible now")]
    Refused(#[source] RefusedTransition),
    /// The idempotency key was used before for another request.
    #[error("the idempotency key was used before with another request")]
    KeyReused,
    /// The store cannot answer now.
    #[error("the store cannot answer now")]
    Unavailable(#[source] Unavailable),
    /// The cursor is of another list.
    #[error("the cursor is of another list")]
    Cursor,
    /// What is stored cannot be read.
    #[error("a stored record cannot be read")]
    Corrupt(#[source] ReadError),
    /// The program made a change set that the store refuses: a mistake of ours.
    #[error("the change was put together wrongly")]
    Mistake(#[source] Malformed),
    /// The operating system gives no randomness.
    #[error("the random number generator of the operating system failed")]
    NoRandomness,
}

/// A field of a request that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldError {
    /// Which, as a JSON pointer into the request: `/members/1`.
    pub path: String,
    /// What is wrong with it.
    pub problem: String,
    /// What would be right.
    pub expected: String,
}

impl FieldError {
    /// A field that refers to a record which the programme does not have.
    pub(crate) fn missing(path: String, to: RecordRef) -> Self {
        let kind = to.kind.as_str().replace('_', " ");
        let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let problem = format!("there is no {kind} {to} in this programme");
        Self { path, problem, expected: format!("the id of {article} {kind} of this programme") }
    }

    /// A field with a value that the domain refuses.
    pub(crate) fn refused(path: String, error: &InvalidValue) -> Self {
        Self { path, problem: error.to_string(), expected: error.expected() }
    }
}

/// A transition that the domain refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RefusedTransition {
    /// Of a partnership.
    #[error(transparent)]
    Partnership(#[from] PartnershipTransitionError),
    /// Of an agreement.
    #[error(transparent)]
    Agreement(#[from] AgreementTransitionError),
    /// Of an import.
    #[error(transparent)]
    Import(#[from] ImportTransitionError),
    /// Of sharing with another programme.
    #[error(transparent)]
    Sharing(#[from] SharingRefusal),
    /// Of the end of a role.
    #[error(transparent)]
    Role(#[from] RoleRefusal),
    /// Of an organisation under another.
    #[error(transparent)]
    Parent(#[from] ParentRefusal),
    /// Of a merge of two records of a person.
    #[error(transparent)]
    Merge(#[from] MergeRefusal),
    /// Of an answer to what came of an engagement.
    #[error(transparent)]
    Answer(#[from] AnswerRefusal),
    /// Of an invitation to an engagement, or an answer to one.
    #[error(transparent)]
    Invitation(#[from] InvitationRefusal),
    /// A step that a state machine does not have from there.
    #[error(transparent)]
    Step(#[from] RefusedStep),
    /// Of an action point.
    #[error(transparent)]
    Promise(#[from] PromiseRefusal),
}

impl AppError {
    /// A single wrong field.
    #[must_use]
    pub fn invalid(path: impl Into<String>, problem: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError {
            path: path.into(),
            problem: problem.into(),
            expected: expected.into(),
        }])
    }

    /// A single field with a value that the domain refuses.
    #[must_use]
    pub fn invalid_value(path: impl Into<String>, error: &InvalidValue) -> Self {
        Self::Invalid(vec![FieldError::refused(path.into(), error)])
    }

    /// A single field that refers to a record which the programme does not have.
    #[must_use]
    pub(crate) fn missing(path: &str, to: RecordRef) -> Self {
        Self::Invalid(vec![FieldError::missing(path.to_owned(), to)])
    }

    /// A journal that could not be walked for a reason that a later storage may have.
    pub(crate) fn audit(error: &AuditError) -> Self {
        Self::Unavailable(Unavailable::Failed(error.to_string()))
    }

    /// The answer to a denial of what is of the whole installation, which is hidden from nobody.
    pub(crate) fn denied_in_installation(denied: Denied, needed: Scope) -> Self {
        match denied {
            Denied::Scope { needed } => Self::Forbidden { needed },
            Denied::OtherProgramme | _ => Self::OfOneProgramme { needed },
        }
    }

    /// The answer to a denial: who is of another programme is told that there is nothing here.
    #[must_use]
    pub(crate) fn denied(denied: Denied, asked_for: RecordRef) -> Self {
        match denied {
            Denied::Scope { needed } => Self::Forbidden { needed },
            // Whatever else a later domain may deny, it is not shown that there is something.
            Denied::OtherProgramme | _ => Self::NotFound(asked_for),
        }
    }
}

impl From<ReadError> for AppError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Unavailable(unavailable) => Self::Unavailable(unavailable),
            ReadError::Cursor => Self::Cursor,
            corrupt @ (ReadError::Condition(_) | ReadError::Corrupt { .. } | _) => Self::Corrupt(corrupt),
        }
    }
}

impl From<CommitError> for AppError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Stale { record, expected, found } => Self::Stale { record, expected, found },
            // The columns that refer are named as the fields of requests are.
            CommitError::Conflict(Conflict::MissingReference { column, to, .. }) => {
                Self::missing(&format!("/{column}"), to)
            }
            CommitError::Conflict(conflict) => Self::Conflict(conflict),
            CommitError::KeyReused => Self::KeyReused,
            CommitError::Malformed(Malformed::Unsealed { .. }) => Self::Unavailable(Unavailable::NoMasterKey),
            CommitError::Malformed(malformed) => Self::Mistake(malformed),
            CommitError::Unavailable(unavailable) => Self::Unavailable(unavailable),
            other @ (CommitError::Overtaken | _) => Self::Unavailable(Unavailable::Failed(other.to_string())),
        }
    }
}

impl From<ErasureError> for AppError {
    fn from(error: ErasureError) -> Self {
        match error {
            ErasureError::Read(error) => error.into(),
            ErasureError::Commit(error) => error.into(),
            other => Self::Unavailable(Unavailable::Failed(other.to_string())),
        }
    }
}

impl From<PartnershipTransitionError> for AppError {
    fn from(error: PartnershipTransitionError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<AgreementTransitionError> for AppError {
    fn from(error: AgreementTransitionError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<RoleRefusal> for AppError {
    fn from(error: RoleRefusal) -> Self {
        Self::Refused(error.into())
    }
}

impl From<ParentRefusal> for AppError {
    fn from(error: ParentRefusal) -> Self {
        Self::Refused(error.into())
    }
}

impl From<MergeRefusal> for AppError {
    fn from(error: MergeRefusal) -> Self {
        Self::Refused(error.into())
    }
}

impl From<AnswerRefusal> for AppError {
    fn from(error: AnswerRefusal) -> Self {
        Self::Refused(error.into())
    }
}

impl From<InvitationRefusal> for AppError {
    fn from(error: InvitationRefusal) -> Self {
        Self::Refused(error.into())
    }
}

impl From<RefusedStep> for AppError {
    fn from(error: RefusedStep) -> Self {
        Self::Refused(error.into())
    }
}

impl From<PromiseRefusal> for AppError {
    fn from(error: PromiseRefusal) -> Self {
        Self::Refused(error.into())
    }
}

impl From<ImportTransitionError> for AppError {
    fn from(error: ImportTransitionError) -> Self {
        Self::Refused(error.into())
    }
}
