//! Text for a terminal: what is shown of data that others wrote, how wide it is, and how it is styled.
//!
//! Nothing from the server reaches the screen but through [`safe`]: a name with an escape sequence in it must not
//! recolour, retitle or rewrite the terminal of the person who lists it.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The style of a piece of text. Colour only ever repeats what a word or glyph already says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    #[default]
    Plain,
    Strong,
    Faint,
    Good,
    Watch,
    Bad,
    Note,
}

impl Style {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Faint => Some("2"),
            Self::Good => Some("32"),
            Self::Watch => Some("33"),
            Self::Bad => Some("31"),
            Self::Note => Some("36"),
        }
    }
}

/// Whether colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    On,
    Off,
}

/// A text under way: how wide it may be, whether it has colours, and what is written so far.
///
/// Whatever is added is made [`safe`].
#[derive(Clone, Debug)]
pub(crate) struct Renderer {
    pub(crate) width: usize,
    pub(crate) colour: Colour,
    pub(crate) text: String,
}

impl Renderer {
    /// The renderer for files, pipes and tests: 80 columns, no colours.
    pub(crate) const PLAIN: Self = Self { width: 80, colour: Colour::Off, text: String::new() };

    /// Appends `text` in `style`.
    pub(crate) fn paint(&mut self, style: Style, text: &str) {
        let text = safe(text);
        match (self.colour, style.code()) {
            (Colour::On, Some(code)) if !text.is_empty() => {
                // Writing to a `String` does not fail.
                let _ = write!(self.text, "\u{1b}[{code}m{text}\u{1b}[0m");
            }
            (Colour::On | Colour::Off, _) => self.text.push_str(&text),
        }
    }

    /// Appends blanks.
    pub(crate) fn blanks(&mut self, number: usize) {
        self.text.extend(std::iter::repeat_n(' ', number));
    }

    /// Ends the line; a second time, leaves one empty.
    pub(crate) fn end_line(&mut self) {
        self.text.push('\n');
    }

    /// Appends a paragraph, wrapped at the width, each line after `indent` blanks.
    pub(crate) fn paragraph(&mut self, indent: usize, style: Style, text: &str) {
        for line in wrap(&safe(text), self.width.saturating_sub(indent)) {
            self.blanks(indent);
            self.paint(style, &line);
            self.end_line();
        }
    }

    /// Appends a paragraph that hangs from `head`: its further lines stand under the first.
    pub(crate) fn hanging(&mut self, head: (Style, &str), style: Style, text: &str) {
        let indent = width(&safe(head.1));
        self.paint(head.0, head.1);
        for (at, line) in wrap(&safe(text), self.width.saturating_sub(indent)).iter().enumerate() {
            if at > 0 {
                self.end_line();
                self.blanks(indent);
            }
            self.paint(style, line);
        }
        self.end_line();
    }

    /// Appends a fact: its name in a column of its own, its value wrapped beside it.
    pub(crate) fn fact(&mut self, name: &str, value: &str) {
        self.hanging((Style::Faint, &format!("  {name:<10}")), Style::Plain, value);
    }

    /// Appends a heading.
    pub(crate) fn heading(&mut self, text: &str) {
        self.paragraph(0, Style::Strong, text);
    }
}

/// `text` with everything spelled out that would steer the terminal or turn the reading order: control characters,
/// bidirectional overrides and isolates, line and paragraph separators. `\n` is spelled out too: lines are ours.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if steers(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Columns `text` takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// `text`, cut to `columns` with an ellipsis if it is wider.
pub(crate) fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let w = c.width().unwrap_or(0);
        if used + w + 1 > columns {
            break;
        }
        used += w;
        out.push(c);
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    if columns > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

/// `text` wrapped at blanks into lines of at most `columns`; a longer word is cut.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        loop {
            let gap = usize::from(!line.is_empty());
            if width(&line) + gap + width(&word) <= columns {
                if gap == 1 {
                    line.push(' ');
                }
                line.push_str(&word);
                break;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                continue;
            }
            let (head, tail) = split_at_width(&word, columns);
            lines.push(head);
            word = tail;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn split_at_width(word: &str, columns: usize) -> (String, String) {
    let mut used = 0;
    for (at, c) in word.char_indices() {
        let w = c.width().unwrap_or(0);
        if used + w > columns && at > 0 {
            return (word[..at].to_owned(), word[at..].to_owned());
        }
        used += w;
    }
    (word.to_owned(), String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        let evil = "Casa\u{1b}[31mblanca\u{202e}\r\n\u{9b}2J\u{7}";
        let shown = safe(evil);
        assert_eq!(shown, r"Casa\u{1b}[31mblanca\u{202e}\r\n\u{9b}2J\u{7}");
        assert!(shown.chars().all(|c| !c.is_control()));
        assert_eq!(safe("São Paulo 東京 کراچی‌"), "São Paulo 東京 کراچی‌");
    }

    #[test]
    fn clipping_counts_columns_not_characters() {
        assert_eq!(clip("Gothenburg", 10), "Gothenburg");
        assert_eq!(clip("Gothenburg", 9), "Gothenbu…");
        assert_eq!(clip("東京都庁", 5), "東京…");
        assert_eq!(clip("São Paulo", 5), "São…");
        assert_eq!(clip("x", 0), "");
    }

    #[test]
    fn wrapped_lines_never_exceed_the_width() {
        let text =
            "the record of the bond breaks off after 1995 and says nothing aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        let lines = wrap(text, 20);
        assert!(lines.iter().all(|l| width(l) <= 20), "{lines:?}");
        assert_eq!(lines.join(" ").replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn colours_are_written_only_when_on() {
        let mut out = Renderer::PLAIN;
        out.paint(Style::Bad, "dormant");
        assert_eq!(out.text, "dormant");
        out.colour = Colour::On;
        out.paint(Style::Bad, "dormant");
        assert_eq!(out.text, "dormant\u{1b}[31mdormant\u{1b}[0m");
    }
}
