//! Action plans and their points: what two cities promised each other, and how far it is.

mod lines;
mod progress;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use sister_cities_client::api::domain::id::{ActionPlanId, AgreementId, PartnershipId};
use sister_cities_client::api::domain::promise::{
    ActionPlanKind, ActionPointState, ActionPointStep, PromisedBy,
};
use sister_cities_client::api::domain::value::{FreeText, Name, PartialDate, Source, Title};
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::promise::{
    ActionPlanBody, ActionPlanView, ActionPointBody, ActionPointView, CheckRhythmBody, ListActionPlansQuery,
    ListActionPointsQuery, PlanCheckBody, PointOwnerBody, PointStepBody, ReawakeningBody,
};
use sister_cities_client::api::{PageLimit, RecordQuery, ResponsibleBody, Word};
use std::collections::BTreeMap;
use std::slice;

use crate::args::{FilePath, QueryArgs, parameter};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::names::{Named, find_named};
use crate::run::session::Session;
use crate::show::responsible::Names;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::Renderer;
use crate::show::wording::{by_id, date, words};

#[derive(Debug, Subcommand)]
pub(crate) enum PlansCommand {
    /// List the action plans, the latest first
    List(QueryArgs<ListActionPlansQuery>),
    /// Show how far a plan is: what is done, what is late, what comes next
    Show {
        /// Its id, pln_…, or a part of its title
        plan: String,
        #[command(flatten)]
        times: QueryArgs<RecordQuery>,
    },
    /// List points of all plans, those that are due first
    Points(QueryArgs<ListActionPointsQuery>),
    /// Enter a plan, without points
    Add(PlanAdd),
    /// Enter a point of a plan
    AddPoint(PointAdd),
    /// Enter the decisions and to-dos of a meeting from a file, one point a line: all of them or none
    #[command(
        after_help = "A line is the title of a point, or title; host; counterpart; due, separated by ; or tabs. \
        A first line that names the columns (title, text, promised_by, host, counterpart, due) gives another order; \
        then commas separate as well. Who is to do it: an office in words, or an id (per_…, com_…, org_…)."
    )]
    AddLines {
        /// The file, UTF-8 text or CSV
        file: FilePath,
        /// The plan: its id, pln_…, or a part of its title
        #[arg(long)]
        plan: String,
        /// Only show what each line would become
        #[arg(long)]
        dry_run: bool,
    },
    /// Enter the plan by which a partnership comes back to life: a leader's visit, an agreed programme, a first result
    Reawaken {
        /// The partnership: its id, or the name of the partner city
        partnership: String,
        /// The first day of its year; today unless given
        #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
        from: Option<NaiveDate>,
        /// What the plan is called; after the partner city unless given
        #[arg(long, value_parser = parameter::<Title>)]
        title: Option<Title>,
    },
    /// Remove a plan that has no points, or with --point one of its points
    Remove {
        /// The plan: its id, pln_…, or a part of its title
        plan: String,
        /// The point, by its number in the plan
        #[arg(long, value_name = "NUMBER")]
        point: Option<u32>,
    },
    /// Take a step with a point: accept, start, stall, go-on, complete or drop
    Step(StepArgs),
    /// Note that somebody looked how far a plan is
    Check {
        /// The plan: its id, pln_…, or a part of its title
        plan: String,
        /// When; today unless given
        #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
        on: Option<NaiveDate>,
        /// What was found
        #[arg(long, value_parser = parameter::<FreeText>)]
        remark: Option<FreeText>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct PlanAdd {
    /// The partnership: its id, or the name of the partner city
    pub(crate) partnership: String,
    /// What it is called
    #[arg(long, value_parser = parameter::<Title>)]
    title: Title,
    /// What sort of plan it is, such as meeting or reawakening; a plan of action unless given
    #[arg(long, value_parser = parameter::<ActionPlanKind>)]
    kind: Option<ActionPlanKind>,
    /// The agreement it belongs to, agr_…
    #[arg(long, value_parser = parameter::<AgreementId>)]
    agreement: Option<AgreementId>,
    /// When it was agreed or signed: 2008, 2008-06 or 2008-06-02
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    agreed_on: Option<PartialDate>,
    /// Its last day, as precisely as is known
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    ends_on: Option<PartialDate>,
    /// Somebody is to look every so many months how far it is; 3 is each quarter
    #[arg(long, value_name = "MONTHS", requires = "check_from")]
    check_every: Option<u32>,
    /// The day from which the first of these intervals is counted
    #[arg(long, value_name = "DAY", requires = "check_every", value_parser = parameter::<NaiveDate>)]
    check_from: Option<NaiveDate>,
    /// Where the fact comes from
    #[arg(long, value_parser = parameter::<Source>)]
    source: Option<Source>,
}

#[derive(Args, Debug)]
pub(crate) struct PointAdd {
    /// The plan: its id, pln_…, or a part of its title
    plan: String,
    /// What was promised, in a line
    #[arg(long, value_parser = parameter::<Title>)]
    title: Title,
    /// What was promised, in full
    #[arg(long, value_parser = parameter::<FreeText>)]
    text: Option<FreeText>,
    /// Until when: 2009, 2009-03 or 2009-03-31
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    due: Option<PartialDate>,
    /// Whose promise it is, seen from the programme's city: both, host or counterpart; both unless given
    #[arg(long, value_parser = parameter::<PromisedBy>)]
    promised_by: Option<PromisedBy>,
    /// The office that is to see to it in the programme's city
    #[arg(long, value_name = "OFFICE", value_parser = parameter::<Name>)]
    host: Option<Name>,
    /// The office that is to see to it in the partner city
    #[arg(long, value_name = "OFFICE", value_parser = parameter::<Name>)]
    counterpart: Option<Name>,
}

#[derive(Args, Debug)]
pub(crate) struct StepArgs {
    /// The plan: its id, pln_…, or a part of its title
    plan: String,
    /// The number of the point
    number: u32,
    /// accept, start, stall, go-on, complete or drop
    #[arg(value_parser = step)]
    step: ActionPointStep,
    /// When: 2009, 2009-03 or 2009-03-31; today unless given
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    on: Option<PartialDate>,
    /// What there is to say about it
    #[arg(long, value_parser = parameter::<FreeText>)]
    remark: Option<FreeText>,
    /// With accept: the side that accepts, host or counterpart
    #[arg(long, value_parser = parameter::<PromisedBy>)]
    side: Option<PromisedBy>,
    /// With complete: what shows that it is done
    #[arg(long, value_parser = parameter::<FreeText>)]
    evidence: Option<FreeText>,
    /// With drop: why it is given up
    #[arg(long, value_parser = parameter::<FreeText>)]
    reason: Option<FreeText>,
}

/// Reads a step, `go-on` too.
fn step(text: &str) -> Result<ActionPointStep, String> {
    parameter(&text.replace('-', "_"))
}

/// Lists, shows and changes plans and their points.
pub(crate) async fn plans(session: &Session, command: PlansCommand) -> Result<(), Failure> {
    let (plans, points) = (session.programme.action_plans(), session.programme.action_points());
    match command {
        PlansCommand::List(list) => {
            let query = session.query(list).await?;
            let recorded = RecordQuery { as_of: None, recorded_at: query.recorded_at };
            let found = plans.list(query).all().await?;
            let partners = partners(session, &recorded).await?;
            session.output.print(&found, |out| list_of_plans(&found, &partners, out))
        }
        PlansCommand::Show { plan, times } => {
            let times = times.query()?;
            show(session, plan_called(session, &plan).await?.id, times).await
        }
        PlansCommand::Points(list) => {
            let query = session.query(list).await?;
            let recorded = RecordQuery { as_of: None, recorded_at: query.recorded_at };
            let found = points.list(query).all().await?;
            let partners = partners(session, &recorded).await?;
            let names = Names::of(session, owners(&found)).await;
            session.output.print(&found, |out| list_of_points(&found, &partners, &names, out))
        }
        PlansCommand::Add(add) => {
            let PlanAdd {
                partnership,
                title,
                kind,
                agreement,
                agreed_on,
                ends_on,
                check_every,
                check_from,
                source,
            } = add;
            let partnership = session.partnership(&partnership).await?.id;
            let check = check_every.zip(check_from);
            let check = check.map(|(every_months, from)| CheckRhythmBody { every_months, from });
            let notes = Vec::new();
            let body = ActionPlanBody {
                partnership,
                agreement,
                title,
                kind,
                agreed_on,
                ends_on,
                check,
                source,
                notes,
            };
            let made = plans.create(body).await?;
            show(session, made.id, RecordQuery::default()).await
        }
        PlansCommand::AddPoint(add) => {
            let PointAdd { plan, title, text, due, promised_by, host, counterpart } = add;
            let plan = plan_called(session, &plan).await?.id;
            let body = ActionPointBody {
                plan,
                number: None,
                title,
                text,
                promised_by,
                host: host.map(owner),
                counterpart: counterpart.map(owner),
                due,
                public_status: None,
                publicity: None,
            };
            points.create(body).await?;
            show(session, plan, RecordQuery::default()).await
        }
        PlansCommand::AddLines { file, plan, dry_run } => {
            let plan = plan_called(session, &plan).await?.id;
            let lines = lines::read(&file).await?;
            lines::enter(session, plan, lines, dry_run).await
        }
        PlansCommand::Reawaken { partnership, from, title } => {
            let partnership = session.partnership(&partnership).await?;
            let partner = session.perspective.partners(&partnership.members);
            let title = title.or_else(|| Title::new(&format!("Reawakening of {partner}")).ok());
            let body = ReawakeningBody { from, title };
            let made = session.programme.partnerships().reawaken(partnership.id, body).await?;
            show(session, made.plan.id, RecordQuery::default()).await
        }
        PlansCommand::Step(args) => {
            let StepArgs { plan, number, step, on, remark, side, evidence, reason } = args;
            let plan = plan_called(session, &plan).await?.id;
            let point = point_numbered(session, plan, number).await?;
            let read = points.get(point.id).await?;
            points.step(&read, PointStepBody { step, on, remark, side, evidence, reason }).await?;
            show(session, plan, RecordQuery::default()).await
        }
        PlansCommand::Remove { plan, point } => remove(session, &plan, point).await,
        PlansCommand::Check { plan, on, remark } => {
            let read = plans.get(plan_called(session, &plan).await?.id).await?;
            let checked = plans.check(&read, PlanCheckBody { on, remark }).await?;
            show(session, checked.id, RecordQuery::default()).await
        }
    }
}

/// Removes a plan, or one of its points.
async fn remove(session: &Session, plan: &str, point: Option<u32>) -> Result<(), Failure> {
    let plans = session.programme.action_plans();
    let plan = plan_called(session, plan).await?.id;
    let Some(number) = point else {
        let read = plans.get(plan).await?;
        plans.delete(&read).await?;
        return session.output.print(&read.value, |out| out.heading(&format!("{} is removed.", read.title)));
    };
    let points = session.programme.action_points();
    let point = point_numbered(session, plan, number).await?;
    points.delete(&points.get(point.id).await?).await?;
    show(session, plan, RecordQuery::default()).await
}

fn owner(office: Name) -> PointOwnerBody {
    let responsible = ResponsibleBody { office: Some(office), ..Default::default() };
    PointOwnerBody { responsible, accepted: None }
}

/// The plan that `wanted` names: its id, or a part of its title.
async fn plan_called(session: &Session, wanted: &str) -> Result<ActionPlanView, Failure> {
    let plans = session.programme.action_plans();
    if let Ok(id) = wanted.parse::<ActionPlanId>() {
        return Ok(plans.get(id).await?.value);
    }
    let all = plans.list(ListActionPlansQuery { limit: Some(PageLimit::MOST), ..Default::default() });
    let named = all.all().await?.into_iter().map(|plan| Named {
        title: format!("{}  {}", plan.id, plan.title),
        names: vec![plan.title.to_string()],
        item: plan,
    });
    find_named("action plan", wanted, named.collect())
}

async fn point_numbered(
    session: &Session,
    plan: ActionPlanId,
    number: u32,
) -> Result<ActionPointView, Failure> {
    let query =
        ListActionPointsQuery { plan: Some(plan), limit: Some(PageLimit::MOST), ..Default::default() };
    let all = session.programme.action_points().list(query).all().await?;
    all.into_iter()
        .find(|point| point.number == number)
        .ok_or_else(|| Failure::new(Exit::NotFound, format!("the plan has no point {number}")))
}

async fn partners(
    session: &Session,
    times: &RecordQuery,
) -> Result<BTreeMap<PartnershipId, String>, Failure> {
    let partner = |it: PartnershipView| session.perspective.partners(&it.members);
    let all = by_id(session.partnerships_as_of(times).await?);
    Ok(all.into_iter().map(|(id, partnership)| (id, partner(partnership))).collect())
}

async fn show(session: &Session, plan: ActionPlanId, times: RecordQuery) -> Result<(), Failure> {
    let recorded = RecordQuery { as_of: None, recorded_at: times.recorded_at };
    let progress = session.programme.action_plans().get_progress(plan, times).await?;
    let id = progress.plan.partnership;
    let partnership = session.programme.partnerships().get(id).with_query(recorded).await?;
    let partner = session.perspective.partners_in_full(&partnership.members);
    let names = Names::of(session, owners(&progress.points)).await;
    session.output.print(&progress, |out| progress::progress_of_plan(&partner, &progress, &names, out))
}

fn list_of_plans(all: &[ActionPlanView], partners: &BTreeMap<PartnershipId, String>, out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("Agreed"),
        Column::words("City", 8),
        Column::words("Kind", 8),
        Column::words("Plan", 20),
        Column::fixed("Next check"),
    ]);
    for plan in all {
        table.row([
            date(plan.agreed_on.as_ref()).into(),
            partners.get(&plan.partnership).map_or("–", String::as_str).into(),
            words(plan.kind.as_str()).into(),
            plan.title.as_str().into(),
            plan.next_check.map_or_else(Cell::none, |day| day.to_string().into()),
        ]);
    }
    table.render_or("None.", out);
}

fn list_of_points(
    all: &[ActionPointView],
    partners: &BTreeMap<PartnershipId, String>,
    names: &Names,
    out: &mut Renderer,
) {
    let mut table = Table::new([
        Column::fixed("Due"),
        Column::words("City", 8),
        Column::words("State", 8),
        Column::words("What", 20),
        Column::words("Who", 10),
    ]);
    for point in all {
        table.row([
            date(point.due.as_ref()).into(),
            partners.get(&point.partnership).map_or("–", String::as_str).into(),
            words(point.state.as_str()).into(),
            point.title.as_str().into(),
            still_with(point, names).into(),
        ]);
    }
    table.render_or("None.", out);
}

/// All who are to see to these points, on either side.
fn owners(points: &[ActionPointView]) -> impl Iterator<Item = &ResponsibleBody> {
    let both = points.iter().flat_map(|point| [&point.host, &point.counterpart]);
    both.flatten().map(|owner| &owner.responsible)
}

/// Who has something to do for a point yet.
fn still_with(point: &ActionPointView, names: &Names) -> String {
    if matches!(point.state, Word::Known(ActionPointState::Done | ActionPointState::Dropped)) {
        return String::new();
    }
    let all: Vec<String> =
        owners(slice::from_ref(point)).map(|owner| names.responsible(Some(owner))).collect();
    if all.is_empty() { "nobody".to_owned() } else { all.join("; ") }
}
