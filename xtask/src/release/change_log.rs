//! The change log, from a file for each change.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context as _, ensure};

/// What a change can be, in the order of the change log (Keep a Changelog 1.1).
const KINDS: [&str; 6] = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
/// What stands above what is not released yet.
const UNRELEASED: &str = "## Unreleased\n";

/// What was changed, by kind.
pub(crate) type Changes = BTreeMap<usize, Vec<String>>;

/// Adds the text of one file.
pub(crate) fn add(changes: &mut Changes, name: &str, text: &str) -> anyhow::Result<()> {
    let (heading, body) = text.split_once('\n').unwrap_or((text, ""));
    let kind = heading.strip_prefix("# ").map(str::trim);
    let kind = KINDS.iter().position(|one| Some(*one) == kind);
    let kind =
        kind.with_context(|| format!("{name} begins with a kind as its heading: {}", KINDS.join(", ")))?;
    let body = body.trim();
    ensure!(!body.is_empty(), "{name} does not say what is different");
    ensure!(!body.lines().any(|line| line.starts_with('#')), "{name} has one heading, its kind");
    changes.entry(kind).or_default().push(body.to_owned());
    Ok(())
}

/// The change log in which what is not released is that of a version, with these changes.
pub(crate) fn release(log: &str, version: &str, day: &str, changes: &Changes) -> anyhow::Result<String> {
    ensure!(!log.contains(&format!("## {version} ")), "{version} stands in the change log already");
    let (before, after) = log
        .split_once(UNRELEASED)
        .with_context(|| format!("the change log has no `{}`", UNRELEASED.trim()))?;
    let (unreleased, rest) = after.find("\n## ").map_or((after, ""), |at| after.split_at(at));
    let mut written = String::new();
    for (kind, changes) in changes {
        // Writing to a `String` cannot fail.
        let _ = write!(written, "### {}\n\n", KINDS[*kind]);
        for change in changes {
            let _ = writeln!(written, "- {}", change.replace('\n', "\n  "));
        }
        written.push('\n');
    }
    let section = format!("{written}{}", unreleased.trim_start());
    ensure!(!section.trim().is_empty(), "nothing has changed since the last release");
    Ok(format!("{before}{UNRELEASED}\n## {version} — {day}\n\n{}\n{rest}", section.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_takes_up_what_was_written_and_what_lies_in_files() {
        let mut changes = Changes::new();
        add(&mut changes, "b.md", "# Fixed\n\nTwo\nlines.\n").unwrap();
        add(&mut changes, "a.md", "# Added\n\nSomething.").unwrap();
        let log =
            "# Change log\n\n## Unreleased\n\n### Fixed\n\n- Old.\n\n## 0.1.0 — 2026-12-01\n\n- First.\n";
        let released = release(log, "0.2.0", "2027-03-01", &changes).unwrap();
        assert_eq!(
            released,
            "# Change log\n\n## Unreleased\n\n## 0.2.0 — 2027-03-01\n\n### Added\n\n- Something.\n\n### Fixed\n\n- Two\n  lines.\n\n\
             ### Fixed\n\n- Old.\n\n## 0.1.0 — 2026-12-01\n\n- First.\n"
        );
        assert!(release(&released, "0.2.0", "2027-03-01", &changes).is_err(), "it stands there already");
        assert!(release(&released, "0.2.1", "2027-03-02", &Changes::new()).is_err(), "nothing changed");
    }

    #[test]
    fn a_file_says_its_kind_and_what_changed() {
        for (text, said) in [
            ("Something.", "begins with a kind"),
            ("# Improved\n\nIt.", "begins with a kind"),
            ("# Added\n\n", "does not say what is different"),
            ("# Added\n\nIt.\n\n## More\n", "one heading"),
        ] {
            let error = add(&mut Changes::new(), "it.md", text).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
