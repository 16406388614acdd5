//! The agreements of a programme: what was put in writing, version by version.

use sister_cities_api::agreement::{
    AddVersion, AddVersionBody, AgreementPath, AgreementView, ApprovalBody, ApproveVersion,
    AttachVersionText, CreateAgreement, CreateAgreementBody, GetAgreement, GetVersionText, GiveNotice,
    ListAgreements, ListAgreementsQuery, NoticeBody, ProposalBody, ProposeVersion, PutVersionText,
    SignVersion, SignatureBody, VersionPath, WithdrawVersion, WithdrawalBody,
};
use sister_cities_api::domain::id::{AgreementId, PartnershipId, ProgrammeId};
use sister_cities_api::partnership::PartnershipPath;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, RecordQuery, TextUpload};

use crate::{Call, Client, List, Tagged, Versioned};

/// The agreements of one programme.
#[derive(Clone, Debug)]
pub struct Agreements {
    client: Client,
    programme: ProgrammeId,
}

impl Agreements {
    pub(crate) fn new(client: Client, programme: ProgrammeId) -> Self {
        Self { client, programme }
    }

    /// Lists the agreements; the query can ask for those of one partnership.
    pub fn list(&self, query: ListAgreementsQuery) -> List<ListAgreements> {
        self.client.list(ProgrammePath { programme: self.programme }, query)
    }

    /// Enters an agreement of a partnership: a draft, or one that was signed before.
    pub fn create(
        &self,
        partnership: PartnershipId,
        body: CreateAgreementBody,
    ) -> Call<CreateAgreement, Tagged> {
        let path = PartnershipPath { programme: self.programme, partnership };
        self.client.call_versioned(path, NoParameters, body)
    }

    /// Reads one agreement.
    pub fn get(&self, agreement: AgreementId) -> Call<GetAgreement, Tagged> {
        self.get_as_of(agreement, RecordQuery::default())
    }

    /// Reads one agreement as of some times: what was true on a day, what had been recorded at a moment.
    pub fn get_as_of(&self, agreement: AgreementId, times: RecordQuery) -> Call<GetAgreement, Tagged> {
        self.client.call_versioned(self.path(agreement), times, NoBody)
    }

    /// Drafts a version that amends or supersedes a fully signed one.
    pub fn add_version(
        &self,
        from: &Versioned<AgreementView>,
        body: AddVersionBody,
    ) -> Call<AddVersion, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// Fixes the text of a draft, for all sides to approve.
    pub fn propose(
        &self,
        from: &Versioned<AgreementView>,
        body: ProposalBody,
    ) -> Call<ProposeVersion, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// Records the approval of a version by one side.
    pub fn approve(
        &self,
        from: &Versioned<AgreementView>,
        body: ApprovalBody,
    ) -> Call<ApproveVersion, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// Records the signature of a version for one side.
    pub fn sign(&self, from: &Versioned<AgreementView>, body: SignatureBody) -> Call<SignVersion, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// Gives up a version that nobody has approved.
    pub fn withdraw(
        &self,
        from: &Versioned<AgreementView>,
        body: WithdrawalBody,
    ) -> Call<WithdrawVersion, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// Records that notice was given.
    pub fn give_notice(&self, from: &Versioned<AgreementView>, body: NoticeBody) -> Call<GiveNotice, Tagged> {
        self.client.call_versioned(self.path(from.id), NoParameters, body).with_if_match(&from.etag)
    }

    /// Stores the text of a version, which must be the one that the version names by its SHA-256.
    pub fn put_text(&self, agreement: AgreementId, version: u32, text: TextUpload) -> Call<PutVersionText> {
        let path = VersionPath { programme: self.programme, agreement, version };
        self.client.call(path, NoParameters, text)
    }

    /// Gives a version its text that was not at hand when it was entered; once.
    pub fn attach_text(
        &self,
        from: &Versioned<AgreementView>,
        version: u32,
        text: TextUpload,
    ) -> Call<AttachVersionText, Tagged> {
        let path = VersionPath { programme: self.programme, agreement: from.id, version };
        self.client.call_versioned(path, NoParameters, text).with_if_match(&from.etag)
    }

    /// Reads the text of a version, if it is stored.
    pub fn text(&self, agreement: AgreementId, version: u32) -> Call<GetVersionText> {
        let path = VersionPath { programme: self.programme, agreement, version };
        self.client.call(path, NoParameters, NoBody)
    }

    fn path(&self, agreement: AgreementId) -> AgreementPath {
        AgreementPath { programme: self.programme, agreement }
    }
}
