//! `PUT /v1/programmes/{programme}/engagements/{engagement}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoParameters, ProblemKind, Scope};

use super::{EngagementBody, EngagementPath, EngagementView};

/// Replaces what is known of an engagement.
pub enum ReplaceEngagement {}

impl Endpoint for ReplaceEngagement {
    const NAME: &'static str = "replace_engagement";
    const SUMMARY: &'static str = "Replaces what is known of an engagement.";
    const METHOD: Method = Method::PUT;
    const PATH: &'static str = "/v1/programmes/{programme}/engagements/{engagement}";
    const ACCESS: Access = Access::Scope(Scope::EngagementWrite);
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = EngagementPath;
    type Query = NoParameters;
    type Body = EngagementBody;
    type Reply = EngagementView;
}
