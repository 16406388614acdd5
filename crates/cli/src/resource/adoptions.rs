//! Adoptions: who learned what from whom, how far they are, and did it work.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use sister_cities_client::api::domain::id::{AdoptionId, ShareId};
use sister_cities_client::api::domain::practice::{AdoptionState, AdoptionStep, Topic, Verdict};
use sister_cities_client::api::domain::value::{FreeText, Name, PartialDate, Source};
use sister_cities_client::api::practice::{
    AdoptionBody, AdoptionStepBody, AdoptionView, AdoptionViewOfShared, LearningView, ListAdoptionsQuery,
    OriginBody, PartyView, StepTakenView,
};
use sister_cities_client::api::{PageLimit, RecordedQuery, Word};

use super::organisation;
use super::practices::{names, number, origin, practice_id, topic_words};
use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::names::{Named, find_named};
use crate::run::session::Session;
use crate::show::text::{Renderer, Style};
use crate::show::wording::{date, words};

#[derive(Debug, Subcommand)]
pub(crate) enum AdoptionsCommand {
    /// List the adoptions, those with the latest step first
    List(QueryArgs<ListAdoptionsQuery>),
    /// Show an adoption with its steps
    Show {
        /// Its id, ado_…, or a part of the practice's title
        adoption: String,
        #[command(flatten)]
        times: QueryArgs<RecordedQuery>,
    },
    /// Enter that a practice was offered to a city
    Add(AdoptionAdd),
    /// Take a step: understand, adapt, put to use, evaluate; or abandon
    Step(StepArgs),
    /// Remove an adoption
    Remove {
        /// Its id, ado_…, or a part of the practice's title
        adoption: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct AdoptionAdd {
    /// The practice: its id, prc_…, a part of its title, or what another programme shares of one, shr_…
    practice: String,
    /// The place that adopts it: its id, or a name of it; the programme's own city unless given
    #[arg(long, value_name = "PLACE")]
    by: Option<String>,
    /// The organisation there that does it, if it is not the city itself: its id, or a part of its name
    #[arg(long)]
    organisation: Option<String>,
    /// The place from which it was learnt; whose practice it is unless given
    #[arg(long, value_name = "PLACE")]
    from: Option<String>,
    /// The organisation there from which it was learnt: its id, or a part of its name
    #[arg(long, value_name = "ORGANISATION", requires = "from")]
    from_organisation: Option<String>,
    /// The partnership through which it came: its id, or the name of the partner city
    #[arg(long)]
    partnership: Option<String>,
    /// What it is about; what the practice is about unless given
    #[arg(long = "topic", value_name = "TOPIC", value_parser = parameter::<Topic>)]
    topics: Vec<Topic>,
    /// When it was offered: 2008, 2008-06 or 2008-06-04
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    offered_on: Option<PartialDate>,
    /// Where the fact comes from; give it several times
    #[arg(long = "source", value_name = "SOURCE", value_parser = parameter::<Source>)]
    sources: Vec<Source>,
}

/// What the help shows in the place of a step and of a verdict: the words as they are typed.
const STEPS: &str = "understand|adapt|put_to_use|evaluate|abandon";
const VERDICTS: &str = "worked|worked_in_part|did_not_work";

#[derive(Args, Debug)]
pub(crate) struct StepArgs {
    /// The adoption: its id, ado_…, or a part of the practice's title
    adoption: String,
    /// The step that was taken
    #[arg(value_name = STEPS, value_parser = parameter::<AdoptionStep>)]
    step: AdoptionStep,
    /// When: 2009, 2009-06 or 2009-06-04
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    on: Option<PartialDate>,
    /// What there is to say of it
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    remark: Option<FreeText>,
    /// What shows it; needed with evaluate
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    evidence: Option<FreeText>,
    /// With evaluate: whether it worked
    #[arg(long, value_name = VERDICTS, value_parser = parameter::<Verdict>)]
    verdict: Option<Verdict>,
    /// With abandon: why
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    reason: Option<FreeText>,
}

/// Lists, shows and adds adoptions, and takes their steps.
pub(crate) async fn adoptions(session: &Session, command: AdoptionsCommand) -> Result<(), Failure> {
    let adoptions = session.programme.adoptions();
    match command {
        AdoptionsCommand::List(list) => learning(session, list).await,
        AdoptionsCommand::Show { adoption, times } => {
            let times = times.query()?;
            let id = adoption_id(session, &adoption).await?;
            show(session, &adoptions.get(id).with_query(times).await?.value).await
        }
        AdoptionsCommand::Add(add) => {
            let body = body(session, add).await?;
            show(session, &adoptions.create(body).await?.value).await
        }
        AdoptionsCommand::Step(StepArgs { adoption, step, on, remark, evidence, verdict, reason }) => {
            let read = adoptions.get(adoption_id(session, &adoption).await?).await?;
            let body = AdoptionStepBody { step, on, remark, evidence, verdict, reason };
            show(session, &adoptions.take_step(&read, body).await?.value).await
        }
        AdoptionsCommand::Remove { adoption } => {
            let read = adoptions.get(adoption_id(session, &adoption).await?).await?;
            adoptions.delete(&read).await?;
            session.output.print(&read.value, |out| out.heading(&format!("{} is removed.", read.id)))
        }
    }
}

/// Who learned what from whom, and did it work.
pub(crate) async fn learning(session: &Session, args: QueryArgs<ListAdoptionsQuery>) -> Result<(), Failure> {
    let all = session.programme.list_learning(session.query(args).await?).all().await?;
    session.output.print(&all, |out| all_learned(&all, out))
}

async fn adoption_id(session: &Session, wanted: &str) -> Result<AdoptionId, Failure> {
    if let Ok(id) = wanted.parse() {
        return Ok(id);
    }
    let query = ListAdoptionsQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    let all = session.programme.list_learning(query).all().await?;
    let named = all.iter().map(|one| Named {
        title: format!("{}  {}: {}", one.adoption, party(&one.by), title(one)),
        names: vec![title(one).to_owned(), format!("{}: {}", party(&one.by), title(one))],
        item: one.adoption,
    });
    find_named("adoption", wanted, named.collect())
}

async fn show(session: &Session, adoption: &AdoptionView) -> Result<(), Failure> {
    let names = names(session).await?;
    let own = match adoption.practice {
        Some(practice) => Some(session.programme.practices().get(practice).await?.value.title.to_string()),
        None => None,
    };
    session.output.print(adoption, |out| details(adoption, own.as_deref(), &names, out))
}

async fn body(session: &Session, add: AdoptionAdd) -> Result<AdoptionBody, Failure> {
    let AdoptionAdd {
        practice,
        by,
        organisation,
        from,
        from_organisation,
        partnership,
        topics,
        offered_on,
        sources,
    } = add;
    let organisation = organisation::find_if_named(session, organisation.as_deref()).await?;
    let teacher = organisation::find_if_named(session, from_organisation.as_deref()).await?;
    let share = practice.parse::<ShareId>().ok();
    let practice = match share {
        Some(_) => None,
        None => Some(practice_id(session, &practice).await?),
    };
    let by = match by {
        Some(named) => session.place(&named).await?,
        None => session.perspective.programme.host,
    };
    let learnt_from = match from {
        Some(named) => Some(OriginBody { place: Some(session.place(&named).await?), organisation: teacher }),
        None => None,
    };
    let partnership = session.partnership_if_named(partnership.as_deref()).await?;
    Ok(AdoptionBody {
        practice,
        share,
        by,
        organisation,
        partnership,
        learnt_from,
        topics,
        offered_on,
        sources,
        notes: Vec::new(),
    })
}

fn details(adoption: &AdoptionView, own: Option<&str>, names: &BTreeMap<String, String>, out: &mut Renderer) {
    let AdoptionView {
        id,
        revision: _,
        practice: _,
        shared,
        by,
        organisation,
        partnership: _,
        learnt_from,
        topics,
        state,
        since: _,
        verdict,
        offered_on,
        steps,
        sources,
        notes,
    } = adoption;
    let title = shared.as_ref().map(|shared| shared.title.as_str()).or(own).unwrap_or("–");
    out.heading(title);
    out.fact("id", &id.to_string());
    let by = OriginBody { place: Some(*by), organisation: *organisation };
    out.fact("by", &origin(&by, names));
    if let Some(from) = learnt_from {
        out.fact("from", &origin(from, names));
    }
    if let Some(AdoptionViewOfShared { share: _, peer: _, shared_by, title: _, origin, since }) = shared {
        let whose = [&origin.organisation, &origin.place].into_iter().flatten();
        let whose = whose.map(ToString::to_string).collect::<Vec<_>>().join(", ");
        out.fact("whose", &format!("{whose}, since {}, shared by {shared_by}", date(since.as_ref())));
    }
    if !topics.is_empty() {
        out.fact("about", &topic_words(topics));
    }
    let verdict =
        verdict.as_ref().map_or_else(String::new, |verdict| format!(": {}", words(verdict.as_str())));
    out.fact("now", &format!("{}{verdict}", words(state.as_str())));
    out.fact("offered", &date(offered_on.as_ref()));
    for StepTakenView { step, on, remark, evidence, verdict, reason } in steps {
        let said = [verdict.as_ref().map(|verdict| words(verdict.as_str()))];
        let texts = [reason, evidence, remark].map(|text| text.as_ref().map(ToString::to_string));
        let said: Vec<String> = said.into_iter().chain(texts).flatten().collect();
        let colon = if said.is_empty() { "" } else { ": " };
        let head = format!("  {:<12}", date(on.as_ref()));
        let said = format!("{}{colon}{}", words(step.as_str()), said.join("; "));
        out.hanging((Style::Faint, &head), Style::Plain, &said);
    }
    for source in sources {
        out.fact("source", source.as_str());
    }
    for note in notes {
        out.fact("note", note.text.as_str());
    }
}

fn all_learned(all: &[LearningView], out: &mut Renderer) {
    for one in all {
        learned(one, out);
    }
    if all.is_empty() {
        out.paragraph(0, Style::Faint, "Nobody is on record as having learned anything from anybody.");
        return;
    }
    let judged = |verdict: Verdict| all.iter().filter(|one| one.verdict == Some(verdict.into())).count();
    let given_up = all.iter().filter(|one| one.state == AdoptionState::Abandoned).count();
    let evaluated = all.iter().filter(|one| one.state == AdoptionState::Evaluated).count();
    let number_of_all = number(u32::try_from(all.len()).unwrap_or(u32::MAX), "adoption");
    let sum = format!(
        "{number_of_all}: {} worked, {} in part, {} did not; {} under way, {given_up} given up.",
        judged(Verdict::Worked),
        judged(Verdict::WorkedInPart),
        judged(Verdict::DidNotWork),
        all.len() - evaluated - given_up,
    );
    out.paragraph(0, Style::Faint, &sum);
}

/// What was learnt through a partnership or in the whole programme, the latest few, as a part of a larger page.
pub(crate) fn some_learned(all: &[LearningView], most: usize, out: &mut Renderer) {
    if all.is_empty() {
        return;
    }
    out.end_line();
    out.heading("Learned from each other");
    for one in all.iter().take(most) {
        let by = party(&one.by);
        let from = one.learnt_from.as_ref().map_or_else(String::new, |from| format!(" from {}", party(from)));
        let (style, became) = became(one);
        out.paragraph(2, Style::Plain, &format!("{}: {by}{from}.", title(one)));
        out.paragraph(4, style, &became);
    }
    if all.len() > most {
        let more = format!("And {} more: `sister-cities learning`.", all.len() - most);
        out.paragraph(2, Style::Faint, &more);
    }
}

/// What was learnt, then who learned it from whom, and what became of it, in sentences.
fn learned(one: &LearningView, out: &mut Renderer) {
    let about =
        if one.topics.is_empty() { String::new() } else { format!(" ({})", topic_words(&one.topics)) };
    out.paragraph(0, Style::Strong, &format!("{}{about}", title(one)));
    let by = party(&one.by);
    let teacher = one.learnt_from.as_ref().map(party);
    let whose = one.origin.as_ref().map(party);
    let mut who = match &teacher {
        Some(teacher) => format!("{by} learned it from {teacher}"),
        None => format!("{by} learned it, from whom is not recorded"),
    };
    if let Some(whose) = whose.filter(|whose| teacher.as_ref() != Some(whose)) {
        who.push_str("; a practice of ");
        who.push_str(&whose);
    }
    if let Some(since) = &one.practised_since {
        who.push_str(", done there since ");
        who.push_str(&since.to_string());
    }
    if let Some(shared_by) = &one.shared_by {
        who.push_str(", shared by ");
        who.push_str(shared_by.as_str());
    }
    out.paragraph(2, Style::Plain, &format!("{who}."));
    let (style, became) = became(one);
    out.paragraph(2, style, &became);
    out.end_line();
}

/// How far it is and whether it worked.
fn became(one: &LearningView) -> (Style, String) {
    let since = |word: &str| one.since.as_ref().map_or_else(String::new, |since| format!(" {word} {since}"));
    let evidence = one.evidence.as_ref().map_or_else(String::new, |evidence| format!(" {evidence}"));
    match &one.state {
        Word::Known(AdoptionState::Offered) => {
            (Style::Watch, format!("Offered{}; nothing came of it yet.", since("in")))
        }
        Word::Known(AdoptionState::Understood) => {
            (Style::Plain, format!("Understood{}.{evidence}", since("in")))
        }
        Word::Known(AdoptionState::Adapting) => {
            (Style::Plain, format!("Being adapted{}.{evidence}", since("since")))
        }
        Word::Known(AdoptionState::InUse) => {
            (Style::Plain, format!("In use{}, not yet evaluated.{evidence}", since("since")))
        }
        Word::Known(AdoptionState::Evaluated) => {
            let (style, verdict) = match one.verdict.as_ref().and_then(Word::known) {
                Some(Verdict::Worked) => (Style::Good, "it worked"),
                Some(Verdict::WorkedInPart) => (Style::Watch, "it worked in part"),
                Some(Verdict::DidNotWork) => (Style::Bad, "it did not work"),
                Some(_) | None => (Style::Plain, "with what verdict is not known"),
            };
            (style, format!("Evaluated{}: {verdict}.{evidence}", since("in")))
        }
        Word::Known(AdoptionState::Abandoned) => {
            let reason = one.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
            (Style::Faint, format!("Given up{}{reason}", since("in")))
        }
        other @ (Word::Known(_) | Word::Unrecognised(_)) => {
            (Style::Plain, format!("{}.", words(other.as_str())))
        }
    }
}

fn title(one: &LearningView) -> &str {
    one.title.as_ref().map_or("–", |title| title.as_str())
}

/// A place or organisation by its name: `Jobcentre Plus, Birmingham`.
fn party(party: &PartyView) -> String {
    let PartyView { place, name, country: _, organisation, organisation_name } = party;
    let called = |name: &Option<Name>, id: Option<String>| name.as_ref().map(ToString::to_string).or(id);
    let organisation = called(organisation_name, organisation.map(|id| id.to_string()));
    let place = called(name, place.map(|id| id.to_string()));
    organisation.into_iter().chain(place).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::show::text::width;

    const PLACE: &str = "plc_01h455vb4pex5vsknk084sn02q";

    fn shown(render: impl FnOnce(&mut Renderer)) -> String {
        let mut out = Renderer::PLAIN;
        render(&mut out);
        assert!(out.text.lines().all(|line| width(line) <= 80), "{}", out.text);
        out.text
    }

    fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
        serde_json::from_value(value).expect("as the wire has it")
    }

    #[test]
    fn learning_reads_as_who_learned_what_from_whom_and_did_it_work() {
        let learned = |more: Value| {
            let mut one = json!({
                "adoption": "ado_01h455vb4pex5vsknk084sn02q", "title": "One door for job seekers",
                "topics": ["workforce", "social_work"], "by": {"place": PLACE, "name": "Chicago", "country": "US"},
                "learnt_from": {"name": "Birmingham", "country": "GB"}, "origin": {"name": "Birmingham", "country": "GB"},
                "state": "in_use", "since": "2009",
            });
            one.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            one
        };
        let all: Vec<LearningView> = read(json!([
            learned(
                json!({"state": "evaluated", "since": "2011-03", "verdict": "worked_in_part", "practised_since": "2004",
                "evidence": "900 found work in the first year; after the second half of them still had it."})
            ),
            learned(json!({})),
            learned(
                json!({"title": "A social worker at each police station", "topics": ["policing"], "state": "abandoned",
                "reason": "The police found no rooms.", "since": "2010", "by": {"name": "Milan", "country": "IT"},
                "learnt_from": {"name": "Chicago", "country": "US"}, "origin": {"organisation_name": "Police", "name": "Galway"},
                "shared_by": "Galway International"})
            ),
            learned(json!({"state": "offered", "since": null, "learnt_from": null, "origin": null})),
        ]));
        insta::assert_snapshot!("learning", shown(|out| all_learned(&all, out)));
    }

    #[test]
    fn an_adoption_tells_its_steps_and_keeps_the_origin_of_what_was_shared() {
        let adoption: AdoptionView = read(json!({
            "id": "ado_01h455vb4pex5vsknk084sn02q", "revision": 4, "by": PLACE, "learnt_from": {"place": PLACE},
            "shared": {"share": "shr_01h455vb4pex5vsknk084sn02q", "peer": "prg_01h455vb4pex5vsknk084sn02q",
                "shared_by": "Birmingham International", "title": "One door for job seekers", "since": "2004",
                "origin": {"place": "Birmingham", "country": "GB", "organisation": "Jobcentre Plus"}},
            "topics": ["workforce"], "state": "evaluated", "since": "2011", "verdict": "worked", "offered_on": "2008-06",
            "steps": [
                {"step": "understand", "on": "2008-06-12", "evidence": "Two days in the house in Aston"},
                {"step": "adapt"}, {"step": "put_to_use", "on": "2009", "remark": "For one ward first"},
                {"step": "evaluate", "on": "2011", "verdict": "worked", "evidence": "A study of the university"}],
            "sources": ["The joint report"], "notes": []
        }));
        let names = BTreeMap::from([(PLACE.to_owned(), "Chicago".to_owned())]);
        insta::assert_snapshot!("adoption", shown(|out| details(&adoption, None, &names, out)));
    }
}
