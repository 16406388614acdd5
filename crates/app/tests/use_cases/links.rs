//! Names that stand in other records lead to the records of people and organisations, where the programme keeps such.

use sister_cities_app::agreement::{AgreementText, NewAgreement, Origin};
use sister_cities_app::privacy::ErasureRun;
use sister_cities_app::{AppError, IdempotentReply};
use sister_cities_domain::agreement::{Agreement, Signature, Terms, VersionText};
use sister_cities_domain::engagement::{self, Engagement, Side};
use sister_cities_domain::id::{OrganisationId, PersonId};
use sister_cities_domain::organisation::{Organisation, OrganisationKind};
use sister_cities_domain::partnership::{Partnership, Record, RecordCoverage};
use sister_cities_domain::person::Person;
use sister_cities_domain::value::{Period, Title};
use sister_cities_storage::catalogue::engagement::ORGANISATIONS;
use sister_cities_storage::{Revision, Versioned};

use crate::harness::{Office, name, source, system};
use crate::stories;

stories! {
    a_name_leads_to_a_record_of_the_programme_or_is_refused_by_its_field;
    links_outlive_a_merge_and_an_erasure;
}

const SIGNATORY: &str = "Kanaria Wróbel";

impl Office {
    pub(crate) async fn person(&self, called: &str) -> Versioned<Person> {
        let person = Person::new(PersonId::next(self.app.ids()), self.programme, name(called));
        let made = self.app.create_person(&system(), person, IdempotentReply::NONE).await;
        made.expect("a person").executed().expect("fresh")
    }

    async fn organisation(&self, called: &str) -> OrganisationId {
        let (id, kind) = (OrganisationId::next(self.app.ids()), OrganisationKind::Association);
        let organisation = Organisation::new(id, self.programme, name(called), kind);
        let made = self.app.create_organisation(&system(), organisation, IdempotentReply::NONE).await;
        made.expect("an organisation").executed().expect("fresh").value.id
    }

    fn treaty_with(&self, bond: &Bond, signatory: PersonId) -> NewAgreement {
        let theirs = Signature { person: Some(name(SIGNATORY)), ..Signature::of(bond.theirs) };
        NewAgreement {
            partnership: bond.partnership.value.id(),
            parent: None,
            title: Title::new("Treaty").expect("a title"),
            parties: Vec::new(),
            text: AgreementText::Known(VersionText::NotAtHand),
            terms: Terms::default(),
            origin: Origin::Recorded {
                signatures: vec![Signature::of(self.chicago), theirs.recorded_as(signatory)],
            },
        }
    }

    async fn lucerne(&self) -> Bond {
        let bond = self.sister("Lucerne", "1998").await;
        Bond { theirs: bond.places[1].id, partnership: bond.partnership }
    }
}

struct Bond {
    theirs: sister_cities_domain::id::PlaceId,
    partnership: Versioned<Partnership>,
}

fn behind(organisation: OrganisationId, person: PersonId) -> engagement::Organisation {
    engagement::Organisation {
        representatives: vec![name(SIGNATORY)],
        organisation: Some(organisation),
        represented_by: vec![person],
        ..engagement::Organisation::named(name("Choir"), Side::Counterpart)
    }
}

fn stated_by(person: PersonId) -> Record {
    let stated = RecordCoverage::new(Period::ALWAYS, source("The archive"));
    Record::new(vec![RecordCoverage {
        stated_by: Some(name(SIGNATORY)),
        stated_by_person: Some(person),
        ..stated
    }])
}

/// The field that was refused, and what is said of it.
fn refused<T: std::fmt::Debug>(result: Result<T, AppError>) -> (String, String) {
    match result {
        Err(AppError::Invalid(fields)) => (fields[0].path.clone(), fields[0].expected.clone()),
        other => panic!("{other:?}"),
    }
}

async fn a_name_leads_to_a_record_of_the_programme_or_is_refused_by_its_field(office: Office) {
    let (app, programme) = (&office.app, office.programme);
    let bond = office.lucerne().await;
    let id = bond.partnership.value.id();
    let (nobody, nothing) = (PersonId::next(app.ids()), OrganisationId::next(app.ids()));
    let (somebody, choir) = (office.person(SIGNATORY).await.value.id, office.organisation("The choir").await);

    let person = "the id of a person of this programme".to_owned();
    let visit = |organisation, person| Engagement {
        organisations: vec![behind(choir, somebody), behind(organisation, person)],
        ..office.new_visit(id, "2008-05-01")
    };
    let entered = async |visit| app.create_engagement(&system(), visit, IdempotentReply::NONE).await;
    let (path, expected) = refused(entered(visit(nothing, somebody)).await);
    assert_eq!(path, "/organisations/1/organisation");
    assert_eq!(expected, "the id of an organisation of this programme");
    let told = refused(entered(visit(choir, nobody)).await);
    assert_eq!(told, ("/organisations/1/represented_by/0".to_owned(), person.clone()));
    let made = entered(visit(choir, somebody)).await.expect("a visit").executed().expect("fresh");
    let other = Engagement { id: made.value.id, ..visit(choir, nobody) };
    let told = refused(app.replace_engagement(&system(), other, made.revision).await);
    assert_eq!(told.0, "/organisations/1/represented_by/0");
    office.visit(id, "2008-05-02").await;
    let store = app.database().programme(programme);
    let with_the_choir = store.all::<Engagement>([ORGANISATIONS.has(choir)]).await.expect("a list");
    assert_eq!(with_the_choir, [made], "the choir's and no other");

    let treaty = async |signatory| {
        let request = office.treaty_with(&bond, signatory);
        app.create_agreement(&system(), programme, request, IdempotentReply::NONE).await
    };
    assert_eq!(refused(treaty(nobody).await), ("/signatures/1/signatory".to_owned(), person.clone()));
    treaty(somebody).await.expect("an agreement");

    let state = async |who| app.set_record(&system(), programme, id, Revision::FIRST, stated_by(who)).await;
    assert_eq!(refused(state(nobody).await), ("/periods/0/stated_by_person".to_owned(), person));
    state(somebody).await.expect("a record");
}

/// The link still leads to somebody after a merge, and to nobody who can be recognised after an erasure.
async fn links_outlive_a_merge_and_an_erasure(office: Office) {
    let (app, programme) = (&office.app, office.programme);
    let bond = office.lucerne().await;
    let (old, standing) = (office.person(SIGNATORY).await, office.person("K. Wróbel").await);
    let choir = office.organisation("The choir").await;
    let visit = Engagement {
        organisations: vec![behind(choir, old.value.id)],
        ..office.new_visit(bond.partnership.value.id(), "2008-05-01")
    };
    let visit = app.create_engagement(&system(), visit, IdempotentReply::NONE).await.expect("a visit");
    let visit = visit.executed().expect("fresh").value.id;
    let request = office.treaty_with(&bond, old.value.id);
    let treaty = app.create_agreement(&system(), programme, request, IdempotentReply::NONE).await;
    let treaty = treaty.expect("an agreement").executed().expect("fresh").value.id();
    let record = stated_by(old.value.id);
    let id = bond.partnership.value.id();
    app.set_record(&system(), programme, id, Revision::FIRST, record).await.expect("a record");

    let into = (standing.value.id, standing.revision);
    app.merge_person(&system(), programme, into, old.value.id).await.expect("merged");
    let asked = app.get_person(&system(), programme, old.value.id, (None, None)).await;
    assert_eq!(asked, Err(AppError::Moved { from: old.value.id, to: standing.value.id }));

    let erased = app.erase_recorded_person(&system(), old.value.id, ErasureRun::Real).await.expect("erased");
    let pseudonym = erased.pseudonym.expect("somebody was erased");
    let store = app.database().programme(programme);
    let visit = store.get::<Engagement>(visit).await.expect("a read").expect("a visit").value;
    let behind = &visit.organisations[0];
    assert_eq!((&behind.representatives[0], behind.represented_by[0]), (&pseudonym, old.value.id));
    let treaty = store.get::<Agreement>(treaty).await.expect("a read").expect("a treaty").value;
    let signature = &treaty.versions()[0].signatures()[1];
    assert_eq!((signature.person.as_ref(), signature.signatory), (Some(&pseudonym), Some(old.value.id)));
    let partnership = store.get::<Partnership>(id).await.expect("a read").expect("a partnership").value;
    let stated = &partnership.record().statements()[0];
    assert_eq!((stated.stated_by.as_ref(), stated.stated_by_person), (Some(&pseudonym), Some(old.value.id)));
    let person = store.get::<Person>(old.value.id).await.expect("a read").expect("the record").value;
    assert_eq!(person.name, pseudonym, "the id leads to no name");
}
