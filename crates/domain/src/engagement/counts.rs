//! The four counts of a programme's exchanges: visits in and out, and the people who made them (R27).

use std::ops::{AddAssign, RangeInclusive};

use chrono::NaiveDate;

use crate::id::EngagementId;
use crate::value::Certainty;

use super::{Direction, Engagement, Happening, ParticipantGroup, ParticipantRole, Side};

/// Exchanges in one direction and the people who travelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// How many engagements went that way.
    pub exchanges: u64,
    /// People known to have travelled: of the visiting side, in a role that travels.
    pub people: u64,
    /// People counted by the source without telling their side or role: travellers or guests.
    pub people_unclear: u64,
    /// Exchanges whose source gives no number of people at all.
    pub without_number: u64,
}

/// The four counts within a period, and what they rest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExchangeCounts {
    /// Visits to us that certainly fall within the period.
    pub inbound: Flow,
    /// Visits by us that certainly fall within the period.
    pub outbound: Flow,
    /// Visits to us that possibly fall within it: their date is not known well enough.
    pub possibly_inbound: Flow,
    /// Visits by us that possibly fall within it.
    pub possibly_outbound: Flow,
    /// The list behind the numbers.
    pub counted: Vec<CountedEngagement>,
    /// Engagements within the period, certainly or possibly, that are neither in nor out: joint, virtual, local or unknown.
    pub neither: u64,
}

/// An engagement that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedEngagement {
    /// The engagement that was counted.
    pub engagement: EngagementId,
    /// The way it was counted, inbound or outbound.
    pub direction: Direction,
    /// Whether it certainly falls within the period.
    pub certainty: Certainty,
}

/// Counts visits in and out and the people who made them, by the first day of each visit, the first and last of `days` included.
///
/// Published counts differ because they count other things under the same name; so each of the four is kept apart, and what the
/// source leaves open is not guessed. What was called off is left out. An activity of several partners has an engagement with
/// each: count over one partnership, or expect it more than once.
#[must_use]
pub fn exchange_counts<'a>(
    engagements: impl IntoIterator<Item = &'a Engagement>,
    days: &RangeInclusive<NaiveDate>,
) -> ExchangeCounts {
    let mut counts = ExchangeCounts::default();
    for engagement in engagements {
        let certainty = engagement.dates.begins_within(days);
        if engagement.happening == Happening::CalledOff || certainty == Certainty::No {
            continue;
        }
        let (visitors, flow) = match (engagement.direction, certainty.is_certain()) {
            (Direction::Inbound, true) => (Side::Counterpart, &mut counts.inbound),
            (Direction::Inbound, false) => (Side::Counterpart, &mut counts.possibly_inbound),
            (Direction::Outbound, true) => (Side::Host, &mut counts.outbound),
            (Direction::Outbound, false) => (Side::Host, &mut counts.possibly_outbound),
            (Direction::Joint | Direction::Virtual | Direction::Local | Direction::Unknown, _) => {
                counts.neither += 1;
                continue;
            }
        };
        *flow += flow_of(&engagement.participants, visitors);
        counts.counted.push(CountedEngagement {
            engagement: engagement.id,
            direction: engagement.direction,
            certainty,
        });
    }
    counts
}

fn flow_of(groups: &[ParticipantGroup], visitors: Side) -> Flow {
    let mut flow = Flow { exchanges: 1, ..Flow::default() };
    flow.without_number = u64::from(groups.is_empty());
    for group in groups {
        let people = u64::from(group.people);
        match travels(group, visitors) {
            Certainty::Yes => flow.people += people,
            Certainty::Possibly => flow.people_unclear += people,
            Certainty::No => {}
        }
    }
    flow
}

/// Whether a group made the journey.
fn travels(group: &ParticipantGroup, visitors: Side) -> Certainty {
    let by_side = match group.side {
        side if side == visitors => Certainty::Yes,
        Side::Both | Side::Unstated => Certainty::Possibly,
        Side::Host | Side::Counterpart => Certainty::No,
    };
    let by_role = match &group.role {
        ParticipantRole::Host | ParticipantRole::Audience => Certainty::No,
        ParticipantRole::Unstated => Certainty::Possibly,
        ParticipantRole::Delegate
        | ParticipantRole::Official
        | ParticipantRole::Business
        | ParticipantRole::Student
        | ParticipantRole::Educator
        | ParticipantRole::Artist
        | ParticipantRole::Athlete
        | ParticipantRole::Practitioner
        | ParticipantRole::Volunteer
        | ParticipantRole::Other(_) => Certainty::Yes,
    };
    by_side.and(by_role)
}

impl AddAssign for Flow {
    fn add_assign(&mut self, other: Self) {
        self.exchanges += other.exchanges;
        self.people += other.people;
        self.people_unclear += other.people_unclear;
        self.without_number += other.without_number;
    }
}
