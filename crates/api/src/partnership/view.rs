//! What the wire shows of partnerships, and how it is made of the domain.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{PartnershipId, PlaceId};
use sister_cities_domain::partnership::{
    Act, Decision, Episode, EpisodeEnd, EpisodeEndKind, Partnership, RecordCoverage, SideLabel, Status,
};
use sister_cities_domain::place::Place;
use sister_cities_domain::value::{Claims, Country, FreeText, Name, PartialDate, Source};

use super::{ClaimStanding, CoverageBody, DateClaimBody, DecisionWord, EpisodeBody, LabelBody, StatusWord};
use crate::NoteBody;

impl PartnershipView {
    /// Shows a partnership at a revision; `places` are those it binds.
    #[must_use]
    pub fn of(partnership: &Partnership, revision: u32, places: &[Place]) -> Self {
        let decisions = partnership.decisions().iter();
        Self {
            id: partnership.id(),
            revision,
            members: MemberView::all(places),
            as_of: None,
            status: StatusView::of(partnership, partnership.status()),
            since: partnership.since(),
            episodes: partnership.episodes().iter().map(EpisodeBody::of).collect(),
            decisions: decisions
                .map(|decision| DecisionView::of(decision, partnership.date_of(decision)))
                .collect(),
            record: partnership.record().statements().iter().map(CoverageBody::of).collect(),
            notes: partnership.notes().iter().map(NoteBody::of).collect(),
        }
    }
}

impl PartnershipView {
    /// Shows a partnership at a revision as it stood on a day, by what is known of it: as it stands today if no day is asked about.
    ///
    /// What surely was later is left out: episodes and decisions, and ends. If the dates do not decide between statuses, the last of
    /// them is shown and the rest are named.
    #[must_use]
    pub fn on(partnership: &Partnership, revision: u32, places: &[Place], day: Option<NaiveDate>) -> Self {
        let view = Self::of(partnership, revision, places);
        let Some(day) = day else { return view };
        let may_be_by = |date: &PartialDate| date.is_on_or_before(day).is_possible();
        let begun: Vec<usize> = partnership
            .episodes()
            .iter()
            .enumerate()
            .filter(|(_, episode)| episode.began().as_ref().is_none_or(may_be_by))
            .map(|(place, _)| place)
            .collect();
        let episode = |place: &usize| {
            let mut shown = EpisodeBody::of(&partnership.episodes()[*place]);
            shown.ended.retain(|claim| may_be_by(&claim.date));
            shown
        };
        // A decision names its episode by its place among those that are shown.
        let renumbered = |mut decision: DecisionView| {
            let named = decision.episode.and_then(|named| usize::try_from(named).ok());
            if let Some(named) = named {
                let place = begun.iter().position(|place| *place == named)?;
                decision.episode = u32::try_from(place).ok();
            }
            Some(decision)
        };
        let taken = view.decisions.into_iter().filter(|one| one.on.as_ref().is_none_or(may_be_by));
        Self {
            as_of: Some(day),
            members: MemberView::all_on(places, day),
            status: StatusView::on(partnership, day),
            episodes: begun.iter().map(episode).collect(),
            decisions: taken.filter_map(renumbered).collect(),
            ..view
        }
    }
}

impl MemberView {
    /// Shows the places that a partnership binds, by their names of a day.
    #[must_use]
    pub fn all_on(places: &[Place], day: NaiveDate) -> Vec<Self> {
        let named =
            |(member, place): (Self, &Place)| Self { name: place.display_name_on(day).to_string(), ..member };
        Self::all(places).into_iter().zip(places).map(named).collect()
    }

    /// Shows the places that a partnership binds.
    #[must_use]
    pub fn all(places: &[Place]) -> Vec<Self> {
        let member = |place: &Place| Self {
            place: place.id,
            name: place.display_name().to_string(),
            country: place.country,
        };
        places.iter().map(member).collect()
    }
}

impl StatusView {
    fn on(partnership: &Partnership, day: NaiveDate) -> Self {
        let on = partnership.status_on(day);
        let mut all: Vec<&Status> = on.candidates().iter().flatten().collect();
        let Some(last) = all.pop() else { return Self::of(partnership, partnership.status()) };
        Self {
            or: all.into_iter().map(|status| status.kind().into()).collect(),
            or_not_begun: on.candidates().contains(&None),
            ..Self::of(partnership, last.clone())
        }
    }

    fn of(partnership: &Partnership, status: Status) -> Self {
        let mut view = Self {
            status: status.kind().into(),
            since: None,
            deadline: None,
            authority: None,
            note: None,
            source: None,
            or: Vec::new(),
            or_not_begun: false,
        };
        match status {
            Status::Agreed => view.since = partnership.since(),
            Status::UnderReview { deadline } => view.deadline = Some(deadline),
            Status::Reawakening { since, plan } => (view.since, view.note) = (since, plan),
            Status::Suspended(suspension) => {
                view.since = Some(suspension.on);
                view.authority = suspension.authority;
                view.note = suspension.condition;
                view.source = suspension.source;
            }
            Status::Declined { on, reason } | Status::Concluded { on, reason } => {
                (view.since, view.note) = (on, reason);
            }
            Status::Historical { ended_on } => view.since = ended_on,
            Status::Enquiry | Status::Assessing | Status::Exploring | _ => {}
        }
        view
    }
}

impl DecisionView {
    fn of(decision: &Decision, on: Option<PartialDate>) -> Self {
        let mut view = Self {
            decision: decision.act.kind().into(),
            on,
            authority: decision.authority.clone(),
            source: decision.source.clone(),
            episode: None,
            deadline: None,
            measure: None,
            note: None,
        };
        match &decision.act {
            Act::Agree { episode } => view.episode = u32::try_from(*episode).ok(),
            Act::Review { deadline } => view.deadline = Some(*deadline),
            Act::Measure { measure, note } => {
                view.measure = Some(measure.as_str().to_owned());
                view.note.clone_from(note);
            }
            Act::Decline { reason: note }
            | Act::Conclude { reason: note }
            | Act::Reawaken { plan: note }
            | Act::Suspend { condition: note }
            | Act::Resume { grounds: note }
            | Act::Reaffirm { statement: note } => view.note.clone_from(note),
            Act::Enquire | Act::Assess | Act::Explore | Act::Reawakened | Act::Honour | _ => {}
        }
        view
    }
}

impl EpisodeBody {
    /// Shows an episode.
    #[must_use]
    pub fn of(episode: &Episode) -> Self {
        let (end, ended) = match &episode.end {
            EpisodeEnd::WithThePartnership => (EpisodeEndKind::WithThePartnership, Vec::new()),
            EpisodeEnd::Ended(claims) => (EpisodeEndKind::Ended, DateClaimBody::all(claims)),
            EpisodeEnd::EndedUndated | _ => (EpisodeEndKind::EndedUndated, Vec::new()),
        };
        Self {
            kind: episode.kind.clone(),
            labels: episode.labels.iter().map(LabelBody::of).collect(),
            began: episode.began.as_ref().map(DateClaimBody::all).unwrap_or_default(),
            ended,
            end: Some(end.into()),
            sources: episode.sources.clone(),
        }
    }
}

impl LabelBody {
    fn of(label: &SideLabel) -> Self {
        Self { place: label.place, label: label.label.clone(), source: label.source.clone() }
    }
}

impl DateClaimBody {
    fn all(claims: &Claims<PartialDate>) -> Vec<Self> {
        let chosen = claims.chosen_index();
        let claim = |(position, claim): (usize, &sister_cities_domain::value::Claim<PartialDate>)| Self {
            date: claim.value,
            source: claim.source.clone(),
            standing: Some(if position == chosen {
                ClaimStanding::Chosen.into()
            } else {
                ClaimStanding::Kept.into()
            }),
        };
        claims.all().iter().enumerate().map(claim).collect()
    }
}

impl CoverageBody {
    fn of(coverage: &RecordCoverage) -> Self {
        Self {
            from: coverage.period.from(),
            to: coverage.period.to(),
            source: coverage.source.clone(),
            stated_by: coverage.stated_by.clone(),
            stated_by_person: coverage.stated_by_person,
        }
    }
}

/// A bond between two or more places.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartnershipView {
    /// Its id.
    pub id: PartnershipId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The places it binds, in no order.
    pub members: Vec<MemberView>,
    /// The day that it is shown for, if one was asked about.
    pub as_of: Option<NaiveDate>,
    /// Where it stands by decision: today, or on that day.
    pub status: StatusView,
    /// Since when it is agreed, by the chosen source, if any gives a date.
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
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MemberView {
    /// The place.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: Option<Country>,
}

/// Where a partnership stands by decision, with the facts of that status.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatusView {
    /// The status.
    pub status: StatusWord,
    /// Since when, if known.
    pub since: Option<PartialDate>,
    /// The day by which a review is to be decided.
    pub deadline: Option<NaiveDate>,
    /// Who decided it.
    pub authority: Option<Name>,
    /// The condition, plan or reason, in words.
    pub note: Option<FreeText>,
    /// Where it can be read.
    pub source: Option<Source>,
    /// What else it may have been on the day asked about, where dates are too coarse to tell; earlier in its history first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or: Vec<StatusWord>,
    /// Whether it may not have begun at all on the day asked about.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub or_not_begun: bool,
}

/// One decision about a partnership.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionView {
    /// What was decided.
    pub decision: DecisionWord,
    /// From when it holds, if known.
    pub on: Option<PartialDate>,
    /// Who decided.
    pub authority: Option<Name>,
    /// Where it can be read.
    pub source: Option<Source>,
    /// For `agree`: which of the episodes it started, from 0.
    pub episode: Option<u32>,
    /// For `review`: the day by which to decide.
    pub deadline: Option<NaiveDate>,
    /// For `measure`: which.
    pub measure: Option<String>,
    /// The reason, condition, plan, grounds or statement, in words.
    pub note: Option<FreeText>,
}
