//! What the wire shows of practices and adoptions, and how it is made of the domain.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{
    AdoptionId, OrganisationId, PartnershipId, PlaceId, PracticeId, ProgrammeId, ShareId,
};
use sister_cities_domain::organisation::Organisation;
use sister_cities_domain::place::Place;
use sister_cities_domain::practice::{
    AdoptedPractice, Adoption, Origin, OriginInWords, PlaceOnTopic, Practice, PracticeCost, StepTaken, Topic,
    TopicCount,
};
use sister_cities_domain::value::{Country, FreeText, Name, PartialDate, Source, Title};

use super::{AdoptionStateWord, AdoptionStepWord, OriginBody, PracticeBody, PracticeCostBody, VerdictWord};
use crate::note::NoteBody;
use crate::{AsText, ResponsibleBody};

impl PracticeView {
    /// Shows a practice at a revision.
    #[must_use]
    pub fn of(practice: &Practice, revision: u32) -> Self {
        let Practice {
            id,
            programme: _,
            title,
            problem,
            approach,
            evidence,
            cost,
            contact,
            origin,
            topics,
            since,
            sources,
            notes,
        } = practice;
        Self {
            id: *id,
            revision,
            title: title.clone(),
            problem: problem.clone(),
            approach: approach.clone(),
            evidence: evidence.clone(),
            cost: PracticeCostBody::of(cost),
            contact: contact.as_ref().map(ResponsibleBody::of),
            origin: OriginBody::of(origin),
            topics: topics.iter().cloned().collect(),
            since: *since,
            sources: sources.clone(),
            notes: notes.iter().map(NoteBody::of).collect(),
        }
    }
}

impl PracticeCostBody {
    /// Shows what a practice takes, if anything is known of it.
    #[must_use]
    pub fn of(cost: &PracticeCost) -> Option<Self> {
        let PracticeCost { amount, words } = cost;
        (!cost.is_unknown()).then(|| Self { amount: amount.map(AsText), words: words.clone() })
    }
}

impl OriginBody {
    fn of(origin: &Origin) -> Self {
        Self { place: origin.place(), organisation: origin.organisation() }
    }
}

impl OriginInWordsView {
    /// Shows whose a practice is, as another programme tells it.
    #[must_use]
    pub fn of(origin: &OriginInWords) -> Self {
        let OriginInWords { place, country, organisation } = origin.clone();
        Self { place, country, organisation }
    }
}

impl AdoptionView {
    /// Shows an adoption at a revision.
    #[must_use]
    pub fn of(adoption: &Adoption, revision: u32) -> Self {
        let Adoption {
            id,
            programme: _,
            practice,
            by,
            organisation,
            partnership,
            learnt_from,
            topics,
            course,
            sources,
            notes,
        } = adoption;
        let (practice, shared) = match practice {
            AdoptedPractice::Own { practice } => (Some(*practice), None),
            AdoptedPractice::Shared { share, peer, shared_by, title, origin, since } => {
                let shared = AdoptionViewOfShared {
                    share: *share,
                    peer: *peer,
                    shared_by: shared_by.clone(),
                    title: title.clone(),
                    origin: OriginInWordsView::of(origin),
                    since: *since,
                };
                (None, Some(shared))
            }
            _ => (None, None),
        };
        Self {
            id: *id,
            revision,
            practice,
            shared,
            by: *by,
            organisation: *organisation,
            partnership: *partnership,
            learnt_from: learnt_from.as_ref().map(OriginBody::of),
            topics: topics.iter().cloned().collect(),
            state: course.state().into(),
            since: course.since(),
            verdict: course.verdict().map(Into::into),
            offered_on: course.offered_on(),
            steps: course.steps().iter().map(StepTakenView::of).collect(),
            sources: sources.clone(),
            notes: notes.iter().map(NoteBody::of).collect(),
        }
    }
}

impl StepTakenView {
    fn of(taken: &StepTaken) -> Self {
        let StepTaken { act, on, remark } = taken;
        Self {
            step: act.kind().into(),
            on: *on,
            remark: remark.clone(),
            evidence: act.evidence().cloned(),
            verdict: act.verdict().map(Into::into),
            reason: act.reason().cloned(),
        }
    }
}

impl LearningView {
    /// Shows an adoption with the names of all in it; `practice` is the one adopted if the programme keeps it, `place` and
    /// `organisation` find the others.
    #[must_use]
    pub fn of<'a>(
        adoption: &Adoption,
        practice: Option<&Practice>,
        place: impl Fn(PlaceId) -> Option<&'a Place>,
        organisation: impl Fn(OrganisationId) -> Option<&'a Organisation>,
    ) -> Self {
        let party = |of_place: Option<PlaceId>, of_organisation: Option<OrganisationId>| {
            let found = of_place.and_then(&place);
            PartyView {
                place: of_place,
                name: found.map(|place| place.display_name().clone()),
                country: found.and_then(|place| place.country),
                organisation: of_organisation,
                organisation_name: of_organisation.and_then(&organisation).map(|found| found.name.clone()),
            }
        };
        let of_origin = |origin: &Origin| party(origin.place(), origin.organisation());
        let (title, origin, shared_by, practised_since) = match (&adoption.practice, practice) {
            (AdoptedPractice::Shared { title, origin, shared_by, since, .. }, _) => {
                let OriginInWords { place, country, organisation } = origin.clone();
                let party = PartyView {
                    name: place,
                    country,
                    organisation_name: organisation,
                    ..PartyView::default()
                };
                (Some(title.clone()), Some(party), Some(shared_by.clone()), *since)
            }
            (_, Some(own)) => (Some(own.title.clone()), Some(of_origin(&own.origin)), None, own.since),
            (_, None) => (None, None, None, None),
        };
        let last = adoption.course.steps().last();
        Self {
            adoption: adoption.id,
            practice: practice.map(|own| own.id),
            title,
            origin,
            practised_since,
            shared_by,
            topics: adoption.topics.iter().cloned().collect(),
            by: party(Some(adoption.by), adoption.organisation),
            learnt_from: adoption.learnt_from.as_ref().map(of_origin),
            partnership: adoption.partnership,
            state: adoption.course.state().into(),
            since: adoption.course.since(),
            offered_on: adoption.course.offered_on(),
            verdict: adoption.course.verdict().map(Into::into),
            evidence: last.and_then(|last| last.act.evidence()).cloned(),
            reason: last.and_then(|last| last.act.reason()).cloned(),
        }
    }
}

impl TopicView {
    /// Shows who works on a topic; `place` finds places.
    #[must_use]
    pub fn of<'a>(topic: &TopicCount, place: impl Fn(PlaceId) -> Option<&'a Place>) -> Self {
        let TopicCount { topic, places, without_place } = topic;
        let on = |one: &PlaceOnTopic| {
            let found = place(one.place);
            PlaceOnTopicView {
                place: one.place,
                name: found.map(|place| place.display_name().clone()),
                country: found.and_then(|place| place.country),
                practices: one.practices,
                adoptions: one.adoptions,
            }
        };
        Self { topic: topic.clone(), places: places.iter().map(on).collect(), without_place: *without_place }
    }
}

/// A practice that another place may learn.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PracticeView {
    /// Its id.
    pub id: PracticeId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// What it is, in a line.
    pub title: Title,
    /// The problem that it meets.
    pub problem: Option<FreeText>,
    /// What is done about it.
    pub approach: Option<FreeText>,
    /// What shows that it works where it comes from.
    pub evidence: Option<FreeText>,
    /// What it takes.
    pub cost: Option<PracticeCostBody>,
    /// Whom to ask.
    pub contact: Option<ResponsibleBody>,
    /// Whose it is.
    pub origin: OriginBody,
    /// What it is about.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// Since when it is done there.
    pub since: Option<PartialDate>,
    /// Where we know it from.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
}

/// The adoption of a practice.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AdoptionView {
    /// Its id.
    pub id: AdoptionId,
    /// The revision to name in `If-Match` when changing it or taking a step.
    pub revision: u32,
    /// The practice, if it is one of the programme.
    pub practice: Option<PracticeId>,
    /// The practice, if another programme shared it: as it was told when it was adopted.
    pub shared: Option<AdoptionViewOfShared>,
    /// The place that adopts it.
    pub by: PlaceId,
    /// The organisation there that does it.
    pub organisation: Option<OrganisationId>,
    /// The partnership through which it came.
    pub partnership: Option<PartnershipId>,
    /// From whom it was learnt.
    pub learnt_from: Option<OriginBody>,
    /// What it is about.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// How far it is.
    pub state: AdoptionStateWord,
    /// Since when it is that far, if that is known.
    pub since: Option<PartialDate>,
    /// Whether it worked, if that was judged.
    pub verdict: Option<VerdictWord>,
    /// When it was offered.
    pub offered_on: Option<PartialDate>,
    /// The steps since then, in their order.
    #[serde(default)]
    pub steps: Vec<StepTakenView>,
    /// Where we know it from.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
}

/// A practice of another programme, as that programme told it when it was adopted.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AdoptionViewOfShared {
    /// The id of what was shared.
    pub share: ShareId,
    /// The programme that shared it.
    pub peer: ProgrammeId,
    /// What that programme calls itself.
    pub shared_by: Name,
    /// What the practice is, in a line.
    pub title: Title,
    /// Whose it is.
    pub origin: OriginInWordsView,
    /// Since when it is done there.
    pub since: Option<PartialDate>,
}

/// Whose a practice is, in the words of another programme.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OriginInWordsView {
    /// What the place is called.
    pub place: Option<Name>,
    /// The country it is in.
    pub country: Option<Country>,
    /// What the organisation is called.
    pub organisation: Option<Name>,
}

/// A step that was taken.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StepTakenView {
    /// What was done.
    pub step: AdoptionStepWord,
    /// When, as precisely as is known.
    pub on: Option<PartialDate>,
    /// What there is to say of it.
    pub remark: Option<FreeText>,
    /// What shows it.
    pub evidence: Option<FreeText>,
    /// Whether it worked.
    pub verdict: Option<VerdictWord>,
    /// Why it was given up.
    pub reason: Option<FreeText>,
}

/// Who learned what from whom, how far they are and whether it worked.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LearningView {
    /// The adoption that says so.
    pub adoption: AdoptionId,
    /// The practice, if it is one of the programme.
    pub practice: Option<PracticeId>,
    /// What was learnt, in a line.
    pub title: Option<Title>,
    /// Whose practice it is.
    pub origin: Option<PartyView>,
    /// Since when it is done there.
    pub practised_since: Option<PartialDate>,
    /// What the programme calls itself that shared it, if another did.
    pub shared_by: Option<Name>,
    /// What it is about.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// Who learned it.
    pub by: PartyView,
    /// From whom.
    pub learnt_from: Option<PartyView>,
    /// Through which partnership.
    pub partnership: Option<PartnershipId>,
    /// How far they are.
    pub state: AdoptionStateWord,
    /// Since when, if that is known.
    pub since: Option<PartialDate>,
    /// When it was offered.
    pub offered_on: Option<PartialDate>,
    /// Whether it worked, if that was judged.
    pub verdict: Option<VerdictWord>,
    /// What shows it, or the last step.
    pub evidence: Option<FreeText>,
    /// Why it was given up.
    pub reason: Option<FreeText>,
}

/// A place or an organisation, with its name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartyView {
    /// The place, if it is one of the programme.
    pub place: Option<PlaceId>,
    /// What the place is called.
    pub name: Option<Name>,
    /// The country it is in.
    pub country: Option<Country>,
    /// The organisation, if it is one of the programme.
    pub organisation: Option<OrganisationId>,
    /// What the organisation is called.
    pub organisation_name: Option<Name>,
}

/// Who works on which topic.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TopicsView {
    /// The topics; those that the most places share first.
    pub items: Vec<TopicView>,
}

/// Who works on a topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TopicView {
    /// The topic.
    pub topic: Topic,
    /// The places that have a practice of it or adopted one; those with the most first. More than one share a challenge.
    pub places: Vec<PlaceOnTopicView>,
    /// Practices of an organisation of which the place is not said.
    pub without_place: u32,
}

/// What a place has on a topic.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceOnTopicView {
    /// The place.
    pub place: PlaceId,
    /// What it is called.
    pub name: Option<Name>,
    /// The country it is in.
    pub country: Option<Country>,
    /// Practices that are its own.
    pub practices: u32,
    /// Practices of others that it adopted, whatever became of them.
    pub adoptions: u32,
}

/// The practice as a body that changes nothing: what is to be changed is changed in it.
impl From<PracticeView> for PracticeBody {
    fn from(view: PracticeView) -> Self {
        let PracticeView {
            id: _,
            revision: _,
            title,
            problem,
            approach,
            evidence,
            cost,
            contact,
            origin,
            topics,
            since,
            sources,
            notes,
        } = view;
        Self { title, problem, approach, evidence, cost, contact, origin, topics, since, sources, notes }
    }
}
