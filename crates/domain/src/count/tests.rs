//! Counting: R5, with Chicago's own numbers, which disagree only because they answer different questions.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::partnership::tests::fixtures::*;
use crate::partnership::tests::properties::{any_date, any_partnership};
use crate::partnership::{Act, Decision, Members, Status};
use crate::programme::Headline;

/// Chicago's partners: name, kind, and the date signed as precisely as it is known.
///
/// Source: the list typed from Wikipedia-style lists, Crain's Chicago Business 2006-09-30, the city's release of
/// 2010-04-26, gopride.com 2009-04-30 and worldbusinesschicago.com.
const CHICAGO: [(&str, &str, &str); 32] = [
    ("Warsaw", "sister-city", "1960"),
    ("Milan", "sister-city", "1973-04"),
    ("Osaka", "sister-city", "1973"),
    ("Casablanca", "sister-city", "1982"),
    ("Shanghai", "sister-city", "1985"),
    ("Shenyang", "sister-city", "1985"),
    ("Gothenburg", "sister-city", "1987"),
    ("Accra", "sister-city", "1989"),
    ("Prague", "sister-city", "1990"),
    ("Kyiv", "sister-city", "1991"),
    ("Mexico City", "sister-city", "1991"),
    ("Toronto", "sister-city", "1991"),
    ("Birmingham", "sister-city", "1993"),
    ("Vilnius", "sister-city", "1993"),
    ("Hamburg", "sister-city", "1994"),
    ("Petach Tikva", "sister-city", "1994"),
    ("Paris", "partner-city", "1996"),
    ("Athens", "sister-city", "1997"),
    ("Durban", "sister-city", "1997"),
    ("Galway", "sister-city", "1997"),
    ("Moscow", "sister-city", "1997"),
    ("Lucerne", "sister-city", "1998"),
    ("Delhi", "sister-city", "2001"),
    ("Amman", "sister-city", "2004"),
    ("Belgrade", "sister-city", "2005"),
    ("Lahore", "sister-city", "2007"),
    ("Busan", "sister-city", "2007"),
    ("Bogotá", "sister-city", "2009-04-28"),
    ("Sydney", "sister-city", "2019"),
    ("Glasgow", "cooperation-agreement", "2010-04-26"),
    ("Florence", "cooperation-agreement", "2010-04-26"),
    ("Quebec City", "cooperation-agreement", "2010-04-26"),
];

const CONDITION: &str = "Until hostilities against Ukraine end and those responsible are held to account";

/// The 32 partnerships with their names; Moscow suspended on 1 March 2022.
fn chicago() -> (Vec<Partnership>, BTreeMap<PartnershipId, &'static str>) {
    let mut names = BTreeMap::new();
    let mut partnerships = Vec::new();
    for (number, (called, kind, began)) in (2..).zip(CHICAGO) {
        let id = partnership_id(number);
        let pair = Members::new([place(1), place(number)]).unwrap();
        let mut partnership =
            Partnership::agreed(id, programme(), pair, episode(kind, began), None).unwrap().0;
        if called == "Moscow" {
            let suspension = Decision::new(Act::Suspend { condition: Some(words(CONDITION)) });
            partnership =
                after(partnership, [suspension.on(date("2022-03-01")).by(name("Mayor of Chicago"))]);
        }
        names.insert(id, called);
        partnerships.push(partnership);
    }
    (partnerships, names)
}

fn answer(query: &CountQuery) -> (Count, BTreeSet<&'static str>) {
    let (partnerships, names) = chicago();
    let count = count(query, &KindCatalogue::standard(), &partnerships);
    let listed = count.certain.iter().map(|entry| names[&entry.partnership]).collect();
    (count, listed)
}

#[test]
fn r5_as_of_june_2008_chicago_has_27_sisters() {
    let (count, listed) = answer(&CountQuery::headline(day("2008-06-04")));
    assert_eq!((count.number(), count.possible.len(), count.undated.len()), (27, 0, 0));
    let expected: BTreeSet<&str> = CHICAGO[..27].iter().map(|(called, ..)| *called).collect();
    assert_eq!(listed, expected);
    assert!(listed.contains("Paris"), "partner cities count in the headline");
}

#[test]
fn r5_as_of_26_april_2010_it_has_28_and_three_cooperation_agreements_when_asked() {
    let (count, listed) = answer(&CountQuery::headline(day("2010-04-26")));
    assert_eq!((count.number(), listed.contains("Bogotá")), (28, true));
    let cooperation = CountQuery::headline(day("2010-04-26")).of_kinds([kind("cooperation-agreement")]);
    let (count, listed) = answer(&cooperation);
    assert_eq!(count.number(), 3);
    assert_eq!(listed, BTreeSet::from(["Florence", "Glasgow", "Quebec City"]));
    let (count, _) = answer(&CountQuery { as_of: day("2010-04-25"), ..cooperation });
    assert_eq!((count.number(), count.possible.len()), (0, 0));
}

#[test]
fn r5_r13_as_of_2_march_2022_it_has_28_in_force_and_moscow_suspended_with_its_condition() {
    let (count, listed) = answer(&CountQuery::headline(day("2022-03-02")));
    assert_eq!((count.number(), listed.contains("Moscow")), (28, false));
    let suspended = CountQuery::headline(day("2022-03-02")).in_statuses([StatusKind::Suspended]);
    let (count, listed) = answer(&suspended);
    assert_eq!((count.number(), listed), (1, BTreeSet::from(["Moscow"])));
    let (partnerships, _) = chicago();
    let moscow =
        partnerships.iter().find(|partnership| partnership.id() == count.certain[0].partnership).unwrap();
    let status = moscow.status_on(day("2022-03-02"));
    let Some(Some(Status::Suspended(suspension))) = status.certain() else { panic!("{status:?}") };
    assert_eq!(suspension.condition, Some(words(CONDITION)));
    let (before, _) = answer(&CountQuery::headline(day("2022-02-28")));
    assert_eq!(before.number(), 29);
}

#[test]
fn r5_running_totals_fit_what_was_published_at_the_time() {
    // 22 in July 2001 (Chicago Tribune; Delhi followed in October), 25 in 2006 (Crain's), 28 in April 2009.
    let published = [("1989-12-31", 8), ("2006-09-30", 25), ("2009-04-28", 28), ("2019-12-31", 29)];
    for (on, number) in published {
        assert_eq!(answer(&CountQuery::headline(day(on))).0.number(), number, "{on}");
    }
    let (july_2001, _) = answer(&CountQuery::headline(day("2001-07-31")));
    assert_eq!((july_2001.number(), july_2001.possible.len()), (22, 1));
}

#[test]
fn r5_a_partnership_of_which_only_the_year_is_known_is_possible_within_that_year_and_not_counted() {
    let (count, listed) = answer(&CountQuery::headline(day("1960-06-01")));
    assert_eq!((count.number(), listed.len()), (0, 0));
    assert_eq!(count.possible[0].since, Some(date("1960")));
    assert_eq!(answer(&CountQuery::headline(day("1960-12-31"))).0.number(), 1);
}

#[test]
fn r5_a_blank_year_is_listed_as_undated_and_never_makes_a_partnership_count_as_certain() {
    let milan = sisters_since("");
    let asked = CountQuery::headline(day("2024-01-01"));
    let count_of = |partnership: &Partnership| count(&asked, &KindCatalogue::standard(), [partnership]);
    let found = count_of(&milan);
    assert_eq!((found.number(), found.possible.len(), found.undated.len()), (0, 0, 1));
    assert_eq!(found.undated[0].since, None);
    let reaffirmed = after(milan, [reaffirm("1991")]);
    assert_eq!(count_of(&reaffirmed).number(), 1, "a dated decision proves that it existed");
}

#[test]
fn r2_r5_which_kinds_make_the_headline_is_the_programmes_own_choice() {
    let mut kinds: Vec<_> = KindCatalogue::standard().into();
    for kind in &mut kinds {
        kind.in_headline =
            if kind.key.as_str() == "partner-city" { Headline::Counted } else { Headline::NotCounted };
    }
    let catalogue = KindCatalogue::new(kinds).unwrap();
    let (partnerships, names) = chicago();
    let only_partners = count(&CountQuery::headline(day("2010-04-26")), &catalogue, &partnerships);
    assert_eq!((only_partners.number(), names[&only_partners.certain[0].partnership]), (1, "Paris"));
}

#[test]
fn r5_a_partnership_in_force_whose_kind_is_in_doubt_on_that_day_is_possible_only() {
    let (partnership, _) = sisters_since("1960").agree(episode("project", "1975"), None).unwrap();
    let (partnership, _) = partnership.end_episode(1, date("1978"), source("minutes")).unwrap();
    let projects = |on: &str| {
        let query = CountQuery::headline(day(on)).of_kinds([kind("project")]);
        let found = count(&query, &KindCatalogue::standard(), [&partnership]);
        (found.number(), found.possible.len())
    };
    assert_eq!(projects("1975-06-01"), (0, 1));
    assert_eq!(projects("1976-06-01"), (1, 0));
    assert_eq!(projects("1978-06-01"), (0, 1));
    assert_eq!(projects("1978-12-31"), (0, 0));
}

#[test]
fn an_ended_partnership_is_counted_among_the_ended_by_the_kind_it_had() {
    let ended = after(sisters_since("1960"), [conclude("1990-05-01")]);
    let among = |status: StatusKind, on: &str| {
        let query = CountQuery::headline(day(on)).in_statuses([status]);
        count(&query, &KindCatalogue::standard(), [&ended]).number()
    };
    assert_eq!((among(StatusKind::Agreed, "1990-04-30"), among(StatusKind::Concluded, "1990-04-30")), (1, 0));
    assert_eq!((among(StatusKind::Agreed, "1990-05-01"), among(StatusKind::Concluded, "1990-05-01")), (0, 1));
}

#[test]
fn a_partnership_of_two_kinds_is_counted_once() {
    let (both, _) = sisters_since("1960").agree(episode("partner-city", "1970"), None).unwrap();
    let found = count(&CountQuery::headline(day("1980-01-01")), &KindCatalogue::standard(), [&both]);
    assert_eq!(found.number(), 1);
    assert_eq!(found.certain[0].kind, kind("sister-city"));
}

#[test]
fn the_stored_form_of_a_question_leaves_out_what_was_not_asked() {
    let json = serde_json::to_string(&CountQuery::headline(day("2008-06-04"))).unwrap();
    assert_eq!(json, r#"{"as_of":"2008-06-04"}"#);
}

/// Partnerships with ids of their own.
fn any_programme() -> impl Strategy<Value = Vec<Partnership>> {
    prop::collection::vec(any_partnership(), 0..8).prop_map(|partnerships| {
        let renumber = |(number, partnership): (u128, Partnership)| {
            let mut stored = serde_json::to_value(partnership).unwrap();
            stored["id"] = serde_json::to_value(partnership_id(number)).unwrap();
            serde_json::from_value(stored).unwrap()
        };
        (1..).zip(partnerships).map(renumber).collect()
    })
}

proptest! {
    #[test]
    fn r5_the_answer_does_not_depend_on_the_order_of_the_partnerships(
        (partnerships, shuffled) in any_programme().prop_flat_map(|partnerships| (Just(partnerships.clone()), Just(partnerships).prop_shuffle())),
        on in any_date(),
    ) {
        let query = CountQuery::headline(on.earliest());
        let catalogue = KindCatalogue::standard();
        prop_assert_eq!(count(&query, &catalogue, &partnerships), count(&query, &catalogue, &shuffled));
    }

    #[test]
    fn r5_no_partnership_is_in_two_lists_and_all_statuses_together_cover_every_partnership_that_has_begun(
        partnerships in any_programme(),
        on in any_date(),
    ) {
        let catalogue = KindCatalogue::standard();
        let day = on.earliest();
        let all_kinds: BTreeSet<KindKey> = catalogue.iter().map(|kind| kind.key.clone()).collect();
        let mut covered = BTreeSet::new();
        let mut certain = Vec::new();
        for status in StatusKind::ALL {
            let query = CountQuery::headline(day).of_kinds(all_kinds.clone()).in_statuses([status]);
            let answer = count(&query, &catalogue, &partnerships);
            let lists = [&answer.certain, &answer.possible, &answer.undated];
            let ids: Vec<PartnershipId> = lists.into_iter().flatten().map(|entry| entry.partnership).collect();
            prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
            covered.extend(ids);
            certain.extend(answer.certain.iter().map(|entry| entry.partnership));
        }
        // Nothing is certainly of two statuses.
        prop_assert_eq!(certain.iter().collect::<BTreeSet<_>>().len(), certain.len());
        for partnership in &partnerships {
            let has_kind = !partnership.kinds_on(day).is_empty();
            prop_assert_eq!(covered.contains(&partnership.id()), has_kind, "{:?}", partnership);
        }
    }

    #[test]
    fn r5_asking_for_more_statuses_never_makes_the_number_smaller(partnerships in any_programme(), on in any_date()) {
        let catalogue = KindCatalogue::standard();
        let in_force = CountQuery::headline(on.latest());
        let more = in_force.clone().in_statuses(StatusKind::IN_FORCE.into_iter().chain([StatusKind::Suspended]));
        prop_assert!(count(&in_force, &catalogue, &partnerships).number() <= count(&more, &catalogue, &partnerships).number());
    }
}
