//! Entering the points of action plans, replacing and removing them, and taking steps with them.

use chrono::{DateTime, Utc};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{ActionPlanId, ActionPointId, PersonId, ProgrammeId};
use sister_cities_domain::promise::{
    ActionPlan, ActionPoint, Course, PointAct, PointNumber, PointOwner, PromisedBy, Publicity,
};
use sister_cities_domain::value::{FreeText, PartialDate, Title};
use sister_cities_storage::catalogue::action_point;
use sister_cities_storage::{Conflict, Listing, Page, ProgrammeStore, Revision, Versioned};

use crate::command::Command;
use crate::person::ids_of_person;
use crate::responsible;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// So often is a number looked up anew that somebody else took meanwhile.
const TRIES_FOR_A_NUMBER: u32 = 10;

/// What is said of an action point when it is entered or replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointFacts {
    /// The plan it is a point of.
    pub plan: ActionPlanId,
    /// Its number; a new point without one gets the next of its plan.
    pub number: Option<PointNumber>,
    /// What was promised, in a line.
    pub title: Title,
    /// What was promised, in full.
    pub text: Option<FreeText>,
    /// Whose promise it is.
    pub promised_by: PromisedBy,
    /// Who is to see to it at home.
    pub host: Option<PointOwner>,
    /// Who is to see to it in the other city.
    pub counterpart: Option<PointOwner>,
    /// Until when it is due.
    pub due: Option<PartialDate>,
    /// How far it is, in a sentence that may be shown.
    pub public_status: Option<Title>,
    /// Whether that sentence may be shown to anybody.
    pub publicity: Publicity,
}

/// A step to be taken with an action point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointStep {
    /// What is done.
    pub act: PointAct,
    /// When; today if not said.
    pub on: Option<PartialDate>,
    /// What whoever takes it has to say.
    pub remark: Option<FreeText>,
}

impl App {
    /// Lists action points; of an owner, those that name them under whichever of the records that were merged into one.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_action_points(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        mut listing: Listing<ActionPoint>,
        (owner, recorded_at): (Option<PersonId>, Option<DateTime<Utc>>),
    ) -> Result<Page<ActionPoint>, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        if let Some(owner) = owner {
            let ids = ids_of_person(&context.store, owner).await?;
            listing.filters.push(match ids.as_slice() {
                // By far the most usual, and then the list is read in the order of those they own.
                [one] => action_point::OWNERS.has(*one),
                several => action_point::OWNERS.has_any(several.iter().copied()),
            });
        }
        self.list(caller, programme, listing, recorded_at).await
    }

    /// Enters a point of an action plan, under a new id. It is open. Of several that are entered at once without a number, each gets one
    /// of its own.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no such plan or nobody whom it names as owner, or the plan has as many points as it can
    /// have;
    /// [`AppError::Conflict`] if another point of the plan has its number; [`AppError::Forbidden`] without `promise:write`.
    pub async fn create_action_point(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        facts: PointFacts,
        reply: IdempotentReply<'_, Versioned<ActionPoint>>,
    ) -> Result<CommandOutcome<Versioned<ActionPoint>>, AppError> {
        let mut tries_left = if facts.number.is_some() { 0 } else { TRIES_FOR_A_NUMBER };
        loop {
            let tried = self.enter_point(caller, programme, facts.clone(), reply.for_a_try()).await;
            match tried {
                // Somebody entered another point since the number was looked up.
                Err(AppError::Conflict(Conflict::Unique { column, .. }))
                    if tries_left > 0 && column == action_point::NUMBER_IN_PLAN.name() =>
                {
                    tries_left -= 1;
                }
                tried => return tried,
            }
        }
    }

    async fn enter_point(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        facts: PointFacts,
        reply: IdempotentReply<'_, Versioned<ActionPoint>>,
    ) -> Result<CommandOutcome<Versioned<ActionPoint>>, AppError> {
        let mut command = self.command(caller, Scope::PromiseWrite, programme)?;
        let plan = plan_of(&command, facts.plan).await?;
        let number = free_number(&command.store, &plan).await?;
        let id = ActionPointId::next(self.ids());
        let point = point(id, &plan, facts.number.unwrap_or(number), facts, Course::default());
        owners_are_there(&command, &point).await?;
        let event = point.entered();
        let created = command.create(point, event);
        command.commit(created, reply).await
    }

    /// Replaces what is said of a point that was read at `revision`, but for the steps that were taken. A change that changes nothing
    /// writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_action_point`]; [`AppError::Invalid`] without its number; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_action_point(
        &self,
        caller: &Caller,
        (programme, point): (ProgrammeId, ActionPointId),
        revision: Revision,
        facts: PointFacts,
    ) -> Result<Versioned<ActionPoint>, AppError> {
        let mut command = self.command(caller, Scope::PromiseWrite, programme)?;
        let before = command.load_at::<ActionPoint>(point, revision).await?;
        let Some(number) = facts.number else {
            return Err(AppError::invalid("/number", "is missing", "the number of the point in its plan"));
        };
        let plan = plan_of(&command, facts.plan).await?;
        if plan.id != before.value.plan {
            free_number(&command.store, &plan).await?;
        }
        let after = self::point(point, &plan, number, facts, before.value.course.clone());
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        owners_are_there(&command, &after).await?;
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Takes a step with a point that was read at `revision`.
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] if the point has no such step from its state; [`AppError::Forbidden`] without `promise:write`;
    /// [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn step_action_point(
        &self,
        caller: &Caller,
        (programme, point): (ProgrammeId, ActionPointId),
        revision: Revision,
        step: PointStep,
        reply: IdempotentReply<'_, Versioned<ActionPoint>>,
    ) -> Result<CommandOutcome<Versioned<ActionPoint>>, AppError> {
        let mut command = self.command(caller, Scope::PromiseWrite, programme)?;
        let before = command.load_at::<ActionPoint>(point, revision).await?.value;
        let on = match step.on {
            Some(on) => on,
            None => PartialDate::from_day(self.today(programme).await?)
                .map_err(|error| AppError::invalid_value("/on", &error))?,
        };
        let (after, taken) = before.take(step.act, on, step.remark)?;
        let event = after.step_taken(taken);
        let changed = command.update(after, revision, event);
        command.commit(changed, reply).await
    }

    /// Removes a point that was entered by mistake. What was promised and is given up is dropped instead, with a reason.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `promise:write`; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn delete_action_point(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        point: ActionPointId,
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::PromiseWrite, programme)?;
        let before = command.load_at::<ActionPoint>(point, revision).await?;
        command.delete::<ActionPoint>(point, revision, before.value.deleted());
        command.commit_once(()).await
    }
}

/// A point of a plan with what is said of it.
pub(super) fn point(
    id: ActionPointId,
    plan: &ActionPlan,
    number: PointNumber,
    facts: PointFacts,
    course: Course,
) -> ActionPoint {
    let PointFacts {
        plan: _,
        number: _,
        title,
        text,
        promised_by,
        host,
        counterpart,
        due,
        public_status,
        publicity,
    } = facts;
    ActionPoint {
        id,
        programme: plan.programme,
        plan: plan.id,
        partnership: plan.partnership,
        number,
        title,
        text,
        promised_by,
        host,
        counterpart,
        due,
        public_status,
        publicity,
        course,
    }
}

/// Refuses a point whose owner the programme does not have.
async fn owners_are_there(command: &Command<'_>, point: &ActionPoint) -> Result<(), AppError> {
    for (pointer, owner) in
        [("/host/responsible", &point.host), ("/counterpart/responsible", &point.counterpart)]
    {
        responsible::is_there(command, pointer, owner.as_ref().map(|owner| &owner.responsible)).await?;
    }
    Ok(())
}

async fn plan_of(command: &Command<'_>, plan: ActionPlanId) -> Result<ActionPlan, AppError> {
    match command.store.get::<ActionPlan>(plan).await? {
        Some(found) => Ok(found.value),
        None => Err(command.missing("/plan", plan.into()).await),
    }
}

/// The points of a plan, by their numbers. It has no more than [`ActionPlan::MOST_POINTS`].
pub(super) async fn points_of(
    store: &ProgrammeStore,
    plan: ActionPlanId,
) -> Result<Vec<Versioned<ActionPoint>>, AppError> {
    let listing = Listing::first(ActionPlan::MOST_POINTS).filter(action_point::PLAN.is(plan));
    let mut points = store.list(&listing).await?.items;
    points.sort_by_key(|point| point.value.number);
    Ok(points)
}

/// The next number of a plan that can have one more point.
pub(super) async fn free_number(store: &ProgrammeStore, plan: &ActionPlan) -> Result<PointNumber, AppError> {
    let points = points_of(store, plan.id).await?;
    if points.len() >= ActionPlan::MOST_POINTS as usize {
        let most = ActionPlan::MOST_POINTS;
        let problem = format!("{} has {most} points already", plan.id);
        return Err(AppError::invalid("/plan", problem, format!("a plan with fewer than {most} points")));
    }
    PointNumber::after(points.iter().map(|point| point.value.number))
        .map_err(|error| AppError::invalid_value("/number", &error))
}
