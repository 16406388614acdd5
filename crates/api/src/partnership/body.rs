//! What a client says of partnerships.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{PersonId, PlaceId};
use sister_cities_domain::partnership::{ActKind, EpisodeEndKind};
use sister_cities_domain::value::{FreeText, KindKey, Name, PartialDate, Source};

use super::{ClaimStanding, ClaimWord, EndWord};
use crate::{AsText, AtMost, NoteBody};

/// A stretch of time in which a bond was of one kind.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EpisodeBody {
    /// Its kind, a key of the programme's catalogue such as `sister-city`.
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
    #[schemars(with = "Option<EpisodeEndKind>")]
    pub end: Option<EndWord>,
    /// Where the episode as such is attested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// What one side calls the bond.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelBody {
    /// Whose word it is.
    pub place: PlaceId,
    /// The word.
    pub label: Name,
    /// Where it is so called.
    pub source: Source,
}

/// A date as one source gives it. Conflicts are kept; one claim is chosen.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DateClaimBody {
    /// The date.
    pub date: PartialDate,
    /// Who says so.
    pub source: Source,
    /// `chosen` for the claim that is shown, else `kept`; the first is chosen if none says so.
    #[schemars(with = "Option<ClaimStanding>")]
    pub standing: Option<ClaimWord>,
}

/// What to add to a partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePartnershipBody {
    /// What to add to its episodes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub episodes: Vec<EpisodeChangeBody>,
    /// Notes to add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// What to add to one episode.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EpisodeChangeBody {
    /// Which episode, from 0, in the order of the view.
    pub episode: u32,
    /// What a side calls it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelBody>,
    /// Where it is attested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// What further sources say of its beginning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub began: Vec<DateClaimBody>,
    /// What a source says of its end, while another episode goes on.
    pub ended: Option<DateClaimBody>,
    /// Which claim of its beginning to show, from 0, in the order of the view after the additions.
    pub choose_beginning: Option<u32>,
}

/// A new partnership.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePartnershipBody {
    /// The places it binds, two or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<PlaceId>,
    /// How it began: its first episode.
    pub episode: Option<EpisodeBody>,
    /// What was decided since, oldest first.
    #[serde(default, skip_serializing_if = "AtMost::is_empty")]
    pub decisions: AtMost<DecisionBody, 200>,
    /// For which periods its log is believed complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub record: Vec<CoverageBody>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// A decision about a partnership.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionBody {
    /// What was decided.
    pub decision: ActKind,
    /// From when it holds.
    pub on: Option<PartialDate>,
    /// Who decided: a council, a mayor, a board.
    pub authority: Option<Name>,
    /// Where it can be read.
    pub source: Option<Source>,
    /// For `agree`: the episode that begins.
    pub episode: Option<EpisodeBody>,
    /// For `review`: the day by which to decide.
    pub deadline: Option<AsText<NaiveDate>>,
    /// For `measure`: which, such as `return_gifts` or `disband_committee`.
    pub measure: Option<String>,
    /// The reason, condition, plan, grounds or statement, in words.
    pub note: Option<FreeText>,
}

/// For which periods a log is believed complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordBody {
    /// All periods; what was stated before is replaced.
    pub periods: Vec<CoverageBody>,
}

/// A period for which the log of a bond is believed complete: what is not logged did not happen.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverageBody {
    /// From when; from the beginning if not given.
    pub from: Option<PartialDate>,
    /// Until when; up to today if not given.
    pub to: Option<PartialDate>,
    /// On what that belief rests.
    pub source: Source,
    /// Who states it.
    pub stated_by: Option<Name>,
    /// The record of whoever states it, if the programme keeps one of them.
    pub stated_by_person: Option<PersonId>,
}
