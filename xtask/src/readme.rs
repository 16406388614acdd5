//! The README of each crate, from the first words of its documentation: they are said once.

use std::path::Path;

use anyhow::{Context as _, ensure};
use xshell::Shell;

use crate::codegen::Mode;

const QUICK_START: &str = "# Quick start";

/// Writes the README of each crate below `crates`, or checks that it is current.
pub(crate) fn run(sh: &Shell, mode: Mode) -> anyhow::Result<()> {
    for folder in sh.read_dir("crates")? {
        let name = folder.file_name().context("a crate has a name")?.to_string_lossy().into_owned();
        let (library, program) = (folder.join("src/lib.rs"), folder.join("src/main.rs"));
        let root = if sh.path_exists(&library) { library } else { program };
        let text = readme(&format!("sister-cities-{name}"), &sh.read_file(&root)?);
        let file = folder.join("README.md");
        match mode {
            Mode::Write => sh.write_file(&file, text)?,
            Mode::Check => {
                let is_current = sh.path_exists(&file) && sh.read_file(&file)? == text;
                ensure!(
                    is_current,
                    "{} is not current",
                    Path::new("crates").join(&name).join("README.md").display()
                );
            }
        }
    }
    Ok(())
}

/// The title, the documentation up to its first code or heading, its quick start if it has one, and where there is more.
fn readme(name: &str, source: &str) -> String {
    let documentation = source
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line));
    let quick_start = quick_start(documentation.clone());
    let first: Vec<String> = documentation
        .take_while(|line| !line.starts_with("```") && !line.starts_with('#'))
        .map(without_links)
        .collect();
    let first = first.join("\n");
    format!(
        "# {name}\n\n{}\n\n{quick_start}Part of [Sister Cities](https://docs.rs/sister-cities-domain), the platform on which a city runs its sister-city programme. Its documentation has \
         examples; what is stable, and for how long, stands in `docs/stability.md` of the repository.\n\nLicensed under Apache-2.0 or MIT, as you like.\n",
        first.trim()
    )
}

/// The section of that name, its code as somebody copies it: without the lines that the documentation hides.
fn quick_start<'a>(documentation: impl Iterator<Item = &'a str>) -> String {
    let mut section = String::new();
    let mut in_code = false;
    for line in documentation.skip_while(|line| *line != QUICK_START).skip(1) {
        if !in_code && line.starts_with('#') {
            break;
        }
        let hidden = in_code && (line == "#" || line.starts_with("# "));
        if line.starts_with("```") {
            in_code = !in_code;
        }
        if !hidden {
            section.push_str(if line == "```no_run" { "```rust" } else { line });
            section.push('\n');
        }
    }
    if section.is_empty() { section } else { format!("#{QUICK_START}\n\n{}\n\n", section.trim()) }
}

/// A line of documentation whose links lead nowhere outside of it: only the words remain.
fn without_links(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['[', '`']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let close = if from.starts_with('[') { ']' } else { '`' };
        let Some(end) = from[1..].find(close).map(|end| end + 1) else {
            rest = from;
            break;
        };
        rest = &from[end + 1..];
        if close == '`' {
            // What stands in code is no link.
            text.push_str(&from[..=end]);
            continue;
        }
        text.push_str(&from[1..end]);
        // `[word](target)` and `[word][target]`.
        for (open, close) in [('(', ')'), ('[', ']')] {
            if rest.starts_with(open)
                && let Some(end) = rest.find(close)
            {
                rest = &rest[end + 1..];
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readme_says_what_the_documentation_says_first() {
        let source = "//! How many, by [`count`](crate::count) and [`Rule`], `#[as]`.\n//!\n//! And why.\n//!\n//! # More\n//! Not this.\nmod a;\n";
        let text = readme("sister-cities-domain", source);
        assert!(
            text.starts_with(
                "# sister-cities-domain\n\nHow many, by `count` and `Rule`, `#[as]`.\n\nAnd why.\n\nPart of"
            ),
            "{text}"
        );
        assert!(!text.contains("Not this"), "{text}");
    }

    #[test]
    fn a_quick_start_is_taken_over_without_its_hidden_lines() {
        let source = "//! Why.\n//!\n//! # Quick start\n//!\n//! ```no_run\n//! # hidden();\n//! #[shown]\n//! ```\n//!\n//! # More\n//! Not this.\n";
        let text = readme("sister-cities-client", source);
        assert!(text.contains("Why.\n\n## Quick start\n\n```rust\n#[shown]\n```\n\nPart of"), "{text}");
        assert!(!text.contains("Not this"), "{text}");
    }
}
