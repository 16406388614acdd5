//! One line on its way through the plan: its cells, the answers to its questions, and what was found about it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sister_cities_domain::import_run::{Answer, Choice, DayOrder, ImportContent, Mapping};
use sister_cities_domain::value::{InvalidValue, PartialDate, Period, Source};

use super::columns::Columns;
use super::dates::{self, About, Reading};
use super::fields::Field;
use super::place_words::PlaceWords;
use super::report::{Findings, Proposal, Question};
use crate::tabular::{Row, Table};

/// What holds for all lines of a file.
pub(super) struct ImportContext<'a> {
    pub(super) content: ImportContent,
    pub(super) columns: Columns,
    pub(super) today: NaiveDate,
    /// Where the facts are from, for lines that do not say.
    pub(super) source: Source,
    /// For which period the log of every bond in the file is complete.
    pub(super) complete_for: Option<Period>,
    answers: BTreeMap<(u32, &'a str), &'a Choice>,
    orders: BTreeMap<Field, DayOrder>,
}

const DATE_FIELDS: [Field; 7] =
    [Field::Signed, Field::SignedOn, Field::StatusSince, Field::Date, Field::EndDate, Field::From, Field::To];

impl<'a> ImportContext<'a> {
    pub(super) fn new(
        content: ImportContent,
        columns: Columns,
        today: NaiveDate,
        source: Source,
        mapping: &Mapping,
        answers: &'a [Answer],
        table: &Table,
    ) -> Self {
        let mut orders = BTreeMap::new();
        for field in DATE_FIELDS {
            let shown = || {
                let cells: Vec<String> = table.rows.iter().map(|row| columns.cell(row, field)).collect();
                dates::order_shown(cells.iter().map(String::as_str))
            };
            if columns.column(field).is_some()
                && let Some(order) = mapping.day_order.or_else(shown)
            {
                orders.insert(field, order);
            }
        }
        let answers =
            answers.iter().map(|answer| ((answer.line, answer.about.as_str()), &answer.choice)).collect();
        Self { content, columns, today, source, complete_for: mapping.complete_for, answers, orders }
    }

    /// Whether a person left the whole line out.
    pub(super) fn skips(&self, line: u32) -> bool {
        self.answers
            .range((line, "")..)
            .take_while(|((at, _), _)| *at == line)
            .any(|(_, choice)| **choice == Choice::Skip)
    }
}

/// What a cell with a date came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DateCell {
    Blank,
    Date(PartialDate),
    Span(PartialDate, PartialDate),
    /// Asked about or wrong; the findings say so.
    Open,
}

/// One line.
pub(super) struct Line<'a> {
    pub(super) number: u32,
    pub(super) context: &'a ImportContext<'a>,
    pub(super) findings: Findings,
    row: &'a Row,
}

impl<'a> Line<'a> {
    pub(super) fn new(row: &'a Row, context: &'a ImportContext<'a>) -> Self {
        Self { number: row.line, context, findings: Findings::default(), row }
    }

    pub(super) fn cell(&self, field: Field) -> String {
        self.context.columns.cell(self.row, field)
    }

    pub(super) fn answer(&self, field: Field) -> Option<&'a Choice> {
        self.context.answers.get(&(self.number, field.as_str())).copied()
    }

    /// The key a person took for a field.
    pub(super) fn taken(&self, field: Field) -> Option<&'a str> {
        match self.answer(field) {
            Some(Choice::Take(key)) => Some(key),
            Some(_) | None => None,
        }
    }

    pub(super) fn problem(
        &mut self,
        field: Field,
        detail: impl std::fmt::Display,
        expected: impl std::fmt::Display,
    ) {
        self.findings.problem(self.number, field, detail, expected);
    }

    pub(super) fn ask(&mut self, field: Field, asks: impl Into<String>, proposals: Vec<Proposal>) {
        self.findings.questions.push(Question {
            about: field.as_str().to_owned(),
            asks: asks.into(),
            proposals,
        });
    }

    /// A cell as a checked value; none if it is blank or wrong.
    pub(super) fn value<T>(
        &mut self,
        field: Field,
        make: impl Fn(&str) -> Result<T, InvalidValue>,
    ) -> Option<T> {
        let text = self.cell(field);
        if text.is_empty() {
            return None;
        }
        match make(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(field, &error, error.expected());
                None
            }
        }
    }

    /// Where the line's facts are from.
    pub(super) fn source(&mut self) -> Source {
        self.value(Field::Sources, Source::new).unwrap_or_else(|| self.context.source.clone())
    }

    pub(super) fn date(&mut self, field: Field) -> DateCell {
        let text = self.cell(field);
        match self.answer(field) {
            Some(Choice::LeaveBlank) => return DateCell::Blank,
            Some(Choice::Take(key)) => {
                if let Ok(date) = key.parse() {
                    return DateCell::Date(date);
                }
                let detail = format!("the answer takes {key:?}, which is no date");
                self.problem(field, detail, "1991, 1991-08 or 1991-08-20");
                return DateCell::Open;
            }
            Some(_) | None => {}
        }
        match dates::read(&text, self.context.orders.get(&field).copied()) {
            Reading::Blank => DateCell::Blank,
            Reading::Date { date, about } => {
                if about == About::Roughly {
                    self.findings.keep(format!("{field}: written {text:?}, taken as {}", date.in_words()));
                }
                DateCell::Date(date)
            }
            Reading::Span { from, to } => DateCell::Span(from, to),
            Reading::Doubtful(dates) => {
                self.ask_date(field, format!("what date does {text:?} mean?"), &dates);
                DateCell::Open
            }
            Reading::Unreadable => {
                self.problem(field, format_args!("{text:?} is no date"), dates::EXPECTED);
                DateCell::Open
            }
        }
    }

    /// A date where a span makes no sense.
    pub(super) fn single_date(&mut self, field: Field) -> DateCell {
        match self.date(field) {
            DateCell::Span(from, to) => {
                let text = self.cell(field);
                self.ask_date(field, format!("{text:?} is a span of time; which date counts?"), &[from, to]);
                DateCell::Open
            }
            other @ (DateCell::Blank | DateCell::Date(_) | DateCell::Open) => other,
        }
    }

    pub(super) fn ask_date(&mut self, field: Field, asks: impl Into<String>, dates: &[PartialDate]) {
        let proposals = dates
            .iter()
            .map(|date| Proposal { key: date.to_string(), text: date.in_words(), reasons: Vec::new() })
            .collect();
        self.ask(field, asks, proposals);
    }

    /// The words about the place.
    pub(super) fn place_words(&self) -> PlaceWords {
        PlaceWords {
            place: self.cell(Field::Place),
            country: self.cell(Field::Country),
            country_code: self.cell(Field::CountryCode),
            geonames: self.cell(Field::GeonamesId),
        }
    }

    /// The place as written, for reports.
    pub(super) fn place_as_written(&self) -> String {
        let words = self.place_words();
        let country = if words.country.is_empty() { words.country_code } else { words.country };
        match (words.place.is_empty(), country.is_empty()) {
            (false, false) => format!("{}, {country}", words.place),
            (false, true) => words.place,
            (true, _) => "(no place)".to_owned(),
        }
    }
}
