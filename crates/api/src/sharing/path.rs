//! The paths and questions of sharing.

use sister_cities_domain::id::{LinkId, ProgrammeId, ShareId};

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
    /// Which shares to list.
    #[derive(Default)]
    pub struct ListSharesQuery {
        /// Only those over this link.
        pub link: Option<LinkId>,
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
