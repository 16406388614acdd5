//! What a kind demands of a partnership's agreements: R2.

use super::fixtures::*;
use crate::agreement::*;
use crate::programme::{Headline, KindDefinition, OpenEnd, Requirement};

fn project() -> KindDefinition {
    KindDefinition {
        key: kind("project"),
        names: Vec::new(),
        wordings: Vec::new(),
        needs_signed_agreement: Requirement::Required,
        max_term_months: Some(36),
        open_ended: OpenEnd::NotAllowed,
        in_headline: Headline::NotCounted,
        vitality: None,
        source: None,
    }
}

#[test]
fn r2_a_kind_that_needs_a_signed_agreement_says_so_when_there_is_none() {
    let draft = approved(Terms::default());
    assert_eq!(kind_findings(&project(), &[&draft]), vec![KindFinding::NoSignedAgreement]);
    let contact = KindDefinition { needs_signed_agreement: Requirement::NotRequired, ..project() };
    assert_eq!(kind_findings(&contact, &[]), Vec::new());
}

#[test]
fn r2_a_kind_with_a_longest_term_finds_what_is_longer_or_open_ended() {
    let three_years = in_force(fixed("2005-01-01"), "2002-01-01");
    assert_eq!(kind_findings(&project(), &[&three_years]), Vec::new());
    let longer = in_force(fixed("2005-02-01"), "2002-01-01");
    let found = KindFinding::TermTooLong { agreement: longer.id(), months: 37, most: 36 };
    assert_eq!(kind_findings(&project(), &[&longer]), vec![found]);
    let open = in_force(Terms::default(), "2002-01-01");
    assert_eq!(kind_findings(&project(), &[&open]), vec![KindFinding::OpenEnded { agreement: open.id() }]);
}

#[test]
fn r2_a_term_is_called_too_long_only_if_it_is_so_at_the_shortest_reading_of_its_dates() {
    let perhaps_longer = in_force(fixed("2005"), "2002");
    assert_eq!(kind_findings(&project(), &[&perhaps_longer]), Vec::new());
}
