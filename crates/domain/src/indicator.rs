//! Indicators: what a programme wants to reach and how far it is, shaped as IATI 2.03 has them so that they export (R36).
//!
//! [IATI 2.03](https://iatistandard.org/en/iati-standard/203/activity-standard/iati-activities/iati-activity/result/): a result has
//! indicators, an indicator has a measure, a baseline with its year, and periods with a target and what was reached.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::event::{changed_fields, events};
use crate::id::{ActionPlanId, IndicatorId, PartnershipId, ProgrammeId};
use crate::named_enum;
use crate::value::{Decimal, FreeText, InvalidValue, Source, Title};

named_enum! {
    /// How an indicator is measured: IATI's code list `IndicatorMeasure`.
    #[expect(clippy::exhaustive_enums, reason = "IATI 2.03 has these five")]
    pub enum IndicatorMeasure ("a measure of an indicator") {
        /// A number of something.
        Unit = "unit",
        /// A share of a hundred.
        Percentage = "percentage",
        /// A category, given by a number.
        Nominal = "nominal",
        /// A rank, given by a number.
        Ordinal = "ordinal",
        /// Words alone: it has comments and no values.
        Qualitative = "qualitative",
    }
}

named_enum! {
    /// What sort of result an indicator measures: IATI's code list `ResultType`.
    #[expect(clippy::exhaustive_enums, reason = "IATI 2.03 has these four")]
    pub enum ResultType ("a type of result") {
        /// What was made or done: visits, texts, courses.
        Output = "output",
        /// What followed for those it was made for.
        Outcome = "outcome",
        /// What it changed at large.
        Impact = "impact",
        /// Another sort.
        Other = "other",
    }
}

impl IndicatorMeasure {
    /// Its code in IATI's list.
    #[must_use]
    pub const fn iati_code(self) -> &'static str {
        match self {
            Self::Unit => "1",
            Self::Percentage => "2",
            Self::Nominal => "3",
            Self::Ordinal => "4",
            Self::Qualitative => "5",
        }
    }
}

impl ResultType {
    /// Its code in IATI's list.
    #[must_use]
    pub const fn iati_code(self) -> &'static str {
        match self {
            Self::Output => "1",
            Self::Outcome => "2",
            Self::Impact => "3",
            Self::Other => "9",
        }
    }
}

/// Something that is measured over the years, of a partnership, of an action plan, or of the programme as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Indicator {
    /// The id under which it is kept.
    pub id: IndicatorId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// The partnership that it is of; none if it is of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partnership: Option<PartnershipId>,
    /// The action plan that it is of, if it is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<ActionPlanId>,
    /// The result that it measures, in a line; indicators of one result share it.
    pub result: Title,
    /// What sort of result that is.
    pub result_type: ResultType,
    /// What is measured, in a line.
    pub title: Title,
    /// How it is measured, and by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<FreeText>,
    /// How it is measured.
    pub measure: IndicatorMeasure,
    /// Which way is better.
    pub better: Better,
    /// What it was before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// What was aimed at and what was reached, period by period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<IndicatorPeriod>,
    /// Where the numbers are from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

named_enum! {
    /// Which way an indicator gets better: IATI's `ascending`.
    #[derive(Default)]
    #[expect(clippy::exhaustive_enums, reason = "it goes up or down")]
    pub enum Better ("a way to get better") {
        /// More is better.
        #[default]
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
    }
}

/// What an indicator was before anything was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The year it was measured for.
    pub year: u32,
    /// What was measured.
    #[serde(flatten)]
    pub measured: Measured,
}

/// What was aimed at and what was reached in some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorPeriod {
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// What is aimed at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Measured>,
    /// What was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<Measured>,
}

/// A number, words, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The number; none if the measure is qualitative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// What is to be said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<FreeText>,
}

/// A part of an indicator that is not right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {value}")]
#[non_exhaustive]
pub struct IndicatorFault {
    /// Where, as a JSON pointer: `/periods/1/end`.
    pub pointer: String,
    /// What is wrong, and what would be right.
    pub value: InvalidValue,
}

events! {
    /// A change of an indicator. The names are stable: subscribers match on them.
    pub enum IndicatorEvent {
        /// It was entered.
        Recorded = "indicator.recorded" {
            /// What is measured, in a line, when that happened.
            title: Title,
            /// How it is measured.
            measure: IndicatorMeasure,
        },
        /// Facts about it were changed: a further period, what was reached.
        Changed = "indicator.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
    }
}

impl Indicator {
    /// Checks what the fields cannot say alone: that a qualitative measure has words and every other one numbers, that each period ends
    /// after it begins and stands once, and that the year of the baseline is one.
    ///
    /// # Errors
    ///
    /// The first [`IndicatorFault`].
    pub fn check(&self) -> Result<(), IndicatorFault> {
        let fault = |pointer: String, value| Err(IndicatorFault { pointer, value });
        if let Some(Baseline { year, measured }) = &self.baseline {
            if !(1..=9999).contains(year) {
                let value = InvalidValue::out_of_range(year, "a year from 1 to 9999");
                return fault("/baseline/year".to_owned(), value);
            }
            self.check_measured(measured, "/baseline")?;
        }
        for (at, period) in self.periods.iter().enumerate() {
            let IndicatorPeriod { start, end, target, actual } = period;
            if end < start {
                let value = InvalidValue::Reversed { from: start.to_string(), to: end.to_string() };
                return fault(format!("/periods/{at}/end"), value);
            }
            if self.periods[..at].iter().any(|other| (other.start, other.end) == (*start, *end)) {
                let value = InvalidValue::Repeated { found: format!("{start} to {end}") };
                return fault(format!("/periods/{at}"), value);
            }
            for (name, measured) in [("target", target), ("actual", actual)] {
                let Some(measured) = measured else { continue };
                self.check_measured(measured, &format!("/periods/{at}/{name}"))?;
            }
        }
        Ok(())
    }

    fn check_measured(&self, measured: &Measured, pointer: &str) -> Result<(), IndicatorFault> {
        let at = |field: &str, value| Err(IndicatorFault { pointer: format!("{pointer}/{field}"), value });
        match (self.measure, measured.value) {
            (IndicatorMeasure::Qualitative, Some(value)) => at(
                "value",
                InvalidValue::out_of_range(&value, "no value: a qualitative measure has a comment"),
            ),
            (IndicatorMeasure::Qualitative, None) if measured.comment.is_none() => {
                at("comment", InvalidValue::Empty)
            }
            (IndicatorMeasure::Qualitative, None) | (_, Some(_)) => Ok(()),
            (_, None) => at("value", InvalidValue::Empty),
        }
    }

    /// Whether what was aimed at in a period was reached; none if either is not told in numbers.
    #[must_use]
    pub fn is_reached(&self, period: &IndicatorPeriod) -> Option<bool> {
        let target = period.target.as_ref()?.value?;
        let actual = period.actual.as_ref()?.value?;
        Some(match self.better {
            Better::Higher => actual >= target,
            Better::Lower => actual <= target,
        })
    }

    /// The event that it was entered.
    #[must_use]
    pub fn recorded(&self) -> IndicatorEvent {
        IndicatorEvent::Recorded { title: self.title.clone(), measure: self.measure }
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<IndicatorEvent> {
        let fields = changed_fields!(before -> self: Self {
            partnership, plan, result, result_type, title, description, measure, better, baseline, periods, source,
            id: _, programme: _,
        });
        (!fields.is_empty()).then_some(IndicatorEvent::Changed { fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SeededIds;

    fn jobs() -> Indicator {
        let ids = SeededIds::new(1);
        let day = |text: &str| text.parse().expect(text);
        let number = |text: &str| Some(Measured { value: text.parse().ok(), comment: None });
        Indicator {
            id: IndicatorId::next(&ids),
            programme: ProgrammeId::next(&ids),
            partnership: None,
            plan: None,
            result: Title::new("People find work").expect("a title"),
            result_type: ResultType::Outcome,
            title: Title::new("Jobs found through the exchange").expect("a title"),
            description: None,
            measure: IndicatorMeasure::Unit,
            better: Better::Higher,
            baseline: Some(Baseline {
                year: 2008,
                measured: Measured { value: Some(Decimal::ZERO), comment: None },
            }),
            periods: vec![IndicatorPeriod {
                start: day("2009-01-01"),
                end: day("2009-12-31"),
                target: number("100"),
                actual: number("87.5"),
            }],
            source: None,
        }
    }

    #[test]
    fn r36_an_indicator_says_whether_its_target_was_reached_in_its_own_direction() {
        let mut jobs = jobs();
        assert_eq!(jobs.check(), Ok(()));
        assert_eq!(jobs.is_reached(&jobs.periods[0]), Some(false));
        jobs.better = Better::Lower;
        assert_eq!(jobs.is_reached(&jobs.periods[0]), Some(true));
        jobs.periods[0].actual = None;
        assert_eq!(jobs.is_reached(&jobs.periods[0]), None);
    }

    #[test]
    fn what_an_indicator_cannot_say_is_refused_with_its_place() {
        let refused = |change: fn(&mut Indicator), pointer: &str| {
            let mut wrong = jobs();
            change(&mut wrong);
            assert_eq!(wrong.check().expect_err(pointer).pointer, pointer);
        };
        refused(|it| it.measure = IndicatorMeasure::Qualitative, "/baseline/value");
        refused(
            |it| it.baseline = Some(Baseline { year: 0, measured: Measured::default() }),
            "/baseline/year",
        );
        refused(|it| it.periods[0].actual = Some(Measured::default()), "/periods/0/actual/value");
        refused(|it| it.periods[0].end = it.periods[0].start.pred_opt().expect("a day"), "/periods/0/end");
        refused(|it| it.periods.push(it.periods[0].clone()), "/periods/1");
        let words = |it: &mut Indicator| {
            it.measure = IndicatorMeasure::Qualitative;
            (it.baseline, it.periods[0].target) = (None, None);
            it.periods[0].actual = Some(Measured::default());
        };
        refused(words, "/periods/0/actual/comment");
    }

    #[test]
    fn measures_and_types_have_the_codes_of_iati() {
        assert_eq!(IndicatorMeasure::ALL.map(IndicatorMeasure::iati_code), ["1", "2", "3", "4", "5"]);
        assert_eq!(ResultType::ALL.map(ResultType::iati_code), ["1", "2", "3", "9"]);
    }
}
