//! Finds those whom a line may mean, by name, address and number.

use std::collections::HashMap;

use sister_cities_domain::id::PersonId;
use sister_cities_domain::person::Person;

use crate::import::cells::fold::fold;

/// People by what they may be recognised by.
#[derive(Debug, Default)]
pub(crate) struct PeopleIndex {
    by_key: HashMap<String, Vec<PersonId>>,
}

impl PeopleIndex {
    pub(crate) fn add(&mut self, person: &Person) {
        for key in keys(person) {
            let ids = self.by_key.entry(key).or_default();
            if !ids.contains(&person.id) {
                ids.push(person.id);
            }
        }
    }

    /// Those who share a key with this one. Of a key that very many share, as the address of an office, the first.
    pub(crate) fn like<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = PersonId> + 'a {
        const MOST: usize = 50;
        keys(person).filter_map(|key| self.by_key.get(&key)).flat_map(|ids| ids.iter().take(MOST).copied())
    }
}

/// Each name with its words in order, each address, each number.
fn keys(person: &Person) -> impl Iterator<Item = String> + '_ {
    let names = person.names().map(|name| {
        let folded = fold(name.as_str());
        let mut words: Vec<&str> = folded.split(' ').collect();
        words.sort_unstable();
        words.join(" ")
    });
    let emails = person.emails.iter().filter_map(|email| Some(email.fact.address.kept()?.folded()));
    let phones = person.phones.iter().filter_map(|phone| Some(phone.fact.number.kept()?.to_string()));
    names.chain(emails).chain(phones)
}
