//! For which days the log of a partnership is believed complete, so that silence and a gap of the record can be told apart.
//!
//! An import or a person states coverage ("the programme's History of Exchange is complete from 1982 to 1995"). Inside
//! it, nothing logged means nothing happened; outside it, nothing logged means nothing is known. Statements may overlap
//! and touch; what counts is the unbroken stretch around a day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::value::{Name, Period, Source};

/// A statement that the log of a partnership is believed complete for a period.
///
/// A bound given as a year or a month covers the whole of it: "1982 to 1995" runs from 1 January 1982 to 31 December
/// 1995. A missing start means from the beginning of the partnership, a missing end means until further notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordCoverage {
    /// The days for which nothing is missing.
    pub period: Period,
    /// Where this belief comes from: a file, a page, an office's word.
    pub source: Source,
    /// Who stated it, if a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_by: Option<Name>,
    /// The record of whoever stated it, if the programme keeps one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_by_person: Option<PersonId>,
}

/// All statements of coverage of a partnership. Empty means that nobody has said for which period the log is complete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Record(Vec<RecordCoverage>);

/// Where an unbroken stretch of the record starts. `Beginning` sorts before every day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "a stretch starts on a day or at the beginning")]
pub enum StretchStart {
    /// From the beginning of the partnership: nothing before is missing.
    Beginning,
    /// From this day on, itself included.
    Day(NaiveDate),
}

/// Where an unbroken stretch of the record ends. `OpenEnd` sorts after every day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "a stretch ends on a day or not at all")]
pub enum StretchEnd {
    /// Up to this day, itself included.
    Day(NaiveDate),
    /// It goes on until somebody says otherwise.
    OpenEnd,
}

/// A longest run of days without a gap in the record; both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins: on a day, or before all that is known.
    pub from: StretchStart,
    /// Where it ends: on a day, or not yet.
    pub to: StretchEnd,
}

/// A run of days about which the record says nothing; both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RecordGap {
    /// The first day not covered.
    pub from: NaiveDate,
    /// The last day not covered.
    pub to: NaiveDate,
}

impl Stretch {
    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= StretchStart::Day(day) && StretchEnd::Day(day) <= self.to
    }
}

impl RecordCoverage {
    /// A statement of which no more is known than where it comes from.
    #[must_use]
    pub const fn new(period: Period, source: Source) -> Self {
        Self { period, source, stated_by: None, stated_by_person: None }
    }

    /// The days it covers, with a year or month as bound counted whole.
    #[must_use]
    pub fn stretch(&self) -> Stretch {
        Stretch {
            from: self
                .period
                .from()
                .map_or(StretchStart::Beginning, |date| StretchStart::Day(date.earliest())),
            to: self.period.to().map_or(StretchEnd::OpenEnd, |date| StretchEnd::Day(date.latest())),
        }
    }
}

impl Record {
    /// The record as stated by these statements, in the order they were made.
    #[must_use]
    pub fn new(statements: Vec<RecordCoverage>) -> Self {
        Self(statements)
    }

    /// The statements, in the order they were made.
    #[must_use]
    pub fn statements(&self) -> &[RecordCoverage] {
        &self.0
    }

    /// Whether nobody has stated any coverage.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The record with one more statement.
    #[must_use]
    pub fn with(mut self, statement: RecordCoverage) -> Self {
        self.0.push(statement);
        self
    }

    /// The longest unbroken stretches, in time order, with at least one uncovered day between any two.
    ///
    /// Stretches that overlap or follow each other without a day between them are one.
    #[must_use]
    pub fn stretches(&self) -> Vec<Stretch> {
        let mut parts: Vec<Stretch> = self.0.iter().map(RecordCoverage::stretch).collect();
        parts.sort_by_key(|part| (part.from, part.to));
        let mut joined: Vec<Stretch> = Vec::with_capacity(parts.len());
        for part in parts {
            match joined.last_mut() {
                Some(last) if touches(last.to, part.from) => last.to = last.to.max(part.to),
                Some(_) | None => joined.push(part),
            }
        }
        joined
    }

    /// The unbroken stretch around a day, or `None` if the record does not cover that day.
    #[must_use]
    pub fn stretch_at(&self, day: NaiveDate) -> Option<Stretch> {
        self.stretches().into_iter().find(|stretch| stretch.contains(day))
    }

    /// Since when the record has been complete without a break up to and including `day`; `None` if it does not cover
    /// `day` itself.
    #[must_use]
    pub fn unbroken_since(&self, day: NaiveDate) -> Option<StretchStart> {
        self.stretch_at(day).map(|stretch| stretch.from)
    }

    /// Whether the record covers the day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.stretch_at(day).is_some()
    }

    /// The gaps of the record among the days `from ..= to`, in time order; none if `to` is before `from`.
    #[must_use]
    pub fn gaps_between(&self, from: NaiveDate, to: NaiveDate) -> Vec<RecordGap> {
        let mut gaps = Vec::new();
        let mut next = Some(from);
        for stretch in self.stretches() {
            let Some(start) = next.filter(|start| *start <= to) else { return gaps };
            if let StretchStart::Day(first) = stretch.from
                && start < first
                && let Some(before) = first.pred_opt()
            {
                gaps.push(RecordGap { from: start, to: before.min(to) });
            }
            next = match stretch.to {
                StretchEnd::OpenEnd => None,
                StretchEnd::Day(last) => last.succ_opt().map(|after| after.max(start)),
            };
        }
        if let Some(start) = next.filter(|start| *start <= to) {
            gaps.push(RecordGap { from: start, to });
        }
        gaps
    }
}

/// Whether a stretch that starts at `next` continues one that ends at `end`, without an uncovered day between.
fn touches(end: StretchEnd, next: StretchStart) -> bool {
    match (end, next) {
        (StretchEnd::OpenEnd, _) | (_, StretchStart::Beginning) => true,
        (StretchEnd::Day(last), StretchStart::Day(first)) => {
            last.succ_opt().is_none_or(|after| first <= after)
        }
    }
}
