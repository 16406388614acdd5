//! What whoever holds a role is to see to, and who sees to it when the role ends (R25).

use super::{Role, RoleFunction};
use crate::responsible::Responsible;
use crate::value::Name;

impl Role {
    /// Whoever holds it, as somebody who is to do something: the person if known, with where the role is held.
    ///
    /// # Panics
    ///
    /// Never: every function has a name, by which somebody is said.
    #[must_use]
    pub fn responsible(&self) -> Responsible {
        let (committee, organisation) = (self.held_in.committee(), self.held_in.organisation());
        let office = self.office.clone().or_else(|| called(&self.function));
        Responsible::new(self.person, office, committee, organisation).expect("every function has a name")
    }

    /// Whether somebody who is to do something is to do it in this role: the person who holds it, unless they are named as belonging
    /// to another committee or organisation. What an office or a committee is to do goes on when its holder changes.
    #[must_use]
    pub fn answers_for(&self, responsible: &Responsible) -> bool {
        let is_holder = self.person.is_some() && self.person == responsible.person();
        let committee = responsible.committee().is_none_or(|named| self.held_in.committee() == Some(named));
        let organisation =
            responsible.organisation().is_none_or(|named| self.held_in.organisation() == Some(named));
        is_holder && committee && organisation
    }
}

/// A function in words.
fn called(function: &RoleFunction) -> Option<Name> {
    Name::new(&function.in_words()).ok()
}
