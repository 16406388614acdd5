//! Organisations on the command line.

use clap::{Args, Subcommand};
use sister_cities_client::api::domain::id::OrganisationId;
use sister_cities_client::api::domain::organisation::OrganisationKind;
use sister_cities_client::api::domain::value::{FreeText, Name, Source, WebAddress};
use sister_cities_client::api::organisation::{
    ListOrganisationsQuery, OrganisationBody, OrganisationView, RegisterIdBody,
};
use sister_cities_client::api::{PageLimit, RecordedQuery};

use super::editing::Cleared;
use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::names::{Named, find_named};
use crate::run::session::Session;
use crate::show::details::notes;
use crate::show::table::{Column, Table};
use crate::show::text::Renderer;
use crate::show::wording::words;

#[derive(Debug, Subcommand)]
pub(crate) enum OrganisationsCommand {
    /// List the organisations
    List(QueryArgs<ListOrganisationsQuery>),
    /// Show an organisation
    Show {
        /// Its id, org_…, or a part of its name
        organisation: String,
        #[command(flatten)]
        times: QueryArgs<RecordedQuery>,
    },
    /// Add an organisation
    Add(OrganisationAdd),
    /// Change what is known of an organisation; what is not given stays
    Edit(OrganisationEdit),
}

#[derive(Args, Debug)]
pub(crate) struct OrganisationAdd {
    /// What it calls itself, in its own script
    #[arg(value_parser = parameter::<Name>)]
    name: Name,
    /// What sort it is: municipality, association, school, company …
    #[arg(long, value_parser = parameter::<OrganisationKind>)]
    kind: OrganisationKind,
    #[command(flatten)]
    facts: OrganisationFacts,
}

#[derive(Args, Debug)]
pub(crate) struct OrganisationEdit {
    /// Its id, org_…, or a part of its name
    organisation: String,
    /// What it calls itself, in its own script
    #[arg(long, value_parser = parameter::<Name>)]
    name: Option<Name>,
    /// What sort it is: municipality, association, school, company …
    #[arg(long, value_parser = parameter::<OrganisationKind>)]
    kind: Option<OrganisationKind>,
    #[command(flatten)]
    facts: OrganisationFacts,
    /// A further remark
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    note: Option<FreeText>,
    /// Know this no more; give it several times
    #[arg(long, value_name = "FACT", value_parser = ["latin-name", "place", "parent", "website", "source", "note"])]
    clear: Vec<String>,
}

/// What may be known of an organisation.
#[derive(Args, Debug)]
#[group(skip)]
struct OrganisationFacts {
    /// The name in Latin letters
    #[arg(long, value_parser = parameter::<Name>)]
    latin_name: Option<Name>,
    /// Where it has its seat: the id of a place, or a name of it
    #[arg(long)]
    place: Option<String>,
    /// What it is part of: an id, org_…, or a part of a name
    #[arg(long)]
    parent: Option<String>,
    /// Its own page
    #[arg(long, value_name = "URL", value_parser = parameter::<WebAddress>)]
    website: Option<WebAddress>,
    /// Where all this is from
    #[arg(long, value_parser = parameter::<Source>)]
    source: Option<Source>,
}

/// Lists, shows, adds and changes organisations.
pub(crate) async fn run(session: &Session, command: OrganisationsCommand) -> Result<(), Failure> {
    let organisations = session.programme.organisations();
    match command {
        OrganisationsCommand::List(list) => {
            let all = organisations.list(session.query(list).await?).all().await?;
            session.output.print(&all, |out| table(&all, out))
        }
        OrganisationsCommand::Show { organisation, times } => {
            let id = find(session, &organisation).await?.id;
            let found = organisations.get(id).with_query(times.query()?).await?.value;
            session.output.print(&found, |out| details(&found, out))
        }
        OrganisationsCommand::Add(OrganisationAdd { name, kind, facts }) => {
            let body = facts.onto(session, &Cleared(Vec::new()), nothing_but(name, kind)).await?;
            let added = organisations.create(body).await?.value;
            session.output.print(&added, |out| details(&added, out))
        }
        OrganisationsCommand::Edit(edit) => {
            let read = organisations.get(find(session, &edit.organisation).await?.id).await?;
            let body = edited(session, edit, read.value.clone().into()).await?;
            let now = organisations.replace(&read, body).await?.value;
            session.output.print(&now, |out| details(&now, out))
        }
    }
}

async fn edited(
    session: &Session,
    edit: OrganisationEdit,
    before: OrganisationBody,
) -> Result<OrganisationBody, Failure> {
    let OrganisationEdit { organisation: _, name, kind, facts, note, clear } = edit;
    let cleared = Cleared(clear);
    let body = facts.onto(session, &cleared, before).await?;
    Ok(OrganisationBody {
        name: name.unwrap_or(body.name),
        kind: kind.unwrap_or(body.kind),
        notes: cleared.notes(note, body.notes),
        ..body
    })
}

impl OrganisationFacts {
    /// The organisation with what is given.
    async fn onto(
        self,
        session: &Session,
        cleared: &Cleared,
        before: OrganisationBody,
    ) -> Result<OrganisationBody, Failure> {
        let place = session.place_if_named(self.place.as_deref()).await?;
        let parent = find_if_named(session, self.parent.as_deref()).await?;
        Ok(OrganisationBody {
            latin_name: cleared.fact("latin-name", self.latin_name, before.latin_name),
            place: cleared.fact("place", place, before.place),
            parent: cleared.fact("parent", parent, before.parent),
            website: cleared.fact("website", self.website, before.website),
            source: cleared.fact("source", self.source, before.source),
            ..before
        })
    }
}

/// An organisation of which nothing is known but that.
fn nothing_but(name: Name, kind: OrganisationKind) -> OrganisationBody {
    OrganisationBody {
        name,
        latin_name: None,
        kind,
        place: None,
        parent: None,
        register_ids: Vec::new(),
        website: None,
        notes: Vec::new(),
        source: None,
    }
}

/// The organisation that `wanted` names: its id, or a part of its name.
pub(crate) async fn find(session: &Session, wanted: &str) -> Result<OrganisationView, Failure> {
    let organisations = session.programme.organisations();
    if let Ok(id) = wanted.parse::<OrganisationId>() {
        return Ok(organisations.get(id).await?.value);
    }
    let query = ListOrganisationsQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    let all = organisations.list(query).all().await?.into_iter().map(|one| Named {
        title: format!("{}  {}", one.id, one.name),
        names: std::iter::once(&one.name).chain(&one.latin_name).map(ToString::to_string).collect(),
        item: one,
    });
    find_named("organisation", wanted, all.collect())
}

/// The id of the organisation that is named, if one is.
pub(crate) async fn find_if_named(
    session: &Session,
    wanted: Option<&str>,
) -> Result<Option<OrganisationId>, Failure> {
    match wanted {
        Some(wanted) => Ok(Some(find(session, wanted).await?.id)),
        None => Ok(None),
    }
}

fn table(all: &[OrganisationView], out: &mut Renderer) {
    let mut table =
        Table::new([Column::words("Organisation", 16), Column::words("Sort", 8), Column::fixed("Id")]);
    for one in all {
        table.row([called(one).into(), words(one.kind.as_str()).into(), one.id.to_string().into()]);
    }
    table.render_or("None.", out);
}

/// The name, with the Latin one behind it.
fn called(one: &OrganisationView) -> String {
    one.latin_name.as_ref().map_or_else(|| one.name.to_string(), |latin| format!("{} ({latin})", one.name))
}

fn details(organisation: &OrganisationView, out: &mut Renderer) {
    let OrganisationView {
        id,
        revision,
        name: _,
        latin_name: _,
        kind,
        place,
        parent,
        register_ids,
        website,
        notes: remarks,
        source,
    } = organisation;
    out.heading(&called(organisation));
    out.fact("id", &id.to_string());
    out.fact("revision", &revision.to_string());
    out.fact("sort", &words(kind.as_str()));
    for (name, value) in [
        ("place", place.map(|id| id.to_string())),
        ("part of", parent.map(|id| id.to_string())),
        ("page", website.as_ref().map(ToString::to_string)),
        ("source", source.as_ref().map(ToString::to_string)),
    ] {
        if let Some(value) = value {
            out.fact(name, &value);
        }
    }
    for RegisterIdBody { scheme, value } in register_ids {
        out.fact(scheme.as_str(), value.as_str());
    }
    notes(remarks, out);
}
