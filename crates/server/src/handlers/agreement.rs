//! Agreements, their versions and the texts of those.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::NaiveDate;
use sister_cities_api::agreement::{
    AddVersion, AddVersionBody, AgreementPath, AgreementView, ApprovalFacts, ApproveVersion,
    AttachVersionText, CreateAgreement, CreateAgreementBody, ENDPOINTS, GetAgreement, GetVersionText,
    GiveNotice, ListAgreements, ListPartnershipAgreements, NoticeBody, ProposeVersion, PutVersionText,
    SignVersion, SignatureFacts, StoredTextView, TermsBody, VersionPath, VersionTextView, WithdrawVersion,
};
use sister_cities_api::{Endpoint, Page, TextFormat};
use sister_cities_app::agreement::{AgreementStep, AgreementText, NewAgreement, Origin};
use sister_cities_domain::agreement::{
    Agreement, Approval, ApprovalBasis, ApprovalBasisKind, Base, BaseKind, Notice, NoticePeriod, Office,
    Signature, Term, TermKind, Terms, VersionText,
};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};
use sister_cities_storage::catalogue::agreement;
use sister_cities_storage::{Revision, Versioned, content_hash};

use crate::call::{Answer, Call, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::{known, needed, refused};
use crate::refusal::in_path;

/// What a document is that was stored by another way than the API.
const ANYTHING: &str = "application/octet-stream";

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_agreements),
        serve(list_partnership_agreements),
        serve(create_agreement),
        serve(get_agreement),
        serve(put_version_text),
        serve(attach_version_text),
        serve(get_version_text),
        serve(add_version),
        serve(propose_version),
        serve(withdraw_version),
        serve(approve_version),
        serve(sign_version),
        serve(give_notice),
    ]
}

async fn list_agreements(call: Call<ListAgreements>) -> ApiResult<Answer<Page<AgreementView>>> {
    let from = Viewpoint::of(&call, call.path.programme).await?.on(call.query.as_of);
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_agreements(&call.caller, call.path.programme, call.listing()?, times).await?;
    call.page(&page.items, page.next.as_ref(), |found| from.view(found))
}

async fn list_partnership_agreements(
    call: Call<ListPartnershipAgreements>,
) -> ApiResult<Answer<Page<AgreementView>>> {
    // A partnership that is not there is 404, not an empty list.
    let recorded = times(None, call.query.recorded_at);
    let (programme, partnership) = (call.path.programme, call.path.partnership);
    call.app.get_partnership(&call.caller, programme, partnership, recorded).await?;
    let from = Viewpoint::of(&call, programme).await?.on(call.query.as_of);
    let listing = call.listing()?.filter(agreement::PARTNERSHIP.is(partnership));
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_agreements(&call.caller, programme, listing, times).await?;
    call.page(&page.items, page.next.as_ref(), |found| from.view(found))
}

async fn create_agreement(call: Call<CreateAgreement>) -> ApiResult<Answer<AgreementView>> {
    let programme = call.path.programme;
    let from = Viewpoint::of(&call, programme).await?;
    let view = move |made: &Versioned<Agreement>| from.view(made);
    let reply = call.idempotent_reply(view);
    let request = new_agreement(call.path.partnership, call.body)?;
    let outcome = call.app.create_agreement(&call.caller, programme, request, reply).await;
    let outcome = outcome.map_err(|error| in_path(error, "/partnership"))?;
    let path = |made: &Versioned<Agreement>| AgreementPath { programme, agreement: made.value.id() };
    Ok(Answer::created::<GetAgreement, _>(outcome, view, path))
}

async fn get_agreement(call: Call<GetAgreement>) -> ApiResult<Answer<AgreementView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let from = Viewpoint::of(&call, call.path.programme).await?.on(times.as_of);
    let (programme, id) = (call.path.programme, call.path.agreement);
    let found = call.app.get::<Agreement>(&call.caller, programme, id, times.recorded_at).await?;
    Ok(Answer::shown(&found, |found| from.view(found)))
}

async fn put_version_text(call: Call<PutVersionText>) -> ApiResult<Answer<StoredTextView>> {
    let VersionPath { programme, agreement, version } = call.path;
    let (media_type, bytes) = (call.body.format.media_type().to_owned(), call.body.bytes.len() as u64);
    let stored =
        call.app.put_version_text(&call.caller, programme, agreement, version, call.body.bytes).await?;
    Ok(Answer::plain(StoredTextView { sha256: stored.to_string(), media_type, bytes }))
}

async fn get_version_text(call: Call<GetVersionText>) -> ApiResult<Answer<VersionTextView>> {
    let VersionPath { programme, agreement, version } = call.path;
    let found = call.app.get_version_text(&call.caller, programme, agreement, version).await?;
    let bytes = found.ok_or_else(ApiError::not_found)?;
    Ok(Answer::plain(VersionTextView {
        sha256: content_hash(&bytes).to_string(),
        media_type: TextFormat::of(&bytes).map_or(ANYTHING, TextFormat::media_type).to_owned(),
        content: BASE64_STANDARD.encode(bytes),
    }))
}

async fn attach_version_text(call: Call<AttachVersionText>) -> ApiResult<Answer<AgreementView>> {
    let (VersionPath { programme, agreement, version }, revision) = (call.path.clone(), call.based_on()?);
    let attach = AgreementStep::AttachVersionText { version, document: call.body.bytes.clone() };
    step(call, AgreementPath { programme, agreement }, revision, attach).await
}

async fn add_version(call: Call<AddVersion>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision) = (call.path.clone(), call.based_on()?);
    let version = version(call.body.clone())?;
    step(call, path, revision, version).await
}

async fn propose_version(call: Call<ProposeVersion>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision) = (call.path.clone(), call.based_on()?);
    let proposal = AgreementStep::ProposeVersion { version: call.body.version, on: call.body.on };
    step(call, path, revision, proposal).await
}

async fn withdraw_version(call: Call<WithdrawVersion>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision, body) = (call.path.clone(), call.based_on()?, call.body.clone());
    let withdrawal =
        AgreementStep::WithdrawVersion { version: body.version, on: body.on, reason: body.reason };
    step(call, path, revision, withdrawal).await
}

async fn approve_version(call: Call<ApproveVersion>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision) = (call.path.clone(), call.based_on()?);
    let approval = approval(call.body.approval.clone())?;
    let approval = AgreementStep::ApproveVersion { version: call.body.version, approval };
    step(call, path, revision, approval).await
}

async fn sign_version(call: Call<SignVersion>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision) = (call.path.clone(), call.based_on()?);
    let signature = signature(call.body.signature.clone(), "/signature")?;
    let signature = AgreementStep::SignVersion { version: call.body.version, signature };
    step(call, path, revision, signature).await
}

async fn give_notice(call: Call<GiveNotice>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision) = (call.path.clone(), call.based_on()?);
    let notice = AgreementStep::GiveNotice(notice(call.body.clone()));
    step(call, path, revision, notice).await
}

/// Takes an agreement a step further.
async fn step<E: Endpoint>(
    call: Call<E>,
    path: AgreementPath,
    revision: Revision,
    step: AgreementStep,
) -> ApiResult<Answer<AgreementView>> {
    let from = Viewpoint::of(&call, path.programme).await?;
    let view = move |now: &Versioned<Agreement>| from.view(now);
    let reply = call.idempotent_reply(view);
    let outcome =
        call.app.step_agreement(&call.caller, path.programme, path.agreement, revision, step, reply).await?;
    Ok(Answer::changed(outcome, view))
}

/// From where and when agreements are looked at.
#[derive(Clone, Copy)]
struct Viewpoint {
    today: NaiveDate,
    as_of: Option<NaiveDate>,
    us: PlaceId,
}

impl Viewpoint {
    /// Today, from the host of the programme.
    async fn of<E: Endpoint>(call: &Call<E>, programme: ProgrammeId) -> ApiResult<Self> {
        let host = call.app.get_programme(&call.caller, programme, None).await;
        // Who may write agreements need not be allowed to read the programme; then every side is "them".
        let us =
            host.map_or_else(|_| PlaceId::from_uuid(uuid::Uuid::nil()), |programme| programme.value.host);
        Ok(Self { today: call.app.today(programme).await?, as_of: None, us })
    }

    /// On that day, if one is asked about.
    const fn on(self, as_of: Option<NaiveDate>) -> Self {
        Self { as_of, ..self }
    }

    fn view(self, found: &Versioned<Agreement>) -> AgreementView {
        let day = self.as_of.unwrap_or(self.today);
        let view = AgreementView::of(&found.value, found.revision.number(), day, self.us);
        AgreementView { as_of: self.as_of, ..view }
    }
}

/// A new agreement of a partnership.
fn new_agreement(partnership: PartnershipId, body: CreateAgreementBody) -> ApiResult<NewAgreement> {
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
fn version(body: AddVersionBody) -> ApiResult<AgreementStep> {
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
fn approval(facts: ApprovalFacts) -> ApiResult<Approval> {
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
fn signature(facts: SignatureFacts, pointer: &str) -> ApiResult<Signature> {
    let SignatureFacts { by, person, signatory, office, rank, on, at, source } = facts;
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
    Ok(Signature { by, person, signatory, office, on, at, source })
}

/// A notice.
fn notice(body: NoticeBody) -> Notice {
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
