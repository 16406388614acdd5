//! `POST /v1/programmes/{programme}/partnerships`.

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::PlaceId;

#[cfg(feature = "schema")]
use crate::As;
use crate::note::NoteBody;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope, checked};

use super::{CoverageBody, DecisionBody, EpisodeBody, PartnershipView};
use crate::programme::ProgrammePath;

/// Enters a partnership.
///
/// With an episode it is agreed; without one it is an enquiry. Decisions follow in the order given.
pub enum CreatePartnership {}

impl Endpoint for CreatePartnership {
    const NAME: &'static str = "create_partnership";
    const SUMMARY: &'static str = "Enters a partnership.";
    const DESCRIPTION: &'static str =
        "With an episode it is agreed; without one it is an enquiry. Decisions follow in the order given.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships";
    const ACCESS: Access = Access::Scope(Scope::PartnershipWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = ProgrammePath;
    type Query = NoParameters;
    type Body = CreatePartnershipBody;
    type Reply = PartnershipView;
}

/// A new partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreatePartnershipBody {
    /// The places it binds, two or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<PlaceId>>"))]
    pub members: Vec<PlaceId>,
    /// How it began: its first episode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub episode: Option<EpisodeBody>,
    /// What was decided since, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionBody>,
    /// For which periods its log is believed complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub record: Vec<CoverageBody>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

impl JsonBody for CreatePartnershipBody {}
