//! Due work: what an officer opens in the morning, and what is said to it.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use sister_cities_client::api::domain::due::DueWhen;
use sister_cities_client::api::domain::id::DueId;
use sister_cities_client::api::domain::value::{FreeText, Name};
use sister_cities_client::api::due::{
    DueItemView, DueResponseView, FinishBody, HandBody, ListDueQuery, ListNextTouchesQuery, NextTouchView,
    SnoozeBody, TouchBecause,
};
use sister_cities_client::api::{PageLimit, ResponsibleBody, Word};

use super::{organisation, person};
use crate::args::{QueryArgs, parameter};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::run::session::Session;
use crate::show::responsible::Names;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::{Renderer, Style};
use crate::show::wording::Perspective;

/// What is due, or what is said to one of it.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct DueArgs {
    #[command(flatten)]
    query: QueryArgs<ListDueQuery>,
    #[command(subcommand)]
    command: Option<DueCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DueCommand {
    /// When each partnership is to be touched next, and by whom
    Touches,
    /// Put an item off: it comes back on that day
    Snooze {
        /// The item: its id, or the letters that the list shows at its end
        item: String,
        /// The day on which it comes back: one to come, within a year
        #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
        until: NaiveDate,
    },
    /// Hand an item to somebody else
    Hand(Hand),
    /// Say that an item was done, or needs not be done
    Done {
        /// The item: its id, or the letters that the list shows at its end
        item: String,
        /// What came of it
        #[arg(value_parser = parameter::<FreeText>)]
        remark: Option<FreeText>,
    },
}

/// To whom an item is handed; at least one is named.
#[derive(Args, Debug)]
pub(crate) struct Hand {
    /// The item: its id, or the letters that the list shows at its end
    item: String,
    /// The office, whoever holds it
    #[arg(long, required_unless_present_any = ["person", "committee", "organisation"], value_parser = parameter::<Name>)]
    office: Option<Name>,
    /// The person: the id, or a part of the name
    #[arg(long)]
    person: Option<String>,
    /// The committee: its id, or a part of its name
    #[arg(long)]
    committee: Option<String>,
    /// The organisation: its id, or a part of its name
    #[arg(long)]
    organisation: Option<String>,
}

/// Lists what is due, or says something to it.
pub(crate) async fn due(session: &Session, args: DueArgs) -> Result<(), Failure> {
    let due = session.programme.due();
    let said = match args.command {
        None => {
            let items = due.list(session.query(args.query).await?).all().await?;
            let escalated = items.iter().filter_map(|item| item.escalated.as_ref());
            let owners = items.iter().filter_map(|item| item.owner.as_ref());
            let names = Names::of(session, owners.chain(escalated.map(|step| &step.to))).await;
            return session.output.print(&items, |out| list(&session.perspective, &items, &names, out));
        }
        Some(DueCommand::Touches) => {
            let query = ListNextTouchesQuery { limit: Some(PageLimit::MOST), ..Default::default() };
            let touches = due.list_next_touches(query).all().await?;
            let names = Names::of(session, touches.iter().filter_map(|touch| touch.owner.as_ref())).await;
            let show = |out: &mut Renderer| next_touches(&session.perspective, &touches, &names, out);
            return session.output.print(&touches, show);
        }
        Some(DueCommand::Snooze { item, until }) => {
            due.snooze(the_item(session, &item).await?, SnoozeBody { until }).await?.value
        }
        Some(DueCommand::Hand(Hand { item, office, person, committee, organisation })) => {
            let committee = session.committee_if_named(committee.as_deref()).await?;
            let person = person::find_if_named(session, person.as_deref()).await?;
            let organisation = organisation::find_if_named(session, organisation.as_deref()).await?;
            let to = ResponsibleBody { person, office, committee, organisation };
            due.hand(the_item(session, &item).await?, HandBody { to }).await?.value
        }
        Some(DueCommand::Done { item, remark }) => {
            due.finish(the_item(session, &item).await?, FinishBody { remark }).await?.value
        }
    };
    let names = Names::of(session, said.handed_to.iter()).await;
    session.output.print(&said, |out| response(&said, &names, out))
}

/// The item that an id, or its last letters, name.
async fn the_item(session: &Session, wanted: &str) -> Result<DueId, Failure> {
    if let Ok(id) = wanted.parse() {
        return Ok(id);
    }
    let query = ListDueQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    let items = session.programme.due().list(query).all().await?;
    let named: Vec<&DueItemView> =
        items.iter().filter(|item| item.id.to_string().ends_with(wanted)).collect();
    match named.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Failure::new(Exit::NotFound, format!("nothing that is due ends with {wanted:?}"))
            .hint("`sister-cities due` shows the last letters of each id")),
        several => {
            let failure = Failure::new(Exit::NeedsPerson, format!("several items end with {wanted:?}"));
            Err(several
                .iter()
                .fold(failure, |failure, item| failure.hint(format!("{}  {}", item.id, item.reason))))
        }
    }
}

/// So many letters of an id are shown: enough to tell apart what is due in one office.
const LETTERS: usize = 6;

fn list(perspective: &Perspective, items: &[DueItemView], names: &Names, out: &mut Renderer) {
    out.heading(&format!("Due: {}", perspective.programme.name.as_str()));
    if items.is_empty() {
        out.paragraph(0, Style::Plain, "Nothing is due.");
    }
    for group in items.chunk_by(|one, other| one.when == other.when) {
        let Some(first) = group.first() else { continue };
        let (head, style) = match &first.when {
            Word::Known(DueWhen::Overdue) => ("Overdue", Style::Bad),
            Word::Known(DueWhen::ThisWeek) => ("This week", Style::Watch),
            Word::Known(DueWhen::ThisMonth) => ("This month", Style::Plain),
            Word::Known(_) | Word::Unrecognised(_) => ("Later", Style::Plain),
        };
        out.end_line();
        out.heading(&format!("{head} ({})", group.len()));
        for item in group {
            entry(item, style, names, out);
        }
    }
}

fn entry(item: &DueItemView, style: Style, names: &Names, out: &mut Renderer) {
    const UNDER: &str = "              ";
    out.hanging((style, &format!("  {}  ", item.due_on)), Style::Plain, &item.reason);
    out.hanging((Style::Plain, UNDER), Style::Plain, &format!("→ {}", item.what_to_do));
    let mut about = vec![names.responsible(item.owner.as_ref())];
    if let Some(escalated) = &item.escalated {
        about.push(format!("{} is told since {}", names.responsible(Some(&escalated.to)), escalated.since));
    }
    let id = item.id.to_string();
    about.push(format!("answer to {}", &id[id.len().saturating_sub(LETTERS)..]));
    out.hanging((Style::Plain, UNDER), Style::Faint, &about.join("; "));
}

fn next_touches(perspective: &Perspective, touches: &[NextTouchView], names: &Names, out: &mut Renderer) {
    out.heading(&format!("Next touches: {}", perspective.programme.name.as_str()));
    touch_table(perspective, touches, names).render(out);
}

/// The next touches as a table, in the order given.
pub(crate) fn touch_table(perspective: &Perspective, touches: &[NextTouchView], names: &Names) -> Table<4> {
    let mut table = Table::new([
        Column::fixed("Day"),
        Column::words("City", 8),
        Column::words("Because", 12),
        Column::words("Owner", 10),
    ]);
    for touch in touches {
        let because = match (&touch.because, &touch.kind) {
            (Word::Known(TouchBecause::Planned), _) => "an engagement is planned".to_owned(),
            (_, Some(kind)) => kind.as_str().replace('_', " "),
            (_, None) => "nothing is planned".to_owned(),
        };
        table.row([
            touch.on.to_string().into(),
            Cell::new(perspective.partners(&touch.members)),
            because.into(),
            names.responsible(touch.owner.as_ref()).into(),
        ]);
    }
    table
}

fn response(said: &DueResponseView, names: &Names, out: &mut Renderer) {
    out.heading(&format!("{}, due on {}", said.kind.as_str().replace('_', " "), said.due_on));
    if let Some(until) = said.snoozed_until {
        out.fact("Back on", &until.to_string());
    }
    if let Some(to) = &said.handed_to {
        out.fact("Handed to", &names.responsible(Some(to)));
    }
    if let Some(on) = said.done_on {
        let remark = said.remark.as_ref().map(|remark| format!(": {}", remark.as_str())).unwrap_or_default();
        out.fact("Done", &format!("{on}{remark}"));
    }
    out.fact("Id", &said.id.to_string());
}

#[cfg(test)]
mod tests;
