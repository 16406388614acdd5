//! Beginning the plan by which a partnership comes back to life.

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::promise::{ActionPlan, ActionPlanKind, PlanProgress, ReawakeningPlan};
use sister_cities_domain::value::Title;
use sister_cities_storage::Listing;
use sister_cities_storage::catalogue::action_plan;

use super::PlanWithProgress;
use crate::command::{Command, created};
use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// Enters the plan of a reawakening that begins on `from`, today if not said, with a point for each of its goals.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if a reawakening of the partnership runs on that day already, or its year is not in the calendar;
    /// [`AppError::NotFound`] without that partnership; [`AppError::Forbidden`] without `promise:write`.
    pub async fn reawaken_partnership(
        &self,
        caller: &Caller,
        (programme, partnership): (ProgrammeId, PartnershipId),
        from: Option<NaiveDate>,
        title: Option<Title>,
        reply: IdempotentReply<'_, PlanWithProgress>,
    ) -> Result<CommandOutcome<PlanWithProgress>, AppError> {
        let mut command = self.command(caller, Scope::PromiseWrite, programme)?;
        command.load::<Partnership>(partnership).await?;
        let from = self.day_or_today(programme, from).await?;
        none_runs(&command, partnership, from).await?;
        let title = match title {
            Some(title) => title,
            None => Title::new(&format!("Reawakening from {from}"))
                .map_err(|error| AppError::invalid_value("/title", &error))?,
        };
        let ReawakeningPlan { plan, points, .. } =
            ReawakeningPlan::beginning(from, (programme, partnership), title, self.ids())
                .map_err(|error| AppError::invalid_value("/from", &error))?;
        let progress = PlanProgress::of(&points, from);
        let recorded = plan.recorded();
        command.create(plan.clone(), recorded);
        for point in &points {
            command.create(point.clone(), point.entered());
        }
        let points = points.into_iter().map(created).collect();
        command.commit(PlanWithProgress { on: from, plan: created(plan), points, progress }, reply).await
    }
}

/// Refuses a second reawakening while one runs.
async fn none_runs(command: &Command<'_>, partnership: PartnershipId, on: NaiveDate) -> Result<(), AppError> {
    let listing = Listing::<ActionPlan>::by_default(100)
        .filter(action_plan::PARTNERSHIP.is(partnership))
        .filter(action_plan::KIND.is(ActionPlanKind::Reawakening));
    for plan in command.store.list(&listing).await?.items {
        let plan = plan.value;
        let end = plan.runs.to().map(|end| end.latest());
        if end.is_none_or(|end| end >= on) {
            let until = end.map_or_else(String::new, |end| format!(", to {end}"));
            return Err(AppError::invalid(
                "/from",
                format!("is a day on which a reawakening runs already: {}{until}", plan.id),
                "a day after its end; or change that plan",
            ));
        }
    }
    Ok(())
}
