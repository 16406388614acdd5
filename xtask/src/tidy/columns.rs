//! Columns of the record catalogue that are declared and stand in no list: the database would know nothing of them.

use std::collections::BTreeSet;

use super::tokens::{Token, tokens};

/// Where kinds of record are declared.
const CATALOGUE: &str = "crates/storage/src/catalogue/";

/// Lists the columns and sets that the source of a kind declares and does not list.
pub(super) fn check(path: &str, source: &str) -> Vec<String> {
    if !path.starts_with(CATALOGUE) {
        return Vec::new();
    }
    let forgotten = unlisted(source).into_iter();
    forgotten.map(|name| format!("{path}: `{name}` is declared and not listed in `stored![…]`")).collect()
}

/// `const NAME: ColumnOf<…>` and `const NAME: SetOf<…>` that no `stored![…]` of the source names.
fn unlisted(source: &str) -> Vec<String> {
    let code = tokens(source);
    let declared = code.windows(4).filter_map(|window| {
        let is_column = matches!(window[3].word(), Some("ColumnOf" | "SetOf"));
        (window[0].word() == Some("const") && is_column).then(|| window[1].word())?
    });
    let lists = code
        .windows(3)
        .enumerate()
        .filter(|(_, window)| window[0].word() == Some("stored") && window[1].is('!') && window[2].is('['));
    let listed: BTreeSet<&str> = lists
        .flat_map(|(at, _)| code[at + 3..].iter().take_while(|token| !token.is(']')))
        .filter_map(Token::word)
        .collect();
    declared.filter(|name| !listed.contains(name)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::unlisted;

    #[test]
    fn a_column_and_a_set_that_nobody_listed_are_found() {
        let source = "pub const LINK: ColumnOf<Share, LinkId> = ColumnOf::new(); \
                      pub const TOLD: ColumnOf<Share, String> = ColumnOf::new(); \
                      const FOCI: SetOf<Share, Focus> = SetOf::new(); const MOST: usize = 3; \
                      stored: stored![LINK]";
        assert_eq!(unlisted(source), ["TOLD", "FOCI"]);
        assert!(unlisted(&source.replace("[LINK]", "[LINK, TOLD; FOCI]")).is_empty());
    }
}
