//! Where a partnership stood on a past day: a fold over its decisions that is honest about dates only partly known.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Partnership;
use super::decision::ActKind;
use super::episode::{EffectiveEnd, Episode};
use super::record::{StretchEnd, StretchStart};
use super::status::{Status, StatusKind};
use crate::value::{Certainty, DateOrder, KindKey, PartialDate};

/// Where a partnership stood on a day: one status, or several between which the known dates do not decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusOn {
    candidates: Vec<Option<Status>>,
}

/// One step of a partnership's history: what it became, and from when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusStep {
    /// From when, as far as known.
    pub on: Option<PartialDate>,
    /// The status that the decision led to.
    pub status: Status,
}

/// A kind that the partnership had, or may have had, on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindOn {
    /// The kind of link that it was then.
    pub kind: KindKey,
    /// Position of the episode in the partnership's episodes, from 0.
    pub episode: usize,
    /// How surely it was of that kind on the day asked about.
    pub certainty: Certainty,
    /// Since when, if any source gives a date.
    pub since: Option<PartialDate>,
}

impl StatusOn {
    /// The status, if the known dates decide it; the inner `None` means that nothing had been decided yet.
    #[must_use]
    pub fn certain(&self) -> Option<Option<&Status>> {
        match self.candidates.as_slice() {
            [only] => Some(only.as_ref()),
            [] | [_, ..] => None,
        }
    }

    /// All that it may have been, in the order of its history; `None` stands for "not begun yet".
    #[must_use]
    pub fn candidates(&self) -> &[Option<Status>] {
        &self.candidates
    }

    /// How surely it was one of these.
    #[must_use]
    pub fn is_among(&self, kinds: &BTreeSet<StatusKind>) -> Certainty {
        let matching = self.matching(kinds).count();
        if matching == 0 {
            Certainty::No
        } else if matching == self.candidates.len() {
            Certainty::Yes
        } else {
            Certainty::Possibly
        }
    }

    /// Those of the candidates that are one of these, in the order of its history.
    pub fn matching<'a>(&'a self, kinds: &'a BTreeSet<StatusKind>) -> impl Iterator<Item = &'a Status> {
        self.candidates.iter().flatten().filter(|status| kinds.contains(&status.kind()))
    }
}

impl Partnership {
    /// Where it stands after everything that has been decided, whatever the day.
    #[must_use]
    pub fn status(&self) -> Status {
        // Every constructor checks that the history is not empty and can be replayed.
        self.statuses().pop().unwrap_or(Status::Enquiry)
    }

    /// Its history: what each decision made of it, in order. Decisions that change no status repeat the one before.
    #[must_use]
    pub fn steps(&self) -> Vec<StatusStep> {
        let dates = self.decisions().iter().map(|decision| self.date_of(decision));
        self.statuses().into_iter().zip(dates).map(|(status, on)| StatusStep { on, status }).collect()
    }

    /// Where it stood on a day.
    ///
    /// A decision whose date is a year leaves that year open: both what was before and what came after are candidates. A
    /// decision without a date is held for possible at any time between its neighbours in the history.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> StatusOn {
        let taken = self.taken_by(day);
        let statuses = self.statuses();
        let mut candidates: Vec<Option<Status>> = Vec::new();
        if taken.first().is_none_or(|first| *first != Certainty::Yes) {
            candidates.push(None);
        }
        for (position, status) in statuses.into_iter().enumerate() {
            let reached = taken[position].is_possible();
            let left_behind = taken.get(position + 1).is_some_and(|next| next.is_certain());
            if reached && !left_behind && candidates.last() != Some(&Some(status.clone())) {
                candidates.push(Some(status));
            }
        }
        StatusOn { candidates }
    }

    /// The days on which what can be said of it by its dates alone may change: where it stands, of what kind it is, and whether its
    /// record covers the day. In no order, some perhaps more than once.
    #[must_use]
    pub fn turning_days(&self) -> Vec<NaiveDate> {
        let decided = self.decisions().iter().filter_map(|decision| self.date_of(decision));
        let episodes = self.episodes().iter().flat_map(|episode| {
            let ended = match episode.own_end() {
                EffectiveEnd::On(date) => Some(date),
                EffectiveEnd::Open | EffectiveEnd::Undated => None,
            };
            episode.began().into_iter().chain(ended)
        });
        let mut days: Vec<NaiveDate> =
            decided.chain(episodes).flat_map(|date| [date.earliest(), date.latest()]).collect();
        for stretch in self.record().stretches() {
            if let StretchStart::Day(first) = stretch.from {
                days.push(first);
            }
            if let StretchEnd::Day(last) = stretch.to {
                days.extend(last.succ_opt());
            }
        }
        days
    }

    /// Whether it had begun by a day, if only as a request, however it went on.
    #[must_use]
    pub fn begun_by(&self, day: NaiveDate) -> Certainty {
        let on = self.status_on(day);
        match (on.candidates.contains(&None), on.candidates.len()) {
            (false, _) => Certainty::Yes,
            (true, 1) => Certainty::No,
            (true, _) => Certainty::Possibly,
        }
    }

    /// The kinds of the partnership on a day, surest first, then in the order of its episodes; those it surely did not have are
    /// left out.
    ///
    /// Says nothing about its status: a suspended partnership keeps its kind, and an ended one the kinds it had at its end. One
    /// that was never agreed has none.
    #[must_use]
    pub fn kinds_on(&self, day: NaiveDate) -> Vec<KindOn> {
        let taken = self.taken_by(day);
        let mut kinds: Vec<KindOn> = self
            .episodes()
            .iter()
            .enumerate()
            .map(|(index, episode)| {
                let begun = self
                    .agreement_position(index)
                    .and_then(|position| taken.get(position).copied())
                    .unwrap_or(Certainty::No);
                let ended = match self.end_before_the_partnership(index) {
                    EffectiveEnd::Open => Certainty::No,
                    EffectiveEnd::On(date) => date.is_on_or_before(day),
                    EffectiveEnd::Undated => Certainty::Possibly,
                };
                KindOn {
                    kind: episode.kind.clone(),
                    episode: index,
                    certainty: begun.and(ended.negate()),
                    since: episode.began(),
                }
            })
            .filter(|kind| kind.certainty.is_possible())
            .collect();
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.certainty));
        kinds
    }

    /// The kind by which the partnership is judged on a day: of several at once the surest, then the one of its earliest episode.
    ///
    /// One that has no kind on that day goes by its latest episode; `None` if it was never agreed.
    #[must_use]
    pub fn leading_kind_on(&self, day: NaiveDate) -> Option<KindKey> {
        let then = self.kinds_on(day).into_iter().next().map(|kind| kind.kind);
        then.or_else(|| self.episodes().last().map(|episode| episode.kind.clone()))
    }

    /// The end of an episode that surely ended before the partnership did; its end otherwise is the partnership's, told by its
    /// status.
    fn end_before_the_partnership(&self, episode: usize) -> EffectiveEnd {
        let own = self.episodes().get(episode).map_or(EffectiveEnd::Open, Episode::own_end);
        let conclusion = self.decisions().iter().find(|decision| decision.act.kind() == ActKind::Conclude);
        match (own, conclusion.map(|decision| decision.on)) {
            (own, None) => own,
            (EffectiveEnd::On(ended), Some(Some(concluded)))
                if ended.compare(&concluded) == DateOrder::Before =>
            {
                own
            }
            (EffectiveEnd::Open | EffectiveEnd::On(_) | EffectiveEnd::Undated, Some(_)) => EffectiveEnd::Open,
        }
    }

    /// How surely each decision had been taken by the end of a day.
    ///
    /// The history is in order: a decision that surely had been taken proves all before it, one that surely had not
    /// refutes all after it.
    pub(super) fn taken_by(&self, day: NaiveDate) -> Vec<Certainty> {
        let mut taken: Vec<Certainty> = self
            .decisions()
            .iter()
            .map(|decision| self.date_of(decision).map_or(Certainty::Possibly, |on| on.is_on_or_before(day)))
            .collect();
        if let Some(last_sure) = taken.iter().rposition(|certainty| certainty.is_certain()) {
            taken[..last_sure].fill(Certainty::Yes);
        }
        if let Some(first_not) = taken.iter().position(|certainty| !certainty.is_possible()) {
            taken[first_not..].fill(Certainty::No);
        }
        taken
    }
}
