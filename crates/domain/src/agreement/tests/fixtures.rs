//! Short ways to name agreements, offices and signatures in the tests.

use uuid::Uuid;

use crate::agreement::*;
use crate::id::{AgreementId, PlaceId};
use crate::partnership::tests::fixtures::{date, members, name, partnership_id, programme, words};
use crate::value::Title;

pub(super) use crate::partnership::tests::fixtures::{day, kind, place, source};

/// Chicago, whose programme it is, and its partner.
pub(super) fn us() -> PlaceId {
    place(1)
}

pub(super) fn them() -> PlaceId {
    place(2)
}

pub(super) fn agreement_id(n: u128) -> AgreementId {
    AgreementId::from_uuid(Uuid::from_u128(n))
}

pub(super) fn head() -> AgreementHead {
    AgreementHead {
        id: agreement_id(1),
        programme: programme(),
        partnership: partnership_id(1),
        parent: None,
        title: Title::new("Sister City Agreement").unwrap(),
        parties: members(),
    }
}

pub(super) fn text(digit: char) -> VersionText {
    VersionText::Hashed { hash: digit.to_string().repeat(64).parse().unwrap() }
}

pub(super) fn resolved(by: PlaceId) -> Approval {
    Approval::resolved(by, name("City Council"))
}

pub(super) fn overridden(by: PlaceId) -> Approval {
    Approval::overridden(by, words("their law asks for none"), name("Mayor of Chicago"))
}

pub(super) fn signed(by: PlaceId, on: &str) -> Signature {
    Signature::of(by).on(date(on))
}

pub(super) fn in_office(signature: Signature, title: &str, rank: OfficeRank) -> Signature {
    signature.given_by(name("A. Person"), Office { title: name(title), rank })
}

pub(super) fn fixed(ends_on: &str) -> Terms {
    Terms::lasting(Term::Fixed { ends_on: date(ends_on) })
}

pub(super) fn draft(terms: Terms) -> Agreement {
    Agreement::draft(head(), text('a'), terms).unwrap().0
}

/// Proposed and approved by both, to be signed.
pub(super) fn approved(terms: Terms) -> Agreement {
    let proposed = draft(terms).propose(1, None).unwrap().0;
    both_approve(proposed, 1)
}

pub(super) fn both_approve(agreement: Agreement, version: u32) -> Agreement {
    [us(), them()]
        .into_iter()
        .fold(agreement, |agreement, by| agreement.approve(version, resolved(by)).unwrap().0)
}

pub(super) fn both_sign(agreement: Agreement, version: u32, on: &str) -> Agreement {
    [us(), them()]
        .into_iter()
        .fold(agreement, |agreement, by| agreement.sign(version, signed(by, on)).unwrap().0)
}

/// Signed by both on a day, under these terms.
pub(super) fn in_force(terms: Terms, on: &str) -> Agreement {
    both_sign(approved(terms), 1, on)
}

/// The agreement with a signed version that amends or supersedes another.
pub(super) fn amended(agreement: Agreement, base: Base, terms: Terms, on: &str) -> Agreement {
    let (agreement, event) = agreement.amend(base, text('b'), terms).unwrap();
    let AgreementEvent::VersionDrafted { version, .. } = event else { panic!("{event:?}") };
    let proposed = agreement.propose(version, None).unwrap().0;
    both_sign(both_approve(proposed, version), version, on)
}

pub(super) fn notice_by(by: impl IntoIterator<Item = PlaceId>, on: &str) -> Notice {
    Notice {
        by: by.into_iter().collect(),
        on: date(on),
        authority: name("City Council, annulling its ratification"),
        reason: None,
        source: None,
    }
}

pub(super) fn refusal<T: std::fmt::Debug>(result: Result<T, AgreementTransitionError>) -> AgreementRefusal {
    result.unwrap_err().refusal
}
