//! Who may see what of a person, and the consents that it rests on.
//!
//! What is shown to an audience is what is both marked for it and covered by a consent in force. So a consent that is withdrawn hides
//! at once, and no edit shows anything to anybody new unless a consent says so (R30).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Entry, Person};
use crate::named_enum;
use crate::value::{Certainty, InvalidValue, Name, PartialDate, Source};

named_enum! {
    /// For whom something of a person is shown. The desk, which keeps it, sees everything.
    #[non_exhaustive]
    pub enum Audience ("an audience") {
        /// Everybody, the other audiences included.
        Public = "public",
        /// The office of the partner city.
        PartnerCity = "partner_city",
        /// Whoever reads the programme: its committees and members.
        Members = "members",
        /// Those who keep the records of people.
        Desk = "desk",
    }
}

named_enum! {
    /// What of a person a consent is about.
    #[non_exhaustive]
    pub enum PersonFact ("what of a person is shown") {
        /// The names, how they are said and the form of address, languages and time zone.
        Name = "name",
        /// E-mail addresses.
        Email = "email",
        /// Telephone numbers.
        Phone = "phone",
        /// Addresses for letters.
        Post = "post",
        /// With whom the person works, and as what.
        Affiliation = "affiliation",
    }
}

/// That a person agreed to being shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawConsent", into = "RawConsent")]
pub struct Consent {
    audiences: BTreeSet<Audience>,
    facts: BTreeSet<PersonFact>,
    purpose: Name,
    given_on: PartialDate,
    withdrawn_on: Option<NaiveDate>,
    source: Source,
}

#[derive(Serialize, Deserialize)]
struct RawConsent {
    audiences: BTreeSet<Audience>,
    facts: BTreeSet<PersonFact>,
    purpose: Name,
    given_on: PartialDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    withdrawn_on: Option<NaiveDate>,
    source: Source,
}

impl Consent {
    /// A consent to showing these facts to these audiences for a purpose, given on a day and perhaps withdrawn on another, and how
    /// that is known: a letter, a form, an e-mail.
    ///
    /// # Errors
    ///
    /// [`InvalidValue`] if it names no audience or no fact, or was withdrawn before it was given.
    pub fn new(
        audiences: BTreeSet<Audience>,
        facts: BTreeSet<PersonFact>,
        purpose: Name,
        (given_on, withdrawn_on): (PartialDate, Option<NaiveDate>),
        source: Source,
    ) -> Result<Self, InvalidValue> {
        if audiences.is_empty() || facts.is_empty() {
            return Err(InvalidValue::Empty);
        }
        if let Some(withdrawn) = withdrawn_on.filter(|withdrawn| *withdrawn < given_on.earliest()) {
            return Err(InvalidValue::Reversed { from: given_on.to_string(), to: withdrawn.to_string() });
        }
        Ok(Self { audiences, facts, purpose, given_on, withdrawn_on, source })
    }

    /// To whom something may be shown.
    #[must_use]
    pub const fn audiences(&self) -> &BTreeSet<Audience> {
        &self.audiences
    }

    /// What may be shown.
    #[must_use]
    pub const fn facts(&self) -> &BTreeSet<PersonFact> {
        &self.facts
    }

    /// What for.
    #[must_use]
    pub const fn purpose(&self) -> &Name {
        &self.purpose
    }

    /// When it was given.
    #[must_use]
    pub const fn given_on(&self) -> PartialDate {
        self.given_on
    }

    /// The first day on which it no longer holds.
    #[must_use]
    pub const fn withdrawn_on(&self) -> Option<NaiveDate> {
        self.withdrawn_on
    }

    /// How it is known.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Whether it lets the fact be shown to that audience on that day. If it was given in a month of which the day is one, it does not yet:
    /// only what is certain is shown.
    #[must_use]
    pub fn covers(&self, fact: PersonFact, audience: Audience, day: NaiveDate) -> bool {
        let given = self.given_on.is_on_or_before(day) == Certainty::Yes;
        let holds = given && self.withdrawn_on.is_none_or(|withdrawn| day < withdrawn);
        holds && self.facts.contains(&fact) && includes(&self.audiences, audience)
    }
}

impl TryFrom<RawConsent> for Consent {
    type Error = InvalidValue;

    fn try_from(raw: RawConsent) -> Result<Self, InvalidValue> {
        let RawConsent { audiences, facts, purpose, given_on, withdrawn_on, source } = raw;
        Self::new(audiences, facts, purpose, (given_on, withdrawn_on), source)
    }
}

impl From<Consent> for RawConsent {
    fn from(consent: Consent) -> Self {
        let Consent { audiences, facts, purpose, given_on, withdrawn_on, source } = consent;
        Self { audiences, facts, purpose, given_on, withdrawn_on, source }
    }
}

/// Whether what is for these audiences is for that one: what is public is for all.
fn includes(audiences: &BTreeSet<Audience>, audience: Audience) -> bool {
    audiences.contains(&audience) || audiences.contains(&Audience::Public)
}

/// Something that an edit would show to an audience without a consent that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unconsented {
    /// Where it is marked, as a JSON pointer into the person: `/emails/1/shown_to`.
    pub path: String,
    /// What would be shown.
    pub fact: PersonFact,
    /// To whom.
    pub audience: Audience,
}

impl Person {
    /// The person as an audience sees them on a day: without what is not shown to it, and without remarks, sources and consents,
    /// which are the desk's. `None` if not even the name is shown, so that for this audience there is no such person.
    #[must_use]
    pub fn seen_by(&self, audience: Audience, day: NaiveDate) -> Option<Self> {
        if audience == Audience::Desk {
            return Some(self.clone());
        }
        let shown = |fact, marked: &BTreeSet<Audience>| {
            includes(marked, audience) && self.consents.iter().any(|one| one.covers(fact, audience, day))
        };
        if !shown(PersonFact::Name, &self.shown_to) {
            return None;
        }
        let Self {
            id,
            programme,
            name,
            latin_name,
            other_names,
            pronunciation,
            form_of_address,
            languages,
            zone,
            ..
        } = self.clone();
        Some(Self {
            latin_name,
            other_names,
            pronunciation,
            form_of_address,
            languages,
            zone,
            emails: kept(&self.emails, |marked| shown(PersonFact::Email, marked)),
            phones: kept(&self.phones, |marked| shown(PersonFact::Phone, marked)),
            posts: kept(&self.posts, |marked| shown(PersonFact::Post, marked)),
            affiliations: kept(&self.affiliations, |marked| shown(PersonFact::Affiliation, marked)),
            ..Self::new(id, programme, name)
        })
    }

    /// What this would show to whom, beyond what was marked for them `before`, with no consent in force on the day: the edit must be
    /// refused then (R30). What was marked before stays as it is, shown while a consent covers it and hidden else.
    #[must_use]
    pub fn unconsented(&self, before: Option<&Self>, day: NaiveDate) -> Vec<Unconsented> {
        let mut found = Vec::new();
        let mut look = |path: String, fact, marked: &BTreeSet<Audience>, was: Option<&BTreeSet<Audience>>| {
            let known = |audience| was.is_some_and(|was| includes(was, audience));
            let consented = |audience| self.consents.iter().any(|one| one.covers(fact, audience, day));
            let new = marked.iter().filter(|audience| **audience != Audience::Desk);
            let new = new.filter(|audience| !known(**audience) && !consented(**audience));
            found.extend(new.map(|audience| Unconsented { path: path.clone(), fact, audience: *audience }));
        };
        let named = |person: &Self| {
            let Self {
                name, latin_name, other_names, pronunciation, form_of_address, languages, zone, ..
            } = person;
            (name, latin_name, other_names, pronunciation, form_of_address, languages, zone)
                == (
                    &self.name,
                    &self.latin_name,
                    &self.other_names,
                    &self.pronunciation,
                    &self.form_of_address,
                    &self.languages,
                    &self.zone,
                )
        };
        let was = before.filter(|before| named(before)).map(|before| &before.shown_to);
        look("/shown_to".to_owned(), PersonFact::Name, &self.shown_to, was);
        entries(&self.emails, before.map(|it| &*it.emails), "emails", PersonFact::Email, &mut look);
        entries(&self.phones, before.map(|it| &*it.phones), "phones", PersonFact::Phone, &mut look);
        entries(&self.posts, before.map(|it| &*it.posts), "posts", PersonFact::Post, &mut look);
        let affiliations = before.map(|it| &*it.affiliations);
        entries(&self.affiliations, affiliations, "affiliations", PersonFact::Affiliation, &mut look);
        found
    }
}

fn kept<T: Clone>(entries: &[Entry<T>], shown: impl Fn(&BTreeSet<Audience>) -> bool) -> Vec<Entry<T>> {
    entries.iter().filter(|entry| shown(&entry.shown_to)).cloned().collect()
}

type Look<'a> = dyn FnMut(String, PersonFact, &BTreeSet<Audience>, Option<&BTreeSet<Audience>>) + 'a;

/// Looks at each entry beside the one of the same fact and label before.
fn entries<T: PartialEq>(
    now: &[Entry<T>],
    before: Option<&[Entry<T>]>,
    field: &str,
    fact: PersonFact,
    look: &mut Look<'_>,
) {
    for (at, entry) in now.iter().enumerate() {
        let same = |was: &&Entry<T>| was.fact == entry.fact && was.label == entry.label;
        let was = before.unwrap_or_default().iter().find(same).map(|was| &was.shown_to);
        look(format!("/{field}/{at}/shown_to"), fact, &entry.shown_to, was);
    }
}
