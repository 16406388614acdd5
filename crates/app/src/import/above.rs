//! What a line takes from the lines above it: signs for "the same as above", a country that stands once for a block of lines, numbers of a list.
//!
//! A sign for repetition is the value above. A blank beside a country further up is not: it is asked about, with that country among the
//! proposals. A line with a country and nothing else is a heading, if a person says so; then it holds for the lines below.

use std::collections::BTreeMap;

use sister_cities_domain::import_run::ImportContent;
use sister_cities_gazetteer::{CountryResolution, Gazetteer, Query};

use super::cells::columns::Columns;
use super::cells::fields::Field;
use crate::tabular::Table;

/// The answer by which a line is a heading.
pub(crate) const HEADING: &str = "heading";

/// A country that stands above a line that has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CountryAbove {
    /// Where it stands.
    pub(crate) line: u32,
    /// As it is written there.
    pub(crate) label: String,
    /// The line is a heading, as a person said; else it belongs to that line alone, as far as is known.
    pub(crate) is_heading: bool,
}

/// What the lines above say, for the lines of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Above {
    countries: BTreeMap<u32, CountryAbove>,
    headings: BTreeMap<u32, String>,
    /// The lines of the list are numbered in the cell of the place.
    pub(crate) is_numbered: bool,
}

impl Above {
    /// Reads them off a list of partners. `is_heading` says whether a person took a line for a heading.
    pub(crate) fn of(
        content: ImportContent,
        columns: &Columns,
        table: &Table,
        gazetteer: &Gazetteer,
        is_heading: impl Fn(u32) -> bool,
    ) -> Self {
        if content != ImportContent::Partnerships {
            return Self::default();
        }
        let mut above = Self { is_numbered: is_numbered(columns, table), ..Self::default() };
        let mut now: Option<CountryAbove> = None;
        for row in &table.rows {
            let cell = |field| columns.cell(row, field);
            let (place, country, code) = (cell(Field::Place), cell(Field::Country), cell(Field::CountryCode));
            let filled = row.cells().iter().filter(|cell| !cell.is_empty()).count();
            let alone = if place.is_empty() { &country } else { &place };
            let is_alone = filled == 1 && table.columns.len() > 1 && !alone.is_empty();
            if is_alone && is_country_only(gazetteer, alone) {
                above.headings.insert(row.line, alone.clone());
                let is_heading = is_heading(row.line);
                now = Some(CountryAbove { line: row.line, label: alone.clone(), is_heading });
            } else if !country.is_empty() {
                now = Some(CountryAbove { line: row.line, label: country, is_heading: false });
            } else if !code.is_empty() {
                now = None;
            } else if let Some(now) = &now {
                above.countries.insert(row.line, now.clone());
            }
        }
        above
    }

    /// The country above a line that has none.
    pub(crate) fn country(&self, line: u32) -> Option<&CountryAbove> {
        self.countries.get(&line)
    }

    /// The country that a line says, and nothing else.
    pub(crate) fn heading(&self, line: u32) -> Option<&str> {
        self.headings.get(&line).map(String::as_str)
    }
}

/// Whether a name is that of a country and of no city in it: not Singapore.
fn is_country_only(gazetteer: &Gazetteer, name: &str) -> bool {
    let CountryResolution::Exact(found) = gazetteer.country(name) else { return false };
    let is_long = name.chars().count() > 3;
    let cities = gazetteer.resolve(&Query::new(name).in_country(found.country.alpha2()));
    is_long && found.region.is_none() && cities.candidates().is_empty()
}

/// Whether the cells of the place begin with rising numbers, all but a few.
fn is_numbered(columns: &Columns, table: &Table) -> bool {
    const FEWEST: usize = 3;
    let cells: Vec<String> = table.rows.iter().map(|row| columns.cell(row, Field::Place)).collect();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let numbers: Vec<u32> =
        cells.iter().filter_map(|cell| number_before(cell)).filter_map(|(n, _)| n.parse().ok()).collect();
    let is_rising = numbers.windows(2).all(|two| two[0] < two[1]);
    // A list has no more numbers than lines, but for some that were struck out.
    let most = numbers.last().map_or(0, |last| usize::try_from(*last).unwrap_or(usize::MAX));
    numbers.len() >= FEWEST && numbers.len() * 5 >= filled * 4 && is_rising && most <= filled * 2
}

/// `1 Shenyang`: the number before a name, and the name.
pub(crate) fn number_before(cell: &str) -> Option<(&str, &str)> {
    let name = cell.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &cell[..cell.len() - name.len()];
    let name = name.strip_prefix(char::is_whitespace)?.trim_start();
    ((1..=3).contains(&number.len()) && name.starts_with(char::is_alphabetic)).then_some((number, name))
}

/// Puts the value above where a cell says that it is the same, in every column.
pub(crate) fn write_out_repetitions(table: &mut Table) {
    let mut before: Vec<String> = vec![String::new(); table.columns.len()];
    for row in &mut table.rows {
        for (column, above) in before.iter_mut().enumerate() {
            if is_repetition(row.cell(column)) && !above.is_empty() {
                row.repeat(column, above.clone());
            } else {
                row.cell(column).clone_into(above);
            }
        }
    }
}

/// Whether a cell says that the value above holds: `"`, `〃`, `- " -`, `idem`, `dto.`
fn is_repetition(cell: &str) -> bool {
    const SIGNS: &[&str] =
        &["\"", "''", "\"\"", "“", "”", "„", "″", "〃", "´´", "``", ",,", "’’", "»", "«", "↑"];
    const WORDS: &[&str] = &[
        "ditto",
        "dito",
        "dto.",
        "do.",
        "idem",
        "ídem",
        "id.",
        "jw.",
        "j.w.",
        "jak wyżej",
        "wie oben",
        "s.o.",
        "s. o.",
        "as above",
        "same as above",
        "ut supra",
        "同上",
        "上同",
        "como arriba",
        "voir ci-dessus",
        "come sopra",
        "c.s.",
        "tamtéž",
        "ugyanaz",
        "см. выше",
        "то же",
    ];
    if cell.is_empty() || cell.chars().count() > 16 {
        return false;
    }
    let bare = cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'));
    SIGNS.contains(&bare) || WORDS.contains(&cell.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::{is_repetition, number_before};

    #[test]
    fn signs_and_words_for_the_same_as_above_are_known() {
        for cell in ["\"", "〃", "- \" -", "—”—", "idem", "Idem", "Ditto", "dto.", "do.", "j.w.", "同上"]
        {
            assert!(is_repetition(cell), "{cell}");
        }
        for cell in ["", "-", "—", "do", "Ditton", "?", "Idemitsu", "id"] {
            assert!(!is_repetition(cell), "{cell}");
        }
    }

    #[test]
    fn a_number_before_a_name_is_told_from_it() {
        assert_eq!(number_before("1 Shenyang"), Some(("1", "Shenyang")));
        assert_eq!(number_before("12  São Paulo"), Some(("12", "São Paulo")));
        for cell in ["Shenyang", "1973 Osaka", "1. Osaka", "1st of May", "7", "5 6"] {
            assert_eq!(number_before(cell), None, "{cell}");
        }
    }
}
