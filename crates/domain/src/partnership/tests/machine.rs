//! The state machine of domain-rules.md, section 6, arrow by arrow.

use std::collections::BTreeSet;

use super::fixtures::*;
use crate::partnership::*;
use StatusKind as S;

/// Every arrow that changes a status by decision. Resuming returns to what was suspended and is told elsewhere.
const ARROWS: &[(StatusKind, ActKind, StatusKind)] = &[
    (S::Enquiry, ActKind::Assess, S::Assessing),
    (S::Assessing, ActKind::Explore, S::Exploring),
    (S::Exploring, ActKind::Agree, S::Agreed),
    (S::Agreed, ActKind::Review, S::UnderReview),
    (S::UnderReview, ActKind::Reawaken, S::Reawakening),
    (S::Reawakening, ActKind::Reawakened, S::Agreed),
    (S::UnderReview, ActKind::Conclude, S::Concluded),
    // One side may end it alone (R12), from wherever it stands in force or suspended.
    (S::Agreed, ActKind::Conclude, S::Concluded),
    (S::Reawakening, ActKind::Conclude, S::Concluded),
    (S::Suspended, ActKind::Conclude, S::Concluded),
    (S::Enquiry, ActKind::Decline, S::Declined),
    (S::Assessing, ActKind::Decline, S::Declined),
    (S::Concluded, ActKind::Honour, S::Historical),
    (S::Enquiry, ActKind::Suspend, S::Suspended),
    (S::Assessing, ActKind::Suspend, S::Suspended),
    (S::Exploring, ActKind::Suspend, S::Suspended),
    (S::Agreed, ActKind::Suspend, S::Suspended),
    (S::UnderReview, ActKind::Suspend, S::Suspended),
    (S::Reawakening, ActKind::Suspend, S::Suspended),
    (S::Suspended, ActKind::Resume, S::Agreed),
];

/// Acts that are possible but leave the status as it is.
fn keeps(from: StatusKind, act: ActKind) -> bool {
    let in_force = S::IN_FORCE.contains(&from);
    act == ActKind::Measure || (in_force && matches!(act, ActKind::Reaffirm | ActKind::Agree))
}

/// A partnership in each status; the suspended one was agreed before.
fn standing(kind: StatusKind) -> Partnership {
    let enquired = || {
        Partnership::enquired(partnership_id(1), programme(), members(), decided(Act::Enquire, "1990"))
            .unwrap()
            .0
    };
    let assess = || decided(Act::Assess, "1991");
    match kind {
        S::Enquiry => enquired(),
        S::Assessing => after(enquired(), [assess()]),
        S::Exploring => after(enquired(), [assess(), decided(Act::Explore, "1992")]),
        S::Agreed => standing(S::Exploring).agree(episode("sister-city", "1993"), None).unwrap().0,
        S::UnderReview => after(standing(S::Agreed), [review("2001-01-01", "2000")]),
        S::Reawakening => after(standing(S::UnderReview), [decided(Act::Reawaken { plan: None }, "2000")]),
        S::Suspended => after(standing(S::Agreed), [suspend("2002")]),
        S::Declined => after(enquired(), [decided(Act::Decline { reason: None }, "1991")]),
        S::Concluded => after(standing(S::Agreed), [conclude("2003")]),
        S::Historical => after(standing(S::Concluded), [decided(Act::Honour, "2004")]),
    }
}

fn take(partnership: Partnership, act: ActKind) -> Result<StatusKind, PartnershipTransitionError> {
    let act = match act {
        ActKind::Enquire => Act::Enquire,
        ActKind::Assess => Act::Assess,
        ActKind::Explore => Act::Explore,
        ActKind::Agree => {
            let more = partnership.agree(episode("project", "2010"), None);
            return more.map(|(after, _)| after.status().kind());
        }
        ActKind::Decline => Act::Decline { reason: None },
        ActKind::Review => Act::Review { deadline: day("2011-01-01") },
        ActKind::Reawaken => Act::Reawaken { plan: None },
        ActKind::Reawakened => Act::Reawakened,
        ActKind::Suspend => Act::Suspend { condition: None },
        ActKind::Resume => Act::Resume { grounds: None },
        ActKind::Conclude => Act::Conclude { reason: None },
        ActKind::Honour => Act::Honour,
        ActKind::Reaffirm => Act::Reaffirm { statement: None },
        ActKind::Measure => Act::Measure { measure: Measure::ReturnGifts, note: None },
    };
    partnership.decide(Decision::new(act).on(date("2010"))).map(|(after, _)| after.status().kind())
}

#[test]
fn every_arrow_of_the_state_machine_is_possible_and_no_other() {
    for from in S::ALL {
        let partnership = standing(from);
        assert_eq!(partnership.status().kind(), from);
        for act in ActKind::ALL {
            let arrow =
                ARROWS.iter().find(|(start, by, _)| (*start, *by) == (from, act)).map(|(_, _, to)| *to);
            let expected = arrow.or_else(|| keeps(from, act).then_some(from));
            match take(partnership.clone(), act) {
                Ok(to) => assert_eq!(Some(to), expected, "{from} by {act}"),
                Err(error) => assert_eq!(None, expected, "{from} by {act}: {error}"),
            }
        }
    }
}

#[test]
fn what_is_listed_as_possible_is_possible_and_nothing_else_is() {
    for from in S::ALL {
        let listed: BTreeSet<ActKind> = possible_acts(Some(from)).into_iter().collect();
        let possible: BTreeSet<ActKind> =
            ActKind::ALL.into_iter().filter(|act| take(standing(from), *act).is_ok()).collect();
        assert_eq!(listed, possible, "{from}");
    }
}

#[test]
fn a_history_begins_with_an_enquiry_or_an_agreement() {
    for act in ActKind::ALL {
        let listed = possible_acts(None).contains(&act);
        assert_eq!(listed, matches!(act, ActKind::Enquire | ActKind::Agree));
    }
    let refused = Partnership::enquired(partnership_id(1), programme(), members(), conclude("1990"));
    assert_eq!(refusal(refused), Refusal::NotFirst);
}

#[test]
fn a_refusal_says_who_what_and_from_where() {
    let error = standing(S::Agreed).decide(decided(Act::Reawakened, "2010")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "partnership prt_00000000000000000000000001 cannot be called reawakened: it is agreed on that day; \
         this needs it to be reawakening"
    );
}

#[test]
fn a_review_carries_its_deadline_and_reawakening_its_plan() {
    assert_eq!(standing(S::UnderReview).status(), Status::UnderReview { deadline: day("2001-01-01") });
    let plan = Some(words("a visit of the mayor, an agreed programme, a first result within a year"));
    let reawakening =
        after(standing(S::UnderReview), [decided(Act::Reawaken { plan: plan.clone() }, "2000-06")]);
    assert_eq!(reawakening.status(), Status::Reawakening { since: Some(date("2000-06")), plan });
}

#[test]
fn a_review_cannot_be_due_before_it_was_opened() {
    let refused = refusal(standing(S::Agreed).decide(review("1999-12-31", "2000")));
    assert_eq!(refused, Refusal::DeadlineTooEarly { deadline: day("1999-12-31"), on: date("2000") });
}

#[test]
fn a_partnership_that_was_reawakened_stands_as_agreed_again() {
    let reawakened = after(standing(S::Reawakening), [decided(Act::Reawakened, "2001")]);
    assert_eq!(reawakened.status(), Status::Agreed);
    assert_eq!(reawakened.episodes().len(), 1);
}

#[test]
fn an_agreement_is_reported_with_its_episode_and_a_decision_with_where_it_led() {
    let (_, event) = standing(S::Exploring).agree(episode("sister-city", "1993"), None).unwrap();
    let PartnershipEvent::Agreed { decided, episode: begun } = event else { panic!("{event:?}") };
    assert_eq!((decided.from, decided.to), (Some(S::Exploring), S::Agreed));
    assert_eq!(begun, episode("sister-city", "1993"));
    let (_, event) = standing(S::Agreed).decide(suspend("2022-03-01")).unwrap();
    assert_eq!(event.name(), "partnership.suspended");
}

#[test]
fn every_event_of_a_decision_has_the_name_that_is_in_its_json() {
    for from in S::ALL {
        for act in possible_acts(Some(from)) {
            let decision = match act {
                ActKind::Suspend => suspend("2010"),
                ActKind::Reaffirm => reaffirm("2010"),
                ActKind::Conclude => conclude("2010"),
                ActKind::Resume => resume("2010"),
                ActKind::Review => review("2012-01-01", "2010"),
                ActKind::Honour => decided(Act::Honour, "2010"),
                ActKind::Enquire
                | ActKind::Assess
                | ActKind::Explore
                | ActKind::Agree
                | ActKind::Decline
                | ActKind::Reawaken
                | ActKind::Reawakened
                | ActKind::Measure => continue,
            };
            let (_, event) = standing(from).decide(decision).unwrap();
            let json = serde_json::to_value(&event).unwrap();
            assert_eq!(json["name"], event.name());
            assert_eq!(serde_json::from_value::<PartnershipEvent>(json).unwrap(), event);
        }
    }
}
