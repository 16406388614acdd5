//! Reading a country label: as it stands, without the words around it, from its parts, and with one slip forgiven.

use super::table::{Labels, Meaning};
use super::{CountryMatch, CountryReason, CountryResolution};
use crate::alphabet::Alphabet;
use crate::fold::fold;
use crate::territory::sovereign;

/// The longest label that is looked at, in bytes; no country's name comes near.
const LONGEST: usize = 300;

/// Words before a name that do not change which country is meant.
///
/// Names in which they do, such as "Republic of China" or "Republic of the Congo", are labels of their own and are found first.
const FORMALITIES: &[&str] = &[
    "in ",
    "the ",
    "in the ",
    "republic of ",
    "republic of the ",
    "the republic of ",
    "kingdom of ",
    "kingdom of the ",
    "the kingdom of ",
    "state of ",
    "the state of ",
    "commonwealth of ",
    "commonwealth of the ",
    "federal republic of ",
    "federative republic of ",
    "islamic republic of ",
    "arab republic of ",
    "united republic of ",
    "democratic republic of ",
    "socialist republic of ",
    "democratic socialist republic of ",
    "oriental republic of ",
    "plurinational state of ",
    "bolivarian republic of ",
    "grand duchy of ",
    "principality of ",
    "sultanate of ",
    "hashemite kingdom of ",
    "union of ",
    "islands of ",
    // In other languages of the lists.
    "en ",
    "republik ",
    "die ",
    "der ",
    "konigreich ",
    "republique de ",
    "republique d ",
    "republique du ",
    "republique des ",
    "royaume de ",
    "royaume du ",
    "la ",
    "le ",
    "l ",
    "les ",
    "republica de ",
    "republica del ",
    "republica do ",
    "republica da ",
    "reino de ",
    "repubblica di ",
    "repubblica del ",
    "repubblica d ",
    "regno di ",
    "republika ",
    "krolestwo ",
    "kralovstvi ",
    "republiek ",
    "koninkrijk ",
];

/// Which country a label means.
pub(crate) fn read(labels: &Labels<'_>, alphabet: &Alphabet<'_>, label: &str) -> CountryResolution {
    if label.len() > LONGEST {
        return CountryResolution::None;
    }
    let reader = Reader { labels, alphabet };
    if let Some(meaning) =
        reader.whole(label).or_else(|| reader.bracketed(label)).or_else(|| reader.parts(label))
    {
        return answer(meaning);
    }
    reader.slip(label)
}

struct Reader<'r> {
    labels: &'r Labels<'r>,
    alphabet: &'r Alphabet<'r>,
}

impl Reader<'_> {
    /// The label as it stands, or without the words before it.
    fn whole(&self, label: &str) -> Option<Meaning> {
        let folded = fold(label);
        self.labels.exact(self.alphabet, &folded).or_else(|| self.without_formality(&folded))
    }

    fn without_formality(&self, folded: &str) -> Option<Meaning> {
        FORMALITIES.iter().find_map(|formality| {
            let meaning = self.labels.exact(self.alphabet, folded.strip_prefix(formality)?)?;
            // "in it" is no country.
            (meaning.reason != CountryReason::Code).then(|| otherwise(meaning))
        })
    }

    /// `Georgia (country)`, `Korea (South)`: the words in brackets before the name, else the name without them.
    fn bracketed(&self, label: &str) -> Option<Meaning> {
        let (before, rest) = label.split_once('(')?;
        let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
        let outside = format!("{before} {after}");
        self.whole(&format!("{inside} {outside}"))
            .or_else(|| self.whole(&outside))
            .or_else(|| self.parts(&outside))
            .map(otherwise)
    }

    /// `England, United Kingdom`, `Réunion, France`, `Korea, South`, `Lower Saxony, Germany`.
    fn parts(&self, label: &str) -> Option<Meaning> {
        let (part, country) = label.rsplit_once(',')?;
        if let Some(turned) = self.whole(&format!("{country} {part}")) {
            return Some(otherwise(turned));
        }
        let mut whole = self.whole(country)?;
        let [country] = *whole.countries else { return Some(whole) };
        let part = part.trim();
        match self.whole(part) {
            // A part with a label of its own, or a territory with a code of its own.
            Some(of) if of.countries == [country] && of.region.is_some() => Some(of),
            Some(of) if of.countries.len() == 1 && sovereign(of.countries[0]) == Some(country) => {
                Some(otherwise(of))
            }
            _ => {
                whole.region = (!fold(part).is_empty()).then(|| part.to_owned());
                Some(otherwise(whole))
            }
        }
    }

    /// The label with one slip forgiven, where all names so near mean one country.
    fn slip(&self, label: &str) -> CountryResolution {
        let folded = fold(label);
        let mut near = self.labels.one_edit(self.alphabet, &folded);
        if near.is_empty()
            && let Some((part, country)) = label.rsplit_once(',')
        {
            near = self.labels.one_edit(self.alphabet, &fold(country));
            for (_, meaning) in &mut near {
                meaning.region = Some(part.trim().to_owned());
            }
        }
        let mut countries: Vec<_> =
            near.iter().flat_map(|(_, meaning)| meaning.countries.iter().copied()).collect();
        countries.sort_unstable();
        countries.dedup();
        match (countries.as_slice(), near.into_iter().next()) {
            (&[country], Some((meant, meaning))) => CountryResolution::OneEdit {
                matched: CountryMatch { country, region: meaning.region, reason: CountryReason::OneEdit },
                meant,
            },
            ([], _) | (_, None) => CountryResolution::None,
            _ => CountryResolution::Several(countries),
        }
    }
}

fn otherwise(meaning: Meaning) -> Meaning {
    let reason = match meaning.reason {
        CountryReason::Code | CountryReason::Name | CountryReason::OtherName => CountryReason::OtherName,
        kept @ (CountryReason::Part | CountryReason::OneEdit) => kept,
    };
    Meaning { reason, ..meaning }
}

fn answer(meaning: Meaning) -> CountryResolution {
    match *meaning.countries {
        [] => CountryResolution::None,
        [country] => {
            CountryResolution::Exact(CountryMatch { country, region: meaning.region, reason: meaning.reason })
        }
        _ => CountryResolution::Several(meaning.countries),
    }
}
