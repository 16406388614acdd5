//! `GET /v1/programmes/{programme}/partnerships/{partnership}/agreements`.

use chrono::NaiveDate;
use http::Method;

use crate::{Access, Cursor, Endpoint, Moment, NoBody, OrderWord, Page, PageLimit, Scope};

use super::{AgreementSort, AgreementView};
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
        /// The order.
        pub sort: Option<AgreementSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// Only those that were, or may have been, in force on this day, with their terms and states of then.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListPartnershipAgreementsQuery);
