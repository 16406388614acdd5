//! `POST /v1/programmes/{programme}/agreements/{agreement}/proposals`.

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::value::PartialDate;

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope, checked};

use super::{AgreementPath, AgreementView};

/// Fixes the text of a draft and puts it to the sides.
pub enum ProposeVersion {}

impl Endpoint for ProposeVersion {
    const NAME: &'static str = "propose_version";
    const SUMMARY: &'static str = "Fixes the text of a draft and puts it to the sides.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements/{agreement}/proposals";
    const ACCESS: Access = Access::Scope(Scope::AgreementWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = AgreementPath;
    type Query = NoParameters;
    type Body = ProposalBody;
    type Reply = AgreementView;
}

/// Which version is proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposalBody {
    /// Its number.
    pub version: u32,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub on: Option<PartialDate>,
}

impl JsonBody for ProposalBody {}
