//! Left to right and right to left: which way a language is written, and how names of the other way stand in it.
//!
//! In what the catalogues give, each name stands between the two marks of Unicode's first strong isolate. No text that is stored
//! can hold these marks, so they are safe to find again: HTML makes them `<bdi>`, text keeps those that are needed, and a
//! subject line has none, since not every list of a mailbox knows them.

use sister_cities_domain::value::LanguageTag;

/// Begins a name whose direction follows from its first letter.
pub(super) const ISOLATE: char = '\u{2068}';
/// Ends it.
pub(super) const END_OF_ISOLATE: char = '\u{2069}';
/// Has no width, and says that what follows is written from right to left.
pub(super) const RIGHT_TO_LEFT_MARK: char = '\u{200f}';

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the languages of mails are written in one of these")]
pub enum Direction {
    /// As Latin.
    LeftToRight,
    /// As Arabic and Hebrew.
    RightToLeft,
}

impl Direction {
    /// The way a language is written: by its script if it names one.
    #[must_use]
    pub fn of(language: &LanguageTag) -> Self {
        let script = language.script().map(|script| script.to_string());
        let right_to_left = match script.as_deref() {
            Some(script) => ["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"].contains(&script),
            None => ["ar", "ckb", "dv", "fa", "he", "ps", "ug", "ur", "yi"].contains(&language.language()),
        };
        if right_to_left { Self::RightToLeft } else { Self::LeftToRight }
    }

    /// As HTML says it.
    #[must_use]
    pub const fn html(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }

    /// Whether a name would disturb what stands around it.
    fn needs_isolation(self, name: &str) -> bool {
        name.chars().any(|letter| match self {
            Self::LeftToRight => is_right_to_left(letter),
            Self::RightToLeft => {
                letter.is_ascii_digit() || (letter.is_alphabetic() && !is_right_to_left(letter))
            }
        })
    }

    /// A text for a terminal or a plain mail: only names that need it stand in isolates.
    pub(super) fn plain(self, marked: &str) -> String {
        let mut plain = String::with_capacity(marked.len());
        let mut rest = marked;
        while let Some((before, name, after)) = split_isolate(rest) {
            plain.push_str(before);
            if self.needs_isolation(name) {
                plain.extend([ISOLATE]);
                plain.push_str(name);
                plain.extend([END_OF_ISOLATE]);
            } else {
                plain.push_str(name);
            }
            rest = after;
        }
        plain.push_str(rest);
        plain
    }
}

/// A text without marks.
pub(super) fn without_marks(marked: &str) -> String {
    marked.replace([ISOLATE, END_OF_ISOLATE], "")
}

/// What stands before the first name, the name, and what stands after it.
fn split_isolate(marked: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = marked.split_once(ISOLATE)?;
    let (name, after) = rest.split_once(END_OF_ISOLATE)?;
    Some((before, name, after))
}

/// Whether a letter is written from right to left. Source: the blocks of bidirectional class R and AL in Unicode.
fn is_right_to_left(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    ) && letter.is_alphabetic()
}
