//! Changing what a programme is called and by which numbers it judges.

use std::collections::BTreeSet;

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::privacy::RetentionPolicy;
use sister_cities_domain::programme::{KindCatalogue, OnePerCountry, Programme};
use sister_cities_domain::value::{Currency, KindKey, LanguageTag, Name};
use sister_cities_domain::vitality::VitalityPolicy;
use sister_cities_storage::{Revision, Versioned};

use crate::app::ProgrammeContext;
use crate::command::{based_on, changed, record_event};
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// What is to change; `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgrammeChange {
    /// What it is called.
    pub name: Option<Name>,
    /// The kinds of link it knows.
    pub kinds: Option<KindCatalogue>,
    /// The numbers by which vitality is reckoned.
    pub vitality: Option<VitalityPolicy>,
    /// Whether to warn of a second bond with a country.
    pub one_per_country: Option<OnePerCountry>,
    /// How long personal data is kept.
    pub retention: Option<RetentionPolicy>,
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
        reply: IdempotentReply<'_, Versioned<Programme>>,
    ) -> Result<CommandOutcome<Versioned<Programme>>, AppError> {
        let context = self.authorize(caller, Scope::Admin, programme).await?;
        based_on(programme, &context.programme, revision)?;
        if let Some(kinds) = &change.kinds {
            keep_used_kinds(&context, kinds).await?;
        }
        let before = context.programme;
        let old = before.value.clone();
        let mut policies = old.policies;
        policies.vitality = change.vitality.unwrap_or(policies.vitality);
        policies.one_per_country = change.one_per_country.unwrap_or(policies.one_per_country);
        policies.retention = change.retention.unwrap_or(policies.retention);
        let after = Programme {
            id: old.id,
            host: old.host,
            name: change.name.unwrap_or(old.name),
            kinds: change.kinds.unwrap_or(old.kinds),
            policies,
            language: change.language.unwrap_or(old.language),
            currency: change.currency.unwrap_or(old.currency),
        };
        let Some(event) = after.changed_from(&before.value) else {
            return Ok(CommandOutcome::Executed(before));
        };
        let mut changes = self.changes(programme, caller);
        changes.update(&after, revision);
        record_event(&mut changes, programme, event);
        self.commit(changes, changed(after, revision), reply).await
    }
}

/// Refuses a catalogue without a kind that some partnership has or had.
async fn keep_used_kinds(context: &ProgrammeContext, kinds: &KindCatalogue) -> Result<(), AppError> {
    let gone: BTreeSet<&KindKey> = context
        .programme
        .value
        .kinds
        .iter()
        .map(|kind| &kind.key)
        .filter(|key| kinds.get(key).is_none())
        .collect();
    if gone.is_empty() {
        return Ok(());
    }
    let bonds = context.store.all::<Partnership>([]).await?;
    let mut used = bonds.iter().flat_map(|bond| bond.value.episodes()).map(|episode| &episode.kind);
    match used.find(|kind| gone.contains(kind)) {
        None => Ok(()),
        Some(kind) => Err(AppError::invalid(
            "/kinds",
            format!("lacks {kind}, which a partnership has or had"),
            "every kind in use, and any others",
        )),
    }
}
