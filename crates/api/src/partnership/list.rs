//! `GET /v1/programmes/{programme}/partnerships`.

use http::Method;
use sister_cities_domain::id::PlaceId;
use sister_cities_domain::programme::KindKey;

use crate::{Access, Cursor, Endpoint, NoBody, Page, PageLimit, Scope};

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
        /// Only those with an episode of this kind.
        pub kind: Option<KindKey>,
        /// Only those that stand so today.
        pub status: Option<StatusWord>,
        /// Only those that bind this place.
        pub place: Option<PlaceId>,
        /// The order.
        pub sort: Option<PartnershipSort>,
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
        /// By the day the first episode began, oldest first.
        Began = "began",
    }
}
