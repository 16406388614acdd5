//! Which column holds which field: what the header says, and what a mapping says instead.

use std::collections::BTreeMap;

use sister_cities_domain::import_run::{ImportContent, Mapping};

use super::fields::{Field, names_the_partner, recognise};
use super::fold::{fold, visible};
use crate::tabular::{Column, Row, Table, column_number};

/// The word by which a mapping leaves a column out.
pub(crate) const IGNORE: &str = "ignore";

/// Why the columns of a file, or its mapping, cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnusableColumns {
    /// A field that every line needs has no column.
    #[error("line {line}: no column holds the {field}; the columns are {}; name the right one in the mapping", .titles.join(", "))]
    Missing {
        /// The line of the header.
        line: u32,
        /// The field.
        field: Field,
        /// The titles that are there.
        titles: Vec<String>,
    },
    /// Two columns look like the same field.
    #[error(
        "line {line}: the columns {first:?} and {second:?} both look like the {field}; which is it? Say so by --map {first:?}=ignore or --map {second:?}=ignore"
    )]
    Twice {
        /// The line of the header.
        line: u32,
        /// The field.
        field: Field,
        /// The title of one.
        first: String,
        /// The title of the other.
        second: String,
    },
    /// The mapping names a column that is not there.
    #[error("the mapping names the column {title:?}, which the file does not have; its columns are {}", .titles.join(", "))]
    NoSuchColumn {
        /// The title in the mapping.
        title: String,
        /// The titles that are there.
        titles: Vec<String>,
    },
    /// The mapping names a field that there is not.
    #[error("the mapping names the field {name:?}; fields are {}, or `ignore`", fields())]
    NoSuchField {
        /// The name in the mapping.
        name: String,
    },
}

fn fields() -> String {
    Field::ALL.map(Field::as_str).join(", ")
}

/// Which column holds which field.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    by_field: BTreeMap<Field, Vec<usize>>,
    /// Columns that no field was found for: index and title.
    pub(crate) unread: Vec<(usize, String)>,
    values: BTreeMap<Field, BTreeMap<String, String>>,
}

impl Columns {
    pub(crate) fn of(
        table: &Table,
        content: ImportContent,
        mapping: &Mapping,
        host: &[String],
    ) -> Result<Self, UnusableColumns> {
        let titles = || table.columns.iter().map(|column| visible(&column.title)).collect::<Vec<_>>();
        let named = |column: &Column, title: &str| {
            let is_letter =
                column_number(title.trim()).and_then(|at| usize::try_from(at).ok()) == Some(column.index);
            let is_title = table.columns.iter().any(|other| same_title(&other.title, title));
            same_title(&column.title, title) || is_letter && !is_title
        };
        let line = table.header_line;
        for title in mapping.columns.keys() {
            if !table.columns.iter().any(|column| named(column, title)) {
                return Err(UnusableColumns::NoSuchColumn { title: title.clone(), titles: titles() });
            }
        }
        let mut by_field = BTreeMap::<Field, Vec<usize>>::new();
        let mut unread = Vec::new();
        let own = own_city(table, content, mapping, host);
        for column in &table.columns {
            if own == Some(column.index) {
                unread.push((column.index, column.called()));
                continue;
            }
            let mapped = mapping.columns.iter().find(|(title, _)| named(column, title));
            let field = match mapped {
                Some((_, name)) if name.as_str() == IGNORE => None,
                Some((_, name)) => Some(
                    Field::named(name).ok_or_else(|| UnusableColumns::NoSuchField { name: name.clone() })?,
                ),
                None => recognise(content, &column.title),
            };
            let Some(field) = field else {
                unread.push((column.index, column.called()));
                continue;
            };
            let found = by_field.entry(field).or_default();
            if let Some(&first) = found.first()
                && !field.may_repeat()
            {
                let title =
                    |index: usize| table.columns.get(index).map(|c| c.title.clone()).unwrap_or_default();
                return Err(UnusableColumns::Twice {
                    line,
                    field,
                    first: title(first),
                    second: column.title.clone(),
                });
            }
            found.push(column.index);
        }
        let named = [Field::Name, Field::FamilyName].iter().any(|field| by_field.contains_key(field));
        if content == ImportContent::Persons && !named {
            return Err(UnusableColumns::Missing { line, field: Field::Name, titles: titles() });
        }
        for &field in needed(content) {
            if !by_field.contains_key(&field) {
                return Err(UnusableColumns::Missing { line, field, titles: titles() });
            }
        }
        Ok(Self { by_field, unread, values: values(mapping)? })
    }

    /// What a line says about a field, with the mapping's values put in; empty if it says nothing.
    pub(crate) fn cell(&self, row: &Row, field: Field) -> String {
        let Some(columns) = self.by_field.get(&field) else {
            return self.meant(field, "").unwrap_or_default().to_owned();
        };
        let texts: Vec<&str> =
            columns.iter().map(|&column| row.cell(column)).filter(|text| !text.is_empty()).collect();
        let text = texts.join("; ");
        match self.meant(field, &text) {
            Some(meant) => meant.to_owned(),
            None => text,
        }
    }

    fn meant(&self, field: Field, text: &str) -> Option<&str> {
        self.values.get(&field)?.get(&fold(text)).map(String::as_str)
    }

    /// The first column of a field.
    pub(crate) fn column(&self, field: Field) -> Option<usize> {
        self.by_field.get(&field)?.first().copied()
    }

    /// Which column holds what, in the file's order.
    pub(crate) fn read(&self) -> Vec<(usize, Field)> {
        let mut read: Vec<(usize, Field)> =
            self.by_field.iter().flat_map(|(field, columns)| columns.iter().map(|c| (*c, *field))).collect();
        read.sort_unstable();
        read
    }
}

/// A column with the programme's own city: where two columns look like the place, the one that names the partner is meant, if the other
/// holds the same city on every line, or the host. `host` are the names of the host, folded.
fn own_city(table: &Table, content: ImportContent, mapping: &Mapping, host: &[String]) -> Option<usize> {
    let is_place = |column: &&Column| {
        recognise(content, &column.title) == Some(Field::Place)
            && !mapping.columns.keys().any(|title| same_title(&column.title, title))
    };
    let places: Vec<&Column> = table.columns.iter().filter(is_place).collect();
    let [one, other] = places.as_slice() else { return None };
    let is_own = |column: &Column| {
        let mut cells =
            table.rows.iter().map(|row| fold(row.cell(column.index))).filter(|cell| !cell.is_empty());
        let Some(first) = cells.next() else { return false };
        (host.contains(&first) || table.rows.len() > 1) && cells.all(|cell| cell == first)
    };
    let partner = |column: &Column| names_the_partner(&column.title);
    match (is_own(one), is_own(other)) {
        (true, false) => Some(one.index),
        (false, true) => Some(other.index),
        // Of one line nothing is told but by the title.
        (true, true) if partner(one) != partner(other) => {
            Some(if partner(one) { other.index } else { one.index })
        }
        _ => None,
    }
}

fn same_title(column: &str, mapped: &str) -> bool {
    column == mapped.trim() || (!fold(mapped).is_empty() && fold(column) == fold(mapped))
}

fn values(mapping: &Mapping) -> Result<BTreeMap<Field, BTreeMap<String, String>>, UnusableColumns> {
    mapping
        .values
        .iter()
        .map(|(name, table)| {
            let field =
                Field::named(name).ok_or_else(|| UnusableColumns::NoSuchField { name: name.clone() })?;
            Ok((field, table.iter().map(|(written, meant)| (fold(written), meant.clone())).collect()))
        })
        .collect()
}

fn needed(content: ImportContent) -> &'static [Field] {
    match content {
        ImportContent::Engagements => &[Field::Place, Field::Title],
        // The names of people stand in one column or in two.
        ImportContent::Persons => &[],
        ImportContent::Partnerships | ImportContent::Coverage | _ => &[Field::Place],
    }
}
