//! Stories of programmes: set up, changed, listed.

use sister_cities_app::place::PlaceFacts;
use sister_cities_app::programme::{NewProgramme, ProgrammeChange};
use sister_cities_app::{AppError, CommandOutcome, IdempotentReply, Times};
use sister_cities_domain::access::Scope;
use sister_cities_domain::programme::{KindCatalogue, KindDefinition, keys};
use sister_cities_storage::Revision;

use crate::harness::{Office, caller, chicago, name, official, system};
use crate::stories;

stories! {
    a_programme_is_set_up_with_its_host_and_reads_back;
    a_host_without_a_name_is_refused_and_nothing_is_stored;
    a_programme_changes_by_what_is_given_and_a_change_of_nothing_writes_nothing;
    a_kind_that_a_bond_has_stays_in_the_catalogue;
    the_list_of_programmes_shows_each_caller_its_own_page_by_page;
}

async fn a_programme_is_set_up_with_its_host_and_reads_back(office: Office) {
    let programme = office.app.get_programme(&system(), office.programme, None).await.expect("found");
    assert_eq!(programme.value.name, name("Chicago Sister Cities"));
    assert_eq!((programme.value.host, programme.revision), (office.chicago, Revision::FIRST));
    let host = office
        .app
        .get_place(&system(), office.programme, office.chicago, Times::default())
        .await
        .expect("found");
    assert_eq!(host.value.display_name(), &name("Chicago"));
}

async fn a_host_without_a_name_is_refused_and_nothing_is_stored(office: Office) {
    let nameless = PlaceFacts { names: Vec::new(), ..PlaceFacts::city(official("x")) };
    let request = NewProgramme { host: nameless, ..chicago() };
    let refusal =
        office.app.create_programme(&system(), request, IdempotentReply::NONE).await.expect_err("no name");
    let AppError::Invalid(fields) = refusal else { panic!("{refusal}") };
    assert_eq!(fields[0].path, "/host/names");
    let all = office.app.list_programmes(&system(), None, 10, None).await.expect("a list");
    assert_eq!(all.items.len(), 1);
}

async fn a_programme_changes_by_what_is_given_and_a_change_of_nothing_writes_nothing(office: Office) {
    let (app, programme) = (&office.app, office.programme);
    let renamed = ProgrammeChange { name: Some(name("Chicago")), ..ProgrammeChange::default() };
    let first = Revision::FIRST;
    let after =
        app.change_programme(&system(), programme, first, renamed.clone(), IdempotentReply::NONE).await;
    let after = after.expect("changed").executed().expect("fresh");
    assert_eq!((after.value.name.as_str(), after.revision), ("Chicago", first.next()));

    let again =
        app.change_programme(&system(), programme, first.next(), renamed, IdempotentReply::NONE).await;
    assert_eq!(again.expect("accepted"), CommandOutcome::Executed(after), "same name, same revision");
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
    let change = |change| {
        office.app.change_programme(&system, office.programme, Revision::FIRST, change, IdempotentReply::NONE)
    };
    let refusal = change(without(keys::SISTER_CITY)).await.expect_err("in use");
    let AppError::Invalid(fields) = refusal else { panic!("{refusal}") };
    assert_eq!(fields[0].path, "/kinds");
    assert!(fields[0].problem.contains("sister-city"), "{fields:?}");
    change(without(keys::PROJECT)).await.expect("no bond is a project");
}

async fn the_list_of_programmes_shows_each_caller_its_own_page_by_page(office: Office) {
    let created =
        office.app.create_programme(&system(), chicago(), IdempotentReply::NONE).await.expect("a second");
    let second = created.executed().expect("fresh").programme.value.id;
    let first_page = office.app.list_programmes(&system(), None, 1, None).await.expect("a page");
    assert_eq!((first_page.items[0].value.id, first_page.next), (office.programme, Some(office.programme)));
    let last_page = office.app.list_programmes(&system(), first_page.next, 1, None).await.expect("a page");
    assert_eq!((last_page.items[0].value.id, last_page.next), (second, None));

    let own = caller(Some(second), &[Scope::ProgrammeRead]);
    let page = office.app.list_programmes(&own, None, 10, None).await.expect("a page");
    assert_eq!(page.items.iter().map(|one| one.value.id).collect::<Vec<_>>(), [second]);
}
