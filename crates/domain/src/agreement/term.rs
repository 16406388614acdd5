//! How long an agreement lasts, how it can be ended, and which version says so.

use std::fmt;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::id::PlaceId;
use crate::named_enum;
use crate::value::{FreeText, InvalidValue, Name, PartialDate, Source};

/// How long an agreement lasts. A blank end is open-ended (R11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "term", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Term {
    /// Until one or both say otherwise.
    #[default]
    OpenEnded,
    /// Up to a day; on the day after, it has expired.
    Fixed {
        /// The last day on which it holds.
        ends_on: PartialDate,
    },
}

named_enum! {
    /// A [`Term`] without its day.
    #[non_exhaustive]
    pub enum TermKind ("a term") of Term { OpenEnded = "open_ended", Fixed = "fixed" }
}

/// The time between giving notice and the end, in months. Source: R12; in Erasmus agreements one academic year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct NoticePeriod(u32);

/// The terms that a version states. What an amendment does not state stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// How long it lasts; `None` if this version does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// The notice period; `None` if this version does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticePeriod>,
    /// The day from which this version is in force, if it names one; else it is the last signature's (R8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<PartialDate>,
}

/// A term together with the version that states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// The term or period that holds.
    pub value: T,
    /// The number of the version that states it; `None` if none does and it is the rule.
    pub by_version: Option<u32>,
}

/// The terms that hold after all amendments, each with the version it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrentTerms {
    /// How long it lasts.
    pub term: Stated<Term>,
    /// The notice period, if there is one.
    pub notice: Option<Stated<NoticePeriod>>,
    /// Versions that may or may not be in force already, as their date is only partly known; they are not regarded.
    pub undecided: Vec<u32>,
}

/// That one side, or all together, end the agreement (R12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Who ends it: one side alone, or several.
    pub by: Vec<PlaceId>,
    /// When notice was given.
    pub on: PartialDate,
    /// Whose decision it was: a council's, annulling its ratification.
    pub authority: Name,
    /// Why notice was given, if that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<FreeText>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// The last day on which an agreement is in force: an interval, as its date may be only partly known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AgreementEnd {
    /// The first day that it can be.
    pub earliest: NaiveDate,
    /// The last day that it can be.
    pub latest: NaiveDate,
    /// Whether its term runs out, or somebody ended it.
    pub because: EndCause,
}

/// The day, or the days that it can be, and why: `2026-12-31: term runs out`.
impl fmt::Display for AgreementEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let because = self.because.as_str().replace('_', " ");
        if self.earliest == self.latest {
            write!(f, "{}: {because}", self.latest)
        } else {
            write!(f, "between {} and {}: {because}", self.earliest, self.latest)
        }
    }
}

named_enum! {
    /// Why an agreement ends. An expired agreement was not terminated (R11).
    #[non_exhaustive]
    pub enum EndCause ("a cause of the end") {
        /// Its fixed term runs out.
        TermRunsOut = "term_runs_out",
        /// One side, or some, gave notice.
        NoticeGiven = "notice_given",
        /// All sides ended it together.
        MutualConsent = "mutual_consent",
    }
}

impl NoticePeriod {
    /// The longest notice period: 100 years.
    pub const MOST_MONTHS: u32 = 1200;

    /// A notice period of that many months.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] unless 1 ≤ `months` ≤ [`Self::MOST_MONTHS`].
    pub fn from_months(months: u32) -> Result<Self, InvalidValue> {
        if (1..=Self::MOST_MONTHS).contains(&months) {
            Ok(Self(months))
        } else {
            Err(InvalidValue::out_of_range(
                &format_args!("a notice period of {months} months"),
                "1 to 1200 months",
            ))
        }
    }

    /// Its length in months.
    #[must_use]
    pub fn months(self) -> u32 {
        self.0
    }

    /// The same day of the month that many months later, or the month's last day if it is shorter.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        day.checked_add_months(Months::new(self.0)).unwrap_or(NaiveDate::MAX)
    }
}

impl TryFrom<u32> for NoticePeriod {
    type Error = InvalidValue;

    fn try_from(months: u32) -> Result<Self, Self::Error> {
        Self::from_months(months)
    }
}

impl From<NoticePeriod> for u32 {
    fn from(period: NoticePeriod) -> Self {
        period.0
    }
}

impl Terms {
    /// Terms that state how long it lasts, and nothing else.
    #[must_use]
    pub fn lasting(term: Term) -> Self {
        Self { term: Some(term), notice: None, in_force_from: None }
    }

    /// The terms with a notice period.
    #[must_use]
    pub fn with_notice(mut self, notice: NoticePeriod) -> Self {
        self.notice = Some(notice);
        self
    }
}

impl CurrentTerms {
    /// What holds if no version states anything: open-ended (R11), without a notice period.
    pub(super) fn unstated() -> Self {
        Self {
            term: Stated { value: Term::OpenEnded, by_version: None },
            notice: None,
            undecided: Vec::new(),
        }
    }

    /// The terms after a version that states these.
    pub(super) fn amended(mut self, by_version: u32, terms: &Terms) -> Self {
        let by_version = Some(by_version);
        if let Some(value) = terms.term {
            self.term = Stated { value, by_version };
        }
        if let Some(value) = terms.notice {
            self.notice = Some(Stated { value, by_version });
        }
        self
    }

    /// When an agreement with these terms ends: by its term or by the notice, whichever comes first.
    pub(super) fn end(&self, notice: Option<&Notice>, parties: usize) -> Option<AgreementEnd> {
        let by_term = match self.term.value {
            Term::OpenEnded => None,
            Term::Fixed { ends_on } => Some(AgreementEnd {
                earliest: ends_on.earliest(),
                latest: ends_on.latest(),
                because: EndCause::TermRunsOut,
            }),
        };
        let by_notice = notice.map(|notice| {
            let (earliest, latest) = (notice.on.earliest(), notice.on.latest());
            if notice.by.len() == parties {
                return AgreementEnd { earliest, latest, because: EndCause::MutualConsent };
            }
            let after = |day| self.notice.map_or(day, |period| period.value.after(day));
            AgreementEnd { earliest: after(earliest), latest: after(latest), because: EndCause::NoticeGiven }
        });
        [by_notice, by_term].into_iter().flatten().min_by_key(|end| (end.latest, end.earliest))
    }
}
