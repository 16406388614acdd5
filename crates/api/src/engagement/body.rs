//! What a client says of engagements.

use serde::{Deserialize, Serialize};
use sister_cities_domain::engagement::{Focus, ParticipantRole};
use sister_cities_domain::id::PartnershipId;
use sister_cities_domain::value::{FreeText, Name, PartialDate, Source, Title};

use super::{DirectionWord, EvidenceWord, HappeningWord, SideWord};
#[cfg(feature = "schema")]
use crate::As;
use crate::note::NoteBody;
use crate::{JsonBody, MoneyText, checked};

/// An engagement, as created or replaced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EngagementBody {
    /// The partnership it belongs to.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<PartnershipId>"))]
    pub partnership: PartnershipId,
    /// What it was, as the log puts it.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Title>"))]
    pub title: Title,
    /// What it was about, at least one, such as `culture` or `business`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<Focus>>"))]
    pub foci: Vec<Focus>,
    /// The way it went, seen from the host.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<DirectionWord>"))]
    pub direction: DirectionWord,
    /// When it began, as precisely as is known.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub start: Option<PartialDate>,
    /// When it ended, if that is another day.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
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
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<FreeText>>"))]
    pub outcomes: Vec<FreeText>,
    /// What is known of the other side's part; `unstated` if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<EvidenceWord>>"))]
    pub evidence: Option<EvidenceWord>,
    /// Where it is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
    /// Whether it took place; `held` if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<HappeningWord>>"))]
    pub happening: Option<HappeningWord>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

impl JsonBody for EngagementBody {}

/// A group of people who took part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ParticipantsBody {
    /// Whose they were.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<SideWord>"))]
    pub side: SideWord,
    /// What they were: `delegate`, `student`, `artist` …
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<ParticipantRole>"))]
    pub role: ParticipantRole,
    /// How many.
    pub people: u32,
}

/// An organisation behind an engagement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OrganisationBody {
    /// Its name.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Name>"))]
    pub name: Name,
    /// Whose it is.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<SideWord>"))]
    pub side: SideWord,
    /// Who spoke for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<Name>>"))]
    pub representatives: Vec<Name>,
}

/// What an engagement cost a party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CostBody {
    /// Who paid.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Name>"))]
    pub party: Name,
    /// How much, such as `25000.00 USD`.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<MoneyText>"))]
    pub amount: MoneyText,
}

/// What those who take part in an engagement need.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CareBody {
    /// What is needed; nothing if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub care: Option<FreeText>,
}

impl JsonBody for CareBody {}
