//! `GET /v1/programmes`.

use http::Method;

use crate::{Access, Cursor, Endpoint, Moment, NoBody, NoParameters, Page, PageLimit, Scope};

use super::ProgrammeView;

/// Lists the programmes that the token may see, oldest first.
pub enum ListProgrammes {}

impl Endpoint for ListProgrammes {
    const NAME: &'static str = "list_programmes";
    const SUMMARY: &'static str = "Lists the programmes that the token may see, oldest first.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = NoParameters;
    type Query = ListProgrammesQuery;
    type Body = NoBody;
    type Reply = Page<ProgrammeView>;
}

crate::parameters! {
    /// Where to read a list of programmes.
    #[derive(Default)]
    pub struct ListProgrammesQuery {
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListProgrammesQuery);
