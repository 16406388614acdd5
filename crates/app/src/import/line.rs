//! One line on its way through the plan: its cells, the answers to its questions, and what was found about it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::import_run::{Choice, DayOrder, ImportContent};
use sister_cities_domain::value::{InvalidValue, PartialDate, Period, Source};
use sister_cities_gazetteer::Gazetteer;

use super::above::{Above, HEADING, number_before};
use super::cells::columns::Columns;
use super::cells::dates::{self, Exactness, Reading};
use super::cells::fields::Field;
use super::cells::money::{self, DecimalSign};
use super::places::marks::clean;
use super::places::words::PlaceWords;
use super::plan::Request;
use super::report::{Findings, Outcome, Proposal, Question};
use crate::tabular::{Row, Table};

/// What holds for all lines of a file.
pub(crate) struct ImportContext<'a> {
    pub(crate) content: ImportContent,
    pub(crate) columns: Columns,
    pub(crate) today: NaiveDate,
    /// Where the facts are from, for lines that do not say.
    pub(crate) source: Source,
    /// For which period the log of every bond in the file is complete.
    pub(crate) complete_for: Option<Period>,
    /// The decimal sign that the column of costs shows.
    pub(crate) decimal_sign: Option<DecimalSign>,
    /// What the lines take from those above them.
    pub(crate) above: Above,
    /// How many rows the file has.
    pub(crate) lines: u32,
    answers: BTreeMap<(u32, &'a str), &'a Choice>,
    orders: BTreeMap<Field, DayOrder>,
}

const DATE_FIELDS: [Field; 7] =
    [Field::Signed, Field::SignedOn, Field::StatusSince, Field::Date, Field::EndDate, Field::From, Field::To];

impl<'a> ImportContext<'a> {
    pub(crate) fn new(
        request: &Request<'a>,
        columns: Columns,
        source: Source,
        table: &Table,
        gazetteer: &Gazetteer,
    ) -> Self {
        let &Request { content, mapping, answers, today, bytes: _, file_name: _ } = request;
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
        let costs: Vec<String> = table.rows.iter().map(|row| columns.cell(row, Field::Cost)).collect();
        let decimal_sign =
            money::sign_shown(costs.iter().map(String::as_str).filter(|cell| !cell.is_empty()));
        let answers: BTreeMap<(u32, &str), &Choice> =
            answers.iter().map(|answer| ((answer.line, answer.about.as_str()), &answer.choice)).collect();
        let said = Choice::Take(HEADING.to_owned());
        let is_heading =
            |line| answers.get(&(line, Field::Place.as_str())).is_some_and(|given| **given == said);
        let above = Above::of(content, &columns, table, gazetteer, is_heading);
        Self {
            content,
            columns,
            today,
            source,
            complete_for: mapping.complete_for,
            decimal_sign,
            above,
            lines: u32::try_from(table.rows.len()).unwrap_or(u32::MAX),
            answers,
            orders,
        }
    }

    /// Whether a person decided so about the whole line: left it out, or for later.
    pub(crate) fn decided(&self, line: u32, choice: &Choice) -> bool {
        let of_line = self.answers.range((line, "")..).take_while(|((at, _), _)| *at == line);
        of_line.into_iter().any(|(_, given)| *given == choice)
    }

    /// Whether a line holds a country and nothing else, and a person says that it is a heading.
    pub(crate) fn is_heading(&self, line: u32) -> bool {
        self.above.heading(line).is_some() && self.decided(line, &Choice::Take(HEADING.to_owned()))
    }

    /// The question about a line that holds a country and nothing else, until it is answered.
    pub(crate) fn asks_whether_heading(&self, line: u32) -> Option<Question> {
        let label = self.above.heading(line)?;
        if self.answers.contains_key(&(line, Field::Place.as_str())) {
            return None;
        }
        let proposal = Proposal {
            key: HEADING.to_owned(),
            text: format!("a heading: the lines below without a country lie in {label}"),
            reasons: Vec::new(),
        };
        let asks = format!("the line says {label:?} and nothing else; is it a heading, or a partner itself?");
        Some(Question { about: Field::Place.as_str().to_owned(), asks, proposals: vec![proposal] })
    }

    /// What a person says is right for a cell, instead of what it says.
    pub(crate) fn corrected(&self, line: u32, field: &str) -> Option<&'a str> {
        match self.answers.get(&(line, field)) {
            Some(Choice::Take(right)) => Some(right),
            Some(Choice::LeaveBlank) => Some(""),
            Some(_) | None => None,
        }
    }
}

/// What a cell with a date came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DateCell {
    Blank,
    Date(PartialDate),
    Span(PartialDate, PartialDate),
    /// Asked about or wrong; the findings say so.
    Open,
}

/// What a line came to, and the records it is about.
pub(crate) struct LineResult {
    pub(crate) outcome: Outcome,
    pub(crate) records: Vec<RecordRef>,
}

impl LineResult {
    /// Not a record yet: wrong, or open. Mistakes come first, as a question about a line that is wrong leads nowhere.
    pub(crate) fn not_yet(line: &Line<'_>) -> Self {
        let findings = &line.findings;
        let outcome = if findings.problems.is_empty() {
            Outcome::NeedsPerson { questions: findings.questions.clone() }
        } else {
            Outcome::Invalid { problems: findings.problems.clone() }
        };
        Self { outcome, records: Vec::new() }
    }
}

/// One line.
pub(crate) struct Line<'a> {
    pub(crate) number: u32,
    pub(crate) context: &'a ImportContext<'a>,
    pub(crate) findings: Findings,
    row: &'a Row,
}

impl<'a> Line<'a> {
    pub(crate) fn new(row: &'a Row, context: &'a ImportContext<'a>) -> Self {
        Self { number: row.line, context, findings: Findings::default(), row }
    }

    /// What the line says about a field, or what a person says is right there.
    pub(crate) fn cell(&self, field: Field) -> String {
        let corrected =
            self.context.corrected(self.number, field.as_str()).filter(|_| field.is_corrected_as_text());
        corrected.map_or_else(|| self.written(field), str::to_owned)
    }

    /// What the line says about a field, whatever was answered.
    pub(crate) fn written(&self, field: Field) -> String {
        self.context.columns.cell(self.row, field)
    }

    pub(crate) fn answer(&self, field: Field) -> Option<&'a Choice> {
        self.context.answers.get(&(self.number, field.as_str())).copied()
    }

    /// The key a person took for a field.
    pub(crate) fn taken(&self, field: Field) -> Option<&'a str> {
        match self.answer(field) {
            Some(Choice::Take(key)) => Some(key),
            Some(_) | None => None,
        }
    }

    pub(crate) fn problem(
        &mut self,
        field: Field,
        detail: impl std::fmt::Display,
        expected: impl std::fmt::Display,
    ) {
        self.findings.problem(self.number, field, detail, expected);
    }

    pub(crate) fn ask(&mut self, field: Field, asks: impl Into<String>, proposals: Vec<Proposal>) {
        self.findings.questions.push(Question {
            about: field.as_str().to_owned(),
            asks: asks.into(),
            proposals,
        });
    }

    /// A cell as a checked value; none if it is blank or wrong.
    pub(crate) fn value<T>(
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
    pub(crate) fn source(&mut self) -> Source {
        self.value(Field::Sources, Source::new).unwrap_or_else(|| self.context.source.clone())
    }

    pub(crate) fn date(&mut self, field: Field) -> DateCell {
        let text = self.written(field);
        match self.answer(field) {
            Some(Choice::LeaveBlank) => {
                if !text.is_empty() {
                    self.findings.keep(format!("{field}: the list says {text:?}"));
                }
                return DateCell::Blank;
            }
            Some(Choice::Take(key)) => {
                match dates::read(key, self.context.orders.get(&field).copied()) {
                    Reading::Date { date, .. } => return DateCell::Date(date),
                    // A person who says it is not in doubt, as of the first day of a spreadsheet.
                    Reading::Doubtful(dates) if dates.len() == 1 => return DateCell::Date(dates[0]),
                    Reading::Blank
                    | Reading::Span { .. }
                    | Reading::Doubtful(_)
                    | Reading::Vague
                    | Reading::Unreadable => {}
                }
                let detail = format!("the answer takes {key:?}, which is no date");
                self.problem(field, detail, "1991, 1991-08 or 1991-08-20");
                return DateCell::Open;
            }
            Some(_) | None => {}
        }
        match dates::read(&text, self.context.orders.get(&field).copied()) {
            Reading::Blank => DateCell::Blank,
            Reading::Date { date, exactness } => {
                if exactness != Exactness::Exact {
                    self.findings.keep(format!("{field}: written {text:?}, taken as {}", date.in_words()));
                }
                DateCell::Date(date)
            }
            Reading::Span { from, to } => DateCell::Span(from, to),
            Reading::Doubtful(dates) => {
                self.ask_date(field, format!("what date does {text:?} mean?"), &dates);
                DateCell::Open
            }
            Reading::Vague => {
                self.findings.keep(format!("{field}: written {text:?}, which is no date"));
                DateCell::Blank
            }
            Reading::Unreadable => {
                self.problem(field, format_args!("{text:?} is no date"), dates::EXPECTED);
                DateCell::Open
            }
        }
    }

    /// A date where a span makes no sense.
    pub(crate) fn single_date(&mut self, field: Field) -> DateCell {
        match self.date(field) {
            DateCell::Span(from, to) => {
                let text = self.written(field);
                self.ask_date(field, format!("{text:?} is a span of time; which date counts?"), &[from, to]);
                DateCell::Open
            }
            other @ (DateCell::Blank | DateCell::Date(_) | DateCell::Open) => other,
        }
    }

    pub(crate) fn ask_date(&mut self, field: Field, asks: impl Into<String>, dates: &[PartialDate]) {
        // What was signed does not lie ahead; a date that would be refused is not proposed.
        let may_come = !matches!(field, Field::Signed | Field::SignedOn);
        let proposals = dates
            .iter()
            .filter(|date| may_come || date.earliest() <= self.context.today)
            .map(|date| Proposal { key: date.to_string(), text: date.in_words(), reasons: Vec::new() })
            .collect();
        self.ask(field, asks, proposals);
    }

    /// The words about the place.
    pub(crate) fn place_words(&self) -> PlaceWords {
        let place = self.cell(Field::Place);
        let numbered = number_before(&place).filter(|_| self.context.above.is_numbered);
        let place = numbered.map(|(_, name)| name.to_owned()).unwrap_or(place);
        let country = self.cell(Field::Country);
        let above = self.context.above.country(self.number);
        let heading = above.filter(|above| above.is_heading && country.is_empty());
        PlaceWords {
            place,
            country: heading.map_or(country, |heading| heading.label.clone()),
            country_code: self.cell(Field::CountryCode),
            geonames: self.cell(Field::GeonamesId),
            country_above: above.map(|above| above.label.clone()).unwrap_or_default(),
            lines: self.context.lines,
        }
    }

    /// The place as written, for reports.
    pub(crate) fn place_as_written(&self) -> String {
        let words = self.place_words();
        let words = PlaceWords { place: clean(&words.place), ..words };
        let country = if words.country.is_empty() { words.country_code } else { words.country };
        match (words.place.is_empty(), country.is_empty()) {
            (false, false) => format!("{}, {country}", words.place),
            (false, true) => words.place,
            (true, _) => "(no place)".to_owned(),
        }
    }
}
