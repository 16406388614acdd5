//! Reading in files, and what becomes of them.

use std::str::FromStr;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use sister_cities_client::api::RecordedQuery;
use sister_cities_client::api::domain::engagement::Focus;
use sister_cities_client::api::domain::id::ImportId;
use sister_cities_client::api::domain::value::PartialDate;
use sister_cities_client::api::import::ListImportsQuery;
use sister_cities_server::outbound::IpNet;

use super::{FilePath, QueryArgs, parameter};

#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    #[command(flatten)]
    File(Box<FileCommand>),
    /// Pairs of twin towns from all over the world, outside any programme: resolved and counted, nothing stored
    Bulk {
        /// The file: columns city1, country1, city2, country2
        file: FilePath,
        /// Read a column of the file as one of the four: origincityLabel=city1; give it several times
        #[arg(long = "map", value_name = "COLUMN=FIELD")]
        map: Vec<MapColumn>,
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
    /// Read a column, by its heading or letter, as a field, or as ignore: C=signed; give it several times
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    pub(crate) map: Vec<MapColumn>,
    /// Read a wording of the file as a kind of partnership; give it several times
    #[arg(long = "kind", value_name = "LABEL=KIND")]
    pub(crate) kinds: Vec<KindLabel>,
    /// What a field is where the file has no column for it or leaves it blank: kind=sister-city; give it several times
    #[arg(long = "default", value_name = "FIELD=VALUE")]
    pub(crate) defaults: Vec<FieldValue>,
    /// Read a wording of a field as another: country:Angleterre=England; give it several times
    #[arg(long = "value", value_name = "FIELD:WRITTEN=MEANT")]
    pub(crate) values: Vec<WordingValue>,
    /// How 03/04/2005 is written in the file
    #[arg(long, value_enum)]
    pub(crate) day_order: Option<DayOrderArg>,
    /// The sheet of a workbook, if not the first with a table
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    /// The encoding of a text file, such as windows-1250, if its names do not tell
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    #[command(flatten)]
    pub(crate) then: Then,
    #[command(flatten)]
    pub(crate) coverage: CoverageArgs,
}

/// How a day is written in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DayOrderArg {
    /// 03/04/2005 is 3 April
    DayFirst,
    /// 03/04/2005 is 4 March
    MonthFirst,
}

#[derive(Args, Debug)]
pub(crate) struct CalendarImport {
    /// The calendar: a file of iCalendar, or the address of one (https:// or webcal://)
    #[arg(value_name = "FILE|URL")]
    pub(crate) calendar: String,
    /// Of which partnership its events are engagements: its id, or the name of the partner city
    #[arg(long)]
    pub(crate) partnership: String,
    /// What all of it was about, such as culture; by the categories of its events if not given
    #[arg(long, value_parser = parameter::<Focus>)]
    pub(crate) focus: Option<Focus>,
    /// From which day on its events are taken
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<NaiveDate>,
    /// Also fetch from addresses of this network, which is not on the public internet, and by http: 10.1.2.3/32
    #[arg(long, value_name = "NETWORK")]
    pub(crate) network: Vec<IpNet>,
    #[command(flatten)]
    pub(crate) then: Then,
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
    /// What to do with lines that are wrong in themselves and have no --choose
    #[arg(long, value_enum, default_value_t = Wrong::Refuse)]
    pub(crate) wrong: Wrong,
    /// Decide lines: 12=geonames:2553604, 3,7=sister-city, 9:signed=1973-05-06, 5=skip, 6=later, 8=keep-by-name; give it several times
    #[arg(long = "choose", value_name = "LINES[:FIELD]=ANSWER")]
    pub(crate) choices: Vec<Choice>,
    /// Take the answers of a file that --questions wrote and a person filled in
    #[arg(long, value_name = "FILE")]
    pub(crate) answers: Option<FilePath>,
    /// Write the questions to this file, one a line, with a column for the answers
    #[arg(long, value_name = "FILE")]
    pub(crate) questions: Option<FilePath>,
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
    /// Leave the line for later; it is listed until it is dealt with
    Later,
}

/// What becomes of a line that is wrong in itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Wrong {
    /// Apply nothing
    #[default]
    Refuse,
    /// Leave the line out
    Skip,
    /// Leave the line for later; it is listed until it is dealt with
    Later,
}

/// `field=value`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldValue {
    pub(crate) field: String,
    pub(crate) value: String,
}

impl FromStr for FieldValue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (field, value) = pair(text, "FIELD=VALUE, such as kind=sister-city")?;
        Ok(Self { field, value })
    }
}

/// `field:written=meant`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordingValue {
    pub(crate) field: String,
    pub(crate) written: String,
    pub(crate) meant: String,
}

impl FromStr for WordingValue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const EXPECTED: &str = "FIELD:WRITTEN=MEANT, such as country:Angleterre=England";
        let (from, meant) = pair(text, EXPECTED)?;
        match from.split_once(':') {
            Some((field, written)) if !field.is_empty() && !written.is_empty() => {
                Ok(Self { field: field.to_owned(), written: written.to_owned(), meant })
            }
            Some(_) | None => Err(format!("expected {EXPECTED}")),
        }
    }
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

/// `lines:field=answer`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) lines: Vec<u32>,
    /// The field that is answered; told by the questions of the line if it is not given.
    pub(crate) field: Option<String>,
    /// The key of a proposal, such as `geonames:2553604` or `sister-city`, what is right, or a word such as `skip`.
    pub(crate) answer: String,
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const EXPECTED: &str = "LINE=ANSWER, such as 12=geonames:2553604 or 9:signed=1973";
        let (left, answer) = pair(text, EXPECTED)?;
        let (lines, field) = match left.split_once(':') {
            Some((lines, field)) => (lines.to_owned(), Some(field.trim().to_owned())),
            None => (left, None),
        };
        let lines: Option<Vec<u32>> =
            lines.split(',').map(|line| line.trim().parse().ok().filter(|line| *line > 0)).collect();
        match lines {
            Some(lines) => Ok(Self { lines, field, answer }),
            None => Err(format!("expected {EXPECTED}")),
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
    /// What a person must say, each question once for all lines that share it
    Questions {
        /// Its id, imp_…
        #[arg(value_parser = parameter::<ImportId>)]
        id: ImportId,
    },
    /// The lines that were left for later, of all imports, until they are dealt with
    Left,
    /// How the file was read: its columns, and every line that is no row
    Report {
        /// Its id, imp_…
        #[arg(value_parser = parameter::<ImportId>)]
        id: ImportId,
    },
    /// Take an import out, with its file and what was said of its lines; what it brought in stays
    Delete {
        /// Its id, imp_…
        #[arg(value_parser = parameter::<ImportId>)]
        id: ImportId,
    },
    /// How much the programme keeps of files, and how much it may
    Kept,
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
    fn a_choice_names_lines_and_an_answer() {
        let answer = "geonames:2553604".to_owned();
        assert_eq!("12=geonames:2553604".parse(), Ok(Choice { lines: vec![12], field: None, answer }));
        let signed =
            Choice { lines: vec![3, 9], field: Some("signed".to_owned()), answer: "1973".to_owned() };
        assert_eq!("3,9:signed=1973".parse(), Ok(signed));
        for bad in ["12", "0=geonames:1", "x=geonames:1", "12="] {
            assert!(bad.parse::<Choice>().is_err_and(|e| e.contains("12=geonames:2553604")), "{bad}");
        }
    }
}
