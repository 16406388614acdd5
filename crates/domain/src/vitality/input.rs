//! The inputs of a partnership's vitality: every engagement and signing, what became of it in the score, and why.

use chrono::NaiveDate;
use serde::Serialize;

use crate::agreement::Agreement;
use crate::engagement::{Engagement, Foci, Focus, Happening, Mutuality};
use crate::id::{AgreementId, EngagementId};
use crate::partnership::{Partnership, Record, StatusOn};
use crate::value::PartialDate;

use super::contact::Contact;
use super::policy::VitalityPolicy;

/// Where an input comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Origin {
    /// An engagement of the log.
    Engagement(EngagementId),
    /// The signing of an agreement on file.
    Agreement(AgreementId),
    /// The beginning of an episode of the partnership, as lists give it; its position in the partnership's episodes, from 0.
    Episode(usize),
}

/// One input with its present weight, or the reason why it has none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    /// Where it comes from.
    pub origin: Origin,
    /// What it was, in a line.
    pub title: String,
    /// When it was, as far as known. An engagement counts on its first day, or on its last where only that is told.
    pub date: Option<PartialDate>,
    /// What it was about.
    pub foci: Foci,
    /// Whether both cities took part.
    pub mutuality: Mutuality,
    /// What it adds to the score now.
    pub weight: Weight,
}

/// What an input adds to the typical score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Weight {
    /// It counts, by the time that has passed since.
    Counted {
        /// Its part of today's energy, in contacts. These parts add up to the energy.
        energy: f64,
        /// Its part of today's score, in points. These parts add up to the typical score.
        points: f64,
    },
    /// It adds nothing, for that reason.
    NotCounted(Reason),
}

/// Why an input adds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// Nobody knows when it was.
    Undated,
    /// One side by itself, at home.
    LocalOnly,
    /// It was called off.
    CalledOff,
    /// It had not happened on that day, or not yet when its uncertain date is read in the middle.
    NotYet,
    /// A signing that an engagement or another signing of the same date already stands for.
    CountedElsewhere,
    /// The partnership had no score on that day.
    NoScore,
}

impl Input {
    /// Its part of today's score in points, 0 if it does not count.
    #[must_use]
    pub fn points(&self) -> f64 {
        match self.weight {
            Weight::Counted { points, .. } => points,
            Weight::NotCounted(_) => 0.0,
        }
    }
}

impl Reason {
    /// The reason in a few words for a list.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Undated => "no date known",
            Self::LocalOnly => "local only",
            Self::CalledOff => "called off",
            Self::NotYet => "not yet",
            Self::CountedElsewhere => "counted through another entry",
            Self::NoScore => "no score on this day",
        }
    }
}

/// All that a partnership's vitality is reckoned from.
#[derive(Clone, Debug)]
pub struct VitalityInputs<'a> {
    pub(super) policy: VitalityPolicy,
    pub(super) facts: Vec<Fact>,
    /// The earliest day on which the partnership can have begun, if its beginning is known.
    pub(super) founded: Option<NaiveDate>,
    pub(super) agreement_ends: Option<NaiveDate>,
    partnership: &'a Partnership,
}

/// An input before its weight is known.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) origin: Origin,
    pub(super) title: String,
    pub(super) date: Option<PartialDate>,
    pub(super) foci: Foci,
    pub(super) mutuality: Mutuality,
    /// What the formula sees of it, or why it sees nothing.
    pub(super) contact: Result<Contact, Reason>,
}

impl<'a> VitalityInputs<'a> {
    /// The inputs of a partnership: its status, the coverage of its record and its beginning from the partnership, its contacts
    /// from the engagements. Engagements of other partnerships are left out.
    #[must_use]
    pub fn new(
        partnership: &'a Partnership,
        engagements: impl IntoIterator<Item = &'a Engagement>,
        policy: VitalityPolicy,
    ) -> Self {
        let own = engagements.into_iter().filter(|engagement| engagement.partnership == partnership.id());
        let mut inputs = Self {
            policy,
            facts: own.map(Fact::of_engagement).collect(),
            founded: partnership.since().map(|since| since.earliest()),
            agreement_ends: None,
            partnership,
        };
        inputs.add_episodes();
        inputs
    }

    /// The same inputs with the agreements of the partnership: each version signed by all sides is a contact of both cities, and
    /// the day on which the last agreement ends is told with the forecast. Agreements of other partnerships are left out.
    #[must_use]
    pub fn with_agreements(mut self, agreements: impl IntoIterator<Item = &'a Agreement>) -> Self {
        // What is on file says more than what lists give, so it is asked first whether it is the same signing.
        self.facts.retain(|fact| !matches!(fact.origin, Origin::Episode(_)));
        let mut ends = Vec::new();
        for agreement in agreements.into_iter().filter(|one| one.partnership() == self.partnership.id()) {
            let signed = agreement.versions().iter().filter(|one| one.is_fully_signed(agreement.parties()));
            for version in signed {
                let title = format!("Signed: {}", agreement.title().as_str());
                let on = version.last_signed_on(agreement.parties());
                self.add_signing(Origin::Agreement(agreement.id()), title, on);
            }
            if agreement.parent().is_none() && agreement.signed_on().is_some() {
                ends.push(agreement.effective_end().map(|end| end.latest));
            }
        }
        // As long as one of them has no end, neither has the partnership.
        let ends: Option<Vec<NaiveDate>> = ends.into_iter().collect();
        self.agreement_ends = ends.and_then(|ends| ends.into_iter().max());
        self.add_episodes();
        self
    }

    fn add_episodes(&mut self) {
        for (position, episode) in self.partnership.episodes().iter().enumerate() {
            if let Some(began) = episode.began() {
                self.add_signing(Origin::Episode(position), "Agreement signed".to_owned(), Some(began));
            }
        }
    }

    /// A signing is one contact of both cities, unless an engagement or another signing already stands for it.
    fn add_signing(&mut self, origin: Origin, title: String, date: Option<PartialDate>) {
        let foci = Foci::one(Focus::SigningAgreement);
        let mutuality = Mutuality::Mutual;
        let contact = match date {
            None => Err(Reason::Undated),
            Some(date) if self.facts.iter().any(|fact| fact.is_signing_around(date)) => {
                Err(Reason::CountedElsewhere)
            }
            Some(date) => contact_on(date, &foci, mutuality),
        };
        self.facts.push(Fact { origin, title, date, foci, mutuality, contact });
    }

    /// What the formula sees of them.
    pub(super) fn contacts(&self) -> impl Iterator<Item = &Contact> {
        self.facts.iter().filter_map(|fact| fact.contact.as_ref().ok())
    }

    pub(super) fn partnership(&self) -> &Partnership {
        self.partnership
    }

    pub(super) fn record(&self) -> &Record {
        self.partnership.record()
    }

    pub(super) fn status_on(&self, day: NaiveDate) -> StatusOn {
        self.partnership.status_on(day)
    }
}

impl Fact {
    fn of_engagement(engagement: &Engagement) -> Self {
        let date = engagement.dates.start().or(engagement.dates.end());
        let (foci, mutuality) = (engagement.foci.clone(), engagement.mutuality());
        let contact = match (engagement.happening, mutuality, date) {
            (Happening::CalledOff, _, _) => Err(Reason::CalledOff),
            (Happening::Held | Happening::AnnouncedOnly, Mutuality::None, _) => Err(Reason::LocalOnly),
            (Happening::Held | Happening::AnnouncedOnly, _, None) => Err(Reason::Undated),
            (Happening::Held | Happening::AnnouncedOnly, _, Some(date)) => contact_on(date, &foci, mutuality),
        };
        Self {
            origin: Origin::Engagement(engagement.id),
            title: engagement.title.as_str().to_owned(),
            date,
            foci,
            mutuality,
            contact,
        }
    }

    /// Whether it is a signing by both sides that may be the one of that date.
    fn is_signing_around(&self, date: PartialDate) -> bool {
        self.mutuality == Mutuality::Mutual
            && self.foci.contains(&Focus::SigningAgreement)
            && self.contact.as_ref().is_ok_and(|contact| {
                contact.earliest() <= date.latest() && date.earliest() <= contact.latest()
            })
    }
}

fn contact_on(date: PartialDate, foci: &Foci, mutuality: Mutuality) -> Result<Contact, Reason> {
    // A partial date lies within the years 1 to 9999 and in order, so this cannot fail.
    Contact::between(date.earliest(), date.latest(), foci.clone(), mutuality).map_err(|_| Reason::Undated)
}
