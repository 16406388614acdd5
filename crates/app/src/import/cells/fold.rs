//! Text made comparable: lower case, no accents, no punctuation, single spaces. And text made safe to show.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a text so that `Jumelée (depuis)` and `jumelee depuis` are the same.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            match c {
                'ß' => out.push_str("ss"),
                'ł' => out.push('l'),
                'ø' => out.push('o'),
                'æ' => out.push_str("ae"),
                'œ' => out.push_str("oe"),
                other => out.push(other),
            }
        } else {
            gap = true;
        }
    }
    // Syllables of Hangul were taken apart.
    if out.is_ascii() { out } else { out.nfc().collect() }
}

/// A text from a file as it may be shown on a terminal or in a log: control characters and those that turn the direction of
/// text are written as their codes.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{fold, visible};

    #[test]
    fn nothing_in_a_file_can_steer_a_terminal() {
        assert_eq!(visible("Accra\u{1b}[2J\u{202e}x"), "Accra\\u{1b}[2J\\u{202e}x");
        assert_eq!(visible("עכו"), "עכו");
    }

    #[test]
    fn accents_case_and_punctuation_do_not_matter() {
        assert_eq!(fold("  Jumelée (depuis) "), "jumelee depuis");
        assert_eq!(fold("STRASSE_no."), fold("Straße no"));
        assert_eq!(fold("—"), "");
    }
}
