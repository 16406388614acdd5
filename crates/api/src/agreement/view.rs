//! What the wire shows of agreements, and how it is made of the domain.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::agreement::{
    Agreement, AgreementEnd, Approval, ApprovalBasis, MissingPiece, Notice, Recognition, Signature, Term,
    TermKind, Terms, Version, VersionState, VersionText,
};
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId};
use sister_cities_domain::value::{PartialDate, Title};

use super::{
    ApprovalFacts, BaseWord, EndCauseWord, NoticeBody, SignatureFacts, TermWord, TermsBody, VersionStateWord,
};

/// The text of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VersionTextView {
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// What it is.
    pub media_type: String,
    /// The document, in Base64 (RFC 4648, section 4).
    pub content: String,
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
            base: version.base().kind().into(),
            of: version.base().of(),
            text_sha256: match version.text() {
                VersionText::Hashed { hash } => Some(hash.to_string()),
                VersionText::NotAtHand | _ => None,
            },
            terms: TermsBody::of(version.terms()),
            states: states.iter().map(|state| state.kind().into()).collect(),
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
        let &Approval { by, on, ref basis, ref source } = approval;
        let mut facts = Self {
            by,
            basis: basis.kind().into(),
            body: None,
            reference: None,
            reason: None,
            authority: None,
            on,
            source: source.clone(),
        };
        match basis {
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
        let &Signature { by, on, signatory, ref person, ref office, ref at, ref source } = signature;
        Self {
            by,
            person: person.clone(),
            signatory,
            office: office.as_ref().map(|office| office.title.clone()),
            rank: office.as_ref().map(|office| office.rank.into()),
            on,
            at: at.clone(),
            source: source.clone(),
        }
    }
}

impl NoticeBody {
    fn of(notice: &Notice) -> Self {
        let &Notice { on, ref by, ref authority, ref reason, ref source } = notice;
        Self {
            by: by.clone(),
            on,
            authority: authority.clone(),
            reason: reason.clone(),
            source: source.clone(),
        }
    }
}

impl EndView {
    fn of(end: &AgreementEnd) -> Self {
        Self { earliest: end.earliest, latest: end.latest, because: end.because.into() }
    }
}

fn term_words(term: Term) -> (TermWord, Option<PartialDate>) {
    match term {
        Term::Fixed { ends_on } => (TermKind::Fixed.into(), Some(ends_on)),
        Term::OpenEnded | _ => (TermKind::OpenEnded.into(), None),
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StoredTextView {
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// What it is.
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// An agreement of a partnership.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgreementView {
    /// Its id.
    pub id: AgreementId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// The agreement it hangs under, if it is a sub-agreement.
    pub parent: Option<AgreementId>,
    /// What it is called.
    pub title: Title,
    /// Who makes it.
    #[serde(default)]
    pub parties: Vec<PlaceId>,
    /// Its versions, by number.
    pub versions: Vec<VersionView>,
    /// Since when it is in force, if it is or will be.
    pub in_force_from: Option<PartialDate>,
    /// When the last party signed, if all did.
    pub signed_on: Option<PartialDate>,
    /// The year to show in lists.
    pub display_year: Option<i32>,
    /// The day that it is shown for, if one was asked about.
    pub as_of: Option<NaiveDate>,
    /// The terms that hold today, or on that day, after all amendments.
    pub terms: TermsBody,
    /// The notice that was given, if any.
    pub notice: Option<NoticeBody>,
    /// When it ends or ended, if that is settled.
    pub effective_end: Option<EndView>,
    /// What is missing for it to be recognised (signed for every party by the holder of its highest office), in
    /// words; empty if nothing is.
    pub missing: Vec<String>,
}

/// A version of an agreement.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VersionView {
    /// Its number, from 1.
    pub number: u32,
    /// On what it builds.
    pub base: BaseWord,
    /// The number of the version it builds on.
    pub of: Option<u32>,
    /// The SHA-256 of its text in hexadecimal; absent if the text is not at hand.
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EndView {
    /// Not before this day.
    pub earliest: NaiveDate,
    /// Not after this day.
    pub latest: NaiveDate,
    /// Why.
    pub because: EndCauseWord,
}
