//! Knows which of the names that there are may be meant by one that there is not.

/// A name that differs in more letters is another one.
const NEAR: usize = 3;

/// The name that is most like this one, if any is near. Of a short name little is left that is like it.
fn meant<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let written = name.to_lowercase();
    known
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(&written, &known.to_lowercase()), known))
        .filter(|(distance, _)| *distance <= NEAR.min(name.chars().count() / 2))
        .min()
        .map(|(_, known)| known)
}

/// A fault's words, with the name that may be meant.
pub(crate) fn with_hint<'n>(fault: &str, name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    match meant(name, known) {
        Some(meant) => format!("{fault}; did you mean {meant}?"),
        None => fault.to_owned(),
    }
}

#[test]
fn a_slip_of_the_pen_is_understood_and_another_word_is_not() {
    let known = ["partnership", "title", "limit"];
    for (written, is_meant) in [
        ("partnerschip", Some("partnership")),
        ("Titel", Some("title")),
        ("limits", Some("limit")),
        ("to", None),
        ("country", None),
    ] {
        assert_eq!(meant(written, known), is_meant, "{written}");
    }
}
