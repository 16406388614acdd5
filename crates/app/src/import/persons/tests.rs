//! An address book of another program and an office's own list come in, and nothing of them is lost.

use std::collections::HashSet;

use sister_cities_domain::id::{PlaceId, ProgrammeId, SeededIds};
use sister_cities_domain::import_run::{Answer, Choice, ImportContent, Mapping, Tally};
use sister_cities_domain::person::Person;
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::value::{Name, TextForm as _};
use sister_cities_gazetteer::Gazetteer;

use crate::import::draft::{Known, Snapshot};
use crate::import::plan::{Plan, Request, Silent, plan};
use crate::import::report::Outcome;

const BOOK: &[u8] = include_bytes!("../../../tests/data/address_book.vcf");

fn snapshot(persons: &[Person]) -> Snapshot {
    let ids = SeededIds::new(1);
    let programme = Programme {
        id: ProgrammeId::next(&ids),
        name: Name::new("Chicago").expect("a name"),
        host: PlaceId::next(&ids),
        kinds: KindCatalogue::standard(),
        policies: Policies::default(),
        language: "en".parse().expect("English"),
        currency: "USD".parse().expect("dollars"),
    };
    Snapshot {
        programme,
        places: Vec::new(),
        partnerships: Vec::new(),
        with_agreement: HashSet::new(),
        engagements: Vec::new(),
        persons: persons
            .iter()
            .map(|person| Known { value: Box::new(person.clone()), revision: 1 })
            .collect(),
    }
}

fn planned<'a>(bytes: &[u8], persons: &[Person], answers: &[Answer], ids: &'a SeededIds) -> Plan<'a> {
    let request = Request {
        content: ImportContent::Persons,
        bytes,
        file_name: Some("contacts"),
        mapping: &Mapping::default(),
        answers,
        today: "2026-11-30".parse().expect("a day"),
    };
    plan(&request, snapshot(persons), Gazetteer::embedded(), ids, &Silent).expect("a plan")
}

fn made(plan: &Plan<'_>) -> Vec<Person> {
    plan.draft.persons.values().map(|slot| (*slot.value).clone()).collect()
}

/// All that a record says, to look for what a file said.
fn said(person: &Person) -> String {
    serde_json::to_string(person).expect("JSON")
}

#[test]
fn an_address_book_comes_in_whole_and_what_has_no_place_is_kept_as_a_note_and_told() {
    let ids = SeededIds::new(7);
    let plan = planned(BOOK, &[], &[], &ids);
    assert_eq!(plan.tally(), Tally { create: 3, merge: 1, ..Tally::default() }, "{:#?}", plan.report().lines);
    let people = made(&plan);
    let text: String = people.iter().map(said).collect();
    for kept in [
        "Jörg Müller",
        "Dr. Jörg Müller",
        "joerg.mueller@example.org",
        "+492210000000",
        "phone: 0221 000 0001",
        "Speaks slowly",
        "X-SKYPE: joerg",
        "Iwanna Muster",
        "City Council, International Office",
        "Head of desk",
        "iwanna.muster@example.org",
        "+441214960000",
        "1 Example Street",
        "B1 1AA",
        "\"GB\"",
        "BDAY",
        "Иванна Мустер",
        "Iwanna Muster-Kowal",
        "Iwa",
        "Europe/Kyiv",
        "\"uk\"",
        "email: otto at example.org",
    ] {
        assert!(text.contains(kept), "{kept} is lost: {text}");
    }
    let iwanna = people.iter().find(|person| person.name.as_str() == "Iwanna Muster").expect("she is there");
    assert_eq!(iwanna.emails[0].label.as_ref().map(Name::as_str), Some("work"));
    assert!(iwanna.emails.iter().all(|email| email.shown_to.is_empty()), "for the desk alone");
    let report = serde_json::to_string(plan.report()).expect("JSON");
    for told in ["PHOTO: not kept", "PRODID", "kept as a note", "(not kept)"] {
        assert!(report.contains(told), "{told} is not told");
    }
    let again = planned(BOOK, &people, &[], &ids);
    assert!(again.changes_nothing(), "{:#?}", again.report().lines);
}

#[test]
fn an_offices_own_list_is_read_by_its_titles_and_who_is_not_sure_is_asked_about() {
    let ids = SeededIds::new(8);
    let list = "Nachname;Vorname;E-Mail;Telefon;Straße;PLZ;Ort;Firma;Funktion;Sprache;Bemerkungen\n\
                Muster;Anna;anna@example.org, a.muster@example.org;+49 30 000000;Weg 1;10115;Berlin;Chor;Leiterin;de;Singt\n\
                Muster;Anna;;;;;;Verein;;;\n";
    let list = list
        .replace(", a.muster", "; a.muster")
        .replace("anna@example.org; a.muster@example.org", "\"anna@example.org; a.muster@example.org\"");
    let plan = planned(list.as_bytes(), &[], &[], &ids);
    assert_eq!(plan.tally(), Tally { create: 1, needs_person: 1, ..Tally::default() });
    let people = made(&plan);
    assert_eq!(people[0].name.as_str(), "Anna Muster");
    assert_eq!((people[0].emails.len(), people[0].posts[0].fact.lines().len()), (2, 3));
    assert_eq!(people[0].phones[0].fact.number.render(), "+4930000000");
    let Outcome::NeedsPerson { questions } = &plan.report().lines[1].outcome else { panic!("not asked") };
    let key = questions[0].proposals[0].key.clone();
    assert_eq!(questions[0].proposals[0].reasons, ["same name"]);
    let choice = |choice| vec![Answer { line: 3, about: "name".to_owned(), choice }];
    let ids = SeededIds::new(8);
    let same = planned(list.as_bytes(), &[], &choice(Choice::Take(key)), &ids);
    assert_eq!(same.tally(), Tally { create: 1, merge: 1, ..Tally::default() });
    let ids = SeededIds::new(8);
    let other = planned(list.as_bytes(), &[], &choice(Choice::Take("another".to_owned())), &ids);
    assert_eq!(other.tally(), Tally { create: 2, ..Tally::default() });
    // The answer holds: nobody is asked about these two again.
    let two = made(&other);
    assert_eq!(two.iter().map(|one| one.kept_apart.len()).sum::<usize>(), 1);
    assert_eq!(sister_cities_domain::person::duplicates(&two), []);
}

#[test]
fn who_was_merged_is_found_as_whoever_stands_for_them() {
    let ids = SeededIds::new(9);
    let card =
        |name: &str, email: &str| format!("BEGIN:VCARD\nVERSION:4.0\nFN:{name}\nEMAIL:{email}\nEND:VCARD\n");
    let both = card("Anna Muster", "anna@example.org") + &card("Otto Beispiel", "otto@example.org");
    let mut people = made(&planned(both.as_bytes(), &[], &[], &ids));
    let into = people.pop().expect("two");
    let two = people.pop().expect("two").merged_into(into).expect("merged");
    let known = [two.merged, two.standing];
    let more =
        "BEGIN:VCARD\nVERSION:4.0\nFN:Anna Muster\nEMAIL:anna@example.org\nTEL:+4930000000\nEND:VCARD\n";
    let plan = planned(more.as_bytes(), &known, &[], &ids);
    let Outcome::Merge { record, adds } = &plan.report().lines[0].outcome else {
        panic!("{:?}", plan.report().lines[0])
    };
    assert_eq!((record.to_string(), adds.len()), (known[1].id.to_string(), 1));
}
