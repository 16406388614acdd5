//! Entering agreements and versions of them, approvals and notices.

use sister_cities_client::Versioned;
use sister_cities_client::api::RecordQuery;
use sister_cities_client::api::agreement::{
    AddVersionBody, AgreementView, ApprovalBody, ApprovalFacts, CreateAgreementBody, NoticeBody,
    SignatureFacts, TermsBody,
};
use sister_cities_client::api::domain::agreement::{BaseKind, TermKind};
use sister_cities_client::api::domain::id::PlaceId;

use super::{document, latest, show};
use crate::args::{AgreementAdd, ApproveArgs, FilePath, NoticeArgs, SignatureArg, TermsArgs, VersionAdd};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::run::session::Session;

pub(super) async fn add(session: &Session, add: AgreementAdd) -> Result<(), Failure> {
    let AgreementAdd { partnership, title, parent, parties, terms, signatures, signed_on, signed_at, source } =
        add;
    let partnership = session.partnership(&partnership).await?.id;
    let (terms, text) = terms.stated();
    let mut signed = Vec::with_capacity(signatures.len());
    for SignatureArg { by, person, office } in signatures {
        let (office, rank) = office.unzip();
        signed.push(SignatureFacts {
            by: session.place(&by).await?,
            person,
            signatory: None,
            office,
            rank: rank.map(Into::into),
            on: signed_on,
            at: signed_at.clone(),
            source: source.clone(),
        });
    }
    let parties = places(session, &parties).await?;
    let body = CreateAgreementBody { title, parent, parties, text_sha256: None, terms, signatures: signed };
    let made = session.programme.agreements().create(partnership, body).await?;
    with_text(session, made, text).await
}

pub(super) async fn add_version(session: &Session, add: VersionAdd) -> Result<(), Failure> {
    let VersionAdd { id, amends, supersedes, terms } = add;
    let base = amends.map(|of| (BaseKind::Amends, of));
    let base = base.or_else(|| supersedes.map(|of| (BaseKind::Supersedes, of)));
    let (base, of) =
        base.ok_or_else(|| Failure::new(Exit::Usage, "say by --amends or --supersedes on what it builds"))?;
    let (terms, text) = terms.stated();
    let agreements = session.programme.agreements();
    let read = agreements.get(id).await?;
    let body = AddVersionBody { base, of, text_sha256: None, terms };
    let now = agreements.add_version(&read, body).await?;
    with_text(session, now, text).await
}

/// Gives the latest version its text, if there is one, and shows the agreement.
async fn with_text(
    session: &Session,
    made: Versioned<AgreementView>,
    text: Option<FilePath>,
) -> Result<(), Failure> {
    let now = match text {
        None => made,
        Some(file) => {
            let upload = document(&file).await?;
            session.programme.agreements().attach_version_text(&made, latest(&made), upload).await?
        }
    };
    show(session, &now, RecordQuery::default()).await
}

pub(super) async fn approve(session: &Session, args: ApproveArgs) -> Result<(), Failure> {
    let ApproveArgs { id, version, by, basis, body, reference, reason, authority, on, source } = args;
    let by = session.place(&by).await?;
    let basis = basis.into();
    let approval = ApprovalFacts { by, basis, body, reference, reason, authority, on, source };
    let agreements = session.programme.agreements();
    let read = agreements.get(id).await?;
    let body = ApprovalBody { version: version.unwrap_or_else(|| latest(&read)), approval };
    show(session, &agreements.approve_version(&read, body).await?.value, RecordQuery::default()).await
}

pub(super) async fn give_notice(session: &Session, args: NoticeArgs) -> Result<(), Failure> {
    let NoticeArgs { id, by, on, authority, reason, source } = args;
    let by = places(session, &by).await?;
    let agreements = session.programme.agreements();
    let read = agreements.get(id).await?;
    let body = NoticeBody { by, on, authority, reason, source };
    show(session, &agreements.give_notice(&read, body).await?.value, RecordQuery::default()).await
}

async fn places(session: &Session, named: &[String]) -> Result<Vec<PlaceId>, Failure> {
    let mut places = Vec::with_capacity(named.len());
    for wanted in named {
        places.push(session.place(wanted).await?);
    }
    Ok(places)
}

impl TermsArgs {
    /// The terms, if any is stated, and the document.
    fn stated(self) -> (Option<TermsBody>, Option<FilePath>) {
        let Self { text, open_ended, ends_on, notice_months, in_force_from } = self;
        let term = if open_ended { Some(TermKind::OpenEnded) } else { ends_on.map(|_| TermKind::Fixed) };
        let terms = TermsBody { term: term.map(Into::into), ends_on, notice_months, in_force_from };
        ((terms != TermsBody::default()).then_some(terms), text)
    }
}
