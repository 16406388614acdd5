//! A person by name, found and replaced in texts.

use std::collections::BTreeSet;

use sister_cities_domain::id::RecordRef;
use sister_cities_domain::privacy::{ERASED, REMOVED};
use sister_cities_domain::value::Name;

/// A person to be erased: what they are called or reached by, and the records that are about nobody else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Each name in lower case, each run of spaces as one space. Case and the width of spaces do not matter.
    names: Vec<Vec<char>>,
    /// The last digits of each telephone number, however it is written.
    numbers: Vec<String>,
    /// The records in which everything personal is theirs.
    records: BTreeSet<RecordRef>,
}

/// So many digits at the end tell a telephone number, with or without its country.
const DIGITS: usize = 8;

impl Person {
    /// The person of that name, and whoever else is called exactly so.
    #[must_use]
    pub fn named(name: &Name) -> Self {
        Self::from_text(name.as_str())
    }

    /// The person whom those records are about, wherever one of the texts or of the telephone numbers stands.
    pub fn recorded<'a>(
        records: BTreeSet<RecordRef>,
        texts: impl IntoIterator<Item = &'a str>,
        numbers: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut names: Vec<Vec<char>> =
            texts.into_iter().map(letters).filter(|one| !one.is_empty()).collect();
        // The longest first: a name may begin with another.
        names.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        names.dedup();
        let numbers = numbers.into_iter().map(digits).filter(|digits| digits.len() >= DIGITS);
        let numbers = numbers.map(|digits| digits[digits.len() - DIGITS..].to_owned()).collect();
        Self { names, numbers, records }
    }

    fn from_text(name: &str) -> Self {
        Self { names: vec![letters(name)], ..Self::default() }
    }

    /// What is to stand in place of a text of that record, if it is about the person: of their own records all of it, else where they
    /// are named. What was erased or removed before stays.
    #[must_use]
    pub fn replaced_in(&self, record: Option<RecordRef>, text: &str, with: &str) -> Option<String> {
        let own = record.is_some_and(|record| self.records.contains(&record));
        let erased = text == REMOVED || text.starts_with(ERASED);
        if own {
            return (!erased).then(|| with.to_owned());
        }
        self.replaced(text, with)
    }

    /// Whether the text names the person.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text, 0).is_some() || self.has_number(text)
    }

    /// The text with another name in the place of the person's; none if it does not name the person.
    #[must_use]
    pub fn replaced(&self, text: &str, with: &str) -> Option<String> {
        if self.has_number(text) {
            return Some(with.to_owned());
        }
        let mut result = String::new();
        let mut from = 0;
        while let Some((begin, end)) = self.find(text, from) {
            result.push_str(&text[from..begin]);
            result.push_str(with);
            from = end;
        }
        (from > 0).then(|| result + &text[from..])
    }

    /// Where the name stands as whole words, at `from` or later.
    fn find(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let mut before = text[..from].chars().next_back();
        for (offset, letter) in text[from..].char_indices() {
            let begin = from + offset;
            if !before.is_some_and(char::is_alphanumeric)
                && let Some(length) = self.names.iter().find_map(|name| length_at(name, &text[begin..]))
            {
                return Some((begin, begin + length));
            }
            before = Some(letter);
        }
        None
    }

    /// Whether one of the telephone numbers stands in the text.
    fn has_number(&self, text: &str) -> bool {
        !self.numbers.is_empty() && {
            let all = digits(text);
            self.numbers.iter().any(|number| all.contains(number))
        }
    }
}

fn letters(text: &str) -> Vec<char> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ").chars().collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// How long the name is where the text begins with it.
fn length_at(name: &[char], text: &str) -> Option<usize> {
    let mut rest = text;
    let mut wanted = name.iter().copied();
    let mut next = wanted.next()?;
    loop {
        let letter = rest.chars().next()?;
        if next == ' ' {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
            next = wanted.next()?;
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        // One letter may be several in lower case.
        let mut ended = false;
        for lower in letter.to_lowercase() {
            if ended || lower != next {
                return None;
            }
            match wanted.next() {
                Some(letter) => next = letter,
                None => ended = true,
            }
        }
        if ended {
            let whole = !rest.chars().next().is_some_and(char::is_alphanumeric);
            return whole.then_some(text.len() - rest.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_found_as_whole_words_however_it_is_written() {
        let person = Person::from_text("Anna  Nowak");
        for text in ["Anna Nowak", "signed by ANNA NOWAK.", "(anna\u{a0}nowak)", "x;Anna Nowak;y"] {
            assert!(person.is_in(text), "{text}");
        }
        for text in ["Joanna Nowak", "Anna Nowakowska", "AnnaNowak", "Anna", ""] {
            assert!(!person.is_in(text), "{text}");
        }
        let replaced = person.replaced("Anna Nowak met Anna Nowak's son", "N");
        assert_eq!(replaced.as_deref(), Some("N met N's son"));
    }

    #[test]
    fn names_in_any_script_are_found() {
        for name in ["習近平", "Ødegård", "Ἀλέξανδρος", "İpek", "محمد"] {
            let person = Person::from_text(name);
            assert_eq!(person.replaced(&format!("« {name} »"), "x").as_deref(), Some("« x »"), "{name}");
        }
    }

    proptest! {
        #[test]
        fn after_replacing_the_name_is_nowhere(before in ".{0,9}", name in "[A-Za-zÀ-ž]{1,6}( [A-Za-zÀ-ž]{1,6}){0,2}", after in ".{0,9}") {
            let person = Person::from_text(&name);
            let text = format!("{before} {name} {after}");
            let replaced = person.replaced(&text, "#1#").expect("it is in the middle");
            prop_assert!(!person.is_in(&replaced), "{}", replaced);
        }
    }
}
