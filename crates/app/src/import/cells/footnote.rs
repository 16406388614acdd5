//! Footnote marks of lists: `Hamburg [1]`, `1968[a]`, `Lyon [note 2]`. What stands in such brackets otherwise is part of what the cell says.

/// What may stand before the number of a footnote.
const BEFORE_NUMBER: &[&str] =
    &["nb", "n", "note", "notes", "fn", "ref", "anm", "anmerkung", "nota", "przyp", "p"];
/// What encyclopedias write where a footnote is missing.
const MISSING: &[&str] = &["citation needed", "when?", "clarification needed"];

/// The text without its footnote marks. Other words in square brackets stay, in round ones.
pub(crate) fn without_footnotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('[') {
        out.push_str(before);
        let (inside, after) = behind.split_once(']').unwrap_or((behind, ""));
        if !is_mark(inside.trim()) {
            let lacks_space = !before.is_empty() && !before.ends_with(char::is_whitespace);
            out.push_str(if lacks_space { " (" } else { "(" });
            out.push_str(inside.trim());
            out.push(')');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn is_mark(inside: &str) -> bool {
    let lower = inside.to_lowercase();
    let is_number = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b' ')
    };
    let numbered = || {
        let number = lower.trim_start_matches(|c: char| c.is_alphabetic() || c == '.' || c == ' ');
        let word = lower[..lower.len() - number.len()].trim_end_matches(['.', ' ']);
        is_number(number) && BEFORE_NUMBER.contains(&word)
    };
    inside.is_empty()
        || is_number(inside)
        || inside.chars().count() == 1
        || MISSING.contains(&lower.as_str())
        || numbered()
}

#[cfg(test)]
mod tests {
    use super::without_footnotes;

    #[test]
    fn footnote_marks_go_and_other_words_in_square_brackets_stay() {
        for (written, kept) in [
            ("Hamburg [1]", "Hamburg "),
            ("Prague[a][b]", "Prague"),
            ("1968[3]", "1968"),
            ("Lyon [note 2]", "Lyon "),
            ("Hamburg [suspended]", "Hamburg (suspended)"),
            ("Lyon[France]", "Lyon (France)"),
            ("Bydgoszcz [PL]", "Bydgoszcz (PL)"),
            ("Lyon [2", "Lyon "),
            ("Lyon [no end", "Lyon (no end)"),
            ("a] b", "a] b"),
        ] {
            assert_eq!(without_footnotes(written), kept, "{written}");
        }
    }
}
