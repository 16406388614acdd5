//! What is shown of a person, to whom, and that no edit shows more without a consent.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::id::SeededIds;
use crate::privacy::Erasable;

fn name(text: &str) -> Name {
    Name::new(text).expect(text)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn email(address: &str, shown_to: &[Audience]) -> Entry<Email> {
    let address = Erasable::Kept(address.parse().expect(address));
    Entry { fact: Email { address }, label: None, shown_to: shown_to.iter().copied().collect() }
}

fn consent(audiences: &[Audience], facts: &[PersonFact], given: &str, withdrawn: Option<&str>) -> Consent {
    Consent::new(
        audiences.iter().copied().collect(),
        facts.iter().copied().collect(),
        name("The committee's list"),
        (given.parse().expect(given), withdrawn.map(day)),
        Source::new("A form, signed").expect("a source"),
    )
    .expect("a consent")
}

fn iwona() -> Person {
    let ids = SeededIds::new(1);
    let mut person = Person::new(PersonId::next(&ids), ProgrammeId::next(&ids), name("Iwona Przykład"));
    person.shown_to = BTreeSet::from([Audience::Members]);
    person.emails = vec![email("iwona@example.org", &[Audience::Members]), email("home@example.org", &[])];
    person.notes = vec![Note { text: "Likes tea.".parse().expect("text"), source: None }];
    let facts = [PersonFact::Name, PersonFact::Email];
    person.consents = vec![consent(&[Audience::Members], &facts, "2024-05-02", Some("2026-01-01"))];
    person
}

#[test]
fn members_see_what_is_marked_for_them_while_a_consent_holds_and_nothing_of_the_desks() {
    let person = iwona();
    let seen = |on: &str| person.seen_by(Audience::Members, day(on));
    let shown = seen("2025-01-01").expect("shown");
    assert_eq!(shown.emails, [email("iwona@example.org", &[Audience::Members])]);
    assert_eq!((shown.notes.len(), shown.consents.len()), (0, 0));
    assert_eq!(seen("2024-05-01"), None, "not given yet");
    assert_eq!(seen("2026-01-01"), None, "withdrawn");
    assert_eq!(person.seen_by(Audience::Public, day("2025-01-01")), None);
    assert_eq!(person.seen_by(Audience::PartnerCity, day("2025-01-01")), None);
    assert_eq!(person.seen_by(Audience::Desk, day("2030-01-01")).as_ref(), Some(&person));
}

#[test]
fn what_is_public_is_for_every_audience() {
    let mut person = iwona();
    person.shown_to = BTreeSet::from([Audience::Public]);
    person.consents = vec![consent(&[Audience::Public], &[PersonFact::Name], "2024", None)];
    for audience in Audience::ALL {
        assert!(person.seen_by(audience, day("2025-01-01")).is_some(), "{audience}");
    }
    assert_eq!(person.seen_by(Audience::Members, day("2024-06-01")), None, "perhaps not given yet");
}

#[test]
fn r30_an_edit_that_shows_more_without_a_consent_is_refused_with_the_place() {
    let before = iwona();
    let today = day("2025-06-01");
    let mut wider = before.clone();
    wider.emails[1].shown_to.insert(Audience::PartnerCity);
    let found = wider.unconsented(Some(&before), today);
    let one = Unconsented {
        path: "/emails/1/shown_to".to_owned(),
        fact: PersonFact::Email,
        audience: Audience::PartnerCity,
    };
    assert_eq!(found, [one]);
    wider.consents.push(consent(&[Audience::PartnerCity], &[PersonFact::Email], "2025-05-31", None));
    assert_eq!(wider.unconsented(Some(&before), today), []);
    let mut renamed = before.clone();
    renamed.name = name("Iwona Nowak");
    assert_eq!(renamed.unconsented(Some(&before), today), [], "covered by the consent to the name");
    assert_eq!(renamed.unconsented(Some(&before), day("2026-02-01")).len(), 1, "which is over");
    assert_eq!(before.unconsented(Some(&before), day("2026-02-01")), [], "what was so may stay so");
}

#[test]
fn r30_a_new_address_is_for_the_desk_until_somebody_says_otherwise() {
    let mut person = iwona();
    person.emails.push(Entry::desk_only(email("new@example.org", &[]).fact));
    let shown = person.seen_by(Audience::Members, day("2025-01-01")).expect("shown");
    assert_eq!(shown.emails.len(), 1);
}

#[test]
fn nothing_stands_there_twice_but_what_was_erased() {
    let mut person = iwona();
    person.emails.push(email("Iwona@example.org", &[]));
    let (at, refusal) = person.check().expect_err("twice");
    assert_eq!(
        (at.as_str(), refusal),
        ("/emails/2", InvalidValue::Repeated { found: "iwona@example.org".into() })
    );
    let gone = || Entry::desk_only(Email { address: Erasable::Erased(name("person erased 2026-11-23 #1")) });
    person.emails = vec![gone(), gone()];
    assert_eq!(person.check(), Ok(()));
}

#[test]
fn an_erased_address_is_read_back_as_what_stands_in_its_place() {
    for words in
        ["person erased 2026-11-23 #1", "removed after its time", "person erased 2026-11-23 #2@example.org"]
    {
        let stored = format!("{{\"address\":{words:?}}}");
        let email: Email = serde_json::from_str(&stored).expect(words);
        assert_eq!(email.address.kept(), None);
        assert_eq!(serde_json::to_string(&email).expect("JSON"), stored);
    }
    assert!(serde_json::from_str::<Email>("{\"address\":\"nonsense\"}").is_err());
}

proptest! {
    /// R30: what an edit that is let through shows to an audience, it showed before or a consent of today covers it.
    #[test]
    fn no_edit_that_is_let_through_widens_what_is_seen(
        marks in proptest::collection::vec(proptest::sample::subsequence(Audience::ALL.to_vec(), 0..=4), 6),
        consented in proptest::sample::subsequence(Audience::ALL.to_vec(), 0..=4),
        facts in proptest::sample::subsequence(PersonFact::ALL.to_vec(), 1..=5),
    ) {
        let today = day("2025-06-01");
        let mut before = iwona();
        before.consents.clear();
        let mut after = before.clone();
        let set = |marks: &Vec<Audience>| marks.iter().copied().collect::<BTreeSet<_>>();
        before.shown_to = set(&marks[0]);
        after.shown_to = set(&marks[1]);
        for at in 0..2 {
            before.emails[at].shown_to = set(&marks[2 + at]);
            after.emails[at].shown_to = set(&marks[4 + at]);
        }
        if !consented.is_empty() {
            let given = Consent::new(
                consented.iter().copied().collect(), facts.iter().copied().collect(), name("A list"),
                ("2024-01-01".parse().expect("a day"), None), Source::new("A form").expect("a source"),
            );
            after.consents = vec![given.expect("a consent")];
        }
        prop_assume!(after.unconsented(Some(&before), today).is_empty());
        for audience in [Audience::Public, Audience::PartnerCity, Audience::Members] {
            let covered = |fact| after.consents.iter().any(|one| one.covers(fact, audience, today));
            if let Some(seen) = after.seen_by(audience, today) {
                prop_assert!(covered(PersonFact::Name));
                prop_assert!(seen.emails.is_empty() || covered(PersonFact::Email));
            }
        }
    }
}
