//! Lists are read in pages; a cursor is good for its own list and nothing else.

use serde_json::json;
use sister_cities_api::place::{CreatePlace, ListPlaces, ListPlacesQuery};
use sister_cities_api::programme::{CreateProgramme, ProgrammePath};
use sister_cities_api::{Cursor, NoBody, NoParameters, PageLimit, ProblemKind};

use super::site::{Site, request};
use super::story::{body, chicago};

async fn site_with_places(count: usize) -> (Site, ProgrammePath) {
    let site = Site::new().await;
    let made = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await;
    let path = ProgrammePath { programme: made.id };
    for n in 0..count {
        let facts =
            json!({ "names": [{ "text": format!("Place {n:02}"), "role": "official" }], "country": "NO" });
        site.ask::<CreatePlace>(&path, &NoParameters, &body(&facts)).await;
    }
    (site, path)
}

#[tokio::test]
async fn pages_hold_every_item_once_and_in_order() {
    let (site, path) = site_with_places(7).await;
    let mut query = ListPlacesQuery { limit: PageLimit::new(3), ..ListPlacesQuery::default() };
    let mut names = Vec::new();
    loop {
        let page = site.ask::<ListPlaces>(&path, &query, &NoBody).await;
        assert!(page.items.len() <= 3);
        names.extend(page.items.iter().map(|place| place.display_name.to_string()));
        match page.next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => break,
        }
    }
    let expected: Vec<String> =
        std::iter::once("Chicago".to_owned()).chain((0..7).map(|n| format!("Place {n:02}"))).collect();
    assert_eq!(names, expected);
}

#[tokio::test]
async fn a_cursor_that_was_forged_cut_or_made_for_another_list_is_refused() {
    let (site, path) = site_with_places(4).await;
    let query = ListPlacesQuery { limit: PageLimit::new(2), ..ListPlacesQuery::default() };
    let page = site.ask::<ListPlaces>(&path, &query, &NoBody).await;
    let good = page.next_cursor.expect("a second page").0;
    let made = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await;

    let at = |text: &str| ListPlacesQuery { cursor: Some(Cursor(text.to_owned())), ..query.clone() };
    let mut flipped = good.clone().into_bytes();
    flipped[30] = if flipped[30] == b'A' { b'B' } else { b'A' };
    let flipped = String::from_utf8(flipped).expect("ASCII");
    let other_filter = ListPlacesQuery { country: "NO".parse().ok(), ..at(&good) };
    let elsewhere = ProgrammePath { programme: made.id };
    for (why, path, query) in [
        ("one bit changed", &path, at(&flipped)),
        ("cut", &path, at(&good[..good.len() - 1])),
        ("not base64", &path, at("%%%")),
        ("of nothing", &path, at("AAAA")),
        ("for another filter", &path, other_filter),
        ("for another programme", &elsewhere, at(&good)),
    ] {
        let got = site.send(&request::<ListPlaces>(path, &query, &NoBody)).await;
        assert_eq!((got.status, got.problem().kind), (400, ProblemKind::InvalidParameter), "{why}");
        assert_eq!(got.problem().errors[0].parameter.as_deref(), Some("cursor"), "{why}");
    }
    // Another page size is the same list.
    let longer = ListPlacesQuery { limit: PageLimit::new(50), ..at(&good) };
    assert_eq!(site.ask::<ListPlaces>(&path, &longer, &NoBody).await.items.len(), 3);
}
