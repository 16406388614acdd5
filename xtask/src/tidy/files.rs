//! Rules about files: layout, headers, size, and what must never be committed.

use std::path::Path;

use super::{columns, words};

/// What may lie at the top, besides dotfiles.
const TOP_LEVEL: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "crates",
    "xtask",
    "tests",
    "docs",
    "README.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
];

/// A file longer than this holds more than one concept. Generated files are exempt.
const LINES_AT_MOST: usize = 500;

/// The header of a file that a program wrote.
const GENERATED: &str = "@generated";

/// Marks of unfinished work, written apart so that this file does not hold them.
const UNFINISHED: &[&str] = &[concat!("todo", "!("), concat!("unimplemented", "!("), concat!("#[", "ignore")];

/// The page that walks through changes file by file.
const WALKS: &str = "docs/contributing.md";

/// The kind of record that the page makes up: its files are not there.
const MADE_UP: &str = "contact";

/// Lists what breaks a rule in `files`, which are paths from `root`.
pub(super) fn check(root: &Path, files: &[String]) -> anyhow::Result<Vec<String>> {
    let mut untidy = Vec::new();
    for path in files {
        let top = path.split('/').next().unwrap_or(path);
        if !top.starts_with('.') && !TOP_LEVEL.contains(&top) {
            untidy.push(format!("{path}: the top level holds {TOP_LEVEL:?} and dotfiles only"));
        }
        let full = root.join(path);
        match full.extension().and_then(|e| e.to_str()) {
            Some("rs") => untidy.extend(source(path, &full)),
            // What stands for a page elsewhere is looked at there.
            Some("md") if !full.is_symlink() => {
                untidy.extend(links(path, &full)?);
                if path == WALKS {
                    untidy.extend(walks(root, &std::fs::read_to_string(&full)?));
                }
            }
            Some(_) | None => {}
        }
    }
    Ok(untidy)
}

fn source(path: &str, full: &Path) -> Vec<String> {
    let Ok(text) = std::fs::read_to_string(full) else { return vec![format!("{path}: not UTF-8 text")] };
    let mut untidy = Vec::new();
    if text.lines().take(5).any(|line| line.contains(GENERATED)) {
        return untidy;
    }
    if !text.trim_start().starts_with("//!") {
        untidy.push(format!("{path}: a module opens with `//!` and says what it knows"));
    }
    let lines = text.lines().count();
    if path.contains("/src/") && lines > LINES_AT_MOST {
        untidy.push(format!("{path}: {lines} lines; split it along a concept (at most {LINES_AT_MOST})"));
    }
    for mark in UNFINISHED {
        if text.contains(mark) {
            untidy.push(format!("{path}: holds `{mark}`"));
        }
    }
    if text.contains(concat!("#[", "allow(")) || text.contains(concat!("#![", "allow(")) {
        untidy.push(format!("{path}: write `expect` with a reason instead of `allow`"));
    }
    untidy.extend(includes(path, &text));
    untidy.extend(columns::check(path, &text));
    untidy.extend(words::check(path, &text));
    untidy
}

/// What a crate includes lies in its package.
fn includes(path: &str, text: &str) -> Vec<String> {
    let mut parts = path.split('/');
    if parts.next() != Some("crates") {
        return Vec::new();
    }
    // Below the folder of the crate, so many folders deep.
    let depth = parts.count().saturating_sub(2);
    let begins = ["include_str!(\"", "include_bytes!(\""];
    let included =
        begins.iter().flat_map(|begin| text.split(begin).skip(1)).filter_map(|rest| rest.split('"').next());
    let outside = included.filter(|file| file.split('/').take_while(|part| *part == "..").count() > depth);
    outside
        .map(|file| {
            format!("{path}: includes `{file}`, which lies outside of its package: link to it from inside")
        })
        .collect()
}

/// Every relative link of a page leads to a file.
fn links(path: &str, full: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(full)?;
    let folder = full.parent().unwrap_or(full);
    let mut untidy = Vec::new();
    for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let file = target.split('#').next().unwrap_or_default();
        let outside = target.contains("://") || target.starts_with("mailto:") || file.is_empty();
        if !outside && !folder.join(file).exists() {
            untidy.push(format!("{path}: links to `{target}`, which is not there"));
        }
    }
    Ok(untidy)
}

/// Every file that the walks name is there, but those of the kind that they make up.
fn walks(root: &Path, page: &str) -> Vec<String> {
    let named =
        page.split('`').skip(1).step_by(2).filter(|span| span.contains("/src/") || span.contains("/tests/"));
    let gone = named.filter(|span| {
        !span.contains(['*', ' ']) && !span.contains(MADE_UP) && !root.join("crates").join(span).exists()
    });
    gone.map(|span| format!("{WALKS}: names `{span}`, which is not there")).collect()
}

#[cfg(test)]
mod tests {
    use super::{includes, walks};

    #[test]
    fn what_lies_outside_of_a_package_is_not_included() {
        let text = format!(
            "{}../b.txt\"); {}../../c.txt\")",
            concat!("include_str", "!(\""),
            concat!("include_bytes", "!(\"")
        );
        assert_eq!(includes("crates/a/src/x/y.rs", &text), [""; 0]);
        assert_eq!(includes("crates/a/src/y.rs", &text).len(), 1);
        assert_eq!(includes("tests/src/y.rs", &text), [""; 0]);
    }

    #[test]
    fn a_walk_names_files_that_are_there_or_made_up() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("crates/a/src")).unwrap();
        std::fs::write(root.path().join("crates/a/src/b.rs"), "").unwrap();
        let page = "See `a/src/b.rs`, `a/src/c.rs`, `a/src/contact.rs` and `cargo xtask ci`.";
        assert_eq!(
            walks(root.path(), page),
            ["docs/contributing.md: names `a/src/c.rs`, which is not there"]
        );
    }
}
