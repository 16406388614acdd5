//! What the wire shows of vitality, and how it is made of the domain.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::engagement::Focus;
use sister_cities_domain::id::{AgreementId, EngagementId, PartnershipId};
use sister_cities_domain::value::PartialDate;
use sister_cities_domain::vitality::{
    Component, DateRange, Forecast, Input, LastMutual, Origin, Score, Standing, StandingKind, TimelinePoint,
    Vitality, Weight,
};

use super::{RungWord, StandingWord};
use crate::engagement::MutualityWord;
use crate::partnership::MemberView;

/// Whether an assessment is shown with all that went into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// With every input.
    Full,
    /// Without the inputs: for lists.
    Summary,
}

impl VitalityView {
    /// Shows the assessment of a partnership that binds `members`.
    #[must_use]
    pub fn of(
        vitality: &Vitality,
        partnership: PartnershipId,
        members: Vec<MemberView>,
        detail: Detail,
    ) -> Self {
        Self {
            partnership,
            members,
            as_of: vitality.as_of,
            standing: StandingView::of(&vitality.standing),
            score: vitality.score.as_ref().map(ScoreView::of),
            components: vitality.components.iter().map(ComponentView::of).collect(),
            last_mutual: vitality.last_mutual.as_ref().map(LastMutualView::of),
            forecast: vitality.forecast.as_ref().map(ForecastView::of),
            inputs: match detail {
                Detail::Full => vitality.inputs.iter().map(InputView::of).collect(),
                Detail::Summary => Vec::new(),
            },
        }
    }
}

impl TimelineStepView {
    /// Shows a point of a timeline.
    #[must_use]
    pub fn of(point: &TimelinePoint) -> Self {
        Self {
            on: point.day,
            standing: StandingView::of(&point.standing),
            score: point.score.as_ref().map(ScoreView::of),
        }
    }
}

impl StandingView {
    fn of(standing: &Standing) -> Self {
        let mut view = Self {
            standing: StandingKind::NotInForce.into(),
            rung: None,
            at_worst: None,
            at_best: None,
            since: None,
            gap_from: None,
            gap_to: None,
            sentence: "No agreement is in force on this day, so there is no score.".to_owned(),
        };
        match standing {
            Standing::Rated { rung, range } => {
                view.standing = StandingKind::Rated.into();
                view.rung = Some((*rung).into());
                view.at_worst = Some(range.lowest.into());
                view.at_best = Some(range.highest.into());
                view.sentence = if range.is_certain() {
                    format!("The bond is {}.", rung.as_str())
                } else {
                    let (low, high) = (range.lowest.as_str(), range.highest.as_str());
                    format!(
                        "The bond is {}; by its uncertain dates it may be {low} to {high}.",
                        rung.as_str()
                    )
                };
            }
            Standing::NotKnown { at_worst, at_best, gap } => {
                view.standing = StandingKind::NotKnown.into();
                view.at_worst = Some((*at_worst).into());
                view.at_best = Some((*at_best).into());
                view.gap_from = gap.map(|gap| gap.from);
                view.gap_to = gap.map(|gap| gap.to);
                let (low, high) = (at_worst.as_str(), at_best.as_str());
                view.sentence = match gap {
                    Some(gap) => format!(
                        "Not known: the record has a gap from {} to {}; the bond may be {low} to {high}.",
                        gap.from, gap.to
                    ),
                    None => {
                        format!("Not known: the record is not complete; the bond may be {low} to {high}.")
                    }
                };
            }
            Standing::Suspended { since } => {
                view.standing = StandingKind::Suspended.into();
                view.since = Some(*since);
                view.sentence = format!("Suspended since {}, so there is no score.", since.in_words());
            }
            Standing::NotInForce | _ => {}
        }
        view
    }
}

impl ScoreView {
    fn of(score: &Score) -> Self {
        Self { low: tenths(score.low), typical: tenths(score.typical), high: tenths(score.high) }
    }
}

impl ComponentView {
    fn of(component: &Component) -> Self {
        Self {
            component: component.kind.as_str().to_owned(),
            points: tenths(component.points),
            sentence: component.sentence.clone(),
        }
    }
}

impl InputView {
    fn of(input: &Input) -> Self {
        Self {
            origin: OriginView::of(&input.origin),
            title: input.title.clone(),
            date: input.date,
            foci: input.foci.iter().cloned().collect(),
            mutuality: input.mutuality.into(),
            points: tenths(input.points()),
            left_out: match input.weight {
                Weight::NotCounted(reason) => Some(reason.in_words().to_owned()),
                Weight::Counted { .. } | _ => None,
            },
        }
    }
}

impl LastMutualView {
    fn of(last: &LastMutual) -> Self {
        Self { origin: OriginView::of(&last.origin), date: last.date, foci: last.foci.clone() }
    }
}

impl OriginView {
    fn of(origin: &Origin) -> Self {
        let mut view = Self::default();
        match origin {
            Origin::Engagement(id) => view.engagement = Some(*id),
            Origin::Agreement(id) => view.agreement = Some(*id),
            Origin::Episode(position) => view.episode = u32::try_from(*position).ok(),
            _ => {}
        }
        view
    }
}

impl ForecastView {
    fn of(forecast: &Forecast) -> Self {
        let range = |range: &DateRange| DayRangeView {
            earliest: range.earliest,
            likely: range.likely,
            latest: range.latest,
        };
        Self {
            cooling_on: forecast.cooling_on.as_ref().map(range),
            dormant_on: forecast.dormant_on.as_ref().map(range),
            footing: forecast.footing.as_str().to_owned(),
            agreement_ends: forecast.agreement_ends,
        }
    }
}

/// Rounded to one decimal.
fn tenths(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}

/// The vitality of a bond over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineView {
    /// The partnership.
    pub partnership: PartnershipId,
    /// The places it binds.
    pub members: Vec<MemberView>,
    /// The steps, oldest first.
    pub steps: Vec<TimelineStepView>,
}

/// The vitality of a bond on one day of a timeline.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineStepView {
    /// The day.
    pub on: NaiveDate,
    /// What the bond is called on that day.
    pub standing: StandingView,
    /// The score, if there is one.
    pub score: Option<ScoreView>,
}

/// The vitality of a bond on a day.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VitalityView {
    /// The partnership.
    pub partnership: PartnershipId,
    /// The places it binds.
    pub members: Vec<MemberView>,
    /// The day.
    pub as_of: NaiveDate,
    /// What the bond is called on that day.
    pub standing: StandingView,
    /// The score; absent if the bond is suspended or not in force.
    pub score: Option<ScoreView>,
    /// What the typical score is made of; the points add up to it.
    pub components: Vec<ComponentView>,
    /// The last contact both ways, if there was one.
    pub last_mutual: Option<LastMutualView>,
    /// When the bond will be called cooling, and dormant, if nothing happens.
    pub forecast: Option<ForecastView>,
    /// Every input, with what it weighs on that day.
    pub inputs: Vec<InputView>,
}

/// What a bond is called.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StandingView {
    /// Whether it is rated, and if not, why.
    pub standing: StandingWord,
    /// The rung, if rated.
    pub rung: Option<RungWord>,
    /// The lowest rung that the dates and the record allow.
    pub at_worst: Option<RungWord>,
    /// The highest rung that the dates and the record allow.
    pub at_best: Option<RungWord>,
    /// If suspended: since when.
    pub since: Option<PartialDate>,
    /// If not known: the first of the last days for which the record is not stated to be complete.
    pub gap_from: Option<NaiveDate>,
    /// If not known: the last of them.
    pub gap_to: Option<NaiveDate>,
    /// The same in a sentence.
    pub sentence: String,
}

/// A score from 0 to 100, to one decimal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreView {
    /// If every uncertain date is taken as its earliest day.
    pub low: f64,
    /// If every uncertain date is taken as its middle day.
    pub typical: f64,
    /// If every uncertain date is taken as its latest day.
    pub high: f64,
}

/// A part of the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComponentView {
    /// Which part.
    pub component: String,
    /// What it adds, in points of the score.
    pub points: f64,
    /// Why, in a sentence.
    pub sentence: String,
}

/// Something that went into the score, or was left out of it.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InputView {
    /// Where it comes from.
    pub origin: OriginView,
    /// What it was, in a line.
    pub title: String,
    /// When it was, as far as known.
    pub date: Option<PartialDate>,
    /// What it was about.
    #[serde(default)]
    pub foci: Vec<Focus>,
    /// Whether both cities took part.
    pub mutuality: MutualityWord,
    /// Its part of the score on the day, in points; 0 if it does not count. The parts add up to the typical score.
    pub points: f64,
    /// Why it does not count, if it does not.
    pub left_out: Option<String>,
}

/// Where a contact comes from; exactly one of the three.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default, JsonSchema)]
pub struct OriginView {
    /// An engagement of the log.
    pub engagement: Option<EngagementId>,
    /// The signing of an agreement on file.
    pub agreement: Option<AgreementId>,
    /// The beginning of an episode of the bond, by its place in the partnership's episodes, from 0.
    pub episode: Option<u32>,
}

/// The last contact of both cities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LastMutualView {
    /// Where it comes from.
    pub origin: OriginView,
    /// When it was.
    pub date: PartialDate,
    /// What it was about.
    #[serde(default)]
    pub foci: Vec<Focus>,
}

/// When a bond will be called cooling, and dormant, if nothing happens.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ForecastView {
    /// The first day on which it will be called cooling; absent if it is called so already.
    pub cooling_on: Option<DayRangeView>,
    /// The first day on which it will be called dormant; absent if it is called so already.
    pub dormant_on: Option<DayRangeView>,
    /// On what it rests: `contacts`, `complete_record`, or `incomplete_record` if contacts may be missing.
    pub footing: String,
    /// The day the agreement ends, if that comes first.
    pub agreement_ends: Option<NaiveDate>,
}

/// A day, and the days between which it must lie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DayRangeView {
    /// Not before.
    pub earliest: NaiveDate,
    /// Most likely.
    pub likely: NaiveDate,
    /// Not after.
    pub latest: NaiveDate,
}
