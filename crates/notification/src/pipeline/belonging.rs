//! To which partnership and which committee an event belongs: what subscriptions and endpoints are narrowed by.

use std::collections::BTreeSet;

use sister_cities_domain::committee::Committee;
use sister_cities_domain::event::Event;
use sister_cities_domain::id::{CommitteeId, PartnershipId, RecordKind, RecordRef};
use sister_cities_domain::notification::{Cause, CauseFacts};
use sister_cities_domain::role::HeldIn;
use sister_cities_storage::{Database, ProgrammeStore, ReadError};

/// To what something belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Belonging {
    pub(super) partnership: Option<PartnershipId>,
    pub(super) committee: Option<CommitteeId>,
}

/// What bodies of events and of records say of it.
#[derive(Default, serde::Deserialize)]
struct Said {
    #[serde(default)]
    partnership: Option<PartnershipId>,
    /// Of an outcome, which may have come of several: the first stands for it.
    #[serde(default)]
    partnerships: BTreeSet<PartnershipId>,
    #[serde(default)]
    held_in: Option<HeldIn>,
}

impl Said {
    fn partnership(&self) -> Option<PartnershipId> {
        self.partnership.or_else(|| self.partnerships.first().copied())
    }
}

impl Belonging {
    /// To what an event belongs: as it says itself, else as its record is stored now. To nothing if neither says it.
    pub(super) async fn of(
        database: &Database,
        store: &ProgrammeStore,
        event: &Event,
    ) -> Result<Self, ReadError> {
        let RecordRef { kind, id } = event.subject;
        if kind == RecordKind::Partnership {
            return Ok(Self { partnership: Some(PartnershipId::from_uuid(id)), committee: None });
        }
        if kind == RecordKind::Committee {
            return Self::of_committee(store, CommitteeId::from_uuid(id)).await;
        }
        let said = serde_json::to_value(&event.body).and_then(serde_json::from_value::<Said>);
        let said = said.unwrap_or_default();
        if let Some(committee) = said.held_in.and_then(HeldIn::committee) {
            return Self::of_committee(store, committee).await;
        }
        if said.partnership().is_some() {
            return Ok(Self { partnership: said.partnership(), committee: None });
        }
        let stored = database.store().get(store.realm(), event.subject).await?;
        let said = stored.and_then(|stored| serde_json::from_str::<Said>(&stored.body.json).ok());
        Ok(Self { partnership: said.and_then(|said| said.partnership()), committee: None })
    }

    async fn of_committee(store: &ProgrammeStore, id: CommitteeId) -> Result<Self, ReadError> {
        let committee = store.get::<Committee>(id).await?;
        let partnership = committee.and_then(|committee| committee.value.task.partnership());
        Ok(Self { partnership, committee: Some(id) })
    }

    /// What subscriptions are held against.
    pub(super) const fn facts<'a>(&self, cause: &'a Cause) -> CauseFacts<'a> {
        CauseFacts { cause, partnership: self.partnership, committee: self.committee }
    }
}
