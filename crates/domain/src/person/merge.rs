//! Merging two records of one person, and taking them apart again.
//!
//! The record that is merged away keeps all it says and the id of the one that stands for it now; so nothing is lost, and whoever
//! knows the old id finds the new one. The other record takes over what it did not have, and remembers what that was and from whom
//! ([`Absorbed`]). To take them apart is to give that back: what was entered since, or was its own, stays.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::consent::includes;
use super::{
    Affiliation, Audience, Consent, Email, Entry, Person, PersonEvent, PersonFact, Phone, Post, Reading,
};
use crate::id::PersonId;
use crate::value::{EmailAddress, LanguageTag, Name, Note};

/// A record that was merged into another, and what the other has from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absorbed {
    /// The record that was merged.
    pub person: PersonId,
    /// The records through which it came, the last of which was merged into this one; none if it was merged into this one itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub through: Vec<PersonId>,
    /// What it gave: all that the other did not have of its own.
    #[serde(flatten)]
    pub given: Given,
}

/// What one record of a person gives to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    /// Names, whatever they were there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<Name>,
    /// How the name is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pronunciation: Option<Name>,
    /// How they are addressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form_of_address: Option<Name>,
    /// E-mail addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Entry<Email>>,
    /// Telephone numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Entry<Phone>>,
    /// Addresses for letters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<Entry<Post>>,
    /// With whom they work.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub affiliations: Vec<Entry<Affiliation>>,
    /// Languages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<LanguageTag>,
    /// The time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<Tz>,
    /// When and how often they want messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
    /// Remarks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// Why two records are not merged, not taken apart, or not kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeRefusal {
    /// Somebody would be merged with themselves.
    #[error("{person} is one record: it cannot be merged with itself, nor kept apart from itself")]
    Itself {
        /// Who.
        person: PersonId,
    },
    /// A record that another stands for takes no part in a merge: the other does.
    #[error("{person} is merged into {into} already: merge or take apart that one")]
    Merged {
        /// The record.
        person: PersonId,
        /// What stands for it.
        into: PersonId,
    },
    /// Only what was merged is taken apart.
    #[error("{person} is not merged into {from}")]
    NotMerged {
        /// The record that was to stand for itself again.
        person: PersonId,
        /// What does not stand for it.
        from: PersonId,
    },
    /// So many records of one person are a mistake.
    #[error("{person} stands for {most} other records already", most = Person::MOST_ABSORBED)]
    TooMany {
        /// The record that stands for them.
        person: PersonId,
    },
}

/// Two records after they were merged or taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there are always the two")]
pub struct TwoRecords {
    /// The record that is merged, or was.
    pub merged: Person,
    /// What happened to it.
    pub merged_event: PersonEvent,
    /// The record that stands, or stood, for both.
    pub standing: Person,
    /// What happened to it.
    pub standing_event: PersonEvent,
}

/// What two entries are the same by: an address is one address under whatever label.
trait Keyed {
    type Key: PartialEq;
    fn key(&self) -> Self::Key;
}

impl Keyed for Entry<Email> {
    type Key = String;
    fn key(&self) -> String {
        use crate::value::TextForm as _;
        self.fact.address.kept().map_or_else(|| self.fact.address.render(), EmailAddress::folded)
    }
}

macro_rules! keyed_by_fact {
    ($($entry:ty => $key:ty, $by:expr;)+) => { $(
        impl Keyed for $entry {
            type Key = $key;
            fn key(&self) -> $key {
                $by(self)
            }
        }
    )+ };
}

keyed_by_fact! {
    Entry<Phone> => Phone, |entry: &Self| entry.fact.clone();
    Entry<Post> => Post, |entry: &Self| entry.fact.clone();
    Entry<Affiliation> => Affiliation, |entry: &Self| entry.fact.clone();
    LanguageTag => Self, Clone::clone;
    Name => Self, Clone::clone;
    Note => Self, Clone::clone;
}

/// The lists of a person that a merge unites, and the facts of which there is one: `$with!(field)` for each.
macro_rules! each_list {
    ($with:ident) => {
        $with!(other_names);
        $with!(emails);
        $with!(phones);
        $with!(posts);
        $with!(affiliations);
        $with!(languages);
        $with!(notes);
    };
}
macro_rules! each_single {
    ($with:ident) => {
        $with!(pronunciation);
        $with!(form_of_address);
        $with!(zone);
        $with!(reading);
    };
}

fn has<T: Keyed>(list: &[T], one: &T) -> bool {
    let key = one.key();
    list.iter().any(|other| other.key() == key)
}

impl Given {
    /// All that a record says, with its names as further names.
    fn all_of(from: &Person) -> Self {
        let mut given = Self { other_names: from.names().cloned().collect(), ..Self::default() };
        macro_rules! list {
            (other_names) => {};
            ($field:ident) => {
                given.$field.clone_from(&from.$field);
            };
        }
        macro_rules! single {
            ($field:ident) => {
                given.$field.clone_from(&from.$field);
            };
        }
        each_list!(list);
        each_single!(single);
        given
    }

    /// What of it is new to a record that has `own` of its own.
    fn new_to(mut self, own: &Person) -> Self {
        self.other_names.retain(|name| !own.names().any(|known| known == name));
        macro_rules! list {
            (other_names) => {};
            ($field:ident) => {
                self.$field.retain(|one| !has(&own.$field, one));
            };
        }
        macro_rules! single {
            ($field:ident) => {
                if own.$field.is_some() {
                    self.$field = None;
                }
            };
        }
        each_list!(list);
        each_single!(single);
        self
    }

    /// The same, marked only for those to whom the record itself is shown.
    fn marked_within(mut self, shown_to: &BTreeSet<Audience>) -> Self {
        macro_rules! entries {
            ($($field:ident),+) => {
                $(for entry in &mut self.$field {
                    entry.shown_to.retain(|audience| includes(shown_to, *audience));
                })+
            };
        }
        entries!(emails, phones, posts, affiliations);
        self
    }
}

impl Person {
    /// So many records may be merged into one.
    pub const MOST_ABSORBED: usize = 100;

    /// Whether it and `other` are merged already, so that neither may be again.
    fn stands(&self) -> Result<(), MergeRefusal> {
        self.merged_into.map_or(Ok(()), |into| Err(MergeRefusal::Merged { person: self.id, into }))
    }

    /// The same without what others gave.
    fn own(&self) -> Self {
        let mut own = self.clone();
        own.absorbed.clear();
        own.consents.retain(|consent| consent.given_in().is_none());
        macro_rules! list {
            ($field:ident) => {
                own.$field.retain(|one| !self.absorbed.iter().any(|by| by.given.$field.contains(one)));
            };
        }
        macro_rules! single {
            ($field:ident) => {
                if self.absorbed.iter().any(|by| by.given.$field.is_some() && by.given.$field == self.$field)
                {
                    own.$field = None;
                }
            };
        }
        each_list!(list);
        each_single!(single);
        own
    }

    /// Takes over what others gave and it does not have.
    fn take_over(&mut self) {
        for Absorbed { given, .. } in self.absorbed.clone() {
            macro_rules! list {
                ($field:ident) => {
                    for one in given.$field {
                        if !has(&self.$field, &one) {
                            self.$field.push(one);
                        }
                    }
                };
            }
            macro_rules! single {
                ($field:ident) => {
                    if self.$field.is_none() {
                        self.$field = given.$field;
                    }
                };
            }
            each_list!(list);
            each_single!(single);
        }
    }

    /// Merges this record into `standing`, which stands for both from then on. Nobody sees more than before: what comes over is shown
    /// as it was shown, by the consents that come with it.
    ///
    /// # Errors
    ///
    /// [`MergeRefusal`] if they are one record, one of them is merged already, or `standing` stands for too many.
    pub fn merged_into(self, standing: Self) -> Result<TwoRecords, MergeRefusal> {
        if self.id == standing.id {
            return Err(MergeRefusal::Itself { person: self.id });
        }
        self.stands()?;
        standing.stands()?;
        if standing.absorbed.len() >= Self::MOST_ABSORBED {
            return Err(MergeRefusal::TooMany { person: standing.id });
        }
        let (own, mut standing) = (standing.own(), standing);
        let through = |one: &Absorbed| one.through.iter().copied().chain([self.id]).collect();
        let behind = self.absorbed.iter().map(|one| (one.person, through(one), one.given.clone()));
        for (person, through, given) in
            std::iter::once((self.id, Vec::new(), Given::all_of(&self.own()))).chain(behind)
        {
            let given = given.new_to(&own).marked_within(&self.shown_to);
            standing.absorbed.push(Absorbed { person, through, given });
        }
        standing.take_over();
        let theirs = self.consents.iter().cloned();
        standing.consents.extend(theirs.map(|consent| consent.carried_from(self.id)));
        let (merged_event, standing_event) =
            (PersonEvent::Merged { into: standing.id }, PersonEvent::Absorbed { person: self.id });
        let merged = Self { merged_into: Some(standing.id), ..self };
        Ok(TwoRecords { merged, merged_event, standing, standing_event })
    }

    /// Takes this record out of `standing` again, so that each stands for itself.
    ///
    /// `standing` loses what it had from this one alone; what was its own, what others gave too, and what somebody changed since it keeps.
    ///
    /// # Errors
    ///
    /// [`MergeRefusal`] if this one is not merged into that, or that is merged into another itself.
    pub fn taken_out_of(self, standing: Self) -> Result<TwoRecords, MergeRefusal> {
        if self.merged_into != Some(standing.id) {
            return Err(MergeRefusal::NotMerged { person: self.id, from: standing.id });
        }
        standing.stands()?;
        let (mut merged, mut standing) = (self, standing);
        let came_with = |one: &Absorbed| one.person == merged.id || one.through.last() == Some(&merged.id);
        let (gone, others): (Vec<_>, Vec<_>) = standing.absorbed.iter().cloned().partition(came_with);
        for Absorbed { given, .. } in &gone {
            macro_rules! list {
                ($field:ident) => {
                    standing.$field.retain(|one| !given.$field.contains(one));
                };
            }
            macro_rules! single {
                ($field:ident) => {
                    if given.$field.is_some() && standing.$field == given.$field {
                        standing.$field = None;
                    }
                };
            }
            each_list!(list);
            each_single!(single);
        }
        standing.absorbed = others;
        // What others gave too comes back.
        standing.take_over();
        // Consents go back as they are now: what was withdrawn meanwhile stays so.
        let from: BTreeSet<PersonId> = gone.iter().map(|one| one.person).collect();
        let theirs = |consent: &Consent| consent.given_in().is_some_and(|record| from.contains(&record));
        merged.consents = standing.consents.iter().filter(|one| theirs(one)).cloned().collect();
        merged.consents.iter_mut().for_each(|consent| consent.brought_back_to(merged.id));
        standing.consents.retain(|one| !theirs(one));
        let (merged_event, standing_event) =
            (PersonEvent::Unmerged { from: standing.id }, PersonEvent::Released { person: merged.id });
        merged.merged_into = None;
        Ok(TwoRecords { merged, merged_event, standing, standing_event })
    }

    /// Notes that somebody looked and said that this record and `other` are of two people: they are not taken for one again. None if that
    /// is noted already.
    ///
    /// # Errors
    ///
    /// [`MergeRefusal`] if they are one record, or one of them is merged already.
    pub fn kept_apart_from(mut self, other: &Self) -> Result<Option<(Self, PersonEvent)>, MergeRefusal> {
        if self.id == other.id {
            return Err(MergeRefusal::Itself { person: self.id });
        }
        self.stands()?;
        other.stands()?;
        if other.kept_apart.contains(&self.id) || !self.kept_apart.insert(other.id) {
            return Ok(None);
        }
        Ok(Some((self, PersonEvent::KeptApart { person: other.id })))
    }

    /// The record with what somebody says of it now in place of what it said `before`: it still stands for those it stood for, but what of
    /// theirs was taken away is no longer from them.
    #[must_use]
    pub fn edited_from(mut self, before: &Self) -> Self {
        self.merged_into = before.merged_into;
        self.kept_apart.clone_from(&before.kept_apart);
        let mut absorbed = before.absorbed.clone();
        for Absorbed { given, .. } in &mut absorbed {
            macro_rules! list {
                ($field:ident) => {
                    given.$field.retain(|one| has(&self.$field, one));
                };
            }
            macro_rules! single {
                ($field:ident) => {
                    if self.$field.is_none() {
                        given.$field = None;
                    }
                };
            }
            each_list!(list);
            each_single!(single);
        }
        self.absorbed = absorbed;
        self
    }

    /// Whether the consents on which an entry rests let it be shown to an audience on a day: the person's own, or those that came with
    /// it, which must let the name of the record be shown too that it came with.
    pub(super) fn consented<T: PartialEq>(
        &self,
        (fact, entry): (PersonFact, &Entry<T>),
        given: impl Fn(&Given) -> &[Entry<T>],
        (audience, day): (Audience, NaiveDate),
    ) -> bool {
        let covers = |record: PersonId, fact| {
            self.consents.iter().any(|one| one.given_in() == Some(record) && one.covers(fact, audience, day))
        };
        let mut own = true;
        for by in self.absorbed.iter().filter(|by| given(&by.given).contains(entry)) {
            own = false;
            let named = by.through.iter().chain([&by.person]).all(|id| covers(*id, PersonFact::Name));
            if named && covers(by.person, fact) {
                return true;
            }
        }
        own && self.own_consent(fact, audience, day)
    }

    /// The same with its names, languages and zone without those that other records gave: those the desk alone sees.
    pub(super) fn own_name(&self) -> Self {
        if self.absorbed.is_empty() { self.clone() } else { self.own() }
    }
}

/// The records that stand for others, the nearest first, that somebody who knows an old id has to go through.
///
/// # Errors
///
/// The record at which the way runs in a circle, which no merge makes.
pub fn resolved(
    id: PersonId,
    merged_into: impl Fn(PersonId) -> Option<PersonId>,
) -> Result<PersonId, PersonId> {
    let mut seen = BTreeSet::from([id]);
    let mut at = id;
    while let Some(next) = merged_into(at) {
        if !seen.insert(next) {
            return Err(next);
        }
        at = next;
    }
    Ok(at)
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
