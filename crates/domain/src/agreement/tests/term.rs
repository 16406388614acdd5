//! Term, notice, effective end and sub-agreements: R11, R12, R15; and the terms after amendments.

use super::fixtures::*;
use crate::agreement::*;
use crate::id::AgreementId;
use crate::partnership::Members;
use crate::partnership::tests::fixtures::date;
use crate::value::{Certainty, Title};

fn twelve_months() -> NoticePeriod {
    NoticePeriod::from_months(12).unwrap()
}

#[test]
fn r11_a_blank_end_is_open_ended_and_stays_valid_until_one_or_both_say_otherwise() {
    let delhi = in_force(Terms::default(), "2001-10-10");
    assert_eq!(delhi.terms().term, Stated { value: Term::OpenEnded, by_version: None });
    assert_eq!(delhi.effective_end(), None);
    assert_eq!(delhi.state_on(1, day("2150-01-01"), us()), vec![VersionState::InForce]);
}

#[test]
fn r11_a_fixed_term_expires_on_the_day_after_its_last_and_expired_is_not_terminated() {
    let project = in_force(fixed("2004-12-31"), "2002-01-01");
    assert_eq!(project.state_on(1, day("2004-12-31"), us()), vec![VersionState::InForce]);
    assert_eq!(project.state_on(1, day("2005-01-01"), us()), vec![VersionState::Expired]);
    let end = project.effective_end().unwrap();
    assert_eq!((end.latest, end.because), (day("2004-12-31"), EndCause::TermRunsOut));
    assert_eq!(project.notice(), None);
}

#[test]
fn r11_a_term_known_by_year_only_leaves_that_year_open() {
    let project = in_force(fixed("2004"), "2002-01-01");
    let possible = vec![VersionState::InForce, VersionState::Expired];
    assert_eq!(project.state_on(1, day("2004-06-01"), us()), possible);
    assert_eq!(project.in_force_on(day("2004-06-01")), Certainty::Possibly);
    assert_eq!(project.in_force_on(day("2004-01-01")), Certainty::Yes);
    assert_eq!(project.in_force_on(day("2005-01-01")), Certainty::No);
}

#[test]
fn r11_only_a_fixed_term_can_run_out_of_itself() {
    let open = in_force(Terms::lasting(Term::OpenEnded), "1960");
    assert!(open.effective_end().is_none());
}

#[test]
fn r12_one_side_may_end_it_alone_and_the_effective_end_is_notice_plus_period() {
    let agreement = in_force(Terms::default().with_notice(twelve_months()), "1990-01-01");
    let (agreement, event) = agreement.give_notice(notice_by([them()], "2010-02-15")).unwrap();
    assert_eq!(event.name(), "agreement.notice_given");
    let end = agreement.effective_end().unwrap();
    assert_eq!((end.earliest, end.latest), (day("2011-02-15"), day("2011-02-15")));
    assert_eq!(end.because, EndCause::NoticeGiven);
    assert_eq!(agreement.state_on(1, day("2010-02-14"), us()), vec![VersionState::InForce]);
    assert_eq!(agreement.state_on(1, day("2010-02-15"), us()), vec![VersionState::NoticeGiven]);
    assert_eq!(agreement.state_on(1, day("2011-02-15"), us()), vec![VersionState::NoticeGiven]);
    assert_eq!(agreement.state_on(1, day("2011-02-16"), us()), vec![VersionState::Ended]);
}

#[test]
fn r12_without_a_notice_clause_a_councils_decision_ends_it_that_day() {
    let agreement = in_force(Terms::default(), "1990-01-01");
    let (agreement, _) = agreement.give_notice(notice_by([us()], "2018-10-02")).unwrap();
    assert_eq!(agreement.effective_end().unwrap().latest, day("2018-10-02"));
    assert_eq!(agreement.state_on(1, day("2018-10-03"), us()), vec![VersionState::Ended]);
}

#[test]
fn r12_all_sides_together_need_no_notice_period() {
    let agreement = in_force(Terms::default().with_notice(twelve_months()), "1990-01-01");
    let (agreement, _) = agreement.give_notice(notice_by([us(), them()], "2018-10-02")).unwrap();
    let end = agreement.effective_end().unwrap();
    assert_eq!((end.latest, end.because), (day("2018-10-02"), EndCause::MutualConsent));
}

#[test]
fn r12_a_notice_dated_by_month_gives_an_end_that_is_a_range() {
    let agreement = in_force(Terms::default().with_notice(twelve_months()), "1990-01-01");
    let (agreement, _) = agreement.give_notice(notice_by([them()], "2010-02")).unwrap();
    let end = agreement.effective_end().unwrap();
    assert_eq!((end.earliest, end.latest), (day("2011-02-01"), day("2011-02-28")));
    let possible = vec![VersionState::NoticeGiven, VersionState::Ended];
    assert_eq!(agreement.state_on(1, day("2011-02-10"), us()), possible);
}

#[test]
fn r12_notice_does_not_prolong_a_term_that_runs_out_before() {
    let terms = fixed("2010-06-30").with_notice(twelve_months());
    let (agreement, _) =
        in_force(terms, "2008-01-01").give_notice(notice_by([them()], "2010-02-15")).unwrap();
    let end = agreement.effective_end().unwrap();
    assert_eq!((end.latest, end.because), (day("2010-06-30"), EndCause::TermRunsOut));
    assert_eq!(agreement.state_on(1, day("2010-07-01"), us()), vec![VersionState::Expired]);
}

#[test]
fn r12_notice_is_given_once_by_a_party_and_only_of_what_is_signed_and_not_over() {
    let refused = refusal(approved(Terms::default()).give_notice(notice_by([us()], "2010")));
    assert_eq!(refused, AgreementRefusal::NothingInForce);
    let agreement = in_force(fixed("2004"), "2002");
    let refused = refusal(agreement.clone().give_notice(notice_by([us()], "2005")));
    assert_eq!(refused, AgreementRefusal::AlreadyOver { ended: day("2004-12-31") });
    let refused = refusal(agreement.clone().give_notice(notice_by([place(9)], "2003")));
    assert_eq!(refused, AgreementRefusal::NotAParty { place: place(9) });
    assert_eq!(refusal(agreement.clone().give_notice(notice_by([], "2003"))), AgreementRefusal::NobodyNamed);
    let once = agreement.give_notice(notice_by([us()], "2003-03-03")).unwrap().0;
    let refused = refusal(once.give_notice(notice_by([them()], "2003-04-04")));
    assert_eq!(refused, AgreementRefusal::NoticeAlreadyGiven { on: date("2003-03-03") });
}

/// An agreement between two other places that hangs under the cities' own.
fn sub_agreement(id: u128, parent: AgreementId, terms: Terms, on: &str) -> Agreement {
    let streets = [place(21), place(22)];
    let head = AgreementHead {
        id: agreement_id(id),
        parent: Some(parent),
        title: Title::new("Sister streets").unwrap(),
        parties: Members::new(streets).unwrap(),
        ..head()
    };
    let signatures = streets.map(|street| signed(street, on)).to_vec();
    Agreement::recorded(head, VersionText::NotAtHand, terms, signatures).unwrap().0
}

#[test]
fn r15_a_sub_agreement_has_its_own_parties_and_term() {
    let parent = in_force(Terms::default(), "1973-04");
    let streets = sub_agreement(2, parent.id(), fixed("2023-12-31"), "2018-08-01");
    assert_eq!(streets.parent(), Some(parent.id()));
    assert!(!streets.parties().contains(us()));
    assert_eq!(streets.in_force_on(day("2024-01-01")), Certainty::No);
    assert_eq!(parent.in_force_on(day("2024-01-01")), Certainty::Yes);
}

#[test]
fn r12_what_runs_under_an_agreement_is_listed_and_goes_on_when_it_ends() {
    let parent = in_force(Terms::default(), "1973-04");
    let all = [
        sub_agreement(2, parent.id(), Terms::default(), "2008-06"),
        sub_agreement(3, parent.id(), fixed("2010-12-31"), "2008-06"),
        sub_agreement(4, agreement_id(99), Terms::default(), "2008-06"),
    ];
    let (parent, _) = parent.give_notice(notice_by([us()], "2020-01-01")).unwrap();
    let running = running_under(parent.id(), &all, day("2020-01-02"));
    let listed: Vec<AgreementId> = running.iter().map(|running| running.agreement.id()).collect();
    assert_eq!(listed, vec![agreement_id(2)]);
    assert_eq!(parent.in_force_on(day("2020-01-02")), Certainty::No);
    assert_eq!(running[0].agreement.in_force_on(day("2020-01-02")), Certainty::Yes);
}

#[test]
fn r15_an_agreement_cannot_hang_under_itself() {
    let head = AgreementHead { parent: Some(agreement_id(1)), ..head() };
    let refused = refusal(Agreement::draft(head, text('a'), Terms::default()));
    assert_eq!(refused, AgreementRefusal::OwnParent);
}

#[test]
fn the_terms_after_an_amendment_say_which_version_each_comes_from() {
    let base = in_force(fixed("2003-12-31").with_notice(twelve_months()), "1999-05-01");
    let agreement = amended(base, Base::Amends { of: 1 }, fixed("2008-12-31"), "2003-06-01");
    let before = agreement.terms_on(day("2003-05-31"));
    assert_eq!(
        before.term,
        Stated { value: Term::Fixed { ends_on: date("2003-12-31") }, by_version: Some(1) }
    );
    let after = agreement.terms_on(day("2003-06-01"));
    assert_eq!(
        after.term,
        Stated { value: Term::Fixed { ends_on: date("2008-12-31") }, by_version: Some(2) }
    );
    assert_eq!(after.notice, Some(Stated { value: twelve_months(), by_version: Some(1) }));
    assert_eq!(agreement.state_on(2, day("2005-01-01"), us()), vec![VersionState::InForce]);
    assert_eq!(agreement.state_on(2, day("2009-01-01"), us()), vec![VersionState::Expired]);
}

#[test]
fn a_superseding_version_leaves_nothing_of_the_terms_before_it() {
    let base = in_force(fixed("2003-12-31").with_notice(twelve_months()), "1999-05-01");
    let agreement = amended(base, Base::Supersedes { of: 1 }, Terms::lasting(Term::OpenEnded), "2003-06-01");
    assert_eq!(agreement.terms().notice, None);
    assert_eq!(agreement.terms().term, Stated { value: Term::OpenEnded, by_version: Some(2) });
    assert_eq!(agreement.state_on(1, day("2004-01-01"), us()), vec![VersionState::Superseded { by: 2 }]);
}

#[test]
fn an_amendment_known_by_year_only_is_left_out_and_listed_as_undecided_in_that_year() {
    let base = in_force(fixed("2003-12-31"), "1999-05-01");
    let agreement = amended(base, Base::Amends { of: 1 }, fixed("2008-12-31"), "2003");
    let terms = agreement.terms_on(day("2003-06-01"));
    assert_eq!((terms.term.by_version, terms.undecided), (Some(1), vec![2]));
    let possible = vec![VersionState::InForce, VersionState::Amended { by: 2 }];
    assert_eq!(agreement.state_on(1, day("2003-06-01"), us()), possible);
}
