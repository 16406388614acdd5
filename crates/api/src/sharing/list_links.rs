//! `GET /v1/programmes/{programme}/links`.

use http::Method;

use crate::{Access, Endpoint, NoBody, Scope};

use super::{LinksView, ListLinksQuery};
use crate::programme::ProgrammePath;

/// Lists the links of a programme to others, and the programmes that offer one.
pub enum ListLinks {}

impl Endpoint for ListLinks {
    const NAME: &'static str = "list_links";
    const SUMMARY: &'static str =
        "Lists the links of a programme to others, and the programmes that offer one.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/links";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = ProgrammePath;
    type Query = ListLinksQuery;
    type Body = NoBody;
    type Reply = LinksView;
}
