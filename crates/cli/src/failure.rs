//! How a command ends when it does not end well: one message that says what would be right, and one exit code.

use serde::Serialize;
use sister_cities_client::{BuildError, Error};
use sister_cities_server::local::{
    AppError, ArchiveError, DemoError, ImportProgrammeError, LocalError, Refused, Unavailable,
};

use crate::exit::Exit;
use crate::show::text::safe;

/// Why a command failed: its exit code, what happened, and lines that help.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) message: String,
    pub(crate) hints: Vec<String>,
    shown: String,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), hints: Vec::new(), shown: String::new() }
    }

    /// A failure whose message is an error with all its causes.
    pub(crate) fn caused(exit: Exit, error: &dyn std::error::Error) -> Self {
        Self::new(exit, chain(error))
    }

    /// Adds text that is already rendered, and so already safe, to stand before the message.
    pub(crate) fn shown(mut self, rendered: String) -> Self {
        self.shown = rendered;
        self
    }

    /// Adds a line that helps: what would be right, or what to do.
    pub(crate) fn hint(mut self, line: impl Into<String>) -> Self {
        self.hints.push(line.into());
        self
    }

    /// The same for programs, as one line of JSON.
    pub(crate) fn json(&self) -> String {
        let Self { exit, message, hints, shown: _ } = self;
        let hints = hints.iter().map(|hint| hint.trim()).collect();
        let told = Told { exit: *exit as u8, meaning: exit.meaning(), message, hints };
        serde_json::to_string(&told).map_or_else(|_| self.lines(), |line| format!("{line}\n"))
    }

    /// The lines for stderr, made safe for a terminal.
    pub(crate) fn lines(&self) -> String {
        let mut out = format!("{}error: {}\n", self.shown, safe(&self.message));
        for hint in &self.hints {
            out.push_str("  ");
            out.push_str(&safe(hint));
            out.push('\n');
        }
        out
    }
}

/// A failure as programs read it.
#[derive(Serialize)]
struct Told<'a> {
    exit: u8,
    meaning: &'static str,
    message: &'a str,
    /// What would be right, or what there is to choose among.
    hints: Vec<&'a str>,
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.ends_with(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if error.is_unreachable() {
            return Self::caused(Exit::Unavailable, &error).hint("is the server running, and --url right?");
        }
        let Some(status) = error.status() else {
            let exit = if error.is_retryable() { Exit::Unavailable } else { Exit::Failed };
            return Self::caused(exit, &error);
        };
        let exit = Exit::of_status(status.as_u16());
        let mut failure = match error.problem() {
            Some(problem) => {
                let detail = problem.detail.as_deref().map(|d| format!(": {d}")).unwrap_or_default();
                Self::new(exit, format!("{}{detail}", problem.title))
            }
            None => Self::caused(exit, &error),
        };
        if let Some(problem) = error.problem() {
            failure.hints.extend(problem.errors.iter().map(ToString::to_string));
        }
        if status.as_u16() == 401 {
            failure = failure.hint(
                "give a token by --token, SISTER_CITIES_TOKEN or a profile; `sister-cities token create` makes one",
            );
        }
        if let (Exit::Failed | Exit::Unavailable, Some(id)) = (exit, error.request_id()) {
            failure = failure.hint(format!("the server's operator finds it under request id {id}"));
        }
        failure
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        let exit = match error {
            BuildError::BaseUrl { .. } | BuildError::Token => Exit::Usage,
            BuildError::UserAgent | BuildError::Http(_) | _ => Exit::Failed,
        };
        Self::caused(exit, &error)
    }
}

impl From<LocalError> for Failure {
    fn from(error: LocalError) -> Self {
        match &error {
            LocalError::NoDatabase { .. } => Self::caused(Exit::NotFound, &error).hint(
                "`sister-cities migrate` creates one; `sister-cities demo` one with two programmes in it",
            ),
            LocalError::Exists { .. } => Self::caused(Exit::Refused, &error)
                .hint("name a file that is not there yet, or an empty database"),
            LocalError::Open { .. }
            | LocalError::Read(_)
            | LocalError::Random(_)
            | LocalError::Bind(_)
            | _ => Self::caused(Exit::Failed, &error),
        }
    }
}

impl From<DemoError> for Failure {
    fn from(error: DemoError) -> Self {
        if let DemoError::App(error) = error { error.into() } else { Self::caused(Exit::Failed, &error) }
    }
}

impl From<Refused> for Failure {
    fn from(error: Refused) -> Self {
        Self::caused(Exit::Refused, &error)
    }
}

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Self {
        let exit = match &error {
            ArchiveError::NoProgramme(_) => Exit::NotFound,
            ArchiveError::Unavailable(_) => Exit::Unavailable,
            ArchiveError::File { cause, .. } if cause.kind() == std::io::ErrorKind::NotFound => {
                Exit::NotFound
            }
            ArchiveError::File { .. } | ArchiveError::NotEqual(_) => Exit::Failed,
            ArchiveError::FileExists
            | ArchiveError::NotWhole(_)
            | ArchiveError::Version { .. }
            | ArchiveError::Exists(_)
            | ArchiveError::NotEmpty
            | _ => Exit::Refused,
        };
        Self::caused(exit, &error)
    }
}

impl From<ImportProgrammeError> for Failure {
    fn from(error: ImportProgrammeError) -> Self {
        match error {
            ImportProgrammeError::Archive(error) => error.into(),
            ImportProgrammeError::Tokens(_) | _ => Self::caused(Exit::Failed, &error),
        }
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        let exit = match &error {
            AppError::NotFound(_) => Exit::NotFound,
            AppError::Stale { .. } => Exit::Stale,
            AppError::Unavailable(_) => Exit::Unavailable,
            AppError::Invalid(_) | AppError::Conflict(_) | AppError::Clash(_) | AppError::Refused(_) => {
                Exit::Refused
            }
            AppError::Forbidden { .. }
            | AppError::OfOneProgramme { .. }
            | AppError::NoRoom { .. }
            | AppError::Unauthenticated => Exit::Refused,
            AppError::KeyReused
            | AppError::Cursor
            | AppError::Corrupt(_)
            | AppError::Mistake(_)
            | AppError::NoRandomness
            | _ => Exit::Failed,
        };
        let failure = Self::caused(exit, &error);
        if let AppError::Unavailable(Unavailable::NoMasterKey | Unavailable::OtherMasterKey { .. }) = &error {
            return failure
                .hint("name the file of the key by --master-key-file, or in SISTER_CITIES_MASTER_KEY_FILE")
                .hint("name the one before it by --old-master-key-file, if data keys were wrapped by that");
        }
        let AppError::Invalid(fields) = &error else { return failure };
        fields.iter().fold(failure, |failure, field| {
            failure.hint(format!("{}: {}; expected {}", field.path, field.problem, field.expected))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_cannot_steer_the_terminal() {
        let failure = Failure::new(Exit::NotFound, "no partnership with \u{1b}[2J").hint("known: Kyiv\u{7}");
        assert_eq!(failure.lines(), "error: no partnership with \\u{1b}[2J\n  known: Kyiv\\u{7}\n");
    }
}
