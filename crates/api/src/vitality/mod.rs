//! Vitality: which bonds live, which wane, and why.

mod get;
mod list;
mod of_domain;
mod timeline;
mod view;

pub use get::{GetVitality, VitalityQuery};
pub use list::{ListVitality, ListVitalityQuery};
pub use of_domain::Detail;
pub use timeline::{GetVitalityTimeline, StepWord, TimelineQuery, TimelineStepView, TimelineView};
pub use view::{
    ComponentView, DayRangeView, ForecastView, InputView, LastMutualView, OriginView, RungWord, ScoreView,
    StandingView, StandingWord, VitalityView,
};
