//! The exit codes: what each means, and with which the answers of a server end a command.

use std::fmt::Write as _;
use std::process::ExitCode;

/// How a command ends when it does not end well. 0 is success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Failed = 1,
    Usage = 2,
    NotFound = 3,
    Refused = 4,
    NeedsPerson = 5,
    Unavailable = 6,
    Stale = 7,
}

impl Exit {
    /// All of them, by number.
    pub(crate) const ALL: [Self; 7] = [
        Self::Failed,
        Self::Usage,
        Self::NotFound,
        Self::Refused,
        Self::NeedsPerson,
        Self::Unavailable,
        Self::Stale,
    ];

    /// What it tells whoever ran the command.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Failed => "failed for another reason: the message says which",
            Self::Usage => "the command line or a setting is wrong",
            Self::NotFound => "not found: no such programme, city, partnership, import, file …",
            Self::Refused => "refused: the input is invalid, a rule forbids it, or the token may not",
            Self::NeedsPerson => "a person must decide: an ambiguous name, or import lines with proposals",
            Self::Unavailable => {
                "unavailable: the server cannot be reached, is overloaded or did not answer in time"
            }
            Self::Stale => "stale: somebody else changed the record meanwhile; look again, then repeat",
        }
    }

    /// The code for a server's refusal, by its HTTP status.
    pub(crate) fn of_status(status: u16) -> Self {
        match status {
            404 => Self::NotFound,
            412 => Self::Stale,
            400 | 401 | 403 | 409 | 413 | 414 | 415 | 422 => Self::Refused,
            408 | 425 | 429 | 502 | 503 | 504 => Self::Unavailable,
            _ => Self::Failed,
        }
    }

    /// All codes, as `--help` ends with them.
    pub(crate) fn help() -> String {
        let mut help = format!("Exit codes:\n  0  {DONE}");
        for exit in Self::ALL {
            // Writing to a `String` cannot fail.
            let _ = write!(help, "\n  {}  {}", exit as u8, exit.meaning());
        }
        help
    }
}

/// What 0 means.
pub(crate) const DONE: &str = "done";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_code_is_listed_under_its_number() {
        for (at, exit) in Exit::ALL.into_iter().enumerate() {
            assert_eq!(exit as usize, at + 1, "{exit:?}");
        }
        assert!(
            Exit::help().ends_with(
                "\n  7  stale: somebody else changed the record meanwhile; look again, then repeat"
            )
        );
    }
}
