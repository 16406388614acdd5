//! Vitality: which bonds live, which wane, and why.

mod view;

pub use view::{
    ComponentView, DayRangeView, Detail, ForecastView, InputView, LastMutualView, OriginView, ScoreView,
    StandingView, TimelineStepView, TimelineView, VitalityView,
};

use chrono::NaiveDate;
use sister_cities_domain::named_enum;
use sister_cities_domain::vitality::{Rung, StandingKind};

use crate::partnership::PartnershipPath;
use crate::programme::ProgrammePath;
use crate::{Moment, Page};

crate::endpoints! {
    /// Gives the vitality of all bonds of a programme, without the inputs.
    GET "/v1/programmes/{programme}/vitality" for ProgrammeRead
    list_vitality: ListVitality(ProgrammePath, query: ListVitalityQuery) -> Page<VitalityView>;

    /// Explains the vitality of one bond: score, components, forecast and every input.
    GET "/v1/programmes/{programme}/partnerships/{partnership}/vitality" for ProgrammeRead
    get_vitality: GetVitality(PartnershipPath, query: VitalityQuery) -> VitalityView;

    /// Gives the vitality of one bond over time; at most 1,000 steps.
    GET "/v1/programmes/{programme}/partnerships/{partnership}/vitality/timeline" for ProgrammeRead
    get_vitality_timeline: GetVitalityTimeline(PartnershipPath, query: TimelineQuery) -> TimelineView;
}

crate::parameters! {
    /// As of when.
    #[derive(Default)]
    pub struct VitalityQuery {
        /// As of which day; today if not given.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }

    /// As of when, and which page.
    #[derive(Default)]
    pub struct ListVitalityQuery in pages {
        /// As of which day; today if not given.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }

    /// Over which time.
    pub struct TimelineQuery {
        /// The first day.
        pub from: NaiveDate,
        /// The last day.
        pub to: NaiveDate,
        /// How far apart the steps are; `year` if not given.
        pub step: Option<StepWord>,
    }
}

named_enum! {
    /// How far apart the steps of a timeline are.
    #[non_exhaustive]
    pub enum StepWord ("a step") {
        /// A month.
        Month = "month",
        /// Three months.
        Quarter = "quarter",
        /// A year.
        Year = "year",
    }
}

crate::words! {
    /// Whether a bond is rated.
    StandingWord = StandingKind;
    /// A rung of the ladder.
    RungWord = Rung;
}
