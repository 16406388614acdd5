//! Stories of erasing a person, of duties to know them, of what is no longer needed, and of the journal that proves it all.

use std::num::NonZeroU32;
use std::sync::Arc;

use sister_cities_app::agreement::{AgreementText, NewAgreement, Origin};
use sister_cities_app::privacy::ErasureRun;
use sister_cities_app::programme::ProgrammeChange;
use sister_cities_app::{App, AppError, IdempotentReply};
use sister_cities_domain::access::Scope;
use sister_cities_domain::agreement::{Agreement, Signature, Term, Terms};
use sister_cities_domain::engagement::{Engagement, Organisation, Side};
use sister_cities_domain::id::SeededIds;
use sister_cities_domain::privacy::{Due, Retention, RetentionPolicy, SignatureDuty};
use sister_cities_domain::value::{FreeText, Title};
use sister_cities_storage::vault::MasterKey;
use sister_cities_storage::{JournalQuery, Sequence, Versioned};

use crate::harness::{Office, at, caller, name, system};
use crate::stories;

stories! {
    a_signatory_is_erased_and_the_signed_text_stays;
    whoever_must_be_known_cannot_be_erased_before_the_day_that_is_named;
    a_dry_run_and_the_run_need_the_right_to_do_everything_everywhere;
    names_go_three_years_after_the_visit_if_the_programme_says_so;
    every_journal_is_proved;
    what_guests_need_is_told_to_hosts_only_and_each_reading_is_journalled;
}

const SIGNATORY: &str = "Kanaria Wróbel";

impl Office {
    async fn treaty(&self, terms: Terms) -> Versioned<Agreement> {
        let bond = self.sister("Lucerne", "1998").await;
        let [ours, theirs] = [bond.places[0].id, bond.places[1].id];
        let theirs = Signature { person: Some(name(SIGNATORY)), ..Signature::of(theirs) };
        let request = NewAgreement {
            partnership: bond.partnership.value.id(),
            parent: None,
            title: Title::new("Treaty").expect("a title"),
            parties: Vec::new(),
            text: AgreementText::Document(format!("Signed: {SIGNATORY}").into_bytes()),
            terms,
            origin: Origin::Recorded { signatures: vec![Signature::of(ours), theirs] },
        };
        let created =
            self.app.create_agreement(&system(), self.programme, request, IdempotentReply::NONE).await;
        created.expect("an agreement").executed().expect("fresh")
    }

    async fn keeps(&self, retention: RetentionPolicy) {
        let store = self.app.database().programme(self.programme);
        let programme = store.get(self.programme).await.expect("a read").expect("the programme");
        let programme: Versioned<sister_cities_domain::programme::Programme> = programme;
        let change = ProgrammeChange { retention: Some(retention), ..ProgrammeChange::default() };
        let revision = programme.revision;
        let done = self.app.change_programme(&system(), self.programme, revision, change).await;
        done.expect("a change");
    }
}

async fn a_signatory_is_erased_and_the_signed_text_stays(office: Office) {
    office.clock.set(at(2026, 11, 23));
    let treaty = office.treaty(Terms::default()).await;
    let signatory = name(SIGNATORY);
    let found = office.app.erase_person(&system(), &signatory, ErasureRun::Dry).await.expect("a survey");
    assert_eq!(found.pseudonym, None);
    assert_eq!(found.survey.places["agreement /versions/*/signatures/*/person"], 1);
    assert_eq!(found.survey.untouched.len(), 1, "the signed text");

    let done = office.app.erase_person(&system(), &signatory, ErasureRun::Real).await.expect("an erasure");
    let pseudonym = done.pseudonym.expect("somebody was found");
    assert_eq!(pseudonym.as_str(), "person erased 2026-11-23 #1");
    let store = office.app.database().programme(office.programme);
    let after = store.get::<Agreement>(treaty.value.id()).await.expect("a read").expect("the treaty");
    assert_eq!(after.value.versions()[0].signatures()[1].person, Some(pseudonym));
    let journal = store.journal(JournalQuery::after(Sequence::START, 1_000)).await.expect("a journal");
    assert!(!format!("{journal:?}").contains(SIGNATORY));
    store.verify_journal().await.expect("a whole journal");
    let again = office.app.erase_person(&system(), &signatory, ErasureRun::Real).await.expect("an erasure");
    assert_eq!((again.pseudonym, again.survey.total()), (None, 0));
}

async fn whoever_must_be_known_cannot_be_erased_before_the_day_that_is_named(office: Office) {
    office.clock.set(at(2026, 11, 23));
    let ended = Terms::lasting(Term::Fixed { ends_on: "2020-06-30".parse().expect("a date") });
    let treaty = office.treaty(ended).await;
    let ten_years = SignatureDuty::MonthsAfterEnd(NonZeroU32::new(120).expect("not 0"));
    office.keeps(RetentionPolicy { signatures: ten_years, ..RetentionPolicy::default() }).await;
    let signatory = name(SIGNATORY);
    for run in [ErasureRun::Dry, ErasureRun::Real] {
        let report = office.app.erase_person(&system(), &signatory, run).await.expect("a report");
        assert_eq!(report.pseudonym, None);
        assert_eq!(report.refusals.len(), 1);
        assert_eq!(report.refusals[0].agreement, treaty.value.id());
        assert_eq!(report.refusals[0].until, Due::From("2030-07-01".parse().expect("a day")));
    }
    let store = office.app.database().programme(office.programme);
    let kept = store.get::<Agreement>(treaty.value.id()).await.expect("a read").expect("the treaty");
    assert_eq!(kept.value.versions()[0].signatures()[1].person, Some(signatory.clone()));

    office.clock.set(at(2030, 7, 1));
    let done = office.app.erase_person(&system(), &signatory, ErasureRun::Real).await.expect("an erasure");
    assert!(done.pseudonym.is_some(), "the duty is over");
}

async fn a_dry_run_and_the_run_need_the_right_to_do_everything_everywhere(office: Office) {
    let signatory = name(SIGNATORY);
    for run in [ErasureRun::Dry, ErasureRun::Real] {
        let own = office.caller(&[Scope::Admin]);
        let refused = office.app.erase_person(&own, &signatory, run).await;
        assert!(matches!(refused, Err(AppError::NotFound(_))), "{refused:?}");
        let reader = caller(None, &[Scope::ProgrammeRead, Scope::JournalRead]);
        let refused = office.app.erase_person(&reader, &signatory, run).await;
        assert!(matches!(refused, Err(AppError::Forbidden { needed: Scope::Admin })), "{refused:?}");
    }
}

async fn names_go_three_years_after_the_visit_if_the_programme_says_so(office: Office) {
    office.clock.set(at(2026, 11, 23));
    let bond = office.sister("Lucerne", "1998").await.partnership.value.id();
    let with_a_choir = |on: &str| Engagement {
        organisations: vec![Organisation {
            representatives: vec![name(SIGNATORY)],
            ..Organisation::named(name("Choir"), Side::Counterpart)
        }],
        ..office.new_visit(bond, on)
    };
    let mut visits = Vec::new();
    for on in ["2023-11-23", "2023-11-24", "nobody knows"] {
        let done = office.app.create_engagement(&system(), with_a_choir(on), IdempotentReply::NONE).await;
        visits.push(done.expect("a visit").executed().expect("fresh").value.id);
    }
    let swept = office.app.sweep_retention().await.expect("a sweep");
    assert_eq!(swept.records, 0, "names are kept unless the programme says otherwise");
    let three_years = Retention::Days(NonZeroU32::new(1_095).expect("not 0"));
    office.keeps(RetentionPolicy { personal: three_years, ..RetentionPolicy::default() }).await;
    let swept = office.app.sweep_retention().await.expect("a sweep");
    assert_eq!(swept.records, 1);
    let again = office.app.sweep_retention().await.expect("a sweep");
    assert_eq!((again.records, again.values, again.journal), (0, 0, 0), "doing it again does nothing");

    let store = office.app.database().programme(office.programme);
    let mut named = Vec::new();
    for visit in visits {
        let found = store.get::<Engagement>(visit).await.expect("a read").expect("the visit").value;
        named.push(found.organisations[0].representatives[0].to_string());
    }
    assert_eq!(named[1..], [SIGNATORY, SIGNATORY]);
    assert_eq!(named[0], "removed after its time");
    office.clock.set(at(2026, 11, 24));
    assert_eq!(office.app.sweep_retention().await.expect("a sweep").records, 1, "and a day later the next");
    store.verify_journal().await.expect("a whole journal");
}

async fn every_journal_is_proved(office: Office) {
    office.sister("Lucerne", "1998").await;
    let audits = office.app.audit_journals(&system()).await.expect("audits");
    assert_eq!(audits.len(), 2, "the installation's and the programme's");
    assert!(audits.iter().all(|audit| audit.result.is_ok()), "{audits:?}");
    assert_eq!(audits[1].called, Some(name("Chicago Sister Cities")));
    let refused = office.app.audit_journals(&office.caller(&[Scope::Admin])).await;
    assert!(matches!(refused, Err(AppError::NotFound(_))), "{refused:?}");
}

async fn what_guests_need_is_told_to_hosts_only_and_each_reading_is_journalled(office: Office) {
    office.clock.set(at(2026, 11, 23));
    let bond = office.sister("Lucerne", "1998").await.partnership.value.id();
    let visit = office.new_visit(bond, "2026-12-01");
    let created = office.app.create_engagement(&system(), visit, IdempotentReply::NONE).await;
    let visit = created.expect("a visit").executed().expect("fresh");
    let (id, programme) = (visit.value.id, office.programme);
    let care = FreeText::new("One guest is allergic to nuts.").expect("a text");
    let host = office.caller(&[Scope::EngagementWrite, Scope::CareRead, Scope::CareWrite]);
    let care_of = |found: Result<Versioned<Engagement>, AppError>| found.map(|found| found.value.care);

    let unsealed = office.app.set_care(&host, programme, id, visit.revision, Some(care.clone())).await;
    assert!(matches!(unsealed, Err(AppError::Unavailable(_))), "no master key: {unsealed:?}");

    let key = "3f9a0c11d27be48867aa50c93e1f7d04b6c85e2290fd13a7714cd9e80b6235ef";
    let database = office.app.database().clone().sealed_by(MasterKey::from_text(key).expect("a key"));
    let app = App::new(database, office.clock.clone(), Arc::new(SeededIds::new(77)));
    let set =
        app.set_care(&host, programme, id, visit.revision, Some(care.clone())).await.expect("it is said");
    assert_eq!(care_of(app.read_care(&host, programme, id).await), Ok(Some(care.clone())));
    let reader = office.caller(&[Scope::ProgrammeRead, Scope::JournalRead]);
    let refused = app.read_care(&reader, programme, id).await;
    assert!(matches!(refused, Err(AppError::Forbidden { needed: Scope::CareRead })), "{refused:?}");
    let writer = office.caller(&[Scope::ProgrammeRead, Scope::EngagementWrite]);
    let refused = app.set_care(&writer, programme, id, set.revision, None).await;
    assert!(matches!(refused, Err(AppError::Forbidden { needed: Scope::CareWrite })), "{refused:?}");

    let store = app.database().programme(programme);
    let about = JournalQuery::after(Sequence::START, 1_000).about(id.into());
    let told = store.journal(about).await.expect("a journal");
    let names: Vec<_> = told.iter().map(|event| event.body.name()).collect();
    assert_eq!(names, ["engagement.recorded", "engagement.changed", "sensitive.read"]);
    assert_eq!(told[2].actor, host.actor);
    assert!(!format!("{told:?}").contains("nuts"));

    // To replace what else is known of the visit leaves it alone; and it goes thirty days after the visit.
    let retitled = Engagement { title: Title::new("A choir").expect("a title"), ..visit.value };
    let changed = app.replace_engagement(&host, retitled, set.revision).await;
    assert_eq!(changed.expect("changed").value.care, Some(care.clone()));
    assert_eq!(app.rotate_keys(&system()).await, Ok(2));
    assert!(app.tend_keys().await.expect("keys") > 0);
    assert_eq!(care_of(app.read_care(&host, programme, id).await), Ok(Some(care)));
    office.clock.set(at(2027, 1, 1));
    app.sweep_retention().await.expect("a sweep");
    let gone = care_of(app.read_care(&host, programme, id).await).expect("a read").expect("a text");
    assert_eq!(gone.as_str(), "removed after its time");
    store.verify_journal().await.expect("a whole journal");
}
