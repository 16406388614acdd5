//! `PUT /v1/programmes/{programme}/partnerships/{partnership}/record`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, Scope};

use super::{CoverageBody, PartnershipPath, PartnershipView};

/// States for which periods the log of a partnership is believed complete.
///
/// Outside them silence means nothing: the vitality is "not known", never "dormant".
pub enum SetRecord {}

impl Endpoint for SetRecord {
    const NAME: &'static str = "set_record";
    const SUMMARY: &'static str = "States for which periods the log of a partnership is believed complete.";
    const DESCRIPTION: &'static str =
        "Outside them silence means nothing: the vitality is not known, never dormant.";
    const METHOD: Method = Method::PUT;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships/{partnership}/record";
    const ACCESS: Access = Access::Scope(Scope::PartnershipWrite);
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    type Path = PartnershipPath;
    type Query = NoParameters;
    type Body = RecordBody;
    type Reply = PartnershipView;
}

/// For which periods a log is believed complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordBody {
    /// All periods; what was stated before is replaced.
    pub periods: Vec<CoverageBody>,
}

impl JsonBody for RecordBody {}
