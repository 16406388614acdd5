//! All text inside a file, for looking whether it names somebody: not what a table would make of it, but everything.

use super::archive::Measured;
use super::encoding::{self, Because, Encoding};
use super::error::foreign_format;
use super::limits::Limits;
use super::vcard;

/// The texts inside a file: a workbook with its hidden sheets and its properties, or a text in any encoding that is read here: where the bytes do
/// not tell which, in each that they may be, as whoever uploaded it may have said any. None for any other format.
///
/// Of each part of a workbook there are two: with the tags taken out, so that a name in several styles is one; and with a
/// line break for each tag, so that a first and a last name in two cells stand next to each other.
#[must_use]
pub fn texts(bytes: &[u8], limits: &Limits) -> Option<Vec<String>> {
    if bytes.starts_with(b"PK") {
        let parts = Measured::new(bytes, limits).and_then(Measured::contents).ok()?;
        let parts = parts.iter().map(|part| String::from_utf8_lossy(part));
        return Some(parts.flat_map(|part| [without_tags(&part, ""), without_tags(&part, "\n")]).collect());
    }
    let mut texts = match encoding::decode(bytes, None, &|_| 0) {
        Ok(decoded) if decoded.because == Because::Certain && !bytes.contains(&ESCAPE) => {
            vec![decoded.text.into_owned()]
        }
        Ok(_) | Err(_) if foreign_format(bytes).is_none() => in_every_encoding(bytes),
        Ok(_) | Err(_) => Vec::new(),
    };
    if texts.is_empty() {
        return None;
    }
    if vcard::is_vcard(bytes) {
        let table = vcard::read(bytes, limits).ok()?;
        texts.extend(table.rows.iter().flat_map(|row| row.cells().iter().cloned()));
    }
    Some(texts)
}

/// What a text of seven bits has before letters of another alphabet (ISO 2022).
const ESCAPE: u8 = 0x1b;

fn in_every_encoding(bytes: &[u8]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for text in Encoding::all().filter_map(|encoding| encoding.text(bytes)) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn without_tags(xml: &str, instead: &str) -> String {
    let mut text = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push_str(instead);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_workbook_is_found_in_a_hidden_sheet_too() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write_string(0, 0, "City").expect("a cell");
        let hidden = book.add_worksheet();
        hidden.set_hidden(true);
        hidden.write_string(3, 1, "Anna O'Nowak & Co").expect("a cell");
        let bytes = book.save_to_buffer().expect("a workbook");
        let found = texts(&bytes, &Limits::default()).expect("texts");
        assert!(found.iter().any(|text| text.contains("Anna O'Nowak & Co")), "{found:?}");
    }

    #[test]
    fn other_encodings_are_read_and_other_formats_are_not() {
        let found = texts(b"name;M\xfcller", &Limits::default()).expect("a text");
        assert_eq!(found[0], "name;M\u{fc}ller");
        // Whatever the one who uploaded it said: in each encoding that the bytes may be.
        for (bytes, name) in [
            (b"name;\xa3ukasz \xafak".as_slice(), "Łukasz Żak"),
            (b"name;\xcd\xc1\xd2\xc9\xd1", "мария"),
            (b"name;\x1b$B;3ED\x1b(B", "山田"),
        ] {
            let found = texts(bytes, &Limits::default()).expect("a text");
            assert!(found.iter().any(|text| text.contains(name)), "{name}: {found:?}");
        }
        assert_eq!(texts(b"PK\x03\x04 no archive", &Limits::default()), None);
    }
}
