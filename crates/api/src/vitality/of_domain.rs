//! How an assessment of the domain is shown. Points are cut to one decimal: more would be false precision.

use sister_cities_domain::id::PartnershipId;
use sister_cities_domain::vitality::{
    Component, DateRange, Forecast, Input, LastMutual, Origin, Rung, Score, Standing, TimelinePoint,
    Vitality, Weight,
};

use super::{
    ComponentView, DayRangeView, ForecastView, InputView, LastMutualView, OriginView, RungWord, ScoreView,
    StandingView, StandingWord, TimelineStepView, VitalityView,
};
use crate::engagement::MutualityWord;
use crate::meaning::plain_meanings;
use crate::partnership::MemberView;

plain_meanings! {
    RungWord => Rung { Active, Cooling, Dormant }
}

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
            standing: StandingWord::NotInForce,
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
                view.standing = StandingWord::Rated;
                view.rung = Some(RungWord::of(rung));
                view.at_worst = Some(RungWord::of(&range.lowest));
                view.at_best = Some(RungWord::of(&range.highest));
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
                view.standing = StandingWord::NotKnown;
                view.at_worst = Some(RungWord::of(at_worst));
                view.at_best = Some(RungWord::of(at_best));
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
                view.standing = StandingWord::Suspended;
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
            mutuality: MutualityWord::of(&input.mutuality),
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

/// Cut to one decimal.
fn tenths(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}
