//! Knows what the terminal can show: colours, and bars that are drawn again and again.

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressStyle};

use crate::output::NoColour;

/// Whether the environment speaks against colours: `NO_COLOR` set to anything but nothing (no-color.org), or a terminal that has none.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads NO_COLOR, which is no option of ours"
)]
pub(crate) fn no_colour() -> NoColour {
    let wants_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if wants_none || is_dumb() { NoColour::Set } else { NoColour::Unset }
}

/// A bar on stderr, `[####----] 1200/26114 lines`; hidden where that is no terminal, or one that cannot go back in a line.
pub(crate) fn bar() -> ProgressBar {
    if !io::stderr().is_terminal() || is_dumb() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("[{bar:40}] {pos}/{len} lines  {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style.progress_chars("#>-"))
}

/// Whether the terminal can only write lines, one below the other.
#[expect(clippy::disallowed_methods, reason = "the one place that reads TERM, which is no option of ours")]
fn is_dumb() -> bool {
    is_dumb_by_name(std::env::var_os("TERM").as_deref())
}

fn is_dumb_by_name(term: Option<&OsStr>) -> bool {
    term.is_some_and(|term| term == "dumb")
}

#[cfg(test)]
mod tests {
    use super::is_dumb_by_name;

    #[test]
    fn a_dumb_terminal_is_known_by_its_name_and_one_without_a_name_is_not_dumb() {
        assert!(is_dumb_by_name(Some("dumb".as_ref())));
        assert!(!is_dumb_by_name(Some("xterm-256color".as_ref())));
        assert!(!is_dumb_by_name(None));
    }
}
