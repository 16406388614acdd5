//! Editing a record: what is given replaces what was known, what is cleared is known no more, and all else stays.

use sister_cities_client::api::domain::value::FreeText;
use sister_cities_client::api::{IncompleteView, NoteBody};

use crate::exit::Exit;
use crate::failure::Failure;

/// Which facts are to be known no more, by the names that people see.
#[derive(Debug)]
pub(crate) struct Cleared(pub(crate) Vec<String>);

impl Cleared {
    /// What is known of a fact from now on.
    pub(crate) fn fact<T>(&self, name: &str, given: Option<T>, before: Option<T>) -> Option<T> {
        let before = if self.names(name) { None } else { before };
        given.or(before)
    }

    /// What is known of a fact of which there are several: those given are in place of those before.
    pub(crate) fn facts<T>(&self, name: &str, given: Vec<T>, before: Vec<T>) -> Vec<T> {
        if given.is_empty() && !self.names(name) { before } else { given }
    }

    /// The remarks from now on, with a further one.
    pub(crate) fn notes(&self, further: Option<FreeText>, before: Vec<NoteBody>) -> Vec<NoteBody> {
        let mut notes = self.facts("note", Vec::new(), before);
        notes.extend(further.map(|text| NoteBody { text, source: None }));
        notes
    }

    fn names(&self, name: &str) -> bool {
        self.0.iter().any(|cleared| cleared == name)
    }
}

impl From<IncompleteView> for Failure {
    fn from(error: IncompleteView) -> Self {
        Self::caused(Exit::Failed, &error).hint("a newer version of this program can change it")
    }
}

#[cfg(test)]
mod tests {
    use super::Cleared;

    #[test]
    fn what_is_neither_given_nor_cleared_stays() {
        let cleared = Cleared(vec!["end".to_owned()]);
        assert_eq!(cleared.fact("start", None, Some(1)), Some(1));
        assert_eq!(cleared.fact("start", Some(2), Some(1)), Some(2));
        assert_eq!(cleared.fact("end", None, Some(1)), None);
        assert_eq!(cleared.facts("focus", Vec::new(), vec![1]), [1]);
        assert_eq!(cleared.facts("focus", vec![2], vec![1]), [2]);
        assert!(cleared.facts("end", Vec::new(), vec![1]).is_empty());
    }
}
