//! How far a plan is: what is done, what is late, what comes next.

use chrono::NaiveDate;

use super::point::ActionPoint;
use super::state::ActionPointState;
use crate::id::ActionPointId;

/// How far a plan is on a day, by its points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanProgress {
    /// How many points it has.
    pub points: u32,
    /// How many are done.
    pub done: u32,
    /// How many were dropped.
    pub dropped: u32,
    /// How many do not go on for now.
    pub stalled: u32,
    /// Those that are late, the longest first.
    pub late: Vec<ActionPointId>,
    /// What is to be done next: of the points that are neither over nor late, the one that is due first. One without a date comes
    /// after all that have one, and of two that are equal the one of the smaller number comes first.
    pub next: Option<ActionPointId>,
}

impl PlanProgress {
    /// How far the plan of these points is on that day. Their order does not matter.
    #[must_use]
    pub fn of<'a>(points: impl IntoIterator<Item = &'a ActionPoint>, today: NaiveDate) -> Self {
        let mut progress = Self::default();
        let mut open = Vec::new();
        for point in points {
            progress.points += 1;
            match point.state() {
                ActionPointState::Done => progress.done += 1,
                ActionPointState::Dropped => progress.dropped += 1,
                ActionPointState::Stalled => {
                    progress.stalled += 1;
                    open.push(point);
                }
                ActionPointState::Open
                | ActionPointState::BothOwnersAccepted
                | ActionPointState::InProgress => open.push(point),
            }
        }
        open.sort_by_key(|point| (point.last_day().unwrap_or(NaiveDate::MAX), point.number));
        progress.next = open.iter().find(|point| !point.is_late(today)).map(|point| point.id);
        progress.late = open.iter().filter(|point| point.is_late(today)).map(|point| point.id).collect();
        progress
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.points == self.done + self.dropped
    }
}
