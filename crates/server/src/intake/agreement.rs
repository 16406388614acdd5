//! An agreement and its steps, as a caller says they are.

use sister_cities_api::agreement::{
    AddVersionBody, ApprovalFacts, BaseWord, BasisWord, CreateAgreementBody, NoticeBody, RankWord,
    SignatureFacts, TermWord, TermsBody,
};
use sister_cities_app::agreement::{AgreementStep, AgreementText, NewAgreement, Origin};
use sister_cities_domain::agreement::{
    Approval, ApprovalBasis, Base, Notice, NoticePeriod, Office, Signature, Term, Terms, VersionText,
};
use sister_cities_domain::id::PartnershipId;

use super::{meant, needed, refused, unknown_word};
use crate::error::{ApiError, ApiResult};

/// A new agreement of a partnership.
pub(crate) fn new(partnership: PartnershipId, body: CreateAgreementBody) -> ApiResult<NewAgreement> {
    let signatures = body.signatures.into_iter().enumerate();
    let signatures: Vec<Signature> = signatures
        .map(|(at, facts)| signature(facts, &format!("/signatures/{at}")))
        .collect::<ApiResult<_>>()?;
    Ok(NewAgreement {
        partnership,
        parent: body.parent,
        title: body.title,
        parties: body.parties,
        text: text(body.text_sha256)?,
        terms: terms(body.terms.unwrap_or_default())?,
        origin: if signatures.is_empty() { Origin::Draft } else { Origin::Recorded { signatures } },
    })
}

/// A version that builds on another.
pub(crate) fn version(body: AddVersionBody) -> ApiResult<AgreementStep> {
    let base = match body.base {
        BaseWord::Amends => Base::Amends { of: body.of },
        BaseWord::Supersedes => Base::Supersedes { of: body.of },
        other @ (BaseWord::First | BaseWord::Unrecognised(_) | _) => {
            let detail = format!("{other} does not go with a further version");
            return Err(ApiError::field("/base", detail, "amends or supersedes"));
        }
    };
    Ok(AgreementStep::AddVersion {
        base,
        text: text(body.text_sha256)?,
        terms: terms(body.terms.unwrap_or_default())?,
    })
}

/// An approval, at `/approval` in the body.
pub(crate) fn approval(facts: ApprovalFacts) -> ApiResult<Approval> {
    let basis = match facts.basis {
        BasisWord::Resolved => ApprovalBasis::Resolved {
            body: needed(
                facts.body,
                "/approval/body",
                "the body that resolved it, such as the city council",
            )?,
            reference: facts.reference,
        },
        BasisWord::Overridden => ApprovalBasis::Overridden {
            reason: needed(facts.reason, "/approval/reason", "why there is no resolution")?,
            authority: needed(facts.authority, "/approval/authority", "who decided that")?,
        },
        BasisWord::NotAtHand => ApprovalBasis::NotAtHand,
        other @ (BasisWord::Unrecognised(_) | _) => return Err(unknown_word(&other, "/approval/basis")),
    };
    Ok(Approval { by: facts.by, basis, on: facts.on, source: facts.source })
}

/// A signature, at `pointer` in the body.
pub(crate) fn signature(facts: SignatureFacts, pointer: &str) -> ApiResult<Signature> {
    let office = match (facts.office, facts.rank) {
        (None, None) => None,
        (Some(title), Some(rank)) => {
            Some(Office { title, rank: meant(&rank, RankWord::meaning, &format!("{pointer}/rank"))? })
        }
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
    Ok(Signature {
        by: facts.by,
        person: facts.person,
        office,
        on: facts.on,
        at: facts.at,
        source: facts.source,
    })
}

/// A notice.
pub(crate) fn notice(body: NoticeBody) -> Notice {
    Notice { by: body.by, on: body.on, authority: body.authority, reason: body.reason, source: body.source }
}

fn text(sha256: Option<String>) -> ApiResult<AgreementText> {
    let Some(hex) = sha256 else { return Ok(AgreementText::Known(VersionText::NotAtHand)) };
    let hash = hex.try_into().map_err(|error| refused("/text_sha256", &error))?;
    Ok(AgreementText::Known(VersionText::Hashed { hash }))
}

fn terms(body: TermsBody) -> ApiResult<Terms> {
    let term = match (body.term, body.ends_on) {
        (None, None) => None,
        (Some(TermWord::OpenEnded), None) => Some(Term::OpenEnded),
        (None | Some(TermWord::Fixed), Some(ends_on)) => Some(Term::Fixed { ends_on }),
        (Some(TermWord::Fixed), None) => {
            return Err(ApiError::field("/terms/ends_on", "is missing", "the last day of the fixed term"));
        }
        (Some(word @ TermWord::Unrecognised(_)), _) => return Err(unknown_word(&word, "/terms/term")),
        (Some(word), _) => {
            let detail = format!("does not go with {word}");
            return Err(ApiError::field("/terms/ends_on", detail, "no last day for an open-ended agreement"));
        }
    };
    let notice = body.notice_months.map(NoticePeriod::from_months).transpose();
    Ok(Terms {
        term,
        notice: notice.map_err(|error| refused("/terms/notice_months", &error))?,
        in_force_from: body.in_force_from,
    })
}
