//! `GET /v1/programmes/{programme}/partnerships/{partnership}/vitality`.

use chrono::NaiveDate;
use http::Method;

use crate::{Access, Endpoint, Moment, NoBody, Scope};

use super::VitalityView;
use crate::partnership::PartnershipPath;

/// Explains the vitality of one bond: score, components, forecast and every input.
pub enum GetVitality {}

impl Endpoint for GetVitality {
    const NAME: &'static str = "get_vitality";
    const SUMMARY: &'static str =
        "Explains the vitality of one bond: score, components, forecast and every input.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships/{partnership}/vitality";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = PartnershipPath;
    type Query = VitalityQuery;
    type Body = NoBody;
    type Reply = VitalityView;
}

crate::parameters! {
    /// As of when.
    #[derive(Default)]
    pub struct VitalityQuery {
        /// As of which day; today if not given.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}
