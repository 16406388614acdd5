//! The assessment of a partnership on a day: standing, score with its reasons, forecast, and every input with its weight.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::engagement::{Focus, Mutuality};
use crate::value::PartialDate;

use super::component::{Component, Cuts};
use super::contact::{Contact, DateReading};
use super::forecast::Forecast;
use super::input::{Fact, Input, Origin, Reason, VitalityInputs, Weight};
use super::score::Score;
use super::sentences;
use super::share::shares;
use super::standing::{Standing, Support, without_score};
use super::state::{Snapshot, VitalityState};

/// How alive a partnership is on a day, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Vitality {
    /// The day it is about. What happened later is left out.
    pub as_of: NaiveDate,
    /// What may be claimed of it.
    pub standing: Standing,
    /// The score of what is on record; `None` while the partnership is suspended or not in force.
    pub score: Option<Score>,
    /// What the typical score is made of; empty without a score.
    pub components: Vec<Component>,
    /// When it will be called less, if nothing happens; `None` without a score.
    pub forecast: Option<Forecast>,
    /// Every input, the oldest first, undated ones last.
    pub inputs: Vec<Input>,
    /// The last contact of both cities.
    pub last_mutual: Option<LastMutual>,
}

impl Vitality {
    /// The same without its inputs, for lists: of a size that does not depend on the log.
    #[must_use]
    pub fn without_inputs(self) -> Self {
        Self { inputs: Vec::new(), ..self }
    }
}

/// The last contact of both cities before the day of an assessment (R37).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LastMutual {
    /// Where it is recorded.
    pub origin: Origin,
    /// When it was, as far as known.
    pub date: PartialDate,
    /// What it and the other contacts of that date were about, the most frequent first.
    pub foci: Vec<Focus>,
}

/// The standing of a partnership on a day, and what it was rated from.
pub(super) struct Rating {
    pub(super) standing: Standing,
    pub(super) scored: Option<Scored>,
}

/// The reckoning behind a score.
pub(super) struct Scored {
    pub(super) now: Snapshot,
    pub(super) forecast: Forecast,
}

/// Assesses a partnership on a day, by what is known of it now.
#[must_use]
pub fn assess(inputs: &VitalityInputs<'_>, as_of: NaiveDate) -> Vitality {
    let rating = rate(inputs, as_of);
    let last_mutual = last_mutual(&inputs.facts, as_of);
    let mut vitality = Vitality {
        as_of,
        standing: rating.standing,
        score: None,
        components: Vec::new(),
        forecast: None,
        inputs: listed(inputs, rating.scored.as_ref(), as_of),
        last_mutual,
    };
    if let Some(Scored { now, forecast }) = rating.scored {
        let cuts = Cuts::of(&now.energy, &inputs.policy);
        let sentences = sentences::components(&vitality, &cuts, &inputs.policy);
        let parts = cuts.points().into_iter().zip(sentences);
        vitality.components =
            parts.map(|((kind, points), sentence)| Component { kind, points, sentence }).collect();
        vitality.score = Some(now.score);
        vitality.forecast = Some(forecast);
    }
    vitality
}

/// The part of an assessment that a timeline needs, too.
pub(super) fn rate(inputs: &VitalityInputs<'_>, as_of: NaiveDate) -> Rating {
    let status = inputs.status_on(as_of);
    if let Some(standing) = without_score(&status) {
        return Rating { standing, scored: None };
    }
    let policy = inputs.policy;
    let state = VitalityState::known_on(policy, inputs.contacts(), as_of);
    let now = state.snapshot(as_of);
    // Within the year or month in which it is known to have begun, a partnership is taken to be in force from its first contact
    // on.
    if inputs.founded.is_some() && status.candidates().contains(&None) && now.energy.all <= 0.0 {
        return Rating { standing: Standing::NotInForce, scored: None };
    }
    let support = Support::of(inputs, as_of);
    let mut forecast = state.readings().forecast(&policy, as_of);
    forecast.footing = support.footing(&forecast);
    forecast.agreement_ends = inputs
        .agreement_ends
        .filter(|ends| *ends >= as_of && forecast.dormant_on.is_some_and(|dormant| *ends < dormant.likely));
    Rating { standing: support.standing(&now), scored: Some(Scored { now, forecast }) }
}

fn listed(inputs: &VitalityInputs<'_>, scored: Option<&Scored>, as_of: NaiveDate) -> Vec<Input> {
    let weights: Vec<Weight> = match scored {
        None => inputs.facts.iter().map(|fact| Weight::NotCounted(reason_without_score(fact))).collect(),
        Some(Scored { now, .. }) => {
            let contacts: Vec<Option<&Contact>> =
                inputs.facts.iter().map(|fact| fact.contact.as_ref().ok()).collect();
            let total = now.energy.total(&inputs.policy);
            let points_per_energy = if total > 0.0 { now.score.typical / total } else { 0.0 };
            let shares = shares(&inputs.policy, &contacts, &now.energy, as_of);
            let weigh = |(fact, share): (&Fact, Option<f64>)| match (&fact.contact, share) {
                (Err(reason), _) => Weight::NotCounted(*reason),
                (Ok(_), None) => Weight::NotCounted(Reason::NotYet),
                (Ok(_), Some(energy)) => Weight::Counted { energy, points: energy * points_per_energy },
            };
            inputs.facts.iter().zip(shares).map(weigh).collect()
        }
    };
    let mut listed: Vec<Input> = inputs
        .facts
        .iter()
        .zip(weights)
        .map(|(fact, weight)| Input {
            origin: fact.origin,
            title: fact.title.clone(),
            date: fact.date,
            foci: fact.foci.clone(),
            mutuality: fact.mutuality,
            weight,
        })
        .collect();
    listed.sort_by_key(|input| {
        (input.date.is_none(), input.date.map(|date| date.sort_key()), input.title.clone(), input.origin)
    });
    listed
}

fn reason_without_score(fact: &Fact) -> Reason {
    match fact.contact {
        Ok(_) => Reason::NoScore,
        Err(reason) => reason,
    }
}

fn last_mutual(facts: &[Fact], as_of: NaiveDate) -> Option<LastMutual> {
    let happened = |fact: &&Fact| {
        fact.mutuality == Mutuality::Mutual
            && fact
                .contact
                .as_ref()
                .is_ok_and(|contact| contact.day_read(DateReading::Middle, as_of).is_some())
    };
    let last = facts.iter().filter(happened).max_by_key(|fact| {
        let days = fact.contact.as_ref().ok().map(|contact| (contact.middle(), contact.latest()));
        (days, fact.origin)
    })?;
    let mut named: BTreeMap<&Focus, usize> = BTreeMap::new();
    for fact in facts.iter().filter(happened).filter(|fact| fact.date == last.date) {
        for focus in fact.foci.iter() {
            *named.entry(focus).or_default() += 1;
        }
    }
    let mut foci: Vec<(usize, Focus)> =
        named.into_iter().map(|(focus, times)| (times, focus.clone())).collect();
    foci.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let foci = foci.into_iter().map(|(_, focus)| focus).collect();
    Some(LastMutual { origin: last.origin, date: last.date?, foci })
}
