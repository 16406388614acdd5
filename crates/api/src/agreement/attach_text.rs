//! `POST /v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoParameters, ProblemKind, Scope, TextUpload};

use super::{AgreementView, VersionPath};

/// Gives a version its text that was not at hand when it was entered.
///
/// Once: a version that has a text keeps it, and the request is refused with 409.
pub enum AttachVersionText {}

impl Endpoint for AttachVersionText {
    const NAME: &'static str = "attach_version_text";
    const SUMMARY: &'static str = "Gives a version its text that was not at hand when it was entered.";
    const DESCRIPTION: &'static str = "The text is stored, and the version names it by its SHA-256 from now on. Once: a version that has a text keeps it, \
        and the request is refused with 409.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text";
    const ACCESS: Access = Access::Scope(Scope::AgreementWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = VersionPath;
    type Query = NoParameters;
    type Body = TextUpload;
    type Reply = AgreementView;
}
