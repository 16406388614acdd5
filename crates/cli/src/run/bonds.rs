//! Questions about bonds: the overview, the partnerships, counts, vitality.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use futures_util::{StreamExt as _, TryStreamExt as _};
use sister_cities_client::api::count::{CountQuery, CountView};
use sister_cities_client::api::domain::value::PartialDate;
use sister_cities_client::api::partnership::{
    CoverageBody, DecisionBody, DecisionView, DecisionWord, ListPartnershipsQuery, PartnershipView,
    RecordBody, StatusWord,
};
use sister_cities_client::api::vitality::{
    ListVitalityQuery, StepWord, TimelineQuery, TimelineView, VitalityQuery, VitalityView,
};
use sister_cities_client::api::{Moment, PageLimit, RecordQuery};

use super::session::Office;
use crate::args::{CountArgs, PartnershipsCommand, PartnershipsList, Suspend, VitalityArgs};
use crate::failure::Failure;
use crate::show::bond::{Lens, by_id, date, stand};
use crate::show::count::Aside;
use crate::show::overview::Overview;
use crate::show::text::{Canvas, Ink, safe};
use crate::show::timeline::{Row, Stand, draw, stretches};
use crate::show::{count, details, lists, vitality};

/// The overview of a programme.
pub(super) async fn overview(office: &Office, as_of: Option<NaiveDate>) -> Result<Overview, Failure> {
    let partnerships = office.bonds().await?;
    let vitality = all_vitality(office, as_of, None).await?;
    let programme = office.lens.programme.clone();
    let as_of = as_of.or_else(|| vitality.first().map(|v| v.as_of));
    let as_of = as_of.unwrap_or_else(super::today);
    Ok(Overview { as_of, programme, partnerships, vitality })
}

async fn all_vitality(
    office: &Office,
    as_of: Option<NaiveDate>,
    recorded_at: Option<Moment>,
) -> Result<Vec<VitalityView>, Failure> {
    let query = ListVitalityQuery { as_of, recorded_at, limit: Some(PageLimit::MOST), cursor: None };
    Ok(office.programme.vitality(query).all().await?)
}

/// Lists, shows and changes partnerships.
pub(super) async fn partnerships(office: &Office, command: PartnershipsCommand) -> Result<(), Failure> {
    match command {
        PartnershipsCommand::List(list) => {
            let PartnershipsList { kind, status, place, sort, order, times } = list;
            let RecordQuery { as_of, recorded_at } = times.query();
            let place = match &place {
                Some(wanted) => Some(office.place(wanted).await?),
                None => None,
            };
            let is_by_name = sort.is_none() && order.is_none();
            let query = ListPartnershipsQuery {
                kind,
                status,
                place,
                sort,
                order,
                as_of,
                recorded_at,
                limit: Some(PageLimit::MOST),
                cursor: None,
            };
            let mut all: Vec<PartnershipView> = office.programme.partnerships().list(query).all().await?;
            if is_by_name {
                all.sort_by_key(|bond| office.lens.partners(&bond.members));
            }
            office.output.answer(&all, |canvas, out| lists::partnerships(&office.lens, &all, canvas, out))
        }
        PartnershipsCommand::Show { partnership, times } => {
            show(office, &office.bond_as_of(&partnership, &times.query()).await?)
        }
        PartnershipsCommand::Suspend(Suspend { partnership, on, authority, condition, source }) => {
            let body = DecisionBody {
                on: Some(on),
                authority: Some(authority),
                note: condition,
                source,
                ..decision(DecisionWord::Suspend)
            };
            decide(office, &partnership, body).await
        }
        PartnershipsCommand::Resume { partnership, on, authority } => {
            let body =
                DecisionBody { on: Some(on), authority: Some(authority), ..decision(DecisionWord::Resume) };
            decide(office, &partnership, body).await
        }
        PartnershipsCommand::Reaffirm { partnership, on, source } => {
            let body =
                DecisionBody { on: Some(on), source: Some(source), ..decision(DecisionWord::Reaffirm) };
            decide(office, &partnership, body).await
        }
        PartnershipsCommand::Record { partnership, from, to, source } => {
            let id = office.bond(&partnership).await?.id;
            let bonds = office.programme.partnerships();
            let read = bonds.get(id).await?;
            let mut periods = read.record.clone();
            periods.push(CoverageBody { from, to, source, stated_by: None });
            let changed = bonds.set_record(&read, RecordBody { periods }).await?;
            show(office, &changed)
        }
    }
}

fn show(office: &Office, bond: &PartnershipView) -> Result<(), Failure> {
    office.output.answer(bond, |canvas, out| details::partnership(&office.lens, bond, canvas, out))
}

fn decision(decision: DecisionWord) -> DecisionBody {
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

async fn decide(office: &Office, wanted: &str, body: DecisionBody) -> Result<(), Failure> {
    let id = office.bond(wanted).await?.id;
    let bonds = office.programme.partnerships();
    let read = bonds.get(id).await?;
    let decided = bonds.decide(&read, body).await?;
    show(office, &decided)
}

/// A count with the list behind it; where no status was asked for, also what stood suspended, and why.
pub(super) async fn counted(office: &Office, args: CountArgs) -> Result<(), Failure> {
    let CountArgs { as_of, kinds, statuses, recorded } = args;
    let recorded_at = recorded.recorded_at;
    let asked = CountQuery { as_of, recorded_at, kind: kinds, status: statuses };
    let aside = if asked.status.is_empty() {
        let status = vec![StatusWord::Suspended];
        let suspended = office.programme.count(CountQuery { status, ..asked.clone() }).await?;
        aside(office, suspended, recorded_at).await?
    } else {
        Vec::new()
    };
    let answer = office.programme.count(asked).await?;
    office.output.answer(&answer, |canvas, out| count::render(&office.lens, &answer, &aside, canvas, out))
}

async fn aside(
    office: &Office,
    suspended: CountView,
    recorded_at: Option<Moment>,
) -> Result<Vec<Aside>, Failure> {
    if suspended.counted.is_empty() {
        return Ok(Vec::new());
    }
    let recorded = RecordQuery { as_of: None, recorded_at };
    let bonds = by_id(office.bonds_as_of(&recorded).await?);
    let reason = |bond: Option<&PartnershipView>| {
        let on = |d: &&DecisionView| d.decision == DecisionWord::Suspend && may_be_before(d, suspended.as_of);
        bond.and_then(|bond| bond.decisions.iter().rfind(on).cloned())
    };
    Ok(suspended
        .counted
        .iter()
        .map(|counted| {
            let decision = reason(bonds.get(&counted.partnership));
            Aside {
                name: office.lens.partners_in_full(&counted.members),
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

/// Vitality: of one bond with its reasons, of all as a list, or over time as lines.
pub(super) async fn lively(office: &Office, args: VitalityArgs) -> Result<(), Failure> {
    match (args.city, args.timeline) {
        (Some(city), false) => {
            let recorded_at = args.recorded_at;
            let bond = office.bond_as_of(&city, &RecordQuery { as_of: None, recorded_at }).await?;
            let query = VitalityQuery { as_of: args.as_of, recorded_at };
            let answer = office.programme.partnerships().vitality(bond.id, query).await?;
            office.output.answer(&answer, |canvas, out| {
                vitality::render(&office.lens, &bond, &answer, canvas, out);
            })
        }
        (None, false) => {
            let mut all = all_vitality(office, args.as_of, args.recorded_at).await?;
            all.sort_by_key(|bond| office.lens.partners(&bond.members));
            office.output.answer(&all, |canvas, out| lists::vitality(&office.lens, &all, canvas, out))
        }
        (Some(city), true) => {
            let bond = office.bond(&city).await?;
            let (from, to) = span(std::slice::from_ref(&bond), args.from, args.to);
            let line = timeline(office, &bond, from, to).await?;
            office.output.answer(&line, |canvas, out| one_line(&office.lens, &line, (from, to), canvas, out))
        }
        (None, true) => {
            let mut bonds = office.bonds().await?;
            bonds.sort_by_key(|bond| office.lens.partners(&bond.members));
            let (from, to) = span(&bonds, args.from, args.to);
            let lines: Vec<TimelineView> = futures_util::stream::iter(&bonds)
                .map(|bond| timeline(office, bond, from, to))
                .buffered(4)
                .try_collect()
                .await?;
            office.output.answer(&lines, |canvas, out| {
                let rows: Vec<Row> = lines.iter().map(|line| row(&office.lens, line)).collect();
                draw(canvas, &rows, from, to, out);
            })
        }
    }
}

/// From the oldest founding, or as asked, up to today, or as asked; whole years from 1 January.
fn span(bonds: &[PartnershipView], from: Option<NaiveDate>, to: Option<NaiveDate>) -> (NaiveDate, NaiveDate) {
    const YEARS_WITHOUT_DATE: i32 = 30;
    let to = to.unwrap_or_else(super::today);
    let founded = bonds.iter().filter_map(|bond| bond.since.as_ref()).map(PartialDate::year).min();
    let first = founded.unwrap_or_else(|| to.year() - YEARS_WITHOUT_DATE).min(to.year());
    let from = from.or_else(|| NaiveDate::from_ymd_opt(first, 1, 1)).unwrap_or(to);
    (from.min(to), to)
}

async fn timeline(
    office: &Office,
    bond: &PartnershipView,
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
    Ok(office.programme.partnerships().timeline(bond.id, query).await?)
}

fn row(lens: &Lens, line: &TimelineView) -> Row {
    Row {
        label: lens.partners(&line.members),
        steps: line.steps.iter().map(|step| (step.on, stand(&step.standing))).collect(),
    }
}

/// One bond's line, and its stretches in words.
fn one_line(
    lens: &Lens,
    line: &TimelineView,
    span: (NaiveDate, NaiveDate),
    canvas: Canvas,
    out: &mut String,
) {
    let row = row(lens, line);
    canvas.heading(out, &safe(&lens.partners_in_full(&line.members)));
    draw(canvas, std::slice::from_ref(&row), span.0, span.1, out);
    out.push('\n');
    let sentences: BTreeMap<NaiveDate, &str> =
        line.steps.iter().map(|step| (step.on, step.standing.sentence.as_str())).collect();
    for (first, last, stand) in stretches(&row) {
        if stand == Stand::NotInForce {
            continue;
        }
        let months = format!("{} to {}  ", first.format("%Y-%m"), last.format("%Y-%m"));
        // As it was at the end of the stretch: a gap is then told whole.
        let sentence = sentences.get(&last).copied().unwrap_or_default();
        let head = format!("{months}{:<13}", stand.word());
        canvas.hanging(out, (stand.ink(), &head), Ink::Plain, &safe(sentence));
    }
}
