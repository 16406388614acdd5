//! What a value can be refused for, in words that a clerk can act on.

use std::fmt::Write as _;

/// Why a value was refused. `Display` says what is wrong; [`InvalidValue::expected`] says what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidValue {
    /// Nothing visible was given.
    #[error("is empty")]
    Empty,
    /// The text is too long.
    #[error("has {length} characters, at most {most} are kept")]
    TooLong {
        /// Its length in Unicode code points, after normalisation.
        length: usize,
        /// The most that is kept.
        most: usize,
    },
    /// A character that no such text may hold: control, bidirectional override, line separator, tag.
    #[error("holds U+{:04X} as its character {at}, which cannot be shown safely", u32::from(*.character))]
    ForbiddenCharacter {
        /// The first such character.
        character: char,
        /// Which of the text's characters it is, from 1.
        at: usize,
    },
    /// So many combining marks in a row that the text would climb over its neighbours.
    #[error("stacks more than {most} combining marks on one letter")]
    TooManyMarks {
        /// The most that may follow one another.
        most: usize,
    },
    /// It cannot be read as what it should be.
    #[error("{found} cannot be read")]
    Malformed {
        /// What was given, cut short and quoted.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// It can be read, but lies outside what is possible.
    #[error("{found} is out of range")]
    OutOfRange {
        /// What was given, as text.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// It looks right, but is in no list we know.
    #[error("{found} is not known")]
    Unknown {
        /// What was given, cut short and quoted.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// The end lies before the beginning, whatever the precision.
    #[error("ends ({to}) before it begins ({from})")]
    Reversed {
        /// The beginning that was given.
        from: String,
        /// The end that was given.
        to: String,
    },
    /// A list holds something twice that it may hold once.
    #[error("holds {found} twice")]
    Repeated {
        /// What stands there twice.
        found: String,
    },
}

impl InvalidValue {
    /// What would be right, in words that complete "expected: …".
    #[must_use]
    pub fn expected(&self) -> String {
        match self {
            Self::Empty => "at least one visible character".to_owned(),
            Self::TooLong { most, .. } => format!("at most {most} characters"),
            Self::ForbiddenCharacter { .. } => {
                "text without control characters, bidirectional overrides and characters that are never seen"
                    .to_owned()
            }
            Self::TooManyMarks { most } => format!("at most {most} combining marks in a row"),
            Self::Malformed { expected, .. }
            | Self::OutOfRange { expected, .. }
            | Self::Unknown { expected, .. } => (*expected).to_owned(),
            Self::Reversed { .. } => "an end that is not before the beginning".to_owned(),
            Self::Repeated { .. } => "each only once".to_owned(),
        }
    }

    /// A refusal of text that cannot be read; what was found is cut short and made safe to show.
    #[must_use]
    pub fn malformed(found: &str, expected: &'static str) -> Self {
        Self::Malformed { found: quoted(found), expected }
    }

    /// A refusal of a value outside what is possible.
    #[must_use]
    pub fn out_of_range(found: &(impl ToString + ?Sized), expected: &'static str) -> Self {
        Self::OutOfRange { found: found.to_string(), expected }
    }

    /// A refusal of text that is in no list; what was found is cut short and made safe to show.
    #[must_use]
    pub fn unknown(found: &str, expected: &'static str) -> Self {
        Self::Unknown { found: quoted(found), expected }
    }
}

/// Quotes at most forty characters of `text`, with everything that is not plainly printable escaped.
fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut out = String::from("\"");
    for character in text.chars().take(SHOWN) {
        if super::text::is_forbidden(character) || character == '"' || character == '\n' {
            let _ = write!(out, "{}", character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out.push('"');
    out
}
