//! Rules of people, roles and committees, and how each is broken.

use super::Mutation;

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        rule: "R24: a committee has a chair",
        file: "crates/domain/src/committee/required.rs",
        from: "if kept.contains(&RoleFunction::Chair) {",
        to: "if !kept.is_empty() {",
    },
    Mutation {
        rule: "R24: a seat is taken as long as somebody may hold it",
        file: "crates/domain/src/committee/vacancy.rs",
        from: "let held = || self.roles.iter().filter(|role| role.tenure.is_held_on(day).is_possible());",
        to: "let held = || self.roles.iter().filter(|role| role.tenure.is_held_on(day).is_certain());",
    },
    Mutation {
        rule: "R24: who holds two roles takes one seat",
        file: "crates/domain/src/committee/vacancy.rs",
        from: "u32::try_from(known.len() + unknown)",
        to: "u32::try_from(held().count().max(known.len() + unknown))",
    },
    Mutation {
        rule: "R24: no chair for 60 days is an alert",
        file: "crates/domain/src/committee/vacancy.rs",
        from: "(self.as_of - since).num_days() >= i64::from(CHAIRLESS_ALERT_DAYS)",
        to: "(self.as_of - since).num_days() > i64::from(CHAIRLESS_ALERT_DAYS)",
    },
    Mutation {
        rule: "R24: who fills a term serves the rest of it",
        file: "crates/domain/src/committee/vacancy.rs",
        from: "self.term_end(role).filter(|until| until.latest() > self.day)?",
        to: "self.term_end(role)?",
    },
    Mutation {
        rule: "R24: a term that is served again is not unexpired",
        file: "crates/domain/src/committee/vacancy.rs",
        from: "of(role) && !is_served(role.id)",
        to: "of(role)",
    },
    Mutation {
        rule: "a committee that no longer exists has no vacancies",
        file: "crates/domain/src/committee/vacancy.rs",
        from: "if committee.existed.contains(day) == Certainty::No {",
        to: "if committee.existed.contains(day) == Certainty::Yes && false {",
    },
    Mutation {
        rule: "R25: a role with open promises does not end in silence",
        file: "crates/domain/src/role/mod.rs",
        from: "                self.check_owed(owed)?;\n",
        to: "                let _ = owed;\n",
    },
    Mutation {
        rule: "R25: a successor must still be there",
        file: "crates/domain/src/role/mod.rs",
        from: "to.latest() < on.earliest()",
        to: "to.latest() > on.earliest()",
    },
    Mutation {
        rule: "R25: nobody takes over from themselves",
        file: "crates/domain/src/role/mod.rs",
        from: "OpenPromises::HandedTo(id) if id == self.id => {",
        to: "OpenPromises::HandedTo(id) if id != self.id && false => {",
    },
    Mutation {
        rule: "R25: what another role of the holder answers for goes on",
        file: "crates/domain/src/role/handing_over.rs",
        from: "self.answers_for(owner) && !elsewhere",
        to: "self.answers_for(owner)",
    },
    Mutation {
        rule: "R25: what is over is not owed",
        file: "crates/domain/src/role/handing_over.rs",
        from: "owed && !point.state().is_over()",
        to: "owed",
    },
    Mutation {
        rule: "a promise in one committee is not that of another",
        file: "crates/domain/src/role/responsibility.rs",
        from: "is_holder && committee && organisation",
        to: "is_holder && organisation",
    },
    Mutation {
        rule: "an office does not answer for a person nobody knows",
        file: "crates/domain/src/role/responsibility.rs",
        from: "let is_holder = self.person.is_some() && self.person == responsible.person();",
        to: "let is_holder = self.person == responsible.person();",
    },
    Mutation {
        rule: "a role does not end before it began",
        file: "crates/domain/src/role/tenure.rs",
        from: "if to.latest() < from.earliest() => Err(from),",
        to: "if to.latest() > from.latest() => Err(from),",
    },
    Mutation {
        rule: "a role without a first day may have been held",
        file: "crates/domain/src/role/tenure.rs",
        from: "self.from.map_or(Certainty::Possibly,",
        to: "self.from.map_or(Certainty::Yes,",
    },
    Mutation {
        rule: "R30: a consent that was withdrawn hides from that day on",
        file: "crates/domain/src/person/consent.rs",
        from: "self.withdrawn_on.is_none_or(|withdrawn| day < withdrawn)",
        to: "self.withdrawn_on.is_none_or(|withdrawn| day <= withdrawn)",
    },
    Mutation {
        rule: "R30: a consent of a month covers the days after it",
        file: "crates/domain/src/person/consent.rs",
        from: "self.given_on.is_on_or_before(day) == Certainty::Yes",
        to: "self.given_on.is_on_or_before(day) != Certainty::No",
    },
    Mutation {
        rule: "R30: nobody is shown whose name is not",
        file: "crates/domain/src/person/consent.rs",
        from: "includes(&self.shown_to, audience) && self.own_consent(PersonFact::Name, audience, day)",
        to: "includes(&self.shown_to, audience)",
    },
    Mutation {
        rule: "R30: an entry is shown to whom it is marked for",
        file: "crates/domain/src/person/consent.rs",
        from: ".filter(|entry| includes(&entry.shown_to, audience))",
        to: ".filter(|_| true)",
    },
    Mutation {
        rule: "who was merged is no duplicate",
        file: "crates/domain/src/person/duplicates.rs",
        from: "persons.iter().filter(|person| person.merged_into.is_none())",
        to: "persons.iter()",
    },
    Mutation {
        rule: "a shared telephone alone makes no duplicate",
        file: "crates/domain/src/person/duplicates.rs",
        from: "|| (has(SameEmail) && has_own_address())",
        to: "|| has(SamePhone) || (has(SameEmail) && has_own_address())",
    },
    Mutation {
        rule: "a shared mailbox makes no duplicates",
        file: "crates/domain/src/person/duplicates.rs",
        from: "owners(both, &holders) <= OF_ONE_HOUSEHOLD",
        to: "owners(both, &holders) >= OF_ONE_HOUSEHOLD",
    },
    Mutation {
        rule: "a record is not merged into itself",
        file: "crates/domain/src/person/merge.rs",
        from: "if self.id == standing.id {",
        to: "if self.id == standing.id && standing.merged_into.is_some() {",
    },
    Mutation {
        rule: "a merged record is not merged again",
        file: "crates/domain/src/person/merge.rs",
        from: "        self.stands()?;\n        standing.stands()?;\n",
        to: "        standing.stands()?;\n",
    },
    Mutation {
        rule: "what was taken out leaves what others gave too",
        file: "crates/domain/src/person/merge.rs",
        from: "// What others gave too comes back.\n        standing.take_over();",
        to: "",
    },
    Mutation {
        rule: "a consent comes over with its record",
        file: "crates/domain/src/person/merge.rs",
        from: "consent.carried_from(self.id)",
        to: "consent",
    },
];
