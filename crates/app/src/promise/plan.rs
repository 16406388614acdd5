//! Entering action plans, replacing, checking and removing them.

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::id::{ActionPlanId, ProgrammeId};
use sister_cities_domain::promise::{ActionPlan, ActionPoint, PlanCheck, PlanProgress};
use sister_cities_storage::{Revision, Versioned};

use super::point::points_of;
use crate::command::Command;
use crate::{App, AppError, CommandOutcome, IdempotentReply, Times};

impl App {
    /// Enters an action plan in the programme that it names, without points.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no such partnership or agreement, or the agreement is of another partnership;
    /// [`AppError::Forbidden`] without `promise:write`.
    pub async fn create_action_plan(
        &self,
        caller: &Caller,
        plan: ActionPlan,
        reply: IdempotentReply<'_, Versioned<ActionPlan>>,
    ) -> Result<CommandOutcome<Versioned<ActionPlan>>, AppError> {
        let mut command = self.command(caller, Scope::PromiseWrite, plan.programme)?;
        of_its_partnership(&command, &plan).await?;
        let event = plan.recorded();
        let created = command.create(plan, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of a plan that was read at `revision`, but for when it was checked. If it moves to another partnership,
    /// its points go with it. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_action_plan`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_action_plan(
        &self,
        caller: &Caller,
        after: ActionPlan,
        revision: Revision,
    ) -> Result<Versioned<ActionPlan>, AppError> {
        let mut command = self.command(caller, Scope::PromiseWrite, after.programme)?;
        let before = command.load_at::<ActionPlan>(after.id, revision).await?;
        let after = ActionPlan { last_check: before.value.last_check.clone(), ..after };
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        of_its_partnership(&command, &after).await?;
        if after.partnership != before.value.partnership {
            for point in points_of(&command.store, after.id).await? {
                let moved = ActionPoint { partnership: after.partnership, ..point.value.clone() };
                if let Some(event) = moved.changed_from(&point.value) {
                    command.update(moved, point.revision, event);
                }
            }
        }
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Notes that somebody looked how far a plan is, on that day.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `promise:write`; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn check_action_plan(
        &self,
        caller: &Caller,
        (programme, plan): (ProgrammeId, ActionPlanId),
        revision: Revision,
        check: PlanCheck,
        reply: IdempotentReply<'_, Versioned<ActionPlan>>,
    ) -> Result<CommandOutcome<Versioned<ActionPlan>>, AppError> {
        let mut command = self.command(caller, Scope::PromiseWrite, programme)?;
        let before = command.load_at::<ActionPlan>(plan, revision).await?.value;
        let event = before.check_noted(check.clone());
        let changed = command.update(before.checked(check), revision, event);
        command.commit(changed, reply).await
    }

    /// Removes a plan that was entered by mistake. One that has points is refused: what was promised is not forgotten with it.
    ///
    /// # Errors
    ///
    /// [`AppError::Conflict`] if it has points; [`AppError::Forbidden`] without `promise:write`; [`AppError::NotFound`];
    /// [`AppError::Stale`].
    pub async fn delete_action_plan(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        plan: ActionPlanId,
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::PromiseWrite, programme)?;
        let before = command.load_at::<ActionPlan>(plan, revision).await?;
        command.delete::<ActionPlan>(plan, revision, before.value.deleted());
        command.commit_once(()).await
    }
}

/// Refuses a plan under an agreement of another partnership. That there is one, the commit sees to.
async fn of_its_partnership(command: &Command<'_>, plan: &ActionPlan) -> Result<(), AppError> {
    let Some(id) = plan.agreement else { return Ok(()) };
    match command.store.get::<Agreement>(id).await? {
        Some(found) if found.value.partnership() != plan.partnership => Err(AppError::invalid(
            "/agreement",
            format!("{id} is an agreement of the partnership {}", found.value.partnership()),
            format!("the id of an agreement of the partnership {}", plan.partnership),
        )),
        Some(_) | None => Ok(()),
    }
}

/// How far a plan is on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanWithProgress {
    /// The day.
    pub on: NaiveDate,
    /// The plan.
    pub plan: Versioned<ActionPlan>,
    /// Its points, by their numbers.
    pub points: Vec<Versioned<ActionPoint>>,
    /// How far it is.
    pub progress: PlanProgress,
}

impl App {
    /// Says how far a plan is as of some times.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::NotFound`].
    pub async fn get_action_plan_progress(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        plan: ActionPlanId,
        Times { as_of, recorded_at }: Times,
    ) -> Result<PlanWithProgress, AppError> {
        let context =
            self.authorize_as_recorded(caller, Scope::ProgrammeRead, programme, recorded_at, None).await?;
        let plan = context.load::<ActionPlan>(plan).await?;
        let points = points_of(&context.store, plan.value.id).await?;
        let on = match as_of {
            Some(on) => on,
            None => self.today_in(&context).await?,
        };
        let progress = PlanProgress::of(points.iter().map(|point| &point.value), on);
        Ok(PlanWithProgress { on, plan, points, progress })
    }
}
