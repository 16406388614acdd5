//! Who took part in an engagement and who paid for it: by side, role and party.

use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PersonId};
use crate::named_enum;
use crate::value::{Money, Name, open_catalogue};

named_enum! {
    /// Which side of the partnership somebody belongs to.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum Side ("a side") {
        /// The city whose programme it is.
        Host = "host",
        /// The city that the partnership is with.
        Counterpart = "counterpart",
        /// Both cities together.
        Both = "both",
        /// The source does not say.
        #[default]
        Unstated = "unstated",
    }
}

open_catalogue! {
    /// In what role people took part.
    ParticipantRole ("a role such as delegate or student", "delegate") {
        /// A member of a delegation.
        Delegate = "delegate",
        /// A mayor, councillor or other holder of an office.
        Official = "official",
        /// Somebody on business.
        Business = "business",
        /// A pupil or student.
        Student = "student",
        /// A teacher or researcher.
        Educator = "educator",
        /// An artist or performer.
        Artist = "artist",
        /// An athlete.
        Athlete = "athlete",
        /// A practitioner: of social work, policing, planning, health.
        Practitioner = "practitioner",
        /// A volunteer.
        Volunteer = "volunteer",
        /// Somebody who received the guests.
        Host = "host",
        /// The public: the guests of a reception, the audience of a concert.
        Audience = "audience",
        /// The source does not say.
        Unstated = "unstated",
    }
}

/// So many people of one side in one role.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ParticipantGroup {
    /// Which city they came with.
    #[serde(default)]
    pub side: Side,
    /// In what role they took part.
    pub role: ParticipantRole,
    /// How many they were.
    pub people: u32,
}

/// An organisation behind an engagement.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Organisation {
    /// What it is called.
    pub name: Name,
    /// Which city it belongs to.
    #[serde(default)]
    pub side: Side,
    /// Who stood for it, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub representatives: Vec<Name>,
    /// Its record, if the programme keeps one of it. The name stays as the log has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Those who stood for it of whom the programme keeps records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub represented_by: Vec<PersonId>,
}

/// What one party paid.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cost {
    /// Who paid: a city, a foundation, a family.
    pub party: Name,
    /// How much, in the minor units of its currency.
    pub amount: Money,
}

impl Organisation {
    /// An organisation of which only the name and the side are known.
    #[must_use]
    pub const fn named(name: Name, side: Side) -> Self {
        Self { name, side, representatives: Vec::new(), organisation: None, represented_by: Vec::new() }
    }
}
