//! What a line of an address book comes to: a person, new or known already.

mod facts;
mod index;

use std::collections::BTreeSet;

use sister_cities_domain::id::{PersonId, RecordKind, RecordRef};
use sister_cities_domain::import_run::Choice;
use sister_cities_domain::person::{DuplicateCertainty, DuplicatePair, Entry, Person, duplicates};
use sister_cities_domain::value::TextForm as _;

use self::facts::facts;
pub(crate) use self::facts::name_as_written;
pub(crate) use self::index::PeopleIndex;
use super::cells::fields::Field;
use super::draft::Draft;
use super::line::{Line, LineResult};
use super::report::{Addition, Outcome, Proposal};

/// The answer that a person is none of those who are known.
const ANOTHER: &str = "another";

pub(crate) fn plan_line(line: &mut Line<'_>, draft: &mut Draft<'_>) -> LineResult {
    let id = PersonId::next(draft.ids);
    let Some(mut person) = facts(line, id, draft.programme.id) else { return LineResult::not_yet(line) };
    match known(line, draft, &person) {
        Ok(Known::Nobody) => create(draft, person, line.number),
        Ok(Known::KeptApart(from)) => {
            person.kept_apart = from;
            create(draft, person, line.number)
        }
        Ok(Known::As(known)) => merge(line, draft, known, &person),
        Err(Asked) => LineResult::not_yet(line),
    }
}

/// As whom a person of a line is known.
enum Known {
    /// Nobody known looks like them.
    Nobody,
    /// They look like some, and somebody said that they are none of these.
    KeptApart(BTreeSet<PersonId>),
    /// They have this record.
    As(PersonId),
}

/// A person must answer first; the findings hold the question.
struct Asked;

/// The record of the same person, if there is one. What looks alike and is not sure is asked about.
fn known(line: &mut Line<'_>, draft: &Draft<'_>, person: &Person) -> Result<Known, Asked> {
    let found = draft.people_like(person);
    let candidates: Vec<&Person> =
        found.iter().filter_map(|id| Some(&*draft.persons.get(id)?.value)).collect();
    let pairs: Vec<(PersonId, DuplicatePair)> = candidates
        .iter()
        .filter_map(|one| Some((one.id, duplicates([person, *one]).into_iter().next()?)))
        .collect();
    match line.answer(Field::Name) {
        Some(Choice::Take(key)) if key == ANOTHER => {
            return Ok(Known::KeptApart(pairs.iter().map(|(id, _)| *id).collect()));
        }
        Some(Choice::Take(key)) => {
            if let Some(taken) = candidates.iter().find(|one| one.id.to_string() == *key) {
                return Ok(Known::As(taken.id));
            }
        }
        Some(_) | None => {}
    }
    let mut sure = pairs.iter().filter(|(_, pair)| pair.certainty() == DuplicateCertainty::Likely);
    match (sure.next(), sure.next(), pairs.is_empty()) {
        (Some((id, _)), None, _) => return Ok(Known::As(*id)),
        (_, _, true) => return Ok(Known::Nobody),
        (_, _, false) => {}
    }
    let proposal = |(id, pair): &(PersonId, DuplicatePair)| {
        let one = draft.persons.get(id).map(|slot| slot.value.name.to_string()).unwrap_or_default();
        Proposal {
            key: id.to_string(),
            text: format!("it is {one}, who is known already"),
            reasons: pair.reasons.iter().map(|reason| reason.as_str().replace('_', " ")).collect(),
        }
    };
    let mut proposals: Vec<Proposal> = pairs.iter().map(proposal).collect();
    proposals.push(Proposal {
        key: ANOTHER.to_owned(),
        text: "it is somebody else".to_owned(),
        reasons: Vec::new(),
    });
    line.ask(Field::Name, format!("is {} somebody who is known already?", person.name), proposals);
    Err(Asked)
}

fn create(draft: &mut Draft<'_>, person: Person, line: u32) -> LineResult {
    let what = person.name.to_string();
    let record = RecordRef { kind: RecordKind::Person, id: person.id.uuid() };
    draft.add_person(person, line);
    LineResult { outcome: Outcome::Create { what }, records: vec![record] }
}

/// Adds to a record what the line knows beyond it.
fn merge(line: &Line<'_>, draft: &mut Draft<'_>, id: PersonId, new: &Person) -> LineResult {
    let record = RecordRef { kind: RecordKind::Person, id: id.uuid() };
    let Some(slot) = draft.persons.get(&id) else { return LineResult::not_yet(line) };
    let first_line = slot.line.filter(|first| *first < line.number);
    let mut person = (*slot.value).clone();
    let mut adds = Vec::new();
    let names: Vec<_> =
        new.names().filter(|name| !person.names().any(|known| known == *name)).cloned().collect();
    for name in names {
        adds.push(Addition::to(Field::OtherNames, name.as_str()));
        person.other_names.push(name);
    }
    let address = |entry: &Entry<_>| -> String { entry_text(entry) };
    for email in &new.emails {
        let text = address(email).to_lowercase();
        if person.emails.iter().all(|known| address(known).to_lowercase() != text) {
            adds.push(Addition::to(Field::Email, text));
            person.emails.push(email.clone());
        }
    }
    for phone in &new.phones {
        if person.phones.iter().all(|known| known.fact != phone.fact) {
            adds.push(Addition::to(Field::Phone, phone.fact.number.render()));
            person.phones.push(phone.clone());
        }
    }
    for post in &new.posts {
        if person.posts.iter().all(|known| known.fact != post.fact) {
            adds.push(Addition::to(Field::Post, post.fact.lines()[0].as_str()));
            person.posts.push(post.clone());
        }
    }
    for affiliation in &new.affiliations {
        if person.affiliations.iter().all(|known| known.fact != affiliation.fact) {
            let name = affiliation.fact.name().or(affiliation.fact.position());
            adds.push(Addition::to(Field::Organisations, name.map_or("", |name| name.as_str())));
            person.affiliations.push(affiliation.clone());
        }
    }
    for language in &new.languages {
        if !person.languages.contains(language) {
            adds.push(Addition::to(Field::Languages, language.to_string()));
            person.languages.push(language.clone());
        }
    }
    for note in &new.notes {
        if person.notes.iter().all(|known| known.text != note.text) {
            adds.push(Addition::to(Field::Notes, note.text.as_str()));
            person.notes.push(note.clone());
        }
    }
    for (field, own, theirs) in [
        (Field::LatinName, &mut person.latin_name, &new.latin_name),
        (Field::Pronunciation, &mut person.pronunciation, &new.pronunciation),
        (Field::FormOfAddress, &mut person.form_of_address, &new.form_of_address),
    ] {
        if let (None, Some(said)) = (&own, theirs) {
            adds.push(Addition::to(field, said.as_str()));
            own.clone_from(theirs);
        }
    }
    if let (None, Some(zone)) = (person.zone, new.zone) {
        adds.push(Addition::to(Field::Zone, zone.name()));
        person.zone = Some(zone);
    }
    if adds.is_empty() {
        return LineResult { outcome: Outcome::Same { record, first_line }, records: vec![record] };
    }
    draft.change_person(person, line.number);
    LineResult { outcome: Outcome::Merge { record, adds }, records: vec![record] }
}

fn entry_text(entry: &Entry<sister_cities_domain::person::Email>) -> String {
    entry.fact.address.render()
}

#[cfg(test)]
mod tests;
