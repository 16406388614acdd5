//! What a client says of links and shares.

use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{AgreementId, EngagementId, LinkId, PartnershipId, ProgrammeId};
use sister_cities_domain::value::Title;

#[cfg(feature = "schema")]
use crate::As;
use crate::{JsonBody, checked};

/// A link to be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkBody {
    /// The other programme. Its office tells the id, by mail or on paper; whether there is such a programme is not told here.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<ProgrammeId>"))]
    pub peer: ProgrammeId,
    /// The bond that both keep, as this programme keeps it.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<PartnershipId>"))]
    pub partnership: PartnershipId,
}

impl JsonBody for LinkBody {}

/// A record to be shared: an engagement or an agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ShareBody {
    /// The link over which to share it.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<LinkId>"))]
    pub link: LinkId,
    /// The engagement, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<EngagementId>>"))]
    pub engagement: Option<EngagementId>,
    /// The agreement, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<AgreementId>>"))]
    pub agreement: Option<AgreementId>,
    /// For an engagement: what it was, in words for the other programme. Its own title may name people and is not shared.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Title>>"))]
    pub title: Option<Title>,
}

impl JsonBody for ShareBody {}

/// How to tell a shared record anew.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RenewBody {
    /// For an engagement: what it was, in words for the other programme; without it, it is told without a title.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Title>>"))]
    pub title: Option<Title>,
}

impl JsonBody for RenewBody {}
