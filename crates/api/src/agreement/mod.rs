//! Agreements: what was put in writing, version by version, with the approvals and signatures of each side.

mod add_version;
mod approve;
mod attach_text;
mod body;
mod create;
mod get;
mod get_text;
mod give_notice;
mod list;
mod list_of_partnership;
mod of_domain;
mod path;
mod propose;
mod put_text;
mod sign;
mod view;
mod withdraw;
mod words;

pub use add_version::{AddVersion, AddVersionBody};
pub use approve::{ApprovalBody, ApproveVersion};
pub use attach_text::AttachVersionText;
pub use body::{ApprovalFacts, SignatureFacts, TermsBody};
pub use create::{CreateAgreement, CreateAgreementBody};
pub use get::GetAgreement;
pub use get_text::{GetVersionText, VersionTextView};
pub use give_notice::{GiveNotice, NoticeBody};
pub use list::{AgreementSort, ListAgreements, ListAgreementsQuery};
pub use list_of_partnership::{ListPartnershipAgreements, ListPartnershipAgreementsQuery};
pub use path::{AgreementPath, VersionPath};
pub use propose::{ProposalBody, ProposeVersion};
pub use put_text::{PutVersionText, StoredTextView};
pub use sign::{SignVersion, SignatureBody};
pub use view::{AgreementView, EndView, VersionView};
pub use withdraw::{WithdrawVersion, WithdrawalBody};
pub use words::{BaseWord, BasisWord, EndCauseWord, RankWord, TermWord, VersionStateWord};
