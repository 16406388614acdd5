//! Partnerships whose story is known: Casablanca, signed, forgotten, reawakened, lost from the record, revived; Birmingham, put
//! energy into.
//!
//! The lines are those of Chicago's exchange log (`date,direction,foci,title`), titles shortened.

use sister_cities_domain::vitality::{Origin, Standing, Weight, waning};

use crate::logged::Logged;

fn casablanca() -> Logged {
    Logged::agreed("1982").complete("1982", "1995").log(&[
        "1982,joint,signing_agreement,Sister city agreement signed",
        "1991,inbound,reaffirmation,Casablanca officials hosted during the Sister Cities International conference",
        "1991,inbound,government;business,Wali Ahmed Motii and six Moroccan governors visit",
        "1991,outbound,medicine,Cindy Mitchell tours the Ibn Rochd children's hospital",
        "1991-08,inbound,environment,Moroccan members of parliament study recycling and mass transit",
        "1992,unknown,culture,Slide lecture on Morocco in Chicago",
        "1993-05,unknown,culture,Mural by the artist Chabaa installed in O'Hare",
        "1994,outbound,education;youth;social_service,Seven Chicago teenagers volunteer in an orphanage",
        "1994,inbound,education;youth;social_service,Return visit of the Casablanca students",
        "1994,joint,medicine,Five-year programme to train Ibn Rochd doctors and nurses starts",
        "1995,inbound,business,Moroccan business delegation looks into tourism",
        "1995,outbound,medicine,Committee tour of Casablanca to assess medical needs",
        "2002,unknown,medicine;humanitarian,Eye-care campaign 2002 to 2004",
        "2003-10,joint,education;signing_agreement,Twinning of Ben M'sik with Walter Payton high school",
        "2003-11,unknown,reaffirmation,Association founded in Casablanca to revive the twinning",
        "2004-03,outbound,medicine;government;business;education,First Chicago Week in Casablanca",
        ",outbound,humanitarian;medicine,Hearing aids for children in Casablanca and Amman",
    ])
}

fn birmingham() -> Logged {
    Logged::agreed("1993").complete("2004", "2008").log(&[
        "1993-09,inbound,signing_agreement,Agreement signed in Chicago",
        "2004-11-08,outbound,social_service,Ninth Tri-City social work exchange",
        "2005,inbound,reaffirmation;government,Council leader Mike Whitby and Clive Dutton come to reawaken the link",
        "2008-06,inbound,government;business;culture,Birmingham delegation at the festival",
        "2008-06,inbound,business,Company visits: a gears manufacturer",
        "2008-06,inbound,business,Company visits: a cheesecake maker",
        "2008-06,inbound,business;social_service,Company visits: a social enterprise for ex-offenders",
        "2008-06,inbound,business;government,Joint Workforce Best Practice Session",
        "2008-06,inbound,culture;business,Birmingham Day at the festival in Daley Plaza",
        "2008-06,joint,signing_agreement;government;business,Five-point best practice action plan signed",
        "2008-06,joint,environment,Climate change initiatives",
        "2008-06,inbound,business,Contacts ahead of the 2009 Rotary convention",
    ])
}

#[test]
fn casablanca_sleeps_through_the_eighties_wakes_is_lost_from_sight_and_lives_again() {
    let partnership = casablanca();
    assert_eq!(partnership.standings(&["1981-06-01", "1983-06-01"]), ["not_in_force", "active"]);
    let sleeping = ["1986-01-01", "1987-01-01", "1988-01-01", "1989-01-01", "1990-01-01", "1990-12-31"];
    assert_eq!(partnership.standings(&sleeping), ["dormant"; 6]);
    assert_eq!(partnership.standings(&["1992-01-01", "1992-12-31", "1995-12-31"]), ["active"; 3]);
    assert_eq!(partnership.standings(&["1999-01-01", "2001-01-01", "2003-01-01"]), ["not_known"; 3]);
    assert_eq!(partnership.standings(&["2004-04-01", "2004-12-31"]), ["active"; 2]);
}

#[test]
fn what_casablanca_s_record_lacks_is_named() {
    let Standing::NotKnown { gap: Some(gap), .. } = casablanca().on("1999-01-01").standing else {
        panic!("the record of 1999 is missing");
    };
    assert_eq!((gap.from, gap.to), (crate::given::day("1996-01-01"), crate::given::day("1999-01-01")));
}

#[test]
fn casablanca_in_words() {
    let partnership = casablanca();
    let words = |date| partnership.on(date).sentences().join("\n");
    insta::assert_snapshot!("casablanca_1983", words("1983-06-01"));
    insta::assert_snapshot!("casablanca_1988", words("1988-06-01"));
    insta::assert_snapshot!("casablanca_1992", words("1992-06-01"));
    insta::assert_snapshot!("casablanca_1999", words("1999-01-01"));
    insta::assert_snapshot!("casablanca_2004", words("2004-06-01"));
}

#[test]
fn birmingham_in_words() {
    let partnership = birmingham();
    let words = |date| partnership.on(date).sentences().join("\n");
    insta::assert_snapshot!("birmingham_2005", words("2005-12-31"));
    insta::assert_snapshot!("birmingham_june_2008_before_the_visit", words("2008-05-31"));
    insta::assert_snapshot!("birmingham_june_2008", words("2008-06-30"));
}

#[test]
fn birmingham_s_inputs_are_listed_with_their_present_weight() {
    let partnership = birmingham();
    let now = partnership.on("2008-06-30");
    let listed: Vec<String> = now
        .inputs
        .iter()
        .map(|input| {
            let date = input.date.map_or(String::new(), |date| date.to_string());
            let weight = match input.weight {
                Weight::Counted { energy, points } => format!("{energy:.3} of energy, {points:.1} points"),
                Weight::NotCounted(reason) => reason.in_words().to_owned(),
                _ => unreachable!("a new kind of weight"),
            };
            format!("{date:10} {:34} {weight}", input.foci.to_string())
        })
        .collect();
    insta::assert_snapshot!("birmingham_inputs", listed.join("\n"));
}

#[test]
fn one_signing_keeps_a_partnership_active_for_a_year_and_from_dormancy_for_two_and_a_half() {
    let partnership = Logged::agreed("2023-05-04").complete("", "");
    let signed = partnership.on("2023-05-04");
    assert_eq!(signed.score.unwrap().points(), 40);
    assert_eq!(
        partnership.standings(&["2023-05-03", "2023-05-04", "2024-05-03", "2024-05-04"]),
        ["not_in_force", "active", "active", "cooling"]
    );
    let forecast = signed.forecast.unwrap();
    // 2024 has a leap day: 366 and 944 days after the signing.
    assert_eq!(forecast.cooling_on.unwrap().likely.to_string(), "2024-05-04");
    assert_eq!(forecast.dormant_on.unwrap().likely.to_string(), "2025-12-03");
}

#[test]
fn a_letter_without_an_answer_revives_nobody() {
    let letters = ["2020-01-01,unknown,culture,Letter", "2020-02-01,unknown,business,Letter"];
    let partnership = Logged::agreed_nobody_knows_when().complete("", "").log(&letters);
    let vitality = partnership.on("2020-03-01");
    assert_eq!((vitality.standing.as_str(), vitality.score.unwrap().points()), ("dormant", 0));
    insta::assert_snapshot!("only_letters", vitality.sentences().join("\n"));
}

#[test]
fn a_signing_counts_once_however_many_papers_tell_of_it() {
    let told_thrice = Logged::agreed("1993")
        .agreement_on_file("1993-09-18", "")
        .log(&["1993-09,inbound,signing_agreement,Agreement signed in Chicago"]);
    let listed = told_thrice.on("1993-12-31").inputs;
    let counted: Vec<bool> =
        listed.iter().map(|input| matches!(input.weight, Weight::Counted { .. })).collect();
    // The year of the list, the month of the log, the day of the agreement on file: the log stands for all.
    assert_eq!(counted, [false, true, false]);

    let told_twice = Logged::agreed("1993").agreement_on_file("1993-09-18", "");
    let listed = told_twice.on("1993-12-31").inputs;
    assert!(matches!(listed[0].origin, Origin::Episode(0)) && listed[0].points() == 0.0);
    assert!(matches!(listed[1].origin, Origin::Agreement(_)) && listed[1].points() > 0.0);
}

#[test]
fn an_agreement_that_ends_before_the_partnership_would_be_dormant_is_told_of() {
    let for_three_years =
        |ends| Logged::agreed("2020-01-15").complete("", "").agreement_on_file("2020-01-15", ends);
    let outlook = |partnership: Logged| partnership.on("2020-06-01").outlook().unwrap();
    insta::assert_snapshot!("agreement_ends", outlook(for_three_years("2021-12-31")));
    assert!(!outlook(for_three_years("2029-12-31")).contains("agreement"));
    // An open-ended one beside it carries the partnership on.
    assert!(
        !outlook(for_three_years("2021-12-31").agreement_on_file("2020-02-01", "")).contains("agreement")
    );
}

#[test]
fn an_engagement_of_this_year_may_still_lie_ahead() {
    let partnership =
        Logged::agreed_nobody_knows_when().log(&["2026,inbound,culture,Concert some time in 2026"]);
    let score = |date| {
        let score = partnership.on(date).score.unwrap();
        [score.low, score.typical, score.high].map(|points| format!("{points:.0}"))
    };
    assert_eq!(score("2025-12-31"), ["0", "0", "0"]);
    assert_eq!(score("2026-03-01"), ["0", "0", "40"]);
    assert_eq!(score("2026-08-01"), ["0", "39", "40"]);
    assert_eq!(score("2026-12-31"), ["25", "32", "40"]);
}

#[test]
fn a_partnership_that_is_active_stays_so_with_less_than_it_took_to_become_so() {
    let visit = "2020-01-01,inbound,culture,Visit";
    let letter = "2020-07-01,unknown,business,Letter";
    let partnership = Logged::agreed_nobody_knows_when().complete("", "");
    let kept_warm = partnership.log(&[visit, letter]).on("2020-07-01");
    assert_eq!((kept_warm.standing.as_str(), kept_warm.score.unwrap().points()), ("active", 39));
    // To stay active 25 points do; on the way up, 34 are not enough.
    let letters = [letter, "2020-07-01,unknown,culture,Letter", "2020-07-01,unknown,medicine,Letter"];
    let old_visit = "2019-02-24,inbound,culture,Visit";
    let reviving = Logged::agreed("2010").complete("", "").log(&[old_visit]).log(&letters);
    assert_eq!(reviving.standings(&["2019-02-23", "2020-06-30"]), ["dormant", "cooling"]);
    let reviving = reviving.on("2020-07-01");
    assert_eq!((reviving.standing.as_str(), reviving.score.unwrap().points()), ("cooling", 34));
}

#[test]
fn of_many_partnerships_those_that_wane_are_told_with_the_day_the_soonest_first() {
    let signed = |day: &str| Logged::agreed(day).complete("", "").on("2024-06-01");
    let bonds = [
        ("dormant since long", signed("2010-05-04")),
        ("cooling", signed("2023-05-04")),
        ("active for months", signed("2024-05-04")),
        ("active for weeks", signed("2023-06-20")),
        ("not told of", casablanca().on("1999-01-01")),
    ];
    let until = |day| waning(bonds.iter().map(|(name, vitality)| (*name, vitality)), crate::given::day(day));
    let day = crate::given::day;
    let soon = [("cooling", day("2024-06-01")), ("active for weeks", day("2024-06-20"))];
    assert_eq!(until("2024-12-31"), soon);
    assert_eq!(until("2025-12-31").last(), Some(&("active for months", day("2025-05-05"))));
}

#[test]
fn an_assessment_is_shown_in_words_and_written_as_json() {
    let vitality = birmingham().on("2008-06-30");
    assert_eq!(vitality.to_string(), vitality.sentences().join(" "));
    assert_eq!(vitality.standing.to_string(), "active");
    let json = serde_json::to_value(&vitality).unwrap();
    assert_eq!(json["standing"]["standing"], "rated");
    assert_eq!(json["standing"]["rung"], "active");
    assert_eq!(json["inputs"].as_array().map(Vec::len), Some(vitality.inputs.len()));
    let not_known = casablanca().on("1999-01-01").standing;
    assert_eq!(not_known.to_string(), "not known: at least cooling, at most active");
    insta::assert_snapshot!(vitality.forecast.unwrap());
}
