//! `GET /v1/programmes/{programme}/partnerships/{partnership}/agreements`.

use http::Method;

use crate::{Access, Cursor, Endpoint, NoBody, Page, PageLimit, Scope};

use super::AgreementView;
use crate::partnership::PartnershipPath;

/// Lists the agreements of one partnership.
pub enum ListPartnershipAgreements {}

impl Endpoint for ListPartnershipAgreements {
    const NAME: &'static str = "list_partnership_agreements";
    const SUMMARY: &'static str = "Lists the agreements of one partnership.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships/{partnership}/agreements";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = PartnershipPath;
    type Query = ListPartnershipAgreementsQuery;
    type Body = NoBody;
    type Reply = Page<AgreementView>;
}

crate::parameters! {
    /// Which page.
    #[derive(Default)]
    pub struct ListPartnershipAgreementsQuery {
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListPartnershipAgreementsQuery);
