//! Records that may be of one person, with the reasons.
//!
//! Every record is put into blocks: by e-mail address, telephone number, name, and organisation. Only those that share a block are compared,
//! and in a block of many, as a shared mailbox makes one, only those whose names stand near each other in order. So the work grows
//! as n log n, whatever the data.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{Person, resolved};
use crate::id::PersonId;
use crate::named_enum;

named_enum! {
    /// Why two records may be of one person.
    #[non_exhaustive]
    pub enum DuplicateReason ("a reason to take two records for one person's") {
        /// They have an e-mail address in common.
        SameEmail = "same_email",
        /// They have a telephone number in common.
        SamePhone = "same_phone",
        /// They have a name in common, but for case, accents and punctuation, in the own script or in Latin letters.
        SameName = "same_name",
        /// The same words in another order: given and family name transposed.
        TransposedName = "transposed_name",
        /// Names that differ by a letter or two, or by a word that is only an initial in one of them.
        NearName = "near_name",
        /// They work with the same organisation.
        SameOrganisation = "same_organisation",
    }
}

named_enum! {
    /// How sure it is that two records are of one person.
    #[non_exhaustive]
    pub enum DuplicateCertainty ("a certainty of a duplicate") {
        /// Two signs that do not hang together say so, such as name and e-mail address.
        Likely = "likely",
        /// Somebody should look.
        Possible = "possible",
    }
}

/// Two records that may be of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DuplicatePair {
    /// The record that was made first.
    pub first: PersonId,
    /// The other.
    pub second: PersonId,
    /// Why, at least one reason.
    pub reasons: BTreeSet<DuplicateReason>,
}

impl DuplicatePair {
    /// How sure it is.
    #[must_use]
    pub fn certainty(&self) -> DuplicateCertainty {
        use DuplicateReason::{NearName, SameEmail, SameName, SameOrganisation, SamePhone, TransposedName};
        let has = |reason| self.reasons.contains(&reason);
        let name = has(SameName) || has(TransposedName) || has(NearName);
        let contact = has(SameEmail) || has(SamePhone);
        let whole_name = has(SameName) || has(TransposedName);
        if (name && contact) || (whole_name && has(SameOrganisation)) {
            DuplicateCertainty::Likely
        } else {
            DuplicateCertainty::Possible
        }
    }
}

/// In a block of more than so many, each is compared with so many that follow it by name.
const ALL_WITH_ALL: usize = 24;
const FOLLOWERS: usize = 6;
/// An address of more than so many is a shared mailbox.
const OF_ONE_HOUSEHOLD: usize = 4;

/// What of a record is compared.
struct Compared {
    id: PersonId,
    /// Each name folded, and its words in order of the alphabet.
    names: Vec<FoldedName>,
    emails: Vec<String>,
    phones: Vec<String>,
    organisations: Vec<String>,
}

struct FoldedName {
    whole: String,
    sorted: Vec<String>,
}

/// The pairs of records that may be of one person: the surest first, then as the records were made. Records that were merged into others
/// are left out, as the others stand for them; and so are pairs of which somebody said that they are two people, or of whose records that
/// were merged into them somebody did.
#[must_use]
pub fn duplicates<'a>(persons: impl IntoIterator<Item = &'a Person>) -> Vec<DuplicatePair> {
    let persons: Vec<&Person> = persons.into_iter().collect();
    let apart = kept_apart(&persons);
    let standing = persons.iter().filter(|person| person.merged_into.is_none());
    let compared: Vec<Compared> = standing.map(|person| Compared::of(person)).collect();
    let mut holders: HashMap<&str, usize> = HashMap::new();
    for address in compared.iter().flat_map(|one| &one.emails) {
        *holders.entry(address).or_default() += 1;
    }
    let mut pairs: BTreeMap<(usize, usize), BTreeSet<DuplicateReason>> = BTreeMap::new();
    for block in blocks(&compared) {
        each_pair(&block, &compared, |one, other| {
            let pair = (one.min(other), one.max(other));
            pairs.entry(pair).or_insert_with(|| reasons(&compared[one], &compared[other]));
        });
    }
    let mut found: Vec<DuplicatePair> = pairs
        .into_iter()
        .filter(|((one, other), reasons)| {
            let both = [&compared[*one], &compared[*other]];
            let [one, other] = both.map(|record| record.id);
            !apart.contains(&(one.min(other), one.max(other)))
                && suffices(reasons, || owners(both, &holders) <= OF_ONE_HOUSEHOLD)
        })
        .map(|((one, other), reasons)| {
            let (one, other) = (compared[one].id, compared[other].id);
            DuplicatePair { first: one.min(other), second: one.max(other), reasons }
        })
        .collect();
    found.sort_by_key(|pair| {
        (pair.certainty(), std::cmp::Reverse(pair.reasons.len()), pair.first, pair.second)
    });
    found
}

/// The pairs of records that stand for themselves of which somebody said that they are two people: each the smaller id first.
fn kept_apart(persons: &[&Person]) -> BTreeSet<(PersonId, PersonId)> {
    let answered = persons.iter().flat_map(|one| one.kept_apart.iter().map(|other| (one.id, *other)));
    let answered: Vec<(PersonId, PersonId)> = answered.collect();
    if answered.is_empty() {
        return BTreeSet::new();
    }
    let merged: HashMap<PersonId, PersonId> =
        persons.iter().filter_map(|one| Some((one.id, one.merged_into?))).collect();
    // What cannot be followed to its end is kept as it was said.
    let standing = |id| resolved(id, |at| merged.get(&at).copied()).unwrap_or(id);
    let pairs = answered.into_iter().map(|(one, other)| (standing(one), standing(other)));
    pairs.map(|(one, other)| (one.min(other), one.max(other))).collect()
}

/// How many have that address of the two which the fewest have.
fn owners([one, other]: [&Compared; 2], holders: &HashMap<&str, usize>) -> usize {
    let common = one.emails.iter().filter(|address| other.emails.contains(address));
    common.filter_map(|address| holders.get(address.as_str()).copied()).min().unwrap_or(usize::MAX)
}

/// Whether the reasons are worth somebody's look. One office has one telephone, one mailbox and many people, so that these say nothing by
/// themselves: an address does if it is of few.
fn suffices(reasons: &BTreeSet<DuplicateReason>, has_own_address: impl Fn() -> bool) -> bool {
    use DuplicateReason::{NearName, SameEmail, SameName, SameOrganisation, SamePhone, TransposedName};
    let has = |reason| reasons.contains(&reason);
    has(SameName)
        || has(TransposedName)
        || (has(NearName) && (has(SameEmail) || has(SameOrganisation) || has(SamePhone)))
        || (has(SameEmail) && has_own_address())
}

/// Those that share something, as places in the list: each block holds two or more.
fn blocks(compared: &[Compared]) -> Vec<Vec<usize>> {
    let mut by_key: HashMap<(u8, &str), Vec<usize>> = HashMap::new();
    let sorted: Vec<Vec<String>> =
        compared.iter().map(|one| one.names.iter().map(|name| name.sorted.join(" ")).collect()).collect();
    for (at, one) in compared.iter().enumerate() {
        let keys = (one.emails.iter().map(|key| (0, key)))
            .chain(one.phones.iter().map(|key| (1, key)))
            .chain(sorted[at].iter().map(|key| (2, key)))
            .chain(one.organisations.iter().map(|key| (3, key)));
        for (kind, key) in keys {
            let block = by_key.entry((kind, key.as_str())).or_default();
            if block.last() != Some(&at) {
                block.push(at);
            }
        }
    }
    let mut blocks: Vec<_> = by_key.into_values().filter(|block| block.len() > 1).collect();
    blocks.sort_unstable();
    blocks
}

/// The pairs of a block that are compared.
fn each_pair(block: &[usize], compared: &[Compared], mut with: impl FnMut(usize, usize)) {
    if block.len() <= ALL_WITH_ALL {
        for (at, one) in block.iter().enumerate() {
            block[at + 1..].iter().for_each(|other| with(*one, *other));
        }
        return;
    }
    // By name from its first word on, and from its last: a slip is rarely in both.
    let key = |at: usize, from_the_end: bool| -> Vec<&str> {
        let name = compared[at].names.first();
        let words = name.map(|name| name.whole.split(' ').collect::<Vec<_>>()).unwrap_or_default();
        if from_the_end { words.into_iter().rev().collect() } else { words }
    };
    for from_the_end in [false, true] {
        let mut ordered = block.to_vec();
        ordered.sort_by_cached_key(|at| (key(*at, from_the_end), compared[*at].id));
        for (at, one) in ordered.iter().enumerate() {
            ordered[at + 1..].iter().take(FOLLOWERS).for_each(|other| with(*one, *other));
        }
    }
}

fn reasons(one: &Compared, other: &Compared) -> BTreeSet<DuplicateReason> {
    let shares = |one: &[String], other: &[String]| one.iter().any(|value| other.contains(value));
    let names = || one.names.iter().flat_map(|mine| other.names.iter().map(move |theirs| (mine, theirs)));
    let mut reasons = BTreeSet::new();
    if shares(&one.emails, &other.emails) {
        reasons.insert(DuplicateReason::SameEmail);
    }
    if shares(&one.phones, &other.phones) {
        reasons.insert(DuplicateReason::SamePhone);
    }
    if shares(&one.organisations, &other.organisations) {
        reasons.insert(DuplicateReason::SameOrganisation);
    }
    if names().any(|(mine, theirs)| mine.whole == theirs.whole) {
        reasons.insert(DuplicateReason::SameName);
    } else if names().any(|(mine, theirs)| mine.sorted == theirs.sorted) {
        reasons.insert(DuplicateReason::TransposedName);
    } else if names().any(|(mine, theirs)| are_near(&mine.sorted, &theirs.sorted)) {
        reasons.insert(DuplicateReason::NearName);
    }
    reasons
}

/// Whether two names of two or more words differ by slips only: each word of the shorter one has its like in the other, one of them at most
/// but nearly or as an initial.
fn are_near(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 2 || long.len() > short.len() + 1 {
        return false;
    }
    let mut left: Vec<&String> = long.iter().collect();
    let mut rest = Vec::new();
    for word in short {
        match left.iter().position(|other| *other == word) {
            Some(at) => drop(left.remove(at)),
            None => rest.push(word),
        }
    }
    match rest.as_slice() {
        [] => true,
        [word] => left.iter().any(|other| is_slip(word, other)),
        [_, ..] => false,
    }
}

/// Whether two words differ by one letter, by two that changed places, or are an initial and its word.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if short.len() == 1 {
        return long.first() == short.first();
    }
    if short.len() < 4 && long.len() < 5 {
        return false;
    }
    let begin = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[begin..], &long[begin..]);
    let end = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[..short.len() - end], &long[..long.len() - end]);
    match (short, long) {
        ([] | [_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

impl Compared {
    fn of(person: &Person) -> Self {
        let mut names: Vec<FoldedName> = Vec::new();
        for name in person.names() {
            let whole = folded(name.as_str());
            if !whole.is_empty() && names.iter().all(|known| known.whole != whole) {
                let mut sorted: Vec<String> = whole.split(' ').map(str::to_owned).collect();
                sorted.sort_unstable();
                names.push(FoldedName { whole, sorted });
            }
        }
        let emails = person.emails.iter().filter_map(|email| Some(email.fact.address.kept()?.folded()));
        let phones = person.phones.iter().filter_map(|phone| Some(phone.fact.number.kept()?.to_string()));
        let organisations = person.affiliations.iter().flat_map(|affiliation| {
            let id = affiliation.fact.organisation().map(|id| id.to_string());
            let name = affiliation.fact.name().map(|name| folded(name.as_str()));
            id.into_iter().chain(name.filter(|name| !name.is_empty()))
        });
        Self {
            id: person.id,
            names,
            emails: emails.collect(),
            phones: phones.collect(),
            organisations: organisations.collect(),
        }
    }
}

/// A name as names are compared: without case, accents and punctuation, with letters of their own as they are mostly replaced.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            '\'' | '\u{2019}' | '\u{2bc}' => {}
            _ if is_combining_mark(letter) => {}
            _ if letter.is_alphanumeric() => folded.push(letter),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ProgrammeId, SeededIds};
    use crate::person::{Affiliation, Email, Entry, MergeRefusal, PersonEvent, Phone};
    use crate::privacy::Erasable;
    use crate::value::Name;

    struct Card<'a> {
        name: &'a str,
        latin: Option<&'a str>,
        email: Option<&'a str>,
        phone: Option<&'a str>,
        organisation: Option<&'a str>,
    }

    const CARD: Card<'static> = Card { name: "", latin: None, email: None, phone: None, organisation: None };

    fn name(text: &str) -> Name {
        Name::new(text).expect(text)
    }

    fn persons(cards: &[Card<'_>]) -> Vec<Person> {
        let ids = SeededIds::new(1);
        let programme = ProgrammeId::next(&ids);
        let one = |card: &Card<'_>| {
            let mut person = Person::new(PersonId::next(&ids), programme, name(card.name));
            person.latin_name = card.latin.map(name);
            let email = card.email.map(|text| Email { address: Erasable::Kept(text.parse().expect(text)) });
            let phone = card.phone.map(|text| Phone { number: Erasable::Kept(text.parse().expect(text)) });
            person.emails.extend(email.map(Entry::desk_only));
            person.phones.extend(phone.map(Entry::desk_only));
            let with =
                card.organisation.map(|text| Affiliation::new(None, Some(name(text)), None).expect(text));
            person.affiliations.extend(with.map(Entry::desk_only));
            person
        };
        cards.iter().map(one).collect()
    }

    fn found(one: Card<'_>, other: Card<'_>) -> Vec<String> {
        let pairs = duplicates(&persons(&[one, other]));
        let words = |pair: &DuplicatePair| {
            let reasons: Vec<&str> = pair.reasons.iter().map(|reason| reason.as_str()).collect();
            format!("{}: {}", pair.certainty(), reasons.join(" "))
        };
        pairs.iter().map(words).collect()
    }

    #[test]
    fn what_two_records_have_in_common_is_told_as_reasons() {
        let anna = Card { name: "Anna Müller", email: Some("Anna@example.org"), ..CARD };
        let shout = Card { name: "ANNA  MULLER", email: Some("anna@Example.org"), ..CARD };
        assert_eq!(found(anna, shout), ["likely: same_email same_name"]);
        let list = Card { name: "Müller, Anna", organisation: Some("Stadt Köln"), ..CARD };
        let card = Card { name: "Anna Müller", organisation: Some("stadt koln"), ..CARD };
        assert_eq!(found(list, card), ["likely: transposed_name same_organisation"]);
        let own = Card { name: "Іванна Мустер", latin: Some("Iwanna Muster"), ..CARD };
        assert_eq!(found(own, Card { name: "iwanna muster", ..CARD }), ["possible: same_name"]);
        let married = Card { name: "Anna Schmidt", email: Some("anna@example.org"), ..CARD };
        let maiden = Card { name: "Anna Müller", email: Some("anna@example.org"), ..CARD };
        assert_eq!(found(married, maiden), ["possible: same_email"]);
        let initial = Card { name: "A. Muster", organisation: Some("The choir"), ..CARD };
        let full = Card { name: "Anna Muster", organisation: Some("The choir"), ..CARD };
        assert_eq!(found(initial, full), ["possible: near_name same_organisation"]);
        let slip = Card { name: "Jonh Example", phone: Some("+441214960000"), ..CARD };
        let right = Card { name: "John Example", phone: Some("+44 121 496 0000"), ..CARD };
        assert_eq!(found(slip, right), ["likely: same_phone near_name"]);
    }

    #[test]
    fn an_office_with_one_telephone_and_one_name_at_the_door_is_no_duplicate() {
        let phone = Some("+441214960000");
        let organisation = Some("City Council");
        let one = Card { name: "Anna Muster", phone, organisation, ..CARD };
        let two = Card { name: "Otto Beispiel", phone, organisation, ..CARD };
        assert_eq!(found(one, two), Vec::<String>::new());
        let father = Card { name: "Jan Nowak", organisation, ..CARD };
        let other = Card { name: "Ewa Nowak", organisation, ..CARD };
        assert_eq!(found(father, other), Vec::<String>::new());
    }

    #[test]
    fn who_was_merged_is_no_duplicate_any_more() {
        let card = || Card { name: "Anna Muster", ..CARD };
        let mut both = persons(&[card(), card()]);
        assert_eq!(duplicates(&both).len(), 1);
        both[1].merged_into = Some(both[0].id);
        assert_eq!(duplicates(&both), []);
    }

    #[test]
    fn who_was_kept_apart_is_not_asked_about_again_not_even_through_a_merge() {
        let card = || Card { name: "Anna Muster", ..CARD };
        let all = persons(&[card(), card(), card()]);
        let [anna, namesake, third] = [all[0].clone(), all[1].clone(), all[2].clone()];
        let (apart, event) = anna.clone().kept_apart_from(&namesake).expect("two").expect("is new");
        assert_eq!(event, PersonEvent::KeptApart { person: namesake.id });
        let pairs = duplicates([&apart, &namesake]);
        assert_eq!(pairs, []);
        // Said once, it is said of both.
        assert_eq!(namesake.clone().kept_apart_from(&apart), Ok(None));
        assert_eq!(anna.clone().kept_apart_from(&anna), Err(MergeRefusal::Itself { person: anna.id }));
        // The third record is of Anna; it stands for her now, and is not taken for the namesake.
        let both = apart.merged_into(third).expect("merged");
        assert_eq!(duplicates([&both.merged, &namesake, &both.standing]), []);
        let refused = namesake.clone().kept_apart_from(&both.merged);
        assert_eq!(refused, Err(MergeRefusal::Merged { person: anna.id, into: both.standing.id }));
        // Taken apart again, it is asked what it was not asked before.
        let again = both.merged.taken_out_of(both.standing).expect("taken apart");
        let asked = duplicates([&again.merged, &namesake, &again.standing]);
        let pairs: Vec<_> = asked.iter().map(|pair| (pair.first, pair.second)).collect();
        assert_eq!(pairs, [(anna.id, again.standing.id), (namesake.id, again.standing.id)]);
    }

    /// Two thousand people with one mailbox are not two million pairs; those with one name are still found.
    #[test]
    fn a_shared_mailbox_does_not_make_everybody_a_duplicate_of_everybody() {
        let names: Vec<String> =
            (0..2_000).map(|n| format!("Person{} Example{}", n % 1_900, n % 1_900)).collect();
        let cards: Vec<_> =
            names.iter().map(|name| Card { name, email: Some("info@example.org"), ..CARD }).collect();
        let pairs = duplicates(&persons(&cards));
        assert!(pairs.len() < 200, "{}", pairs.len());
        let likely = pairs.iter().filter(|pair| pair.certainty() == DuplicateCertainty::Likely).count();
        assert!(likely >= 100, "{likely}");
    }

    proptest::proptest! {
        /// Whatever the order of the records, the same pairs are found.
        #[test]
        fn the_order_of_the_records_does_not_matter(seed in 0_usize..1_000, keys in proptest::collection::vec((0_u8..6, 0_u8..6, 0_u8..4), 2..40)) {
            let words: Vec<(String, String, String)> = keys
                .iter()
                .map(|(given, family, mail)| (format!("Given{given} Family{family}"), format!("m{mail}@example.org"), format!("Org {mail}")))
                .collect();
            let cards: Vec<_> = words
                .iter()
                .map(|(name, email, organisation)| Card { name, email: Some(email), organisation: Some(organisation), ..CARD })
                .collect();
            let forward = persons(&cards);
            let mut turned = forward.clone();
            turned.rotate_left(seed % forward.len());
            proptest::prop_assert_eq!(duplicates(&forward), duplicates(&turned));
        }
    }
}
