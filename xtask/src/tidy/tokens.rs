//! A Rust source cut into tokens: just enough to tell a name from a comment and from a text.

/// One token and the line it begins on, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) line: usize,
    pub(super) kind: Kind,
}

/// What a token is. White space, lifetimes and characters leave none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier, a keyword or a number.
    Word(String),
    /// A single sign.
    Sign(char),
    /// What stands between the quotes of a string.
    Text(String),
    /// What a comment says, its slashes included.
    Comment(String),
}

impl Token {
    /// The word, if it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            Kind::Sign(_) | Kind::Text(_) | Kind::Comment(_) => None,
        }
    }

    /// Whether it is this sign.
    pub(super) fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Cuts a source. What does not end (a string, a comment) goes to the end of the source.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer { rest: source, line: 1 };
    let mut found = Vec::new();
    while let Some(next) = lexer.rest.chars().next() {
        let line = lexer.line;
        if let Some(kind) = lexer.token(next) {
            found.push(Token { line, kind });
        }
    }
    found
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Lexer<'a> {
    fn token(&mut self, next: char) -> Option<Kind> {
        if self.rest.starts_with("//") {
            let end = self.rest.find('\n').unwrap_or(self.rest.len());
            return Some(Kind::Comment(self.take(end).to_owned()));
        }
        if self.rest.starts_with("/*") {
            let end = end_of_block_comment(self.rest);
            return Some(Kind::Comment(self.take(end).to_owned()));
        }
        if let Some(text) = self.string() {
            return Some(Kind::Text(text.to_owned()));
        }
        if next == '\'' {
            let length = length_of_character_or_lifetime(self.rest);
            self.take(length);
            return None;
        }
        if is_of_a_word(next) {
            let end = self.rest.find(|c| !is_of_a_word(c)).unwrap_or(self.rest.len());
            let word = self.take(end);
            if word == "r" && self.rest.starts_with('#') {
                self.take(1);
                return None; // a raw identifier: its name follows
            }
            return Some(Kind::Word(word.to_owned()));
        }
        self.take(next.len_utf8());
        (!next.is_whitespace()).then_some(Kind::Sign(next))
    }

    /// A string of any sort, if one begins here: `"…"`, `b"…"`, `c"…"`, `r#"…"#`.
    fn string(&mut self) -> Option<&'a str> {
        let prefixes = ["", "b", "c", "r", "br", "cr"];
        let quoted = |prefix: &&&str| {
            self.rest.strip_prefix(**prefix).is_some_and(|rest| rest.starts_with(['"', '#']))
        };
        let prefix = prefixes.iter().find(quoted)?.len();
        let raw = self.rest.get(..prefix)?.ends_with('r');
        let hashes = self.rest.get(prefix..)?.chars().take_while(|&c| c == '#').count();
        if (hashes > 0 && !raw) || !self.rest.get(prefix + hashes..)?.starts_with('"') {
            return None;
        }
        let start = prefix + hashes + 1;
        let body = self.rest.get(start..)?;
        let length = if raw {
            body.find(&format!("\"{}", "#".repeat(hashes))).unwrap_or(body.len())
        } else {
            length_of_escaped(body)
        };
        let text = body.get(..length)?;
        self.take((start + length + 1 + if raw { hashes } else { 0 }).min(self.rest.len()));
        Some(text)
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }
}

fn is_of_a_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// Up to the quote that ends it.
fn length_of_escaped(body: &str) -> usize {
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        if c == '"' && !escaped {
            return at;
        }
        escaped = c == '\\' && !escaped;
    }
    body.len()
}

/// Block comments may hold block comments.
fn end_of_block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn length_of_character_or_lifetime(text: &str) -> usize {
    let after = text.get(1..).unwrap_or_default();
    let first = after.chars().next().map_or(0, char::len_utf8);
    if after.starts_with('\\') {
        let end = after.get(2..).and_then(|rest| rest.find('\'')).map_or(after.len(), |at| at + 3);
        return 1 + end;
    }
    if after.get(first..).is_some_and(|rest| rest.starts_with('\'')) {
        return 1 + first + 1;
    }
    1 + after.find(|c| !is_of_a_word(c)).unwrap_or(after.len())
}

#[cfg(test)]
mod tests {
    use super::{Kind, tokens};

    fn words(source: &str) -> Vec<String> {
        tokens(source).iter().filter_map(|token| token.word().map(str::to_owned)).collect()
    }

    #[test]
    fn names_in_comments_and_texts_are_no_words() {
        let source =
            r##"fn a<'b>() { /* c /* d */ e */ let f = "g \" h"; r#"i " j"#; b"k"; '\''; 'l'; m } // n"##;
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
    fn what_does_not_end_goes_to_the_end() {
        assert_eq!(tokens("\"a").first().map(|token| &token.kind), Some(&Kind::Text("a".to_owned())));
        assert_eq!(tokens("/* a").len(), 1);
        assert!(tokens("'").is_empty());
    }
}
