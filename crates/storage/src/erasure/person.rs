//! A person by name, found and replaced in texts.

use sister_cities_domain::value::Name;

/// A person to be erased, by the exact name; case and the width of spaces do not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The letters in lower case, each run of spaces as one space.
    letters: Vec<char>,
}

impl Person {
    /// The person of that name.
    #[must_use]
    pub fn named(name: &Name) -> Self {
        Self::from_text(name.as_str())
    }

    fn from_text(name: &str) -> Self {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        Self { letters: words.join(" ").chars().collect() }
    }

    /// Whether the text names the person.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text, 0).is_some()
    }

    /// The text with another name in the place of the person's; none if it does not name the person.
    #[must_use]
    pub fn replaced(&self, text: &str, with: &str) -> Option<String> {
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
                && let Some(length) = self.length_at(&text[begin..])
            {
                return Some((begin, begin + length));
            }
            before = Some(letter);
        }
        None
    }

    /// How long the name is where the text begins with it.
    fn length_at(&self, text: &str) -> Option<usize> {
        let mut rest = text;
        let mut wanted = self.letters.iter().copied();
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
