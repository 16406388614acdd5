//! `GET /v1/programmes/{programme}/agreements/{agreement}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, RecordQuery, Scope};

use super::{AgreementPath, AgreementView};

/// Reads one agreement.
pub enum GetAgreement {}

impl Endpoint for GetAgreement {
    const NAME: &'static str = "get_agreement";
    const SUMMARY: &'static str = "Reads one agreement.";
    const DESCRIPTION: &'static str =
        "As of a day, its terms and the states of its versions are those of then.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements/{agreement}";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    type Path = AgreementPath;
    type Query = RecordQuery;
    type Body = NoBody;
    type Reply = AgreementView;
}
