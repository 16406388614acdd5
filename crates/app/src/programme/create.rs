//! Setting up a programme together with its host place.

use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::value::{Currency, LanguageTag, Name};
use sister_cities_storage::{Versioned, record_ref};

use crate::command::{created, record_event};
use crate::place::PlaceFacts;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// What a new programme is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct NewProgramme {
    /// What it is called.
    pub name: Name,
    /// The place whose programme it is.
    pub host: PlaceFacts,
    /// The kinds of link it knows; [`KindCatalogue::standard`] if in doubt.
    pub kinds: KindCatalogue,
    /// The numbers it judges by.
    pub policies: Policies,
    /// The language it works in.
    pub language: LanguageTag,
    /// The currency it reckons in.
    pub currency: Currency,
}

/// A programme and the place whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammeWithHost {
    /// The programme.
    pub programme: Versioned<Programme>,
    /// Its host.
    pub host: Versioned<Place>,
}

impl App {
    /// Sets up a programme together with its host place.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] unless the caller has `admin` for all programmes; [`AppError::Invalid`] if the host has no name.
    pub async fn create_programme(
        &self,
        caller: &Caller,
        request: NewProgramme,
        reply: IdempotentReply<'_, ProgrammeWithHost>,
    ) -> Result<CommandOutcome<ProgrammeWithHost>, AppError> {
        let id = ProgrammeId::next(self.ids());
        // A programme that does not exist yet cannot be hidden: whoever may not set one up is told so.
        may(&caller.grant, Scope::Admin, None).map_err(|_| AppError::Forbidden { needed: Scope::Admin })?;
        let host = request.host.into_place(PlaceId::next(self.ids()), id, "/host")?;
        let programme = Programme {
            id,
            name: request.name,
            host: host.id,
            kinds: request.kinds,
            policies: request.policies,
            language: request.language,
            currency: request.currency,
        };
        let mut changes = self.changes(id, caller);
        changes.create(&programme).create(&host);
        record_event(&mut changes, record_ref::<Programme>(id), programme.created());
        record_event(&mut changes, record_ref::<Place>(host.id), host.created());
        let result = ProgrammeWithHost { programme: created(programme), host: created(host) };
        self.commit(changes, result, reply).await
    }
}
