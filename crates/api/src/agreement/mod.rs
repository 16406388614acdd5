//! Agreements: what was put in writing, version by version, with the approvals and signatures of each side.

mod body;
mod view;

pub use body::{
    AddVersionBody, ApprovalBody, ApprovalFacts, CreateAgreementBody, NoticeBody, ProposalBody,
    SignatureBody, SignatureFacts, TermsBody, WithdrawalBody,
};
pub use view::{AgreementView, EndView, StoredTextView, VersionTextView, VersionView};

use chrono::NaiveDate;
use sister_cities_domain::agreement::{
    ApprovalBasisKind, BaseKind, EndCause, OfficeRank, TermKind, VersionStateKind,
};
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId};
use sister_cities_domain::named_enum;

use crate::partnership::PartnershipPath;
use crate::programme::ProgrammePath;
use crate::{Moment, OrderWord, Page, RecordQuery, TextUpload};

crate::endpoints! {
    /// Lists the agreements of a programme.
    GET "/v1/programmes/{programme}/agreements" for ProgrammeRead
    list_agreements: ListAgreements(ProgrammePath, query: ListAgreementsQuery) -> Page<AgreementView>;

    /// Lists the agreements of one partnership.
    GET "/v1/programmes/{programme}/partnerships/{partnership}/agreements" for ProgrammeRead
    list_partnership_agreements: ListPartnershipAgreements(PartnershipPath, query: ListPartnershipAgreementsQuery) -> Page<AgreementView>;

    /// Enters an agreement: a draft, or one that was signed before.
    POST "/v1/programmes/{programme}/partnerships/{partnership}/agreements" for AgreementWrite
    create_agreement: CreateAgreement(PartnershipPath, body: CreateAgreementBody) -> 201 AgreementView | Conflict, ETag;

    /// Reads one agreement.
    ///
    /// As of a day, its terms and the states of its versions are those of then.
    GET "/v1/programmes/{programme}/agreements/{agreement}" for ProgrammeRead
    get_agreement: GetAgreement(AgreementPath, query: RecordQuery) -> AgreementView, ETag;

    /// Stores the text of a version, which must be the one that the version names by its SHA-256.
    ///
    /// The version names its text by `text_sha256`; a signed one is never changed, so no other text is taken. A
    /// version that names none is given its text by POST. Storing the same text again changes nothing.
    PUT "/v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text" for AgreementWrite
    put_version_text: PutVersionText(VersionPath, body: TextUpload) -> StoredTextView;

    /// Gives a version its text that was not at hand when it was entered.
    ///
    /// The text is stored, and the version names it by its SHA-256 from now on. Once: a version that has a text
    /// keeps it, and the request is refused with 409.
    POST "/v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text" for AgreementWrite
    attach_version_text: AttachVersionText(VersionPath, body: TextUpload) -> 201 AgreementView | Conflict, IfMatch;

    /// Reads the text of a version, if it is stored.
    GET "/v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text" for ProgrammeRead
    get_version_text: GetVersionText(VersionPath) -> VersionTextView;

    /// Drafts a version that amends or supersedes a fully signed one.
    ///
    /// A signed version never changes; it is amended.
    POST "/v1/programmes/{programme}/agreements/{agreement}/versions" for AgreementWrite
    add_version: AddVersion(AgreementPath, body: AddVersionBody) -> 201 AgreementView | Conflict, IfMatch;

    /// Fixes the text of a draft and puts it to the sides.
    POST "/v1/programmes/{programme}/agreements/{agreement}/proposals" for AgreementWrite
    propose_version: ProposeVersion(AgreementPath, body: ProposalBody) -> 201 AgreementView | Conflict, IfMatch;

    /// Gives up a version that nobody has approved.
    POST "/v1/programmes/{programme}/agreements/{agreement}/withdrawals" for AgreementWrite
    withdraw_version: WithdrawVersion(AgreementPath, body: WithdrawalBody) -> 201 AgreementView | Conflict, IfMatch;

    /// Records the approval of a version by one side.
    POST "/v1/programmes/{programme}/agreements/{agreement}/approvals" for AgreementWrite
    approve_version: ApproveVersion(AgreementPath, body: ApprovalBody) -> 201 AgreementView | Conflict, IfMatch;

    /// Records the signature of a version for one side.
    ///
    /// Refused with 409 while a side has not approved it.
    POST "/v1/programmes/{programme}/agreements/{agreement}/signatures" for AgreementWrite
    sign_version: SignVersion(AgreementPath, body: SignatureBody) -> 201 AgreementView | Conflict, IfMatch;

    /// Records that notice was given; the effective end is computed from the notice period.
    POST "/v1/programmes/{programme}/agreements/{agreement}/notices" for AgreementWrite
    give_notice: GiveNotice(AgreementPath, body: NoticeBody) -> 201 AgreementView | Conflict, IfMatch;
}

crate::parameters! {
    /// Names an agreement in a path.
    pub struct AgreementPath in programme {
        /// The agreement.
        pub agreement: AgreementId,
    }

    /// Names a version of an agreement in a path.
    pub struct VersionPath in programme {
        /// The agreement.
        pub agreement: AgreementId,
        /// The number of the version.
        pub version: u32,
    }

    /// Which agreements to list.
    #[derive(Default)]
    pub struct ListAgreementsQuery in pages {
        /// Only those of this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those that hang under this one.
        pub parent: Option<AgreementId>,
        /// Only those with this place among the parties.
        pub party: Option<PlaceId>,
        /// The order.
        pub sort: Option<AgreementSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// Only those that were, or may have been, in force on this day, with their terms and states of then.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }

    /// Which page.
    #[derive(Default)]
    pub struct ListPartnershipAgreementsQuery in pages {
        /// The order.
        pub sort: Option<AgreementSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// Only those that were, or may have been, in force on this day, with their terms and states of then.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// The order of a list of agreements.
    #[non_exhaustive]
    pub enum AgreementSort ("an order") {
        /// As they were entered; the default.
        Entered = "entered",
        /// By the day on which all had signed.
        Signed = "signed",
        /// By title.
        Title = "title",
    }
}

crate::words! {
    /// Where a version stands, seen from the host of the programme.
    VersionStateWord = VersionStateKind;
    /// On what a version builds.
    BaseWord = BaseKind;
    /// How long an agreement lasts.
    TermWord = TermKind;
    /// On what an approval rests.
    BasisWord = ApprovalBasisKind;
    /// What rank an office has in its community.
    RankWord = OfficeRank;
    /// Why an agreement ends.
    EndCauseWord = EndCause;
}
