//! Replacing what is known of an engagement.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{EngagementId, ProgrammeId};
use sister_cities_storage::{Revision, Versioned};

use super::EngagementFacts;
use crate::command::{based_on, changed, record_event};
use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// Replaces what is known of an engagement that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_engagement`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_engagement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
        revision: Revision,
        facts: EngagementFacts,
        reply: IdempotentReply<'_, Versioned<Engagement>>,
    ) -> Result<CommandOutcome<Versioned<Engagement>>, AppError> {
        let context = self.authorize(caller, Scope::EngagementWrite, programme).await?;
        let before = context.load::<Engagement>(engagement).await?;
        based_on(engagement, &before, revision)?;
        if facts.partnership != before.value.partnership {
            facts.check_partnership(&context).await?;
        }
        // What those who take part need has a use case of its own.
        let care = before.value.care.clone();
        let after = Engagement { care, ..facts.into_engagement(engagement, programme) };
        let Some(event) = after.changed_from(&before.value) else {
            return Ok(CommandOutcome::Executed(before));
        };
        let mut changes = self.changes(programme, caller);
        changes.update(&after, revision);
        record_event(&mut changes, engagement, event);
        self.commit(changes, changed(after, revision), reply).await
    }
}
