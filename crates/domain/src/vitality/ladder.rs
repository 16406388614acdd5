//! The ladder active, cooling, dormant: which score puts a partnership on which rung, and why it does not flicker between two.

use serde::Serialize;

use super::policy::VitalityPolicy;

use crate::named_enum;

named_enum! {
    /// How alive a partnership is, from its score and the rung it stood on before.
    ///
    /// Ordered: [`Dormant`](Rung::Dormant) is the lowest.
    #[non_exhaustive]
    pub enum Rung ("a rung") {
        /// Too little contact of both cities for years.
        Dormant = "dormant",
        /// Contact is waning, or is coming back but not yet enough.
        Cooling = "cooling",
        /// The cities are in touch.
        Active = "active",
    }
}

impl Rung {
    /// The rung on the next day, given that day's score.
    ///
    /// Going up needs more than staying: a partnership that has just been called cooling is not called active again because
    /// of one letter. Never lower for a higher score or a higher rung before, so contact can never harm.
    #[must_use]
    pub fn step(self, score: f64, policy: &VitalityPolicy) -> Self {
        let numbers = policy.numbers();
        let reaches = |threshold| VitalityPolicy::reaches(score, threshold);
        let (stay_active, stay_awake) = match self {
            Self::Active => (numbers.cooling_below, numbers.dormant_below),
            Self::Cooling => (numbers.active_at, numbers.dormant_below),
            Self::Dormant => (numbers.active_at, numbers.reviving_at),
        };
        if reaches(stay_active) {
            Self::Active
        } else if reaches(stay_awake) {
            Self::Cooling
        } else {
            Self::Dormant
        }
    }
}

/// The rungs that the readings of uncertain dates lead to: one when all dates are known to the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RungRange {
    /// The lowest of the readings.
    pub lowest: Rung,
    /// The highest of the readings.
    pub highest: Rung,
}

impl RungRange {
    /// The range that spans all the given rungs.
    pub(super) fn spanning(rungs: [Rung; 3]) -> Self {
        let [first, second, third] = rungs;
        Self { lowest: first.min(second).min(third), highest: first.max(second).max(third) }
    }

    /// Whether every reading of the dates gives the same rung.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self.lowest == self.highest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(from: Rung, scores: &[f64]) -> Vec<Rung> {
        let policy = VitalityPolicy::default();
        let climb = |rung: &mut Rung, &score: &f64| {
            *rung = rung.step(score, &policy);
            Some(*rung)
        };
        scores.iter().scan(from, climb).collect()
    }

    #[test]
    fn going_down_and_coming_back_need_different_scores() {
        use Rung::{Active, Cooling, Dormant};
        assert_eq!(
            walk(Dormant, &[19.0, 20.0, 39.0, 40.0, 25.0, 24.0, 39.0, 10.0, 9.0, 19.0]),
            [Dormant, Cooling, Cooling, Active, Active, Cooling, Cooling, Cooling, Dormant, Dormant]
        );
    }

    #[test]
    fn a_higher_score_or_a_higher_rung_before_never_leads_lower() {
        let policy = VitalityPolicy::default();
        let rungs = [Rung::Dormant, Rung::Cooling, Rung::Active];
        for tenths in 0..1000 {
            let (score, higher) = (f64::from(tenths) / 10.0, f64::from(tenths + 1) / 10.0);
            for pair in rungs.windows(2) {
                assert!(pair[0].step(score, &policy) <= pair[1].step(score, &policy));
                assert!(pair[0].step(score, &policy) <= pair[0].step(higher, &policy));
            }
        }
    }
}
