//! Removing personal data that is no longer needed, as each programme's policy says.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sister_cities_domain::access::AccessToken;
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::privacy::{DataClass, Due, Purpose, RetentionPolicy, due_for_removal};
use sister_cities_domain::programme::Programme;
use sister_cities_storage::erasure::{Removal, Removed, realms, remove};
use sister_cities_storage::{Listing, ProgrammeStore, Realm, Record};

use crate::{App, AppError};

/// How many records are looked at together.
const PAGE: u32 = 500;

/// What a sweep removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// In how many records.
    pub records: u64,
    /// In how many fields of records, past ones included.
    pub values: u64,
    /// In how many fields of the journal.
    pub journal: u64,
}

/// Until when the names in a record are needed for what they were recorded for.
trait Needed: Record {
    fn needed(&self) -> Purpose;
}

impl Needed for Engagement {
    /// Up to the last day on which it can have taken place.
    fn needed(&self) -> Purpose {
        self.dates.span().map_or(Purpose::Lasts, |(_, last)| Purpose::EndedOn(last))
    }
}

impl Needed for Agreement {
    /// Up to its end.
    fn needed(&self) -> Purpose {
        self.effective_end().map_or(Purpose::Lasts, |end| Purpose::EndedOn(end.latest))
    }
}

impl Needed for AccessToken {
    /// Up to the day on which it was revoked or expired.
    fn needed(&self) -> Purpose {
        let ended = self.revoked_at.into_iter().chain(self.expires_at).min();
        ended.map_or(Purpose::Lasts, |at| Purpose::EndedOn(at.date_naive()))
    }
}

impl App {
    /// Removes, in every programme, the names and sensitive values whose time is over by its policy.
    ///
    /// A background task: it takes no input, may run at any time and by several servers at once, and doing it again
    /// does nothing. What is removed is removed from the past and the journal too, and the journal tells how much it was.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`]; what was done by then is done.
    pub async fn sweep_retention(&self) -> Result<Swept, AppError> {
        let mut swept = Swept::default();
        for realm in realms(self.database()).await? {
            let Realm::Programme(id) = realm else { continue };
            let store = self.database().programme(id);
            let Some(programme) = store.get::<Programme>(id).await? else { continue };
            let ended = self.end_imports(id).await?;
            if ended > 0 {
                tracing::info!(programme = %id, ended, "took out imports that nobody brought in");
            }
            let policy = programme.value.policies.retention;
            let today = self.today(id).await?;
            let mut due = BTreeMap::new();
            self.due::<Engagement>(&store, &policy, today, &mut due).await?;
            self.due::<Agreement>(&store, &policy, today, &mut due).await?;
            self.due::<AccessToken>(&store, &policy, today, &mut due).await?;
            if due.is_empty() {
                continue;
            }
            let now = self.clock().now();
            let Removed { records, values, journal } =
                remove(self.database(), realm, Removal { due }, now).await?;
            swept.records += u64::from(records);
            swept.values += u64::from(values);
            swept.journal += u64::from(journal);
            if records > 0 {
                tracing::info!(programme = %id, records, values, journal, "removed what is no longer needed");
            }
        }
        Ok(swept)
    }

    async fn due<T: Needed>(
        &self,
        store: &ProgrammeStore,
        policy: &RetentionPolicy,
        today: NaiveDate,
        due: &mut BTreeMap<RecordRef, BTreeSet<DataClass>>,
    ) -> Result<(), AppError> {
        let mut listing = Listing::<T>::first(PAGE);
        loop {
            let page = store.list(&listing).await?;
            for found in &page.items {
                let classes: BTreeSet<DataClass> = [DataClass::Personal, DataClass::Sensitive]
                    .into_iter()
                    .filter(|class| match due_for_removal(policy, *class, found.value.needed(), today) {
                        Due::Since(_) => true,
                        Due::Kept | Due::From(_) => false,
                    })
                    .collect();
                if !classes.is_empty() {
                    due.insert(found.value.id().into(), classes);
                }
            }
            match page.next {
                Some(next) => listing = listing.after(Some(next)),
                None => return Ok(()),
            }
        }
    }
}
