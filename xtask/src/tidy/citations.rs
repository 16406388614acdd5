//! Rules and promises that are cited by number, and the tests that promises name: each must be there.

use std::collections::BTreeSet;
use std::path::Path;

use super::tokens::{Kind, Token, comments, tokens};

/// The pages whose headings are the numbers, and the letter each has.
const PAGES: &[(&str, char)] = &[("docs/rules.md", 'R'), ("docs/promises.md", 'P')];

/// What a section of the promises must say one of.
const SHOWN: [&str; 2] = ["Shown by", "Not yet"];

/// Lists citations that lead nowhere and promises that nothing shows. `files` are paths from `root`.
pub(super) fn check(root: &Path, files: &[String]) -> anyhow::Result<Vec<String>> {
    let mut known = BTreeSet::new();
    for &(page, letter) in PAGES {
        known.extend(numbers_of_headings(&std::fs::read_to_string(root.join(page))?, letter));
    }
    let mut untidy = Vec::new();
    let mut functions = BTreeSet::new();
    for path in files {
        let is_rust = has_ending(path, "rs");
        if !is_rust && !["md", "sql", "toml"].iter().any(|ending| has_ending(path, ending)) {
            continue;
        }
        let text = std::fs::read_to_string(root.join(path))?;
        let cited: BTreeSet<String> = if is_rust {
            let source = tokens(&text);
            functions.extend(functions_of(&source));
            comments(&text).flat_map(citations).chain(cited_in_source(&source)).collect()
        } else {
            citations(&text).collect()
        };
        for number in cited.difference(&known) {
            untidy.push(format!("{path}: cites {number}, which no heading in docs/ has"));
        }
    }
    let promises = std::fs::read_to_string(root.join("docs/promises.md"))?;
    let drills = std::fs::read_to_string(root.join("xtask/src/crash.rs"))?;
    untidy.extend(unshown(&promises, &functions, &drills));
    Ok(untidy)
}

fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == ending)
}

/// `### R12. One side may end it alone` → `R12`.
fn numbers_of_headings(page: &str, letter: char) -> impl Iterator<Item = String> {
    let headings = page.lines().filter_map(|line| line.strip_prefix("### ")?.split_once('.'));
    headings.filter(move |(number, _)| number.starts_with(letter)).map(|(number, _)| number.to_owned())
}

/// Numbers in texts and at the beginning of a function's name: `r12_…`.
fn cited_in_source(source: &[Token]) -> BTreeSet<String> {
    let mut cited = BTreeSet::new();
    for token in source {
        match &token.kind {
            Kind::Text(text) => cited.extend(citations(text)),
            Kind::Word(word) if word.starts_with('r') => {
                let numbers = word.split('_').take_while(|part| number_after(part, 'r'));
                cited.extend(numbers.map(str::to_uppercase));
            }
            Kind::Word(_) | Kind::Sign(_) => {}
        }
    }
    cited
}

/// The words that are the letter of a page and one or two digits; a `b` may follow, as in `R16b`.
fn citations(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').filter_map(|word| {
        let number = word.strip_suffix('b').unwrap_or(word);
        PAGES.iter().any(|&(_, letter)| number_after(number, letter)).then(|| word.to_owned())
    })
}

fn number_after(word: &str, letter: char) -> bool {
    let digits = word.strip_prefix(letter).unwrap_or_default();
    (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn functions_of(source: &[Token]) -> Vec<String> {
    let pairs = source.windows(2).filter(|pair| pair[0].word() == Some("fn"));
    pairs.filter_map(|pair| pair[1].word().map(str::to_owned)).collect()
}

/// Promises without a test or a word of what is missing; tests and drills that are not there.
fn unshown(promises: &str, functions: &BTreeSet<String>, drills: &str) -> Vec<String> {
    let mut untidy = Vec::new();
    for section in promises.split("\n### ").skip(1) {
        let number = section.split('.').next().unwrap_or_default();
        let text = section.split("\n## ").next().unwrap_or_default();
        if !SHOWN.iter().any(|shown| text.contains(shown)) {
            untidy.push(format!("docs/promises.md: {number} says neither what shows it nor what is missing"));
        }
        for span in text.split('`').skip(1).step_by(2) {
            let is_test =
                span.matches('_').count() > 1 && !span.contains(|c: char| c != '_' && !c.is_alphanumeric());
            if is_test && !functions.contains(span) {
                untidy
                    .push(format!("docs/promises.md: {number} names the test `{span}`, which is not there"));
            }
            if let Some(drill) = span.strip_prefix("cargo xtask crash ")
                && !drills.contains(&format!("\n    {}", camel_case(drill)))
            {
                untidy.push(format!(
                    "docs/promises.md: {number} names the drill `{drill}`, which is not there"
                ));
            }
        }
    }
    untidy
}

/// `sqlite-kill` → `SqliteKill`.
fn camel_case(kebab: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + rest
    };
    kebab.split('-').map(word).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::tokens::tokens;
    use super::{citations, cited_in_source, numbers_of_headings, unshown};

    #[test]
    fn a_citation_is_a_letter_and_one_or_two_digits_alone() {
        let text = "R1, (P29) and R16b; not P190, XR2, R2D2, r3 nor UTF-R4";
        assert_eq!(citations(text).collect::<Vec<_>>(), ["R1", "P29", "R16b"]);
    }

    #[test]
    fn code_cites_in_texts_and_names_of_tests_only() {
        let source = "fn r2_r13_ends() { R3::new(\"R4: no\"); round(r5) }";
        assert_eq!(
            cited_in_source(&tokens(source)).into_iter().collect::<Vec<_>>(),
            ["R13", "R2", "R4", "R5"]
        );
    }

    #[test]
    fn headings_give_the_numbers() {
        let page = "## People\n### R1. A pair\ntext R7.\n### P2. Not this\n### R16b. Apart\n";
        assert_eq!(numbers_of_headings(page, 'R').collect::<Vec<_>>(), ["R1", "R16b"]);
    }

    #[test]
    fn a_promise_must_be_shown_or_say_what_is_missing() {
        let functions: BTreeSet<String> = ["it_is_there".to_owned()].into();
        let page = "# Promises\n### P1. A\nShown by: `it_is_there`, `cargo xtask crash sqlite-kill`.\n\
                    ### P2. B\nShown by: `it_is_gone`; `a_word`, `a/path_of_a.file`.\n### P3. C\nNothing.\n## More\n\
                    ### P4. D\nNot yet: `cargo xtask crash moon`.";
        let expected = [
            "docs/promises.md: P2 names the test `it_is_gone`, which is not there",
            "docs/promises.md: P3 says neither what shows it nor what is missing",
            "docs/promises.md: P4 names the drill `moon`, which is not there",
        ];
        assert_eq!(unshown(page, &functions, "enum Drill {\n    SqliteKill,\n}"), expected);
    }
}
