//! Vitality: which bonds live, which wane, and why.

mod get;
mod list;
mod timeline;
mod view;

pub use get::{GetVitality, VitalityQuery};
pub use list::{ListVitality, ListVitalityQuery};
pub use timeline::{GetVitalityTimeline, StepWord, TimelineQuery, TimelineStepView, TimelineView};
pub use view::{
    ComponentView, DayRangeView, ForecastView, InputView, LastMutualView, OriginView, RungWord, ScoreView,
    StandingView, StandingWord, VitalityView,
};
