//! Spellings of one name: words that are written out or shortened.
//!
//! `St. Gallen`, `Saint-Gall` apart, `Sankt Gallen` and `Saint Gallen` are one name, so all of them are looked up, whichever was
//! written: then each finds the same places.

/// Words that stand for each other.
const CLASSES: &[&[&str]] = &[
    &["st", "saint", "sankt", "sint"],
    &["ste", "sainte"],
    &["sta", "santa"],
    &["sto", "santo"],
    &["mt", "mount"],
    &["ft", "fort"],
    &["pt", "point"],
    &["gt", "great"],
    &["cd", "ciudad"],
    &["pto", "puerto"],
    &["gral", "general"],
    &["hts", "heights"],
    &["spgs", "springs"],
];

/// Letters that stand for a word, but no word for them: `S. Paulo`.
const SHORT: &[(&str, &[&str])] = &[
    ("s", &["sao", "san", "santo", "santa", "saint"]),
    ("n", &["new", "north"]),
    ("gr", &["gross"]),
    ("kl", &["klein"]),
];

/// More spellings than any name has.
const MOST: usize = 32;

/// All spellings of a folded name, itself first; of each the words that were written otherwise, by their place in the name.
pub(crate) fn spellings(folded: &str) -> Vec<(String, Vec<(usize, &'static str)>)> {
    let words: Vec<&str> = folded.split(' ').collect();
    let mut all: Vec<Vec<(usize, &'static str)>> = vec![Vec::new()];
    for (at, word) in words.iter().enumerate() {
        let others = others(word, at, words.len());
        if others.is_empty() || all.len() * (others.len() + 1) > MOST {
            continue;
        }
        let with = |other: &'static str| {
            all.iter().map(move |changed| changed.iter().copied().chain([(at, other)]).collect())
        };
        let more: Vec<Vec<(usize, &'static str)>> = others.iter().flat_map(|other| with(other)).collect();
        all.extend(more);
    }
    all.into_iter().map(|changed| (rewritten(&words, &changed), changed)).collect()
}

/// The words that this one stands for.
fn others(word: &str, at: usize, words: usize) -> Vec<&'static str> {
    if let Some(class) = CLASSES.iter().find(|class| class.contains(&word)) {
        return class.iter().copied().filter(|other| *other != word).collect();
    }
    // A letter alone at the beginning of a longer name.
    let short = SHORT.iter().find(|(short, _)| *short == word && at == 0 && words > 1);
    short.map(|(_, long)| long.to_vec()).unwrap_or_default()
}

/// Words with some of them written otherwise.
pub(crate) fn rewritten(words: &[&str], changed: &[(usize, &'static str)]) -> String {
    let word = |(at, word)| changed.iter().find(|(of, _)| *of == at).map_or(word, |(_, other)| *other);
    words.iter().copied().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::spellings;

    fn all(folded: &str) -> BTreeSet<String> {
        spellings(folded).into_iter().map(|(spelling, _)| spelling).collect()
    }

    #[test]
    fn every_spelling_of_a_name_has_the_same_spellings() {
        for names in [
            ["st gallen", "saint gallen", "sankt gallen", "sint gallen"].as_slice(),
            &["mt vernon", "mount vernon"],
            &["sault ste marie", "sault sainte marie"],
            &["ft st john", "fort saint john", "ft sankt john"],
        ] {
            for name in names {
                assert_eq!(all(name), all(names[0]), "{name}");
            }
        }
        assert_eq!(all("stockholm").len(), 1);
    }
}
