//! The vitality of a bond as the wire shows it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sister_cities_domain::engagement::Focus;
use sister_cities_domain::id::{AgreementId, EngagementId, PartnershipId};
use sister_cities_domain::value::PartialDate;

#[cfg(feature = "schema")]
use crate::As;

use crate::engagement::MutualityWord;
use crate::partnership::MemberView;

/// The vitality of a bond on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VitalityView {
    /// The partnership.
    #[cfg_attr(feature = "schema", schemars(with = "As<PartnershipId>"))]
    pub partnership: PartnershipId,
    /// The places it binds.
    pub members: Vec<MemberView>,
    /// The day.
    #[cfg_attr(feature = "schema", schemars(with = "As<NaiveDate>"))]
    pub as_of: NaiveDate,
    /// What the bond is called on that day.
    pub standing: StandingView,
    /// The score; absent if the bond is suspended or not in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreView>,
    /// What the typical score is made of; the points add up to it.
    pub components: Vec<ComponentView>,
    /// The last contact both ways, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_mutual: Option<LastMutualView>,
    /// When the bond will be called cooling, and dormant, if nothing happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<ForecastView>,
    /// Every input, with what it weighs on that day.
    pub inputs: Vec<InputView>,
}

/// What a bond is called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StandingView {
    /// Whether it is rated, and if not, why.
    pub standing: StandingWord,
    /// The rung, if rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<RungWord>,
    /// The lowest rung that the dates and the record allow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_worst: Option<RungWord>,
    /// The highest rung that the dates and the record allow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_best: Option<RungWord>,
    /// If suspended: since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub since: Option<PartialDate>,
    /// If not known: the first of the last days for which the record is not stated to be complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub gap_from: Option<NaiveDate>,
    /// If not known: the last of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub gap_to: Option<NaiveDate>,
    /// The same in a sentence.
    pub sentence: String,
}

/// A score from 0 to 100, to one decimal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScoreView {
    /// If every uncertain date is taken as its earliest day.
    pub low: f64,
    /// If every uncertain date is taken as its middle day.
    pub typical: f64,
    /// If every uncertain date is taken as its latest day.
    pub high: f64,
}

/// A part of the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComponentView {
    /// Which part.
    pub component: String,
    /// What it adds, in points of the score.
    pub points: f64,
    /// Why, in a sentence.
    pub sentence: String,
}

/// Something that went into the score, or was left out of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InputView {
    /// Where it comes from.
    pub origin: OriginView,
    /// What it was, in a line.
    pub title: String,
    /// When it was, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub date: Option<PartialDate>,
    /// What it was about.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<Focus>>"))]
    pub foci: Vec<Focus>,
    /// Whether both cities took part.
    pub mutuality: MutualityWord,
    /// Its part of the score on the day, in points; 0 if it does not count. The parts add up to the typical score.
    pub points: f64,
    /// Why it does not count, if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<String>,
}

/// Where a contact comes from; exactly one of the three.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Default)]
pub struct OriginView {
    /// An engagement of the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<EngagementId>>"))]
    pub engagement: Option<EngagementId>,
    /// The signing of an agreement on file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<AgreementId>>"))]
    pub agreement: Option<AgreementId>,
    /// The beginning of an episode of the bond, by its place in the partnership's episodes, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub episode: Option<u32>,
}

/// The last contact of both cities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LastMutualView {
    /// Where it comes from.
    pub origin: OriginView,
    /// When it was.
    #[cfg_attr(feature = "schema", schemars(with = "As<PartialDate>"))]
    pub date: PartialDate,
    /// What it was about.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<Focus>>"))]
    pub foci: Vec<Focus>,
}

/// When a bond will be called cooling, and dormant, if nothing happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForecastView {
    /// The first day on which it will be called cooling; absent if it is called so already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cooling_on: Option<DayRangeView>,
    /// The first day on which it will be called dormant; absent if it is called so already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dormant_on: Option<DayRangeView>,
    /// On what it rests: `contacts`, `complete_record`, or `incomplete_record` if contacts may be missing.
    pub footing: String,
    /// The day the agreement ends, if that comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub agreement_ends: Option<NaiveDate>,
}

/// A day, and the days between which it must lie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DayRangeView {
    /// Not before.
    #[cfg_attr(feature = "schema", schemars(with = "As<NaiveDate>"))]
    pub earliest: NaiveDate,
    /// Most likely.
    #[cfg_attr(feature = "schema", schemars(with = "As<NaiveDate>"))]
    pub likely: NaiveDate,
    /// Not after.
    #[cfg_attr(feature = "schema", schemars(with = "As<NaiveDate>"))]
    pub latest: NaiveDate,
}

crate::open_enum! {
    /// Whether a bond is rated.
    pub enum StandingWord ("a standing") {
        /// It has a rung.
        Rated = "rated",
        /// The record does not tell.
        NotKnown = "not_known",
        /// It is suspended: no score.
        Suspended = "suspended",
        /// It is not in force.
        NotInForce = "not_in_force",
    }
}

crate::open_enum! {
    /// A rung of the ladder.
    pub enum RungWord ("a rung") {
        /// It lives.
        Active = "active",
        /// It wanes.
        Cooling = "cooling",
        /// It sleeps.
        Dormant = "dormant",
    }
}
