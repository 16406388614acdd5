//! How an agreement of the domain is shown.

use chrono::NaiveDate;
use sister_cities_domain::agreement::{
    Agreement, AgreementEnd, Approval, ApprovalBasis, Base, EndCause, MissingPiece, Notice, OfficeRank,
    Recognition, Signature, Term, Terms, Version, VersionState, VersionText,
};
use sister_cities_domain::id::PlaceId;

use super::{
    AgreementView, ApprovalFacts, BaseWord, BasisWord, EndCauseWord, EndView, NoticeBody, RankWord,
    SignatureFacts, TermWord, TermsBody, VersionStateWord, VersionView,
};
use crate::meaning::{meanings, plain_meanings};

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

fn term_words(term: Term) -> (TermWord, Option<sister_cities_domain::value::PartialDate>) {
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
