//! Merging loses nothing, shows nobody more, and is undone exactly.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::super::*;
use super::resolved;
use crate::id::{ProgrammeId, SeededIds};
use crate::privacy::Erasable;

const DAY: NaiveDate = NaiveDate::from_ymd_opt(2025, 6, 1).expect("a day");

fn name(text: &str) -> Name {
    Name::new(text).expect(text)
}

/// A record with some of a few addresses, languages and marks, so that two of them often have something in common.
fn record(ids: &SeededIds, programme: ProgrammeId, bits: u32) -> Person {
    let has = |bit: u32| bits & (1 << bit) != 0;
    let called = ["Anna Muster", "Anna M. Muster", "A. Muster"][bits as usize % 3];
    let mut person = Person::new(PersonId::next(ids), programme, name(called));
    let marked = |on: bool| if on { BTreeSet::from([Audience::Members]) } else { BTreeSet::new() };
    for (bit, address) in [(1, "anna@example.org"), (2, "muster@example.org"), (3, "am@example.org")] {
        if has(bit) {
            let fact = Email { address: Erasable::Kept(address.parse().expect(address)) };
            let label = has(bit + 10).then(|| name("office"));
            person.emails.push(Entry { fact, label, shown_to: marked(has(bit + 3)) });
        }
    }
    if has(7) {
        person.languages = vec!["de".parse().expect("German"), "en".parse().expect("English")];
    }
    person.pronunciation = has(8).then(|| name("AH-nah"));
    person.zone = has(9).then_some(chrono_tz::Europe::Berlin);
    let rhythm = Some(crate::notification::Rhythm::Daily);
    person.reading = has(18).then(|| Reading { rhythm, ..Reading::default() });
    person.shown_to = marked(has(10));
    let facts: BTreeSet<_> = [(14, PersonFact::Name), (15, PersonFact::Email)]
        .into_iter()
        .filter_map(|(bit, fact)| has(bit).then_some(fact))
        .collect();
    if !facts.is_empty() {
        let since = ("2024-01-01".parse().expect("a day"), None);
        let source = Source::new("A form").expect("a source");
        person.consents =
            vec![Consent::new(marked(true), facts, name("The list"), since, source).expect("a consent")];
    }
    person.notes = vec![Note { text: format!("Note {}", bits % 5).parse().expect("text"), source: None }];
    person
}

fn records<const N: usize>(bits: [u32; N]) -> [Person; N] {
    let ids = SeededIds::new(1);
    let programme = ProgrammeId::next(&ids);
    bits.map(|bits| record(&ids, programme, bits))
}

fn emails(person: &Person) -> BTreeSet<String> {
    person.emails.iter().filter_map(|email| Some(email.fact.address.kept()?.folded())).collect()
}

#[test]
fn a_refusal_says_who_what_and_from_where() {
    let [one, other, third] = records([2, 4, 8]);
    assert_eq!(one.clone().merged_into(one.clone()), Err(MergeRefusal::Itself { person: one.id }));
    let TwoRecords { merged, standing, .. } = one.clone().merged_into(other.clone()).expect("merged");
    let again = merged.clone().merged_into(third.clone()).expect_err("merged already");
    assert_eq!(
        again.to_string(),
        format!("{} is merged into {} already: merge or take apart that one", one.id, other.id)
    );
    assert_eq!(
        third.clone().merged_into(merged.clone()),
        Err(MergeRefusal::Merged { person: one.id, into: other.id })
    );
    let not = merged.clone().taken_out_of(third.clone()).expect_err("not into that");
    assert_eq!(not, MergeRefusal::NotMerged { person: one.id, from: third.id });
    let TwoRecords { merged: standing, .. } = standing.merged_into(third).expect("merged");
    assert!(matches!(merged.taken_out_of(standing), Err(MergeRefusal::Merged { .. })), "the last first");
}

#[test]
fn a_consent_that_was_withdrawn_meanwhile_goes_back_withdrawn() {
    let [one, other] = records([1 << 1 | 1 << 4 | 1 << 10 | 1 << 14 | 1 << 15, 1 << 10 | 1 << 14]);
    let TwoRecords { merged, mut standing, .. } = one.clone().merged_into(other).expect("merged");
    let seen = standing.seen_by(Audience::Members, DAY).expect("seen");
    assert_eq!(emails(&seen), emails(&one), "shown as it was, by the consent that came with it");
    let at = standing.consents.iter().position(|one| one.given_in().is_some()).expect("it came along");
    let consent = standing.consents[at].clone();
    let gone = (consent.given_on(), Some(DAY));
    let (audiences, facts) = (consent.audiences().clone(), consent.facts().clone());
    let withdrawn = Consent::new(audiences, facts, consent.purpose().clone(), gone, consent.source().clone());
    standing.consents[at] = withdrawn.expect("a consent").given_in_record(consent.given_in());
    assert_eq!(standing.seen_by(Audience::Members, DAY).expect("seen").emails, []);
    let TwoRecords { merged, .. } = merged.taken_out_of(standing).expect("apart");
    assert_eq!(merged.consents[0].withdrawn_on(), Some(DAY));
    assert_eq!(merged.consents[0].given_in(), None);
}

#[test]
fn what_somebody_changed_since_stays_when_two_are_taken_apart() {
    let [one, other] = records([1 << 1, 1 << 2]);
    let TwoRecords { merged, standing, .. } = one.merged_into(other).expect("merged");
    let mut edited = standing.clone();
    edited.emails[1].label = Some(name("new office"));
    let edited = edited.edited_from(&standing);
    let TwoRecords { standing, .. } = merged.taken_out_of(edited).expect("apart");
    assert_eq!(standing.emails.len(), 2, "it is the desk's own word now");
}

#[test]
fn an_old_id_leads_to_the_record_that_stands_for_it() {
    let ids = SeededIds::new(3);
    let [a, b, c] = [(); 3].map(|()| PersonId::next(&ids));
    let into = |id| [(a, b), (b, c)].into_iter().find(|(old, _)| *old == id).map(|(_, new)| new);
    assert_eq!((resolved(a, into), resolved(c, into)), (Ok(c), Ok(c)));
    let circle = |id| Some(if id == a { b } else { a });
    assert_eq!(resolved(a, circle), Err(a));
}

proptest! {
    /// Whatever two records say, merged and taken apart they are as they were.
    #[test]
    fn to_merge_and_take_apart_changes_nothing(bits in [0_u32..1 << 16, 0..1 << 16]) {
        let [one, other] = records(bits);
        let both = one.clone().merged_into(other.clone()).expect("merged");
        prop_assert_eq!(both.merged.merged_into, Some(other.id));
        prop_assert!(emails(&both.standing).is_superset(&emails(&one)) && emails(&both.standing).is_superset(&emails(&other)));
        for said in one.names().chain(other.names()) {
            prop_assert!(both.standing.names().any(|known| known == said));
        }
        for note in one.notes.iter().chain(&other.notes) {
            prop_assert!(both.standing.notes.contains(note));
        }
        let apart = both.merged.taken_out_of(both.standing).expect("apart");
        prop_assert_eq!((apart.merged, apart.standing), (one, other));
    }

    /// Three records merged into one, each directly or behind another, and taken apart in whatever order is possible.
    #[test]
    fn a_chain_is_taken_apart_link_by_link(bits in [0_u32..1 << 16, 0..1 << 16, 0..1 << 16], chained in any::<bool>(), first in any::<bool>()) {
        let [a, b, c] = records(bits);
        let (a1, b1, c1);
        if chained {
            let ab = a.clone().merged_into(b.clone()).expect("merged");
            let bc = ab.standing.clone().merged_into(c.clone()).expect("merged");
            let back = bc.merged.taken_out_of(bc.standing).expect("apart");
            prop_assert_eq!(&back.merged, &ab.standing);
            let apart = ab.merged.taken_out_of(back.merged).expect("apart");
            (a1, b1, c1) = (apart.merged, apart.standing, back.standing);
        } else {
            let ac = a.clone().merged_into(c.clone()).expect("merged");
            let bc = b.clone().merged_into(ac.standing).expect("merged");
            if first {
                let one = ac.merged.taken_out_of(bc.standing).expect("apart");
                let two = bc.merged.taken_out_of(one.standing).expect("apart");
                (a1, b1, c1) = (one.merged, two.merged, two.standing);
            } else {
                let two = bc.merged.taken_out_of(bc.standing).expect("apart");
                let one = ac.merged.taken_out_of(two.standing).expect("apart");
                (a1, b1, c1) = (one.merged, two.merged, one.standing);
            }
        }
        prop_assert_eq!((a1, b1, c1), (a, b, c));
    }

    /// What is taken out leaves what others gave too: the record stands as if only those had been merged into it.
    #[test]
    fn taken_out_it_leaves_what_would_be_there_without_it(bits in [0_u32..1 << 16, 0..1 << 16, 0..1 << 16]) {
        let [a, b, c] = records(bits);
        let without = b.clone().merged_into(c.clone()).expect("merged").standing;
        let ac = a.merged_into(c).expect("merged");
        let both = b.merged_into(ac.standing).expect("merged").standing;
        let left = ac.merged.taken_out_of(both).expect("apart").standing;
        prop_assert_eq!(emails(&left), emails(&without));
        prop_assert_eq!((&left.latin_name, left.zone, &left.absorbed), (&without.latin_name, without.zone, &without.absorbed));
    }

    /// R30: after a merge nobody sees an address that they did not see in one of the two records before.
    #[test]
    fn r30_a_merge_shows_nobody_more(bits in [0_u32..1 << 16, 0..1 << 16, 0..1 << 16]) {
        let [a, b, c] = records(bits);
        let seen = |person: &Person| person.seen_by(Audience::Members, DAY).map(|seen| emails(&seen)).unwrap_or_default();
        let before: BTreeSet<String> = [&a, &b, &c].into_iter().flat_map(&seen).collect();
        let ab = a.merged_into(b).expect("merged").standing;
        prop_assert!(seen(&ab).is_subset(&before));
        let abc = ab.merged_into(c).expect("merged").standing;
        prop_assert!(seen(&abc).is_subset(&before), "{:?} {:?}", seen(&abc), before);
    }
}
