//! The numbers of the vitality formula: what each means, its unit, its range, and the checks that keep the formula sound.

use serde::{Deserialize, Serialize};

/// The numbers of a [`VitalityPolicy`] before they are checked.
///
/// [`Default`] gives the standard policy. All defaults are a design decision of this project, chosen so that one signed
/// agreement makes a partnership active for a year and dormant after two years and seven months of silence; no outside source
/// prescribes them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyNumbers {
    /// Days of silence after which a contact counts half (days; 1 to 36,525).
    pub half_life_days: u32,
    /// How much energy one focus area can hold (contacts; 1 to 100). A busy week counts less per visit than a busy year.
    pub capacity: f64,
    /// What a contact counts of which only one side's part is known (share of a mutual one; from 0, below 1).
    pub one_sided_factor: f64,
    /// The energy that makes 50 points (contacts; 0.01 to 1,000).
    pub half_score_energy: f64,
    /// A partnership is called active when it reaches this (points; 0.1 to 99.9).
    pub active_at: f64,
    /// An active partnership is called cooling when it falls below this (points).
    pub cooling_below: f64,
    /// A dormant partnership is called cooling, on its way up, when it reaches this (points).
    pub reviving_at: f64,
    /// A partnership is called dormant when it falls below this (points).
    pub dormant_below: f64,
    /// The most energy we assume a partnership may have had where the record is silent because it is incomplete (contacts).
    pub lively_energy: f64,
}

impl Default for PolicyNumbers {
    fn default() -> Self {
        Self {
            half_life_days: 365,
            capacity: 2.0,
            one_sided_factor: 0.25,
            half_score_energy: 1.5,
            active_at: 40.0,
            cooling_below: 25.0,
            reviving_at: 20.0,
            dormant_below: 10.0,
            lively_energy: 6.0,
        }
    }
}

/// A checked set of [`PolicyNumbers`].
///
/// ```
/// use sister_cities_domain::vitality::{PolicyNumbers, VitalityPolicy};
///
/// // A programme whose partnerships live on a visit every other year halves contacts more slowly.
/// let patient = VitalityPolicy::new(PolicyNumbers { half_life_days: 730, ..PolicyNumbers::default() }).unwrap();
/// assert_eq!(patient.numbers().half_life_days, 730);
///
/// let upside_down = PolicyNumbers { active_at: 15.0, ..PolicyNumbers::default() };
/// assert!(VitalityPolicy::new(upside_down).unwrap_err().to_string().contains("reviving_at"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "PolicyNumbers", into = "PolicyNumbers")]
pub struct VitalityPolicy(PolicyNumbers);

/// Scores this close to a threshold count as having reached it (points).
///
/// A signature shared among six focus areas adds up to one contact only within the rounding of binary fractions, and
/// one contact is exactly [`PolicyNumbers::active_at`] in the standard policy.
const TOLERANCE: f64 = 1e-9;

impl VitalityPolicy {
    /// Checks the numbers.
    ///
    /// # Errors
    ///
    /// [`InvalidPolicy`] names the first number that is out of its range, or the two that are in the wrong order.
    pub fn new(numbers: PolicyNumbers) -> Result<Self, InvalidPolicy> {
        let n = numbers;
        if !(1..=36_525).contains(&n.half_life_days) {
            return Err(InvalidPolicy::OutOfRange {
                field: "half_life_days",
                value: f64::from(n.half_life_days),
                expected: "1 to 36525 days",
            });
        }
        within("capacity", n.capacity, 1.0, 100.0, "1 to 100 contacts")?;
        within("one_sided_factor", n.one_sided_factor, 0.0, 0.999, "0 to 0.999 of a mutual contact")?;
        within("half_score_energy", n.half_score_energy, 0.01, 1000.0, "0.01 to 1000 contacts")?;
        within("active_at", n.active_at, 0.1, 99.9, "0.1 to 99.9 points")?;
        within("cooling_below", n.cooling_below, 0.1, 99.9, "0.1 to 99.9 points")?;
        within("reviving_at", n.reviving_at, 0.1, 99.9, "0.1 to 99.9 points")?;
        within("dormant_below", n.dormant_below, 0.1, 99.9, "0.1 to 99.9 points")?;
        within("lively_energy", n.lively_energy, 0.0, 10_000_000.0, "0 to 10000000 contacts")?;
        ordered(("dormant_below", n.dormant_below), ("reviving_at", n.reviving_at))?;
        ordered(("reviving_at", n.reviving_at), ("active_at", n.active_at))?;
        ordered(("dormant_below", n.dormant_below), ("cooling_below", n.cooling_below))?;
        ordered(("cooling_below", n.cooling_below), ("active_at", n.active_at))?;
        let policy = Self(n);
        ordered(("active_at", n.active_at), ("the score of lively_energy", policy.score(n.lively_energy)))?;
        Ok(policy)
    }

    /// The numbers, to show or to start a changed policy from.
    #[must_use]
    pub fn numbers(&self) -> &PolicyNumbers {
        &self.0
    }

    /// Points for an energy: 0 for none, 50 for `half_score_energy`, never quite 100.
    #[must_use]
    pub fn score(&self, energy: f64) -> f64 {
        100.0 * energy / (energy + self.0.half_score_energy)
    }

    /// The energy below which a score counts as below `threshold` points.
    pub(super) fn energy_at(&self, threshold: f64) -> f64 {
        let points = threshold - TOLERANCE;
        self.0.half_score_energy * points / (100.0 - points)
    }

    /// The share left of any energy after so many days of silence.
    pub(super) fn decay(&self, days: i64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "spans of days are far below 2^52")]
        let half_lives = days as f64 / f64::from(self.0.half_life_days);
        (-half_lives).exp2()
    }

    /// Whether a score has reached a threshold. The one comparison that ladder and forecast share.
    pub(super) fn reaches(score: f64, threshold: f64) -> bool {
        score >= threshold - TOLERANCE
    }
}

impl Default for VitalityPolicy {
    /// The standard policy; see [`PolicyNumbers`].
    fn default() -> Self {
        Self(PolicyNumbers::default())
    }
}

impl TryFrom<PolicyNumbers> for VitalityPolicy {
    type Error = InvalidPolicy;

    fn try_from(numbers: PolicyNumbers) -> Result<Self, Self::Error> {
        Self::new(numbers)
    }
}

impl From<VitalityPolicy> for PolicyNumbers {
    fn from(policy: VitalityPolicy) -> Self {
        policy.0
    }
}

/// Numbers that would make the formula contradict itself.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidPolicy {
    /// A number outside its range, or not a number.
    #[error("{field} is {value}; it must be {expected}")]
    OutOfRange {
        /// The field of [`PolicyNumbers`].
        field: &'static str,
        /// The number that was given.
        value: f64,
        /// What would be right, with its unit.
        expected: &'static str,
    },
    /// Two thresholds in the wrong order.
    #[error("{lower} is {lower_value} but must not exceed {upper}, which is {upper_value}")]
    WrongOrder {
        /// The field that must be the lower one.
        lower: &'static str,
        /// Its value in points.
        lower_value: f64,
        /// The field that must be the upper one.
        upper: &'static str,
        /// Its value in points.
        upper_value: f64,
    },
}

fn within(
    field: &'static str,
    value: f64,
    least: f64,
    most: f64,
    expected: &'static str,
) -> Result<(), InvalidPolicy> {
    // Not-a-number fails this comparison, too.
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(InvalidPolicy::OutOfRange { field, value, expected })
    }
}

fn ordered(
    (lower, lower_value): (&'static str, f64),
    (upper, upper_value): (&'static str, f64),
) -> Result<(), InvalidPolicy> {
    if lower_value <= upper_value {
        Ok(())
    } else {
        Err(InvalidPolicy::WrongOrder { lower, lower_value, upper, upper_value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_policy_passes_its_own_checks() {
        assert_eq!(VitalityPolicy::new(PolicyNumbers::default()), Ok(VitalityPolicy::default()));
    }

    #[test]
    fn a_number_that_is_none_is_refused_and_named() {
        let numbers = PolicyNumbers { capacity: f64::NAN, ..PolicyNumbers::default() };
        assert!(VitalityPolicy::new(numbers).unwrap_err().to_string().starts_with("capacity is NaN"));
    }

    #[test]
    fn a_policy_is_checked_when_it_is_read_back() {
        let text = serde_json::to_string(&VitalityPolicy::default()).unwrap();
        assert_eq!(serde_json::from_str::<VitalityPolicy>(&text).unwrap(), VitalityPolicy::default());
        let broken = text.replace("\"half_life_days\":365", "\"half_life_days\":0");
        assert!(serde_json::from_str::<VitalityPolicy>(&broken).is_err());
    }

    #[test]
    fn a_liveliness_below_active_is_refused() {
        let numbers = PolicyNumbers { lively_energy: 0.9, ..PolicyNumbers::default() };
        assert!(VitalityPolicy::new(numbers).is_err());
    }
}
