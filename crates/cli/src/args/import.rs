//! Reading in files, and what becomes of them.

use std::str::FromStr;

use clap::{Args, Subcommand, ValueEnum};
use sister_cities_client::api::RecordedQuery;
use sister_cities_client::api::domain::id::ImportId;
use sister_cities_client::api::domain::value::PartialDate;
use sister_cities_client::api::import::ListImportsQuery;

use super::{FilePath, QueryArgs, parameter};

#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    #[command(flatten)]
    File(FileCommand),
    /// Pairs of twin towns from all over the world, outside any programme: resolved and counted, nothing stored
    Bulk {
        /// The file: columns city1, country1, city2, country2
        file: FilePath,
        /// Write what came of each row to this file, one JSON object a line
        #[arg(long, value_name = "FILE")]
        rows: Option<FilePath>,
    },
}

/// A file of one programme.
#[derive(Debug, Subcommand)]
pub(crate) enum FileCommand {
    /// A list of partnerships: one city a line
    Partnerships(FileImport),
    /// A log of engagements: one exchange a line
    Engagements(FileImport),
    /// For which time the log of each bond is believed complete: one city a line
    Coverage(FileImport),
    /// An address book: one person a line, or vCards
    Persons(FileImport),
}

#[derive(Args, Debug)]
pub(crate) struct FileImport {
    /// The file: CSV, TSV or XLSX; of people also vCard
    pub(crate) file: FilePath,
    /// Read a column as a field, where its heading is not recognised; give it several times
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    pub(crate) map: Vec<MapColumn>,
    /// Read a wording of the file as a kind of partnership; give it several times
    #[arg(long = "kind", value_name = "LABEL=KIND")]
    pub(crate) kinds: Vec<KindLabel>,
    #[command(flatten)]
    pub(crate) then: Then,
    #[command(flatten)]
    pub(crate) coverage: CoverageArgs,
}

/// What is to happen after the file is read.
#[derive(Args, Debug, Default)]
pub(crate) struct Then {
    /// Say what would be done for each line, and write nothing (as without --apply)
    #[arg(long, conflicts_with = "apply")]
    pub(crate) dry_run: bool,
    /// Do it, all or nothing
    #[arg(long)]
    pub(crate) apply: bool,
    /// What to do with lines that need a person and have no --choose
    #[arg(long, value_enum, default_value_t = Undecided::Refuse)]
    pub(crate) undecided: Undecided,
    /// Decide a line that needs a person, by one of its proposals: 12=geonames:2553604; give it several times
    #[arg(long = "choose", value_name = "LINE=PROPOSAL")]
    pub(crate) choices: Vec<Choice>,
}

/// For which time the file is believed to be a complete log.
#[derive(Args, Debug, Default)]
pub(crate) struct CoverageArgs {
    /// The log is believed complete from here on: 1985, 1985-04 or 1985-04-12
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) complete_from: Option<PartialDate>,
    /// The log is believed complete up to here
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) complete_to: Option<PartialDate>,
}

/// What becomes of a line that needs a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Undecided {
    /// Apply nothing
    #[default]
    Refuse,
    /// Keep the place by its name, unresolved
    KeepByName,
    /// Leave the line out
    Skip,
}

/// `column=field`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MapColumn {
    pub(crate) column: String,
    pub(crate) field: String,
}

impl FromStr for MapColumn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (column, field) = pair(text, "COLUMN=FIELD, such as Stadt=city")?;
        Ok(Self { column, field })
    }
}

/// `label=kind`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KindLabel {
    pub(crate) label: String,
    pub(crate) kind: String,
}

impl FromStr for KindLabel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (label, kind) = pair(text, "LABEL=KIND, such as Partnerstadt=sister-city")?;
        Ok(Self { label, kind })
    }
}

/// `line=proposal`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) line: u32,
    /// The key of the proposal, such as `geonames:2553604` or `sister-city`.
    pub(crate) key: String,
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const EXPECTED: &str = "LINE=PROPOSAL, such as 12=geonames:2553604";
        let (line, key) = pair(text, EXPECTED)?;
        match line.parse() {
            Ok(line) if line > 0 => Ok(Self { line, key }),
            Ok(_) | Err(_) => Err(format!("expected {EXPECTED}")),
        }
    }
}

fn pair(text: &str, expected: &str) -> Result<(String, String), String> {
    match text.split_once('=').map(|(a, b)| (a.trim(), b.trim())) {
        Some((a, b)) if !a.is_empty() && !b.is_empty() => Ok((a.to_owned(), b.to_owned())),
        Some(_) | None => Err(format!("expected {expected}")),
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum ImportsCommand {
    /// List the imports
    List(QueryArgs<ListImportsQuery>),
    /// What an import came to
    Show {
        /// Its id, imp_…
        #[arg(value_parser = parameter::<ImportId>)]
        id: ImportId,
        #[command(flatten)]
        times: QueryArgs<RecordedQuery>,
    },
    /// Each line of an import: what is or was to be done, and why
    Lines {
        /// Its id, imp_…
        #[arg(value_parser = parameter::<ImportId>)]
        id: ImportId,
        /// Only lines that need a person
        #[arg(long)]
        open: bool,
    },
    /// How the file was read: its columns, and every line that is no row
    Report {
        /// Its id, imp_…
        #[arg(value_parser = parameter::<ImportId>)]
        id: ImportId,
    },
    /// Do what an import proposes, all or nothing
    Apply {
        /// Its id, imp_…
        #[arg(value_parser = parameter::<ImportId>)]
        id: ImportId,
        #[command(flatten)]
        then: Then,
    },
    /// Take an import back; what a person has touched since is kept and listed
    Undo {
        /// Its id, imp_…
        #[arg(value_parser = parameter::<ImportId>)]
        id: ImportId,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_names_a_line_and_a_proposal() {
        let key = "geonames:2553604".to_owned();
        assert_eq!("12=geonames:2553604".parse(), Ok(Choice { line: 12, key }));
        for bad in ["12", "0=geonames:1", "x=geonames:1", "12="] {
            assert!(bad.parse::<Choice>().is_err_and(|e| e.contains("12=geonames:2553604")), "{bad}");
        }
    }
}
