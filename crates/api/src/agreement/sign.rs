//! `POST /v1/programmes/{programme}/agreements/{agreement}/signatures`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope};

use super::{AgreementPath, AgreementView, SignatureFacts};

/// Records the signature of a version for one side.
///
/// Refused with 409 while a side has not approved it.
pub enum SignVersion {}

impl Endpoint for SignVersion {
    const NAME: &'static str = "sign_version";
    const SUMMARY: &'static str = "Records the signature of a version for one side.";
    const DESCRIPTION: &'static str = "Refused with 409 while a side has not approved it.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements/{agreement}/signatures";
    const ACCESS: Access = Access::Scope(Scope::AgreementWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = AgreementPath;
    type Query = NoParameters;
    type Body = SignatureBody;
    type Reply = AgreementView;
}

/// A signature, and of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignatureBody {
    /// The number of the version.
    pub version: u32,
    /// The signature.
    pub signature: SignatureFacts,
}

impl JsonBody for SignatureBody {}
