//! `GET /v1/programmes/{programme}/vitality`.

use chrono::NaiveDate;
use http::Method;

use crate::{Access, Cursor, Endpoint, Moment, NoBody, Page, PageLimit, Scope};

use super::VitalityView;
use crate::programme::ProgrammePath;

/// Gives the vitality of all bonds of a programme, without the inputs.
pub enum ListVitality {}

impl Endpoint for ListVitality {
    const NAME: &'static str = "list_vitality";
    const SUMMARY: &'static str = "Gives the vitality of all bonds of a programme, without the inputs.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/vitality";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = ProgrammePath;
    type Query = ListVitalityQuery;
    type Body = NoBody;
    type Reply = Page<VitalityView>;
}

crate::parameters! {
    /// As of when, and which page.
    #[derive(Default)]
    pub struct ListVitalityQuery {
        /// As of which day; today if not given.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListVitalityQuery);
