//! Which crates the sources of a target name, and whether only its tests do.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::tokens::{Kind, Token, comments, tokens};

/// The crates that are named, by the name a path begins with.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// In what is built for users.
    pub(super) product: BTreeSet<String>,
    /// In tests, benches and examples, in `#[cfg(test)]` and in the examples of the documentation.
    pub(super) tests: BTreeSet<String>,
}

impl Usage {
    /// Adds what a target names: its root and every module that its files declare.
    pub(super) fn add_target(&mut self, root: &Path, is_test: bool) -> anyhow::Result<()> {
        let mut waiting = vec![(root.to_path_buf(), is_test)];
        let mut seen = BTreeSet::new();
        while let Some((file, is_test)) = waiting.pop() {
            if !file.is_file() || !seen.insert((file.clone(), is_test)) {
                continue;
            }
            let source = std::fs::read_to_string(&file)?;
            let folder = folder_of_modules(&file, root);
            for module in self.add_source(&source, is_test) {
                waiting.extend(module.files(&file, &folder).map(|path| (path, module.is_test)));
            }
        }
        Ok(())
    }

    /// Adds what one source names; returns the modules it says lie in files of their own.
    fn add_source(&mut self, source: &str, is_test: bool) -> Vec<Module> {
        let code = tokens(source);
        let local = local_names(&code);
        let parts = parts(&code, is_test);
        for part in &parts {
            let into = if part.is_test { &mut self.tests } else { &mut self.product };
            into.extend(crates_named(part.tokens, &local));
        }
        let documented =
            comments(source).filter(|comment| ["///", "//!"].iter().any(|mark| comment.starts_with(mark)));
        for line in documented {
            // A line of an example alone may open a bracket that another closes.
            let example = line[3..].replace(['(', ')', '[', ']', '{', '}'], " ");
            self.tests.extend(crates_named(&tokens(&example), &BTreeSet::new()));
        }
        parts.iter().flat_map(|part| modules(part.tokens, part.is_test)).collect()
    }
}

/// A module in a file of its own.
struct Module {
    name: String,
    /// As `#[path = "…"]` says.
    path: Option<String>,
    is_test: bool,
}

impl Module {
    /// Where it may lie.
    fn files(&self, declared_in: &Path, folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
        let beside = declared_in.parent().unwrap_or(folder);
        match &self.path {
            Some(path) => vec![beside.join(path)],
            None => vec![folder.join(format!("{}.rs", self.name)), folder.join(&self.name).join("mod.rs")],
        }
        .into_iter()
    }
}

/// The folder in which the modules of a file lie.
fn folder_of_modules(file: &Path, root: &Path) -> PathBuf {
    let parent = file.parent().unwrap_or(file);
    if file == root || file.file_name().is_some_and(|name| name == "mod.rs") {
        return parent.to_path_buf();
    }
    file.with_extension("")
}

/// A run of tokens that belongs to tests or does not.
struct Part<'a> {
    tokens: &'a [Token],
    is_test: bool,
}

/// Parts a source into what is marked `#[cfg(test)]` and the rest.
fn parts(code: &[Token], is_test: bool) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < code.len() {
        let length = length_of_test_mark(&code[at..]);
        if length == 0 {
            at += 1;
            continue;
        }
        let end = at + length + length_of_item(&code[at + length..]);
        parts.push(Part { tokens: &code[start..at], is_test });
        parts.push(Part { tokens: &code[at..end], is_test: true });
        (start, at) = (end, end);
    }
    parts.push(Part { tokens: &code[start..], is_test });
    parts
}

/// `#[cfg(test)]` or `#[cfg(all(test, …))]`; `any(test, …)` is built for others too.
fn length_of_test_mark(code: &[Token]) -> usize {
    let marks: [&[&str]; 2] = [&["#", "[", "cfg", "(", "test"], &["#", "[", "cfg", "(", "all", "(", "test"]];
    let begins = |mark: &[&str]| {
        mark.len() <= code.len()
            && mark.iter().zip(code).all(|(wanted, token)| match &token.kind {
                Kind::Word(word) => word == wanted,
                Kind::Sign(sign) => wanted.chars().eq([*sign]),
                Kind::Text(_) => false,
            })
    };
    if !marks.iter().any(|mark| begins(mark)) {
        return 0;
    }
    1 + length_of_group(&code[1..])
}

/// From an opening bracket to the one that closes it.
fn length_of_group(code: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in code.iter().enumerate() {
        if token.is('(') || token.is('[') || token.is('{') {
            depth += 1;
        } else if token.is(')') || token.is(']') || token.is('}') {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + 1;
            }
        }
    }
    code.len()
}

/// An item with its other attributes: up to its `;`, its block, or the comma of a field.
fn length_of_item(code: &[Token]) -> usize {
    let mut at = 0;
    while at < code.len() {
        let token = &code[at];
        if token.is('{') {
            return at + length_of_group(&code[at..]);
        }
        if token.is('(') || token.is('[') {
            at += length_of_group(&code[at..]);
            continue;
        }
        if token.is('}') {
            return at;
        }
        at += 1;
        if token.is(';') {
            return at;
        }
    }
    code.len()
}

/// `mod name;` with the `#[path]` before it.
fn modules(code: &[Token], is_test: bool) -> Vec<Module> {
    let declared = code.windows(3).enumerate().filter(|(_, window)| {
        window[0].word() == Some("mod") && window[1].word().is_some() && window[2].is(';')
    });
    declared
        .map(|(at, window)| {
            let before = &code[at.saturating_sub(8)..at];
            let path = before.windows(3).rev().find_map(|window| match &window[2].kind {
                Kind::Text(text) if window[0].word() == Some("path") && window[1].is('=') => {
                    Some(text.clone())
                }
                Kind::Text(_) | Kind::Word(_) | Kind::Sign(_) => None,
            });
            Module { name: window[1].word().unwrap_or_default().to_owned(), path, is_test }
        })
        .collect()
}

/// The names with which the paths in these tokens begin, less those that have another meaning in their file.
fn crates_named(part: &[Token], local: &BTreeSet<String>) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let mut at = 0;
    while at < part.len() {
        match &part[at].kind {
            // `#[serde(with = "humantime_serde::option")]` names a crate in a text.
            Kind::Text(text) => {
                named.extend(text.split_once("::").map(|(root, _)| root.to_owned()));
            }
            Kind::Word(word) if word == "use" => {
                let (imports, length) = imports(&part[at + 1..]);
                named.extend(imports.into_iter().map(|import| import.root));
                at += length;
            }
            Kind::Word(word) if word == "crate" && at > 0 && part[at - 1].word() == Some("extern") => {
                named.extend(part.get(at + 1).and_then(Token::word).map(str::to_owned));
            }
            Kind::Word(word) if begins_a_path(part, at) && !local.contains(word) => {
                named.insert(word.clone());
            }
            Kind::Word(_) | Kind::Sign(_) => {}
        }
        at += 1;
    }
    named
}

/// `name::…`, and nothing before it that it would belong to.
fn begins_a_path(code: &[Token], at: usize) -> bool {
    let goes_on = code.get(at + 1).is_some_and(|t| t.is(':')) && code.get(at + 2).is_some_and(|t| t.is(':'));
    let belongs = at >= 3
        && code[at - 1].is(':')
        && code[at - 2].is(':')
        && (code[at - 3].word().is_some() || code[at - 3].is('>'));
    goes_on && !belongs
}

/// What a `use` brings in: the first name of its path and the name it has here.
struct Import {
    root: String,
    leaf: String,
    depth: usize,
}

/// Names that mean something of the file's own: its modules, and what it imports from elsewhere.
fn local_names(file: &[Token]) -> BTreeSet<String> {
    let mut local = BTreeSet::new();
    for (at, token) in file.iter().enumerate() {
        match token.word() {
            Some("mod") => local.extend(file.get(at + 1).and_then(Token::word).map(str::to_owned)),
            Some("use") => {
                let (imports, _) = imports(&file[at + 1..]);
                local.extend(imports.into_iter().filter(|import| import.depth > 1).map(|import| import.leaf));
            }
            _ => {}
        }
    }
    local
}

/// Reads the tree after `use`; says how many tokens it took. What does not end in `;`, as in `impl Trait + use<'a>`, is none.
fn imports(code: &[Token]) -> (Vec<Import>, usize) {
    let mut found = Vec::new();
    let Some(end) = code.iter().position(|token| token.is(';')) else { return (found, 0) };
    if code.first().is_some_and(|first| first.is('<')) {
        return (found, 0);
    }
    tree(&code[..end], &[], &mut found);
    (found, end)
}

fn tree(code: &[Token], path: &[&str], found: &mut Vec<Import>) {
    let mut at = 0;
    while at < code.len() {
        let mut here = path.to_vec();
        let mut alias = None;
        while at < code.len() && !code[at].is(',') {
            if code[at].is('{') {
                let length = length_of_group(&code[at..]);
                tree(&code[at + 1..at + length - 1], &here, found);
                at += length;
                here.clear();
                continue;
            }
            match code[at].word() {
                Some("as") => alias = code.get(at + 1).and_then(Token::word),
                Some(word) if alias.is_none() => here.push(word),
                _ => {}
            }
            at += 1;
        }
        at += 1;
        let last = here.iter().rev().find(|name| **name != "self");
        if let (Some(root), Some(last)) = (here.first(), last) {
            found.push(Import {
                root: (*root).to_owned(),
                leaf: alias.unwrap_or(last).to_owned(),
                depth: here.len(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Usage;

    fn product(source: &str) -> Vec<String> {
        let mut usage = Usage::default();
        usage.add_source(source, false);
        usage.product.into_iter().collect()
    }

    fn tests(source: &str) -> Vec<String> {
        let mut usage = Usage::default();
        usage.add_source(source, false);
        usage.tests.into_iter().collect()
    }

    #[test]
    fn a_path_names_the_crate_it_begins_with() {
        let source = "use a::{b, c::d}; use ::{e::f, g as h}; extern crate i; #[j::k] fn l() { m!(n::o::p) }";
        assert_eq!(product(source), ["a", "e", "g", "i", "j", "n"]);
    }

    #[test]
    fn a_module_or_an_import_of_the_same_name_is_no_crate() {
        assert_eq!(product("mod url; fn a() { url::b(); crate::http::c(); }"), ["crate"]);
        assert_eq!(product("use crate::{http::A}; use std::time; fn a() { time::b() }"), ["crate", "std"]);
        assert_eq!(product("use crate::bytes::{self, B}; fn a() { bytes::c(); B::d() }"), ["crate"]);
    }

    #[test]
    fn a_crate_may_be_named_in_an_attribute_text() {
        assert_eq!(product(r#"#[serde(with = "a_b::c")] struct D;"#), ["a_b"]);
    }

    #[test]
    fn what_is_marked_as_a_test_is_apart() {
        let source = "use a::B; #[cfg(test)] mod c { use d::E; } #[cfg(any(test, feature = \"x\"))] use f::G; \
                      #[cfg(all(test, unix))] #[h::i] fn j() { k::l() } use m::N;";
        assert_eq!(product(source), ["a", "f", "m"]);
        assert_eq!(tests(source), ["d", "h", "k"]);
    }

    #[test]
    fn an_example_in_the_documentation_is_a_test() {
        assert_eq!(tests("/// use a::b;\n// c::d\nfn e() {}"), ["a"]);
    }

    #[test]
    fn modules_are_followed_into_their_files_and_keep_their_mark() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        file("lib.rs", "mod a; #[cfg(test)] mod b; #[cfg(test)] #[path = \"c_of_tests.rs\"] mod c;");
        file("a/mod.rs", "mod inner;");
        file("a/inner.rs", "use product::X;");
        file("b.rs", "mod inner;");
        file("b/inner.rs", "use in_b::X;");
        file("c_of_tests.rs", "use in_c::X;");
        let mut usage = Usage::default();
        usage.add_target(&folder.path().join("lib.rs"), false).unwrap();
        assert_eq!(usage.product.into_iter().collect::<Vec<_>>(), ["product"]);
        assert_eq!(usage.tests.into_iter().collect::<Vec<_>>(), ["in_b", "in_c"]);
    }
}
