//! The marks on letters: whether a name was written with letters that no known name of a place has.
//!
//! Leaving marks out is a way of writing (`Malmo`); putting others in is another name (`Kömlő` is not Komló). So a name
//! without marks fits every name that folds alike, and one with marks fits where each of its letters is that of a known name, or lacks
//! its mark. Official names are compared; of the other names a hash of their letters is kept, which is wrong once in some hundred
//! times, and then only spares a question.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Bytes of a row of the table of forms.
pub(crate) const FORM: usize = 3;

/// The letters of a name: lower case, with their marks, words apart by single spaces, apostrophes gone.
pub(crate) fn letters(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfc().flat_map(char::to_lowercase).nfc() {
        match c {
            '\'' | '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' | 'ʾ' | 'ʿ' | '′' => {}
            _ if c.is_alphanumeric() || is_combining_mark(c) => {
                if gap && !text.is_empty() {
                    text.push(' ');
                }
                gap = false;
                text.push(c);
            }
            _ => gap = true,
        }
    }
    text
}

/// Whether a Latin letter carries a mark.
pub(crate) fn has_marks(letters: &str) -> bool {
    !letters.is_ascii() && units(letters).iter().any(|(base, marks)| base.is_ascii_lowercase() && *marks != 0)
}

/// Whether each letter written is the known one, or that without its mark. Spaces and hyphens do not matter.
pub(crate) fn written_within(written: &str, known: &str) -> bool {
    let (written, known) = (units(written), units(known));
    written.len() == known.len()
        && written
            .iter()
            .zip(&known)
            .all(|((base, marks), (other, more))| base == other && marks & !more == 0)
}

/// A number that stands for the letters of a name, of 24 bits.
pub(crate) fn form(letters: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for (base, marks) in units(letters) {
        for byte in u32::from(base).to_le_bytes().into_iter().chain(marks.to_le_bytes()) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    (hash ^ (hash >> 24)) & 0x00ff_ffff
}

/// Whether the letters are those of another name of some place. `forms` is sorted.
pub(crate) fn is_known(forms: &[u8], letters: &str) -> bool {
    let wanted = form(letters);
    let (mut low, mut high) = (0, forms.len() / FORM);
    while low < high {
        let middle = usize::midpoint(low, high);
        match crate::format::uint::<FORM>(forms, middle * FORM).cmp(&wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

/// Letters without marks, each with its marks as bits.
fn units(letters: &str) -> Vec<(char, u32)> {
    let mut units: Vec<(char, u32)> = Vec::with_capacity(letters.len());
    for c in letters.nfd().flat_map(char::to_lowercase) {
        match c {
            'ß' => units.extend([('s', 0), ('s', 0)]),
            'æ' => units.extend([('a', 0), ('e', 0)]),
            'œ' => units.extend([('o', 0), ('e', 0)]),
            'ı' => units.push(('i', 0)),
            'ø' => units.push(('o', 1 << 30)),
            'ł' => units.push(('l', 1 << 30)),
            'đ' | 'ð' => units.push(('d', 1 << 30)),
            _ if is_combining_mark(c) => {
                if let Some((base, marks)) = units.last_mut() {
                    *marks |= mark(*base, c);
                }
            }
            _ if c.is_alphanumeric() => units.push((c, 0)),
            _ => {}
        }
    }
    units
}

/// The bit of a mark. Comma and cedilla below are one; the dot of an i is none.
fn mark(base: char, c: char) -> u32 {
    match u32::from(c) {
        0x307 if base == 'i' => 0,
        0x326 | 0x327 => 1 << 29,
        other => 1 << (other % 29),
    }
}

#[cfg(test)]
mod tests {
    use super::{has_marks, letters, written_within};

    fn within(written: &str, known: &str) -> bool {
        written_within(&letters(written), &letters(known))
    }

    #[test]
    fn marks_may_be_left_out_but_not_put_in() {
        for (written, known) in
            [("Komló", "Komló"), ("Komlo", "Komló"), ("Lodz", "Łódź"), ("Bocșa", "Bocşa"), ("İzmir", "Izmir")]
        {
            assert!(within(written, known), "{written}, {known}");
        }
        for (written, known) in [("Kömlő", "Komló"), ("Münich", "Munich"), ("Malmø", "Malmö")] {
            assert!(!within(written, known), "{written}, {known}");
        }
    }

    #[test]
    fn only_latin_letters_have_marks_that_matter() {
        assert!(has_marks(&letters("Zürich")));
        assert!(!has_marks(&letters("Київ")) && !has_marks(&letters("Weißenfels")));
    }
}
