//! Entering and replacing valuation rates, and valuing by them. They are read as all records are, by [`App::get`] and [`App::list`].

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::place::Place;
use sister_cities_domain::valuation::{Valuation, ValuationQuestion, ValuationRate, value_quantity};
use sister_cities_domain::value::Money;
use sister_cities_storage::catalogue::valuation_rate;
use sister_cities_storage::{Revision, Versioned};

use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// What something is worth, or why nobody can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Valued {
    /// So much, by that rate.
    By(Money, ValuationRate),
    /// No rate holds for that day and place.
    NoRate,
    /// Several hold, none of which is closer than the others.
    Contradictory(Vec<ValuationRate>),
    /// The value is more than can be kept.
    TooLarge(ValuationRate),
}

impl App {
    /// Enters a valuation rate in the programme that it names, under a new id.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no such place; [`AppError::Forbidden`] without `outcome:write`.
    pub async fn create_valuation_rate(
        &self,
        caller: &Caller,
        rate: ValuationRate,
        reply: IdempotentReply<'_, Versioned<ValuationRate>>,
    ) -> Result<CommandOutcome<Versioned<ValuationRate>>, AppError> {
        let mut command = self.command(caller, Scope::OutcomeWrite, rate.programme)?;
        let event = rate.recorded();
        let created = command.create(rate, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of a valuation rate that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_valuation_rate`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_valuation_rate(
        &self,
        caller: &Caller,
        after: ValuationRate,
        revision: Revision,
    ) -> Result<Versioned<ValuationRate>, AppError> {
        let mut command = self.command(caller, Scope::OutcomeWrite, after.programme)?;
        let before = command.load_at::<ValuationRate>(after.id, revision).await?;
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Values a quantity by the rate that holds on the day and at the place. Reads the rates of that kind that had begun by then.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if the programme has no such place; [`AppError::Forbidden`] without `programme:read`.
    pub async fn value_quantity(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        mut question: ValuationQuestion,
    ) -> Result<Valued, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        if let Some(place) = question.place {
            let Some(found) = context.store.get::<Place>(place).await? else {
                return Err(AppError::NotFound(place.into()));
            };
            question.country = question.country.or(found.value.country);
        }
        let filters =
            [valuation_rate::KIND.is(question.kind.clone()), valuation_rate::VALID_FROM.at_most(question.on)];
        let rates = context.store.all(filters).await?;
        let rates: Vec<ValuationRate> = rates.into_iter().map(|rate| rate.value).collect();
        Ok(match value_quantity(&question, &rates) {
            Valuation::Valued { amount, rate } => Valued::By(amount, rate.clone()),
            Valuation::Contradictory(rates) => Valued::Contradictory(rates.into_iter().cloned().collect()),
            Valuation::TooLarge(rate) => Valued::TooLarge(rate.clone()),
            Valuation::NoRate | _ => Valued::NoRate,
        })
    }
}
