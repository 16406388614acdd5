//! Subscriptions: who is told of what, and how often.

use clap::{Args, Subcommand};
use sister_cities_client::api::domain::due::DueKind;
use sister_cities_client::api::domain::id::SubscriptionId;
use sister_cities_client::api::domain::notification::Rhythm;
use sister_cities_client::api::domain::value::FreeText;
use sister_cities_client::api::domain::webhook::EventPattern;
use sister_cities_client::api::subscription::{ListSubscriptionsQuery, SubscriptionBody, SubscriptionView};

use super::person;
use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::run::session::Session;
use crate::show::responsible::Names;
use crate::show::text::{Renderer, Style};
use crate::show::wording::words;

#[derive(Debug, Subcommand)]
pub(crate) enum SubscriptionsCommand {
    /// List who asked for more, or for less, than is told by default
    List(QueryArgs<ListSubscriptionsQuery>),
    /// Tell somebody of events or reminders, as often as they want; --rhythm never is what they do not want to be told
    Add(SubscriptionAdd),
    /// Remove a subscription: what is told by default holds again
    Remove {
        /// Its id, sub_…
        #[arg(value_parser = parameter::<SubscriptionId>)]
        subscription: SubscriptionId,
    },
}

#[derive(Args, Debug)]
pub(crate) struct SubscriptionAdd {
    /// Who is told: their id, per_…, or a part of their name
    person: String,
    /// An event such as partnership.suspended, or all of a kind: partnership.*; may be given several times
    #[arg(long = "event", value_name = "EVENT", required_unless_present = "reminders", value_parser = parameter::<EventPattern>)]
    events: Vec<EventPattern>,
    #[arg(long = "reminder", value_name = "KIND", help = "What is due, such as agreement_ending or no_chair; may be given several times", value_parser = parameter::<DueKind>)]
    reminders: Vec<DueKind>,
    /// Only what belongs to this partnership: its id, or the name of the partner city
    #[arg(long)]
    partnership: Option<String>,
    /// Only what belongs to this committee: its id, or a part of its name
    #[arg(long)]
    committee: Option<String>,
    #[arg(long, help = "How often: at_once, daily, weekly, never", value_parser = parameter::<Rhythm>)]
    rhythm: Rhythm,
    /// Why
    #[arg(long, value_parser = parameter::<FreeText>)]
    remark: Option<FreeText>,
}

/// Lists, adds and removes subscriptions.
pub(crate) async fn subscriptions(session: &Session, command: SubscriptionsCommand) -> Result<(), Failure> {
    let subscriptions = session.programme.subscriptions();
    match command {
        SubscriptionsCommand::List(list) => {
            let found = subscriptions.list(session.query(list).await?).all().await?;
            let names = names(session, &found).await?;
            session.output.print(&found, |out| all(&found, &names, out))
        }
        SubscriptionsCommand::Add(add) => {
            let made = subscriptions.create(body(session, add).await?).await?.value;
            let names = names(session, std::slice::from_ref(&made)).await?;
            session.output.print(&made, |out| entry(&made, &names, out))
        }
        SubscriptionsCommand::Remove { subscription } => {
            let read = subscriptions.get(subscription).await?;
            let names = names(session, std::slice::from_ref(&read.value)).await?;
            subscriptions.delete(&read).await?;
            session.output.print(&read.value, |out| {
                let person = names.people.named(&read.value.person);
                out.heading(&format!("{person} is told what is told by default again."));
            })
        }
    }
}

async fn body(session: &Session, add: SubscriptionAdd) -> Result<SubscriptionBody, Failure> {
    let SubscriptionAdd { person, events, reminders, partnership, committee, rhythm, remark } = add;
    let person = person::find(session, &person).await?;
    let partnership = session.partnership_if_named(partnership.as_deref()).await?;
    let committee = session.committee_if_named(committee.as_deref()).await?;
    Ok(SubscriptionBody { person, events, reminders, partnership, committee, rhythm, remark })
}

/// What people, partnerships and committees are called.
struct Called {
    people: Names,
    about: Vec<(String, String)>,
}

async fn names(session: &Session, all: &[SubscriptionView]) -> Result<Called, Failure> {
    let people = Names::of_records(session, all.iter().map(|it| it.person), std::iter::empty()).await;
    let mut about = Vec::new();
    for it in all {
        if let Some(partnership) = it.partnership {
            let found = session.partnership(&partnership.to_string()).await?;
            let name = session.perspective.partners(&found.members);
            about.push((partnership.to_string(), format!("the partnership with {name}")));
        }
        if let Some(committee) = it.committee {
            about.push((
                committee.to_string(),
                session.committee(&committee.to_string()).await?.name.to_string(),
            ));
        }
    }
    Ok(Called { people, about })
}

fn all(all: &[SubscriptionView], names: &Called, out: &mut Renderer) {
    if all.is_empty() {
        out.paragraph(0, Style::Plain, "None: everybody is told what is told by default.");
    }
    for it in all {
        entry(it, names, out);
    }
}

fn entry(it: &SubscriptionView, names: &Called, out: &mut Renderer) {
    let called = |id: String| {
        names.about.iter().find(|(known, _)| *known == id).map_or(id.clone(), |(_, name)| name.clone())
    };
    out.heading(&format!("{} · {}", names.people.named(&it.person), words(it.rhythm.as_str())));
    if !it.events.is_empty() {
        out.fact("Events", &it.events.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    }
    if !it.reminders.is_empty() {
        out.fact("Due", &it.reminders.iter().map(|kind| words(kind.as_str())).collect::<Vec<_>>().join(", "));
    }
    let about = it.partnership.map(|id| called(id.to_string()));
    let about: Vec<String> = about.into_iter().chain(it.committee.map(|id| called(id.to_string()))).collect();
    if !about.is_empty() {
        out.fact("Only of", &about.join(", "));
    }
    if let Some(remark) = &it.remark {
        out.fact("Remark", remark.as_str());
    }
    out.fact("Id", &it.id.to_string());
}
