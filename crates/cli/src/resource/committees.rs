//! Committees: who sees to a bond or a theme, who sits in them, and what is vacant.

mod editing;

use clap::{ArgGroup, Args, Subcommand};
use serde::Serialize;
use sister_cities_client::api::committee::{
    CommitteeBody, CommitteeView, ListCommitteesQuery, UnexpiredTermView, VacanciesView, VacantFunctionView,
};
use sister_cities_client::api::domain::role::RoleFunction;
use sister_cities_client::api::domain::value::Name;
use sister_cities_client::api::role::{ListRolesQuery, RoleView};
use sister_cities_client::api::{OrderWord, PageLimit, RecordQuery};

use self::editing::{CommitteeEdit, CommitteeFacts, edited};
use super::roles;
use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::resource::editing::Cleared;
use crate::run::session::Session;
use crate::show::responsible::Names;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::{Renderer, Style};
use crate::show::wording::{by_id, words};

#[derive(Debug, Subcommand)]
pub(crate) enum CommitteesCommand {
    /// List the committees, by name
    List(QueryArgs<ListCommitteesQuery>),
    /// Show a committee, who sits in it and what is vacant
    Show {
        /// Its id, cmt_…, or a part of its name
        committee: String,
        #[command(flatten)]
        times: QueryArgs<RecordQuery>,
    },
    /// Enter a committee of a bond or of a theme
    Add(CommitteeAdd),
    /// Change what is known of a committee; what is not given stays
    Edit(CommitteeEdit),
    /// Remove a committee that was entered by mistake
    Remove {
        /// Its id, cmt_…, or a part of its name
        committee: String,
    },
}

#[derive(Args, Debug)]
#[group(skip)]
#[command(group = ArgGroup::new("sees_to").required(true).args(["partnership", "theme"]))]
pub(crate) struct CommitteeAdd {
    /// What it is called
    #[arg(value_parser = parameter::<Name>)]
    name: Name,
    #[command(flatten)]
    facts: CommitteeFacts,
}

/// A committee with who sits in it and what is vacant.
#[derive(Serialize)]
struct CommitteeOn {
    committee: CommitteeView,
    roles: Vec<RoleView>,
    vacancies: VacanciesView,
}

/// Lists, shows, adds, changes and removes committees.
pub(crate) async fn committees(session: &Session, command: CommitteesCommand) -> Result<(), Failure> {
    match command {
        CommitteesCommand::List(list) => {
            let query = session.query(list).await?;
            let recorded = RecordQuery { as_of: None, recorded_at: query.recorded_at };
            let found = session.programme.committees().list(query).all().await?;
            let partnerships = by_id(session.partnerships_as_of(&recorded).await?);
            let partner = |it: &CommitteeView| {
                let partnership = it.partnership.and_then(|id| partnerships.get(&id));
                partnership.map(|one| session.perspective.partners(&one.members))
            };
            let rows: Vec<_> = found.iter().map(|it| (it, partner(it))).collect();
            session.output.print(&found, |out| render_list(&rows, out))
        }
        CommitteesCommand::Show { committee, times } => {
            let committee = session.committee(&committee).await?;
            show(session, committee, times.query()?).await
        }
        CommitteesCommand::Add(CommitteeAdd { name, facts }) => {
            let body = facts.onto(session, &Cleared(Vec::new()), nothing_but(name)).await?;
            let made = session.programme.committees().create(body).await?;
            show(session, made.value, RecordQuery::default()).await
        }
        CommitteesCommand::Edit(edit) => {
            let committees = session.programme.committees();
            let read = committees.get(session.committee(&edit.committee).await?.id).await?;
            let body = edited(session, edit, read.value.clone().into()).await?;
            show(session, committees.replace(&read, body).await?.value, RecordQuery::default()).await
        }
        CommitteesCommand::Remove { committee } => {
            let committees = session.programme.committees();
            let read = committees.get(session.committee(&committee).await?.id).await?;
            committees.delete(&read).await?;
            session.output.print(&read.value, |out| out.heading(&format!("{} is removed.", read.name)))
        }
    }
}

/// A committee of which nothing is known but that.
fn nothing_but(name: Name) -> CommitteeBody {
    CommitteeBody {
        name,
        partnership: None,
        theme: None,
        place: None,
        appointed_by: None,
        seats: None,
        term_months: None,
        functions: Vec::new(),
        from: None,
        to: None,
        source: None,
        notes: Vec::new(),
    }
}

async fn show(session: &Session, committee: CommitteeView, times: RecordQuery) -> Result<(), Failure> {
    let vacancies = session.programme.committees().get_vacancies(committee.id, times.clone()).await?;
    let query = ListRolesQuery {
        committee: Some(committee.id),
        as_of: Some(vacancies.as_of),
        recorded_at: times.recorded_at,
        order: Some(OrderWord::Ascending),
        limit: Some(PageLimit::MOST),
        ..Default::default()
    };
    let roles = session.programme.roles().list(query).all().await?;
    let partner = match committee.partnership {
        Some(id) => {
            let partnership = session.programme.partnerships().get(id).await?;
            Some(session.perspective.partners_in_full(&partnership.members))
        }
        None => None,
    };
    let names = roles::names(session, &roles).await;
    let shown = CommitteeOn { committee, roles, vacancies };
    session.output.print(&shown, |out| render(partner.as_deref(), &names, &shown, out))
}

fn render_list(all: &[(&CommitteeView, Option<String>)], out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("Committee", 16),
        Column::words("For", 8),
        Column::number("Seats"),
        Column::number("Term"),
        Column::words("Appointed by", 8),
    ]);
    for (committee, partner) in all {
        let theme = committee.theme.as_ref().map(|theme| words(theme.as_str()));
        let number = |number: Option<u32>| number.map_or_else(Cell::none, |number| number.to_string().into());
        table.row([
            committee.name.as_str().into(),
            partner.clone().or(theme).map_or_else(Cell::none, Cell::new),
            number(committee.seats),
            committee.term_months.map_or_else(Cell::none, |months| format!("{months} months").into()),
            committee.appointed_by.as_ref().map_or("", |by| by.as_str()).into(),
        ]);
    }
    table.render_or("None.", out);
}

fn render(partner: Option<&str>, names: &Names, shown: &CommitteeOn, out: &mut Renderer) {
    let CommitteeOn { committee, roles, vacancies } = shown;
    // Each field is named, here and below: one that is added must be shown, or be left out on purpose.
    let CommitteeView {
        id,
        revision: _,
        name,
        partnership: _,
        theme,
        place: _,
        appointed_by,
        seats,
        term_months,
        functions,
        from,
        to,
        source,
        notes,
    } = committee;
    out.heading(name.as_str());
    out.fact("id", &id.to_string());
    if let Some(partner) = partner {
        out.fact("bond", partner);
    }
    if let Some(theme) = theme {
        out.fact("theme", &words(theme.as_str()));
    }
    let dates = (from.map(|from| format!("since {from}")), to.map(|to| format!("until {to}")));
    if let (Some(since), Some(until)) = &dates {
        out.fact("existed", &format!("{since}, {until}"));
    } else if let (Some(one), None) | (None, Some(one)) = &dates {
        out.fact("existed", one);
    }
    if let Some(by) = appointed_by {
        out.fact("appointed", &format!("by {by}"));
    }
    if let Some(seats) = seats {
        out.fact("seats", &seats.to_string());
    }
    if let Some(months) = term_months {
        out.fact("term", &format!("{months} months"));
    }
    let required: Vec<String> = functions.iter().map(RoleFunction::in_words).collect();
    out.fact("must have", &required.join(", "));
    if let Some(source) = source {
        out.fact("source", source.as_str());
    }
    for note in notes {
        out.fact("note", note.text.as_str());
    }
    out.end_line();
    out.heading(&format!("Who sits in it on {}", vacancies.as_of));
    roles::table(roles, names, out);
    out.end_line();
    out.heading("Vacant");
    render_vacancies(vacancies, out);
}

/// What is vacant, one line each.
fn render_vacancies(vacancies: &VacanciesView, out: &mut Renderer) {
    let VacanciesView { as_of: _, vacant_seats, seats_since, functions, unexpired_terms, chair_overdue } =
        vacancies;
    let since = |day: &Option<chrono::NaiveDate>| {
        day.map_or_else(|| ", nobody knows since when".to_owned(), |day| format!(" since {day}"))
    };
    let line = |out: &mut Renderer, style, text: &str| out.hanging((style, "  "), style, text);
    if vacant_seats.is_none() && functions.is_empty() && unexpired_terms.is_empty() {
        out.paragraph(2, Style::Faint, "Nothing.");
    }
    for VacantFunctionView { function, since: day, rest_of } in functions {
        let overdue = *chair_overdue && *function == RoleFunction::Chair;
        let rest =
            rest_of.as_ref().map_or_else(String::new, |term| format!(", for the term to {}", term.until));
        let alarm = if overdue { "; for 60 days and more, so somebody must act" } else { "" };
        let style = if overdue { Style::Bad } else { Style::Watch };
        line(out, style, &format!("no {}{}{rest}{alarm}", function.in_words(), since(day)));
    }
    if let Some(vacant) = vacant_seats {
        let seats = if *vacant == 1 { "seat" } else { "seats" };
        line(out, Style::Plain, &format!("{vacant} {seats}{}", since(seats_since)));
    }
    for UnexpiredTermView { role: _, function, since, until } in unexpired_terms {
        let function = function.in_words();
        line(out, Style::Plain, &format!("the rest of a {function}'s term, from {since} to {until}"));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    const ID: &str = "01kdvt6g00cevxk7q9gfs0mhpb";

    fn shown(vacancies: Value) -> String {
        let committee = json!({
            "id": format!("cmt_{ID}"), "revision": 1, "name": "Birmingham Committee", "seats": 12, "term_months": 36,
            "partnership": format!("prt_{ID}"), "functions": ["chair", "business_co_chair"], "from": "1993",
            "appointed_by": "Mayor of Chicago",
        });
        let roles = json!([
            { "id": format!("rol_{ID}"), "revision": 1, "committee": format!("cmt_{ID}"), "function": "chair",
              "from": "2005", "term_end": "2008-12-31" },
            { "id": format!("rol_{ID}"), "revision": 1, "committee": format!("cmt_{ID}"), "function": "member",
              "office": "Head of Workforce Development of the City of Chicago", "from": "2007-04", "to": "2009" },
        ]);
        let shown = CommitteeOn {
            committee: from_value(committee).expect("a committee"),
            roles: from_value(roles).expect("roles"),
            vacancies: from_value(vacancies).expect("vacancies"),
        };
        let mut out = Renderer::PLAIN;
        render(Some("Birmingham, United Kingdom"), &Names::default(), &shown, &mut out);
        out.text
    }

    #[test]
    fn a_committee_is_shown_with_who_sits_in_it_and_what_is_vacant() {
        let rest = json!({ "role": format!("rol_{ID}"), "function": "business_co_chair", "since": "2008-01-01",
                           "until": "2009-12-31" });
        let shown = shown(json!({
            "as_of": "2008-06-02", "vacant_seats": 2, "seats_since": "2008-01-01", "chair_overdue": true,
            "functions": [
                { "function": "chair", "since": "2008-03-01" },
                { "function": "business_co_chair", "since": "2008-01-01", "rest_of": rest },
            ],
            "unexpired_terms": [rest],
        }));
        insta::assert_snapshot!(shown);
        assert!(shown.lines().all(|line| crate::show::text::width(line) <= 80));
    }

    #[test]
    fn where_nothing_is_vacant_it_is_said() {
        let shown = shown(json!({ "as_of": "2008-06-02", "chair_overdue": false }));
        assert!(shown.ends_with("Vacant\n  Nothing.\n"), "{shown}");
    }
}
