//! Indicators: what is aimed at and reached, shaped as IATI 2.03 has them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{ActionPlanId, IndicatorId, PartnershipId};
use sister_cities_domain::indicator::{
    Baseline, Better, Indicator, IndicatorMeasure, IndicatorPeriod, Measured, ResultType,
};
use sister_cities_domain::named_enum;
use sister_cities_domain::value::{Decimal, FreeText, Source, Title};

use crate::programme::ProgrammePath;
use crate::{Moment, OrderWord, Page, RecordedQuery};

crate::endpoints! {
    /// Lists indicators, by their results and titles.
    GET "/v1/programmes/{programme}/indicators" for ProgrammeRead
    list_indicators: ListIndicators(ProgrammePath, query: ListIndicatorsQuery) -> Page<IndicatorView>;

    /// Enters an indicator.
    POST "/v1/programmes/{programme}/indicators" for OutcomeWrite
    create_indicator: CreateIndicator(ProgrammePath, body: IndicatorBody) -> 201 IndicatorView | Conflict, ETag;

    /// Reads one indicator.
    GET "/v1/programmes/{programme}/indicators/{indicator}" for ProgrammeRead
    get_indicator: GetIndicator(IndicatorPath, query: RecordedQuery) -> IndicatorView, ETag;

    /// Replaces what is known of an indicator: adds a period, says what was reached.
    PUT "/v1/programmes/{programme}/indicators/{indicator}" for OutcomeWrite
    replace_indicator: ReplaceIndicator(IndicatorPath, body: IndicatorBody) -> IndicatorView | Conflict, IfMatch;
}

crate::parameters! {
    /// Names an indicator in a path.
    pub struct IndicatorPath in programme {
        /// The indicator.
        pub indicator: IndicatorId,
    }

    /// Which indicators to list.
    #[derive(Default)]
    pub struct ListIndicatorsQuery in pages {
        /// Only those of this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those of this action plan.
        pub plan: Option<ActionPlanId>,
        /// Only those that measure this sort of result.
        pub result_type: Option<ResultType>,
        /// The order.
        pub sort: Option<IndicatorSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// The order of a list of indicators.
    #[non_exhaustive]
    pub enum IndicatorSort ("an order") {
        /// By result and title; the default.
        Title = "title",
        /// As they were entered.
        Entered = "entered",
    }
}

crate::words! {
    /// How an indicator is measured.
    IndicatorMeasureWord = IndicatorMeasure;
    /// What sort of result an indicator measures.
    ResultTypeWord = ResultType;
    /// Which way an indicator gets better.
    BetterWord = Better;
}

/// An indicator, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorBody {
    /// The partnership that it is of; of all if not given.
    pub partnership: Option<PartnershipId>,
    /// The action plan that it is of, if it is of one.
    pub plan: Option<ActionPlanId>,
    /// The result that it measures, in a line; indicators of one result share it.
    pub result: Title,
    /// What sort of result that is; `outcome` if not given.
    pub result_type: Option<ResultType>,
    /// What is measured, in a line.
    pub title: Title,
    /// How it is measured, and by whom.
    pub description: Option<FreeText>,
    /// How it is measured; `unit` if not given.
    pub measure: Option<IndicatorMeasure>,
    /// Which way is better; `higher` if not given.
    pub better: Option<Better>,
    /// What it was before.
    pub baseline: Option<BaselineBody>,
    /// What was aimed at and what was reached, period by period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<IndicatorPeriodBody>,
    /// Where the numbers are from.
    pub source: Option<Source>,
}

/// What an indicator was before anything was done.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaselineBody {
    /// The year it was measured for.
    #[schemars(range(min = 1, max = 9_999))]
    pub year: u32,
    /// The number; none if the measure is qualitative.
    pub value: Option<Decimal>,
    /// What is to be said of it.
    pub comment: Option<FreeText>,
}

/// What was aimed at and what was reached in some days.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorPeriodBody {
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// What is aimed at.
    pub target: Option<MeasuredBody>,
    /// What was reached.
    pub actual: Option<MeasuredBody>,
}

/// A number, words, or both.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuredBody {
    /// The number, such as `12.5`; none if the measure is qualitative.
    pub value: Option<Decimal>,
    /// What is to be said of it.
    pub comment: Option<FreeText>,
}

/// Something that is measured over the years.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorView {
    /// Its id.
    pub id: IndicatorId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The partnership that it is of; of all if absent.
    pub partnership: Option<PartnershipId>,
    /// The action plan that it is of.
    pub plan: Option<ActionPlanId>,
    /// The result that it measures.
    pub result: Title,
    /// What sort of result that is.
    pub result_type: ResultTypeWord,
    /// What is measured.
    pub title: Title,
    /// How it is measured, and by whom.
    pub description: Option<FreeText>,
    /// How it is measured.
    pub measure: IndicatorMeasureWord,
    /// Which way is better.
    pub better: BetterWord,
    /// What it was before.
    pub baseline: Option<BaselineBody>,
    /// What was aimed at and what was reached, period by period.
    #[serde(default)]
    pub periods: Vec<IndicatorPeriodView>,
    /// Where the numbers are from.
    pub source: Option<Source>,
}

/// What was aimed at and what was reached in some days, and whether that was enough.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorPeriodView {
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// What is aimed at.
    pub target: Option<MeasuredBody>,
    /// What was reached.
    pub actual: Option<MeasuredBody>,
    /// Whether what was aimed at was reached; absent if either is not told in numbers.
    pub is_reached: Option<bool>,
}

impl IndicatorView {
    /// Shows an indicator at a revision.
    #[must_use]
    pub fn of(indicator: &Indicator, revision: u32) -> Self {
        let Indicator {
            id,
            programme: _,
            partnership,
            plan,
            result,
            result_type,
            title,
            description,
            measure,
            better,
            baseline,
            periods,
            source,
        } = indicator;
        Self {
            id: *id,
            revision,
            partnership: *partnership,
            plan: *plan,
            result: result.clone(),
            result_type: (*result_type).into(),
            title: title.clone(),
            description: description.clone(),
            measure: (*measure).into(),
            better: (*better).into(),
            baseline: baseline.clone().map(|Baseline { year, measured: Measured { value, comment } }| {
                BaselineBody { year, value, comment }
            }),
            periods: periods.iter().map(|period| IndicatorPeriodView::of(indicator, period)).collect(),
            source: source.clone(),
        }
    }
}

impl IndicatorPeriodView {
    fn of(indicator: &Indicator, period: &IndicatorPeriod) -> Self {
        let IndicatorPeriod { start, end, target, actual } = period.clone();
        let shown = |Measured { value, comment }| MeasuredBody { value, comment };
        let is_reached = indicator.is_reached(period);
        Self { start, end, target: target.map(shown), actual: actual.map(shown), is_reached }
    }
}
