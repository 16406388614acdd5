//! How long it takes to find duplicates among 50,000 people, and how that grows: `cargo bench -p sister-cities-domain`.
//!
//! It fails if it takes two seconds or more, or if twice the people take more than two and a half times as long: with blocks the work
//! grows as n log n.

use std::time::{Duration, Instant};

use sister_cities_domain::id::{PersonId, ProgrammeId, SeededIds};
use sister_cities_domain::person::{Affiliation, Email, Entry, Person, Phone, duplicates};
use sister_cities_domain::privacy::Erasable;
use sister_cities_domain::value::Name;

const PEOPLE: usize = 50_000;
const MOST: Duration = Duration::from_secs(2);
const ROUNDS: usize = 5;

/// People of made-up names, of whom one in fifty is there twice, in offices of forty with one address of their own.
fn people(number: usize) -> Vec<Person> {
    let ids = SeededIds::new(1);
    let programme = ProgrammeId::next(&ids);
    let name = |text: &str| Name::new(text).expect("a name");
    let one = |at: usize| {
        let same = if at % 50 == 49 { at - 1 } else { at };
        let (given, family) = (same % 311, same / 7);
        let called = if at % 50 == 49 {
            format!("Family{family} Given{given}")
        } else {
            format!("Given{given} Family{family}")
        };
        let mut person = Person::new(PersonId::next(&ids), programme, name(&called));
        for address in [format!("p{same}@example.org"), format!("office{}@example.org", at / 40)] {
            let address = Erasable::Kept(address.parse().expect("an address"));
            person.emails.push(Entry::desk_only(Email { address }));
        }
        let number = Erasable::Kept(format!("+4930{:07}", at / 20).parse().expect("a number"));
        person.phones.push(Entry::desk_only(Phone { number }));
        let office =
            Affiliation::new(None, Some(name(&format!("Office {}", at / 40))), None).expect("an office");
        person.affiliations.push(Entry::desk_only(office));
        person
    };
    (0..number).map(one).collect()
}

fn measured(people: &[Person]) -> (Duration, usize) {
    let began = Instant::now();
    let found = duplicates(people).len();
    (began.elapsed(), found)
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() {
    let (all, half) = (people(PEOPLE), people(PEOPLE / 2));
    let mut rounds: Vec<(Duration, f64)> = Vec::new();
    let mut found = 0;
    for _ in 0..ROUNDS {
        let (short, _) = measured(&half);
        let (long, pairs) = measured(&all);
        found = pairs;
        rounds.push((long, long.as_secs_f64() / short.as_secs_f64()));
    }
    rounds.sort_by(|one, other| one.1.total_cmp(&other.1));
    let ratio = rounds[ROUNDS / 2].1;
    rounds.sort_by_key(|round| round.0);
    let time = rounds[ROUNDS / 2].0;
    println!("{PEOPLE} people: {found} pairs in {time:?}; twice the people take {ratio:.2} times as long");
    assert!(time < MOST, "it takes {time:?}, not less than {MOST:?}");
    assert!(ratio < 2.5, "twice the people take {ratio:.2} times as long");
}
