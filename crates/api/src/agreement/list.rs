//! `GET /v1/programmes/{programme}/agreements`.

use chrono::NaiveDate;
use http::Method;
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId};

use crate::{Access, Cursor, Endpoint, Moment, NoBody, OrderWord, Page, PageLimit, Scope};

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
        /// Only those that hang under this one.
        pub parent: Option<AgreementId>,
        /// Only those with this place among the parties.
        pub party: Option<PlaceId>,
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

crate::paged!(ListAgreementsQuery);

crate::open_enum! {
    /// The order of a list of agreements.
    pub enum AgreementSort ("an order") {
        /// As they were entered; the default.
        Entered = "entered",
        /// By the day on which all had signed.
        Signed = "signed",
        /// By title.
        Title = "title",
    }
}
