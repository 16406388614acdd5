//! `GET /v1/programmes/{programme}/shares/{share}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, NoParameters, Scope};

use super::{SharePath, ShareView};

/// Reads what is shared of one record.
pub enum GetShare {}

impl Endpoint for GetShare {
    const NAME: &'static str = "get_share";
    const SUMMARY: &'static str = "Reads what is shared of one record.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/shares/{share}";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const CONCURRENCY: Concurrency = Concurrency::Named;
    type Path = SharePath;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = ShareView;
}
