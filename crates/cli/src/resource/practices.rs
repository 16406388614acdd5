//! Practices: what a city does well enough that another may learn it, and on which topics cities meet.

mod editing;

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use sister_cities_client::api::domain::id::PracticeId;
use sister_cities_client::api::domain::practice::Topic;
use sister_cities_client::api::domain::value::{Name, Title};
use sister_cities_client::api::organisation::{ListOrganisationsQuery, OrganisationView};
use sister_cities_client::api::place::{ListPlacesQuery, PlaceView};
use sister_cities_client::api::practice::{
    ListPracticesQuery, OriginBody, PlaceOnTopicView, PracticeBody, PracticeCostBody, PracticeView,
    TopicsView,
};
use sister_cities_client::api::{PageLimit, RecordedQuery, ResponsibleBody};

use self::editing::{PracticeEdit, PracticeFacts};
use super::{organisation, person};
use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::names::{Named, find_named};
use crate::resource::editing::Cleared;
use crate::run::session::Session;
use crate::show::responsible::Names;
use crate::show::table::{Column, Table};
use crate::show::text::{Renderer, Style};
use crate::show::wording::{date, grouped, words};

#[derive(Debug, Subcommand)]
pub(crate) enum PracticesCommand {
    /// List the practices, those done since the latest date first
    List(QueryArgs<ListPracticesQuery>),
    /// Show a practice
    Show {
        /// Its id, prc_…, or a part of its title
        practice: String,
        #[command(flatten)]
        times: QueryArgs<RecordedQuery>,
    },
    /// Add a practice
    Add(Box<PracticeAdd>),
    /// Change what is known of a practice; what is not given stays
    Edit(Box<PracticeEdit>),
    /// Remove a practice
    Remove {
        /// Its id, prc_…, or a part of its title
        practice: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct PracticeAdd {
    /// What it is, in a line
    #[arg(value_parser = parameter::<Title>)]
    title: Title,
    /// The place whose practice it is: its id, or a name of it; the programme's own city unless given
    #[arg(long)]
    place: Option<String>,
    /// The organisation there that does it: its id, or a part of its name
    #[arg(long)]
    organisation: Option<String>,
    /// The office to ask, such as "Head of Employment"
    #[arg(long, value_parser = parameter::<Name>)]
    contact_office: Option<Name>,
    /// The person to ask: the id, or a part of the name
    #[arg(long)]
    contact_person: Option<String>,
    /// The organisation to ask: its id, or a part of its name
    #[arg(long)]
    contact_organisation: Option<String>,
    #[command(flatten)]
    facts: PracticeFacts,
}

/// Lists, shows and adds practices.
pub(crate) async fn practices(session: &Session, command: PracticesCommand) -> Result<(), Failure> {
    match command {
        PracticesCommand::List(list) => {
            let found = session.programme.practices().list(session.query(list).await?).all().await?;
            let names = names(session).await?;
            session.output.print(&found, |out| table(&found, &names, out))
        }
        PracticesCommand::Show { practice, times } => {
            let times = times.query()?;
            let id = practice_id(session, &practice).await?;
            let found = session.programme.practices().get(id).with_query(times).await?;
            show(session, &found.value).await
        }
        PracticesCommand::Add(add) => {
            let body = body(session, *add).await?;
            let made = session.programme.practices().create(body).await?;
            show(session, &made.value).await
        }
        PracticesCommand::Edit(edit) => {
            let practices = session.programme.practices();
            let read = practices.get(practice_id(session, &edit.practice).await?).await?;
            let body = edit.onto(read.value.clone().into());
            show(session, &practices.replace(&read, body).await?.value).await
        }
        PracticesCommand::Remove { practice } => {
            let practices = session.programme.practices();
            let read = practices.get(practice_id(session, &practice).await?).await?;
            practices.delete(&read).await?;
            session.output.print(&read.value, |out| out.heading(&format!("{} is removed.", read.title)))
        }
    }
}

/// On which topics cities meet.
pub(crate) async fn topics(session: &Session) -> Result<(), Failure> {
    let found = session.programme.list_topics().await?;
    session.output.print(&found, |out| on_topics(&found, out))
}

/// The practice that is meant: by its id, or by a part of its title.
pub(super) async fn practice_id(session: &Session, wanted: &str) -> Result<PracticeId, Failure> {
    if let Ok(id) = wanted.parse() {
        return Ok(id);
    }
    let query = ListPracticesQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    let all = session.programme.practices().list(query).all().await?;
    let named = all.into_iter().map(|one| Named {
        title: format!("{}  {}", one.id, one.title),
        names: vec![one.title.to_string()],
        item: one.id,
    });
    find_named("practice", wanted, named.collect())
}

/// What the places and organisations of the programme are called, by their ids.
pub(super) async fn names(session: &Session) -> Result<BTreeMap<String, String>, Failure> {
    let query = ListPlacesQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    let places: Vec<PlaceView> = session.programme.places().list(query).all().await?;
    let query = ListOrganisationsQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    let organisations: Vec<OrganisationView> = session.programme.organisations().list(query).all().await?;
    let places = places.into_iter().map(|place| (place.id.to_string(), place.display_name.to_string()));
    let organisations = organisations.into_iter().map(|one| (one.id.to_string(), one.name.to_string()));
    Ok(places.chain(organisations).collect())
}

async fn show(session: &Session, practice: &PracticeView) -> Result<(), Failure> {
    let (names, whom) = (names(session).await?, Names::of(session, practice.contact.iter()).await);
    session.output.print(practice, |out| details(practice, &names, &whom, out))
}

async fn body(session: &Session, add: PracticeAdd) -> Result<PracticeBody, Failure> {
    let PracticeAdd {
        title,
        place,
        organisation,
        contact_office,
        contact_person,
        contact_organisation,
        facts,
    } = add;
    let organisation = organisation::find_if_named(session, organisation.as_deref()).await?;
    let contact = ResponsibleBody {
        office: contact_office,
        person: person::find_if_named(session, contact_person.as_deref()).await?,
        organisation: organisation::find_if_named(session, contact_organisation.as_deref()).await?,
        ..Default::default()
    };
    let place = match place {
        Some(named) => session.place(&named).await?,
        None => session.perspective.programme.host,
    };
    let before = PracticeBody {
        title,
        problem: None,
        approach: None,
        evidence: None,
        cost: None,
        contact: (contact != ResponsibleBody::default()).then_some(contact),
        origin: OriginBody { place: Some(place), organisation },
        topics: Vec::new(),
        since: None,
        sources: Vec::new(),
        notes: Vec::new(),
    };
    Ok(facts.onto(&Cleared(Vec::new()), before))
}

/// Whose a practice is.
pub(super) fn origin(origin: &OriginBody, names: &BTreeMap<String, String>) -> String {
    let OriginBody { place, organisation } = origin;
    let both = organisation.map(|id| id.to_string()).into_iter().chain(place.map(|id| id.to_string()));
    both.map(|id| names.get(&id).cloned().unwrap_or(id)).collect::<Vec<_>>().join(", ")
}

/// Topics as people write them.
pub(super) fn topic_words(topics: &[Topic]) -> String {
    topics.iter().map(|topic| words(topic.as_str())).collect::<Vec<_>>().join(", ")
}

fn table(all: &[PracticeView], names: &BTreeMap<String, String>, out: &mut Renderer) {
    let columns = [
        Column::fixed("Since"),
        Column::words("Practice", 24),
        Column::words("Whose", 12),
        Column::words("About", 10),
    ];
    let mut table = Table::new(columns);
    for one in all {
        table.row([
            date(one.since.as_ref()).into(),
            one.title.as_str().into(),
            origin(&one.origin, names).into(),
            topic_words(&one.topics).into(),
        ]);
    }
    table.render_or("No practices.", out);
}

fn details(practice: &PracticeView, names: &BTreeMap<String, String>, whom: &Names, out: &mut Renderer) {
    let PracticeView {
        id,
        revision: _,
        title,
        problem,
        approach,
        evidence,
        cost,
        contact,
        origin,
        topics,
        since,
        sources,
        notes,
    } = practice;
    out.heading(title.as_str());
    out.fact("id", &id.to_string());
    out.fact("whose", &self::origin(origin, names));
    out.fact("since", &date(since.as_ref()));
    if !topics.is_empty() {
        out.fact("about", &topic_words(topics));
    }
    let facts = [("problem", problem), ("approach", approach), ("evidence", evidence)];
    for (name, text) in facts.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?))) {
        out.fact(name, text.as_str());
    }
    if let Some(PracticeCostBody { amount, words }) = cost {
        let amount = amount.as_ref().map(|amount| grouped(&amount.0.to_string()));
        let words = words.as_ref().map(ToString::to_string);
        out.fact("cost", &amount.into_iter().chain(words).collect::<Vec<_>>().join(", "));
    }
    if contact.is_some() {
        out.fact("ask", &whom.responsible(contact.as_ref()));
    }
    for source in sources {
        out.fact("source", source.as_str());
    }
    for note in notes {
        out.fact("note", note.text.as_str());
    }
}

fn on_topics(view: &TopicsView, out: &mut Renderer) {
    let (shared, alone): (Vec<_>, Vec<_>) = view.items.iter().partition(|topic| topic.places.len() > 1);
    for (heading, topics) in [("Challenges that several cities share", shared), ("One city alone", alone)] {
        if topics.is_empty() {
            continue;
        }
        out.heading(heading);
        for topic in topics {
            let mut on: Vec<String> = topic.places.iter().map(place_on_topic).collect();
            if topic.without_place > 0 {
                on.push(format!("no city ({})", number(topic.without_place, "practice")));
            }
            let head = format!("  {:<14}  ", words(topic.topic.as_str()));
            out.hanging((Style::Plain, &head), Style::Plain, &on.join("; "));
        }
    }
    if view.items.is_empty() {
        out.paragraph(0, Style::Faint, "No practice or adoption says what it is about.");
    }
}

/// `Birmingham (2 practices, 1 adoption)`.
fn place_on_topic(on: &PlaceOnTopicView) -> String {
    let counts = [(on.practices, "practice"), (on.adoptions, "adoption")];
    let counts: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| number(count, what)).collect();
    let name = on.name.as_ref().map_or_else(|| on.place.to_string(), ToString::to_string);
    format!("{name} ({})", counts.join(", "))
}

/// `1 practice`, `2 practices`.
pub(super) fn number(count: u32, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::show::text::width;

    const PLACE: &str = "plc_01h455vb4pex5vsknk084sn02q";

    fn shown(render: impl FnOnce(&mut Renderer)) -> String {
        let mut out = Renderer::PLAIN;
        render(&mut out);
        assert!(out.text.lines().all(|line| width(line) <= 80), "{}", out.text);
        out.text
    }

    #[test]
    fn a_practice_says_what_it_is_whose_and_whom_to_ask() {
        let practice = serde_json::from_value(json!({
            "id": "prc_01h455vb4pex5vsknk084sn02q", "revision": 1, "title": "One door for job seekers",
            "problem": "Five offices send people from one to the next, and half of them never arrive at the last.",
            "approach": "All five sit in one house.", "evidence": "1,000 found work in two years.",
            "cost": {"amount": "250000.00 GBP", "words": "a year, for one house"},
            "contact": {"office": "Head of Employment"}, "origin": {"place": PLACE},
            "topics": ["workforce", "social_work"], "since": "2004", "sources": ["Birmingham Post, June 2008"]
        }));
        let practice: PracticeView = practice.expect("as the wire has it");
        let names = BTreeMap::from([(PLACE.to_owned(), "Birmingham".to_owned())]);
        let text = shown(|out| {
            table(std::slice::from_ref(&practice), &names, out);
            out.end_line();
            details(&practice, &names, &Names::default(), out);
        });
        insta::assert_snapshot!("practice", text);
    }

    #[test]
    fn topics_say_which_cities_share_a_challenge() {
        let on = |name: &str, practices: u32, adoptions: u32| json!({"place": PLACE, "name": name, "practices": practices, "adoptions": adoptions});
        let view = serde_json::from_value(json!({"items": [
            {"topic": "workforce", "without_place": 0,
                "places": [on("Birmingham", 2, 0), on("Chicago", 1, 1), on("Milan", 0, 1), on("Casablanca", 1, 0)]},
            {"topic": "policing", "without_place": 1, "places": [on("Birmingham", 1, 0)]},
        ]}));
        let view = view.expect("as the wire has it");
        insta::assert_snapshot!("topics", shown(|out| on_topics(&view, out)));
    }
}
