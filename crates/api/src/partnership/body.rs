//! What a client says of partnerships.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::PlaceId;
use sister_cities_domain::value::{FreeText, KindKey, Name, PartialDate, Source};

use super::DecisionWord;
#[cfg(feature = "schema")]
use crate::As;
use crate::{JsonBody, NoteBody, checked};

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

/// What to add to a partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[derive(Default)]
pub struct ChangePartnershipBody {
    /// What to add to its episodes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub episodes: Vec<EpisodeChangeBody>,
    /// Notes to add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

impl JsonBody for ChangePartnershipBody {}

/// What to add to one episode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EpisodeChangeBody {
    /// Which episode, from 0, in the order of the view.
    pub episode: u32,
    /// What a side calls it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelBody>,
    /// Where it is attested.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<Source>>"))]
    pub sources: Vec<Source>,
    /// What further sources say of its beginning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub began: Vec<DateClaimBody>,
    /// What a source says of its end, while another episode goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<DateClaimBody>,
    /// Which claim of its beginning to show, from 0, in the order of the view after the additions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choose_beginning: Option<u32>,
}

/// A new partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreatePartnershipBody {
    /// The places it binds, two or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<PlaceId>>"))]
    pub members: Vec<PlaceId>,
    /// How it began: its first episode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub episode: Option<EpisodeBody>,
    /// What was decided since, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionBody>,
    /// For which periods its log is believed complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub record: Vec<CoverageBody>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

impl JsonBody for CreatePartnershipBody {}

/// A decision about a partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionBody {
    /// What was decided.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<DecisionWord>"))]
    pub decision: DecisionWord,
    /// From when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub on: Option<PartialDate>,
    /// Who decided: a council, a mayor, a board.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub authority: Option<Name>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
    /// For `agree`: the episode that begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub episode: Option<EpisodeBody>,
    /// For `review`: the day by which to decide.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub deadline: Option<NaiveDate>,
    /// For `measure`: which, such as `return_gifts` or `disband_committee`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The reason, condition, plan, grounds or statement, in words.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub note: Option<FreeText>,
}

impl JsonBody for DecisionBody {}

/// For which periods a log is believed complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordBody {
    /// All periods; what was stated before is replaced.
    pub periods: Vec<CoverageBody>,
}

impl JsonBody for RecordBody {}

/// A period for which the log of a bond is believed complete: what is not logged did not happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CoverageBody {
    /// From when; from the beginning if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub from: Option<PartialDate>,
    /// Until when; up to today if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub to: Option<PartialDate>,
    /// On what that belief rests.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Source>"))]
    pub source: Source,
    /// Who states it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub stated_by: Option<Name>,
}
