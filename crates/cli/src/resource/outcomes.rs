//! Outcomes: what came of what the cities did.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use sister_cities_client::api::domain::id::{ActionPointId, AgreementId, OutcomeId, PracticeId, ProgrammeId};
use sister_cities_client::api::domain::outcome::{Attribution, EvidenceStep, OutcomeKind, OutcomeValue};
use sister_cities_client::api::domain::value::{FreeText, PartialDate, Source, Title};
use sister_cities_client::api::engagement::EngagementView;
use sister_cities_client::api::outcome::{
    EvidenceChangeBody, EvidenceChangeView, ListOutcomesQuery, OutcomeBody, OutcomeTotalView,
    OutcomeTotalsView, OutcomeView, SameOutcomeBody, TotalOutcomesQuery,
};
use sister_cities_client::api::{NoteBody, PageLimit, RecordQuery, RecordedQuery};

use crate::args::{QueryArgs, parameter};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::names::{Named, find_named};
use crate::run::session::Session;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::{Renderer, Style};
use crate::show::wording::{date, grouped, words};

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one in a run of the program")]
pub(crate) enum OutcomesCommand {
    /// List the outcomes, the latest first
    List(QueryArgs<ListOutcomesQuery>),
    /// Show an outcome with the steps of its evidence
    Show {
        /// Its id, out_…, or a part of its title
        outcome: String,
        #[command(flatten)]
        times: QueryArgs<RecordedQuery>,
    },
    /// Add an outcome, as a claim; with --engagement, make one of what the log says came of it
    Add(OutcomeAdd),
    /// Document, verify, dispute or withdraw an outcome
    Grade(OutcomeGrade),
    /// Total the outcomes by currency or unit and evidence, each counted once
    Totals(QueryArgs<TotalOutcomesQuery>),
}

#[derive(Args, Debug)]
pub(crate) struct OutcomeAdd {
    /// What sort of outcome: jobs, investment, deal, policy, publication or a word of your own
    #[arg(value_parser = parameter::<OutcomeKind>)]
    kind: OutcomeKind,
    /// What came of it, in a line; what the engagement says unless given
    #[arg(long, value_parser = parameter::<Title>)]
    title: Option<Title>,
    /// What it is worth, such as "25000.00 USD" or "12.5 jobs"
    #[arg(long, value_parser = parameter::<OutcomeValue>)]
    value: Option<OutcomeValue>,
    /// When it was there: 2024, 2024-05 or 2024-05-17; when the engagement ended unless given
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    date: Option<PartialDate>,
    /// Whether it is the partnership's doing: direct, contributed or unknown
    #[arg(long, value_parser = parameter::<Attribution>)]
    attribution: Option<Attribution>,
    /// A partnership it came of: its id, or the name of the partner city; give it several times
    #[arg(long = "partnership", value_name = "PARTNERSHIP")]
    partnerships: Vec<String>,
    /// An engagement it came of, and so its partnership: its id, or a part of its title; give it several times
    #[arg(long = "engagement", value_name = "ENGAGEMENT")]
    engagements: Vec<String>,
    /// Which of the texts that the engagement has on what came of it, from 1
    #[arg(long, value_name = "NUMBER", requires = "engagements", conflicts_with = "title")]
    text: Option<usize>,
    /// An agreement it came of: agr_…; give it several times
    #[arg(long = "agreement", value_name = "ID", value_parser = parameter::<AgreementId>)]
    agreements: Vec<AgreementId>,
    /// A point of an action plan it came of: pnt_…; give it several times
    #[arg(long = "action-point", value_name = "ID", value_parser = parameter::<ActionPointId>)]
    action_points: Vec<ActionPointId>,
    /// A practice it came of: prc_…; give it several times
    #[arg(long = "practice", value_name = "ID", value_parser = parameter::<PracticeId>)]
    practices: Vec<PracticeId>,
    /// The same outcome as a partner programme keeps it: out_…
    #[arg(long, value_name = "ID", requires = "same_in", value_parser = parameter::<OutcomeId>)]
    same_as: Option<OutcomeId>,
    /// That partner programme: prg_…
    #[arg(long, value_name = "ID", requires = "same_as", value_parser = parameter::<ProgrammeId>)]
    same_in: Option<ProgrammeId>,
    /// Who claims it
    #[arg(long, value_parser = parameter::<Source>)]
    source: Option<Source>,
}

#[derive(Args, Debug)]
pub(crate) struct OutcomeGrade {
    /// Its id, out_…, or a part of its title
    outcome: String,
    /// What is done: document, verify, dispute or withdraw
    #[arg(value_parser = parameter::<EvidenceStep>)]
    step: EvidenceStep,
    /// On which day; today unless given
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    on: Option<NaiveDate>,
    /// Who says so, and why; needed to dispute or withdraw
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    remark: Option<FreeText>,
    /// The paper, audit or letter it rests on; needed to document or verify
    #[arg(long, value_name = "SOURCE", value_parser = parameter::<Source>)]
    evidence: Option<Source>,
}

/// Lists, shows, adds, grades and totals outcomes.
pub(crate) async fn outcomes(session: &Session, command: OutcomesCommand) -> Result<(), Failure> {
    let outcomes = session.programme.outcomes();
    match command {
        OutcomesCommand::List(list) => {
            let found = outcomes.list(session.query(list).await?).all().await?;
            session.output.print(&found, |out| all_outcomes(&found, out))
        }
        OutcomesCommand::Show { outcome, times } => {
            let id = outcome_id(session, &outcome).await?;
            show(session, &outcomes.get(id).with_query(times.query()?).await?.value)
        }
        OutcomesCommand::Add(add) => show(session, &outcomes.create(body(session, add).await?).await?.value),
        OutcomesCommand::Grade(OutcomeGrade { outcome, step, on, remark, evidence }) => {
            let read = outcomes.get(outcome_id(session, &outcome).await?).await?;
            let change = EvidenceChangeBody { step, on, remark, evidence };
            show(session, &outcomes.grade(&read, change).await?.value)
        }
        OutcomesCommand::Totals(query) => {
            let answer = outcomes.total(session.query(query).await?).await?;
            session.output.print(&answer, |out| totals(&answer, out))
        }
    }
}

/// The outcome that is meant: by its id, or by a part of its title.
async fn outcome_id(session: &Session, wanted: &str) -> Result<OutcomeId, Failure> {
    if let Ok(id) = wanted.parse() {
        return Ok(id);
    }
    let query = ListOutcomesQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    let all = session.programme.outcomes().list(query).all().await?;
    let named = all.into_iter().map(|one| Named {
        title: format!("{}  {}", one.id, one.title),
        names: vec![one.title.to_string()],
        item: one.id,
    });
    find_named("outcome", wanted, named.collect())
}

fn show(session: &Session, outcome: &OutcomeView) -> Result<(), Failure> {
    session.output.print(outcome, |out| details(outcome, out))
}

async fn body(session: &Session, add: OutcomeAdd) -> Result<OutcomeBody, Failure> {
    let OutcomeAdd {
        kind,
        title,
        value,
        date,
        attribution,
        partnerships,
        engagements,
        text,
        agreements,
        action_points,
        practices,
        same_as,
        same_in,
        source,
    } = add;
    let mut visits = Vec::new();
    for wanted in engagements {
        visits.push(session.engagement(&wanted, &RecordQuery::default()).await?);
    }
    let mut cited: BTreeSet<_> = visits.iter().map(|visit| visit.partnership).collect();
    for wanted in partnerships {
        cited.insert(session.partnership(&wanted).await?.id);
    }
    let (title, notes) = match title {
        Some(title) => (title, Vec::new()),
        None => said(&visits, text)?,
    };
    let same = same_as.zip(same_in);
    Ok(OutcomeBody {
        kind,
        title,
        value,
        date: date.or_else(|| visits.iter().find_map(|visit| visit.end.or(visit.start))),
        attribution,
        partnerships: cited,
        source: source.or_else(|| visits.iter().find_map(|visit| visit.source.clone())),
        engagements: visits.iter().map(|visit| visit.id).collect(),
        agreements: agreements.into_iter().collect(),
        action_points: action_points.into_iter().collect(),
        practices: practices.into_iter().collect(),
        same_as: same.map(|(outcome, programme)| SameOutcomeBody { programme, outcome }),
        notes,
    })
}

/// What the log says came of the engagements, as a title; a text that is longer than a line is kept whole as a remark.
fn said(visits: &[EngagementView], number: Option<usize>) -> Result<(Title, Vec<NoteBody>), Failure> {
    let texts: Vec<&FreeText> = visits.iter().flat_map(|visit| &visit.outcomes).collect();
    let chosen = match (number, texts.as_slice()) {
        (None, [only]) => only,
        (None, []) => return Err(Failure::new(Exit::Usage, "say by --title what came of it")),
        (None, several) => {
            let failure = Failure::new(Exit::NeedsPerson, "the log says that several things came of it")
                .hint("say which by --text and its number:");
            let listed = several.iter().enumerate();
            return Err(
                listed.fold(failure, |failure, (at, text)| failure.hint(format!("  {}  {text}", at + 1)))
            );
        }
        (Some(number), texts) => number.checked_sub(1).and_then(|at| texts.get(at)).ok_or_else(|| {
            Failure::new(Exit::NotFound, format!("the log has {} texts on what came of it", texts.len()))
        })?,
    };
    let line: String = chosen.as_str().lines().next().unwrap_or_default().chars().take(Title::MOST).collect();
    let title = Title::new(&line).map_err(|wrong| Failure::caused(Exit::Refused, &wrong))?;
    let whole = title.as_str() == chosen.as_str();
    let note = NoteBody { text: (*chosen).clone(), source: None };
    Ok((title, if whole { Vec::new() } else { vec![note] }))
}

/// Outcomes: what came and when, and below it how it is shown and what it is worth. Titles are told whole.
fn all_outcomes(all: &[OutcomeView], out: &mut Renderer) {
    for outcome in all {
        let head = format!("{:<12}", date(outcome.date.as_ref()));
        out.hanging((Style::Plain, &head), Style::Strong, outcome.title.as_str());
        let value = outcome.value.as_ref().map(|value| grouped(&value.to_string()));
        let facts = [Some(words(outcome.kind.as_str())), value, Some(outcome.evidence.as_str().to_owned())];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        out.paragraph(12, style(outcome.evidence.as_str()), &facts.join(", "));
    }
    if all.is_empty() {
        out.paragraph(0, Style::Faint, "None.");
    }
}

fn style(evidence: &str) -> Style {
    match evidence {
        "verified" | "documented" => Style::Good,
        "disputed" => Style::Watch,
        "withdrawn" => Style::Faint,
        _ => Style::Plain,
    }
}

fn details(outcome: &OutcomeView, out: &mut Renderer) {
    let OutcomeView {
        id,
        revision: _,
        kind,
        title,
        value,
        date: when,
        evidence,
        steps,
        attribution,
        partnerships,
        engagements,
        agreements,
        action_points,
        practices,
        same_as,
        source,
        notes,
    } = outcome;
    out.heading(title.as_str());
    out.fact("id", &id.to_string());
    out.fact("kind", &words(kind.as_str()));
    if let Some(value) = value {
        out.fact("value", &grouped(&value.to_string()));
    }
    out.fact("when", &date(when.as_ref()));
    out.fact("evidence", evidence.as_str());
    for EvidenceChangeView { step, on, remark, evidence } in steps {
        let facts = [remark.as_ref().map(ToString::to_string), evidence.as_ref().map(|it| format!("[{it}]"))];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        out.fact("", &format!("{on}  {step}: {}", facts.join(" ")));
    }
    out.fact("doing", attribution.as_str());
    let cited = partnerships.iter().map(ToString::to_string);
    let cited = cited.chain(engagements.iter().map(ToString::to_string));
    let cited = cited.chain(agreements.iter().map(ToString::to_string));
    let cited = cited.chain(action_points.iter().map(ToString::to_string));
    for id in cited.chain(practices.iter().map(ToString::to_string)) {
        out.fact("cites", &id);
    }
    if let Some(SameOutcomeBody { programme, outcome }) = same_as {
        out.fact("same as", &format!("{outcome} of {programme}"));
    }
    if let Some(source) = source {
        out.fact("source", source.as_str());
    }
    for note in notes {
        out.fact("note", note.text.as_str());
    }
}

fn totals(answer: &OutcomeTotalsView, out: &mut Renderer) {
    let OutcomeTotalsView { as_of, totals, left_out, without_value, possible, counted_as } = answer;
    out.heading(&format!("Outcomes by {as_of}"));
    sums(totals, out);
    if !left_out.is_empty() {
        out.end_line();
        out.heading("In no total");
        sums(left_out, out);
    }
    for (number, what) in [
        (without_value.len(), "without a value"),
        (possible.len(), "perhaps of these days: their dates are not known well enough"),
        (counted_as.len(), "the same as another one, which is counted for both"),
    ] {
        if number > 0 {
            out.paragraph(0, Style::Faint, &format!("{number} {what}."));
        }
    }
}

fn sums(totals: &[OutcomeTotalView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::number("Sum"),
        Column::fixed("Evidence"),
        Column::fixed("Doing"),
        Column::number("Outcomes"),
    ])
    .indented(2);
    for total in totals {
        let too_large = || format!("{} (too large)", total.measure);
        table.row([
            total.sum.as_ref().map_or_else(too_large, |sum| grouped(&sum.to_string())).into(),
            Cell::styled(style(total.evidence.as_str()), total.evidence.as_str()),
            total.attribution.as_str().into(),
            total.outcomes.len().to_string().into(),
        ]);
    }
    table.render_or("  None.", out);
}
