//! `POST /v1/programmes/{programme}/agreements/{agreement}/withdrawals`.

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::value::{FreeText, PartialDate};

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope, checked};

use super::{AgreementPath, AgreementView};

/// Gives up a version that nobody has approved.
pub enum WithdrawVersion {}

impl Endpoint for WithdrawVersion {
    const NAME: &'static str = "withdraw_version";
    const SUMMARY: &'static str = "Gives up a version that nobody has approved.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements/{agreement}/withdrawals";
    const ACCESS: Access = Access::Scope(Scope::AgreementWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = AgreementPath;
    type Query = NoParameters;
    type Body = WithdrawalBody;
    type Reply = AgreementView;
}

/// Which version is given up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawalBody {
    /// Its number.
    pub version: u32,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub on: Option<PartialDate>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub reason: Option<FreeText>,
}

impl JsonBody for WithdrawalBody {}
