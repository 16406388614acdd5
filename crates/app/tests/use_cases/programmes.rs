//! Stories of programmes: set up, changed, listed.

use sister_cities_app::programme::ProgrammeChange;
use sister_cities_app::{AppError, IdempotentReply};
use sister_cities_domain::access::Scope;
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::{KindCatalogue, KindDefinition, keys};
use sister_cities_storage::Revision;

use crate::harness::{Office, caller, chicago, name, system};
use crate::stories;

stories! {
    a_programme_is_set_up_with_its_host_and_reads_back;
    a_programme_changes_by_what_is_given_and_a_change_of_nothing_writes_nothing;
    a_kind_that_a_bond_has_stays_in_the_catalogue;
    the_list_of_programmes_shows_each_caller_its_own_page_by_page;
}

async fn a_programme_is_set_up_with_its_host_and_reads_back(office: Office) {
    let programme = office.app.get_programme(&system(), office.programme, None).await.expect("found");
    assert_eq!(programme.value.name, name("Chicago Sister Cities"));
    assert_eq!((programme.value.host, programme.revision), (office.chicago, Revision::FIRST));
    let host =
        office.app.get::<Place>(&system(), office.programme, office.chicago, None).await.expect("found");
    assert_eq!(host.value.display_name(), &name("Chicago"));
}

async fn a_programme_changes_by_what_is_given_and_a_change_of_nothing_writes_nothing(office: Office) {
    let (app, programme) = (&office.app, office.programme);
    let renamed = ProgrammeChange { name: Some(name("Chicago")), ..ProgrammeChange::default() };
    let first = Revision::FIRST;
    let after = app.change_programme(&system(), programme, first, renamed.clone()).await.expect("changed");
    assert_eq!((after.value.name.as_str(), after.revision), ("Chicago", first.next()));

    let again = app.change_programme(&system(), programme, first.next(), renamed).await;
    assert_eq!(again, Ok(after), "same name, same revision");
}

async fn a_kind_that_a_bond_has_stays_in_the_catalogue(office: Office) {
    office.sister("Birmingham", "1993-09").await;
    let without = |key: &str| {
        let mut kinds: Vec<KindDefinition> = KindCatalogue::standard().into();
        kinds.retain(|kind| kind.key.as_str() != key);
        let kinds: KindCatalogue = kinds.try_into().expect("sound");
        ProgrammeChange { kinds: Some(kinds), ..ProgrammeChange::default() }
    };
    let system = system();
    let change = |change| office.app.change_programme(&system, office.programme, Revision::FIRST, change);
    let refusal = change(without(keys::SISTER_CITY)).await.expect_err("in use");
    let AppError::Invalid(fields) = refusal else { panic!("{refusal}") };
    assert_eq!(fields[0].path, "/kinds");
    assert!(fields[0].problem.contains("sister-city"), "{fields:?}");
    change(without(keys::PROJECT)).await.expect("no bond is a project");
}

async fn the_list_of_programmes_shows_each_caller_its_own_page_by_page(office: Office) {
    let (programme, host) = chicago(office.app.ids());
    let second = programme.id;
    office.app.create_programme(&system(), programme, host, IdempotentReply::NONE).await.expect("a second");
    let first_page = office.app.list_programmes(&system(), None, 1, None).await.expect("a page");
    assert_eq!((first_page.items[0].value.id, first_page.next), (office.programme, Some(office.programme)));
    let last_page = office.app.list_programmes(&system(), first_page.next, 1, None).await.expect("a page");
    assert_eq!((last_page.items[0].value.id, last_page.next), (second, None));

    let own = caller(Some(second), &[Scope::ProgrammeRead]);
    let page = office.app.list_programmes(&own, None, 10, None).await.expect("a page");
    assert_eq!(page.items.iter().map(|one| one.value.id).collect::<Vec<_>>(), [second]);
}
