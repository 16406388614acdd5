//! Knows which problem each refusal of the use cases and of the store is to the caller.

use std::time::Duration;

use sister_cities_api::{FieldError, ProblemKind};
use sister_cities_app::AppError;
use sister_cities_app::import::ImportError;
use sister_cities_storage::{ReadError, Unavailable};

use crate::error::ApiError;
use crate::idempotency;

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::NotFound(_) => Self::not_found(),
            // Whoever reads the record says where it is now.
            AppError::Moved { .. } => Self::new(ProblemKind::Moved).detail(error.to_string()),
            AppError::Unauthenticated => unauthenticated(),
            AppError::Forbidden { needed } => Self::new(ProblemKind::Forbidden)
                .detail(format!("this needs a token with the scope {needed}")),
            AppError::OfOneProgramme { needed } => Self::new(ProblemKind::Forbidden).detail(format!(
                "this needs a token for the whole installation with the scope {needed}; this one is of one programme"
            )),
            AppError::NoRoom { .. } => Self::new(ProblemKind::QuotaFull).detail(error.to_string()),
            AppError::Stale { expected, found, .. } => {
                let now =
                    found.map_or_else(|| "is gone".to_owned(), |found| format!("is at \"r{found}\" now"));
                Self::header(
                    ProblemKind::Stale,
                    "If-Match",
                    &format!("names revision \"r{expected}\", but the record {now}"),
                    "the ETag of the record as it is now: read it again and decide again",
                )
            }
            AppError::Invalid(fields) => {
                Self::new(ProblemKind::Invalid).errors(fields.into_iter().map(field_error))
            }
            AppError::Conflict(conflict) => Self::new(ProblemKind::Conflict).detail(conflict.to_string()),
            AppError::Clash(clash) => {
                let detail = format!(
                    "{} binds the same places by a bond of the kind {} at the same time",
                    clash.with, clash.kind
                );
                Self::new(ProblemKind::Conflict).detail(detail)
            }
            AppError::Refused(refused) => Self::new(ProblemKind::Conflict).detail(refused.to_string()),
            AppError::KeyReused => idempotency::reused(),
            AppError::Unavailable(unavailable) => out_of_service(unavailable),
            AppError::Cursor => Self::parameter(
                "cursor",
                "is not a cursor of this list",
                "the next_cursor of the page before, for the same list and filters",
            ),
            other @ (AppError::Corrupt(_) | AppError::Mistake(_) | AppError::NoRandomness | _) => {
                Self::internal(other)
            }
        }
    }
}

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::App(error) => error.into(),
            ImportError::File(refused) => Self::field(
                "",
                refused.to_string(),
                "a table as CSV, TSV or XLSX with a header line, or a mapping that says how to read it",
            ),
            ImportError::NotTried(_) => Self::new(ProblemKind::Conflict).detail(error.to_string()),
            other @ (ImportError::NoDocument(_) | ImportError::Stopped | _) => Self::internal(other),
        }
    }
}

/// A refusal of something that was asked for in the query: its fields are parameters.
pub(crate) fn in_query(error: AppError) -> ApiError {
    let AppError::Invalid(fields) = error else { return error.into() };
    let errors = fields.into_iter().map(|field| {
        FieldError::at_parameter(field.path.trim_start_matches('/'), field.problem).expecting(field.expected)
    });
    ApiError::new(ProblemKind::InvalidParameter).errors(errors)
}

/// A field at fault in the body.
pub(crate) fn field_error(field: sister_cities_app::FieldError) -> FieldError {
    FieldError::at_pointer(field.path, field.problem).expecting(field.expected)
}

/// A refusal of a field that stands in the path: what it names is not there.
pub(crate) fn in_path(error: AppError, field: &str) -> ApiError {
    if let AppError::Invalid(fields) = &error
        && fields.iter().any(|wrong| wrong.path == field)
    {
        return ApiError::not_found();
    }
    error.into()
}

/// No valid token came with the request; it is not said what was wrong with it.
pub(crate) fn unauthenticated() -> ApiError {
    ApiError::new(ProblemKind::Unauthenticated).errors([FieldError::at_header(
        "Authorization",
        "holds no token that is accepted here",
    )
    .expecting("Bearer followed by an access token that has neither expired nor been revoked")])
}

/// A read that failed.
pub(crate) fn read(error: ReadError) -> ApiError {
    AppError::from(error).into()
}

fn out_of_service(unavailable: Unavailable) -> ApiError {
    match unavailable {
        Unavailable::DiskFull => {
            let mut failure = ApiError::new(ProblemKind::StorageFull).retry_after(Duration::from_mins(1));
            failure.cause = Some(unavailable.into());
            failure
        }
        // To come again soon is of no use, so it is not said when.
        Unavailable::ReadOnly => {
            let detail = "the database file is read-only: it can be read, and nothing was written; whoever runs the program gives it the right to \
                          write to the file and its folder";
            let mut failure = ApiError::new(ProblemKind::Unavailable).detail(detail);
            failure.cause = Some(unavailable.into());
            failure
        }
        Unavailable::NoMasterKey => without_the_key("this server has no master key", unavailable),
        Unavailable::OtherMasterKey { .. } => without_the_key(
            "the master key of this server is not the one that the database needs",
            unavailable,
        ),
        other @ (Unavailable::Busy(_) | Unavailable::Closed | Unavailable::Failed(_) | _) => {
            ApiError::unavailable(other)
        }
    }
}

/// Something sensitive cannot be stored or read. To come again soon is of no use, so it is not said when.
fn without_the_key(what: &str, cause: Unavailable) -> ApiError {
    let detail = format!(
        "{what}, and what is sensitive can be neither stored nor read without it; whoever runs the server names its file \
         by --master-key-file or SISTER_CITIES_MASTER_KEY_FILE"
    );
    let mut failure = ApiError::new(ProblemKind::Unavailable).detail(detail);
    failure.cause = Some(cause.into());
    failure
}
