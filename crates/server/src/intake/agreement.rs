//! An agreement and its steps, as a caller says they are.

use sister_cities_api::agreement::{
    AddVersionBody, ApprovalFacts, CreateAgreementBody, NoticeBody, SignatureFacts, TermsBody,
};
use sister_cities_app::agreement::{AgreementStep, AgreementText, NewAgreement, Origin};
use sister_cities_domain::agreement::{
    Approval, ApprovalBasis, ApprovalBasisKind, Base, BaseKind, Notice, NoticePeriod, Office, Signature,
    Term, TermKind, Terms, VersionText,
};
use sister_cities_domain::id::PartnershipId;

use super::{known, needed, refused};
use crate::error::{ApiError, ApiResult};

/// A new agreement of a partnership.
pub(crate) fn new(partnership: PartnershipId, body: CreateAgreementBody) -> ApiResult<NewAgreement> {
    let CreateAgreementBody { title, parent, parties, text_sha256, terms: stated, signatures } = body;
    let signatures = signatures.into_iter().enumerate();
    let signatures: Vec<Signature> = signatures
        .map(|(at, facts)| signature(facts, &format!("/signatures/{at}")))
        .collect::<ApiResult<_>>()?;
    Ok(NewAgreement {
        partnership,
        parent,
        title,
        parties,
        text: text(text_sha256)?,
        terms: terms(stated.unwrap_or_default())?,
        origin: if signatures.is_empty() { Origin::Draft } else { Origin::Recorded { signatures } },
    })
}

/// A version that builds on another.
pub(crate) fn version(body: AddVersionBody) -> ApiResult<AgreementStep> {
    let AddVersionBody { base, of, text_sha256, terms: stated } = body;
    let base = match base {
        BaseKind::Amends => Base::Amends { of },
        BaseKind::Supersedes => Base::Supersedes { of },
        other @ (BaseKind::First | _) => {
            let detail = format!("{other} does not go with a further version");
            return Err(ApiError::field("/base", detail, "amends or supersedes"));
        }
    };
    Ok(AgreementStep::AddVersion {
        base,
        text: text(text_sha256)?,
        terms: terms(stated.unwrap_or_default())?,
    })
}

/// An approval, at `/approval` in the body.
pub(crate) fn approval(facts: ApprovalFacts) -> ApiResult<Approval> {
    let ApprovalFacts { by, basis, body, reference, reason, authority, on, source } = facts;
    let basis = match known(&basis, "/approval/basis")? {
        ApprovalBasisKind::Resolved => ApprovalBasis::Resolved {
            body: needed(body, "/approval/body", "the body that resolved it, such as the city council")?,
            reference,
        },
        ApprovalBasisKind::Overridden => ApprovalBasis::Overridden {
            reason: needed(reason, "/approval/reason", "why there is no resolution")?,
            authority: needed(authority, "/approval/authority", "who decided that")?,
        },
        ApprovalBasisKind::NotAtHand => ApprovalBasis::NotAtHand,
        other => return Err(ApiError::internal(format!("no basis is known for {other}"))),
    };
    Ok(Approval { by, basis, on, source })
}

/// A signature, at `pointer` in the body.
pub(crate) fn signature(facts: SignatureFacts, pointer: &str) -> ApiResult<Signature> {
    let SignatureFacts { by, person, office, rank, on, at, source } = facts;
    let office = match (office, rank) {
        (None, None) => None,
        (Some(title), Some(rank)) => Some(Office { title, rank: known(&rank, &format!("{pointer}/rank"))? }),
        (Some(_), None) => {
            let expected = "what rank the office has in its community";
            return Err(ApiError::field(&format!("{pointer}/rank"), "is missing", expected));
        }
        (None, Some(_)) => {
            return Err(ApiError::field(
                &format!("{pointer}/office"),
                "is missing",
                "the office that has that rank",
            ));
        }
    };
    Ok(Signature { by, person, office, on, at, source })
}

/// A notice.
pub(crate) fn notice(body: NoticeBody) -> Notice {
    let NoticeBody { by, on, authority, reason, source } = body;
    Notice { by, on, authority, reason, source }
}

fn text(sha256: Option<String>) -> ApiResult<AgreementText> {
    let Some(hex) = sha256 else { return Ok(AgreementText::Known(VersionText::NotAtHand)) };
    let hash = hex.parse().map_err(|error| refused("/text_sha256", &error))?;
    Ok(AgreementText::Known(VersionText::Hashed { hash }))
}

fn terms(body: TermsBody) -> ApiResult<Terms> {
    let TermsBody { term, ends_on, notice_months, in_force_from } = body;
    let term = term.map(|word| known(&word, "/terms/term")).transpose()?;
    let term = match (term, ends_on) {
        (None, None) => None,
        (Some(TermKind::OpenEnded), None) => Some(Term::OpenEnded),
        (None | Some(TermKind::Fixed), Some(ends_on)) => Some(Term::Fixed { ends_on }),
        (Some(TermKind::Fixed), None) => {
            return Err(ApiError::field("/terms/ends_on", "is missing", "the last day of the fixed term"));
        }
        (Some(word), _) => {
            let detail = format!("does not go with {word}");
            return Err(ApiError::field("/terms/ends_on", detail, "no last day for an open-ended agreement"));
        }
    };
    let notice = notice_months.map(NoticePeriod::from_months).transpose();
    Ok(Terms {
        term,
        notice: notice.map_err(|error| refused("/terms/notice_months", &error))?,
        in_force_from,
    })
}
