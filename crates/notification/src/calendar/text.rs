//! Text that steers nothing: what is left of a text from anywhere when it goes into a calendar or comes out of one.

use std::borrow::Cow;

use sister_cities_domain::value::is_forbidden_in_text;

/// A text over several lines, each ended by a line feed. What breaks a line otherwise becomes one; controls and overrides of direction are
/// left out.
pub(super) fn lines(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && is_forbidden_in_text(c)) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(
        text.chars()
            .filter_map(|c| match c {
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
                '\t' => Some(' '),
                c if is_forbidden_in_text(c) => None,
                c => Some(c),
            })
            .collect(),
    )
}

/// A text in one line: a break becomes a space.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    match lines(text) {
        text if text.contains('\n') => Cow::Owned(text.replace('\n', " ")),
        text => text,
    }
}

/// What can stand between quotes as the value of a parameter, by the escapes of RFC 6868. `calcard` doubles a backslash there, which no
/// reader undoes, so it becomes a slash.
pub(super) fn parameter(text: &str) -> String {
    one_line(text).replace('^', "^^").replace('"', "^'").replace('\\', "/")
}

/// The text of a parameter with those escapes undone.
pub(super) fn from_parameter(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escaped = match (letter, letters.peek()) {
            ('^', Some('^')) => '^',
            ('^', Some('\'')) => '"',
            ('^', Some('n')) => ' ',
            _ => {
                plain.push(letter);
                continue;
            }
        };
        letters.next();
        plain.push(escaped);
    }
    one_line(&plain).into_owned()
}
