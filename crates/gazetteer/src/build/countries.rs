//! Gathers the labels of countries and writes their automaton.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sister_cities_domain::value::Country;

use super::{BuildError, Sources, number};
use crate::alphabet::Alphabet;
use crate::country::CountryReason;
use crate::country::table::{ENGLISH_BIT, NO_COUNTRY, PART_BIT, REASON_BIT, bits_of};
use crate::fold::fold;

const LABELS: &str = "country_labels.tsv";

/// What a label means, by the best source that has it.
pub(super) struct Label {
    rank: Rank,
    countries: BTreeSet<Country>,
    part: Option<String>,
}

/// How far a source is trusted where several use one label: the first that has it decides alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Typed,
    Code,
    English,
    OtherLanguage,
}

/// Folded labels and what they mean.
pub(super) type Labels = BTreeMap<String, Label>;

/// Gathers the labels: the typed list, the codes, the names in English, the names in other languages.
pub(super) fn read(sources: &Sources) -> Result<Labels, BuildError> {
    let mut labels = Labels::new();
    for (at, line) in sources.country_labels.lines().enumerate().skip(1) {
        let malformed =
            |expected| BuildError::Entry { file: LABELS.to_owned(), entry: (at + 1).to_string(), expected };
        let fields: Vec<&str> = line.split('\t').collect();
        let &[label, codes, part] = fields.as_slice() else {
            return Err(malformed("label, countries and part"));
        };
        for code in codes.split(',') {
            let country = code.parse().map_err(|_| malformed("a country code"))?;
            add(&mut labels, Rank::Typed, label, country, (!part.is_empty()).then(|| part.to_owned()));
        }
    }
    for country in Country::all() {
        for code in [country.alpha2(), country.alpha3()] {
            add(&mut labels, Rank::Code, code, country, None);
        }
        add(&mut labels, Rank::English, country.english_name(), country, None);
    }
    for (code, entry) in
        json("geonames_countries.json", &sources.countries)?.as_object().into_iter().flatten()
    {
        if let (Ok(country), Some(name)) = (code.parse(), entry["name"].as_str()) {
            add(&mut labels, Rank::English, name, country, None);
        }
    }
    for (language, text) in &sources.territories {
        let rank = if language == "en" { Rank::English } else { Rank::OtherLanguage };
        let file = format!("territories.{language}.json");
        let names = json(&file, text)?;
        let names = names["main"][language]["localeDisplayNames"]["territories"]
            .as_object()
            .ok_or(BuildError::Entry { file, entry: language.clone(), expected: "names of territories" })?;
        for (code, name) in names {
            // `GB`, and `GB-alt-short` for another wording.
            let code = code.split('-').next().unwrap_or_default();
            if let (Ok(country), Some(name)) = (code.parse(), name.as_str()) {
                add(&mut labels, rank, name, country, None);
                if let Some((name, _)) = name.split_once('(') {
                    add(&mut labels, rank, name, country, None);
                }
            }
        }
    }
    Ok(labels)
}

/// The capitals, folded, by the codes of their countries.
pub(super) fn capitals(sources: &Sources) -> Result<BTreeMap<String, String>, BuildError> {
    let countries = json("geonames_countries.json", &sources.countries)?;
    let capital = |(code, entry): (&String, &Value)| {
        let capital = entry["capital"].as_str().map(fold).filter(|capital| !capital.is_empty())?;
        Some((code.clone(), capital))
    };
    Ok(countries.as_object().into_iter().flatten().filter_map(capital).collect())
}

fn json(file: &str, text: &str) -> Result<Value, BuildError> {
    serde_json::from_str(text).map_err(|error| BuildError::Json { file: file.to_owned(), error })
}

fn add(labels: &mut Labels, rank: Rank, label: &str, country: Country, part: Option<String>) {
    let key = fold(label);
    if key.is_empty() {
        return;
    }
    let known = labels.entry(key).or_insert_with(|| Label { rank, countries: BTreeSet::new(), part });
    if known.rank == rank {
        known.countries.insert(country);
    }
}

/// Writes the automaton and the parts it points to.
pub(super) fn automaton(alphabet: &Alphabet<'_>, labels: &Labels) -> Result<(Vec<u8>, Vec<u8>), BuildError> {
    let all: Vec<Country> = Country::all().collect();
    let parts: BTreeSet<&str> = labels.values().filter_map(|label| label.part.as_deref()).collect();
    let mut coded = BTreeMap::new();
    for (name, label) in labels {
        if label.countries.len() > 3 {
            return Err(BuildError::NoRoom { what: "countries of one label" });
        }
        let mut rows = [NO_COUNTRY; 3];
        for (row, country) in rows.iter_mut().zip(&label.countries) {
            *row = u64::from(number(all.partition_point(|one| one < country), "countries")?);
        }
        let reason = match (label.rank, &label.part) {
            (_, Some(_)) => CountryReason::Part,
            (Rank::Typed, None) => CountryReason::OtherName,
            (Rank::Code, None) => CountryReason::Code,
            (Rank::English | Rank::OtherLanguage, None) => CountryReason::Name,
        };
        let part = match &label.part {
            None => 0,
            Some(part) => 1 + number(parts.range(..part.as_str()).count(), "parts")?,
        };
        let value = rows[0]
            | rows[1] << 8
            | rows[2] << 16
            | bits_of(reason) << REASON_BIT
            | u64::from(label.rank <= Rank::English) << ENGLISH_BIT
            | u64::from(part) << PART_BIT;
        let key = alphabet.encode(name).ok_or(BuildError::NoRoom { what: "letters in the alphabet" })?;
        coded.insert(key, value);
    }
    let mut automaton = fst::MapBuilder::memory();
    for (key, value) in coded {
        automaton.insert(key, value)?;
    }
    Ok((automaton.into_inner()?, parts.into_iter().collect::<Vec<_>>().join("\n").into_bytes()))
}
