//! What of a record is told to a peer: a closed list of fields, none of which names a person.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::agreement::{Agreement, Stage, VersionText};
use crate::engagement::{
    Direction, Engagement, EngagementDates, Foci, Happening, OtherSideEvidence, ParticipantGroup,
};
use crate::practice::{
    Adoption, AdoptionStep, OriginInWords, Practice, PracticeCost, StepTaken, Topic, Verdict,
};
use crate::value::{ContentHash, FreeText, Name, PartialDate, Title};

/// What is told of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SharedContent {
    /// What is told of an engagement.
    Engagement(SharedEngagement),
    /// What is told of an agreement.
    Agreement(SharedAgreement),
    /// What is told of a practice.
    Practice(SharedPractice),
    /// What is told of an adoption.
    Adoption(SharedAdoption),
}

/// What is told of an engagement. Sides and direction are those of the programme that tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedEngagement {
    /// What it was, in words that somebody chose for the peer. The title on record is not told by itself, as it may name people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// What it was about.
    pub foci: Foci,
    /// Who went where, seen from the host of the programme that tells it.
    pub direction: Direction,
    /// From when until when it took place.
    pub dates: EngagementDates,
    /// Whether it took place.
    pub happening: Happening,
    /// Who took part, in groups: numbers, no names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<ParticipantGroup>,
    /// What is known of the other side's part.
    pub evidence: OtherSideEvidence,
}

/// What is told of an agreement: what both sides need to see whether they hold the same text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedAgreement {
    /// What it is called.
    pub title: Title,
    /// When the last side signed, if all have and it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<PartialDate>,
    /// From when it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<PartialDate>,
    /// The versions that were put to the sides; drafts and what was given up are not told.
    pub versions: Vec<SharedVersion>,
}

/// What is told of a version of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedVersion {
    /// Its number in the agreement of the programme that tells it, from 1.
    pub number: u32,
    /// The hash of its text, by which the peer knows whether theirs is the same (R18); none if the text is not at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<ContentHash>,
    /// How many sides have approved it.
    pub approved: u32,
    /// How many sides have signed it.
    pub signed: u32,
}

/// What is told of a practice. Whoever shares it lets its problem, approach and evidence be read as they stand: they are written to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPractice {
    /// What it is, in a line.
    pub title: Title,
    /// Whose it is.
    pub origin: OriginInWords,
    /// What the programme that shares it calls itself.
    pub shared_by: Name,
    /// The problem that it meets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<FreeText>,
    /// What is done about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approach: Option<FreeText>,
    /// What shows that it works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<FreeText>,
    /// What it takes.
    #[serde(default, skip_serializing_if = "PracticeCost::is_unknown")]
    pub cost: PracticeCost,
    /// What it is about.
    pub topics: BTreeSet<Topic>,
    /// Since when it is done there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<PartialDate>,
}

/// What is told of an adoption: how far it is and whether it worked, but not in whose words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedAdoption {
    /// What the practice is, in a line.
    pub title: Title,
    /// Whose the practice is.
    pub origin: OriginInWords,
    /// Who adopts it.
    pub by: OriginInWords,
    /// What it is about there.
    pub topics: BTreeSet<Topic>,
    /// When it was offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered_on: Option<PartialDate>,
    /// The steps since then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<SharedStep>,
}

/// What is told of a step of an adoption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedStep {
    /// What was done.
    pub step: AdoptionStep,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Whether it worked, if that was judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

impl SharedPractice {
    /// What is told of a practice whose origin is called so, by a programme that is called so.
    #[must_use]
    pub fn of(practice: &Practice, origin: OriginInWords, shared_by: Name) -> Self {
        Self {
            title: practice.title.clone(),
            origin,
            shared_by,
            problem: practice.problem.clone(),
            approach: practice.approach.clone(),
            evidence: practice.evidence.clone(),
            cost: practice.cost.clone(),
            topics: practice.topics.clone(),
            since: practice.since,
        }
    }
}

impl SharedAdoption {
    /// What is told of an adoption, of a practice of that title and origin, by those who are called so.
    #[must_use]
    pub fn of(adoption: &Adoption, practice: (Title, OriginInWords), by: OriginInWords) -> Self {
        let step = |taken: &StepTaken| SharedStep {
            step: taken.act.kind(),
            on: taken.on,
            verdict: taken.act.verdict(),
        };
        let (title, origin) = practice;
        Self {
            title,
            origin,
            by,
            topics: adoption.topics.clone(),
            offered_on: adoption.course.offered_on(),
            steps: adoption.course.steps().iter().map(step).collect(),
        }
    }
}

impl SharedEngagement {
    /// What is told of an engagement under that title, or under none.
    #[must_use]
    pub fn of(engagement: &Engagement, title: Option<Title>) -> Self {
        Self {
            title,
            foci: engagement.foci.clone(),
            direction: engagement.direction,
            dates: engagement.dates,
            happening: engagement.happening,
            participants: engagement.participants.clone(),
            evidence: engagement.evidence,
        }
    }
}

impl SharedAgreement {
    /// What is told of an agreement.
    #[must_use]
    pub fn of(agreement: &Agreement) -> Self {
        let put_to_the_sides = agreement.versions().iter().filter(|version| match version.stage() {
            Stage::Proposed { .. } => true,
            Stage::Draft | Stage::Withdrawn { .. } => false,
        });
        let told = put_to_the_sides.map(|version| SharedVersion {
            number: version.number(),
            hash: match version.text() {
                VersionText::Hashed { hash } => Some(*hash),
                VersionText::NotAtHand => None,
            },
            approved: count(version.approvals().len()),
            signed: count(version.signatures().len()),
        });
        Self {
            title: agreement.title().clone(),
            signed_on: agreement.signed_on(),
            in_force_from: agreement.in_force_from(),
            versions: told.collect(),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
