//! `POST /v1/programmes/{programme}/agreements/{agreement}/notices`.

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::PlaceId;
use sister_cities_domain::value::{FreeText, Name, PartialDate, Source};

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope, checked};

use super::{AgreementPath, AgreementView};

/// Records that notice was given; the effective end is computed from the notice period.
pub enum GiveNotice {}

impl Endpoint for GiveNotice {
    const NAME: &'static str = "give_notice";
    const SUMMARY: &'static str =
        "Records that notice was given; the effective end is computed from the notice period.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements/{agreement}/notices";
    const ACCESS: Access = Access::Scope(Scope::AgreementWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = AgreementPath;
    type Query = NoParameters;
    type Body = NoticeBody;
    type Reply = AgreementView;
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NoticeBody {
    /// Who gives it: one party, or all if they end it together.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<PlaceId>>"))]
    pub by: Vec<PlaceId>,
    /// When.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<PartialDate>"))]
    pub on: PartialDate,
    /// Who decided it.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Name>"))]
    pub authority: Name,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub reason: Option<FreeText>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
}

impl JsonBody for NoticeBody {}
