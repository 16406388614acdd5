//! An engagement as the wire shows it.

use serde::{Deserialize, Serialize};
use sister_cities_domain::engagement::Focus;
use sister_cities_domain::id::{EngagementId, PartnershipId};
use sister_cities_domain::value::{FreeText, PartialDate, Source, Title};

#[cfg(feature = "schema")]
use crate::As;

use super::{
    CostBody, DirectionWord, EvidenceWord, HappeningWord, MutualityWord, OrganisationBody, ParticipantsBody,
};
use crate::note::NoteBody;

/// Something that two cities did with each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EngagementView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(with = "As<EngagementId>"))]
    pub id: EngagementId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The partnership it belongs to.
    #[cfg_attr(feature = "schema", schemars(with = "As<PartnershipId>"))]
    pub partnership: PartnershipId,
    /// What it was, as the log puts it.
    #[cfg_attr(feature = "schema", schemars(with = "As<Title>"))]
    pub title: Title,
    /// What it was about.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<Focus>>"))]
    pub foci: Vec<Focus>,
    /// The way it went, seen from the host.
    pub direction: DirectionWord,
    /// When it began, as precisely as is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub start: Option<PartialDate>,
    /// When it ended, if that is another day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub end: Option<PartialDate>,
    /// Who took part, in groups.
    #[serde(default)]
    pub participants: Vec<ParticipantsBody>,
    /// The organisations behind it.
    #[serde(default)]
    pub organisations: Vec<OrganisationBody>,
    /// What it cost, and whom.
    #[serde(default)]
    pub costs: Vec<CostBody>,
    /// What came of it.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<FreeText>>"))]
    pub outcomes: Vec<FreeText>,
    /// What is known of the other side's part.
    pub evidence: EvidenceWord,
    /// Whether it counts as contact both ways: follows from direction and evidence.
    pub mutuality: MutualityWord,
    /// Where it is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
    /// Whether it took place.
    pub happening: HappeningWord,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
}
