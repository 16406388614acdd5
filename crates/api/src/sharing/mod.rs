//! Sharing between programmes: links to others, what is told over them, and what the others tell.

mod body;
mod view;

pub use body::{LinkBody, RenewBody, ShareBody};
pub use view::{
    LinkView, LinksView, OfferView, ReceivedView, ShareView, SharedAdoptionView, SharedAgreementView,
    SharedEngagementView, SharedPracticeView, SharedStepView, SharedVersionView,
};

use sister_cities_domain::id::{
    AdoptionId, AgreementId, EngagementId, LinkId, PartnershipId, PracticeId, ProgrammeId, ShareId,
};
use sister_cities_domain::named_enum;

use crate::programme::ProgrammePath;
use crate::{NoContent, Page};

crate::endpoints! {
    /// Lists the links of a programme to others, and the programmes that offer one.
    GET "/v1/programmes/{programme}/links" for ProgrammeRead
    list_links: ListLinks(ProgrammePath, query: ListLinksQuery) -> LinksView;

    /// Says that another programme keeps the same bond.
    POST "/v1/programmes/{programme}/links" for Admin
    make_link: MakeLink(ProgrammePath, body: LinkBody) -> 201 LinkView | Conflict, ETag;

    /// Reads one link.
    GET "/v1/programmes/{programme}/links/{link}" for ProgrammeRead
    get_link: GetLink(LinkPath) -> LinkView, ETagForIfMatch;

    /// Takes a link back, and with it all that was shared over it.
    DELETE "/v1/programmes/{programme}/links/{link}" for Admin
    withdraw_link: WithdrawLink(LinkPath) -> 204 NoContent, IfMatch;

    /// Lists what the programme at the other end of a link shares.
    GET "/v1/programmes/{programme}/links/{link}/received" for ProgrammeRead
    list_received: ListReceived(LinkPath, query: ListReceivedQuery) -> Page<ReceivedView>;

    /// Lists what is shared with other programmes.
    GET "/v1/programmes/{programme}/shares" for ProgrammeRead
    list_shares: ListShares(ProgrammePath, query: ListSharesQuery) -> Page<ShareView>;

    /// Tells the programme at the other end of a link what a record says now.
    POST "/v1/programmes/{programme}/shares" for PartnershipWrite
    share_record: ShareRecord(ProgrammePath, body: ShareBody) -> 201 ShareView | Conflict, ETag;

    /// Reads what is shared of one record.
    GET "/v1/programmes/{programme}/shares/{share}" for ProgrammeRead
    get_share: GetShare(SharePath) -> ShareView, ETagForIfMatch;

    /// Tells anew what a shared record says now.
    PUT "/v1/programmes/{programme}/shares/{share}" for PartnershipWrite
    renew_share: RenewShare(SharePath, body: RenewBody) -> ShareView | Conflict, IfMatch;

    /// Takes back what was shared of a record, at once.
    DELETE "/v1/programmes/{programme}/shares/{share}" for PartnershipWrite
    withdraw_share: WithdrawShare(SharePath) -> 204 NoContent, IfMatch;
}

crate::parameters! {
    /// Names a link in a path.
    pub struct LinkPath in programme {
        /// The link.
        pub link: LinkId,
    }

    /// Names a share in a path.
    pub struct SharePath in programme {
        /// The share.
        pub share: ShareId,
    }

    /// Which links to list.
    #[derive(Default)]
    pub struct ListLinksQuery in pages {
        /// Only to this programme, and what it offers.
        pub peer: Option<ProgrammeId>,
        /// Only for this bond, as this programme keeps it; without what others offer.
        pub partnership: Option<PartnershipId>,
        /// Only those that are so far; without what others offer.
        pub state: Option<LinkState>,
    }

    /// Which shares to list.
    #[derive(Default)]
    pub struct ListSharesQuery in pages {
        /// Only those with this programme.
        pub peer: Option<ProgrammeId>,
        /// Only those over this link.
        pub link: Option<LinkId>,
        /// Only those of this engagement.
        pub engagement: Option<EngagementId>,
        /// Only those of this agreement.
        pub agreement: Option<AgreementId>,
        /// Only those of this practice.
        pub practice: Option<PracticeId>,
        /// Only those of this adoption.
        pub adoption: Option<AdoptionId>,
    }

    /// From where to list what is received.
    #[derive(Default)]
    pub struct ListReceivedQuery in pages {}
}

named_enum! {
    /// How far a link is.
    #[non_exhaustive]
    pub enum LinkState ("a state of a link") {
        /// The other programme has not linked back; nothing can be shared.
        Offered = "offered",
        /// Each has a link to the other.
        Mutual = "mutual",
    }
}

crate::words! {
    /// How far a link is.
    LinkStateWord = LinkState;
}
