//! Roles: who is what, where, from when until when.

use clap::{ArgGroup, Args, Subcommand};
use sister_cities_client::api::domain::id::RoleId;
use sister_cities_client::api::domain::role::RoleFunction;
use sister_cities_client::api::domain::value::{FreeText, Name, PartialDate, Source};
use sister_cities_client::api::role::{EndRoleBody, ListRolesQuery, RoleBody, RoleView};
use sister_cities_client::api::{RecordQuery, ResponsibleBody};

use super::editing::Cleared;
use super::{organisation, person};
use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::run::session::Session;
use crate::show::responsible::Names;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::Renderer;
use crate::show::wording::date;

#[derive(Debug, Subcommand)]
pub(crate) enum RolesCommand {
    /// List roles, those that began last first
    List(QueryArgs<ListRolesQuery>),
    /// Show a role
    Show {
        /// Its id, rol_…
        #[arg(value_parser = parameter::<RoleId>)]
        role: RoleId,
        #[command(flatten)]
        times: QueryArgs<RecordQuery>,
    },
    /// Enter a role in a committee, an organisation or the administration of a place
    Add(RoleAdd),
    /// Change what is known of a role; what is not given stays
    Edit(RoleEdit),
    /// Remove a role that was entered by mistake
    Remove {
        /// Its id, rol_…
        #[arg(value_parser = parameter::<RoleId>)]
        role: RoleId,
    },
    /// End a role, and say who takes over what is still open
    End {
        /// Its id, rol_…
        #[arg(value_parser = parameter::<RoleId>)]
        role: RoleId,
        /// Its last day: 2008, 2008-06 or 2008-06-30
        #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
        on: PartialDate,
        /// The role that takes over, rol_…
        #[arg(long, value_name = "ROLE", conflicts_with = "orphaned", value_parser = parameter::<RoleId>)]
        successor: Option<RoleId>,
        /// Nobody takes over what is still open, and why
        #[arg(long, value_name = "WHY", value_parser = parameter::<FreeText>)]
        orphaned: Option<FreeText>,
    },
}

#[derive(Args, Debug)]
#[group(skip)]
#[command(group = ArgGroup::new("held_in").required(true).args(["committee", "organisation", "place"]))]
pub(crate) struct RoleAdd {
    /// What its holder is there: chair, member, mayor …
    #[arg(value_parser = parameter::<RoleFunction>)]
    function: RoleFunction,
    #[command(flatten)]
    facts: RoleFacts,
}

#[derive(Args, Debug)]
#[group(skip)]
#[command(group = ArgGroup::new("held_in").args(["committee", "organisation", "place"]))]
pub(crate) struct RoleEdit {
    /// Its id, rol_…
    #[arg(value_parser = parameter::<RoleId>)]
    role: RoleId,
    /// What its holder is there: chair, member, mayor …
    #[arg(long, value_parser = parameter::<RoleFunction>)]
    function: Option<RoleFunction>,
    #[command(flatten)]
    facts: RoleFacts,
    /// A further remark
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    note: Option<FreeText>,
    /// Know this no more; give it several times
    #[arg(long, value_name = "FACT", value_parser = ["person", "office", "from", "to", "term-end", "appointed-by", "fills-term-of", "source", "note"])]
    clear: Vec<String>,
}

/// What may be known of a role.
#[derive(Args, Debug)]
#[group(skip)]
struct RoleFacts {
    /// The committee in which it is held: its id, or a part of its name
    #[arg(long)]
    committee: Option<String>,
    /// The organisation in which it is held: its id, or a part of its name
    #[arg(long)]
    organisation: Option<String>,
    /// The place in whose administration it is held: its id, or a name of it
    #[arg(long)]
    place: Option<String>,
    /// Who holds it, if that is known: the id, or a part of the name
    #[arg(long)]
    person: Option<String>,
    /// What it is called, such as "Lord Mayor of Birmingham"
    #[arg(long, value_parser = parameter::<Name>)]
    office: Option<Name>,
    /// Since when: 2005, 2005-05 or 2005-05-24
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    from: Option<PartialDate>,
    /// Its last day, of one that is over
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    to: Option<PartialDate>,
    /// The last day of its term
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    term_end: Option<PartialDate>,
    /// Who appointed its holder
    #[arg(long, value_parser = parameter::<Name>)]
    appointed_by: Option<Name>,
    /// The role whose unexpired term it fills, rol_…
    #[arg(long, value_name = "ROLE", value_parser = parameter::<RoleId>)]
    fills_term_of: Option<RoleId>,
    /// Where the fact comes from
    #[arg(long, value_parser = parameter::<Source>)]
    source: Option<Source>,
}

/// Lists, shows, adds, changes, ends and removes roles.
pub(crate) async fn roles(session: &Session, command: RolesCommand) -> Result<(), Failure> {
    let roles = session.programme.roles();
    match command {
        RolesCommand::List(list) => {
            let found = roles.list(session.query(list).await?).all().await?;
            let names = names(session, &found).await;
            session.output.print(&found, |out| list_table(&found, &names, out))
        }
        RolesCommand::Show { role, times } => {
            show(session, &roles.get(role).with_query(times.query()?).await?.value).await
        }
        RolesCommand::Add(RoleAdd { function, facts }) => {
            let body = facts.onto(session, &Cleared(Vec::new()), nothing_but(function)).await?;
            show(session, &roles.create(body).await?.value).await
        }
        RolesCommand::Edit(RoleEdit { role, function, facts, note, clear }) => {
            let (read, cleared) = (roles.get(role).await?, Cleared(clear));
            let mut body = facts.onto(session, &cleared, read.value.clone().into()).await?;
            body.function = function.unwrap_or(body.function);
            body.notes = cleared.notes(note, body.notes);
            show(session, &roles.replace(&read, body).await?.value).await
        }
        RolesCommand::Remove { role } => {
            let read = roles.get(role).await?;
            roles.delete(&read).await?;
            session.output.print(&read.value, |out| out.heading(&format!("{role} is removed.")))
        }
        RolesCommand::End { role, on, successor, orphaned } => {
            let read = roles.get(role).await?;
            show(session, &roles.end(&read, EndRoleBody { on, successor, orphaned }).await?.value).await
        }
    }
}

impl RoleFacts {
    /// The role with what is given. It is held in one of three: one that is given is in place of what was known.
    async fn onto(self, session: &Session, cleared: &Cleared, before: RoleBody) -> Result<RoleBody, Failure> {
        let committee = session.committee_if_named(self.committee.as_deref()).await?;
        let organisation = organisation::find_if_named(session, self.organisation.as_deref()).await?;
        let held_in = (committee, organisation, session.place_if_named(self.place.as_deref()).await?);
        let (committee, organisation, place) = match held_in {
            (None, None, None) => (before.committee, before.organisation, before.place),
            elsewhere => elsewhere,
        };
        let person = person::find_if_named(session, self.person.as_deref()).await?;
        Ok(RoleBody {
            person: cleared.fact("person", person, before.person),
            committee,
            organisation,
            place,
            office: cleared.fact("office", self.office, before.office),
            from: cleared.fact("from", self.from, before.from),
            to: cleared.fact("to", self.to, before.to),
            term_end: cleared.fact("term-end", self.term_end, before.term_end),
            appointed_by: cleared.fact("appointed-by", self.appointed_by, before.appointed_by),
            fills_term_of: cleared.fact("fills-term-of", self.fills_term_of, before.fills_term_of),
            source: cleared.fact("source", self.source, before.source),
            ..before
        })
    }
}

/// A role of which nothing is known but that.
fn nothing_but(function: RoleFunction) -> RoleBody {
    RoleBody {
        person: None,
        committee: None,
        organisation: None,
        place: None,
        function,
        office: None,
        from: None,
        to: None,
        term_end: None,
        appointed_by: None,
        fills_term_of: None,
        source: None,
        notes: Vec::new(),
    }
}

async fn show(session: &Session, role: &RoleView) -> Result<(), Failure> {
    let names = names(session, std::slice::from_ref(role)).await;
    session.output.print(role, |out| render(role, &names, out))
}

/// What everybody and everything is called that these roles name.
pub(super) async fn names(session: &Session, roles: &[RoleView]) -> Names {
    let named: Vec<ResponsibleBody> = roles.iter().map(held_by_and_in).collect();
    let places = roles.iter().filter_map(|role| role.place);
    Names::of(session, named.iter()).await.with_places(session, places).await
}

/// Who holds a role, and in which committee or organisation.
const fn held_by_and_in(role: &RoleView) -> ResponsibleBody {
    ResponsibleBody {
        person: role.person,
        office: None,
        committee: role.committee,
        organisation: role.organisation,
    }
}

/// Where a role is held, by name: a committee, an organisation or a place.
fn held_in(role: &RoleView, names: &Names) -> Option<String> {
    let committee = role.committee.map(|id| names.named(&id));
    let organisation = role.organisation.map(|id| names.named(&id));
    committee.or(organisation).or(role.place.map(|id| names.named(&id)))
}

fn holder(role: &RoleView, names: &Names) -> String {
    role.person.map_or_else(|| "not known".to_owned(), |person| names.named(&person))
}

/// Roles wherever they are held, one line each.
fn list_table(all: &[RoleView], names: &Names, out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("Role", 12),
        Column::words("Where", 12),
        Column::fixed("From"),
        Column::fixed("To"),
        Column::fixed("Term ends"),
        Column::words("Who", 9),
    ]);
    for role in all {
        let called = role.office.as_ref().map_or_else(|| role.function.in_words(), ToString::to_string);
        table.row([
            called.into(),
            held_in(role, names).map_or_else(Cell::none, Cell::new),
            date(role.from.as_ref()).into(),
            date(role.to.as_ref()).into(),
            role.term_end.map_or_else(Cell::none, |end| end.to_string().into()),
            holder(role, names).into(),
        ]);
    }
    table.render_or("None.", out);
}

/// The roles of one committee, one line each.
pub(super) fn table(all: &[RoleView], names: &Names, out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("Function", 12),
        Column::words("Office", 10),
        Column::fixed("From"),
        Column::fixed("To"),
        Column::fixed("Term ends"),
        Column::words("Who", 10),
    ]);
    for role in all {
        table.row([
            role.function.in_words().into(),
            role.office.as_ref().map_or("", |office| office.as_str()).into(),
            date(role.from.as_ref()).into(),
            date(role.to.as_ref()).into(),
            role.term_end.map_or_else(Cell::none, |end| end.to_string().into()),
            holder(role, names).into(),
        ]);
    }
    table.render_or("None.", out);
}

fn render(role: &RoleView, names: &Names, out: &mut Renderer) {
    // Each field is named: one that is added must be shown, or be left out on purpose.
    let RoleView {
        id,
        revision: _,
        person: _,
        committee,
        organisation,
        place,
        function,
        office,
        from,
        to,
        term_end,
        appointed_by,
        fills_term_of,
        successor,
        orphaned,
        as_of,
        held,
        source,
        notes,
    } = role;
    let function = function.in_words();
    out.heading(office.as_ref().map_or(function.as_str(), |office| office.as_str()));
    let fact = |out: &mut Renderer, name: &str, value: Option<String>| {
        if let Some(value) = value {
            out.fact(name, &value);
        }
    };
    out.fact("id", &id.to_string());
    out.fact("function", &function);
    fact(out, "committee", committee.map(|id| names.named(&id)));
    fact(out, "in", organisation.map(|id| names.named(&id)));
    fact(out, "place", place.map(|id| names.named(&id)));
    fact(out, "held by", Some(holder(role, names)));
    fact(out, "since", from.map(|day| day.to_string()));
    fact(out, "until", to.map(|day| day.to_string()));
    fact(out, "term ends", term_end.map(|day| day.to_string()));
    fact(out, "appointed", appointed_by.as_ref().map(|by| format!("by {by}")));
    fact(out, "fills", fills_term_of.map(|id| format!("the unexpired term of {id}")));
    fact(out, "successor", successor.map(|id| id.to_string()));
    fact(out, "orphaned", orphaned.as_ref().map(ToString::to_string));
    if let (Some(day), Some(held)) = (as_of, held) {
        out.fact("held", &format!("{}, on {day}", held.as_str()));
    }
    fact(out, "source", source.as_ref().map(ToString::to_string));
    for note in notes {
        out.fact("note", note.text.as_str());
    }
}
