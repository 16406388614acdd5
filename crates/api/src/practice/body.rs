//! What a client says of practices and adoptions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{OrganisationId, PartnershipId, PlaceId, PracticeId, ShareId};
use sister_cities_domain::practice::{AdoptionStep, Topic, Verdict};
use sister_cities_domain::value::{FreeText, Money, PartialDate, Source, Title};

use crate::note::NoteBody;
use crate::{AsText, ResponsibleBody};

/// A practice, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PracticeBody {
    /// What it is, in a line.
    pub title: Title,
    /// The problem that it meets.
    pub problem: Option<FreeText>,
    /// What is done about it, so that others can do it too.
    pub approach: Option<FreeText>,
    /// What shows that it works where it comes from.
    pub evidence: Option<FreeText>,
    /// What it takes.
    pub cost: Option<PracticeCostBody>,
    /// Whom to ask.
    pub contact: Option<ResponsibleBody>,
    /// Whose it is.
    pub origin: OriginBody,
    /// What it is about, such as `workforce` or `policing`; a key of the office's own may be used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Topic>,
    /// Since when it is done there.
    pub since: Option<PartialDate>,
    /// Where we know it from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// What a practice takes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PracticeCostBody {
    /// How much, such as `25000.00 USD`.
    pub amount: Option<AsText<Money>>,
    /// What for, per what, and what it takes besides money.
    pub words: Option<FreeText>,
}

/// Whose a practice is, or from whom it was learnt: at least one of the two.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OriginBody {
    /// The place.
    pub place: Option<PlaceId>,
    /// The organisation, if one does it.
    pub organisation: Option<OrganisationId>,
}

/// An adoption, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptionBody {
    /// The practice, if it is one of the programme.
    pub practice: Option<PracticeId>,
    /// What another programme shares of a practice of its own, if it is one of those.
    pub share: Option<ShareId>,
    /// The place that adopts it.
    pub by: PlaceId,
    /// The organisation there that does it, if it is not the city itself.
    pub organisation: Option<OrganisationId>,
    /// The partnership through which it came; for a shared practice that of the link if not given.
    pub partnership: Option<PartnershipId>,
    /// From whom it was learnt; from those whose practice it is if not given.
    pub learnt_from: Option<OriginBody>,
    /// What it is about; the topics of the practice if not given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Topic>,
    /// When it was offered.
    pub offered_on: Option<PartialDate>,
    /// Where we know it from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// A step of an adoption.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptionStepBody {
    /// What was done.
    pub step: AdoptionStep,
    /// When, as precisely as is known.
    pub on: Option<PartialDate>,
    /// What there is to say of it.
    pub remark: Option<FreeText>,
    /// What shows it; must be given with `evaluate`, does not go with `abandon`.
    pub evidence: Option<FreeText>,
    /// Whether it worked; with `evaluate` only, which needs it.
    pub verdict: Option<Verdict>,
    /// Why it was given up; with `abandon` only, which needs it.
    pub reason: Option<FreeText>,
}
