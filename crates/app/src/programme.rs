//! Setting up programmes, changing and reading them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::due::DuePolicy;
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::Place;
use sister_cities_domain::privacy::RetentionPolicy;
use sister_cities_domain::programme::{KindCatalogue, OnePerCountry, Programme};
use sister_cities_domain::value::{Currency, KindKey, LanguageTag, Name};
use sister_cities_domain::vitality::VitalityPolicy;
use sister_cities_storage::{ProgrammeStore, Revision, Versioned};

use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// A programme and the place whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammeWithHost {
    /// The programme.
    pub programme: Versioned<Programme>,
    /// Its host.
    pub host: Versioned<Place>,
}

impl App {
    /// Sets up a programme together with its host place, both under new ids.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] unless the caller has `admin` for all programmes; [`AppError::Invalid`] if the host of the programme is
    /// another than that place.
    pub async fn create_programme(
        &self,
        caller: &Caller,
        programme: Programme,
        host: Place,
        reply: IdempotentReply<'_, ProgrammeWithHost>,
    ) -> Result<CommandOutcome<ProgrammeWithHost>, AppError> {
        // A programme that does not exist yet cannot be hidden: whoever may not set one up is told so.
        may(&caller.grant, Scope::Admin, None)
            .map_err(|denied| AppError::denied_in_installation(denied, Scope::Admin))?;
        let mut command = self.command_of(caller, programme.id);
        let (event, of_host) = (programme.created(), host.created());
        let programme = command.create(programme, event);
        let host = command.create(host, of_host);
        command.commit(ProgrammeWithHost { programme, host }, reply).await
    }
}

/// What is to change; `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgrammeChange {
    /// What it is called.
    pub name: Option<Name>,
    /// The kinds of link it knows.
    pub kinds: Option<KindCatalogue>,
    /// The numbers by which vitality is reckoned.
    pub vitality: Option<VitalityPolicy>,
    /// Whether to warn of a second partnership with a country.
    pub one_per_country: Option<OnePerCountry>,
    /// How long personal data is kept.
    pub retention: Option<RetentionPolicy>,
    /// By which due work is reckoned.
    pub due: Option<DuePolicy>,
    /// The language it works in.
    pub language: Option<LanguageTag>,
    /// The currency it reckons in.
    pub currency: Option<Currency>,
}

impl App {
    /// Changes a programme that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `admin`; [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Invalid`] if a kind that a
    /// partnership has would be gone.
    pub async fn change_programme(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        revision: Revision,
        change: ProgrammeChange,
    ) -> Result<Versioned<Programme>, AppError> {
        let mut command = self.command(caller, Scope::Admin, programme)?;
        let before = command.load_at::<Programme>(programme, revision).await?;
        if let Some(kinds) = &change.kinds {
            keep_used_kinds(&command.store, &before.value, kinds).await?;
        }
        let old = before.value.clone();
        let mut policies = old.policies;
        policies.vitality = change.vitality.unwrap_or(policies.vitality);
        policies.one_per_country = change.one_per_country.unwrap_or(policies.one_per_country);
        policies.retention = change.retention.unwrap_or(policies.retention);
        policies.due = change.due.unwrap_or(policies.due);
        let after = Programme {
            id: old.id,
            host: old.host,
            name: change.name.unwrap_or(old.name),
            kinds: change.kinds.unwrap_or(old.kinds),
            policies,
            language: change.language.unwrap_or(old.language),
            currency: change.currency.unwrap_or(old.currency),
        };
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }
}

/// Refuses a catalogue without a kind that some partnership has or had.
async fn keep_used_kinds(
    store: &ProgrammeStore,
    before: &Programme,
    kinds: &KindCatalogue,
) -> Result<(), AppError> {
    let gone: BTreeSet<&KindKey> =
        before.kinds.iter().map(|kind| &kind.key).filter(|key| kinds.get(key).is_none()).collect();
    if gone.is_empty() {
        return Ok(());
    }
    let partnerships = store.all::<Partnership>([]).await?;
    let mut used =
        partnerships.iter().flat_map(|partnership| partnership.value.episodes()).map(|episode| &episode.kind);
    match used.find(|kind| gone.contains(kind)) {
        None => Ok(()),
        Some(kind) => Err(AppError::invalid(
            "/kinds",
            format!("lacks {kind}, which a partnership has or had"),
            "every kind in use, and any others",
        )),
    }
}

/// Part of the list of programmes.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammePage {
    /// The programmes, in the order of creation.
    pub items: Vec<Versioned<Programme>>,
    /// After which one the next page begins; `None` if this is the last.
    pub next: Option<ProgrammeId>,
}

impl App {
    /// Reads a programme as it had been recorded at a moment.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_programme(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        recorded_at: Option<DateTime<Utc>>,
    ) -> Result<Versioned<Programme>, AppError> {
        let needed = Scope::ProgrammeRead;
        Ok(self.authorize_as_recorded(caller, needed, programme, recorded_at, None).await?.programme)
    }

    /// Lists the programmes that the caller may read, in the order of creation, after the given one, at most `limit`; at a moment, as
    /// they had been recorded then, which takes one query more for each of them, as each has a history of its own.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_programmes(
        &self,
        caller: &Caller,
        after: Option<ProgrammeId>,
        limit: u32,
        recorded_at: Option<DateTime<Utc>>,
    ) -> Result<ProgrammePage, AppError> {
        let page = self.current_programmes(caller, after, limit).await?;
        let Some(at) = recorded_at else { return Ok(page) };
        let mut items = Vec::new();
        for found in page.items {
            let id = found.value.id;
            items.extend(self.database().programme(id).as_recorded(at).await?.get::<Programme>(id).await?);
        }
        Ok(ProgrammePage { items, next: page.next })
    }

    async fn current_programmes(
        &self,
        caller: &Caller,
        after: Option<ProgrammeId>,
        limit: u32,
    ) -> Result<ProgrammePage, AppError> {
        let own = caller.grant.programme;
        may(&caller.grant, Scope::ProgrammeRead, own)
            .map_err(|_| AppError::Forbidden { needed: Scope::ProgrammeRead })?;
        if let Some(own) = own {
            let first_page = after.is_none_or(|after| after < own);
            let found = if first_page { self.database().programme(own).get(own).await? } else { None };
            return Ok(ProgrammePage { items: found.into_iter().collect(), next: None });
        }
        // One more than asked for tells whether there is a next page.
        let mut items = self.database().programmes(after, limit.saturating_add(1)).await?;
        let more = u32::try_from(items.len()).is_ok_and(|found| found > limit);
        if more {
            items.pop();
        }
        let last = items.last().map(|last| last.value.id);
        Ok(ProgrammePage { next: last.filter(|_| more), items })
    }
}
