//! Gathers the letters of other names that carry marks.

use std::collections::BTreeSet;

use super::names::is_machine_made;
use super::places::Place;
use crate::letters::{form, has_marks, letters, written_within};

/// The table of forms: sorted, three bytes each. Letters of the official name are compared, so they are left out.
pub(super) fn table(places: &[Place]) -> Vec<u8> {
    let mut forms = BTreeSet::new();
    for place in places {
        let official = letters(&place.name);
        for name in place.alternates.iter().filter(|name| !is_machine_made(name)) {
            let other = letters(name);
            if has_marks(&other) && !written_within(&other, &official) {
                forms.insert(form(&other));
            }
        }
    }
    forms.into_iter().flat_map(|form| form.to_le_bytes().into_iter().take(crate::letters::FORM)).collect()
}
