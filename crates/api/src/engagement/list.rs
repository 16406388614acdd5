//! `GET /v1/programmes/{programme}/engagements`.

use chrono::NaiveDate;
use http::Method;
use sister_cities_domain::engagement::Focus;
use sister_cities_domain::id::PartnershipId;

use crate::{Access, Cursor, Endpoint, Moment, NoBody, OrderWord, Page, PageLimit, Scope};

use super::{DirectionWord, EngagementView};
use crate::programme::ProgrammePath;

/// Lists engagements, the latest first; those without a date come last.
pub enum ListEngagements {}

impl Endpoint for ListEngagements {
    const NAME: &'static str = "list_engagements";
    const SUMMARY: &'static str = "Lists engagements, the latest first; those without a date come last.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/engagements";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = ProgrammePath;
    type Query = ListEngagementsQuery;
    type Body = NoBody;
    type Reply = Page<EngagementView>;
}

crate::parameters! {
    /// Which engagements to list.
    #[derive(Default)]
    pub struct ListEngagementsQuery {
        /// Only those of this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those with this focus, such as `culture`.
        pub focus: Option<Focus>,
        /// Only those that went this way.
        pub direction: Option<DirectionWord>,
        /// Only those that may have taken place on or after this day.
        pub from: Option<NaiveDate>,
        /// Only those that may have taken place on or before this day.
        pub to: Option<NaiveDate>,
        /// The order.
        pub sort: Option<EngagementSort>,
        /// From which end; descending if not given.
        pub order: Option<OrderWord>,
        /// Only those that had, or may have, begun by this day; undated ones are left out.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListEngagementsQuery);

crate::open_enum! {
    /// The order of a list of engagements.
    pub enum EngagementSort ("an order") {
        /// By when they began; the default.
        Began = "began",
        /// As they were entered.
        Entered = "entered",
    }
}
