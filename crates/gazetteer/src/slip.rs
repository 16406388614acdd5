//! One slip forgiven: a letter changed, left out, added, or swapped with the next. Proposals only.
//!
//! Of the names that differ by one letter from that of a known place, most are other places, smaller than those of the
//! table. So a slip is proposed where it is likely one: letters swapped, doubled or run together, or a city that many
//! write. The rest is only mentioned.

use crate::fold::fold;
use crate::names::{NameKind, each_bearer};
use crate::ranking::{Bearer, Evidence};
use crate::resolve::{Asked, Scope};
use crate::search::{Found, Way};

/// The shortest name, in letters, in which a slip is forgiven.
const SHORTEST: usize = 5;
/// The shortest in which a doubled letter is.
const SHORTEST_DOUBLED: usize = 7;
/// From this population on a place is a city that many write.
const CITY: u32 = 100_000;
/// The shortest name in which another first letter is a slip, and the shortest in which a slip of another name than the official one is.
const SHORTEST_FIRST: usize = 10;
const SHORTEST_OTHER: usize = 8;
/// How many places are mentioned.
const MOST_MENTIONED: usize = 3;

impl Asked<'_> {
    /// Adds places whose names differ by one slip. Within a country only: in the whole world too many names are alike.
    pub(crate) fn add_slips(&self, folded: &str, found: &mut Found) {
        let letters = folded.chars().count();
        let (Scope::In(_), SHORTEST.., Some(key)) =
            (&self.scope, letters, self.gazetteer.alphabet.encode(folded))
        else {
            return;
        };
        let mut near = Vec::new();
        self.gazetteer.names.one_edit(&key, |spelt, value| near.push((spelt.to_vec(), value)));
        let mut mentioned = Vec::new();
        for (spelt, value) in near {
            let meant = self.gazetteer.alphabet.decode(&spelt);
            // The folded name matters to tell official names only, which is no matter here.
            each_bearer(&self.gazetteer.places, self.gazetteer.lists, "", value, |place, kind| {
                let record = self.gazetteer.places.record(place);
                let known = found.bearers.iter().any(|bearer| bearer.place == place);
                if kind == NameKind::Code
                    || known
                    || !self.scope.holds(self.gazetteer.places.country_code(record.region))
                {
                    return;
                }
                let official = fold(&self.gazetteer.places.title(place)) == meant;
                let same_first = folded.chars().next() == meant.chars().next();
                let of_city = record.population >= CITY
                    && (official || letters >= SHORTEST_OTHER)
                    && (same_first || letters >= SHORTEST_FIRST);
                if of_city || is_slip(folded, &meant) {
                    let way = Way::OneEdit(meant.clone());
                    let called = self.query.name.trim().to_owned();
                    found.bearers.push(Bearer {
                        way,
                        called,
                        ..Bearer::new(place, record, Evidence::OneEdit)
                    });
                } else if !mentioned.contains(&(record.population, place)) {
                    mentioned.push((record.population, place));
                }
            });
        }
        mentioned.sort_unstable();
        found.similar = mentioned.into_iter().rev().map(|(_, place)| place).take(MOST_MENTIONED).collect();
    }
}

/// Whether one text is the other with two letters swapped, a letter doubled, or words run together.
fn is_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let (short, long) = if typed.len() <= meant.len() { (&typed, &meant) } else { (&meant, &typed) };
    let same = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    if short.len() == long.len() {
        return same + 1 < short.len() && short[same] == long[same + 1] && short[same + 1] == long[same];
    }
    let added = long[same];
    let doubled = same > 0 && long[same - 1] == added && short.len() >= SHORTEST_DOUBLED;
    added == ' ' || doubled
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn swapped_doubled_and_joined_letters_are_slips_and_other_letters_are_other_names() {
        for (typed, meant) in [
            ("eliat", "eilat"),
            ("santa fe", "santafe"),
            ("birminngham", "birmingham"),
            ("gothenbrug", "gothenburg"),
        ] {
            assert!(is_slip(typed, meant) && is_slip(meant, typed), "{typed}, {meant}");
        }
        for (typed, meant) in
            [("bahlingen", "balingen"), ("minerbio", "manerbio"), ("durbach", "burbach"), ("roncca", "ronca")]
        {
            assert!(!is_slip(typed, meant), "{typed}, {meant}");
        }
    }
}
