//! `POST /v1/programmes/{programme}/engagements`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoParameters, ProblemKind, Scope};

use super::{EngagementBody, EngagementView};
use crate::programme::ProgrammePath;

/// Logs an engagement.
pub enum CreateEngagement {}

impl Endpoint for CreateEngagement {
    const NAME: &'static str = "create_engagement";
    const SUMMARY: &'static str = "Logs an engagement.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/engagements";
    const ACCESS: Access = Access::Scope(Scope::EngagementWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = ProgrammePath;
    type Query = NoParameters;
    type Body = EngagementBody;
    type Reply = EngagementView;
}
