//! How a count of the domain is shown.

use sister_cities_domain::count::{Count, CountedPartnership};
use sister_cities_domain::id::PartnershipId;

use super::{CountView, CountedView};
use crate::partnership::{MemberView, StatusWord};

impl CountView {
    /// Shows a count; `members` gives the places that a partnership binds.
    #[must_use]
    pub fn of(count: &Count, members: impl Fn(PartnershipId) -> Vec<MemberView>) -> Self {
        let shown = |bonds: &[CountedPartnership]| {
            let one = |bond: &CountedPartnership| CountedView {
                partnership: bond.partnership,
                members: members(bond.partnership),
                kind: bond.kind.clone(),
                status: StatusWord::of(&bond.status),
                since: bond.since,
            };
            bonds.iter().map(one).collect()
        };
        Self {
            as_of: count.as_of,
            kinds: count.kinds.iter().cloned().collect(),
            statuses: count.statuses.iter().map(StatusWord::of).collect(),
            number: u32::try_from(count.number()).unwrap_or(u32::MAX),
            counted: shown(&count.certain),
            possible: shown(&count.possible),
            undated: shown(&count.undated),
        }
    }
}
