//! `GET /v1/programmes/{programme}/agreements`.

use http::Method;
use sister_cities_domain::id::PartnershipId;

use crate::{Access, Cursor, Endpoint, NoBody, Page, PageLimit, Scope};

use super::AgreementView;
use crate::programme::ProgrammePath;

/// Lists the agreements of a programme.
pub enum ListAgreements {}

impl Endpoint for ListAgreements {
    const NAME: &'static str = "list_agreements";
    const SUMMARY: &'static str = "Lists the agreements of a programme.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = ProgrammePath;
    type Query = ListAgreementsQuery;
    type Body = NoBody;
    type Reply = Page<AgreementView>;
}

crate::parameters! {
    /// Which agreements to list.
    #[derive(Default)]
    pub struct ListAgreementsQuery {
        /// Only those of this partnership.
        pub partnership: Option<PartnershipId>,
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListAgreementsQuery);
