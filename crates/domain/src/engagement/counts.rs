//! The four counts of a programme's exchanges: visits in and out, and the people who made them (R27).

use std::collections::BTreeMap;
use std::ops::{AddAssign, RangeInclusive};

use chrono::NaiveDate;

use crate::id::EngagementId;
use crate::named_enum;
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

named_enum! {
    /// Why an engagement, or the people in it, could not be counted.
    #[non_exhaustive]
    pub enum Uncounted ("a reason not to be counted") {
        /// No source gives a date, so it is of no year.
        Undated = "undated",
        /// It was called off.
        CalledOff = "called_off",
        /// It went neither in nor out: joint, virtual, local, or nobody says who travelled.
        NeitherInNorOut = "neither_in_nor_out",
        /// The exchange is counted; the source gives no number of people.
        NoNumberOfPeople = "no_number_of_people",
        /// The exchange is counted; of some people the source does not tell the side or the role, and they may have been guests.
        PeopleUnclear = "people_unclear",
    }
}

/// How one engagement is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExchangeEntry {
    /// The engagement.
    pub engagement: EngagementId,
    /// The way it went.
    pub direction: Direction,
    /// What it adds to the counts of its direction; nothing if it is no exchange.
    pub flow: Flow,
    /// What could not be counted, and why.
    pub uncounted: Vec<Uncounted>,
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
    /// How many engagements within the period, certainly or possibly, could not be counted, or not whole, by the reason.
    pub uncounted: BTreeMap<Uncounted, u64>,
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
        if certainty == Certainty::No {
            continue;
        }
        let ExchangeEntry { engagement, direction, flow, uncounted } = exchange_entry(engagement);
        for reason in uncounted {
            *counts.uncounted.entry(reason).or_default() += 1;
        }
        if flow.exchanges == 0 {
            continue;
        }
        let sum = match (direction, certainty.is_certain()) {
            (Direction::Inbound, true) => &mut counts.inbound,
            (Direction::Inbound, false) => &mut counts.possibly_inbound,
            (_, true) => &mut counts.outbound,
            (_, false) => &mut counts.possibly_outbound,
        };
        *sum += flow;
        counts.counted.push(CountedEngagement { engagement, direction, certainty });
    }
    counts
}

/// How one engagement is counted, in whatever year it was.
#[must_use]
pub fn exchange_entry(engagement: &Engagement) -> ExchangeEntry {
    let visitors = match (engagement.happening, engagement.direction) {
        (Happening::CalledOff, _) => Err(Uncounted::CalledOff),
        (_, Direction::Inbound) => Ok(Side::Counterpart),
        (_, Direction::Outbound) => Ok(Side::Host),
        (_, Direction::Joint | Direction::Virtual | Direction::Local | Direction::Unknown) => {
            Err(Uncounted::NeitherInNorOut)
        }
    };
    let (flow, not_whole) = match visitors {
        Ok(visitors) => {
            let flow = flow_of(&engagement.participants, visitors);
            let no_number = (flow.without_number > 0).then_some(Uncounted::NoNumberOfPeople);
            (flow, no_number.or((flow.people_unclear > 0).then_some(Uncounted::PeopleUnclear)))
        }
        Err(reason) => (Flow::default(), Some(reason)),
    };
    let undated = engagement.dates.is_undated().then_some(Uncounted::Undated);
    ExchangeEntry {
        engagement: engagement.id,
        direction: engagement.direction,
        flow,
        uncounted: undated.into_iter().chain(not_whole).collect(),
    }
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
