//! `GET /v1/programmes/{programme}/partnerships`.

use chrono::NaiveDate;
use http::Method;
use sister_cities_domain::id::PlaceId;
use sister_cities_domain::value::KindKey;

use crate::{Access, Cursor, Endpoint, Moment, NoBody, OrderWord, Page, PageLimit, Scope};

use super::{PartnershipView, StatusWord};
use crate::programme::ProgrammePath;

/// Lists the partnerships of a programme.
pub enum ListPartnerships {}

impl Endpoint for ListPartnerships {
    const NAME: &'static str = "list_partnerships";
    const SUMMARY: &'static str = "Lists the partnerships of a programme.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = ProgrammePath;
    type Query = ListPartnershipsQuery;
    type Body = NoBody;
    type Reply = Page<PartnershipView>;
}

crate::parameters! {
    /// Which partnerships to list.
    #[derive(Default)]
    pub struct ListPartnershipsQuery {
        /// Only those whose latest episode is of this kind; as of a day, those that were or may have been of it then.
        pub kind: Option<KindKey>,
        /// Only those that stand so today; as of a day, those that stood or may have stood so then.
        pub status: Option<StatusWord>,
        /// Only those that bind this place.
        pub place: Option<PlaceId>,
        /// The order.
        pub sort: Option<PartnershipSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// How they stood on this day, by what is known; those that surely had not begun are left out.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListPartnershipsQuery);

crate::open_enum! {
    /// The order of a list of partnerships.
    pub enum PartnershipSort ("an order") {
        /// As they were entered; the default.
        Entered = "entered",
        /// By the day the first episode began.
        Began = "began",
    }
}
