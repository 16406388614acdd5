//! To whom to write: whoever holds a role today, and whoever owes something.

use chrono::NaiveDate;

use super::HandoverFile;
use crate::engagement::Side;
use crate::id::{ActionPointId, RoleId};
use crate::promise::ActionPoint;
use crate::responsible::Responsible;
use crate::role::{HeldIn, Role, RoleFunction};
use crate::value::PartialDate;

/// Somebody to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// On which side they are.
    pub side: Side,
    /// Who it is, as precisely as is known.
    pub who: Responsible,
    /// Why one writes to them.
    pub because: ContactReason,
}

/// Why somebody stands among those to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContactReason {
    /// They hold a role.
    Role {
        /// Which.
        role: RoleId,
        /// What they are there.
        function: RoleFunction,
        /// Since when, if that is known.
        since: Option<PartialDate>,
    },
    /// They owe something and hold no role that is on record.
    Promise {
        /// The first that is due of what they owe.
        point: ActionPointId,
    },
}

pub(super) fn contacts(file: &HandoverFile<'_>, promises: &[&ActionPoint], day: NaiveDate) -> Vec<Contact> {
    let held = file.roles.iter().filter(|role| role.tenure.is_held_on(day).is_possible());
    let mut contacts: Vec<Contact> = held
        .filter(|role| Some(role.id) != file.of_role())
        .map(|role| Contact {
            side: side(file, role),
            who: role.responsible(),
            because: ContactReason::Role {
                role: role.id,
                function: role.function.clone(),
                since: role.tenure.from(),
            },
        })
        .collect();
    for point in promises {
        let owners = [(Side::Host, &point.host), (Side::Counterpart, &point.counterpart)];
        for (side, owner) in owners.into_iter().filter_map(|(side, owner)| Some((side, owner.as_ref()?))) {
            let is_own = file.role.is_some_and(|role| role.answers_for(&owner.responsible));
            if !is_own && !contacts.iter().any(|known| is_the_same(&known.who, &owner.responsible)) {
                let because = ContactReason::Promise { point: point.id };
                contacts.push(Contact { side, who: owner.responsible.clone(), because });
            }
        }
    }
    // The order within a side is that in which the roles were read.
    contacts.sort_by_key(|contact| match contact.side {
        Side::Counterpart => 0,
        Side::Both | Side::Unstated => 1,
        Side::Host => 2,
    });
    contacts
}

/// On which side whoever holds a role is.
fn side(file: &HandoverFile<'_>, role: &Role) -> Side {
    let of_place = |place| if place == file.host { Side::Host } else { Side::Counterpart };
    match role.held_in {
        HeldIn::Place(place) => of_place(place),
        HeldIn::Committee(id) => {
            let committee = file.committees.iter().find(|committee| committee.id == id);
            committee.and_then(|committee| committee.place).map_or(Side::Both, of_place)
        }
        HeldIn::Organisation(_) => Side::Unstated,
    }
}

/// Whether two say the same of who it is: the same person, or the same office where nobody is named.
fn is_the_same(known: &Responsible, other: &Responsible) -> bool {
    match (known.person(), other.person()) {
        (Some(known), Some(other)) => known == other,
        (None, None) => known == other || (known.office().is_some() && known.office() == other.office()),
        (Some(_), None) | (None, Some(_)) => false,
    }
}
