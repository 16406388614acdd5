//! Finding the one that is meant, by a name as people type it.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::exit::Exit;
use crate::failure::Failure;

/// Something that can be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named<T> {
    pub(crate) item: T,
    /// How it is listed.
    pub(crate) title: String,
    /// Under which names it is found.
    pub(crate) names: Vec<String>,
}

/// The one among `all` that `wanted` means: by its whole name, else by how its name begins, else by a part of it;
/// case and accents do not matter. `what` is what is looked for, such as "partnership".
///
/// # Errors
///
/// [`Exit::NotFound`] where none fits, [`Exit::NeedsPerson`] where several do; both list what there is.
pub(crate) fn find_named<T>(what: &str, wanted: &str, all: Vec<Named<T>>) -> Result<T, Failure> {
    let wanted_folded = fold(wanted);
    let by = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        all.iter()
            .enumerate()
            .filter(|(_, named)| named.names.iter().any(|name| fits(&fold(name))))
            .map(|(at, _)| at)
            .collect()
    };
    let rules: [&dyn Fn(&str) -> bool; 3] =
        [&|name| name == wanted_folded, &|name| name.starts_with(&wanted_folded), &|name| {
            name.contains(&wanted_folded)
        }];
    let found = rules.iter().map(|fits| by(fits)).find(|found| !found.is_empty()).unwrap_or_default();
    match found.as_slice() {
        [] => {
            let failure = Failure::new(Exit::NotFound, format!("no {what} is called {wanted:?}"));
            Err(listing(failure, "there is:", all.iter()))
        }
        [one] => {
            let one = *one;
            all.into_iter()
                .nth(one)
                .map(|named| named.item)
                .ok_or_else(|| Failure::new(Exit::NotFound, format!("no {what} is called {wanted:?}")))
        }
        [..] => {
            let failure =
                Failure::new(Exit::NeedsPerson, format!("{wanted:?} may mean more than one {what}"));
            Err(listing(failure, "say which:", found.iter().map(|at| &all[*at])))
        }
    }
}

/// Whether that is the name; case and accents do not matter.
pub(crate) fn is_called(name: &str, wanted: &str) -> bool {
    fold(name) == fold(wanted)
}

/// Whether `part` occurs in `text`; case and accents do not matter.
pub(crate) fn mentions(text: &str, part: &str) -> bool {
    fold(text).contains(&fold(part))
}

fn listing<'a, T: 'a>(
    failure: Failure,
    head: &str,
    all: impl ExactSizeIterator<Item = &'a Named<T>>,
) -> Failure {
    const MOST: usize = 40;
    let more = all.len().saturating_sub(MOST);
    if all.len() == 0 {
        return failure.hint("there is none at all");
    }
    let failure = all.take(MOST).fold(failure.hint(head), |f, named| f.hint(format!("  {}", named.title)));
    if more > 0 { failure.hint(format!("  and {more} more")) } else { failure }
}

/// A name without case and accents, blanks evened out.
fn fold(name: &str) -> String {
    let letters: String =
        name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cities() -> Vec<Named<u8>> {
        [
            (1, "Birmingham", "United Kingdom"),
            (2, "Birmingham", "Alabama"),
            (3, "São Paulo", "Brazil"),
            (4, "Paris", "France"),
        ]
        .into_iter()
        .map(|(item, name, of)| Named {
            item,
            title: format!("{name}, {of}"),
            names: vec![name.to_owned(), format!("{name}, {of}")],
        })
        .collect()
    }

    #[test]
    fn case_and_accents_do_not_matter_and_a_beginning_is_enough() {
        for wanted in ["sao paulo", "SÃO PAULO", "sao", " são  paulo ", "paulo"] {
            assert_eq!(find_named("city", wanted, cities()).ok(), Some(3), "{wanted}");
        }
        assert_eq!(find_named("city", "birmingham, al", cities()).ok(), Some(2));
    }

    #[test]
    fn an_ambiguous_name_is_asked_back_not_guessed() {
        let asked = find_named("city", "birmingham", cities()).expect_err("two");
        assert_eq!(asked.exit, Exit::NeedsPerson);
        assert_eq!(asked.hints[1..], ["  Birmingham, United Kingdom", "  Birmingham, Alabama"]);
    }

    #[test]
    fn an_unknown_name_lists_what_there_is() {
        let unknown = find_named("city", "Lyon", cities()).expect_err("none");
        assert_eq!(unknown.exit, Exit::NotFound);
        assert_eq!(unknown.hints.len(), 5);
    }
}
