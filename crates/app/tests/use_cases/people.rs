//! A person is known by two records, merged, and then erased: totals and journal stay whole, and nothing tells of them any more.

use std::sync::Arc;

use sister_cities_app::import::{NewImport, Silent, Trial};
use sister_cities_app::privacy::ErasureRun;
use sister_cities_app::{AppError, IdempotentReply};
use sister_cities_domain::access::Scope;
use sister_cities_domain::engagement::{Engagement, Organisation, Side};
use sister_cities_domain::import_run::{ImportContent, Mapping};
use sister_cities_domain::person::{Audience, Person};
use sister_cities_domain::value::FreeText;
use sister_cities_storage::erasure::realms;
use sister_cities_storage::{Content, Partition, Versioned};

use crate::harness::{Office, at, name, system};
use crate::stories;

stories! {
    a_person_of_an_address_book_is_merged_and_erased_and_no_canary_is_left;
    whoever_may_not_read_people_finds_nobody_who_is_not_shown_to_members;
}

/// What must be nowhere when the person is erased, in whatever way it was written.
const CANARIES: [&str; 8] =
    ["kanaria", "wróbel", "wr=c3=b3bel", "wrobel", "canary@", "9876543", "987 65 43", "perch lane 77"];

const BOOK: &str = "BEGIN:VCARD\nVERSION:3.0\nFN:Kanaria Wróbel\nN:Wróbel;Kanaria;;;\nEMAIL;TYPE=WORK:canary@example.org\n\
    TEL:+48 22 987 65 43\nADR;TYPE=HOME:;;Perch Lane 77;Warszawa;;;\nNOTE:Kanaria sings in the morning and in the evening.\nEND:VCARD\n\
    BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Kanaria Wr=C3=B3bel-Nowak\nTEL;CELL:022 987 65 43\nEMAIL:canary@example.com\nEND:VCARD\n\
    BEGIN:VCARD\nVERSION:4.0\nFN:Otto Beispiel\nEMAIL:otto@example.org\nEND:VCARD\n";

impl Office {
    pub(crate) async fn imports_people(&self, file: &str) {
        let request = NewImport {
            content: ImportContent::Persons,
            file: file.as_bytes().to_vec(),
            file_name: None,
            mapping: Mapping::default(),
        };
        let (app, programme) = (&self.app, self.programme);
        let run = app.upload_import(&system(), programme, request, IdempotentReply::NONE).await;
        let import = run.expect("an import").executed().expect("fresh").value.id;
        let (desk, silent) = (system(), || Arc::new(Silent));
        let reply = IdempotentReply::NONE;
        let tried = app.dry_run_import(&desk, programme, import, Trial::default(), silent(), reply).await;
        tried.expect("a dry run");
        let reply = IdempotentReply::NONE;
        let done = app.apply_import(&desk, programme, import, Vec::new(), silent(), reply).await;
        done.expect("an import");
    }

    pub(crate) async fn people(&self) -> Vec<Versioned<Person>> {
        self.app.database().programme(self.programme).all([]).await.expect("people")
    }

    /// Everything that is stored, in lower case.
    async fn everything(&self) -> String {
        let database = self.app.database();
        let mut all = String::new();
        for realm in realms(database).await.expect("realms") {
            for partition in Partition::all() {
                let mut after = None;
                loop {
                    let page =
                        database.store().stored_values(realm, partition, after, 100).await.expect("values");
                    let Some(last) = page.last() else { break };
                    after = Some(last.key.clone());
                    for value in &page {
                        match &value.content {
                            Content::Text(text) => all.push_str(text),
                            Content::Bytes(bytes) => all.push_str(&String::from_utf8_lossy(bytes)),
                            Content::Entry(entry) => all.extend([format!("{entry:?}")]),
                        }
                        all.push('\n');
                    }
                }
            }
        }
        all.to_lowercase()
    }
}

async fn a_person_of_an_address_book_is_merged_and_erased_and_no_canary_is_left(office: Office) {
    office.clock.set(at(2026, 11, 30));
    office.imports_people(BOOK).await;
    let people = office.people().await;
    assert_eq!(people.len(), 3);
    let [one, two] = ["Kanaria Wróbel", "Kanaria Wróbel-Nowak"]
        .map(|called| people.iter().find(|found| found.value.name.as_str() == called).expect(called).clone());
    let (app, programme) = (&office.app, office.programme);
    let merged = app.merge_person(&system(), programme, (one.value.id, one.revision), two.value.id).await;
    assert_eq!(merged.expect("merged").value.emails.len(), 2);
    let bond = office.sister("Lucerne", "1998").await.partnership.value.id();
    let visit = Engagement {
        organisations: vec![Organisation {
            representatives: vec![name("Kanaria Wróbel")],
            ..Organisation::named(name("Choir"), Side::Counterpart)
        }],
        outcomes: vec![FreeText::new("Write to canary@example.org").expect("text")],
        ..office.new_visit(bond, "2026-05-01")
    };
    app.create_engagement(&system(), visit, IdempotentReply::NONE).await.expect("a visit");
    let before = office.everything().await;
    assert!(CANARIES.iter().filter(|canary| before.contains(**canary)).count() >= 6, "they were there");
    let store = app.database().programme(programme);
    let counts = store.counts().await.expect("counts");

    let looked = app.erase_recorded_person(&system(), two.value.id, ErasureRun::Dry).await.expect("a survey");
    assert!(looked.pseudonym.is_none() && looked.survey.total() > 10, "{:?}", looked.survey.places);
    let done = app.erase_recorded_person(&system(), two.value.id, ErasureRun::Real).await.expect("erased");
    let pseudonym = done.pseudonym.expect("somebody was erased");
    let after = office.everything().await;
    for canary in CANARIES {
        let at = after.find(canary);
        assert_eq!(
            at,
            None,
            "{canary}: …{}…",
            at.map_or("", |at| &after[at.saturating_sub(60)..]).chars().take(200).collect::<String>()
        );
    }
    assert!(after.contains("otto@example.org"), "nobody else is touched");
    assert_eq!(store.counts().await.expect("counts"), counts, "totals stay");
    store.verify_journal().await.expect("a whole journal");
    let standing = store.get::<Person>(one.value.id).await.expect("a read").expect("the record");
    assert_eq!(standing.value.name, pseudonym);
    assert!(standing.value.emails.iter().all(|email| email.fact.address.kept().is_none()));
    let again = app.erase_recorded_person(&system(), one.value.id, ErasureRun::Real).await.expect("erased");
    assert_eq!((again.pseudonym, again.survey.total()), (None, 0));
}

async fn whoever_may_not_read_people_finds_nobody_who_is_not_shown_to_members(office: Office) {
    office.imports_people(BOOK).await;
    let person = office.people().await[0].value.id;
    let reader = office.caller(&[Scope::ProgrammeRead]);
    let read =
        async |audience| office.app.get_person(&reader, office.programme, person, (audience, None)).await;
    assert!(matches!(read(None).await, Err(AppError::NotFound(_))));
    let refused = read(Some(Audience::Desk)).await;
    assert!(matches!(refused, Err(AppError::Forbidden { needed: Scope::PersonRead })), "{refused:?}");
    let desk = office.caller(&[Scope::ProgrammeRead, Scope::PersonRead]);
    let found = office.app.get_person(&desk, office.programme, person, (None, None)).await.expect("a person");
    assert_eq!(found.0, Audience::Desk);
}
