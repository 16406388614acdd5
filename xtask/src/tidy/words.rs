//! Names that are not used any more: private words for what the field has a word for, and second words for one thing.
//!
//! `docs/style.md` says why. Only identifiers of sources are looked at; comments and messages may use the language.

use super::tokens::tokens;

/// Words that no identifier may be, with the word to use.
const BANNED: &[(&str, &str)] = &[];

/// Lists the identifiers of one source that are banned.
pub(super) fn check(path: &str, source: &str) -> Vec<String> {
    found(source, BANNED)
        .into_iter()
        .map(|(line, word, instead)| {
            format!("{path}:{line}: `{word}` is called `{instead}` here (docs/style.md)")
        })
        .collect()
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
