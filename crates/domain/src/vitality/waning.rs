//! Which of many partnerships wane: those that are cooling, and those that will be called less before long.

use chrono::NaiveDate;

use super::assess::Vitality;
use super::ladder::Rung;

impl Vitality {
    /// The first day on which the partnership is called less than active, if that is known and not after `until`; the day of the assessment
    /// if it is cooling already.
    ///
    /// `None` for one that stays active till then, for one that is dormant, which does not wane any more, and where nothing is claimed: the
    /// record is not complete, or the partnership is suspended or not in force.
    #[must_use]
    pub fn wanes_on(&self, until: NaiveDate) -> Option<NaiveDate> {
        match self.standing.rung()? {
            Rung::Cooling => Some(self.as_of),
            Rung::Active => {
                let forecast = self.forecast?;
                // It may fall to dormant at once.
                let less = forecast.cooling_on.or(forecast.dormant_on)?;
                (less.likely <= until).then_some(less.likely)
            }
            Rung::Dormant => None,
        }
    }
}

/// Those of many partnerships that wane until a day, each with the first day on which it is called less than active, the soonest first. What
/// names a partnership is up to the caller.
///
/// ```
/// # use sister_cities_domain::vitality::{Vitality, waning};
/// # fn assessed() -> Vec<(&'static str, Vitality)> { Vec::new() }
/// let all = assessed();
/// let next_half_year = "2027-06-01".parse()?;
/// for (city, day) in waning(all.iter().map(|(city, vitality)| (city, vitality)), next_half_year) {
///     println!("{city} is called less than active from {day} on, if nothing happens");
/// }
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn waning<'v, K>(
    all: impl IntoIterator<Item = (K, &'v Vitality)>,
    until: NaiveDate,
) -> Vec<(K, NaiveDate)> {
    let mut waning: Vec<(K, NaiveDate)> =
        all.into_iter().filter_map(|(key, vitality)| Some((key, vitality.wanes_on(until)?))).collect();
    waning.sort_by_key(|(_, day)| *day);
    waning
}
