//! Entering outcomes, grading them by their evidence, and totals that count each once (R36). They are read as all records are, by
//! [`App::get`] and [`App::list`].

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{OutcomeId, ProgrammeId};
use sister_cities_domain::outcome::{
    EvidenceChange, EvidenceRefusal, Outcome, OutcomeQuestion, OutcomeTotals, outcome_totals,
};
use sister_cities_storage::catalogue::outcome;
use sister_cities_storage::{Filter, Revision, Versioned};

use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// So many outcomes are totalled at once, at most. A total of some of them would be wrong, so more are refused.
pub const MOST_TOTALLED: u64 = 5_000;

impl App {
    /// Enters an outcome in the programme that it names, under a new id, as a claim.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if it cites what the programme does not have; [`AppError::Forbidden`] without `outcome:write`.
    pub async fn create_outcome(
        &self,
        caller: &Caller,
        outcome: Outcome,
        reply: IdempotentReply<'_, Versioned<Outcome>>,
    ) -> Result<CommandOutcome<Versioned<Outcome>>, AppError> {
        let mut command = self.command(caller, Scope::OutcomeWrite, outcome.programme)?;
        let event = outcome.recorded();
        let created = command.create(outcome, event);
        command.commit(created, reply).await.map_err(in_lists)
    }

    /// Replaces what is known of an outcome that was read at `revision`, but for its evidence. A change that changes nothing writes
    /// nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_outcome`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_outcome(
        &self,
        caller: &Caller,
        after: Outcome,
        revision: Revision,
    ) -> Result<Versioned<Outcome>, AppError> {
        let mut command = self.command(caller, Scope::OutcomeWrite, after.programme)?;
        let before = command.load_at::<Outcome>(after.id, revision).await?;
        let after = Outcome { evidence: before.value.evidence.clone(), ..after };
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await.map_err(in_lists)
    }

    /// Takes a step of an outcome's evidence: documents, verifies, disputes or withdraws it.
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] if the step does not lead on from where it is; [`AppError::Invalid`] if it rests on nothing or lies before
    /// the last step; [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `outcome:write`.
    pub async fn grade_outcome(
        &self,
        caller: &Caller,
        (programme, outcome): (ProgrammeId, OutcomeId),
        revision: Revision,
        change: EvidenceChange,
        reply: IdempotentReply<'_, Versioned<Outcome>>,
    ) -> Result<CommandOutcome<Versioned<Outcome>>, AppError> {
        let mut command = self.command(caller, Scope::OutcomeWrite, programme)?;
        let before = command.load_at::<Outcome>(outcome, revision).await?;
        let (after, event) = before.value.grade(change)?;
        let changed = command.update(after, revision, event);
        command.commit(changed, reply).await
    }

    /// Totals the outcomes of a programme, at most [`MOST_TOTALLED`] of them.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if there are more; [`AppError::Forbidden`] without `programme:read`.
    pub async fn total_outcomes(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        question: &OutcomeQuestion,
    ) -> Result<OutcomeTotals, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let filters: Vec<Filter<Outcome>> = [
            question.partnership.map(|partnership| outcome::PARTNERSHIPS.has(partnership)),
            question.kind.clone().map(|kind| outcome::KIND.is(kind)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let number = context.store.count(filters.clone()).await?;
        if number > MOST_TOTALLED {
            return Err(AppError::invalid(
                "/partnership",
                format!("{number} outcomes are too many to total at once"),
                format!("a partnership or a kind with at most {MOST_TOTALLED} outcomes"),
            ));
        }
        let found = context.store.all(filters).await?;
        Ok(outcome_totals(found.iter().map(|outcome| &outcome.value), question))
    }
}

/// What an outcome cites is told by its lists, which are named in the plural.
fn in_lists(error: AppError) -> AppError {
    let AppError::Invalid(mut fields) = error else { return error };
    for field in &mut fields {
        if matches!(
            field.path.as_str(),
            "/partnership" | "/engagement" | "/agreement" | "/action_point" | "/practice"
        ) {
            field.path.push('s');
        }
    }
    AppError::Invalid(fields)
}

impl From<EvidenceRefusal> for AppError {
    fn from(refusal: EvidenceRefusal) -> Self {
        match refusal {
            EvidenceRefusal::Step(step) => step.into(),
            EvidenceRefusal::Bare { step, field } => {
                let expected = match field {
                    "remark" => "who says so, and why",
                    _ => "the paper, audit or letter it rests on",
                };
                Self::invalid(format!("/{field}"), format!("is missing for the step {step}"), expected)
            }
            other @ (EvidenceRefusal::BeforeLast { .. } | _) => {
                Self::invalid("/on", other.to_string(), "a day that is not before that of the last step")
            }
        }
    }
}
