//! `POST /v1/programmes/{programme}/agreements/{agreement}/approvals`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope};

use super::{AgreementPath, AgreementView, ApprovalFacts};

/// Records the approval of a version by one side.
pub enum ApproveVersion {}

impl Endpoint for ApproveVersion {
    const NAME: &'static str = "approve_version";
    const SUMMARY: &'static str = "Records the approval of a version by one side.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements/{agreement}/approvals";
    const ACCESS: Access = Access::Scope(Scope::AgreementWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = AgreementPath;
    type Query = NoParameters;
    type Body = ApprovalBody;
    type Reply = AgreementView;
}

/// An approval, and of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ApprovalBody {
    /// The number of the version.
    pub version: u32,
    /// The approval.
    pub approval: ApprovalFacts,
}

impl JsonBody for ApprovalBody {}
