//! An agreement as the wire shows it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId};
use sister_cities_domain::value::{PartialDate, Title};

#[cfg(feature = "schema")]
use crate::As;

use super::{ApprovalFacts, BaseWord, EndCauseWord, NoticeBody, SignatureFacts, TermsBody, VersionStateWord};

/// An agreement of a partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgreementView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(with = "As<AgreementId>"))]
    pub id: AgreementId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The partnership it belongs to.
    #[cfg_attr(feature = "schema", schemars(with = "As<PartnershipId>"))]
    pub partnership: PartnershipId,
    /// The agreement it hangs under, if it is a sub-agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<AgreementId>>"))]
    pub parent: Option<AgreementId>,
    /// What it is called.
    #[cfg_attr(feature = "schema", schemars(with = "As<Title>"))]
    pub title: Title,
    /// Who makes it.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<PlaceId>>"))]
    pub parties: Vec<PlaceId>,
    /// Its versions, by number.
    pub versions: Vec<VersionView>,
    /// Since when it is in force, if it is or will be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub in_force_from: Option<PartialDate>,
    /// When the last party signed, if all did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub signed_on: Option<PartialDate>,
    /// The year to show in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_year: Option<i32>,
    /// The day that it is shown for, if one was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub as_of: Option<NaiveDate>,
    /// The terms that hold today, or on that day, after all amendments.
    pub terms: TermsBody,
    /// The notice that was given, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeBody>,
    /// When it ends or ended, if that is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_end: Option<EndView>,
    /// What is missing for it to be recognised (signed for every party by the holder of its highest office), in
    /// words; empty if nothing is.
    pub missing: Vec<String>,
}

/// A version of an agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VersionView {
    /// Its number, from 1.
    pub number: u32,
    /// On what it builds.
    pub base: BaseWord,
    /// The number of the version it builds on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// The SHA-256 of its text in hexadecimal; absent if the text is not at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// The terms that it states.
    pub terms: TermsBody,
    /// Where it stands today, or stood on the day asked about; more than one if its dates are too coarse to tell.
    pub states: Vec<VersionStateWord>,
    /// Who approved it.
    pub approvals: Vec<ApprovalFacts>,
    /// Who signed it.
    pub signatures: Vec<SignatureFacts>,
}

/// When an agreement ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndView {
    /// Not before this day.
    #[cfg_attr(feature = "schema", schemars(with = "As<NaiveDate>"))]
    pub earliest: NaiveDate,
    /// Not after this day.
    #[cfg_attr(feature = "schema", schemars(with = "As<NaiveDate>"))]
    pub latest: NaiveDate,
    /// Why.
    pub because: EndCauseWord,
}
