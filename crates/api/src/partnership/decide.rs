//! `POST /v1/programmes/{programme}/partnerships/{partnership}/decisions`.

use chrono::NaiveDate;
use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::value::{FreeText, Name, PartialDate, Source};

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope, checked};

use super::{DecisionWord, EpisodeBody, PartnershipPath, PartnershipView};

/// Records a decision, such as to suspend, resume, reaffirm or conclude.
///
/// A decision that the present status does not allow answers 409 and says which are possible.
pub enum DecidePartnership {}

impl Endpoint for DecidePartnership {
    const NAME: &'static str = "decide_partnership";
    const SUMMARY: &'static str = "Records a decision, such as to suspend, resume, reaffirm or conclude.";
    const DESCRIPTION: &'static str =
        "A decision that the present status does not allow answers 409 and says which are possible.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships/{partnership}/decisions";
    const ACCESS: Access = Access::Scope(Scope::PartnershipWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = PartnershipPath;
    type Query = NoParameters;
    type Body = DecisionBody;
    type Reply = PartnershipView;
}

/// A decision about a partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionBody {
    /// What was decided.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<DecisionWord>"))]
    pub decision: DecisionWord,
    /// From when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub on: Option<PartialDate>,
    /// Who decided: a council, a mayor, a board.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub authority: Option<Name>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
    /// For `agree`: the episode that begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub episode: Option<EpisodeBody>,
    /// For `review`: the day by which to decide.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub deadline: Option<NaiveDate>,
    /// For `measure`: which, such as `return_gifts` or `disband_committee`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The reason, condition, plan, grounds or statement, in words.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub note: Option<FreeText>,
}

impl JsonBody for DecisionBody {}
