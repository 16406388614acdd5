//! What the wire shows of agreements, and how it is made of the domain.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sister_cities_domain::agreement::{
    Agreement, AgreementEnd, Approval, ApprovalBasis, Base, EndCause, MissingPiece, Notice, OfficeRank,
    Recognition, Signature, Term, Terms, Version, VersionState, VersionText,
};
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId};
use sister_cities_domain::value::{PartialDate, Title};

use super::{
    ApprovalFacts, BaseWord, BasisWord, EndCauseWord, NoticeBody, RankWord, SignatureFacts, TermWord,
    TermsBody, VersionStateWord,
};
#[cfg(feature = "schema")]
use crate::As;
use crate::meaning::{meanings, plain_meanings};

/// The text of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VersionTextView {
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// What it is.
    pub media_type: String,
    /// The document, in Base64 (RFC 4648, section 4).
    pub content: String,
}

meanings! {
    VersionStateWord => VersionState {
        Draft, Proposed, ApprovedByUs, ApprovedByThem, MutuallyApproved, PartlySigned, Signed, InForce, Amended,
        Superseded, Expired, NoticeGiven, Ended, Withdrawn,
    }
    BaseWord => Base { First, Amends, Supersedes }
    BasisWord => ApprovalBasis { Resolved, Overridden, NotAtHand }
    TermWord => Term { OpenEnded, Fixed }
}

plain_meanings! {
    RankWord => OfficeRank { HighestElected, HighestAppointed, Other }
    EndCauseWord => EndCause { TermRunsOut, NoticeGiven, MutualConsent }
}

impl AgreementView {
    /// Shows an agreement at a revision, as it stands on `today` seen from `us`, the programme's host.
    #[must_use]
    pub fn of(agreement: &Agreement, revision: u32, today: NaiveDate, us: PlaceId) -> Self {
        let terms = agreement.terms_on(today);
        let (term, ends_on) = term_words(terms.term.value);
        Self {
            id: agreement.id(),
            revision,
            partnership: agreement.partnership(),
            parent: agreement.parent(),
            title: agreement.title().clone(),
            parties: agreement.parties().as_slice().to_vec(),
            versions: agreement
                .versions()
                .iter()
                .map(|version| VersionView::of(version, &agreement.state_on(version.number(), today, us)))
                .collect(),
            in_force_from: agreement.in_force_from(),
            signed_on: agreement.signed_on(),
            display_year: agreement.display_year(),
            as_of: None,
            terms: TermsBody {
                term: Some(term),
                ends_on,
                notice_months: terms.notice.as_ref().map(|notice| notice.value.months()),
                in_force_from: None,
            },
            notice: agreement.notice().map(NoticeBody::of),
            effective_end: agreement.effective_end().as_ref().map(EndView::of),
            missing: match agreement.recognition() {
                Recognition::NotRecognised { missing } => missing.iter().map(in_words).collect(),
                Recognition::Recognised => Vec::new(),
            },
        }
    }
}

impl VersionView {
    fn of(version: &Version, states: &[VersionState]) -> Self {
        Self {
            number: version.number(),
            base: BaseWord::of(&version.base()),
            of: version.base().of(),
            text_sha256: match version.text() {
                VersionText::Hashed { hash } => Some(hash.to_string()),
                VersionText::NotAtHand | _ => None,
            },
            terms: TermsBody::of(version.terms()),
            states: states.iter().map(VersionStateWord::of).collect(),
            approvals: version.approvals().iter().map(ApprovalFacts::of).collect(),
            signatures: version.signatures().iter().map(SignatureFacts::of).collect(),
        }
    }
}

impl TermsBody {
    fn of(terms: &Terms) -> Self {
        let (term, ends_on) = terms.term.map(term_words).unzip();
        Self {
            term,
            ends_on: ends_on.flatten(),
            notice_months: terms.notice.map(sister_cities_domain::agreement::NoticePeriod::months),
            in_force_from: terms.in_force_from,
        }
    }
}

impl ApprovalFacts {
    fn of(approval: &Approval) -> Self {
        let mut facts = Self {
            by: approval.by,
            basis: BasisWord::of(&approval.basis),
            body: None,
            reference: None,
            reason: None,
            authority: None,
            on: approval.on,
            source: approval.source.clone(),
        };
        match &approval.basis {
            ApprovalBasis::Resolved { body, reference } => {
                facts.body = Some(body.clone());
                facts.reference.clone_from(reference);
            }
            ApprovalBasis::Overridden { reason, authority } => {
                facts.reason = Some(reason.clone());
                facts.authority = Some(authority.clone());
            }
            ApprovalBasis::NotAtHand | _ => {}
        }
        facts
    }
}

impl SignatureFacts {
    fn of(signature: &Signature) -> Self {
        Self {
            by: signature.by,
            person: signature.person.clone(),
            office: signature.office.as_ref().map(|office| office.title.clone()),
            rank: signature.office.as_ref().map(|office| RankWord::of(&office.rank)),
            on: signature.on,
            at: signature.at.clone(),
            source: signature.source.clone(),
        }
    }
}

impl NoticeBody {
    fn of(notice: &Notice) -> Self {
        Self {
            by: notice.by.clone(),
            on: notice.on,
            authority: notice.authority.clone(),
            reason: notice.reason.clone(),
            source: notice.source.clone(),
        }
    }
}

impl EndView {
    fn of(end: &AgreementEnd) -> Self {
        Self { earliest: end.earliest, latest: end.latest, because: EndCauseWord::of(&end.because) }
    }
}

fn term_words(term: Term) -> (TermWord, Option<PartialDate>) {
    match term {
        Term::Fixed { ends_on } => (TermWord::Fixed, Some(ends_on)),
        Term::OpenEnded | _ => (TermWord::OpenEnded, None),
    }
}

fn in_words(missing: &MissingPiece) -> String {
    match missing {
        MissingPiece::Signature { of } => format!("{of} has not signed"),
        MissingPiece::Office { of } => format!("the office in which was signed for {of} is not known"),
        MissingPiece::HighestOffice { of, held } => {
            format!("for {of} signed the {held}, which is not its highest office")
        }
        _ => "something that this version cannot name".to_owned(),
    }
}

/// A text that is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoredTextView {
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// What it is.
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// An agreement of a partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgreementView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(with = "As<AgreementId>"))]
    pub id: AgreementId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The partnership it belongs to.
    #[cfg_attr(feature = "schema", schemars(with = "As<PartnershipId>"))]
    pub partnership: PartnershipId,
    /// The agreement it hangs under, if it is a sub-agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<AgreementId>>"))]
    pub parent: Option<AgreementId>,
    /// What it is called.
    #[cfg_attr(feature = "schema", schemars(with = "As<Title>"))]
    pub title: Title,
    /// Who makes it.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<PlaceId>>"))]
    pub parties: Vec<PlaceId>,
    /// Its versions, by number.
    pub versions: Vec<VersionView>,
    /// Since when it is in force, if it is or will be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub in_force_from: Option<PartialDate>,
    /// When the last party signed, if all did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub signed_on: Option<PartialDate>,
    /// The year to show in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_year: Option<i32>,
    /// The day that it is shown for, if one was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub as_of: Option<NaiveDate>,
    /// The terms that hold today, or on that day, after all amendments.
    pub terms: TermsBody,
    /// The notice that was given, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeBody>,
    /// When it ends or ended, if that is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_end: Option<EndView>,
    /// What is missing for it to be recognised (signed for every party by the holder of its highest office), in
    /// words; empty if nothing is.
    pub missing: Vec<String>,
}

/// A version of an agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VersionView {
    /// Its number, from 1.
    pub number: u32,
    /// On what it builds.
    pub base: BaseWord,
    /// The number of the version it builds on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// The SHA-256 of its text in hexadecimal; absent if the text is not at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// The terms that it states.
    pub terms: TermsBody,
    /// Where it stands today, or stood on the day asked about; more than one if its dates are too coarse to tell.
    pub states: Vec<VersionStateWord>,
    /// Who approved it.
    pub approvals: Vec<ApprovalFacts>,
    /// Who signed it.
    pub signatures: Vec<SignatureFacts>,
}

/// When an agreement ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndView {
    /// Not before this day.
    #[cfg_attr(feature = "schema", schemars(with = "As<NaiveDate>"))]
    pub earliest: NaiveDate,
    /// Not after this day.
    #[cfg_attr(feature = "schema", schemars(with = "As<NaiveDate>"))]
    pub latest: NaiveDate,
    /// Why.
    pub because: EndCauseWord,
}
