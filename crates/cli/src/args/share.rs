//! Sharing with other programmes.

use clap::{Args, Subcommand};
use sister_cities_client::api::domain::id::{LinkId, ProgrammeId, ShareId};
use sister_cities_client::api::domain::value::Title;
use sister_cities_client::api::sharing::{ListLinksQuery, ListSharesQuery};

use super::{QueryArgs, parameter};

#[derive(Debug, Subcommand)]
pub(crate) enum ShareCommand {
    /// List the links to other programmes, and who offers one
    Links(QueryArgs<ListLinksQuery>),
    /// Link to another programme that keeps the same bond; nothing is shared until it links back
    Link {
        /// The other programme: the id that its office has told, prg_…
        #[arg(value_parser = parameter::<ProgrammeId>)]
        peer: ProgrammeId,
        /// The bond that both keep: the id of the partnership, or the name of the partner city
        #[arg(long)]
        partnership: String,
    },
    /// Take a link back, and all that was shared over it
    Unlink {
        /// The link, lnk_…
        #[arg(value_parser = parameter::<LinkId>)]
        link: LinkId,
    },
    /// List what is shared with others
    List(QueryArgs<ListSharesQuery>),
    /// Tell the other programme what an engagement or an agreement says now
    Add(ShareAdd),
    /// Tell anew what a shared record says now
    Renew {
        /// What is shared, shr_…
        #[arg(value_parser = parameter::<ShareId>)]
        share: ShareId,
        /// For an engagement: what it was, in words for the other programme
        #[arg(long, value_parser = parameter::<Title>)]
        title: Option<Title>,
    },
    /// Take back what was shared
    Withdraw {
        /// What is shared, shr_…
        #[arg(value_parser = parameter::<ShareId>)]
        share: ShareId,
    },
    /// List what another programme shares with this one
    Received {
        /// The link, lnk_…; not needed where there is only one
        #[arg(long, value_parser = parameter::<LinkId>)]
        link: Option<LinkId>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct ShareAdd {
    /// The id of the engagement or agreement: eng_… or agr_…
    pub(crate) record: String,
    /// The link, lnk_…; not needed where there is only one
    #[arg(long, value_parser = parameter::<LinkId>)]
    pub(crate) link: Option<LinkId>,
    /// For an engagement: what it was, in words for the other programme; its own title may name people and is not shared
    #[arg(long, value_parser = parameter::<Title>)]
    pub(crate) title: Option<Title>,
}
