//! What a client says of a partnership.

use serde::{Deserialize, Serialize};
use sister_cities_domain::id::PlaceId;
use sister_cities_domain::value::{KindKey, Name, PartialDate, Source};

#[cfg(feature = "schema")]
use crate::As;
use crate::checked;

/// A stretch of time in which a bond was of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EpisodeBody {
    /// Its kind, a key of the programme's catalogue such as `sister-city`.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<KindKey>"))]
    pub kind: KindKey,
    /// What each side calls it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelBody>,
    /// Since when, by each source; empty if no source gives a date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub began: Vec<DateClaimBody>,
    /// Until when, by each source; empty if it has no end of its own, or nobody knows when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ended: Vec<DateClaimBody>,
    /// Whether it has an end of its own; `with_the_bond` if not given and `ended` is empty.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<EndWord>>"))]
    pub end: Option<EndWord>,
    /// Where the episode as such is attested.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<Source>>"))]
    pub sources: Vec<Source>,
}

/// What one side calls the bond.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LabelBody {
    /// Whose word it is.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<PlaceId>"))]
    pub place: PlaceId,
    /// The word.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Name>"))]
    pub label: Name,
    /// Where it is so called.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Source>"))]
    pub source: Source,
}

/// A date as one source gives it. Conflicts are kept; one claim is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DateClaimBody {
    /// The date.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<PartialDate>"))]
    pub date: PartialDate,
    /// Who says so.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Source>"))]
    pub source: Source,
    /// `chosen` for the claim that is shown, else `kept`; the first is chosen if none says so.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<ClaimWord>>"))]
    pub standing: Option<ClaimWord>,
}

crate::open_enum! {
    /// Whether an episode has an end of its own.
    pub enum EndWord ("a kind of end") {
        /// It lasts as long as the bond does.
        WithTheBond = "with_the_bond",
        /// It ended on the date claimed.
        Ended = "ended",
        /// It ended, and nobody knows when.
        EndedUndated = "ended_undated",
    }
}

crate::open_enum! {
    /// Whether a claim is the one shown.
    pub enum ClaimWord ("a standing of a claim") {
        /// It is shown.
        Chosen = "chosen",
        /// It is kept beside the one shown.
        Kept = "kept",
    }
}
