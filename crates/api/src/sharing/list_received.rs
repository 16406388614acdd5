//! `GET /v1/programmes/{programme}/links/{link}/received`.

use http::Method;

use crate::{Access, Endpoint, NoBody, Page, Scope};

use super::{LinkPath, ListReceivedQuery, ReceivedView};

/// Lists what the programme at the other end of a link shares.
pub enum ListReceived {}

impl Endpoint for ListReceived {
    const NAME: &'static str = "list_received";
    const SUMMARY: &'static str = "Lists what the programme at the other end of a link shares.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/links/{link}/received";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = LinkPath;
    type Query = ListReceivedQuery;
    type Body = NoBody;
    type Reply = Page<ReceivedView>;
}
