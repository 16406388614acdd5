//! `GET /v1/programmes/{programme}/partnerships/{partnership}/vitality/timeline`.

use chrono::NaiveDate;
use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::PartnershipId;

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Endpoint, NoBody, Scope};

use super::{ScoreView, StandingView};
use crate::partnership::{MemberView, PartnershipPath};

/// Gives the vitality of one bond over time; at most 1,000 steps.
pub enum GetVitalityTimeline {}

impl Endpoint for GetVitalityTimeline {
    const NAME: &'static str = "get_vitality_timeline";
    const SUMMARY: &'static str = "Gives the vitality of one bond over time; at most 1,000 steps.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships/{partnership}/vitality/timeline";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = PartnershipPath;
    type Query = TimelineQuery;
    type Body = NoBody;
    type Reply = TimelineView;
}

crate::parameters! {
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

crate::open_enum! {
    /// How far apart the steps of a timeline are.
    pub enum StepWord ("a step") {
        /// A month.
        Month = "month",
        /// Three months.
        Quarter = "quarter",
        /// A year.
        Year = "year",
    }
}

/// The vitality of a bond over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelineView {
    /// The partnership.
    #[cfg_attr(feature = "schema", schemars(with = "As<PartnershipId>"))]
    pub partnership: PartnershipId,
    /// The places it binds.
    pub members: Vec<MemberView>,
    /// The steps, oldest first.
    pub steps: Vec<TimelineStepView>,
}

/// The vitality of a bond on one day of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelineStepView {
    /// The day.
    #[cfg_attr(feature = "schema", schemars(with = "As<NaiveDate>"))]
    pub on: NaiveDate,
    /// What the bond is called on that day.
    pub standing: StandingView,
    /// The score, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreView>,
}
