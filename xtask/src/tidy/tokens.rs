//! A Rust source as a flat list of tokens, and its comments, which are none.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One token and the line it begins on, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) line: usize,
    pub(super) kind: Kind,
}

/// What a token is. Numbers, characters and lifetimes leave none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier or a keyword; a raw one without its `r#`.
    Word(String),
    /// A single sign; a bracket is one too.
    Sign(char),
    /// What stands between the quotes of a string, as it is written there.
    Text(String),
}

impl Token {
    /// The word, if it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            Kind::Sign(_) | Kind::Text(_) => None,
        }
    }

    /// Whether it is this sign.
    pub(super) fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Cuts a source. What is no Rust has no tokens: the compiler says so better.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut found = Vec::new();
    flatten(source.parse().unwrap_or_default(), &mut found);
    found
}

/// What the comments of a source say, line by line, with their slashes. Block comments are not used here.
pub(super) fn comments(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| line.find("//").and_then(|at| line.get(at..)))
}

fn flatten(stream: TokenStream, found: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let line = tree.span().start().line;
        let mut push = |kind| found.push(Token { line, kind });
        match tree {
            TokenTree::Ident(word) => push(Kind::Word(word.to_string().trim_start_matches("r#").to_owned())),
            // A lifetime is a sign and a word: neither says anything here.
            TokenTree::Punct(sign) if sign.as_char() == '\'' => drop(trees.next()),
            TokenTree::Punct(sign) => push(Kind::Sign(sign.as_char())),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if let (Some(start), Some(end)) = (text.find('"'), text.rfind('"'))
                    && !text.starts_with('\'')
                    && !text.starts_with("b'")
                {
                    push(Kind::Text(text.get(start + 1..end).unwrap_or_default().to_owned()));
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::None => (' ', ' '),
                };
                push(Kind::Sign(open));
                flatten(group.stream(), found);
                found.push(Token { line: group.span_close().start().line, kind: Kind::Sign(close) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, comments, tokens};

    fn words(source: &str) -> Vec<String> {
        tokens(source).iter().filter_map(|token| token.word().map(str::to_owned)).collect()
    }

    #[test]
    fn names_in_comments_and_texts_are_no_words() {
        let source = r##"fn a<'b>() { /* c /* d */ e */ let f = "g \" h"; r#"i " j"#; b"k"; '\''; 'l'; '"'; m } // n"##;
        assert_eq!(words(source), ["fn", "a", "let", "f", "m"]);
    }

    #[test]
    fn a_raw_identifier_is_the_word_itself() {
        assert_eq!(words("r#type: r"), ["type", "r"]);
    }

    #[test]
    fn lines_are_counted_through_texts_and_comments() {
        let found = tokens("\"a\nb\"\n/* c\n*/ d");
        assert_eq!(found.last().map(|token| (token.line, token.word())), Some((4, Some("d"))));
    }

    #[test]
    fn a_text_is_what_stands_between_the_quotes() {
        let texts =
            tokens(r##"("a::b", r#"c"d"#, b"e")"##).into_iter().filter_map(|token| match token.kind {
                Kind::Text(text) => Some(text),
                Kind::Word(_) | Kind::Sign(_) => None,
            });
        assert_eq!(texts.collect::<Vec<_>>(), ["a::b", "c\"d", "e"]);
    }

    #[test]
    fn comments_are_read_to_the_end_of_their_line() {
        assert_eq!(
            comments("//! A\nfn b() {} // c\n    /// d").collect::<Vec<_>>(),
            ["//! A", "// c", "/// d"]
        );
    }
}
