//! Drafting an agreement, or recording one that was signed long ago.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::{Agreement, AgreementHead, Signature, Terms, VersionText};
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId, ProgrammeId};
use sister_cities_domain::partnership::{Members, Partnership};
use sister_cities_domain::person::Person;
use sister_cities_domain::place::Place;
use sister_cities_domain::value::Title;
use sister_cities_storage::{ChangeSet, ProgrammeStore, Versioned};

use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// What a new agreement is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct NewAgreement {
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// The agreement it hangs under, if it is a sub-agreement (R15).
    pub parent: Option<AgreementId>,
    /// What it is called.
    pub title: Title,
    /// Its own parties; those of the partnership if none are given.
    pub parties: Vec<PlaceId>,
    /// Its text.
    pub text: AgreementText,
    /// The terms that the text states.
    pub terms: Terms,
    /// Whether it begins now or began long ago.
    pub origin: Origin,
}

/// The text of a version, as it comes in.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum AgreementText {
    /// The document itself, to be stored and known by its hash.
    Document(Vec<u8>),
    /// Known by its hash, or not at hand.
    Known(VersionText),
}

/// Whether an agreement begins now or began long ago.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Origin {
    /// It begins as a draft.
    Draft,
    /// It was signed before its record began; so it is signed from the start.
    Recorded {
        /// The signatures that are known, at least one.
        signatures: Vec<Signature>,
    },
}

impl AgreementText {
    /// Puts the document, if there is one, into the change set, and says by what the version knows its text.
    pub(super) fn store(self, changes: &mut ChangeSet) -> VersionText {
        match self {
            Self::Document(bytes) => VersionText::Hashed { hash: changes.document(bytes) },
            Self::Known(text) => text,
        }
    }
}

impl App {
    /// Drafts an agreement, or records one that was signed long ago.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the partnership, the parent, a party or the record of a signatory is not of the programme; [`AppError::Refused`] if the signatures do not fit the parties; [`AppError::Forbidden`] without `agreement:write`.
    pub async fn create_agreement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        request: NewAgreement,
        reply: IdempotentReply<'_, Versioned<Agreement>>,
    ) -> Result<CommandOutcome<Versioned<Agreement>>, AppError> {
        let mut command = self.command(caller, Scope::AgreementWrite, programme)?;
        let Some(partnership) = command.store.get::<Partnership>(request.partnership).await? else {
            return Err(command.missing("/partnership", request.partnership.into()).await);
        };
        let parties = if request.parties.is_empty() {
            partnership.value.members().clone()
        } else {
            parties(&command.store, &request.parties).await?
        };
        if let Some(parent) = request.parent {
            check_parent(&command.store, parent, request.partnership).await?;
        }
        let head = AgreementHead {
            id: AgreementId::next(self.ids()),
            programme,
            partnership: request.partnership,
            parent: request.parent,
            title: request.title,
            parties,
        };
        if let Origin::Recorded { signatures } = &request.origin {
            let signed = signatures.iter().enumerate();
            let path = |at| format!("/signatures/{at}/signatory");
            let named = signed.filter_map(|(at, one)| one.signatory.map(|id| (path(at), id)));
            command.refuse_missing::<Person>(named.collect()).await?;
        }
        let text = request.text.store(command.changes());
        let (agreement, event) = match request.origin {
            Origin::Draft => Agreement::draft(head, text, request.terms)?,
            Origin::Recorded { signatures } => Agreement::recorded(head, text, request.terms, signatures)?,
        };
        let created = command.create(agreement, event);
        command.commit(created, reply).await
    }
}

/// The places that an agreement names as its parties, if they are places of the programme.
async fn parties(store: &ProgrammeStore, named: &[PlaceId]) -> Result<Members, AppError> {
    let parties = Members::new(named.iter().copied())
        .map_err(|error| AppError::invalid("/parties", error.to_string(), "two or more places, each once"))?;
    let found = store.get_many::<Place>(parties.as_slice()).await?;
    match named.iter().position(|party| !found.iter().any(|place| place.value.id == *party)) {
        None => Ok(parties),
        Some(at) => Err(AppError::invalid(
            format!("/parties/{at}"),
            "there is no such place in this programme",
            "the id of a place of this programme",
        )),
    }
}

async fn check_parent(
    store: &ProgrammeStore,
    parent: AgreementId,
    partnership: PartnershipId,
) -> Result<(), AppError> {
    match store.get::<Agreement>(parent).await? {
        Some(found) if found.value.partnership() == partnership => Ok(()),
        Some(_) | None => Err(AppError::invalid(
            "/parent",
            format!("there is no agreement {parent} under this partnership"),
            "the id of an agreement of the same partnership",
        )),
    }
}
