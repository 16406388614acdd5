//! What a line says of a person. What cannot be used where it stands is kept as a remark, and the report says so.

use sister_cities_domain::id::{PersonId, ProgrammeId};
use sister_cities_domain::person::{Affiliation, Email, Entry, Person, Phone, Post};
use sister_cities_domain::privacy::Erasable;
use sister_cities_domain::value::{
    Country, EmailAddress, FreeText, InvalidValue, LanguageTag, Name, Note, PhoneNumber,
};

use crate::import::cells::fields::Field;
use crate::import::line::Line;

/// The name as the line has it, for reports.
pub(crate) fn name_as_written(line: &Line<'_>) -> String {
    let name = line.cell(Field::Name);
    if !name.is_empty() {
        return name;
    }
    let parts = [line.cell(Field::GivenName), line.cell(Field::FamilyName)];
    let named = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if named.is_empty() { "(no name)".to_owned() } else { named }
}

/// Reads the cells; none if there is no name.
pub(super) fn facts(line: &mut Line<'_>, id: PersonId, programme: ProgrammeId) -> Option<Person> {
    let mut left = Vec::new();
    let name = name(line)?;
    let mut person = Person::new(id, programme, name);
    person.latin_name = line.value(Field::LatinName, Name::new);
    for text in several(&line.cell(Field::OtherNames)) {
        keep(Name::new(&text), Field::OtherNames, &text, &mut left, |name| person.other_names.push(name));
    }
    person.pronunciation = line.value(Field::Pronunciation, Name::new);
    person.form_of_address = line.value(Field::FormOfAddress, Name::new);
    for text in several(&line.cell(Field::Email)) {
        let (value, label) = labelled(&text);
        keep(EmailAddress::new(bare(value)), Field::Email, &text, &mut left, |address| {
            if person.emails.iter().all(|known| known.fact.address.kept() != Some(&address)) {
                person.emails.push(entry(Email { address: Erasable::Kept(address) }, label));
            }
        });
    }
    for text in several(&line.cell(Field::Phone)) {
        let (value, label) = labelled(&text);
        keep(PhoneNumber::new(value), Field::Phone, &text, &mut left, |number| {
            if person.phones.iter().all(|known| known.fact.number.kept() != Some(&number)) {
                person.phones.push(entry(Phone { number: Erasable::Kept(number) }, label));
            }
        });
    }
    for text in line.cell(Field::Post).split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
        let (value, label) = labelled(text);
        keep(post(value), Field::Post, text, &mut left, |post| person.posts.push(entry(post, label)));
    }
    affiliations(line, &mut person, &mut left);
    for text in line.cell(Field::Languages).split([',', ';', '\n', ' ']).filter(|text| !text.is_empty()) {
        keep(text.parse::<LanguageTag>(), Field::Languages, text, &mut left, |language| {
            if !person.languages.contains(&language) {
                person.languages.push(language);
            }
        });
    }
    let zone = line.cell(Field::Zone);
    if !zone.is_empty() {
        let read =
            zone.parse().map_err(|_| InvalidValue::unknown(&zone, "an IANA time zone such as Europe/Kyiv"));
        keep(read, Field::Zone, &zone, &mut left, |zone| person.zone = Some(zone));
    }
    let own = line.cell(Field::Notes);
    let own = own.split("\n\n").map(str::to_owned).filter(|text| !text.trim().is_empty());
    let mut notes: Vec<FreeText> = Vec::new();
    for text in own.chain(left.iter().map(|left| left.note.clone())) {
        match FreeText::new(&text) {
            Ok(text) => notes.push(text),
            Err(error) => line.findings.remark(format!("a note was not kept, as it {error}: {text:?}")),
        }
    }
    for Left { remark, .. } in left {
        line.findings.remark(remark);
    }
    person.notes = notes.into_iter().map(|text| Note { text, source: None }).collect();
    person.source = Some(line.source());
    line.findings.is_clear().then_some(person)
}

fn name(line: &mut Line<'_>) -> Option<Name> {
    let written = name_as_written(line);
    let whole = if line.cell(Field::Name).is_empty() && line.cell(Field::FamilyName).is_empty() {
        line.cell(Field::GivenName)
    } else {
        written
    };
    // A card of an organisation has its name instead of one.
    let text = if whole.is_empty() { String::new() } else { whole };
    match Name::new(&text) {
        Ok(name) => Some(name),
        Err(InvalidValue::Empty) => {
            line.problem(Field::Name, "is empty", "what the person is called");
            None
        }
        Err(error) => {
            line.problem(Field::Name, &error, error.expected());
            None
        }
    }
}

/// Something that could not be used where it stands.
struct Left {
    note: String,
    remark: String,
}

fn keep<T>(
    read: Result<T, InvalidValue>,
    field: Field,
    text: &str,
    left: &mut Vec<Left>,
    with: impl FnOnce(T),
) {
    match read {
        Ok(value) => with(value),
        Err(InvalidValue::Empty) => {}
        Err(error) => left.push(Left {
            note: format!("{field}: {text}"),
            remark: format!("{field}: {error}; kept as a note, as it is not {}", error.expected()),
        }),
    }
}

fn entry<T>(fact: T, label: Option<&str>) -> Entry<T> {
    Entry { label: label.and_then(|label| Name::new(label).ok()), ..Entry::desk_only(fact) }
}

/// The values of a cell that holds several.
fn several(cell: &str) -> Vec<String> {
    cell.split(['\n', ';']).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// A value and the label in brackets behind it: words, not the part of a number.
fn labelled(text: &str) -> (&str, Option<&str>) {
    let label = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match label {
        Some((value, label)) if label.chars().any(char::is_alphabetic) && !value.trim().is_empty() => {
            (value.trim(), Some(label.trim()))
        }
        Some(_) | None => (text.trim(), None),
    }
}

/// The address in `Anna Muster <anna@example.org>` and `mailto:anna@example.org`.
fn bare(text: &str) -> &str {
    let inner =
        text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(text, |(address, _)| address);
    inner.trim().trim_start_matches("mailto:")
}

fn post(text: &str) -> Result<Post, InvalidValue> {
    let mut lines = Vec::new();
    for line in several(text) {
        lines.push(Name::new(&line)?);
    }
    // A country at the end, by its code or its English name.
    let country = lines.last().and_then(|last: &Name| {
        let code = last.as_str().parse::<Country>().ok();
        code.or_else(|| {
            Country::all().find(|country| country.english_name().eq_ignore_ascii_case(last.as_str()))
        })
    });
    if country.is_some() && lines.len() > 1 {
        lines.pop();
        return Post::new(lines, country);
    }
    Post::new(lines, None)
}

fn affiliations(line: &Line<'_>, person: &mut Person, left: &mut Vec<Left>) {
    let mut position = None;
    let text = line.cell(Field::Position);
    for (at, text) in several(&text).iter().enumerate() {
        if at == 0 {
            keep(Name::new(text), Field::Position, text, left, |name| position = Some(name));
        } else {
            left.push(Left {
                note: format!("position: {text}"),
                remark: format!("position: {text:?} kept as a note"),
            });
        }
    }
    let organisations = line.cell(Field::Organisations);
    for text in several(&organisations) {
        let mut named = None;
        keep(Name::new(&text), Field::Organisations, &text, left, |name| named = Some(name));
        if let Ok(one) = Affiliation::new(None, named, position.take()) {
            person.affiliations.push(Entry::desk_only(one));
        }
    }
    if let Ok(one) = Affiliation::new(None, None, position) {
        person.affiliations.push(Entry::desk_only(one));
    }
}
