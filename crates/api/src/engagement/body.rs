//! What a client says of engagements.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::engagement::{
    Direction, Focus, Happening, OtherSideEvidence, ParticipantRole, Side,
};
use sister_cities_domain::id::{OrganisationId, PartnershipId, PersonId};
use sister_cities_domain::value::{FreeText, Money, Name, PartialDate, Source, Title};

use super::SideWord;
use crate::AsText;
use crate::note::NoteBody;

/// An engagement, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EngagementBody {
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// What it was, as the log puts it.
    pub title: Title,
    /// What it was about, at least one, such as `culture` or `business`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foci: Vec<Focus>,
    /// The way it went, seen from the host.
    pub direction: Direction,
    /// When it began, as precisely as is known.
    pub start: Option<PartialDate>,
    /// When it ended, if that is another day.
    pub end: Option<PartialDate>,
    /// Who took part, in groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<ParticipantsBody>,
    /// The organisations behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<OrganisationBody>,
    /// What it cost, and whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<CostBody>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<FreeText>,
    /// Whether both sides are to be asked what came of it, 3, 6, 12 and 24 months after it; `false` if not given.
    pub follow_up: Option<bool>,
    /// What is known of the other side's part; `unstated` if not given.
    pub evidence: Option<OtherSideEvidence>,
    /// Where it is recorded.
    pub source: Option<Source>,
    /// Whether it took place; `held` if not given.
    pub happening: Option<Happening>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// A group of people who took part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParticipantsBody {
    /// Whose they were.
    #[schemars(with = "Side")]
    pub side: SideWord,
    /// What they were: `delegate`, `student`, `artist` …
    pub role: ParticipantRole,
    /// How many.
    pub people: u32,
}

/// An organisation behind an engagement.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationBody {
    /// Its name.
    pub name: Name,
    /// Whose it is.
    #[schemars(with = "Side")]
    pub side: SideWord,
    /// Who spoke for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub representatives: Vec<Name>,
    /// Its record, if the programme keeps one of it.
    pub organisation: Option<OrganisationId>,
    /// The records of those who spoke for it, where the programme keeps such.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub represented_by: Vec<PersonId>,
}

/// What an engagement cost a party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostBody {
    /// Who paid.
    pub party: Name,
    /// How much, such as `25000.00 USD`.
    pub amount: AsText<Money>,
}

/// What those who take part in an engagement need.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CareBody {
    /// What is needed; nothing if not given.
    pub care: Option<FreeText>,
}
