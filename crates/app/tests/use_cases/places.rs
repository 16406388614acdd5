//! Stories of places: entered, replaced, found, never twice.

use sister_cities_app::{AppError, IdempotentReply};
use sister_cities_domain::place::{ExternalIds, Place, PlaceIdentity};
use sister_cities_storage::catalogue::place;
use sister_cities_storage::{Conflict, Listing, Revision};

use crate::harness::{Office, system};
use crate::stories;

stories! {
    a_place_is_entered_changed_and_found_by_country_name_and_identity;
    the_same_place_of_the_world_is_entered_once;
    a_change_based_on_an_old_revision_is_refused_and_says_both_revisions;
    places_are_listed_by_name_page_by_page;
}

fn birmingham(office: &Office) -> Place {
    Place {
        country: "GB".parse().ok(),
        external: ExternalIds { geonames: Some(2_655_603), ..ExternalIds::default() },
        identity: PlaceIdentity::Resolved,
        ..office.city("Birmingham")
    }
}

async fn a_place_is_entered_changed_and_found_by_country_name_and_identity(office: Office) {
    let (app, programme) = (&office.app, office.programme);
    let created = app.create_place(&system(), birmingham(&office), IdempotentReply::NONE).await;
    let place = created.expect("created").executed().expect("fresh").value;
    let changed = Place { admin1: "England".parse().ok(), ..place };
    let changed = app.replace_place(&system(), changed, Revision::FIRST).await;
    assert_eq!(changed.expect("changed").revision, Revision::FIRST.next());

    for (filter, expected) in [
        (place::COUNTRY.is("GB".parse().expect("a country")), 1),
        (place::COUNTRY.is("FR".parse().expect("a country")), 0),
        (place::IDENTITY.is(PlaceIdentity::Resolved), 1),
        (place::IDENTITY.is(PlaceIdentity::Unresolved), 1),
        (place::GEONAMES.is(2_655_603), 1),
        (place::name_begins("BIRM"), 1),
    ] {
        let listing = Listing::by_default(10).filter(filter);
        let found = app.list(&system(), programme, listing.clone(), None).await.expect("a list");
        assert_eq!(found.items.len(), expected, "{listing:?}");
    }
}

async fn the_same_place_of_the_world_is_entered_once(office: Office) {
    let caller = system();
    let enter = || office.app.create_place(&caller, birmingham(&office), IdempotentReply::NONE);
    enter().await.expect("created");
    let refusal = enter().await.expect_err("twice");
    assert!(
        matches!(refusal, AppError::Conflict(Conflict::Unique { column: "geonames", .. })),
        "{refusal:?}"
    );
}

async fn a_change_based_on_an_old_revision_is_refused_and_says_both_revisions(office: Office) {
    let (app, place) = (&office.app, office.chicago);
    let change = |name: &str, revision| {
        let renamed = Place { id: place, ..office.city(name) };
        async move { app.replace_place(&system(), renamed, revision).await }
    };
    change("Shikaakwa", Revision::FIRST).await.expect("the first writer wins");
    let refusal = change("Checagou", Revision::FIRST).await.expect_err("the second is late");
    let second = Revision::FIRST.next();
    assert_eq!(
        refusal,
        AppError::Stale { record: place.into(), expected: Revision::FIRST, found: Some(second) }
    );
}

async fn places_are_listed_by_name_page_by_page(office: Office) {
    for called in ["Warsaw", "Accra", "Milan"] {
        office.place(called).await;
    }
    let mut listing = Listing::<Place>::by_default(3);
    let mut names = Vec::new();
    loop {
        let page = office.app.list(&system(), office.programme, listing.clone(), None).await.expect("a page");
        names.extend(page.items.iter().map(|place| place.value.display_name().to_string()));
        listing.after = page.next;
        if listing.after.is_none() {
            break;
        }
    }
    assert_eq!(names, ["Accra", "Chicago", "Milan", "Warsaw"]);
}
