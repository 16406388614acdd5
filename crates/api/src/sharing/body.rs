//! What a client says of links and shares.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{
    AdoptionId, AgreementId, EngagementId, LinkId, PartnershipId, PracticeId, ProgrammeId,
};
use sister_cities_domain::value::Title;

/// A link to be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkBody {
    /// The other programme. Its office tells the id, by mail or on paper; whether there is such a programme is not told here.
    pub peer: ProgrammeId,
    /// The bond that both keep, as this programme keeps it.
    pub partnership: PartnershipId,
}

/// A record to be shared: an engagement, an agreement, a practice or an adoption.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareBody {
    /// The link over which to share it.
    pub link: LinkId,
    /// The engagement, if it is one.
    pub engagement: Option<EngagementId>,
    /// The agreement, if it is one.
    pub agreement: Option<AgreementId>,
    /// The practice, if it is one.
    pub practice: Option<PracticeId>,
    /// The adoption, if it is one.
    pub adoption: Option<AdoptionId>,
    /// For an engagement: what it was, in words for the other programme. Its own title may name people and is not shared.
    pub title: Option<Title>,
}

/// How to tell a shared record anew.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewBody {
    /// For an engagement: what it was, in words for the other programme; without it, it is told without a title.
    pub title: Option<Title>,
}
