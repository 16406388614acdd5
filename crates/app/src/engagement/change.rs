//! Replacing what is known of an engagement.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{EngagementId, ProgrammeId};
use sister_cities_storage::{Revision, Versioned};

use super::EngagementFacts;
use crate::command::{based_on, changed, tell};
use crate::{App, AppError, Done, Keep};

impl App {
    /// Replaces what is known of an engagement that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_engagement`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn change_engagement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
        revision: Revision,
        facts: EngagementFacts,
        keep: Keep<'_, Versioned<Engagement>>,
    ) -> Result<Done<Versioned<Engagement>>, AppError> {
        let entered = self.enter(caller, Scope::EngagementWrite, programme).await?;
        let before = entered.load::<Engagement>(engagement).await?;
        based_on(engagement, &before, revision)?;
        if facts.partnership != before.value.partnership {
            facts.check_partnership(&entered).await?;
        }
        // What those who take part need has a use case of its own.
        let care = before.value.care.clone();
        let after = Engagement { care, ..facts.into_engagement(engagement, programme) };
        let Some(event) = after.changed_from(&before.value) else { return Ok(Done::Fresh(before)) };
        let mut changes = self.changes(programme, caller);
        changes.update(&after, revision);
        tell(&mut changes, engagement, event);
        self.commit(changes, changed(after, revision), keep).await
    }
}
