//! Episodes: the stretches of time in which a partnership was of a certain kind, with a label and a source per side (R1–R3, R6).

use serde::{Deserialize, Serialize};

use crate::id::PlaceId;
use crate::named_enum;
use crate::value::{Certainty, Claims, KindKey, Name, PartialDate, Source};

/// A stretch of time in which a partnership was of one kind.
///
/// It begins with the day that was agreed and runs up to, not including, the day it ended. A blank year stays blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Episode {
    /// Its kind in the programme's catalogue (R2).
    pub kind: KindKey,
    /// What each side calls it, where that is known (R3).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<SideLabel>,
    /// Since when, by each source; `None` if no source gives a date (R6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub began: Option<Claims<PartialDate>>,
    /// Whether and when it ended.
    #[serde(default)]
    pub end: EpisodeEnd,
    /// Where the episode as such is attested: lists that name it without a date among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// Whether an episode has an end of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EpisodeEnd {
    /// None: it lasts as long as the partnership does.
    #[default]
    #[serde(rename = "with_the_bond")]
    WithThePartnership,
    /// It ended, by each source.
    Ended(Claims<PartialDate>),
    /// It ended, and nobody knows when.
    EndedUndated,
}

named_enum! {
    /// An [`EpisodeEnd`] without its date.
    #[non_exhaustive]
    pub enum EpisodeEndKind ("a kind of end") of EpisodeEnd {
        WithThePartnership = "with_the_bond",
        Ended = "ended",
        EndedUndated = "ended_undated",
    }
}

/// What one side calls the partnership: Toronto says "partnership city" for Chicago (R3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideLabel {
    /// Whose word it is.
    pub place: PlaceId,
    /// The word, in the language of that side.
    pub label: Name,
    /// Where it is so called.
    pub source: Source,
}

/// When an episode ended, its own end and that of the partnership taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "an end is open, dated or undated")]
pub enum EffectiveEnd {
    /// It goes on, as far as is known.
    Open,
    /// It ended on that date, which may be known by the year only.
    On(PartialDate),
    /// It ended, and nobody knows when.
    Undated,
}

impl Episode {
    /// An episode without labels, dates or sources; add what is known.
    #[must_use]
    pub fn new(kind: KindKey) -> Self {
        Self {
            kind,
            labels: Vec::new(),
            began: None,
            end: EpisodeEnd::WithThePartnership,
            sources: Vec::new(),
        }
    }

    /// The episode with the date of its beginning, as that source gives it. A second source is kept beside the first.
    #[must_use]
    pub fn began_on(mut self, date: PartialDate, source: Source) -> Self {
        match &mut self.began {
            Some(claims) => claims.add(date, source),
            None => self.began = Some(Claims::new(date, source)),
        }
        self
    }

    /// The episode with the date of its end, as that source gives it. A second source is kept beside the first.
    #[must_use]
    pub fn ended_on(mut self, date: PartialDate, source: Source) -> Self {
        match &mut self.end {
            EpisodeEnd::Ended(claims) => claims.add(date, source),
            EpisodeEnd::WithThePartnership | EpisodeEnd::EndedUndated => {
                self.end = EpisodeEnd::Ended(Claims::new(date, source));
            }
        }
        self
    }

    /// The episode with a source that attests it.
    #[must_use]
    pub fn attested_by(mut self, source: Source) -> Self {
        if !self.sources.contains(&source) {
            self.sources.push(source);
        }
        self
    }

    /// The episode with what one side calls it.
    #[must_use]
    pub fn called(mut self, place: PlaceId, label: Name, source: Source) -> Self {
        let label = SideLabel { place, label, source };
        if !self.labels.contains(&label) {
            self.labels.push(label);
        }
        self
    }

    /// The chosen date of its beginning, if any source gives one.
    #[must_use]
    pub fn began(&self) -> Option<PartialDate> {
        self.began.as_ref().map(|claims| *claims.value())
    }

    /// What that side calls it, as last stated.
    #[must_use]
    pub fn label_of(&self, place: PlaceId) -> Option<&SideLabel> {
        self.labels.iter().rev().find(|label| label.place == place)
    }

    /// Its own end, not regarding that of the partnership.
    #[must_use]
    pub fn own_end(&self) -> EffectiveEnd {
        match &self.end {
            EpisodeEnd::WithThePartnership => EffectiveEnd::Open,
            EpisodeEnd::Ended(claims) => EffectiveEnd::On(*claims.value()),
            EpisodeEnd::EndedUndated => EffectiveEnd::Undated,
        }
    }
}

/// Whether two stretches have a day in common, each given by its beginning and its end.
///
/// Two that go on both hold today, whenever they began. One that ends on the day the other begins does not overlap it.
/// Where a date is blank or too coarse to tell, the answer is [`Certainty::Possibly`].
#[must_use]
pub fn overlap(a: (Option<PartialDate>, EffectiveEnd), b: (Option<PartialDate>, EffectiveEnd)) -> Certainty {
    if a.1 == EffectiveEnd::Open && b.1 == EffectiveEnd::Open {
        return Certainty::Yes;
    }
    begins_before_end(a.0, b.1).and(begins_before_end(b.0, a.1))
}

fn begins_before_end(began: Option<PartialDate>, end: EffectiveEnd) -> Certainty {
    match (began, end) {
        (Some(_), EffectiveEnd::Open) => Certainty::Yes,
        (Some(began), EffectiveEnd::On(end)) => {
            if began.latest() < end.earliest() {
                Certainty::Yes
            } else if began.earliest() >= end.latest() {
                Certainty::No
            } else {
                Certainty::Possibly
            }
        }
        (None, _) | (_, EffectiveEnd::Undated) => Certainty::Possibly,
    }
}
