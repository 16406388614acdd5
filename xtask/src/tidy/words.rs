//! Names that are not used any more: private words for what the field has a word for, and second words for one thing.
//!
//! `docs/style.md` says why. Only identifiers of sources are looked at; comments and messages may use the language.

use super::tokens::tokens;

/// Words that no identifier may be, with the one to use. None of them means something else in the domain.
const BANNED: &[(&str, &str)] = &[
    ("Bell", "Notifier"),
    ("Came", "LineResult"),
    ("Canvas", "Renderer"),
    ("Doors", "ConnectionLimiter"),
    ("Ends", "JournalTailCache"),
    ("Errand", "WriterTask"),
    ("Fate", "TxStatus"),
    ("Ink", "Style"),
    ("LOOKS", "MAX_TICKS"),
    ("LOT", "BATCH_SIZE"),
    ("Look", "Prefetched"),
    ("PlaceQuestion", "ListPlaces"),
    ("Rewrite", "InPlaceUpdate"),
    ("Ringing", "Signal"),
    ("Setback", "AttemptError"),
    ("Shelf", "Partition"),
    ("Sight", "RlsContext"),
    ("asked_at_once", "in_context"),
    ("bond", "partnership"),
    ("bonds", "partnerships"),
    ("bonds_with", "partnerships_with"),
    ("let_in", "authenticate"),
    ("on_the_spot", "run_inline"),
    ("take_in", "flush_batch"),
    ("with_patience", "with_budget"),
];

/// Lists the identifiers of one source that are banned. In tests, names may be as people speak.
pub(super) fn check(path: &str, source: &str) -> Vec<String> {
    if is_test(path) {
        return Vec::new();
    }
    let product = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or(source);
    found(product, BANNED)
        .into_iter()
        .map(|(line, word, instead)| {
            format!("{path}:{line}: `{word}` is called `{instead}` here (docs/style.md)")
        })
        .collect()
}

fn is_test(path: &str) -> bool {
    let folders = ["/tests/", "/benches/", "/examples/", "/conformance/", "tests/"];
    // `grown.rs` is what tests fill a database with.
    ["tests.rs", "grown.rs"].iter().any(|file| path.ends_with(file))
        || folders.iter().any(|folder| path.contains(folder) || path.starts_with(folder))
}

fn found(source: &str, banned: &[(&'static str, &'static str)]) -> Vec<(usize, &'static str, &'static str)> {
    let mut found = Vec::new();
    for token in tokens(source) {
        if let Some(&(word, instead)) = banned.iter().find(|(word, _)| token.word() == Some(word)) {
            found.push((token.line, word, instead));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn an_identifier_is_found_and_a_word_of_a_comment_or_a_text_is_not() {
        let source = "// a bond\nlet bond = \"bond\";\nlet bonds = bond;";
        let banned = [("bond", "partnership")];
        assert_eq!(found(source, &banned), [(2, "bond", "partnership"), (3, "bond", "partnership")]);
    }
}
