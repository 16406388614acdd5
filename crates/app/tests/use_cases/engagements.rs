//! Stories of engagements: entered, changed, found.

use sister_cities_app::{AppError, IdempotentReply, Times};
use sister_cities_domain::engagement::{Direction, Engagement, Foci, Focus};
use sister_cities_domain::id::{PartnershipId, SeededIds};
use sister_cities_domain::value::{FreeText, Note};
use sister_cities_storage::Listing;
use sister_cities_storage::catalogue::engagement;

use crate::harness::{Office, day, system};
use crate::stories;

stories! {
    an_engagement_is_entered_and_replaced;
    an_engagement_of_a_bond_that_is_not_there_is_refused_by_its_field;
    a_record_that_would_make_every_list_slow_is_refused_new_and_changed;
    engagements_are_listed_the_latest_first_and_filtered;
}

async fn an_engagement_is_entered_and_replaced(office: Office) {
    let bond = office.sister("Birmingham", "1993-09").await.partnership.value.id();
    let (app, visit) = (&office.app, office.new_visit(bond, "2008-06-02"));
    let created = app.create_engagement(&system(), visit, IdempotentReply::NONE).await;
    let created = created.expect("created").executed().expect("fresh");
    let foci = Foci::new([Focus::Government, Focus::Business]).expect("foci");
    let changed = Engagement { foci, ..created.value };
    let changed = app.replace_engagement(&system(), changed, created.revision).await.expect("changed");
    assert_eq!(changed.value.foci.to_string(), "government, business");
}

async fn an_engagement_of_a_bond_that_is_not_there_is_refused_by_its_field(office: Office) {
    let stranger = PartnershipId::next(&SeededIds::new(77));
    let visit = office.new_visit(stranger, "2008");
    let refusal = office.app.create_engagement(&system(), visit, IdempotentReply::NONE).await;
    let Err(AppError::Invalid(fields)) = refusal else { panic!("{refusal:?}") };
    assert_eq!(fields[0].path, "/partnership");
}

async fn a_record_that_would_make_every_list_slow_is_refused_new_and_changed(office: Office) {
    let bond = office.sister("Birmingham", "1993-09").await.partnership.value.id();
    let noted = |times: usize| {
        let text = FreeText::new(&"goes on and on. ".repeat(100)).expect("a text");
        vec![Note { text, source: None }; times]
    };
    let (app, caller) = (&office.app, system());
    let large = Engagement { notes: noted(500), ..office.new_visit(bond, "2008") };
    let refusal = app.create_engagement(&caller, large, IdempotentReply::NONE).await;
    let Err(AppError::Invalid(fields)) = refusal else { panic!("{refusal:?}") };
    assert!(fields[0].expected.contains("131072 bytes"), "{fields:?}");
    let usual = Engagement { notes: noted(50), ..office.new_visit(bond, "2008") };
    let stored = app.create_engagement(&caller, usual, IdempotentReply::NONE).await;
    let stored = stored.expect("it is small enough").executed().expect("fresh");
    let grown = Engagement { notes: noted(500), ..stored.value.clone() };
    let refusal = app.replace_engagement(&caller, grown, stored.revision).await;
    assert!(matches!(refusal, Err(AppError::Invalid(_))), "{refusal:?}");
    let as_before = app
        .get_engagement(&caller, office.programme, stored.value.id, Times::default())
        .await
        .expect("there");
    assert_eq!(as_before, stored);
}

async fn engagements_are_listed_the_latest_first_and_filtered(office: Office) {
    let bond = office.sister("Birmingham", "1993-09").await.partnership.value.id();
    let other = office.sister("Hamburg", "1994").await.partnership.value.id();
    for date in ["2005", "2008-06-02", "2004-11-08", ""] {
        office.visit(bond, date).await;
    }
    let outbound = Engagement { direction: Direction::Outbound, ..office.new_visit(other, "2006") };
    office.app.create_engagement(&system(), outbound, IdempotentReply::NONE).await.expect("created");

    for (filter, expected) in [
        (None, "2008-06-02 2006 2005 2004-11-08 -"),
        (Some(engagement::PARTNERSHIP.is(bond)), "2008-06-02 2005 2004-11-08 -"),
        (Some(engagement::DIRECTION.is(Direction::Outbound)), "2006"),
        (Some(engagement::FOCI.has(Focus::Medicine)), ""),
        (Some(engagement::LAST_DAY.at_least(day("2005-06-01"))), "2008-06-02 2006 2005"),
        (Some(engagement::FIRST_DAY.at_most(day("2005-06-01"))), "2005 2004-11-08"),
    ] {
        let filters = filter.clone().into_iter().collect();
        let listing = Listing { filters, ..Listing::by_default(10) };
        let times = Times::default();
        let page =
            office.app.list_engagements(&system(), office.programme, listing, times).await.expect("a page");
        let dates: Vec<_> = page
            .items
            .iter()
            .map(|one| one.value.dates.start().map_or("-".to_owned(), |start| start.to_string()))
            .collect();
        assert_eq!(dates.join(" "), expected, "{filter:?}");
    }
}
