//! `POST /v1/programmes/{programme}/agreements/{agreement}/versions`.

use http::Method;
use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope, checked};

use super::{AgreementPath, AgreementView, BaseWord, TermsBody};

/// Drafts a version that amends or supersedes a fully signed one.
///
/// A signed version never changes; it is amended.
pub enum AddVersion {}

impl Endpoint for AddVersion {
    const NAME: &'static str = "add_version";
    const SUMMARY: &'static str = "Drafts a version that amends or supersedes a fully signed one.";
    const DESCRIPTION: &'static str = "A signed version never changes; it is amended.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements/{agreement}/versions";
    const ACCESS: Access = Access::Scope(Scope::AgreementWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = AgreementPath;
    type Query = NoParameters;
    type Body = AddVersionBody;
    type Reply = AgreementView;
}

/// A new version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddVersionBody {
    /// `amends` or `supersedes`.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<BaseWord>"))]
    pub base: BaseWord,
    /// The number of the version it builds on.
    pub of: u32,
    /// The SHA-256 of its text in hexadecimal, if the text is at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// The terms that it states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<TermsBody>,
}

impl JsonBody for AddVersionBody {}
