//! Which events somebody asked for: one by its name, or all of a kind.

use std::fmt;
use std::str::FromStr;

use crate::event::EventBody;
use crate::value::text_form::text_form;
use crate::value::{InvalidValue, Shape};

const EXPECTED: &str =
    "the name of an event such as partnership.suspended, or all of a kind such as partnership.*";

/// An event by its name, or all those whose names begin with the same word: `partnership.suspended`, `partnership.*`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventPattern(String);

impl EventPattern {
    /// Whether the event of that name is one of them.
    #[must_use]
    pub fn covers(&self, name: &str) -> bool {
        match self.0.strip_suffix('*') {
            Some(beginning) => name.starts_with(beginning),
            None => self.0 == name,
        }
    }

    /// Whether it names one event, and not all of a kind.
    #[must_use]
    pub fn is_one_event(&self) -> bool {
        !self.0.ends_with('*')
    }
}

impl FromStr for EventPattern {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let pattern = Self(text.to_owned());
        let whole_word = text
            .strip_suffix('*')
            .is_none_or(|beginning| beginning.ends_with('.') && beginning.matches('.').count() == 1);
        let mut names = EventBody::NAMES.iter().flat_map(|names| names.iter());
        if whole_word && names.any(|name| pattern.covers(name)) {
            Ok(pattern)
        } else {
            Err(InvalidValue::unknown(text, EXPECTED))
        }
    }
}

impl fmt::Display for EventPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for EventPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(EventPattern, Shape::pattern(EXPECTED, r"^[a-z_]+\.([a-z_]+|\*)$", "partnership.suspended"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_an_event_that_exists_or_all_of_a_kind() {
        let all: EventPattern = "partnership.*".parse().expect("a kind");
        assert!(all.covers("partnership.suspended") && !all.covers("agreement.signed"));
        let one: EventPattern = "partnership.suspended".parse().expect("an event");
        assert!(one.covers("partnership.suspended") && !one.covers("partnership.suspended_again"));
        for wrong in [
            "",
            "*",
            "partnership",
            "partnership*",
            "partner.*",
            "partnership.sus*",
            "Partnership.*",
            "x.y",
            "partnership.",
        ] {
            assert!(wrong.parse::<EventPattern>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_event_can_be_asked_for_alone_and_with_its_kind() {
        for name in EventBody::NAMES.iter().flat_map(|names| names.iter()) {
            let (kind, _) = name.split_once('.').expect("a kind and what happened");
            for text in [(*name).to_owned(), format!("{kind}.*")] {
                assert!(text.parse::<EventPattern>().is_ok_and(|pattern| pattern.covers(name)), "{text}");
            }
        }
    }
}
