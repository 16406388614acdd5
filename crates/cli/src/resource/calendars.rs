//! Calendars: the feeds that calendar programs fetch by a private link.

use clap::{Args, Subcommand};
use sister_cities_client::Versioned;
use sister_cities_client::api::calendar_feed::{
    CalendarFeedBody, CalendarFeedLinkView, CalendarFeedView, ListCalendarFeedsQuery,
};
use sister_cities_client::api::domain::calendar_feed::FeedSubjectKind;
use sister_cities_client::api::domain::id::CalendarFeedId;
use sister_cities_client::api::domain::value::Name;

use super::person;
use crate::args::{CalendarImport, QueryArgs, parameter};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::run::imports;
use crate::run::session::Session;
use crate::show::text::{Renderer, Style};
use crate::show::wording::words;

#[derive(Debug, Subcommand)]
pub(crate) enum CalendarsCommand {
    /// List the calendars that programs fetch by a private link
    List(QueryArgs<ListCalendarFeedsQuery>),
    /// Make a calendar that programs fetch by a private link, and show the link: now or never
    Add(CalendarAdd),
    /// Give a calendar a new link, and show it: now or never; the one before leads nowhere
    Link(CalendarNamed),
    /// Remove a calendar: its link leads nowhere
    Remove(CalendarNamed),
    /// Read in a calendar of somebody else as engagements of a partnership: say what would be done, and with --apply do it
    Import(CalendarImport),
}

#[derive(Args, Debug)]
pub(crate) struct CalendarNamed {
    /// Its id, cal_…
    #[arg(value_parser = parameter::<CalendarFeedId>)]
    calendar: CalendarFeedId,
}

#[derive(Args, Debug)]
pub(crate) struct CalendarAdd {
    #[arg(help = "Of what: programme, partnership, committee, person, due_work", value_parser = parameter::<FeedSubjectKind>)]
    subject: FeedSubjectKind,
    /// Which partnership, committee or person: its id, or a part of its name
    of: Option<String>,
    /// What the calendar is called; by default as what it is of
    #[arg(long, value_parser = parameter::<Name>)]
    name: Option<Name>,
}

/// Lists, makes, links and removes calendars.
pub(crate) async fn calendars(session: &Session, command: CalendarsCommand) -> Result<(), Failure> {
    let feeds = session.programme.calendar_feeds();
    match command {
        CalendarsCommand::List(list) => {
            let found = feeds.list(session.query(list).await?).all().await?;
            session.output.print(&found, |out| all(&found, out))
        }
        CalendarsCommand::Add(add) => {
            let made = feeds.create(body(session, add).await?).await?;
            link(session, &made).await
        }
        CalendarsCommand::Link(CalendarNamed { calendar }) => {
            let read = feeds.get(calendar).await?;
            link(session, &read).await
        }
        CalendarsCommand::Import(args) => imports::calendar(session, args).await,
        CalendarsCommand::Remove(CalendarNamed { calendar }) => {
            let read = feeds.get(calendar).await?;
            feeds.delete(&read).await?;
            session.output.print(&read.value, |out| {
                out.heading(&format!("The link of {} leads nowhere any more.", read.value.name));
            })
        }
    }
}

async fn link(session: &Session, feed: &Versioned<CalendarFeedView>) -> Result<(), Failure> {
    let linked: CalendarFeedLinkView = session.programme.calendar_feeds().link(feed).await?.value;
    session.output.print(&linked, |out| {
        out.heading(&format!("Calendar: {}", feed.value.name));
        out.fact("Link", &linked.path);
        out.fact("Id", &linked.id.to_string());
        let note = "Write the address of your server before the link, and subscribe to it in a calendar program. It is shown this once. Whoever has it \
                    reads the calendar, so keep it like a password.";
        out.paragraph(0, Style::Plain, note);
    })
}

async fn body(session: &Session, add: CalendarAdd) -> Result<CalendarFeedBody, Failure> {
    let CalendarAdd { subject, of, name } = add;
    let missing = |what: &str| {
        Failure::new(Exit::Usage, format!("say of which {what}: sister-cities calendars add {what} NAME"))
    };
    let (mut partnership, mut committee, mut of_person) = (None, None, None);
    let of = of.as_deref();
    let called = match subject {
        FeedSubjectKind::Partnership => {
            let found = session.partnership(of.ok_or_else(|| missing("partnership"))?).await?;
            partnership = Some(found.id);
            session.perspective.partners(&found.members)
        }
        FeedSubjectKind::Committee => {
            let found = session.committee(of.ok_or_else(|| missing("committee"))?).await?;
            committee = Some(found.id);
            found.name.to_string()
        }
        FeedSubjectKind::Person => {
            let found = person::find(session, of.ok_or_else(|| missing("person"))?).await?;
            of_person = Some(found);
            session.programme.persons().get(found).await?.value.name.to_string()
        }
        FeedSubjectKind::Programme | FeedSubjectKind::DueWork | _ => {
            if of.is_some() {
                let problem = format!("a calendar of {subject} is of no one thing: leave the name out");
                return Err(Failure::new(Exit::Usage, problem));
            }
            let programme = session.perspective.programme.name.to_string();
            if subject == FeedSubjectKind::DueWork { format!("{programme}: due") } else { programme }
        }
    };
    let name = match name {
        Some(name) => name,
        None => Name::new(&called).map_err(|error| Failure::new(Exit::Usage, error.to_string()))?,
    };
    Ok(CalendarFeedBody { subject, partnership, committee, person: of_person, name })
}

fn all(all: &[CalendarFeedView], out: &mut Renderer) {
    if all.is_empty() {
        out.paragraph(0, Style::Plain, "None.");
    }
    for it in all {
        let CalendarFeedView { id, revision: _, subject, partnership, committee, person, name, linked_at } =
            it;
        out.heading(&format!("{name} · {}", words(subject.as_str())));
        let about = [
            partnership.map(|id| id.to_string()),
            committee.map(|id| id.to_string()),
            person.map(|id| id.to_string()),
        ];
        if let Some(about) = about.into_iter().flatten().next() {
            out.fact("Of", &about);
        }
        match linked_at {
            Some(at) => out.fact("Link", &format!("made {}", at.format("%Y-%m-%d %H:%M UTC"))),
            None => out.fact("Link", "none yet"),
        }
        out.fact("Id", &id.to_string());
    }
}
