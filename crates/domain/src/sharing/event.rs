//! What happened to links and shares: who shared what with whom, and when.

use crate::event::events;
use crate::id::{PartnershipId, ProgrammeId, RecordRef};

events! {
    /// What happened to a link. The names are stable: subscribers match on them.
    pub enum LinkEvent {
        /// A programme said that another keeps the same partnership.
        Made = "link.made" {
            /// The programme at the other end.
            peer: ProgrammeId,
            /// The partnership that both keep, as this side keeps it.
            partnership: PartnershipId,
        },
        /// It was taken back, and all that rested on it.
        Withdrawn = "link.withdrawn" {
            /// The programme at the other end.
            peer: ProgrammeId,
            /// The partnership that both keep, as this side keeps it.
            partnership: PartnershipId,
        },
    }
}

events! {
    /// What happened to a share. The names are stable: subscribers match on them.
    pub enum ShareEvent {
        /// A record was shared.
        Made = "share.made" {
            /// The programme that is told.
            peer: ProgrammeId,
            /// The record that is told of.
            record: RecordRef,
            /// Which revision of it is told.
            revision: u32,
        },
        /// The peer was told anew.
        Renewed = "share.renewed" {
            /// With whom it is shared.
            peer: ProgrammeId,
            /// The record that is told of.
            record: RecordRef,
            /// Which revision of it is told now.
            revision: u32,
        },
        /// It was taken back.
        Withdrawn = "share.withdrawn" {
            /// With whom it was shared.
            peer: ProgrammeId,
            /// The record that is told of.
            record: RecordRef,
        },
    }
}
