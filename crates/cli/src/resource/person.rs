//! People on the command line.

mod editing;

use clap::{Args, Subcommand};
use sister_cities_client::api::domain::id::PersonId;
use sister_cities_client::api::domain::person::Audience;
use sister_cities_client::api::domain::privacy::Erasable;
use sister_cities_client::api::domain::value::{
    Country, EmailAddress, LanguageTag, Name, PhoneNumber, Source,
};
use sister_cities_client::api::person::{
    AffiliationBody, AudienceWord, ConsentBody, DuplicateView, EmailBody, KeepApartBody,
    ListDuplicatePersonsQuery, ListPersonsQuery, MergeBody, PersonBody, PersonQuery, PersonView, PhoneBody,
    PostBody, UnmergeBody,
};
use sister_cities_client::api::{AsText, PageLimit, TextForm as _, Word};

use self::editing::PersonEdit;
use super::organisation;
use super::reading::{ReadingArgs, in_words};
use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::names::{Named, find_named};
use crate::run::session::Session;
use crate::show::details::notes;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::{Renderer, Style};
use crate::show::wording::words;

#[derive(Debug, Subcommand)]
pub(crate) enum PersonsCommand {
    /// List the people, as the token may see them
    List(QueryArgs<ListPersonsQuery>),
    /// Show a person
    Show {
        /// The id, per_…, or a part of a name
        person: String,
        #[command(flatten)]
        query: QueryArgs<PersonQuery>,
    },
    /// Add a person, for the desk alone to see
    Add(PersonAdd),
    /// Change what is known of a person; what is not given stays
    Edit(Box<PersonEdit>),
    /// Say when and how often a person wants messages
    Reading {
        /// The id, per_…, or a part of a name
        person: String,
        #[command(flatten)]
        reading: ReadingArgs,
    },
    /// List pairs of records that may be of one person, with the reasons
    Duplicates(QueryArgs<ListDuplicatePersonsQuery>),
    /// Merge two records of one person; the old id leads to the one that stays
    Merge {
        /// The record that stays and stands for both: its id, per_…, or a part of a name
        person: String,
        /// The record that is merged into it: its id, per_…
        #[arg(value_parser = parameter::<PersonId>)]
        other: PersonId,
    },
    /// Say that two records that look alike are of two people, so that they are not listed as duplicates again
    KeepApart {
        /// One record: its id, per_…, or a part of a name
        person: String,
        /// The other: its id, per_…
        #[arg(value_parser = parameter::<PersonId>)]
        other: PersonId,
    },
    /// Take a record out again that was merged into another
    Unmerge {
        /// The record that stood for both: its id, per_…, or a part of a name
        person: String,
        /// The record that is to stand for itself again: its id, per_…
        #[arg(value_parser = parameter::<PersonId>)]
        other: PersonId,
    },
}

#[derive(Args, Debug)]
pub(crate) struct PersonAdd {
    /// The name, whole and in the person's own script
    #[arg(value_parser = parameter::<Name>)]
    name: Name,
    /// The same in Latin letters
    #[arg(long, value_parser = parameter::<Name>)]
    latin_name: Option<Name>,
    /// How they are addressed, such as "Frau Dr. Muster"
    #[arg(long, value_parser = parameter::<Name>)]
    form_of_address: Option<Name>,
    /// An e-mail address; give it several times, the first to be tried first
    #[arg(long = "email", value_name = "ADDRESS", value_parser = parameter::<EmailAddress>)]
    emails: Vec<EmailAddress>,
    /// A telephone number with its country, such as "+44 121 496 0000"; give it several times
    #[arg(long = "phone", value_name = "NUMBER", value_parser = parameter::<PhoneNumber>)]
    phones: Vec<PhoneNumber>,
    /// The organisation they work with: its id, org_…, or a part of its name
    #[arg(long)]
    organisation: Option<String>,
    /// What they are there
    #[arg(long, value_parser = parameter::<Name>)]
    position: Option<Name>,
    /// A language they can be written to in, such as uk; give it several times, the best first
    #[arg(long = "language", value_name = "TAG", value_parser = parameter::<LanguageTag>)]
    languages: Vec<LanguageTag>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Where all this is from
    #[arg(long, value_parser = parameter::<Source>)]
    source: Option<Source>,
}

/// Lists, shows and adds people.
pub(crate) async fn run(session: &Session, command: PersonsCommand) -> Result<(), Failure> {
    let persons = session.programme.persons();
    match command {
        PersonsCommand::List(list) => {
            let all = persons.list(session.query(list).await?).all().await?;
            session.output.print(&all, |out| table(&all, out))
        }
        PersonsCommand::Show { person, query } => {
            let id = find(session, &person).await?;
            let found = persons.get(id).with_query(query.query()?).await?.value;
            session.output.print(&found, |out| details(&found, out))
        }
        PersonsCommand::Add(add) => {
            let added = persons.create(body(session, add).await?).await?.value;
            session.output.print(&added, |out| details(&added, out))
        }
        PersonsCommand::Reading { person, reading } => {
            let read = persons.get(find(session, &person).await?).with_query(whole()).await?;
            let body = reading.replacing(read.value.clone());
            let now = persons.replace(&read, body).await?.value;
            session.output.print(&now, |out| details(&now, out))
        }
        PersonsCommand::Edit(edit) => {
            let read = persons.get(find(session, &edit.person).await?).with_query(whole()).await?;
            let body = edit.onto(read.value.clone().into());
            let now = persons.replace(&read, body).await?.value;
            session.output.print(&now, |out| details(&now, out))
        }
        PersonsCommand::Duplicates(args) => {
            let pairs = persons.list_duplicates(args.query()?).all().await?;
            session.output.print(&pairs, |out| duplicates(&pairs, out))
        }
        PersonsCommand::Merge { person, other } => {
            let read = persons.get(find(session, &person).await?).await?;
            let now = persons.merge(&read, MergeBody { person: other }).await?.value;
            session.output.print(&now, |out| details(&now, out))
        }
        PersonsCommand::KeepApart { person, other } => {
            let read = persons.get(find(session, &person).await?).await?;
            let now = persons.keep_apart(&read, KeepApartBody { person: other }).await?.value;
            session.output.print(&now, |out| details(&now, out))
        }
        PersonsCommand::Unmerge { person, other } => {
            let read = persons.get(find(session, &person).await?).await?;
            let now = persons.unmerge(&read, UnmergeBody { person: other }).await?.value;
            session.output.print(&now, |out| details(&now, out))
        }
    }
}

/// The desk's view is whole. Whoever may not see that would take away what is hidden from them.
fn whole() -> PersonQuery {
    PersonQuery { audience: Some(Audience::Desk), ..PersonQuery::default() }
}

/// The person that `wanted` names: the id, or a part of a name.
pub(crate) async fn find(session: &Session, wanted: &str) -> Result<PersonId, Failure> {
    if let Ok(id) = wanted.parse::<PersonId>() {
        return Ok(id);
    }
    let query = ListPersonsQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    let all = session.programme.persons().list(query).all().await?.into_iter().map(|one| Named {
        title: format!("{}  {}", one.id, called(&one)),
        names: std::iter::once(&one.name)
            .chain(&one.latin_name)
            .chain(&one.other_names)
            .map(ToString::to_string)
            .collect(),
        item: one.id,
    });
    find_named("person", wanted, all.collect())
}

/// The same, where somebody may be named and need not.
pub(crate) async fn find_if_named(
    session: &Session,
    wanted: Option<&str>,
) -> Result<Option<PersonId>, Failure> {
    match wanted {
        Some(wanted) => find(session, wanted).await.map(Some),
        None => Ok(None),
    }
}

async fn body(session: &Session, add: PersonAdd) -> Result<PersonBody, Failure> {
    let PersonAdd {
        name,
        latin_name,
        form_of_address,
        emails,
        phones,
        organisation,
        position,
        languages,
        reading,
        source,
    } = add;
    let organisation = match organisation {
        Some(wanted) => Some(organisation::find(session, &wanted).await?.id),
        None => None,
    };
    let has_affiliation = organisation.is_some() || position.is_some();
    let affiliation =
        AffiliationBody { organisation, name: None, position, label: None, shown_to: Vec::new() };
    let email =
        |address| EmailBody { address: AsText(Erasable::Kept(address)), label: None, shown_to: Vec::new() };
    let phone =
        |number| PhoneBody { number: AsText(Erasable::Kept(number)), label: None, shown_to: Vec::new() };
    Ok(PersonBody {
        name,
        latin_name,
        other_names: Vec::new(),
        pronunciation: None,
        form_of_address,
        emails: emails.into_iter().map(email).collect(),
        phones: phones.into_iter().map(phone).collect(),
        posts: Vec::new(),
        affiliations: has_affiliation.then_some(affiliation).into_iter().collect(),
        languages,
        zone: None,
        reading: reading.onto(None),
        shown_to: Vec::new(),
        consents: Vec::new(),
        notes: Vec::new(),
        source,
    })
}

fn table(all: &[PersonView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("Person", 14),
        Column::words("With", 10),
        Column::words("E-mail", 12),
        Column::fixed("Id"),
    ]);
    for person in all {
        let email = person.emails.first().map_or_else(Cell::none, |email| email.address.0.render().into());
        let with = person.affiliations.first().map_or_else(Cell::none, |one| affiliation(one).into());
        table.row([called(person).into(), with, email, person.id.to_string().into()]);
    }
    table.render_or("Nobody.", out);
}

/// Pairs that may be one person, each with how to merge them.
fn duplicates(pairs: &[DuplicateView], out: &mut Renderer) {
    for pair in pairs {
        let reasons: Vec<String> = pair.reasons.iter().map(|reason| words(reason.as_str())).collect();
        let names = format!("{} = {}?", pair.first_name, pair.second_name);
        out.paragraph(0, Style::Plain, &names);
        out.paragraph(2, Style::Faint, &format!("{}: {}", pair.certainty.as_str(), reasons.join(", ")));
        out.paragraph(2, Style::Faint, &format!("{} {}", pair.first, pair.second));
    }
    let last = match pairs {
        [] => "No two records look like one person.",
        [..] => {
            "Merge two by `persons merge ID OTHER-ID`; `persons unmerge` takes them apart again. If they \
             are two people, say so by `persons keep-apart ID OTHER-ID`."
        }
    };
    out.paragraph(0, Style::Faint, last);
}

/// The name, with the Latin one behind it.
pub(crate) fn called(person: &PersonView) -> String {
    let latin = person.latin_name.as_ref();
    latin.map_or_else(|| person.name.to_string(), |latin| format!("{} ({latin})", person.name))
}

fn affiliation(one: &AffiliationBody) -> String {
    let organisation = one.name.as_ref().map(ToString::to_string);
    let organisation = organisation.or_else(|| one.organisation.map(|id| id.to_string()));
    [one.position.as_ref().map(ToString::to_string), organisation]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn details(person: &PersonView, out: &mut Renderer) {
    let PersonView {
        id,
        revision,
        seen_by,
        name: _,
        latin_name: _,
        other_names,
        pronunciation,
        form_of_address,
        emails,
        phones,
        posts,
        affiliations,
        languages,
        zone,
        reading,
        shown_to,
        consents,
        notes: remarks,
        source,
        merged_into,
        absorbed,
        kept_apart,
    } = person;
    out.heading(&called(person));
    out.fact("id", &id.to_string());
    out.fact("revision", &revision.to_string());
    if *seen_by != Audience::Desk {
        out.fact("seen by", &words(seen_by.as_str()));
    }
    if let Some(other) = merged_into {
        out.fact("merged into", &other.to_string());
    }
    for other in absorbed {
        out.fact("stands for", &other.to_string());
    }
    for other in kept_apart {
        out.fact("is not", &other.to_string());
    }
    let languages: Vec<String> = languages.iter().map(ToString::to_string).collect();
    let others: Vec<&str> = other_names.iter().map(Name::as_str).collect();
    for (name, value) in [
        ("also called", others.join(", ")),
        ("said", pronunciation.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("address as", form_of_address.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("languages", languages.join(", ")),
        ("zone", zone.as_ref().map(|zone| zone.0.name().to_owned()).unwrap_or_default()),
        ("reads", reading.as_ref().map(in_words).unwrap_or_default()),
        ("shown to", audiences(shown_to)),
    ] {
        if !value.is_empty() {
            out.fact(name, &value);
        }
    }
    for EmailBody { address, label, shown_to } in emails {
        out.fact("e-mail", &entry(&address.0.render(), label.as_ref(), shown_to));
    }
    for PhoneBody { number, label, shown_to } in phones {
        out.fact("phone", &entry(&number.0.render(), label.as_ref(), shown_to));
    }
    for PostBody { lines, country, label, shown_to } in posts {
        let mut lines: Vec<&str> = lines.iter().map(Name::as_str).collect();
        lines.extend(country.map(Country::english_name));
        out.fact("post", &entry(&lines.join(", "), label.as_ref(), shown_to));
    }
    for one in affiliations {
        out.fact("works with", &entry(&affiliation(one), one.label.as_ref(), &one.shown_to));
    }
    for ConsentBody { audiences: to, facts, purpose, given_on, withdrawn_on, source, given_in } in consents {
        let facts: Vec<String> = facts.iter().map(|fact| words(fact.as_str())).collect();
        let from = given_in.map(|record| format!(", in {record}")).unwrap_or_default();
        let until = withdrawn_on.map(|day| format!(", withdrawn on {day}")).unwrap_or_default();
        let said = format!(
            "{} to {}, for: {purpose}; given {given_on}{from}{until} ({source})",
            facts.join(", "),
            audiences(to)
        );
        out.fact("consent", &said);
    }
    if let Some(source) = source {
        out.fact("source", source.as_str());
    }
    notes(remarks, out);
    if *seen_by != Audience::Desk {
        out.paragraph(0, Style::Faint, "What is not shown to them is left out.");
    }
}

fn entry(value: &str, label: Option<&Name>, shown_to: &[AudienceWord]) -> String {
    let label = label.map(|label| format!(" ({label})")).unwrap_or_default();
    let shown = if shown_to.is_empty() { String::new() } else { format!(" [{}]", audiences(shown_to)) };
    format!("{value}{label}{shown}")
}

fn audiences(all: &[Word<Audience>]) -> String {
    all.iter().map(|audience| words(audience.as_str())).collect::<Vec<_>>().join(", ")
}
