//! What was put in writing.

mod entering;

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sister_cities_client::api::agreement::{
    AgreementView, ProposalBody, SignatureBody, SignatureFacts, WithdrawalBody,
};
use sister_cities_client::api::{RecordQuery, TextFormat, TextUpload};

use super::imports::read;
use super::session::Session;
use crate::args::{AgreementsCommand, SignArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::write_new;
use crate::resource::person;
use crate::show::agreement;
use crate::show::responsible::Names;
use crate::show::text::Style;
use crate::show::wording::by_id;

/// Lists and shows agreements.
pub(super) async fn agreements(session: &Session, command: AgreementsCommand) -> Result<(), Failure> {
    match command {
        AgreementsCommand::List(list) => {
            let query = session.query(list).await?;
            let recorded = RecordQuery { as_of: None, recorded_at: query.recorded_at };
            let found = session.programme.agreements().list(query).all().await?;
            let partnerships = by_id(session.partnerships_as_of(&recorded).await?);
            let named: Vec<(AgreementView, String)> = found
                .iter()
                .map(|it| {
                    let partner = partnerships
                        .get(&it.partnership)
                        .map(|partnership| session.perspective.partners(&partnership.members));
                    (it.clone(), partner.unwrap_or_default())
                })
                .collect();
            session.output.print(&found, |out| agreement::list(&named, out))
        }
        AgreementsCommand::PutText { id, file, version, attach } => {
            let upload = document(&file).await?;
            if attach {
                let from = session.programme.agreements().get(id).await?;
                let after =
                    session.programme.agreements().attach_version_text(&from, version, upload).await?.value;
                let named = after.versions.iter().find(|known| known.number == version);
                let hash = named.and_then(|named| named.text_sha256.clone()).unwrap_or_default();
                return session.output.print(&after, |out| {
                    let said = format!("Version {version} has its text now, with the SHA-256 {hash}.");
                    out.paragraph(0, Style::Plain, &said);
                });
            }
            let stored = session.programme.agreements().put_version_text(id, version, upload).await?;
            session.output.print(&stored, |out| {
                let said = format!("Stored: {} bytes of {}.", stored.bytes, stored.media_type);
                out.paragraph(0, Style::Plain, &said);
            })
        }
        AgreementsCommand::GetText { id, file, version } => {
            let text = session.programme.agreements().get_version_text(id, version).await?;
            let bytes =
                BASE64_STANDARD.decode(&text.content).map_err(|e| Failure::caused(Exit::Failed, &e))?;
            write_new(&file, &bytes)?;
            session.output.print(&text, |out| {
                let said = format!("Written to {}: {}.", file.display(), text.media_type);
                out.paragraph(0, Style::Plain, &said);
            })
        }
        AgreementsCommand::Sign(args) => {
            let SignArgs { id, version, by, person, signatory, office, rank, on, at, source } = args;
            let by = session.place(&by).await?;
            let signatory = person::find_if_named(session, signatory.as_deref()).await?;
            let rank = rank.map(Into::into);
            let signature = SignatureFacts { by, person, signatory, office, rank, on, at, source };
            let agreements = session.programme.agreements();
            let read = agreements.get(id).await?;
            let signed = agreements.sign_version(&read, SignatureBody { version, signature }).await?.value;
            show(session, &signed, RecordQuery::default()).await
        }
        AgreementsCommand::Add(add) => entering::add(session, add).await,
        AgreementsCommand::AddVersion(add) => entering::add_version(session, add).await,
        AgreementsCommand::Propose { id, version, on } => {
            let agreements = session.programme.agreements();
            let read = agreements.get(id).await?;
            let body = ProposalBody { version: version.unwrap_or_else(|| latest(&read)), on };
            show(session, &agreements.propose_version(&read, body).await?.value, RecordQuery::default()).await
        }
        AgreementsCommand::Approve(args) => entering::approve(session, args).await,
        AgreementsCommand::Withdraw { id, version, on, reason } => {
            let agreements = session.programme.agreements();
            let read = agreements.get(id).await?;
            let body = WithdrawalBody { version: version.unwrap_or_else(|| latest(&read)), on, reason };
            show(session, &agreements.withdraw_version(&read, body).await?.value, RecordQuery::default())
                .await
        }
        AgreementsCommand::GiveNotice(args) => entering::give_notice(session, args).await,
        AgreementsCommand::Show { id, times } => {
            let times = times.query()?;
            let recorded = RecordQuery { as_of: None, recorded_at: times.recorded_at };
            let it = session.programme.agreements().get(id).with_query(times).await?.value;
            show(session, &it, recorded).await
        }
    }
}

/// The number of the latest version.
fn latest(agreement: &AgreementView) -> u32 {
    agreement.versions.iter().map(|version| version.number).max().unwrap_or(1)
}

/// Reads a document of a form that texts may have.
async fn document(file: &Path) -> Result<TextUpload, Failure> {
    let bytes = read(file).await?;
    let format = TextFormat::of(&bytes).ok_or_else(|| {
        Failure::new(Exit::Refused, format!("{} is no document that is known here", file.display()))
            .hint("expected a PDF, plain text in UTF-8, DOCX or ODT")
    })?;
    Ok(TextUpload { format, bytes })
}

/// Shows an agreement; its sides are named as they were recorded at those times.
async fn show(session: &Session, it: &AgreementView, recorded: RecordQuery) -> Result<(), Failure> {
    let partnership = session.programme.partnerships().get(it.partnership).with_query(recorded).await?.value;
    let signatures = it.versions.iter().flat_map(|version| &version.signatures);
    let signatories = signatures.filter_map(|signature| signature.signatory);
    let names = Names::of_records(session, signatories, std::iter::empty()).await;
    session.output.print(it, |out| agreement::show(&partnership, &names, it, out))
}
