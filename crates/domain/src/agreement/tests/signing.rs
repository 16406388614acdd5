//! Approval, signature, recognition and amendment: R7–R10.

use super::fixtures::*;
use crate::agreement::*;
use crate::partnership::tests::fixtures::{date, name};

#[test]
fn r7_a_link_is_recognised_when_the_highest_official_of_both_communities_signed() {
    let delhi =
        in_office(signed(them(), "2001-10-10"), "Chief Minister of Delhi", OfficeRank::HighestElected);
    let chicago = in_office(signed(us(), "2001-10-10"), "Mayor of Chicago", OfficeRank::HighestElected);
    let half = approved(Terms::default()).sign(1, delhi).unwrap().0;
    let missing = vec![MissingPiece::Signature { of: us() }];
    assert_eq!(half.recognition(), Recognition::NotRecognised { missing });
    let both = half.sign(1, chicago).unwrap().0;
    assert_eq!(both.recognition(), Recognition::Recognised);
}

#[test]
fn r7_a_deputy_mayors_signature_is_valid_but_does_not_make_the_link_recognised() {
    let gothenburg = in_office(signed(them(), "1987-03-08"), "Deputy Mayor of Gothenburg", OfficeRank::Other);
    let chicago = in_office(signed(us(), "1987-03-08"), "Mayor of Chicago", OfficeRank::HighestElected);
    let agreement = approved(Terms::default()).sign(1, gothenburg).unwrap().0.sign(1, chicago).unwrap().0;
    let held = name("Deputy Mayor of Gothenburg");
    let missing = vec![MissingPiece::HighestOffice { of: them(), held }];
    assert_eq!(agreement.recognition(), Recognition::NotRecognised { missing });
    assert!(agreement.in_force_on(day("1987-03-08")).is_certain());
}

#[test]
fn r7_the_highest_appointed_official_will_do_where_none_is_elected() {
    let theirs = in_office(signed(them(), "1985"), "Mayor by appointment", OfficeRank::HighestAppointed);
    let ours = in_office(signed(us(), "1985"), "Mayor of Chicago", OfficeRank::HighestElected);
    let agreement = approved(Terms::default()).sign(1, theirs).unwrap().0.sign(1, ours).unwrap().0;
    assert_eq!(agreement.recognition(), Recognition::Recognised);
}

#[test]
fn r7_an_office_nobody_wrote_down_is_named_as_the_missing_piece() {
    let agreement = in_force(Terms::default(), "1960");
    let missing = vec![MissingPiece::Office { of: us() }, MissingPiece::Office { of: them() }];
    assert_eq!(agreement.recognition(), Recognition::NotRecognised { missing });
}

/// Lucerne signed in September 1998, Chicago a year later.
fn lucerne() -> Agreement {
    approved(Terms::default())
        .sign(1, signed(them(), "1998-09").at(name("Lucerne")))
        .unwrap()
        .0
        .sign(1, signed(us(), "1999").at(name("Chicago")))
        .unwrap()
        .0
}

#[test]
fn r8_sides_may_sign_on_different_days_and_places_and_the_last_signature_puts_it_in_force() {
    assert_eq!(lucerne().in_force_from(), Some(date("1999")));
    assert_eq!(lucerne().state_on(1, day("1998-12-31"), us()), vec![VersionState::Signed]);
    let possible = lucerne().state_on(1, day("1999-06-01"), us());
    assert_eq!(possible, vec![VersionState::Signed, VersionState::InForce]);
    assert_eq!(lucerne().state_on(1, day("1999-12-31"), us()), vec![VersionState::InForce]);
}

#[test]
fn r8_the_year_that_is_shown_is_an_explicit_choice() {
    assert_eq!(lucerne().display_year(), Some(1999));
    let (first, _) = lucerne().choose_display_year(DisplayYear::FirstSignature);
    assert_eq!(first.display_year(), Some(1998));
    let choice = DisplayYear::Chosen { year: 1997, source: source("a plaque in the town hall") };
    let (chosen, event) = first.choose_display_year(choice);
    assert_eq!((chosen.display_year(), event.name()), (Some(1997), "agreement.display_year_chosen"));
    assert_eq!(chosen.in_force_from(), Some(date("1999")));
}

#[test]
fn r8_a_version_may_name_the_day_from_which_it_is_in_force() {
    let terms = Terms { in_force_from: Some(date("2000-01-01")), ..Terms::default() };
    assert_eq!(in_force(terms, "1999-06-01").in_force_from(), Some(date("2000-01-01")));
}

#[test]
fn r8_with_one_signature_undated_nobody_knows_from_when_it_is_in_force() {
    let agreement = approved(Terms::default())
        .sign(1, signed(us(), "1990"))
        .unwrap()
        .0
        .sign(1, Signature::of(them()))
        .unwrap()
        .0;
    assert_eq!(agreement.in_force_from(), None);
    let possible = vec![VersionState::Signed, VersionState::InForce];
    assert_eq!(agreement.state_on(1, day("2020-01-01"), us()), possible);
}

#[test]
fn r9_signing_needs_each_sides_approval() {
    let proposed = draft(Terms::default()).propose(1, None).unwrap().0;
    let (half, event) = proposed.approve(1, resolved(us())).unwrap();
    let outstanding = vec![them()];
    assert_eq!(event, AgreementEvent::Approved { version: 1, approval: resolved(us()), outstanding });
    assert_eq!(half.state_on(1, day("2020-01-01"), us()), vec![VersionState::ApprovedByUs]);
    assert_eq!(half.state_on(1, day("2020-01-01"), them()), vec![VersionState::ApprovedByThem]);
    let refused = refusal(half.clone().sign(1, signed(us(), "2020")));
    assert_eq!(refused, AgreementRefusal::NotApproved { version: 1, missing: vec![them()] });
    let (whole, _) = half.approve(1, resolved(them())).unwrap();
    assert_eq!(whole.state_on(1, day("2020-01-01"), us()), vec![VersionState::MutuallyApproved]);
    assert!(whole.sign(1, signed(us(), "2020")).is_ok());
}

#[test]
fn r9_a_missing_approval_can_be_overridden_and_the_reason_stays_on_record() {
    let half = draft(Terms::default()).propose(1, None).unwrap().0.approve(1, resolved(us())).unwrap().0;
    let agreement = both_sign(half.approve(1, overridden(them())).unwrap().0, 1, "2020-05-05");
    let Some(ApprovalBasis::Overridden { reason, .. }) =
        agreement.versions()[0].approvals().iter().find(|approval| approval.by == them()).map(|a| &a.basis)
    else {
        panic!("no override on record")
    };
    assert_eq!(reason.as_str(), "their law asks for none");
}

#[test]
fn r9_a_side_approves_once_and_only_what_is_proposed() {
    let draft = draft(Terms::default());
    let refused = refusal(draft.clone().approve(1, resolved(us())));
    assert!(matches!(refused, AgreementRefusal::NotFrom { state: VersionState::Draft, .. }));
    let half = draft.propose(1, None).unwrap().0.approve(1, resolved(us())).unwrap().0;
    let refused = refusal(half.clone().approve(1, overridden(us())));
    assert_eq!(refused, AgreementRefusal::AlreadyApproved { version: 1, place: us() });
    let refused = refusal(half.approve(1, resolved(place(9))));
    assert_eq!(refused, AgreementRefusal::NotAParty { place: place(9) });
}

#[test]
fn r10_a_signed_version_can_be_neither_revised_nor_withdrawn_nor_signed_again() {
    let signed_by_both = in_force(Terms::default(), "1999-05-01");
    let revised = refusal(signed_by_both.clone().revise(1, text('f'), fixed("2001")));
    assert!(matches!(revised, AgreementRefusal::NotFrom { state: VersionState::Signed, .. }));
    let withdrawn = refusal(signed_by_both.clone().withdraw(1, None, None));
    assert!(matches!(withdrawn, AgreementRefusal::NotFrom { state: VersionState::Signed, .. }));
    let proposed = refusal(signed_by_both.clone().propose(1, None));
    assert!(matches!(proposed, AgreementRefusal::NotFrom { state: VersionState::Signed, .. }));
    let again = refusal(signed_by_both.sign(1, signed(us(), "2001")));
    assert_eq!(again, AgreementRefusal::AlreadySigned { version: 1, place: us() });
}

#[test]
fn r10_nothing_changes_any_more_once_one_side_has_signed() {
    let half = approved(Terms::default()).sign(1, signed(us(), "1999")).unwrap().0;
    assert_eq!(half.state_on(1, day("2020-01-01"), us()), vec![VersionState::PartlySigned]);
    let revised = refusal(half.clone().revise(1, text('f'), Terms::default()));
    assert!(matches!(revised, AgreementRefusal::NotFrom { state: VersionState::PartlySigned, .. }));
    let again = refusal(half.sign(1, signed(us(), "2000")));
    assert_eq!(again, AgreementRefusal::AlreadySigned { version: 1, place: us() });
}

#[test]
fn r10_an_amendment_needs_a_fully_signed_base() {
    let half = approved(Terms::default()).sign(1, signed(us(), "1999")).unwrap().0;
    let refused = refusal(half.clone().amend(Base::Amends { of: 1 }, text('b'), fixed("2005")));
    assert_eq!(refused, AgreementRefusal::BaseNotSigned { version: 1, unsigned: vec![them()] });
    let whole = half.sign(1, signed(them(), "1999")).unwrap().0;
    assert!(whole.amend(Base::Amends { of: 1 }, text('b'), fixed("2005")).is_ok());
}

#[test]
fn r10_the_amended_version_keeps_its_text_its_terms_and_its_signatories() {
    let base = in_force(fixed("2003-12-31"), "1999-05-01");
    let before = base.versions()[0].clone();
    let agreement = amended(base, Base::Amends { of: 1 }, fixed("2008-12-31"), "2003-06-01");
    assert_eq!(agreement.versions()[0], before);
    assert_eq!(agreement.state_on(1, day("2003-05-31"), us()), vec![VersionState::InForce]);
    assert_eq!(agreement.state_on(1, day("2003-06-01"), us()), vec![VersionState::Amended { by: 2 }]);
    assert_eq!(agreement.state_on(2, day("2003-06-01"), us()), vec![VersionState::InForce]);
    let refused = refusal(agreement.amend(Base::Amends { of: 1 }, text('c'), fixed("2009")));
    assert_eq!(refused, AgreementRefusal::BaseReplaced { version: 1, by: 2 });
}

#[test]
fn r10_a_draft_may_be_revised_until_it_is_proposed_and_withdrawn_until_somebody_approves() {
    let revised = draft(Terms::default()).revise(1, text('c'), fixed("2005")).unwrap().0;
    assert_eq!(revised.versions()[0].text(), &text('c'));
    let proposed = revised.propose(1, Some(date("2001"))).unwrap().0;
    let refused = refusal(proposed.clone().revise(1, text('d'), Terms::default()));
    assert!(matches!(refused, AgreementRefusal::NotFrom { state: VersionState::Proposed, .. }));
    let withdrawn = proposed.clone().withdraw(1, None, None).unwrap().0;
    assert_eq!(withdrawn.state_on(1, day("2002-01-01"), us()), vec![VersionState::Withdrawn]);
    let approved = proposed.approve(1, resolved(us())).unwrap().0;
    assert!(approved.withdraw(1, None, None).is_err());
}

#[test]
fn r10_a_version_without_a_text_is_given_one_once_wherever_it_stands() {
    let past = Agreement::recorded(
        head(),
        VersionText::NotAtHand,
        Terms::default(),
        vec![signed(us(), "1973-04"), signed(them(), "1973-04")],
    );
    let past = past.unwrap().0;
    let VersionText::Hashed { hash } = text('a') else { panic!("a hash") };
    let (found, event) = past.clone().attach(1, hash).unwrap();
    assert_eq!(event, AgreementEvent::TextAttached { version: 1, hash });
    assert_eq!(found.versions()[0].text(), &text('a'));
    assert_eq!(found.versions()[0].signatures(), past.versions()[0].signatures(), "nothing else changes");
    let VersionText::Hashed { hash: other } = text('b') else { panic!("a hash") };
    assert_eq!(refusal(found.attach(1, other)), AgreementRefusal::HasText { version: 1, hash });
    assert_eq!(refusal(past.attach(2, hash)), AgreementRefusal::NoSuchVersion { version: 2 });
}

#[test]
fn an_agreement_of_the_past_is_entered_with_what_is_known_of_its_signatures() {
    let signatures = vec![signed(us(), "1973-04")];
    let (agreement, event) =
        Agreement::recorded(head(), VersionText::NotAtHand, Terms::default(), signatures).unwrap();
    assert_eq!(event.name(), "agreement.recorded");
    assert_eq!(agreement.state_on(1, day("2020-01-01"), us()), vec![VersionState::PartlySigned]);
    let (agreement, _) = agreement.sign(1, signed(them(), "1973-04")).unwrap();
    assert_eq!(agreement.signed_on(), Some(date("1973-04")));
    let none = Agreement::recorded(head(), VersionText::NotAtHand, Terms::default(), Vec::new());
    assert_eq!(refusal(none), AgreementRefusal::NoSignature);
}

#[test]
fn the_stored_form_of_an_amended_agreement_reads_back_equal_and_stays_as_it_is_v1() {
    let terms = fixed("2003-12-31").with_notice(NoticePeriod::from_months(12).unwrap());
    let base = in_office(signed(us(), "1999-05-01").at(name("Lucerne")), "Mayor", OfficeRank::HighestElected);
    let half = draft(terms).propose(1, Some(date("1998"))).unwrap().0;
    let half = half
        .approve(1, resolved(us()).on(date("1998-11")))
        .unwrap()
        .0
        .approve(1, overridden(them()))
        .unwrap()
        .0;
    let whole = half.sign(1, base).unwrap().0.sign(1, signed(them(), "1998-09")).unwrap().0;
    let whole = amended(whole, Base::Amends { of: 1 }, Terms::lasting(Term::OpenEnded), "2003-06-01");
    let agreement = whole.give_notice(notice_by([them()], "2010-02")).unwrap().0;
    let json = serde_json::to_string_pretty(&agreement).unwrap();
    assert_eq!(serde_json::from_str::<Agreement>(&json).unwrap(), agreement);
    insta::assert_snapshot!(json);
}

#[test]
fn a_stored_agreement_signed_without_approval_is_refused() {
    let json = serde_json::to_string(&in_force(Terms::default(), "1999")).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
    value["versions"][0]["approvals"] = serde_json::json!([]);
    let error = serde_json::from_value::<Agreement>(value).unwrap_err();
    assert!(error.to_string().contains("not approved by every side"), "{error}");
}
