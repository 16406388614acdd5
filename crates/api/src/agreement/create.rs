//! `POST /v1/programmes/{programme}/partnerships/{partnership}/agreements`.

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{AgreementId, PlaceId};
use sister_cities_domain::value::Title;

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope, checked};

use super::{AgreementView, SignatureFacts, TermsBody};
use crate::partnership::PartnershipPath;

/// Enters an agreement: a draft, or one that was signed before.
pub enum CreateAgreement {}

impl Endpoint for CreateAgreement {
    const NAME: &'static str = "create_agreement";
    const SUMMARY: &'static str = "Enters an agreement: a draft, or one that was signed before.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships/{partnership}/agreements";
    const ACCESS: Access = Access::Scope(Scope::AgreementWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = PartnershipPath;
    type Query = NoParameters;
    type Body = CreateAgreementBody;
    type Reply = AgreementView;
}

/// A new agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateAgreementBody {
    /// What it is called.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Title>"))]
    pub title: Title,
    /// The agreement it hangs under, if it is a sub-agreement.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<AgreementId>>"))]
    pub parent: Option<AgreementId>,
    /// Who makes it; the members of the partnership if not given.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<PlaceId>>"))]
    pub parties: Vec<PlaceId>,
    /// The SHA-256 of its text in hexadecimal, if the text is at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// The terms that it states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<TermsBody>,
    /// The signatures, if it was signed before it was entered here; else it is a draft.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<SignatureFacts>,
}

impl JsonBody for CreateAgreementBody {}
