//! Stories of counts: of bonds on a day, and of exchanges.

use sister_cities_app::partnership::NewDecision;
use sister_cities_app::{AppError, CountedPart, IdempotentReply};
use sister_cities_domain::count::{CountQuery, CountedAs};
use sister_cities_domain::partnership::{Act, Decision, StatusKind};
use sister_cities_domain::value::KindKey;

use crate::harness::{Office, day, system};
use crate::stories;

stories! {
    the_headline_depends_on_the_day_and_lists_what_it_counts;
    a_kind_that_the_programme_does_not_know_cannot_be_counted;
    the_list_behind_a_number_comes_in_parts_with_the_surest_first;
    r27_the_four_counts_of_a_year_are_those_of_its_own_engagements;
}

async fn the_headline_depends_on_the_day_and_lists_what_it_counts(office: Office) {
    for (city, since) in [("Warsaw", "1960"), ("Milan", "1973-04"), ("Bogotá", "2009-04-28"), ("Nowhere", "")]
    {
        office.sister(city, since).await;
    }
    let moscow = office.sister("Moscow", "1997").await.partnership;
    let suspend = Decision::new(Act::Suspend { condition: None }).on("2022-03-01".parse().expect("a day"));
    office
        .app
        .decide_partnership(
            &system(),
            office.programme,
            moscow.value.id(),
            moscow.revision,
            NewDecision::Other(suspend),
            IdempotentReply::NONE,
        )
        .await
        .expect("suspended");
    let count = |query: CountQuery| {
        let (app, programme) = (&office.app, office.programme);
        async move { app.count_partnerships(&system(), programme, &query, None).await.expect("a count").count }
    };
    let in_2008 = count(CountQuery::headline(day("2008-06-04"))).await;
    assert_eq!((in_2008.number(), in_2008.undated.len()), (3, 1));
    let (caller, part) = (system(), CountedPart { limit: 1, ..CountedPart::default() });
    let query = CountQuery::headline(day("2008-06-04"));
    let listed = office.app.list_counted_partnerships(&caller, office.programme, &query, None, part).await;
    let listed = listed.expect("a list");
    let (how, first) = &listed.items[0];
    let places: Vec<_> =
        listed.places[&first.partnership].iter().map(|place| place.display_name().to_string()).collect();
    assert_eq!((*how, places), (CountedAs::Certain, vec!["Chicago".to_owned(), "Warsaw".to_owned()]));
    assert_eq!(count(CountQuery::headline(day("2022-03-02"))).await.number(), 3);
    let suspended = CountQuery::headline(day("2022-03-02")).in_statuses([StatusKind::Suspended]);
    assert_eq!(count(suspended).await.number(), 1);
}

async fn a_kind_that_the_programme_does_not_know_cannot_be_counted(office: Office) {
    let query =
        CountQuery::headline(day("2008-06-04")).of_kinds([KindKey::new("cousin-city").expect("a key")]);
    let refusal = office.app.count_partnerships(&system(), office.programme, &query, None).await;
    assert!(matches!(refusal, Err(AppError::Invalid(_))), "{refusal:?}");
}

async fn r27_the_four_counts_of_a_year_are_those_of_its_own_engagements(office: Office) {
    let bond = office.sister("Birmingham", "1993").await.partnership.value.id();
    let other = office.sister("Hamburg", "1994").await.partnership.value.id();
    for (bond, date) in [
        (bond, "2008-06-02"),
        (bond, "2005-12-31"),
        (other, "2008-01"),
        (other, "2008"),
        (other, "2009-01-01"),
        (other, ""),
    ] {
        office.visit(bond, date).await;
    }
    let caller = system();
    let count = async |partnership, year| {
        let found = office.app.count_exchanges(&caller, office.programme, partnership, year).await;
        let found = found.expect("counts");
        (found.year, found.counts.inbound.exchanges, found.undated, found.earlier)
    };
    assert_eq!(count(None, None).await, (Some(2009), 1, 1, Some(2008)));
    assert_eq!(count(None, Some(2008)).await, (Some(2008), 3, 1, Some(2005)));
    assert_eq!(count(Some(bond), Some(2008)).await, (Some(2008), 1, 0, Some(2005)));
    assert_eq!(count(Some(bond), Some(2005)).await, (Some(2005), 1, 0, None));
    assert_eq!(count(None, Some(9999)).await, (Some(9999), 0, 1, Some(2009)));
}

async fn the_list_behind_a_number_comes_in_parts_with_the_surest_first(office: Office) {
    for (city, since) in [("Birmingham", "1993"), ("Hamburg", "1994"), ("Accra", "2008"), ("Osaka", "1973")] {
        office.sister(city, since).await;
    }
    let (caller, query) = (system(), CountQuery::headline("2008-06-04".parse().expect("a day")));
    let part = async |after| {
        let part = CountedPart { after, limit: 2 };
        let read = office.app.list_counted_partnerships(&caller, office.programme, &query, None, part);
        read.await.expect("a part")
    };
    let whole =
        office.app.count_partnerships(&caller, office.programme, &query, None).await.expect("a count").count;
    assert_eq!((whole.number(), whole.possible.len()), (3, 1));
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let found = part(after).await;
        assert!(found.items.iter().all(|(_, one)| found.places[&one.partnership].len() == 2));
        listed.extend(found.items);
        after = found.next;
        if after.is_none() {
            break;
        }
    }
    assert!(listed.iter().map(|(how, one)| (*how, one)).eq(whole.listed()));
    assert_eq!(listed.last().map(|(how, _)| *how), Some(CountedAs::Possible));
}
