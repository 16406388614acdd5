//! Other ways to read a name as it was written, tried in order when the name itself is not known.

use crate::fold::fold;

/// A name read otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The name, folded.
    pub(crate) folded: String,
    /// Words that were taken for the region, as written.
    pub(crate) region: Option<String>,
    /// Whether the reading leaves out words that may have told one place from another.
    pub(crate) loss: Loss,
}

/// What a reading leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// Nothing: the same words, written otherwise.
    Nothing,
    /// Words that may be the place's region: the reading decides only if they are.
    Region,
    /// Words that may matter: the reading proposes, it does not decide.
    Words,
}

/// `St` and what it stands for in the languages that shorten it so.
const SAINTS: &[(&str, &[&str])] = &[
    ("st", &["saint", "sankt", "sint", "szent"]),
    ("ste", &["sainte"]),
    ("saint", &["st"]),
    ("sankt", &["st", "saint"]),
    ("mt", &["mount"]),
    ("mount", &["mt"]),
    ("ft", &["fort"]),
    ("fort", &["ft"]),
    ("sta", &["santa"]),
    ("sto", &["santo"]),
];

/// Words after or before a name that say what it is.
const AFTER: &[&str] = &[" city", " town", " municipality", " shi", " si", " county", " district"];
const BEFORE: &[&str] = &["city of ", "town of ", "municipality of ", "greater ", "the "];

/// The other readings of a name, the most faithful first.
pub(crate) fn readings(name: &str, folded: &str) -> Vec<Reading> {
    let mut all = Vec::new();
    let mut add = |folded: String, region: Option<&str>, loss| {
        if !folded.is_empty() {
            all.push(Reading { folded, region: region.map(|region| region.trim().to_owned()), loss });
        }
    };
    for (short, long) in SAINTS {
        for long in *long {
            if let Some(written) = with_word(folded, short, long) {
                add(written, None, Loss::Nothing);
            }
        }
    }
    if let Some((before, rest)) = name.split_once(['(', '[']) {
        let (inside, after) = rest.split_once([')', ']']).unwrap_or((rest, ""));
        add(fold(&format!("{before} {after}")), Some(inside), Loss::Region);
    }
    if let Some((place, region)) = name.split_once(',') {
        add(fold(place), Some(region), Loss::Region);
    }
    for one in name.split(['/', '–']).filter(|one| one.len() < name.len()) {
        add(fold(one), None, Loss::Words);
    }
    for word in AFTER {
        if let Some(bare) = folded.strip_suffix(word) {
            add(bare.to_owned(), None, Loss::Words);
        }
    }
    for word in BEFORE {
        if let Some(bare) = folded.strip_prefix(word) {
            add(bare.to_owned(), None, Loss::Words);
        }
    }
    all
}

/// The name with one word written otherwise, if it has that word.
fn with_word(folded: &str, word: &str, other: &str) -> Option<String> {
    folded.split(' ').any(|one| one == word).then(|| {
        let words: Vec<_> = folded.split(' ').map(|one| if one == word { other } else { one }).collect();
        words.join(" ")
    })
}

#[cfg(test)]
mod tests {
    use super::{Loss, readings};
    use crate::fold::fold;

    fn read(name: &str) -> Vec<String> {
        readings(name, &fold(name)).into_iter().map(|reading| reading.folded).collect()
    }

    #[test]
    fn saints_are_written_out_without_loss() {
        let all = readings("St. Gallen", "st gallen");
        assert!(all.iter().any(|one| one.folded == "sankt gallen" && one.loss == Loss::Nothing));
        assert_eq!(read("Stockholm"), [""; 0]);
    }

    #[test]
    fn words_beside_a_name_are_taken_for_its_region() {
        let all = readings("Springfield (Illinois)", "springfield illinois");
        assert_eq!(all[0].folded, "springfield");
        assert_eq!(all[0].region.as_deref(), Some("Illinois"));
        assert_eq!(read("Birmingham, Alabama"), ["birmingham"]);
    }

    #[test]
    fn both_names_of_a_bilingual_town_are_read() {
        assert_eq!(read("Bolzano/Bozen"), ["bolzano", "bozen"]);
    }
}
