//! How links and shares of the domain are shown.

use sister_cities_domain::sharing::{
    Link, Share, SharedAgreement, SharedContent, SharedEngagement, SharedVersion,
};

use super::{
    LinkStateWord, LinkView, OfferView, ReceivedView, ShareView, SharedAgreementView, SharedEngagementView,
    SharedVersionView,
};
use crate::engagement::{DirectionWord, EvidenceWord, HappeningWord, ParticipantsBody};

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
            state: if answer.is_some() { LinkStateWord::Mutual } else { LinkStateWord::Offered },
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
        let (engagement, agreement) = told(&share.content);
        Self {
            id: share.id,
            revision,
            link: share.link,
            record: share.subject.to_string(),
            told_revision: share.revision,
            record_revision,
            engagement,
            agreement,
        }
    }
}

impl ReceivedView {
    /// Shows what another programme shares.
    #[must_use]
    pub fn of(share: &Share) -> Self {
        let (engagement, agreement) = told(&share.content);
        Self {
            id: share.id,
            peer: share.programme,
            record: share.subject.to_string(),
            told_revision: share.revision,
            engagement,
            agreement,
        }
    }
}

fn told(content: &SharedContent) -> (Option<SharedEngagementView>, Option<SharedAgreementView>) {
    match content {
        SharedContent::Engagement(told) => (Some(SharedEngagementView::of(told)), None),
        SharedContent::Agreement(told) => (None, Some(SharedAgreementView::of(told))),
        _ => (None, None),
    }
}

impl SharedEngagementView {
    fn of(told: &SharedEngagement) -> Self {
        Self {
            title: told.title.clone(),
            foci: told.foci.iter().cloned().collect(),
            direction: DirectionWord::of(&told.direction),
            start: told.dates.start(),
            end: told.dates.end(),
            happening: HappeningWord::of(&told.happening),
            participants: told.participants.iter().map(ParticipantsBody::of).collect(),
            evidence: EvidenceWord::of(&told.evidence),
        }
    }
}

impl SharedAgreementView {
    fn of(told: &SharedAgreement) -> Self {
        Self {
            title: told.title.clone(),
            signed_on: told.signed_on,
            in_force_from: told.in_force_from,
            versions: told.versions.iter().map(SharedVersionView::of).collect(),
        }
    }
}

impl SharedVersionView {
    fn of(told: &SharedVersion) -> Self {
        Self {
            number: told.number,
            hash: told.hash.map(|hash| hash.to_string()),
            approved: told.approved,
            signed: told.signed,
        }
    }
}
