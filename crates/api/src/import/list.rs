//! `GET /v1/programmes/{programme}/imports`.

use http::Method;
use sister_cities_domain::value::ContentHash;

use crate::{Access, Cursor, Endpoint, Moment, NoBody, OrderWord, Page, PageLimit, Scope};

use super::{ImportKind, ImportStateWord, ImportView};
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
    /// Which imports to list, and which page.
    #[derive(Default)]
    pub struct ListImportsQuery {
        /// Only those that are so far.
        pub state: Option<ImportStateWord>,
        /// Only those that bring in this.
        pub content: Option<ImportKind>,
        /// Only those of the file with this SHA-256, in hexadecimal.
        pub file: Option<ContentHash>,
        /// From which end; descending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListImportsQuery);
