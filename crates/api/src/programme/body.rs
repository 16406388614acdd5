//! What a client says of a programme.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::programme::OnePerCountry;
use sister_cities_domain::value::{Currency, LanguageTag, Name};
use std::num::NonZeroU32;

use super::kind::KindBody;
use crate::due::DuePolicyBody;
use crate::place::PlaceBody;

/// What to change of a programme; what is absent stays.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeProgrammeBody {
    /// Its name.
    pub name: Option<Name>,
    /// The language of its own texts.
    pub language: Option<LanguageTag>,
    /// The currency of its own accounts.
    pub currency: Option<Currency>,
    /// The numbers by which vitality is reckoned, all of them.
    pub vitality: Option<VitalityPolicyBody>,
    /// The kinds of bond that it knows, all of them. One that a partnership has or had must stay.
    pub kinds: Option<Vec<KindBody>>,
    /// `advised` to be warned of a second bond with a country, else `not_advised`.
    pub one_per_country: Option<OnePerCountry>,
    /// How long personal data is kept, all of its numbers.
    pub retention: Option<RetentionBody>,
    /// By which numbers due work is reckoned, all of them.
    pub due: Option<DuePolicyBody>,
}

/// A new programme.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateProgrammeBody {
    /// Its name.
    pub name: Name,
    /// The place that runs it.
    pub host: PlaceBody,
    /// The language of its own texts; `en` if not given.
    pub language: Option<LanguageTag>,
    /// The currency of its own accounts; `EUR` if not given.
    pub currency: Option<Currency>,
}

/// The numbers by which vitality is reckoned. Their meaning is documented with the formula, in the domain crate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VitalityPolicyBody {
    /// Days after which a contact counts half.
    pub half_life_days: u32,
    /// The most energy that contacts of one focus can store.
    pub capacity: f64,
    /// What a contact known from one side only counts, as a share of a mutual one: 0 to 1.
    pub one_sided_factor: f64,
    /// The energy that scores 50.
    pub half_score_energy: f64,
    /// The score from which a cooling bond is active.
    pub active_at: f64,
    /// The score below which an active bond is cooling.
    pub cooling_below: f64,
    /// The score from which a dormant bond is cooling.
    pub reviving_at: f64,
    /// The score below which a cooling bond is dormant.
    pub dormant_below: f64,
    /// The energy of a bond as lively as they get, for what an unrecorded past may have held.
    pub lively_energy: f64,
}

/// How long personal data is kept once nobody needs it for what it was recorded for. What is absent has no limit.
#[skip_serializing_none]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionBody {
    /// Days for which the names of people are kept; for good if absent.
    pub personal_days: Option<NonZeroU32>,
    /// Days for which sensitive fields are kept, such as what guests may not eat; for good if absent.
    pub sensitive_days: Option<NonZeroU32>,
    /// Months after an agreement's end for which it must be known who signed it; no such duty if absent.
    pub signature_months: Option<NonZeroU32>,
}
