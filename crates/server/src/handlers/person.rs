//! People.

use std::collections::BTreeSet;

use sister_cities_api::person::{
    AffiliationBody, ConsentBody, CreatePerson, DuplicateView, ENDPOINTS, EmailBody, GetPerson,
    KeepPersonsApart, ListDuplicatePersons, ListPersons, MergePerson, PersonBody, PersonPath, PersonView,
    PhoneBody, PostBody, ReadingBody, ReplacePerson, UnmergePerson,
};
use sister_cities_api::{Moment, Page, Word, path_and_query};
use sister_cities_app::AppError;
use sister_cities_app::person::MergedRecords;
use sister_cities_domain::id::{PersonId, ProgrammeId};
use sister_cities_domain::person::{
    Affiliation, Audience, Consent, DuplicatePair, Email, Entry, Person, Phone, Post, Reading,
};
use sister_cities_domain::value::{InvalidValue, NamedEnum};
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::{known, refused};
use crate::heavy::Weight;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_persons),
        serve(create_person),
        serve(get_person),
        serve(replace_person),
        serve(merge_person),
        serve(unmerge_person),
        serve(keep_persons_apart),
        serve(list_duplicate_persons).weighing(Weight::Report),
    ]
}

async fn list_persons(call: Call<ListPersons>) -> ApiResult<Answer<Page<PersonView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let asked = call.query.standing.is_some() || call.query.merged_into.is_some();
    let merged = if asked { MergedRecords::AsFiltered } else { MergedRecords::LeftOut };
    let (programme, listing) = (call.path.programme, call.listing()?);
    let (eyes, page) = call.app.list_persons(&call.caller, programme, listing, (merged, recorded_at)).await?;
    call.page(&page.items, page.next.as_ref(), |found| {
        PersonView::of(&found.value, found.revision.number(), eyes)
    })
}

async fn create_person(call: Call<CreatePerson>) -> ApiResult<Answer<PersonView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let person = person(call.body, PersonId::next(call.app.ids()), programme)?;
    let outcome = call.app.create_person(&call.caller, person, reply).await?;
    let path = |made: &Versioned<Person>| PersonPath { programme, person: made.value.id };
    Ok(Answer::created::<GetPerson, _>(outcome, view, path))
}

async fn get_person(call: Call<GetPerson>) -> ApiResult<Answer<PersonView>> {
    let how = (call.query.audience, call.query.recorded_at.map(Moment::instant));
    let (programme, id) = (call.path.programme, call.path.person);
    let found = call.app.get_person(&call.caller, programme, id, how).await;
    let (eyes, found) = found.map_err(|error| {
        let AppError::Moved { to: person, .. } = error else { return error.into() };
        ApiError::moved(path_and_query::<GetPerson>(&PersonPath { programme, person }, &call.query))
    })?;
    Ok(Answer::shown(&found, |found| PersonView::of(&found.value, found.revision.number(), eyes)))
}

async fn replace_person(call: Call<ReplacePerson>) -> ApiResult<Answer<PersonView>> {
    let revision = call.based_on()?;
    let person = person(call.body, call.path.person, call.path.programme)?;
    let now = call.app.replace_person(&call.caller, person, revision).await?;
    Ok(Answer::shown(&now, view))
}

async fn merge_person(call: Call<MergePerson>) -> ApiResult<Answer<PersonView>> {
    let standing = (call.path.person, call.based_on()?);
    let now = call.app.merge_person(&call.caller, call.path.programme, standing, call.body.person).await?;
    Ok(Answer::shown(&now, view))
}

async fn unmerge_person(call: Call<UnmergePerson>) -> ApiResult<Answer<PersonView>> {
    let standing = (call.path.person, call.based_on()?);
    let now = call.app.unmerge_person(&call.caller, call.path.programme, standing, call.body.person).await?;
    Ok(Answer::shown(&now, view))
}

async fn keep_persons_apart(call: Call<KeepPersonsApart>) -> ApiResult<Answer<PersonView>> {
    let one = (call.path.person, call.based_on()?);
    let now = call.app.keep_persons_apart(&call.caller, call.path.programme, one, call.body.person).await?;
    Ok(Answer::shown(&now, view))
}

async fn list_duplicate_persons(call: Call<ListDuplicatePersons>) -> ApiResult<Answer<Page<DuplicateView>>> {
    let found = call.app.find_duplicate_persons(&call.caller, call.path.programme).await?;
    let wanted = |pair: &DuplicatePair| {
        call.query.person.is_none_or(|person| [pair.first, pair.second].contains(&person))
            && call.query.certainty.is_none_or(|certainty| pair.certainty() == certainty)
    };
    // They are found anew for each page, the same in the same order, so that one is left where it ended.
    let after: Option<(PersonId, PersonId)> = call.decode_cursor(call.query.cursor.as_ref())?;
    let mut rest: Vec<_> = found.into_iter().filter(|(pair, _)| wanted(pair)).collect();
    if let Some(at) = rest.iter().position(|(pair, _)| Some((pair.first, pair.second)) == after) {
        rest.drain(..=at);
    }
    let limit = page_size(call.query.limit) as usize;
    let more = rest.len() > limit;
    rest.truncate(limit);
    let next = rest.last().filter(|_| more).map(|(pair, _)| (pair.first, pair.second));
    call.page(&rest, next.as_ref(), |(pair, [first_name, second_name])| DuplicateView {
        certainty: pair.certainty().into(),
        reasons: pair.reasons.iter().map(|reason| (*reason).into()).collect(),
        first: pair.first,
        first_name: first_name.clone(),
        second: pair.second,
        second_name: second_name.clone(),
    })
}

/// The person as the desk sees them, to which it is answered.
fn view(person: &Versioned<Person>) -> PersonView {
    PersonView::of(&person.value, person.revision.number(), Audience::Desk)
}

/// The person that a body describes.
fn person(body: PersonBody, id: PersonId, programme: ProgrammeId) -> ApiResult<Person> {
    let PersonBody {
        name,
        latin_name,
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
        notes,
        source,
    } = body;
    Ok(Person {
        id,
        programme,
        name,
        latin_name,
        other_names,
        pronunciation,
        form_of_address,
        emails: each(emails, "/emails", |EmailBody { address, label, shown_to }, at| {
            Ok(Entry { fact: Email { address: address.0 }, label, shown_to: audiences(&shown_to, at)? })
        })?,
        phones: each(phones, "/phones", |PhoneBody { number, label, shown_to }, at| {
            Ok(Entry { fact: Phone { number: number.0 }, label, shown_to: audiences(&shown_to, at)? })
        })?,
        posts: each(posts, "/posts", |PostBody { lines, country, label, shown_to }, at| {
            let fact = Post::new(lines, country).map_err(|error| refused(&format!("{at}/lines"), &error))?;
            Ok(Entry { fact, label, shown_to: audiences(&shown_to, at)? })
        })?,
        affiliations: each(affiliations, "/affiliations", affiliation)?,
        languages,
        zone: zone.map(|zone| zone.0),
        reading: reading.map(reads).transpose()?.filter(|reading| *reading != Reading::default()),
        shown_to: audiences(&shown_to, "")?,
        consents: each(consents, "/consents", consent)?,
        notes: notes.into_iter().map(Into::into).collect(),
        source,
        merged_into: None,
        absorbed: Vec::new(),
        kept_apart: BTreeSet::new(),
    })
}

/// Reads each of a list, at `pointer`.
fn each<B, T>(bodies: Vec<B>, pointer: &str, read: impl Fn(B, &str) -> ApiResult<T>) -> ApiResult<Vec<T>> {
    bodies.into_iter().enumerate().map(|(at, body)| read(body, &format!("{pointer}/{at}"))).collect()
}

fn reads(body: ReadingBody) -> ApiResult<Reading> {
    let ReadingBody { hours, rhythm, country, digests_refused } = body;
    let rhythm = rhythm.map(|rhythm| known(&rhythm, "/reading/rhythm")).transpose()?;
    Ok(Reading { hours, rhythm, country, digests_refused: digests_refused.unwrap_or_default() })
}

fn affiliation(body: AffiliationBody, at: &str) -> ApiResult<Entry<Affiliation>> {
    let AffiliationBody { organisation, name, position, label, shown_to } = body;
    let fact = Affiliation::new(organisation, name, position).map_err(|_| {
        let expected = "an organisation, its name or a position";
        ApiError::field(at, "says nothing", expected)
    })?;
    Ok(Entry { fact, label, shown_to: audiences(&shown_to, at)? })
}

fn consent(body: ConsentBody, at: &str) -> ApiResult<Consent> {
    let ConsentBody { audiences, facts, purpose, given_on, withdrawn_on, source, given_in } = body;
    let field = if facts.is_empty() { "facts" } else { "audiences" };
    let audiences = set(&audiences, &format!("{at}/audiences"))?;
    let facts = set(&facts, &format!("{at}/facts"))?;
    let consent = Consent::new(audiences, facts, purpose, (given_on, withdrawn_on), source);
    consent.map(|consent| consent.given_in_record(given_in)).map_err(|error| {
        let field = if matches!(error, InvalidValue::Empty) { field } else { "withdrawn_on" };
        refused(&format!("{at}/{field}"), &error)
    })
}

/// The audiences besides the desk, which sees everything, of a list under `at`.
fn audiences(shown_to: &[Word<Audience>], at: &str) -> ApiResult<BTreeSet<Audience>> {
    let mut audiences = set(shown_to, &format!("{at}/shown_to"))?;
    audiences.remove(&Audience::Desk);
    Ok(audiences)
}

fn set<T: NamedEnum + Ord>(words: &[Word<T>], pointer: &str) -> ApiResult<BTreeSet<T>> {
    words.iter().enumerate().map(|(at, word)| known(word, &format!("{pointer}/{at}"))).collect()
}
