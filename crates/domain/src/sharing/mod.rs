//! Sharing between two programmes of one installation: each keeps its own side of a partnership and says what the other may see.
//!
//! A [`Link`] is one side's word that another programme keeps the same partnership. The programmes tell each other their ids by
//! mail or on paper (R18), as nobody can list or guess them; what is shared is seen only where each has a link to the other.
//! There is no master (R18): either may take its link back, and the other's record stays whole.
//!
//! A [`Share`] is what one side tells the other of one record: a closed list of its fields ([`SharedContent`]) as they stood
//! when it was told. An edit changes nothing that was told, until somebody tells it anew; so sharing is never widened by accident
//! (R30). Names of people, remarks, sources, who paid what and whatever is sensitive are not on the list. A practice is told with its
//! origin: whose it is, since when, and by whom it is shared.

mod content;
mod event;

use serde::{Deserialize, Serialize};

pub use content::{
    SharedAdoption, SharedAgreement, SharedContent, SharedEngagement, SharedPractice, SharedStep,
    SharedVersion,
};
pub use event::{LinkEvent, ShareEvent};

use crate::id::{LinkId, PartnershipId, ProgrammeId, RecordRef, ShareId};
use crate::value::Name;

/// One programme's word that another keeps the same partnership. The other programme may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Link {
    /// The id of this side's link; the other side's has its own.
    pub id: LinkId,
    /// The programme that says so.
    pub programme: ProgrammeId,
    /// The other programme. It need not exist: nothing tells whether it does, but a link of its own.
    pub peer: ProgrammeId,
    /// The partnership, as the programme that says so keeps it.
    pub partnership: PartnershipId,
    /// How the programme presents itself to the other: what it was called when it made the link.
    pub name: Name,
}

/// What a programme tells a peer of one of its records. The peer may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Share {
    /// The id under which it is renewed and withdrawn.
    pub id: ShareId,
    /// The programme that shares.
    pub programme: ProgrammeId,
    /// The programme that is told.
    pub peer: ProgrammeId,
    /// The link it rests on.
    pub link: LinkId,
    /// The record it tells of.
    pub subject: RecordRef,
    /// The revision of that record which it tells.
    pub revision: u32,
    /// What is told of it, as it stood at that revision.
    pub content: SharedContent,
}

/// Why something cannot be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SharingRefusal {
    /// The other programme has no link to this one, or took it back.
    #[error("{peer} has not linked back, so nothing can be shared with it yet")]
    NotLinkedBack {
        /// The programme that has not linked back.
        peer: ProgrammeId,
    },
}

impl Link {
    /// The event that it was made.
    #[must_use]
    pub const fn made(&self) -> LinkEvent {
        LinkEvent::Made { peer: self.peer, partnership: self.partnership }
    }

    /// The event that it was taken back.
    #[must_use]
    pub const fn withdrawn(&self) -> LinkEvent {
        LinkEvent::Withdrawn { peer: self.peer, partnership: self.partnership }
    }

    /// Whether `other` is the other side's word for the same: each names the other's programme.
    #[must_use]
    pub fn is_answered_by(&self, other: &Self) -> bool {
        other.programme == self.peer && other.peer == self.programme
    }
}

impl Share {
    /// The event that the record was shared.
    #[must_use]
    pub const fn made(&self) -> ShareEvent {
        ShareEvent::Made { peer: self.peer, record: self.subject, revision: self.revision }
    }

    /// The event that the peer was told anew.
    #[must_use]
    pub const fn renewed(&self) -> ShareEvent {
        ShareEvent::Renewed { peer: self.peer, record: self.subject, revision: self.revision }
    }

    /// The event that it was taken back.
    #[must_use]
    pub const fn withdrawn(&self) -> ShareEvent {
        ShareEvent::Withdrawn { peer: self.peer, record: self.subject }
    }
}

#[cfg(test)]
mod tests;
