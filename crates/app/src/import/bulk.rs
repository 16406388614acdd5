//! Bulk mode: a file of twin pairs of the whole world, in no programme. Every row is accounted for, nothing is stored.
//!
//! Made for lists such as Wikipedia's, with columns `city1, country1, city2, country2`. Each label is looked up once, however often
//! it occurs.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use sister_cities_gazetteer::{Candidate, Gazetteer, NoPlace, Resolution};

use super::cells::fold::fold;
use super::places::finder::PlaceFinder;
use super::places::reasons::doubts;
use super::places::words::{CountryWords, PlaceWords};
use super::plan::{Progress, Refused};
use crate::tabular::{self, HeaderWords, Limits, Row, Table, Unreadable};

const TITLES: [&str; 4] = ["city1", "country1", "city2", "country2"];

/// What came of a row of a bulk file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkRow {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The verdict over both ends: the worse of the two.
    pub verdict: BulkVerdict,
    /// The one place.
    pub first: BulkEnd,
    /// The other place.
    pub second: BulkEnd,
    /// What is wrong with the row, if it is invalid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What a row or one of its ends comes to. Ordered from good to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BulkVerdict {
    /// One clear place.
    Resolved,
    /// Several could be meant, or the one that could is doubtful.
    Ambiguous,
    /// No place of that name is known there.
    Unresolved,
    /// Wrong in itself: no name, no country, a place twinned with itself.
    Invalid,
}

/// One end of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkEnd {
    /// The name as written.
    pub name: String,
    /// The country as written.
    pub country: String,
    /// What it comes to.
    pub verdict: BulkVerdict,
    /// The GeoNames ids of the place, or of those that could be meant, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub geonames: Vec<u32>,
    /// Why it is not resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// How many rows came to what. They add up to the rows of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkCounts {
    /// Rows of the file.
    pub rows: u64,
    /// Both ends are clear.
    pub resolved: u64,
    /// At least one end is ambiguous, none worse.
    pub ambiguous: u64,
    /// At least one end is not known, none wrong.
    pub unresolved: u64,
    /// Wrong in themselves.
    pub invalid: u64,
    /// Different pairs among the resolved rows; A–B and B–A are one.
    pub pairs: u64,
    /// Different labels that were looked up.
    pub labels: u64,
}

/// Resolves every row of a file of pairs; `mapped` says which columns are the four, where they are titled otherwise; `each` is given what came of each, in the file's order.
///
/// # Errors
///
/// [`Refused`] if the file cannot be read, or has not the four columns.
pub fn bulk(
    bytes: &[u8],
    mapped: &BTreeMap<String, String>,
    gazetteer: &Gazetteer,
    progress: &dyn Progress,
    mut each: impl FnMut(&BulkRow),
) -> Result<BulkCounts, Refused> {
    let words = PairTitles { mapped };
    let options = tabular::ReadOptions { limits: Limits::default(), ..tabular::ReadOptions::new(&words) };
    let table = tabular::read(bytes, &options)?;
    let columns = columns(&table, mapped)?;
    let mut resolver = Resolver { gazetteer, finder: PlaceFinder::new(gazetteer), ends: HashMap::new() };
    let mut counts = BulkCounts::default();
    let mut pairs = std::collections::HashSet::new();
    let total = u64::try_from(table.rows.len()).unwrap_or(u64::MAX);
    for row in &table.rows {
        if counts.rows % 500 == 0 {
            progress.at(counts.rows, total);
        }
        let came = resolver.row(row, columns);
        counts.rows += 1;
        match came.verdict {
            BulkVerdict::Resolved => counts.resolved += 1,
            BulkVerdict::Ambiguous => counts.ambiguous += 1,
            BulkVerdict::Unresolved => counts.unresolved += 1,
            BulkVerdict::Invalid => counts.invalid += 1,
        }
        if let (BulkVerdict::Resolved, [a], [b]) =
            (came.verdict, came.first.geonames.as_slice(), came.second.geonames.as_slice())
        {
            pairs.insert((*a.min(b), *a.max(b)));
        }
        each(&came);
    }
    progress.at(total, total);
    counts.pairs = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
    counts.labels = u64::try_from(resolver.ends.len()).unwrap_or(u64::MAX);
    Ok(counts)
}

struct PairTitles<'m> {
    mapped: &'m BTreeMap<String, String>,
}

impl HeaderWords for PairTitles<'_> {
    fn knows(&self, title: &str) -> bool {
        TITLES.contains(&fold(title).replace(' ', "").as_str()) || self.mapped.contains_key(title.trim())
    }
}

fn columns(table: &Table, mapped: &BTreeMap<String, String>) -> Result<[usize; 4], Refused> {
    let mut found = [0; 4];
    for (place, wanted) in found.iter_mut().zip(TITLES) {
        let is_mapped = |title: &str| mapped.get(title.trim()).is_some_and(|field| field == wanted);
        let is_titled =
            |title: &str| fold(title).replace(' ', "") == wanted && !mapped.contains_key(title.trim());
        let column = table.columns.iter().find(|column| is_mapped(&column.title) || is_titled(&column.title));
        *place = column
            .ok_or_else(|| {
                let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
                Unreadable::NoHeader { line: table.header_line, text: titles.join(", ") }
            })?
            .index;
    }
    Ok(found)
}

struct Resolver<'g> {
    gazetteer: &'g Gazetteer,
    finder: PlaceFinder<'g>,
    ends: HashMap<(String, String), BulkEnd>,
}

impl Resolver<'_> {
    fn row(&mut self, row: &Row, [city1, country1, city2, country2]: [usize; 4]) -> BulkRow {
        let first = self.end(row.cell(city1), row.cell(country1));
        let second = self.end(row.cell(city2), row.cell(country2));
        let mut verdict = first.verdict.max(second.verdict);
        let mut problem = None;
        let itself = verdict == BulkVerdict::Resolved && first.geonames == second.geonames;
        let same_words =
            fold(&first.name) == fold(&second.name) && fold(&first.country) == fold(&second.country);
        if let Some(fault) = row.faults.first() {
            problem = Some(fault.to_string());
        } else if itself || same_words {
            problem = Some("the place is twinned with itself; expected two places".to_owned());
        } else if verdict == BulkVerdict::Invalid {
            let ends = [&first, &second];
            let wrong = ends.into_iter().find(|end| end.verdict == BulkVerdict::Invalid);
            problem = wrong.and_then(|end| end.because.clone());
        }
        if problem.is_some() {
            verdict = BulkVerdict::Invalid;
        }
        BulkRow { line: row.line, verdict, first, second, problem }
    }

    fn end(&mut self, name: &str, country: &str) -> BulkEnd {
        let key = (name.to_owned(), country.to_owned());
        if let Some(known) = self.ends.get(&key) {
            return known.clone();
        }
        let end = self.look_up(name, country);
        self.ends.insert(key, end.clone());
        end
    }

    fn look_up(&mut self, name: &str, country: &str) -> BulkEnd {
        let end = |verdict, candidates: &[Candidate], because: Option<String>| BulkEnd {
            name: name.to_owned(),
            country: country.to_owned(),
            verdict,
            geonames: candidates.iter().map(|candidate| candidate.place.geonames_id).collect(),
            because,
        };
        let words =
            PlaceWords { place: name.to_owned(), country: country.to_owned(), ..PlaceWords::default() };
        let parts = match words.parts(self.gazetteer) {
            Ok(parts) => parts,
            Err(wrong) => {
                let because = format!("{}: {}; expected {}", wrong.field, wrong.detail, wrong.expected);
                return end(BulkVerdict::Invalid, &[], Some(because));
            }
        };
        if matches!(parts.country, CountryWords::None) {
            let because = "country: is empty; expected the country of the place".to_owned();
            return end(BulkVerdict::Invalid, &[], Some(because));
        }
        let (label, doubtful) = match &parts.country {
            CountryWords::Doubtful(label, countries) if countries.is_empty() => {
                let because = NoPlace::CountryNotKnown { label: label.clone() }.to_string();
                return end(BulkVerdict::Unresolved, &[], Some(because));
            }
            // A label of several countries: both are tried, and one place that is clear settles it.
            CountryWords::Doubtful(label, countries) if countries.len() > 1 => (label.as_str(), None),
            CountryWords::Doubtful(label, _) => (label.as_str(), Some(format!("is {label:?} this country?"))),
            CountryWords::Is(_, label) => (label.as_str(), None),
            CountryWords::None => ("", None),
        };
        match self.finder.resolve(&parts.name, Some(label), None) {
            Resolution::Winner(candidate) => {
                let doubts: Vec<String> = doubts(&candidate).iter().map(ToString::to_string).collect();
                let because = doubtful.or_else(|| (!doubts.is_empty()).then(|| doubts.join("; ")));
                let verdict = if because.is_some() { BulkVerdict::Ambiguous } else { BulkVerdict::Resolved };
                end(verdict, std::slice::from_ref(&candidate), because)
            }
            Resolution::Several(candidates) => {
                let because = format!("{} places could be meant", candidates.len());
                end(BulkVerdict::Ambiguous, &candidates, Some(because))
            }
            Resolution::None { reason } => end(BulkVerdict::Unresolved, &[], Some(reason.to_string())),
            _ => end(BulkVerdict::Unresolved, &[], Some("the gazetteer gave no answer".to_owned())),
        }
    }
}

impl BulkRow {
    /// The row as one line of newline-delimited JSON.
    #[must_use]
    pub fn to_ndjson(&self) -> String {
        // Plain data of strings and numbers, on which serde_json cannot fail.
        let mut json = serde_json::to_string(self).unwrap_or_default();
        json.push('\n');
        json
    }
}

#[cfg(test)]
mod tests {
    use super::BulkVerdict::{Ambiguous, Invalid, Resolved, Unresolved};
    use super::*;
    use crate::import::plan::Silent;

    const PAIRS: &str = "city1,country1,city2,country2\n\
        Chicago,United States,Casablanca,Morocco\n\
        Casablanca,Morocco,Chicago,USA\n\
        Springfield,United States,Accra,Ghana\n\
        Little Nowhere,Poland,Accra,Ghana\n\
        Accra,Grece,Athens,Greece\n\
        Accra,Ghana,Accra,Ghana\n\
        Accra,,Osaka,Japan\n\
        Accra,Ghana\n\
        Birmingham,\"England, United Kingdom\",Lyon,in France\n";

    #[test]
    fn every_row_is_accounted_for_and_every_label_is_looked_up_once() {
        let mut rows = Vec::new();
        let counts = bulk(PAIRS.as_bytes(), &BTreeMap::new(), Gazetteer::embedded(), &Silent, |row| {
            rows.push(row.clone());
        })
        .unwrap();
        let verdicts: Vec<(u32, BulkVerdict)> = rows.iter().map(|row| (row.line, row.verdict)).collect();
        assert_eq!(
            verdicts,
            [
                (2, Resolved),
                (3, Resolved),
                (4, Ambiguous),
                (5, Unresolved),
                (6, Unresolved),
                (7, Invalid),
                (8, Invalid),
                (9, Invalid),
                (10, Resolved)
            ]
        );
        let sum = counts.resolved + counts.ambiguous + counts.unresolved + counts.invalid;
        assert_eq!((sum, counts.rows, counts.pairs), (9, 9, 2));
        let read: BulkRow = serde_json::from_str(&rows[0].to_ndjson()).unwrap();
        assert_eq!(read, rows[0]);
    }

    #[test]
    fn a_list_in_its_own_columns_goes_through_by_a_mapping() {
        let mapped = [("von", "city1"), ("Land", "country1"), ("nach", "city2"), ("Staat", "country2")];
        let mapped = mapped.map(|(title, field)| (title.to_owned(), field.to_owned())).into();
        let list = b"nr\tvon\tLand\tnach\tStaat\n1\tLeipzig\tDeutschland\tLyon\tFrankreich\n";
        let counts = bulk(list, &mapped, Gazetteer::embedded(), &Silent, |_| {}).unwrap();
        assert_eq!((counts.rows, counts.resolved), (1, 1));
    }

    #[test]
    fn a_file_without_the_four_columns_is_refused() {
        let refused =
            bulk(b"city1,country1,city2\na,b,c\n", &BTreeMap::new(), Gazetteer::embedded(), &Silent, |_| {})
                .unwrap_err();
        assert!(matches!(refused, Refused::Unreadable(Unreadable::NoHeader { .. })), "{refused}");
    }
}
