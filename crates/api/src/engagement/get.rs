//! `GET /v1/programmes/{programme}/engagements/{engagement}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, RecordQuery, Scope};

use super::{EngagementPath, EngagementView};

/// Reads one engagement.
pub enum GetEngagement {}

impl Endpoint for GetEngagement {
    const NAME: &'static str = "get_engagement";
    const SUMMARY: &'static str = "Reads one engagement.";
    const DESCRIPTION: &'static str = "As of a day, it is not found if it surely had not begun by then.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/engagements/{engagement}";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    type Path = EngagementPath;
    type Query = RecordQuery;
    type Body = NoBody;
    type Reply = EngagementView;
}
