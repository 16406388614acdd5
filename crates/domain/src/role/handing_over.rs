//! What becomes of what was promised in a role when it ends: nobody leaves with open promises unsaid (R25).

use chrono::NaiveDate;

use super::Role;
use crate::promise::ActionPoint;

impl Role {
    /// Those of these points that are open and that whoever holds this role is to see to in it, and not in one of the other roles that
    /// they hold on that day. What the same person promised without saying in which role goes on as long as they hold any.
    pub fn owes<'a>(
        &'a self,
        points: impl IntoIterator<Item = &'a ActionPoint>,
        others: &'a [Self],
        day: NaiveDate,
    ) -> impl Iterator<Item = &'a ActionPoint> {
        let goes_on = move |other: &Self| other.id != self.id && other.tenure.is_held_on(day).is_possible();
        points.into_iter().filter(move |point| {
            let mut owners = point.owners().map(|owner| &owner.responsible);
            let owed = owners.any(|owner| {
                let elsewhere = others.iter().any(|other| goes_on(other) && other.answers_for(owner));
                self.answers_for(owner) && !elsewhere
            });
            owed && !point.state().is_over()
        })
    }

    /// The point with whoever holds `successor` in the place of whoever holds this role. They have not accepted it yet.
    #[must_use]
    pub fn hand_over(&self, point: &ActionPoint, successor: &Self) -> ActionPoint {
        let handed = |owner: &Option<crate::promise::PointOwner>| {
            owner.clone().map(|owner| {
                if self.answers_for(&owner.responsible) {
                    crate::promise::PointOwner::named(successor.responsible())
                } else {
                    owner
                }
            })
        };
        ActionPoint { host: handed(&point.host), counterpart: handed(&point.counterpart), ..point.clone() }
    }
}
