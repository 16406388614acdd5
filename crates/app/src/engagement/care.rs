//! What those who take part in an engagement need: diet, health, access. Sensitive: whoever reads it is told of in the journal.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{EngagementId, ProgrammeId};
use sister_cities_domain::privacy::PrivacyEvent;
use sister_cities_domain::value::FreeText;
use sister_cities_storage::{Revision, Versioned};

use crate::command::{based_on, changed, record_event};
use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// Says what those who take part need, or that nothing is needed any more. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `care:write`; [`AppError::NotFound`]; [`AppError::Stale`];
    /// [`AppError::Unavailable`] if the installation has no master key to encrypt it.
    pub async fn set_care(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
        revision: Revision,
        care: Option<FreeText>,
    ) -> Result<Versioned<Engagement>, AppError> {
        let context = self.authorize(caller, Scope::CareWrite, programme).await?;
        let before = context.load::<Engagement>(engagement).await?;
        based_on(engagement, &before, revision)?;
        if care.is_some() || before.value.care.is_some() {
            self.vault()?;
        }
        let after = Engagement { care, ..before.value.clone() };
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let mut changes = self.changes(programme, caller);
        changes.update(&after, revision);
        record_event(&mut changes, engagement, event);
        self.commit(changes, changed(after, revision), IdempotentReply::NONE)
            .await
            .and_then(CommandOutcome::executed)
    }

    /// Reads an engagement with what those who take part need. If there is such a thing, the journal tells who did, before anything is shown.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `care:read`, as hosts need it and readers do not; [`AppError::NotFound`];
    /// [`AppError::Unavailable`] if the installation has no master key to decrypt it, or the reading cannot be told.
    pub async fn read_care(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
    ) -> Result<Versioned<Engagement>, AppError> {
        let context = self.authorize(caller, Scope::CareRead, programme).await?;
        let found = context.load::<Engagement>(engagement).await?;
        if found.value.care.is_some() {
            // Without it, what is stored would be shown as it is, encrypted.
            self.vault()?;
            let mut changes = self.changes(programme, caller);
            let told = PrivacyEvent::SensitiveRead { fields: vec!["/care".to_owned()] };
            record_event(&mut changes, engagement, told);
            self.commit(changes, (), IdempotentReply::NONE).await?;
        }
        Ok(found)
    }
}
