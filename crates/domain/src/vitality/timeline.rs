//! A partnership over the years, as data: a programme on a terminal, a page or a report can draw it.

use std::num::NonZeroU32;

use chrono::{Days, Months, NaiveDate};

use super::assess::rate;
use super::input::VitalityInputs;
use super::score::Score;
use super::standing::Standing;

/// A partnership on one day of a timeline.
///
/// Dormancy is [`Standing::Rated`] with [`Rung::Dormant`](super::Rung::Dormant), a gap of the record
/// [`Standing::NotKnown`]: drawn differently, they tell silence from missing pages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimelinePoint {
    /// The day of the point.
    pub day: NaiveDate,
    /// How the partnership stood, by what is known today.
    pub standing: Standing,
    /// The score of what is on record, unless the partnership was suspended or not in force.
    pub score: Option<Score>,
}

/// How far apart the points of a timeline are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimelineStep {
    /// A point every so many days.
    Days(NonZeroU32),
    /// So many months, on the same day of each; at the end of a month that lacks it.
    Months(NonZeroU32),
}

/// The most points a timeline may have: a month for each of some 400 years.
pub const MOST_POINTS: usize = 5_000;

/// More points were asked for than [`MOST_POINTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a timeline from {from} to {to} would have more than {MOST_POINTS} points: take a longer step or a shorter span"
)]
pub struct TooManyPoints {
    /// The first day asked for.
    pub from: NaiveDate,
    /// The last day asked for.
    pub to: NaiveDate,
}

/// The partnership on `from` and every `step` after it up to `to`; no points if `to` lies before `from`.
///
/// # Errors
///
/// [`TooManyPoints`] if there would be more than [`MOST_POINTS`].
pub fn timeline(
    inputs: &VitalityInputs<'_>,
    from: NaiveDate,
    to: NaiveDate,
    step: TimelineStep,
) -> Result<Vec<TimelinePoint>, TooManyPoints> {
    let mut days = Vec::new();
    // Each day is counted from the first, so that 31 January plus months does not slide to the 28th for good.
    for count in 0.. {
        match nth(from, count, step).filter(|day| *day <= to) {
            Some(_) if days.len() == MOST_POINTS => return Err(TooManyPoints { from, to }),
            Some(day) => days.push(day),
            None => break,
        }
    }
    Ok(days.into_iter().map(|day| point(inputs, day)).collect())
}

fn point(inputs: &VitalityInputs<'_>, day: NaiveDate) -> TimelinePoint {
    let rating = rate(inputs, day);
    TimelinePoint { day, standing: rating.standing, score: rating.scored.map(|scored| scored.now.score) }
}

fn nth(from: NaiveDate, count: u32, step: TimelineStep) -> Option<NaiveDate> {
    match step {
        TimelineStep::Days(days) => {
            from.checked_add_days(Days::new(u64::from(days.get()) * u64::from(count)))
        }
        TimelineStep::Months(months) => {
            from.checked_add_months(Months::new(months.get().checked_mul(count)?))
        }
    }
}
