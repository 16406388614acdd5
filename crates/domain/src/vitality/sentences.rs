//! What an assessment says in plain English, for readers who know cities and not formulas.
//!
//! Everything said here can also be read from the data of [`Vitality`]; a page in another language words it anew.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use crate::engagement::{Focus, Mutuality};
use crate::partnership::RecordGap;
use crate::value::{PartialDate, Precision};

use super::assess::{LastMutual, Vitality};
use super::component::Cuts;
use super::forecast::{DateRange, Footing, Forecast};
use super::input::{Input, Weight};
use super::ladder::{Rung, RungRange};
use super::policy::VitalityPolicy;
use super::score::{Score, whole};
use super::standing::Standing;

impl Vitality {
    /// How the partnership stands, in a sentence or two.
    #[must_use]
    pub fn headline(&self) -> String {
        let on = in_words(self.as_of);
        match self.standing {
            Standing::Rated { rung, range } => {
                let points = self.score.map_or_else(String::new, scored);
                format!("The bond is {rung} on {on}{points}.{}", otherwise(rung, range))
            }
            Standing::NotKnown { at_worst, at_best, gap } => format!(
                "It is not known how the bond stands on {on}: {}. What is written down would make it {at_worst}; with \
                 what may be missing it can have been up to {at_best}.",
                gap_in_words(gap, self.as_of),
            ),
            Standing::Suspended { since } => {
                format!("The bond is suspended since {}. While it is, it has no score.", since.in_words())
            }
            Standing::NotInForce => format!("The bond is not in force on {on}, so it has no score."),
        }
    }

    /// What will be said of the partnership, and when, if nothing happens; `None` if it cannot fall any lower.
    #[must_use]
    pub fn outlook(&self) -> Option<String> {
        let forecast = self.forecast.as_ref()?;
        let falls: Vec<String> = [("cooling", forecast.cooling_on), ("dormant", forecast.dormant_on)]
            .into_iter()
            .filter_map(|(word, day)| Some(format!("{word} {}", from_day(day?))))
            .collect();
        if falls.is_empty() {
            return None;
        }
        Some(format!(
            "If nothing happens, the bond will be called {}.{}",
            falls.join(" and "),
            caveats(forecast)
        ))
    }

    /// All that is to be said: how it stands, why, and what will become of it if nothing happens.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = vec![self.headline()];
        sentences.extend(self.components.iter().map(|component| component.sentence.clone()));
        sentences.extend(self.outlook());
        sentences
    }
}

/// The sentences of the three components, from the inputs as they are listed.
/// All sentences, one after the other.
impl fmt::Display for Vitality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentences().join(" "))
    }
}

pub(super) fn components(vitality: &Vitality, cuts: &Cuts, policy: &VitalityPolicy) -> [String; 3] {
    let [contact, breadth, one_sided] = cuts.whole_points();
    let of = |mutuality| {
        let counted = |input: &&Input| matches!(input.weight, Weight::Counted { .. });
        vitality.inputs.iter().filter(counted).filter(move |input| input.mutuality == mutuality)
    };
    let mutual: Vec<&Input> = of(Mutuality::Mutual).collect();
    let alone = of(Mutuality::OneSided).count();
    [
        contact_sentence(vitality, &mutual, contact),
        breadth_sentence(&mutual, breadth),
        one_sided_sentence(alone, mutual.len(), one_sided, policy),
    ]
}

fn contact_sentence(vitality: &Vitality, mutual: &[&Input], score: u32) -> String {
    let Some(LastMutual { date, foci, .. }) = &vitality.last_mutual else {
        return format!(
            "No contact in which both cities took part is on record up to {}, so there are no points.",
            in_words(vitality.as_of)
        );
    };
    let areas: Vec<&Focus> = foci.iter().collect();
    let last = format!("Both cities were last in touch {} ({})", at_date(*date), named(&areas, 4));
    let first = mutual.iter().filter_map(|input| input.date).map(|date| date.year()).min();
    match (mutual.len(), first) {
        (0 | 1, _) | (_, None) => format!("{last}; that contact is worth {score} of 100 points by now."),
        (many, Some(first)) => format!(
            "{last}; their {many} contacts {}, recent ones counting most, add up to {score} of 100 points.",
            if first == date.year() { format!("of {first}") } else { format!("since {first}") }
        ),
    }
}

fn breadth_sentence(mutual: &[&Input], points: u32) -> String {
    let areas = weighed_areas(mutual);
    match areas.as_slice() {
        [] => "Without contact of both cities there is no breadth to count.".to_owned(),
        [only] => {
            format!("All of it lies in one area, {}; a second area would make the bond broader.", plain(only))
        }
        [_, _, ..] => format!(
            "It reaches over {} areas, most of all {}, which adds {} to what it would count in one area.",
            areas.len(),
            named(&areas, 3),
            in_points(points)
        ),
    }
}

fn one_sided_sentence(alone: usize, mutual: usize, points: u32, policy: &VitalityPolicy) -> String {
    match (alone, mutual) {
        (0, _) => "Nothing is on record of which only one side's part is known.".to_owned(),
        (_, 0) => format!(
            "{} only one side's part is known; without contact of both cities that adds nothing.",
            of_activities(alone)
        ),
        (_, _) => format!(
            "{} only one side's part is known; that adds {}, as it counts {} per cent at most.",
            of_activities(alone),
            in_points(points),
            whole(100.0 * policy.numbers().one_sided_factor)
        ),
    }
}

/// The areas of these contacts that still carry weight, the heaviest first.
fn weighed_areas<'a>(mutual: &[&'a Input]) -> Vec<&'a Focus> {
    let mut weights: BTreeMap<&Focus, f64> = BTreeMap::new();
    let mut total = 0.0;
    for input in mutual {
        if let Weight::Counted { points, .. } = input.weight {
            total += points;
            for focus in input.foci.iter() {
                *weights.entry(focus).or_default() += points * super::energy::share_of(&input.foci);
            }
        }
    }
    // What has all but faded is not named.
    let mut areas: Vec<(&Focus, f64)> =
        weights.into_iter().filter(|(_, weight)| *weight >= total / 100.0).collect();
    areas.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(other.0)));
    areas.into_iter().map(|(focus, _)| focus).collect()
}

fn scored(score: Score) -> String {
    let (low, high) = (whole(score.low), whole(score.high));
    if low == high {
        format!(", with {} of 100 points", score.points())
    } else {
        format!(
            ", with {} of 100 points ({low} to {high}, as some dates are known only roughly)",
            score.points()
        )
    }
}

fn gap_in_words(gap: Option<RecordGap>, as_of: NaiveDate) -> String {
    match gap {
        Some(gap) if gap.to == as_of => {
            format!("nothing says that the record is complete from {} on", in_words(gap.from))
        }
        Some(gap) => format!(
            "nothing says that the record is complete from {} to {}",
            in_words(gap.from),
            in_words(gap.to)
        ),
        None => "nobody knows when the bond began, nor that the record is complete from then on".to_owned(),
    }
}

fn from_day(day: DateRange) -> String {
    if day.is_exact() {
        format!("from {} on", in_words(day.likely))
    } else {
        format!(
            "from about {} on (at the earliest {}, at the latest {})",
            in_words(day.likely),
            in_words(day.earliest),
            in_words(day.latest)
        )
    }
}

fn otherwise(rung: Rung, range: RungRange) -> String {
    let others: Vec<&str> =
        [range.lowest, range.highest].into_iter().filter(|other| *other != rung).map(Rung::as_str).collect();
    if others.is_empty() {
        return String::new();
    }
    format!(" Depending on dates that are known only roughly, it may also be {}.", others.join(" or "))
}

fn caveats(forecast: &Forecast) -> String {
    let record = match forecast.footing {
        Footing::Contacts | Footing::CompleteRecord => "",
        Footing::IncompleteRecord => {
            " This rests on an incomplete record: contact that is not written down would put it off."
        }
    };
    let ends = forecast.agreement_ends.map_or_else(String::new, |ends| {
        format!(" The agreement itself ends before that, on {}.", in_words(ends))
    });
    format!("{record}{ends}")
}

fn of_activities(count: usize) -> String {
    if count == 1 { "Of 1 more activity".to_owned() } else { format!("Of {count} more activities") }
}

fn in_points(points: u32) -> String {
    match points {
        0 => "less than a point".to_owned(),
        1 => "1 point".to_owned(),
        many => format!("{many} points"),
    }
}

/// The areas in words, no more than `most` of them by name.
fn named(areas: &[&Focus], most: usize) -> String {
    let mut words: Vec<String> = areas.iter().take(most).map(|focus| plain(focus)).collect();
    if areas.len() > most {
        words.push(format!("{} more", areas.len() - most));
    }
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => String::new(),
    }
}

fn plain(focus: &Focus) -> String {
    focus.as_str().replace(['_', '-'], " ")
}

fn at_date(date: PartialDate) -> String {
    match date.precision() {
        Precision::Day => format!("on {}", date.in_words()),
        Precision::Month | Precision::Year => format!("in {}", date.in_words()),
    }
}

fn in_words(day: NaiveDate) -> String {
    PartialDate::from_day(day).map_or_else(|_| day.to_string(), |date| date.in_words())
}
