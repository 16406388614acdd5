//! `GET /v1/programmes/{programme}/shares`.

use http::Method;

use crate::{Access, Endpoint, NoBody, Page, Scope};

use super::{ListSharesQuery, ShareView};
use crate::programme::ProgrammePath;

/// Lists what is shared with other programmes.
pub enum ListShares {}

impl Endpoint for ListShares {
    const NAME: &'static str = "list_shares";
    const SUMMARY: &'static str = "Lists what is shared with other programmes.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/shares";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = ProgrammePath;
    type Query = ListSharesQuery;
    type Body = NoBody;
    type Reply = Page<ShareView>;
}
