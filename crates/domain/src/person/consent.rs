//! Who may see what of a person, and the consents that it rests on.
//!
//! What is shown to an audience is what is both marked for it and covered by a consent in force. So a consent that is withdrawn hides
//! at once, and no edit shows anything to anybody new unless a consent says so (R30).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Person;
use crate::id::PersonId;
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
    given_in: Option<PersonId>,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    given_in: Option<PersonId>,
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
        Ok(Self { audiences, facts, purpose, given_on, withdrawn_on, source, given_in: None })
    }

    /// The same as it was given in another record, which was merged into the one where it stands: it covers what came from there.
    #[must_use]
    pub fn given_in_record(self, record: Option<PersonId>) -> Self {
        Self { given_in: record, ..self }
    }

    /// The record in which it was given, if that was merged into the one where it stands.
    #[must_use]
    pub const fn given_in(&self) -> Option<PersonId> {
        self.given_in
    }

    /// As it stands in a record into which that one was merged.
    pub(super) fn carried_from(self, record: PersonId) -> Self {
        Self { given_in: self.given_in.or(Some(record)), ..self }
    }

    /// As it stands in that record again.
    pub(super) fn brought_back_to(&mut self, record: PersonId) {
        self.given_in = self.given_in.filter(|given_in| *given_in != record);
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
        let RawConsent { audiences, facts, purpose, given_on, withdrawn_on, source, given_in } = raw;
        let consent = Self::new(audiences, facts, purpose, (given_on, withdrawn_on), source)?;
        Ok(consent.given_in_record(given_in))
    }
}

impl From<Consent> for RawConsent {
    fn from(consent: Consent) -> Self {
        let Consent { audiences, facts, purpose, given_on, withdrawn_on, source, given_in } = consent;
        Self { audiences, facts, purpose, given_on, withdrawn_on, source, given_in }
    }
}

/// Whether what is for these audiences is for that one: what is public is for all.
pub(super) fn includes(audiences: &BTreeSet<Audience>, audience: Audience) -> bool {
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
        let named = includes(&self.shown_to, audience) && self.own_consent(PersonFact::Name, audience, day);
        if !named {
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
        } = self.own_name();
        macro_rules! kept {
            ($field:ident, $fact:ident) => {
                self.$field
                    .iter()
                    .filter(|entry| includes(&entry.shown_to, audience))
                    .filter(|entry| {
                        self.consented((PersonFact::$fact, entry), |given| &given.$field, (audience, day))
                    })
                    .cloned()
                    .collect()
            };
        }
        Some(Self {
            latin_name,
            other_names,
            pronunciation,
            form_of_address,
            languages,
            zone,
            emails: kept!(emails, Email),
            phones: kept!(phones, Phone),
            posts: kept!(posts, Post),
            affiliations: kept!(affiliations, Affiliation),
            ..Self::new(id, programme, name)
        })
    }

    /// Whether a consent of their own, which came from no other record, covers that.
    pub(super) fn own_consent(&self, fact: PersonFact, audience: Audience, day: NaiveDate) -> bool {
        self.consents.iter().any(|one| one.given_in.is_none() && one.covers(fact, audience, day))
    }

    /// What this would show to whom, beyond what was marked for them `before`, with no consent in force on the day: the edit must be
    /// refused then (R30). What was marked before stays as it is, shown while a consent covers it and hidden else.
    #[must_use]
    pub fn unconsented(&self, before: Option<&Self>, day: NaiveDate) -> Vec<Unconsented> {
        let mut found = Vec::new();
        let new = |marked: &BTreeSet<Audience>, was: Option<&BTreeSet<Audience>>| {
            let known = |audience: Audience| was.is_some_and(|was| includes(was, audience));
            let new = marked.iter().copied();
            new.filter(|audience| *audience != Audience::Desk && !known(*audience)).collect::<Vec<_>>()
        };
        let named = |person: &Self| {
            let Self {
                name, latin_name, other_names, pronunciation, form_of_address, languages, zone, ..
            } = person.own_name();
            (name, latin_name, other_names, pronunciation, form_of_address, languages, zone)
        };
        let was = before.filter(|before| named(before) == named(self)).map(|before| &before.shown_to);
        for audience in new(&self.shown_to, was) {
            if !self.own_consent(PersonFact::Name, audience, day) {
                found.push(Unconsented { path: "/shown_to".to_owned(), fact: PersonFact::Name, audience });
            }
        }
        macro_rules! entries {
            ($($field:ident: $fact:ident;)+) => { $(
                for (at, entry) in self.$field.iter().enumerate() {
                    let earlier = before.map(|before| &*before.$field).unwrap_or_default();
                    let same = earlier.iter().find(|was| was.fact == entry.fact && was.label == entry.label);
                    for audience in new(&entry.shown_to, same.map(|was| &was.shown_to)) {
                        if !self.consented((PersonFact::$fact, entry), |given| &given.$field, (audience, day)) {
                            let path = format!("/{}/{at}/shown_to", stringify!($field));
                            found.push(Unconsented { path, fact: PersonFact::$fact, audience });
                        }
                    }
                }
            )+ };
        }
        entries! { emails: Email; phones: Phone; posts: Post; affiliations: Affiliation; }
        found
    }
}
