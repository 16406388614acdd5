//! `POST /v1/programmes`.

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::value::{Currency, LanguageTag, Name};

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope, checked};

use super::ProgrammeView;
use crate::place::PlaceBody;

/// Creates a programme together with its host place, with the standard catalogue of kinds.
pub enum CreateProgramme {}

impl Endpoint for CreateProgramme {
    const NAME: &'static str = "create_programme";
    const SUMMARY: &'static str =
        "Creates a programme together with its host place, with the standard catalogue of kinds.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes";
    const ACCESS: Access = Access::Scope(Scope::Admin);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = CreateProgrammeBody;
    type Reply = ProgrammeView;
}

/// A new programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateProgrammeBody {
    /// Its name.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Name>"))]
    pub name: Name,
    /// The place that runs it.
    pub host: PlaceBody,
    /// The language of its own texts; `en` if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<LanguageTag>>"))]
    pub language: Option<LanguageTag>,
    /// The currency of its own accounts; `EUR` if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Currency>>"))]
    pub currency: Option<Currency>,
}

impl JsonBody for CreateProgrammeBody {}
