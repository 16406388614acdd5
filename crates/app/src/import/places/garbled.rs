//! Names that went through a wrong encoding before they came here: `MÃ¼nchen`, `M\u{fffd}nchen`, `M?nchen`.

use encoding_rs::Encoding;

/// In which encodings a text in UTF-8 is read by mistake.
const MISTAKEN: [&Encoding; 3] =
    [encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1250, encoding_rs::WINDOWS_1251];

/// The name as it was meant, if its letters are those of UTF-8 read in another encoding.
pub(super) fn repaired(name: &str) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    MISTAKEN.into_iter().find_map(|mistaken| {
        let (bytes, _, has_others) = mistaken.encode(name);
        let right = std::str::from_utf8(&bytes).ok().filter(|_| !has_others)?;
        (right.chars().count() < name.chars().count()).then(|| right.to_owned())
    })
}

/// Whether a sign stands where a letter was that an encoding did not have.
pub(super) fn loses_letters(name: &str) -> bool {
    let signs: Vec<char> = name.chars().collect();
    let is_between = |three: &[char]| three[0].is_alphabetic() && three[1] == '?' && three[2].is_alphabetic();
    name.contains('\u{fffd}') || signs.windows(3).any(is_between)
}

/// The name with each letter that may have been lost, where it is one; its marks do not matter to find a place.
pub(super) fn filled_in(name: &str) -> Vec<String> {
    const LOST: &str = "aeiouycnszlrdtg";
    let is_lost = |c: char| c == '\u{fffd}' || c == '?';
    if name.chars().filter(|c| is_lost(*c)).count() != 1 {
        return Vec::new();
    }
    LOST.chars().map(|letter| name.replace(is_lost, &letter.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::{filled_in, loses_letters, repaired};

    #[test]
    fn letters_of_utf_8_that_were_read_in_another_encoding_are_told() {
        for (garbled, right) in
            [("MÃ¼nchen", "München"), ("GÃ¶teborg", "Göteborg"), ("SÃ£o Paulo", "São Paulo")]
        {
            assert_eq!(repaired(garbled).as_deref(), Some(right));
        }
        for name in ["München", "Łódź", "Ñuñoa", "大阪", "Paris", "Âncora"] {
            assert_eq!(repaired(name), None, "{name}");
        }
    }

    #[test]
    fn a_sign_among_letters_stands_for_one_that_was_lost() {
        assert!(loses_letters("M\u{fffd}nchen") && loses_letters("M?nchen"));
        assert!(!loses_letters("München (?)") && !loses_letters("Osaka ?"));
        assert!(filled_in("M?nchen").contains(&"Munchen".to_owned()) && filled_in("M??nchen").is_empty());
    }
}
