//! Sharing between programmes: links to others, what is told over them, and what the others tell.

mod body;
mod get_link;
mod get_share;
mod list_links;
mod list_received;
mod list_shares;
mod make_link;
mod of_domain;
mod path;
mod renew_share;
mod share_record;
mod view;
mod withdraw_link;
mod withdraw_share;

pub use body::{LinkBody, RenewBody, ShareBody};
pub use get_link::GetLink;
pub use get_share::GetShare;
pub use list_links::ListLinks;
pub use list_received::ListReceived;
pub use list_shares::ListShares;
pub use make_link::MakeLink;
pub use path::{LinkPath, ListLinksQuery, ListReceivedQuery, ListSharesQuery, SharePath};
pub use renew_share::RenewShare;
pub use share_record::ShareRecord;
pub use view::{
    LinkStateWord, LinkView, LinksView, OfferView, ReceivedView, ShareView, SharedAgreementView,
    SharedEngagementView, SharedVersionView,
};
pub use withdraw_link::WithdrawLink;
pub use withdraw_share::WithdrawShare;
