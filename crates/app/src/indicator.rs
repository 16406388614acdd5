//! Entering and replacing indicators. They are read as all records are, by [`App::get`] and [`App::list`].

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::indicator::{Indicator, IndicatorFault};
use sister_cities_storage::{Revision, Versioned};

use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// Enters an indicator in the programme that it names, under a new id.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for what an indicator cannot say, or a partnership that the programme does not have;
    /// [`AppError::Forbidden`] without `outcome:write`.
    pub async fn create_indicator(
        &self,
        caller: &Caller,
        indicator: Indicator,
        reply: IdempotentReply<'_, Versioned<Indicator>>,
    ) -> Result<CommandOutcome<Versioned<Indicator>>, AppError> {
        let mut command = self.command(caller, Scope::OutcomeWrite, indicator.programme)?;
        indicator.check()?;
        let event = indicator.recorded();
        let created = command.create(indicator, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of an indicator that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_indicator`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_indicator(
        &self,
        caller: &Caller,
        after: Indicator,
        revision: Revision,
    ) -> Result<Versioned<Indicator>, AppError> {
        let mut command = self.command(caller, Scope::OutcomeWrite, after.programme)?;
        after.check()?;
        let before = command.load_at::<Indicator>(after.id, revision).await?;
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }
}

impl From<IndicatorFault> for AppError {
    fn from(fault: IndicatorFault) -> Self {
        Self::invalid_value(fault.pointer, &fault.value)
    }
}
