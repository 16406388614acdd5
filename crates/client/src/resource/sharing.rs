//! Sharing with other programmes of the installation.

use sister_cities_api::domain::id::{LinkId, ProgrammeId, ShareId};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::sharing::{
    GetLink, GetShare, LinkBody, LinkPath, LinkView, ListLinks, ListLinksQuery, ListReceived,
    ListReceivedQuery, ListShares, ListSharesQuery, MakeLink, RenewBody, RenewShare, ShareBody, SharePath,
    ShareRecord, ShareView, WithdrawLink, WithdrawShare,
};
use sister_cities_api::{NoBody, NoParameters};

use crate::call::Bare;
use crate::{Call, Client, List, Tagged, Versioned};

/// The links of one programme to others, and what is shared over them.
#[derive(Clone, Debug)]
pub struct SharedWithOthers {
    client: Client,
    programme: ProgrammeId,
}

impl SharedWithOthers {
    pub(crate) fn new(client: Client, programme: ProgrammeId) -> Self {
        Self { client, programme }
    }

    /// Lists the links, and who offers one.
    pub fn links(&self, query: ListLinksQuery) -> Call<ListLinks, Bare> {
        self.client.call(ProgrammePath { programme: self.programme }, query, NoBody)
    }

    /// Says that another programme keeps the same bond.
    pub fn make_link(&self, body: LinkBody) -> Call<MakeLink, Tagged> {
        self.client.call_versioned(ProgrammePath { programme: self.programme }, NoParameters, body)
    }

    /// Reads one link.
    pub fn link(&self, link: LinkId) -> Call<GetLink, Tagged> {
        self.client.call_versioned(self.link_path(link), NoParameters, NoBody)
    }

    /// Takes a link back, and all that was shared over it.
    pub fn withdraw_link(&self, from: &Versioned<LinkView>) -> Call<WithdrawLink, Bare> {
        self.client.call(self.link_path(from.id), NoParameters, NoBody).with_if_match(&from.etag)
    }

    /// Lists what the programme at the other end of a link shares.
    pub fn received(&self, link: LinkId, query: ListReceivedQuery) -> List<ListReceived> {
        self.client.list(self.link_path(link), query)
    }

    /// Lists what is shared.
    pub fn list(&self, query: ListSharesQuery) -> List<ListShares> {
        self.client.list(ProgrammePath { programme: self.programme }, query)
    }

    /// Tells the other programme what a record says now.
    pub fn share(&self, body: ShareBody) -> Call<ShareRecord, Tagged> {
        self.client.call_versioned(ProgrammePath { programme: self.programme }, NoParameters, body)
    }

    /// Reads what is shared of one record.
    pub fn get(&self, share: ShareId) -> Call<GetShare, Tagged> {
        self.client.call_versioned(self.share_path(share), NoParameters, NoBody)
    }

    /// Tells anew what a shared record says now.
    pub fn renew(&self, from: &Versioned<ShareView>, body: RenewBody) -> Call<RenewShare, Tagged> {
        self.client.call_versioned(self.share_path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// Takes back what was shared.
    pub fn withdraw(&self, from: &Versioned<ShareView>) -> Call<WithdrawShare, Bare> {
        self.client.call(self.share_path(from.id), NoParameters, NoBody).with_if_match(&from.etag)
    }

    fn link_path(&self, link: LinkId) -> LinkPath {
        LinkPath { programme: self.programme, link }
    }

    fn share_path(&self, share: ShareId) -> SharePath {
        SharePath { programme: self.programme, share }
    }
}
