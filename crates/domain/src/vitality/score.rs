//! The score of 0 to 100.

use serde::Serialize;

/// A score of 0 to 100 points, as a range where dates are uncertain: `low <= typical <= high`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// With every contact as early as its date allows, and not counted while it may lie in the future.
    pub low: f64,
    /// With every contact in the middle of the days its date allows. The rung goes by this one.
    pub typical: f64,
    /// With every contact as late as its date allows.
    pub high: f64,
}

impl Score {
    /// The typical score in whole points, as sentences state it.
    #[must_use]
    pub fn points(&self) -> u32 {
        whole(self.typical)
    }
}

/// A score of 0 to 100 in whole points.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores lie between 0 and 100")]
pub(super) fn whole(score: f64) -> u32 {
    score.round() as u32
}
