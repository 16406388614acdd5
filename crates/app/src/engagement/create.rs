//! Entering an engagement.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{EngagementId, ProgrammeId};
use sister_cities_storage::Versioned;

use super::EngagementFacts;
use crate::command::{created, record_event};
use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// Enters an engagement.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no such partnership; [`AppError::Forbidden`] without `engagement:write`.
    pub async fn create_engagement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        facts: EngagementFacts,
        reply: IdempotentReply<'_, Versioned<Engagement>>,
    ) -> Result<CommandOutcome<Versioned<Engagement>>, AppError> {
        let context = self.authorize(caller, Scope::EngagementWrite, programme).await?;
        facts.check_partnership(&context).await?;
        let engagement = facts.into_engagement(EngagementId::next(self.ids()), programme);
        let mut changes = self.changes(programme, caller);
        changes.create(&engagement);
        record_event(&mut changes, engagement.id, engagement.recorded());
        self.commit(changes, created(engagement), reply).await
    }
}
