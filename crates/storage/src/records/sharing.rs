//! Links to other programmes, and what is shared over them.

use sister_cities_domain::id::{
    AgreementId, EngagementId, LinkId, PartnershipId, ProgrammeId, RecordKind, RecordRef, ShareId,
};
use sister_cities_domain::sharing::{Link, Share};

use super::{CreationOnly, column, is};
use crate::catalogue::{LINK, SHARE};
use crate::{Columns, Condition, Filter, Realm, Record, Value};

/// What a list of links can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkFilter {
    /// To this programme.
    Peer(ProgrammeId),
    /// For this bond.
    Partnership(PartnershipId),
}

/// What a list of shares can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShareFilter {
    /// With this programme.
    Peer(ProgrammeId),
    /// Over this link.
    Link(LinkId),
    /// Of this engagement.
    Engagement(EngagementId),
    /// Of this agreement.
    Agreement(AgreementId),
}

impl Record for Link {
    const KIND: RecordKind = RecordKind::Link;
    const VERSION: u16 = 1;
    type Id = LinkId;
    type Filter = LinkFilter;
    type Sort = CreationOnly;

    fn id(&self) -> LinkId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }

    fn columns(&self) -> Columns {
        Columns { values: vec![self.peer.uuid().into(), self.partnership.uuid().into()], sets: Vec::new() }
    }
}

impl Filter for LinkFilter {
    fn conditions(&self) -> Vec<Condition> {
        match self {
            Self::Peer(peer) => is(column(&LINK, 0), peer.uuid()),
            Self::Partnership(partnership) => is(column(&LINK, 1), partnership.uuid()),
        }
    }
}

impl Record for Share {
    const KIND: RecordKind = RecordKind::Share;
    const VERSION: u16 = 1;
    type Id = ShareId;
    type Filter = ShareFilter;
    type Sort = CreationOnly;

    fn id(&self) -> ShareId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }

    fn columns(&self) -> Columns {
        let RecordRef { kind, id } = self.subject;
        let of = |wanted| (kind == wanted).then_some(id);
        Columns {
            values: vec![
                self.peer.uuid().into(),
                self.link.uuid().into(),
                of(RecordKind::Engagement).into(),
                of(RecordKind::Agreement).into(),
                Value::Text(format!("{} {}", self.link, self.subject)),
            ],
            sets: Vec::new(),
        }
    }
}

impl Filter for ShareFilter {
    fn conditions(&self) -> Vec<Condition> {
        match self {
            Self::Peer(peer) => is(column(&SHARE, 0), peer.uuid()),
            Self::Link(link) => is(column(&SHARE, 1), link.uuid()),
            Self::Engagement(engagement) => is(column(&SHARE, 2), engagement.uuid()),
            Self::Agreement(agreement) => is(column(&SHARE, 3), agreement.uuid()),
        }
    }
}
