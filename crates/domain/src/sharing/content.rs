//! What of a record is told to a peer: a closed list of fields, none of which names a person.

use serde::{Deserialize, Serialize};

use crate::agreement::{Agreement, Stage, VersionText};
use crate::engagement::{
    Direction, Engagement, EngagementDates, Foci, Happening, OtherSideEvidence, ParticipantGroup,
};
use crate::value::{ContentHash, PartialDate, Title};

/// What is told of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SharedContent {
    /// What is told of an engagement.
    Engagement(SharedEngagement),
    /// What is told of an agreement.
    Agreement(SharedAgreement),
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
