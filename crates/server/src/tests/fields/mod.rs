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
    let bonn = records::programme(&mut walk).await;
    records::place(&mut walk, &bonn).await;
    let pair = partnerships::all(&mut walk, &bonn).await;
    records::engagement(&mut walk, &bonn, &pair).await;
    agreements::all(&mut walk, &bonn, &pair).await;
    committees::all(&mut walk, &bonn, &pair).await;
    webhooks::all(&mut walk, &bonn, &pair).await;
    outcomes::all(&mut walk, &bonn, &pair).await;
    promises::all(&mut walk, &bonn, &pair).await;
    people::all(&mut walk, &bonn).await;
    due::all(&mut walk, &bonn).await;
    sharing::all(&mut walk, &bonn, &pair).await;
    subscriptions::all(&mut walk, &bonn, &pair).await;
    calendars::all(&mut walk, &bonn, &pair).await;
    practices::all(&mut walk, &bonn, &pair).await;
    imports::all(&mut walk, &bonn).await;
    walk.finish();
}
