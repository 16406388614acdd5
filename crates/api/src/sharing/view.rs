//! What the wire shows of links and shares, and how it is made of the domain.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::engagement::Focus;
use sister_cities_domain::id::{LinkId, PartnershipId, ProgrammeId, ShareId};
use sister_cities_domain::practice::Topic;
use sister_cities_domain::sharing::{
    Link, Share, SharedAdoption, SharedAgreement, SharedContent, SharedEngagement, SharedPractice,
    SharedStep, SharedVersion,
};
use sister_cities_domain::value::{FreeText, Name, PartialDate, Title};

use super::{LinkState, LinkStateWord};
use crate::Cursor;
use crate::engagement::{DirectionWord, EvidenceWord, HappeningWord, ParticipantsBody};
use crate::practice::{AdoptionStepWord, OriginInWordsView, PracticeCostBody, VerdictWord};

impl LinkView {
    /// Shows a link at a revision, with the link by which the other programme answers, if it does.
    #[must_use]
    pub fn of(link: &Link, revision: u32, answer: Option<&Link>) -> Self {
        Self {
            id: link.id,
            revision,
            peer: link.peer,
            peer_name: answer.map(|answer| answer.name.clone()),
            partnership: link.partnership,
            state: if answer.is_some() { LinkState::Mutual.into() } else { LinkState::Offered.into() },
        }
    }
}

impl OfferView {
    /// Shows the link of another programme.
    #[must_use]
    pub fn of(link: &Link) -> Self {
        Self { peer: link.programme, peer_name: link.name.clone() }
    }
}

impl ShareView {
    /// Shows a share at a revision, and the revision that its record is at now.
    #[must_use]
    pub fn of(share: &Share, revision: u32, record_revision: u32) -> Self {
        let told = ToldViews::of(&share.content);
        Self {
            id: share.id,
            revision,
            link: share.link,
            record: share.subject.to_string(),
            told_revision: share.revision,
            record_revision,
            engagement: told.engagement,
            agreement: told.agreement,
            practice: told.practice,
            adoption: told.adoption,
        }
    }
}

impl ReceivedView {
    /// Shows what another programme shares.
    #[must_use]
    pub fn of(share: &Share) -> Self {
        let told = ToldViews::of(&share.content);
        Self {
            id: share.id,
            peer: share.programme,
            record: share.subject.to_string(),
            told_revision: share.revision,
            engagement: told.engagement,
            agreement: told.agreement,
            practice: told.practice,
            adoption: told.adoption,
        }
    }
}

/// The view of what is shared: one of them.
#[derive(Default)]
struct ToldViews {
    engagement: Option<SharedEngagementView>,
    agreement: Option<SharedAgreementView>,
    practice: Option<SharedPracticeView>,
    adoption: Option<SharedAdoptionView>,
}

impl ToldViews {
    fn of(content: &SharedContent) -> Self {
        let mut views = Self::default();
        match content {
            SharedContent::Engagement(told) => views.engagement = Some(SharedEngagementView::of(told)),
            SharedContent::Agreement(told) => views.agreement = Some(SharedAgreementView::of(told)),
            SharedContent::Practice(told) => views.practice = Some(SharedPracticeView::of(told)),
            SharedContent::Adoption(told) => views.adoption = Some(SharedAdoptionView::of(told)),
            _ => {}
        }
        views
    }
}

impl SharedPracticeView {
    fn of(told: &SharedPractice) -> Self {
        let SharedPractice { title, origin, shared_by, problem, approach, evidence, cost, topics, since } =
            told;
        Self {
            title: title.clone(),
            origin: OriginInWordsView::of(origin),
            shared_by: shared_by.clone(),
            problem: problem.clone(),
            approach: approach.clone(),
            evidence: evidence.clone(),
            cost: PracticeCostBody::of(cost),
            topics: topics.iter().cloned().collect(),
            since: *since,
        }
    }
}

impl SharedAdoptionView {
    fn of(told: &SharedAdoption) -> Self {
        let SharedAdoption { title, origin, by, topics, offered_on, steps } = told;
        let step = |&SharedStep { step, on, verdict }: &SharedStep| SharedStepView {
            step: step.into(),
            on,
            verdict: verdict.map(Into::into),
        };
        Self {
            title: title.clone(),
            origin: OriginInWordsView::of(origin),
            by: OriginInWordsView::of(by),
            topics: topics.iter().cloned().collect(),
            offered_on: *offered_on,
            steps: steps.iter().map(step).collect(),
        }
    }
}

impl SharedEngagementView {
    fn of(told: &SharedEngagement) -> Self {
        let &SharedEngagement {
            direction,
            happening,
            evidence,
            ref title,
            ref foci,
            ref dates,
            ref participants,
        } = told;
        Self {
            title: title.clone(),
            foci: foci.iter().cloned().collect(),
            direction: direction.into(),
            start: dates.start(),
            end: dates.end(),
            happening: happening.into(),
            participants: participants.iter().map(ParticipantsBody::of).collect(),
            evidence: evidence.into(),
        }
    }
}

impl SharedAgreementView {
    fn of(told: &SharedAgreement) -> Self {
        let &SharedAgreement { signed_on, in_force_from, ref title, ref versions } = told;
        Self {
            title: title.clone(),
            signed_on,
            in_force_from,
            versions: versions.iter().map(SharedVersionView::of).collect(),
        }
    }
}

impl SharedVersionView {
    fn of(told: &SharedVersion) -> Self {
        let &SharedVersion { number, hash, approved, signed } = told;
        Self { number, hash: hash.map(|hash| hash.to_string()), approved, signed }
    }
}

/// A link to another programme.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinkView {
    /// Its id.
    pub id: LinkId,
    /// The revision to name in `If-Match` when taking it back.
    pub revision: u32,
    /// The other programme.
    pub peer: ProgrammeId,
    /// What the other programme calls itself; absent as long as it has not linked back.
    pub peer_name: Option<Name>,
    /// The bond, as this programme keeps it.
    pub partnership: PartnershipId,
    /// How far it is.
    pub state: LinkStateWord,
}

/// A programme that has linked to this one and waits to be linked back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OfferView {
    /// The programme.
    pub peer: ProgrammeId,
    /// What it calls itself.
    pub peer_name: Name,
}

/// Part of the links of a programme.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinksView {
    /// Its own, in the order of creation.
    pub items: Vec<LinkView>,
    /// Who offers one and was not linked back.
    #[serde(default)]
    pub offers: Vec<OfferView>,
    /// The cursor of the next page; absent if there is none. A page may hold less than its limit, or nothing, and not be the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<Cursor>,
}

/// What is shared of a record: of an engagement, an agreement, a practice or an adoption.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShareView {
    /// Its id.
    pub id: ShareId,
    /// The revision to name in `If-Match` when telling it anew or taking it back.
    pub revision: u32,
    /// The link over which it is shared.
    pub link: LinkId,
    /// The id of the record, such as `eng_01h455vb4pex5vsknk084sn02q`.
    pub record: String,
    /// The revision of the record that was told.
    pub told_revision: u32,
    /// The revision that the record is at now; a greater one has not been told.
    pub record_revision: u32,
    /// What was told of an engagement.
    pub engagement: Option<SharedEngagementView>,
    /// What was told of an agreement.
    pub agreement: Option<SharedAgreementView>,
    /// What was told of a practice.
    pub practice: Option<SharedPracticeView>,
    /// What was told of an adoption.
    pub adoption: Option<SharedAdoptionView>,
}

/// What another programme shares of a record of its own.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReceivedView {
    /// The id of what was shared.
    pub id: ShareId,
    /// The other programme.
    pub peer: ProgrammeId,
    /// The id that the record has there, to speak of it by; nothing can be read by it here.
    pub record: String,
    /// The revision of the record that was told.
    pub told_revision: u32,
    /// What was told of an engagement.
    pub engagement: Option<SharedEngagementView>,
    /// What was told of an agreement.
    pub agreement: Option<SharedAgreementView>,
    /// What was told of a practice.
    pub practice: Option<SharedPracticeView>,
    /// What was told of an adoption.
    pub adoption: Option<SharedAdoptionView>,
}

/// What is told of an engagement. Way and sides are those of the programme that shares it.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedEngagementView {
    /// What it was, in words chosen for the other programme.
    pub title: Option<Title>,
    /// What it was about.
    #[serde(default)]
    pub foci: Vec<Focus>,
    /// The way it went, seen from the host of the programme that shares it.
    pub direction: DirectionWord,
    /// When it began, as precisely as is known.
    pub start: Option<PartialDate>,
    /// When it ended, if that is another day.
    pub end: Option<PartialDate>,
    /// Whether it took place.
    pub happening: HappeningWord,
    /// Who took part, in groups.
    #[serde(default)]
    pub participants: Vec<ParticipantsBody>,
    /// What is known of the other side's part.
    pub evidence: EvidenceWord,
}

/// What is told of an agreement.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedAgreementView {
    /// What it is called.
    pub title: Title,
    /// When the last side signed, if all have.
    pub signed_on: Option<PartialDate>,
    /// From when it is in force.
    pub in_force_from: Option<PartialDate>,
    /// The versions that were put to the sides.
    #[serde(default)]
    pub versions: Vec<SharedVersionView>,
}

/// What is told of a version of an agreement.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedVersionView {
    /// Its number.
    pub number: u32,
    /// The SHA-256 of its text in hexadecimal digits, by which both sides see whether they hold the same.
    pub hash: Option<String>,
    /// How many sides have approved it.
    pub approved: u32,
    /// How many sides have signed it.
    pub signed: u32,
}

/// What is told of a practice, with its origin.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedPracticeView {
    /// What it is, in a line.
    pub title: Title,
    /// Whose it is.
    pub origin: OriginInWordsView,
    /// What the programme that shares it calls itself.
    pub shared_by: Name,
    /// The problem that it meets.
    pub problem: Option<FreeText>,
    /// What is done about it.
    pub approach: Option<FreeText>,
    /// What shows that it works where it comes from.
    pub evidence: Option<FreeText>,
    /// What it takes.
    pub cost: Option<PracticeCostBody>,
    /// What it is about.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// Since when it is done there.
    pub since: Option<PartialDate>,
}

/// What is told of an adoption: how far it is and whether it worked.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedAdoptionView {
    /// What the practice is, in a line.
    pub title: Title,
    /// Whose the practice is.
    pub origin: OriginInWordsView,
    /// Who adopts it.
    pub by: OriginInWordsView,
    /// What it is about there.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// When it was offered.
    pub offered_on: Option<PartialDate>,
    /// The steps since then.
    #[serde(default)]
    pub steps: Vec<SharedStepView>,
}

/// What is told of a step of an adoption.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedStepView {
    /// What was done.
    pub step: AdoptionStepWord,
    /// When.
    pub on: Option<PartialDate>,
    /// Whether it worked, if that was judged.
    pub verdict: Option<VerdictWord>,
}
