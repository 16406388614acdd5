//! What a client says of agreements.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::agreement::{ApprovalBasisKind, BaseKind, OfficeRank, TermKind};
use sister_cities_domain::id::{AgreementId, PersonId, PlaceId};
use sister_cities_domain::value::{FreeText, Name, PartialDate, Source, Title};

use super::{BasisWord, RankWord, TermWord};

/// A new version.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddVersionBody {
    /// `amends` or `supersedes`.
    #[schemars(schema_with = "builds_on")]
    pub base: BaseKind,
    /// The number of the version it builds on.
    #[schemars(range(min = 1))]
    pub of: u32,
    /// The SHA-256 of its text in hexadecimal, if the text is at hand.
    pub text_sha256: Option<String>,
    /// The terms that it states.
    pub terms: Option<TermsBody>,
}

/// What a version that is added to others can be based on: there is a first one already.
fn builds_on(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": [BaseKind::Amends.as_str(), BaseKind::Supersedes.as_str()] })
}

/// An approval, and of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalBody {
    /// The number of the version.
    #[schemars(range(min = 1))]
    pub version: u32,
    /// The approval.
    pub approval: ApprovalFacts,
}

/// The terms that a version states. What an amendment does not state stays as it was.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TermsBody {
    /// How long it lasts; not stated if not given.
    #[schemars(with = "Option<TermKind>")]
    pub term: Option<TermWord>,
    /// For `fixed`: its last day.
    pub ends_on: Option<PartialDate>,
    /// The notice period in months.
    pub notice_months: Option<u32>,
    /// The day from which it is in force, if it names one; else that of the last signature.
    pub in_force_from: Option<PartialDate>,
}

/// An approval by one side.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalFacts {
    /// Whose approval it is.
    pub by: PlaceId,
    /// On what it rests.
    #[schemars(with = "ApprovalBasisKind")]
    pub basis: BasisWord,
    /// For `resolved`: the body that resolved it, such as the city council.
    pub body: Option<Name>,
    /// For `resolved`: the number of the resolution.
    pub reference: Option<Name>,
    /// For `overridden`: why there is no resolution.
    pub reason: Option<FreeText>,
    /// For `overridden`: who decided that.
    pub authority: Option<Name>,
    /// When.
    pub on: Option<PartialDate>,
    /// Where it can be read.
    pub source: Option<Source>,
}

/// A signature for one side.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignatureFacts {
    /// For whom it was given.
    pub by: PlaceId,
    /// Who signed.
    pub person: Option<Name>,
    /// The record of whoever signed, if the programme keeps one of them.
    pub signatory: Option<PersonId>,
    /// The office that the person held on that day.
    pub office: Option<Name>,
    /// What rank that office has; needed if an office is given.
    #[schemars(with = "Option<OfficeRank>")]
    pub rank: Option<RankWord>,
    /// When.
    pub on: Option<PartialDate>,
    /// Where it was signed.
    pub at: Option<Name>,
    /// Where that can be read.
    pub source: Option<Source>,
}

/// A new agreement.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAgreementBody {
    /// What it is called.
    pub title: Title,
    /// The agreement it hangs under, if it is a sub-agreement.
    pub parent: Option<AgreementId>,
    /// Who makes it; the members of the partnership if not given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<PlaceId>,
    /// The SHA-256 of its text in hexadecimal, if the text is at hand.
    pub text_sha256: Option<String>,
    /// The terms that it states.
    pub terms: Option<TermsBody>,
    /// The signatures, if it was signed before it was entered here; else it is a draft.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<SignatureFacts>,
}

/// A notice.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeBody {
    /// Who gives it: one party, or all if they end it together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<PlaceId>,
    /// When.
    pub on: PartialDate,
    /// Who decided it.
    pub authority: Name,
    /// Why.
    pub reason: Option<FreeText>,
    /// Where it can be read.
    pub source: Option<Source>,
}

/// Which version is proposed.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalBody {
    /// Its number.
    #[schemars(range(min = 1))]
    pub version: u32,
    /// When.
    pub on: Option<PartialDate>,
}

/// A signature, and of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignatureBody {
    /// The number of the version.
    #[schemars(range(min = 1))]
    pub version: u32,
    /// The signature.
    pub signature: SignatureFacts,
}

/// Which version is given up.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalBody {
    /// Its number.
    #[schemars(range(min = 1))]
    pub version: u32,
    /// When.
    pub on: Option<PartialDate>,
    /// Why.
    pub reason: Option<FreeText>,
}
