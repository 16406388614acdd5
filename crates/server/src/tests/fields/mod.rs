//! Every field of every body that a caller can send is stored and told again.
//!
//! Which fields there are is read from the OpenAPI document. For each there is a sample here, which is sent and looked for in what
//! is read afterwards; where a record is replaced as a whole, each field is also changed alone, and left out alone. A field without a
//! sample fails the test by its name, and so does one that is forgotten on its way in, in the comparison of before and after, in the
//! stored form, or on its way out.

mod agreements;
mod calendars;
mod committees;
mod due;
mod growth;
mod imports;
mod outcomes;
mod partnerships;
mod people;
mod practices;
mod promises;
mod records;
mod schema;
mod sharing;
mod subscriptions;
mod walk;
mod webhooks;

use walk::Walk;

use super::site::Site;

#[tokio::test]
async fn every_field_of_every_body_survives_post_get_and_put() {
    let site = Site::new().await;
    let mut walk = Walk::new(&site);
    everywhere(&mut walk).await;
    walk.finish();
}

/// `decisions` of a partnership once cost the cube of their number: 800 took five seconds.
#[tokio::test]
async fn a_list_in_a_body_that_is_ten_times_as_long_is_no_more_than_ten_times_the_work() {
    let site = Site::new().await;
    let mut walk = Walk::growing(&site);
    everywhere(&mut walk).await;
    let growth = walk.grown();
    growth.finish();
}

async fn everywhere(walk: &mut Walk<'_>) {
    let bonn = records::programme(walk).await;
    records::place(walk, &bonn).await;
    let pair = partnerships::all(walk, &bonn).await;
    records::engagement(walk, &bonn, &pair).await;
    agreements::all(walk, &bonn, &pair).await;
    committees::all(walk, &bonn, &pair).await;
    webhooks::all(walk, &bonn, &pair).await;
    outcomes::all(walk, &bonn, &pair).await;
    promises::all(walk, &bonn, &pair).await;
    people::all(walk, &bonn).await;
    due::all(walk, &bonn).await;
    sharing::all(walk, &bonn, &pair).await;
    subscriptions::all(walk, &bonn, &pair).await;
    calendars::all(walk, &bonn, &pair).await;
    practices::all(walk, &bonn, &pair).await;
    imports::all(walk, &bonn).await;
}
