//! `PATCH /v1/programmes/{programme}/partnerships/{partnership}`.

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::value::Source;

#[cfg(feature = "schema")]
use crate::As;
use crate::note::NoteBody;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope, checked};

use super::{DateClaimBody, LabelBody, PartnershipPath, PartnershipView};

/// Adds to what is recorded of a partnership, or chooses among its sources.
///
/// Nothing is taken away: conflicting dates are kept side by side, and one is chosen. Decisions have an operation of their own.
pub enum ChangePartnership {}

impl Endpoint for ChangePartnership {
    const NAME: &'static str = "change_partnership";
    const SUMMARY: &'static str = "Adds to what is recorded of a partnership, or chooses among its sources.";
    const DESCRIPTION: &'static str = "Nothing is taken away: conflicting dates are kept side by side, and one is chosen. Decisions have an operation of their own.";
    const METHOD: Method = Method::PATCH;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships/{partnership}";
    const ACCESS: Access = Access::Scope(Scope::PartnershipWrite);
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = PartnershipPath;
    type Query = NoParameters;
    type Body = ChangePartnershipBody;
    type Reply = PartnershipView;
}

/// What to add to a partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[derive(Default)]
pub struct ChangePartnershipBody {
    /// What to add to its episodes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub episodes: Vec<EpisodeChangeBody>,
    /// Notes to add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

impl JsonBody for ChangePartnershipBody {}

/// What to add to one episode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EpisodeChangeBody {
    /// Which episode, from 0, in the order of the view.
    pub episode: u32,
    /// What a side calls it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelBody>,
    /// Where it is attested.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<Source>>"))]
    pub sources: Vec<Source>,
    /// What further sources say of its beginning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub began: Vec<DateClaimBody>,
    /// What a source says of its end, while another episode goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<DateClaimBody>,
    /// Which claim of its beginning to show, from 0, in the order of the view after the additions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choose_beginning: Option<u32>,
}
