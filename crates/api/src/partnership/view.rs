//! A partnership as the wire shows it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{PartnershipId, PlaceId};
use sister_cities_domain::value::{Country, FreeText, Name, PartialDate, Source};

#[cfg(feature = "schema")]
use crate::As;
use crate::NoteBody;
use crate::checked;

use super::{DecisionWord, EpisodeBody, StatusWord};

/// A bond between two or more places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartnershipView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(with = "As<PartnershipId>"))]
    pub id: PartnershipId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The places it binds, in no order.
    pub members: Vec<MemberView>,
    /// The day that it is shown for, if one was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub as_of: Option<NaiveDate>,
    /// Where it stands by decision: today, or on that day.
    pub status: StatusView,
    /// Since when it is agreed, by the chosen source, if any gives a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub since: Option<PartialDate>,
    /// The stretches of time in which it was of one kind.
    pub episodes: Vec<EpisodeBody>,
    /// What was decided about it, oldest first.
    pub decisions: Vec<DecisionView>,
    /// For which periods its log is believed complete.
    pub record: Vec<CoverageBody>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// A place that a partnership binds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberView {
    /// The place.
    #[cfg_attr(feature = "schema", schemars(with = "As<PlaceId>"))]
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// Its country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Country>>"))]
    pub country: Option<Country>,
}

/// Where a partnership stands by decision, with the facts of that status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatusView {
    /// The status.
    pub status: StatusWord,
    /// Since when, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub since: Option<PartialDate>,
    /// The day by which a review is to be decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub deadline: Option<NaiveDate>,
    /// Who decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub authority: Option<Name>,
    /// The condition, plan or reason, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub note: Option<FreeText>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
    /// What else it may have been on the day asked about, where dates are too coarse to tell; earlier in its history first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or: Vec<StatusWord>,
    /// Whether it may not have begun at all on the day asked about.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub or_not_begun: bool,
}

/// One decision about a partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionView {
    /// What was decided.
    pub decision: DecisionWord,
    /// From when it holds, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub on: Option<PartialDate>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub authority: Option<Name>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
    /// For `agree`: which of the episodes it started, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub episode: Option<u32>,
    /// For `review`: the day by which to decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub deadline: Option<NaiveDate>,
    /// For `measure`: which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The reason, condition, plan, grounds or statement, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub note: Option<FreeText>,
}

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
