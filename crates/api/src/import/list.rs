//! `GET /v1/programmes/{programme}/imports`.

use http::Method;

use crate::{Access, Cursor, Endpoint, NoBody, Page, PageLimit, Scope};

use super::ImportView;
use crate::programme::ProgrammePath;

/// Lists the imports of a programme, the latest first.
pub enum ListImports {}

impl Endpoint for ListImports {
    const NAME: &'static str = "list_imports";
    const SUMMARY: &'static str = "Lists the imports of a programme, the latest first.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/imports";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = ProgrammePath;
    type Query = ListImportsQuery;
    type Body = NoBody;
    type Reply = Page<ImportView>;
}

crate::parameters! {
    /// Which page.
    #[derive(Default)]
    pub struct ListImportsQuery {
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListImportsQuery);
