//! How private each field is, by where it stands in the body of a record, of an event, or of an actor.
//!
//! Free text is personal wherever people write it, as it may name somebody. A test walks bodies with every field filled in and
//! fails for one that is not listed here; until then such a field counts as personal.

use super::DataClass;

/// One or more fields of a body and how private they are.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Where: a JSON pointer in which `*` stands for any one step, and `**` at the end for one or more.
    pub path: &'static str,
    /// How private.
    pub class: DataClass,
    /// What of: a value or a text.
    pub holds: Holds,
}

/// Fields of a body that stand below one place of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldGroup {
    /// The place: a JSON pointer in which `*` stands for any one step; empty for the body itself.
    pub place: &'static str,
    /// The fields, by where they stand below it.
    pub fields: &'static [Field],
}

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One thing: if it is personal, the name of a person. Retention removes it.
    Value,
    /// Whatever people write, which may name somebody among other things. It outlives retention; erasure looks into it.
    Prose,
}

/// How private a value is, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nature {
    /// How private.
    pub class: DataClass,
    /// What of.
    pub holds: Holds,
}

impl Nature {
    /// Of what nobody classified.
    pub(super) const UNKNOWN: Self = Self { class: DataClass::Personal, holds: Holds::Prose };
}

impl Field {
    pub(super) const fn new(path: &'static str, class: DataClass, holds: Holds) -> Self {
        Self { path, class, holds }
    }

    /// Whether this is about the value at `pointer`.
    #[must_use]
    pub fn covers(&self, pointer: &str) -> bool {
        let mut steps = pointer.split('/');
        for wanted in self.path.split('/') {
            match (wanted, steps.next()) {
                ("**", Some(_)) => return true,
                (wanted, Some(step)) if wanted == "*" || wanted == step => {}
                (_, Some(_) | None) => return false,
            }
        }
        steps.next().is_none()
    }
}

impl FieldGroup {
    /// The field that covers `pointer`.
    fn covering(&self, pointer: &str) -> Option<&'static Field> {
        let mut rest = pointer;
        for wanted in self.place.split('/').skip(1) {
            let below = rest.strip_prefix('/')?;
            let (step, _) = below.split_once('/')?;
            if wanted != "*" && wanted != step {
                return None;
            }
            rest = &below[step.len()..];
        }
        self.fields.iter().find(|field| field.covers(rest))
    }
}

/// The nature of the first field that covers `pointer`; none if nobody classified it.
pub(super) fn nature_of(groups: &[FieldGroup], pointer: &str) -> Option<Nature> {
    let field = groups.iter().find_map(|group| group.covering(pointer))?;
    Some(Nature { class: field.class, holds: field.holds })
}

/// Lists fields, each with its class; `Prose` is personal text. `below` a place stand the fields of a list that several share.
macro_rules! fields {
    ($($path:literal $nature:ident,)+ $(below $place:literal $list:ident,)*) => {
        &[
            $crate::catalogue::FieldGroup {
                place: "",
                fields: $crate::catalogue::fields::field_list!($($path $nature,)+),
            },
            $($crate::catalogue::FieldGroup { place: $place, fields: $list }),*
        ]
    };
}

/// The fields that several bodies have below some place.
macro_rules! field_list {
    ($($path:literal $nature:ident,)+) => {
        &[$($crate::catalogue::fields::field_list!(@ $path $nature)),+]
    };
    (@ $path:literal Prose) => {
        $crate::catalogue::fields::Field::new($path, $crate::catalogue::DataClass::Personal, $crate::catalogue::Holds::Prose)
    };
    (@ $path:literal $class:ident) => {
        $crate::catalogue::fields::Field::new($path, $crate::catalogue::DataClass::$class, $crate::catalogue::Holds::Value)
    };
}
pub(super) use {field_list, fields};

/// Of an actor, with every change and event.
pub(super) const ACTOR: &[FieldGroup] = fields! {
    "/kind" Internal,
    "/id" Internal,
    "/name" Personal,
};

/// Of an event about personal data, whichever record it is about.
pub(super) const PRIVACY_EVENT: &[FieldGroup] = fields! {
    "/name" Public,
    "/pseudonym" Internal,
    "/values" Internal,
    "/journal" Internal,
    "/key" Internal,
    "/keys" Internal,
    "/fields/*" Internal,
};
