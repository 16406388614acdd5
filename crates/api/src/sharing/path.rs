//! The paths and questions of sharing.

use sister_cities_domain::id::{AgreementId, EngagementId, LinkId, PartnershipId, ProgrammeId, ShareId};

use super::LinkStateWord;
use crate::{Cursor, PageLimit};

crate::parameters! {
    /// Names a link in a path.
    pub struct LinkPath {
        /// The programme.
        pub programme: ProgrammeId,
        /// The link.
        pub link: LinkId,
    }
}

crate::parameters! {
    /// Names a share in a path.
    pub struct SharePath {
        /// The programme.
        pub programme: ProgrammeId,
        /// The share.
        pub share: ShareId,
    }
}

crate::parameters! {
    /// Which links to list.
    #[derive(Default)]
    pub struct ListLinksQuery {
        /// Only to this programme, and what it offers.
        pub peer: Option<ProgrammeId>,
        /// Only for this bond, as this programme keeps it; without what others offer.
        pub partnership: Option<PartnershipId>,
        /// Only those that are so far; without what others offer.
        pub state: Option<LinkStateWord>,
    }
}

crate::parameters! {
    /// Which shares to list.
    #[derive(Default)]
    pub struct ListSharesQuery {
        /// Only those with this programme.
        pub peer: Option<ProgrammeId>,
        /// Only those over this link.
        pub link: Option<LinkId>,
        /// Only those of this engagement.
        pub engagement: Option<EngagementId>,
        /// Only those of this agreement.
        pub agreement: Option<AgreementId>,
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::parameters! {
    /// From where to list what is received.
    #[derive(Default)]
    pub struct ListReceivedQuery {
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListSharesQuery, ListReceivedQuery);
