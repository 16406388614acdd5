//! `GET /v1/programmes/{programme}/links/{link}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, NoParameters, Scope};

use super::{LinkPath, LinkView};

/// Reads one link.
pub enum GetLink {}

impl Endpoint for GetLink {
    const NAME: &'static str = "get_link";
    const SUMMARY: &'static str = "Reads one link.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/links/{link}";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const CONCURRENCY: Concurrency = Concurrency::Named;
    type Path = LinkPath;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = LinkView;
}
