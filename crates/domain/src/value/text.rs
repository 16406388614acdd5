//! Text that can be stored, sorted and shown without harm.
//!
//! Every text is in Unicode normalisation form C and trimmed; it holds no control characters, no bidirectional overrides, no
//! line or paragraph separators, no tags and other characters that are never seen, and at most eight combining marks in a row, so that it cannot forge a log line or a mail
//! header, nor climb over its neighbours. Arabic, Hebrew and Persian text stays as it is: the plain direction marks and
//! joiners are allowed.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::text_form::text_form;
use super::{InvalidValue, Shape};

/// The most combining marks that may follow one another. Source: design; real orthographies need at most four.
const MOST_MARKS: usize = 8;

/// What [`is_forbidden`] says, within the brackets of a pattern; planes of non-characters at the ends of the higher planes left out.
macro_rules! forbidden {
    ($more:literal) => {
        concat!(
            $more,
            "\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2061-\\u206f\\ufdd0-\\ufdef\\ufeff\\ufff0-\\ufffb\\ufffe\\uffff",
            "\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}"
        )
    };
}

/// The pattern (ECMA 262, with the flag `u`) of a text: white space around it is taken away, at least one character is seen, and none of them is forbidden.
macro_rules! text_pattern {
    ($more:literal) => {
        concat!(
            "^\\s*[^",
            forbidden!($more),
            "]*[^\\s\\u00ad\\u034f\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u2060\\u3164\\uffa0",
            forbidden!($more),
            "][^",
            forbidden!($more),
            "]*\\s*$"
        )
    };
}

/// Whether text may run over several lines.
#[derive(Clone, Copy)]
enum Lines {
    One,
    Many,
}

impl Lines {
    const fn pattern(self) -> &'static str {
        match self {
            Self::One => text_pattern!("\\u000a"),
            Self::Many => text_pattern!(""),
        }
    }
}

fn checked(text: &str, most: usize, lines: Lines) -> Result<String, InvalidValue> {
    // A text that is far too long is not worth normalising.
    if text.len() > most.saturating_mul(16) {
        return Err(InvalidValue::TooLong { length: text.chars().count(), most });
    }
    let text = match lines {
        Lines::Many if text.contains("\r\n") => Cow::Owned(text.trim().replace("\r\n", "\n")),
        Lines::One | Lines::Many => Cow::Borrowed(text.trim()),
    };
    // Nearly all texts are in this form already, those that were stored above all.
    let normal = if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.into_owned()
    } else {
        text.nfc().collect()
    };
    let (mut length, mut marks, mut visible) = (0, 0, false);
    for character in normal.chars() {
        length += 1;
        if matches!(character, ' '..='~') {
            marks = 0;
            visible |= character != ' ';
            continue;
        }
        let line_break = matches!((lines, character), (Lines::Many, '\n'));
        if is_forbidden(character) && !line_break {
            return Err(InvalidValue::ForbiddenCharacter { character, at: length });
        }
        marks = if is_combining_mark(character) { marks + 1 } else { 0 };
        if marks > MOST_MARKS {
            return Err(InvalidValue::TooManyMarks { most: MOST_MARKS });
        }
        visible |= !(character.is_whitespace() || is_invisible(character));
    }
    if !visible {
        return Err(InvalidValue::Empty);
    }
    if length > most {
        return Err(InvalidValue::TooLong { length, most });
    }
    Ok(normal)
}

/// Whether a character may stand in no text: controls, bidirectional overrides, embeddings and isolates, line separators, the byte order
/// mark, non-characters, and what is never seen and of use to no language: tags, by which a text can carry another one, and marks of
/// formulas, music, shorthand and hieroglyphs. A line break is one as well; who writes several lines allows it. Joiners, direction marks and the
/// variants of ideographs are letters of names and stay.
#[must_use]
pub fn is_forbidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{2028}'..='\u{202e}' | '\u{2061}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
                | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
        )
        || u32::from(character) & 0xfffe == 0xfffe
        || matches!(character, '\u{fdd0}'..='\u{fdef}')
}

/// Characters that take no room: joiners, direction marks, the soft hyphen, fillers.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'
            ..='\u{200f}' | '\u{2060}' | '\u{3164}' | '\u{ffa0}'
    )
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $most:literal, $lines:ident, $expected:literal, $example:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The most code points that such a text may have.
            pub const MOST: usize = $most;

            /// Normalises and checks the text.
            ///
            /// # Errors
            ///
            /// [`InvalidValue`] if nothing visible is left, if it is longer than [`Self::MOST`] code points, or if it holds
            /// what no text may hold (see the module).
            pub fn new(text: &str) -> Result<Self, InvalidValue> {
                checked(text, $most, Lines::$lines).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidValue;

            fn from_str(text: &str) -> Result<Self, InvalidValue> {
                Self::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = InvalidValue;

            fn try_from(text: &str) -> Result<Self, InvalidValue> {
                Self::new(text)
            }
        }

        text_form!($name, Shape::pattern($expected, Lines::$lines.pattern(), $example).of_length(1, $most));
    };
}

text_type! {
    /// What something or somebody is called: one line, at most 200 code points.
    Name, 200, One, "text of 1 to 200 characters", "Chicago"
}
text_type! {
    /// One line that says what happened: at most 300 code points, as logs of exchanges have long ones.
    Title, 300, One, "text of 1 to 300 characters", "Mayor's visit"
}
text_type! {
    /// Text of several lines: at most 10,000 code points. `\r\n` becomes `\n`.
    FreeText, 10_000, Many, "text of 1 to 10,000 characters", "Until the war ends."
}
text_type! {
    /// Where a fact comes from: a page, a letter, a list with its date. One line, at most 500 code points.
    Source, 500, One, "text of 1 to 500 characters that says where a fact is from", "Council minutes, 2 March 2022"
}
