//! Partnerships: the overview, lists, decisions, counts, vitality.

mod entering;

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use futures_util::{StreamExt as _, TryStreamExt as _};
use sister_cities_client::api::count::{
    CountExchangesQuery, CountQuery, CountView, ExchangeCountsView, ListCountedEngagementsQuery,
    ListCountedPartnershipsQuery, Year,
};
use sister_cities_client::api::domain::count::CountedAs;
use sister_cities_client::api::domain::id::PartnershipId;
use sister_cities_client::api::domain::partnership::ActKind;
use sister_cities_client::api::domain::partnership::StatusKind;
use sister_cities_client::api::domain::value::PartialDate;
use sister_cities_client::api::due::ListNextTouchesQuery;
use sister_cities_client::api::partnership::{
    CoverageBody, DecisionBody, DecisionView, PartnershipView, RecordBody,
};
use sister_cities_client::api::practice::{LearningView, ListAdoptionsQuery};
use sister_cities_client::api::vitality::{
    ListVitalityQuery, StepWord, TimelineQuery, TimelineView, VitalityQuery, VitalityView,
};
use sister_cities_client::api::{Moment, PageLimit, RecordQuery};

use super::session::Session;
use crate::args::{CountArgs, PartnershipsCommand, Suspend, VitalityArgs};
use crate::failure::Failure;
use crate::resource::adoptions::some_learned;
use crate::resource::person;
use crate::show::count::Aside;
use crate::show::overview::Overview;
use crate::show::responsible::Names;
use crate::show::text::{Renderer, Style};
use crate::show::timeline::{Row, Standing, draw, stretches};
use crate::show::wording::{Perspective, by_id, date, standing};
use crate::show::{count, details, lists, vitality};

/// The overview of a programme.
pub(super) async fn overview(session: &Session, as_of: Option<NaiveDate>) -> Result<Overview, Failure> {
    let partnerships = session.partnerships_as_of(&RecordQuery::default()).await?;
    let vitality = all_vitality(session, as_of, None).await?;
    let programme = session.perspective.programme.clone();
    // What comes next, and how far adoptions are, is known as of today only.
    let (touches, learning) = match as_of {
        None => {
            let query = ListNextTouchesQuery { limit: Some(PageLimit::MOST), ..Default::default() };
            let touches = session.programme.due().list_next_touches(query).all().await?;
            (touches, learned(session, None).await?)
        }
        Some(_) => (Vec::new(), Vec::new()),
    };
    let as_of = session.day_or_today(as_of.or_else(|| vitality.first().map(|v| v.as_of))).await?;
    let names = Names::of(session, touches.iter().filter_map(|touch| touch.owner.as_ref())).await;
    Ok(Overview { as_of, programme, partnerships, vitality, touches, learning, names })
}

/// Who learned what from whom, through one partnership or in the whole programme, the latest step first.
async fn learned(
    session: &Session,
    partnership: Option<PartnershipId>,
) -> Result<Vec<LearningView>, Failure> {
    let query = ListAdoptionsQuery { partnership, limit: Some(PageLimit::MOST), ..Default::default() };
    Ok(session.programme.list_learning(query).all().await?)
}

async fn all_vitality(
    session: &Session,
    as_of: Option<NaiveDate>,
    recorded_at: Option<Moment>,
) -> Result<Vec<VitalityView>, Failure> {
    let query = ListVitalityQuery { as_of, recorded_at, limit: Some(PageLimit::MOST), cursor: None };
    Ok(session.programme.list_vitality(query).all().await?)
}

/// Lists, shows and changes partnerships.
pub(super) async fn partnerships(session: &Session, command: PartnershipsCommand) -> Result<(), Failure> {
    match command {
        PartnershipsCommand::List(list) => {
            let query = session.query(list).await?;
            let is_by_name = query.sort.is_none() && query.order.is_none();
            let mut all: Vec<PartnershipView> = session.programme.partnerships().list(query).all().await?;
            if is_by_name {
                all.sort_by_key(|partnership| session.perspective.partners(&partnership.members));
            }
            session.output.print(&all, |out| lists::partnerships(&session.perspective, &all, out))
        }
        PartnershipsCommand::Show { partnership, times } => {
            show(session, &session.partnership_as_of(&partnership, &times.query()?).await?).await
        }
        PartnershipsCommand::Add(add) => entering::add(session, add).await,
        PartnershipsCommand::Change(change) => entering::change(session, change).await,
        PartnershipsCommand::Decide(decision) => entering::decide(session, decision).await,
        PartnershipsCommand::Suspend(Suspend { partnership, on, authority, condition, source }) => {
            let body = DecisionBody {
                on: Some(on),
                authority: Some(authority),
                note: condition,
                source,
                ..decision(ActKind::Suspend)
            };
            decide(session, &partnership, body).await
        }
        PartnershipsCommand::Resume { partnership, on, authority } => {
            let body = DecisionBody { on: Some(on), authority: Some(authority), ..decision(ActKind::Resume) };
            decide(session, &partnership, body).await
        }
        PartnershipsCommand::Reaffirm { partnership, on, source } => {
            let body = DecisionBody { on: Some(on), source: Some(source), ..decision(ActKind::Reaffirm) };
            decide(session, &partnership, body).await
        }
        PartnershipsCommand::Record { partnership, all: _, from, to, source, stated_by } => {
            let stated_by_person = person::find_if_named(session, stated_by.as_deref()).await?;
            let statement = CoverageBody { from, to, source, stated_by: None, stated_by_person };
            let Some(partnership) = partnership else { return record_all(session, &statement).await };
            let id = session.partnership(&partnership).await?.id;
            let partnerships = session.programme.partnerships();
            let read = partnerships.get(id).await?;
            let mut periods = read.record.clone();
            periods.push(statement);
            let changed = partnerships.set_record(&read, RecordBody { periods }).await?;
            show(session, &changed).await
        }
    }
}

/// One answer for the whole log: states of every partnership that stands for which time its log is complete. What was stated so
/// before stays, and saying it twice changes nothing.
async fn record_all(session: &Session, statement: &CoverageBody) -> Result<(), Failure> {
    let partnerships = session.programme.partnerships();
    let all = session.partnerships_as_of(&RecordQuery::default()).await?;
    let mut changed = Vec::new();
    for partnership in all {
        let read = partnerships.get(partnership.id).await?;
        if read.record.contains(statement) {
            continue;
        }
        let mut periods = read.record.clone();
        periods.push(statement.clone());
        changed.push(partnerships.set_record(&read, RecordBody { periods }).await?.value);
    }
    session.output.print(&changed, |out| {
        out.paragraph(0, Style::Plain, &format!("Stated of {} partnerships.", changed.len()));
    })
}

async fn show(session: &Session, partnership: &PartnershipView) -> Result<(), Failure> {
    let stating = partnership.record.iter().filter_map(|stated| stated.stated_by_person);
    let names = Names::of_records(session, stating, std::iter::empty()).await;
    // Of another day it is not told how far an adoption was.
    let learning = match partnership.as_of {
        None => learned(session, Some(partnership.id)).await?,
        Some(_) => Vec::new(),
    };
    session.output.print(partnership, |out| {
        details::partnership(&session.perspective, &names, partnership, out);
        some_learned(&learning, LEARNED, out);
    })
}

/// So much of what was learnt through a partnership stands on its page.
const LEARNED: usize = 10;

fn decision(decision: ActKind) -> DecisionBody {
    DecisionBody {
        decision,
        on: None,
        authority: None,
        source: None,
        episode: None,
        deadline: None,
        measure: None,
        note: None,
    }
}

async fn decide(session: &Session, wanted: &str, body: DecisionBody) -> Result<(), Failure> {
    let id = session.partnership(wanted).await?.id;
    let partnerships = session.programme.partnerships();
    let read = partnerships.get(id).await?;
    let decided = partnerships.decide(&read, body).await?;
    show(session, &decided).await
}

/// A count with the list behind it; where no status was asked for, also what stood suspended, and why.
pub(super) async fn print_count(session: &Session, args: CountArgs) -> Result<(), Failure> {
    let CountArgs { partnerships, exchanges, year, partnership } = args;
    if exchanges {
        return count_exchanges(session, year, partnership).await;
    }
    let asked = session.query(partnerships).await?;
    let recorded_at = asked.recorded_at;
    let aside = if asked.status.is_empty() {
        let status = vec![StatusKind::Suspended];
        let suspended = count_whole(session, CountQuery { status, ..asked.clone() }).await?;
        aside(session, suspended, recorded_at).await?
    } else {
        Vec::new()
    };
    let answer = count_whole(session, asked).await?;
    session.output.print(&answer, |out| count::render(&session.perspective, &answer, &aside, out))
}

/// A count with its lists, also where they are longer than what comes with it.
async fn count_whole(session: &Session, asked: CountQuery) -> Result<CountView, Failure> {
    let mut answer = session.programme.count_partnerships(asked.clone()).await?;
    let lists = [
        (&answer.counted, answer.number),
        (&answer.possible, answer.possible_number),
        (&answer.undated, answer.undated_number),
    ];
    if lists.into_iter().all(|(list, number)| list.len() as u64 >= u64::from(number)) {
        return Ok(answer);
    }
    let CountQuery { as_of, recorded_at, kind, status } = asked;
    let (limit, cursor) = (Some(PageLimit::MOST), None);
    let query = ListCountedPartnershipsQuery { as_of, recorded_at, kind, status, limit, cursor };
    let all = session.programme.list_counted_partnerships(query).all().await?;
    let counted_as = |how| all.iter().filter(|one| one.counted_as == how).cloned().collect();
    answer.counted = counted_as(CountedAs::Certain);
    answer.possible = counted_as(CountedAs::Possible);
    answer.undated = counted_as(CountedAs::Undated);
    Ok(answer)
}

/// The exchanges of all years, or of one with the list behind the numbers.
async fn count_exchanges(
    session: &Session,
    year: Option<Year>,
    partnership: Option<String>,
) -> Result<(), Failure> {
    let partnership = session.partnership_if_named(partnership.as_deref()).await?;
    let query = |year| CountExchangesQuery { year, partnership };
    let Some(year) = year else {
        let mut all: Vec<ExchangeCountsView> = Vec::new();
        let mut next = None;
        loop {
            let found = session.programme.count_exchanges(query(next)).await?;
            next = found.earlier.map(Year);
            all.push(found);
            if next.is_none() {
                return session.output.print(&all, |out| count::exchanges(&all, out));
            }
        }
    };
    let numbers = session.programme.count_exchanges(query(Some(year))).await?;
    let list = ListCountedEngagementsQuery {
        year: Some(year),
        partnership,
        limit: Some(PageLimit::MOST),
        ..Default::default()
    };
    let list = session.programme.list_counted_engagements(list).all().await?;
    session.output.print(&(&numbers, &list), |out| count::exchanges_of_year(&numbers, &list, out))
}

async fn aside(
    session: &Session,
    suspended: CountView,
    recorded_at: Option<Moment>,
) -> Result<Vec<Aside>, Failure> {
    if suspended.counted.is_empty() {
        return Ok(Vec::new());
    }
    let recorded = RecordQuery { as_of: None, recorded_at };
    let partnerships = by_id(session.partnerships_as_of(&recorded).await?);
    let reason = |partnership: Option<&PartnershipView>| {
        let on = |d: &&DecisionView| d.decision == ActKind::Suspend && may_be_before(d, suspended.as_of);
        partnership.and_then(|partnership| partnership.decisions.iter().rfind(on).cloned())
    };
    Ok(suspended
        .counted
        .iter()
        .map(|counted| {
            let decision = reason(partnerships.get(&counted.partnership));
            Aside {
                name: session.perspective.partners_in_full(&counted.members),
                since: date(decision.as_ref().and_then(|d| d.on.as_ref())),
                reason: decision.as_ref().map_or_else(|| "no reason is recorded".to_owned(), reason_of),
            }
        })
        .collect())
}

fn may_be_before(decision: &DecisionView, day: NaiveDate) -> bool {
    decision.on.as_ref().is_none_or(|on| on.earliest() <= day)
}

fn reason_of(decision: &DecisionView) -> String {
    let by = decision.authority.as_ref().map(|authority| format!("by {authority}"));
    let parts = [
        by,
        decision.note.as_ref().map(ToString::to_string),
        decision.source.as_ref().map(|s| format!("[{s}]")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "no reason is recorded".to_owned() } else { parts.join("; ") }
}

/// Vitality: of one partnership with its reasons, of all as a list, or over time as lines.
pub(super) async fn print_vitality(session: &Session, args: VitalityArgs) -> Result<(), Failure> {
    let query = args.times.query()?;
    let VitalityQuery { as_of, recorded_at } = query.clone();
    match (args.city, args.timeline) {
        (Some(city), false) => {
            let partnership =
                session.partnership_as_of(&city, &RecordQuery { as_of: None, recorded_at }).await?;
            let answer = session.programme.partnerships().get_vitality(partnership.id, query).await?;
            session.output.print(&answer, |out| {
                vitality::render(&session.perspective, &partnership, &answer, out);
            })
        }
        (None, false) => {
            let mut all = all_vitality(session, as_of, recorded_at).await?;
            all.sort_by_key(|partnership| session.perspective.partners(&partnership.members));
            session.output.print(&all, |out| lists::vitality(&session.perspective, &all, out))
        }
        (Some(city), true) => {
            let partnership = session.partnership(&city).await?;
            let to = session.day_or_today(args.to).await?;
            let (from, to) = span(std::slice::from_ref(&partnership), args.from, to);
            let line = timeline(session, &partnership, from, to).await?;
            session.output.print(&line, |out| {
                one_line(&session.perspective, &line, (from, to), out);
            })
        }
        (None, true) => {
            let mut partnerships = session.partnerships_as_of(&RecordQuery::default()).await?;
            partnerships.sort_by_key(|partnership| session.perspective.partners(&partnership.members));
            let to = session.day_or_today(args.to).await?;
            let (from, to) = span(&partnerships, args.from, to);
            let reads: Vec<_> = partnerships.iter().map(|one| timeline(session, one, from, to)).collect();
            let lines: Vec<TimelineView> =
                futures_util::stream::iter(reads).buffered(4).try_collect().await?;
            session.output.print(&lines, |out| {
                let rows: Vec<Row> = lines.iter().map(|line| row(&session.perspective, line)).collect();
                draw(out, &rows, from, to);
            })
        }
    }
}

/// From the oldest founding, or as asked, up to that day; whole years from 1 January.
fn span(partnerships: &[PartnershipView], from: Option<NaiveDate>, to: NaiveDate) -> (NaiveDate, NaiveDate) {
    const YEARS_WITHOUT_DATE: i32 = 30;
    let founded =
        partnerships.iter().filter_map(|partnership| partnership.since.as_ref()).map(PartialDate::year).min();
    let first = founded.unwrap_or_else(|| to.year() - YEARS_WITHOUT_DATE).min(to.year());
    let from = from.or_else(|| NaiveDate::from_ymd_opt(first, 1, 1)).unwrap_or(to);
    (from.min(to), to)
}

async fn timeline(
    session: &Session,
    partnership: &PartnershipView,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<TimelineView, Failure> {
    // The server gives at most 1,000 steps.
    let step = match to.year() - from.year() {
        ..80 => StepWord::Month,
        80..240 => StepWord::Quarter,
        240.. => StepWord::Year,
    };
    let query = TimelineQuery { from, to, step: Some(step) };
    Ok(session.programme.partnerships().get_vitality_timeline(partnership.id, query).await?)
}

fn row(perspective: &Perspective, line: &TimelineView) -> Row {
    Row {
        label: perspective.partners(&line.members),
        steps: line.steps.iter().map(|step| (step.on, standing(&step.standing))).collect(),
    }
}

/// One partnership's line, and its stretches in words.
fn one_line(
    perspective: &Perspective,
    line: &TimelineView,
    span: (NaiveDate, NaiveDate),
    out: &mut Renderer,
) {
    let row = row(perspective, line);
    out.heading(&perspective.partners_in_full(&line.members));
    draw(out, std::slice::from_ref(&row), span.0, span.1);
    out.end_line();
    let sentences: BTreeMap<NaiveDate, &str> =
        line.steps.iter().map(|step| (step.on, step.standing.sentence.as_str())).collect();
    for (first, last, standing) in stretches(&row) {
        if standing == Standing::NotInForce {
            continue;
        }
        let months = format!("{} to {}  ", first.format("%Y-%m"), last.format("%Y-%m"));
        // As it was at the end of the stretch: a gap is then told whole.
        let sentence = sentences.get(&last).copied().unwrap_or_default();
        let head = format!("{months}{:<13}", standing.word());
        out.hanging((standing.style(), &head), Style::Plain, sentence);
    }
}
