//! What a client says of agreements.

use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{AgreementId, PlaceId};
use sister_cities_domain::value::{FreeText, Name, PartialDate, Source, Title};

use super::{BaseWord, BasisWord, RankWord, TermWord};
#[cfg(feature = "schema")]
use crate::As;
use crate::{JsonBody, checked};

/// A new version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddVersionBody {
    /// `amends` or `supersedes`.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<BaseWord>"))]
    pub base: BaseWord,
    /// The number of the version it builds on.
    pub of: u32,
    /// The SHA-256 of its text in hexadecimal, if the text is at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// The terms that it states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<TermsBody>,
}

impl JsonBody for AddVersionBody {}

/// An approval, and of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ApprovalBody {
    /// The number of the version.
    pub version: u32,
    /// The approval.
    pub approval: ApprovalFacts,
}

impl JsonBody for ApprovalBody {}

/// The terms that a version states. What an amendment does not state stays as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[derive(Default)]
pub struct TermsBody {
    /// How long it lasts; not stated if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<TermWord>>"))]
    pub term: Option<TermWord>,
    /// For `fixed`: its last day.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub ends_on: Option<PartialDate>,
    /// The notice period in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_months: Option<u32>,
    /// The day from which it is in force, if it names one; else that of the last signature.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub in_force_from: Option<PartialDate>,
}

/// An approval by one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ApprovalFacts {
    /// Whose approval it is.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<PlaceId>"))]
    pub by: PlaceId,
    /// On what it rests.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<BasisWord>"))]
    pub basis: BasisWord,
    /// For `resolved`: the body that resolved it, such as the city council.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub body: Option<Name>,
    /// For `resolved`: the number of the resolution.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub reference: Option<Name>,
    /// For `overridden`: why there is no resolution.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub reason: Option<FreeText>,
    /// For `overridden`: who decided that.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub authority: Option<Name>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub on: Option<PartialDate>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
}

/// A signature for one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignatureFacts {
    /// For whom it was given.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<PlaceId>"))]
    pub by: PlaceId,
    /// Who signed.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub person: Option<Name>,
    /// The office that the person held on that day.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub office: Option<Name>,
    /// What rank that office has; needed if an office is given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<RankWord>>"))]
    pub rank: Option<RankWord>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub on: Option<PartialDate>,
    /// Where it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub at: Option<Name>,
    /// Where that can be read.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
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

/// A notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NoticeBody {
    /// Who gives it: one party, or all if they end it together.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<PlaceId>>"))]
    pub by: Vec<PlaceId>,
    /// When.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<PartialDate>"))]
    pub on: PartialDate,
    /// Who decided it.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Name>"))]
    pub authority: Name,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub reason: Option<FreeText>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
}

impl JsonBody for NoticeBody {}

/// Which version is proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposalBody {
    /// Its number.
    pub version: u32,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub on: Option<PartialDate>,
}

impl JsonBody for ProposalBody {}

/// A signature, and of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignatureBody {
    /// The number of the version.
    pub version: u32,
    /// The signature.
    pub signature: SignatureFacts,
}

impl JsonBody for SignatureBody {}

/// Which version is given up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawalBody {
    /// Its number.
    pub version: u32,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub on: Option<PartialDate>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub reason: Option<FreeText>,
}

impl JsonBody for WithdrawalBody {}
