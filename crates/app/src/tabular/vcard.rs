//! Address books: files of vCards (RFC 2426 and 6350, and the 2.1 that telephones still write), as a table with a row for each card.
//!
//! The cards are read by `calcard`, which undoes folding, quoted-printable and escapes. What a row has no column for stands in the
//! column of remarks by its name; what is not kept at all, such as photographs, in a column of its own that no field reads, so that the
//! report shows it. A card that is cut off is a faulty row, and text between the cards an aside.

use calcard::common::IanaString as _;
use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue};

use super::encoding::{self, Because, Decoded};
use super::error::Unreadable;
use super::limits::Limits;
use super::table::{Aside, AsideKind, Column, Note, RawRow, Row, RowFault, Table};

/// The columns, by the names of the fields that they hold; the last by none.
const COLUMNS: [&str; 14] = [
    "name",
    "other names",
    "pronunciation",
    "form of address",
    "email",
    "phone",
    "post",
    "organisations",
    "position",
    "languages",
    "zone",
    "notes",
    "sources",
    "(not kept)",
];
const NOT_KEPT: usize = COLUMNS.len() - 1;
/// The columns whose values run over several lines, so that an empty line stands between two of them.
const OF_SEVERAL_LINES: [&str; 2] = ["post", "notes"];

/// Whether a file is one of vCards.
#[must_use]
pub fn is_vcard(bytes: &[u8]) -> bool {
    let Ok(decoded) = encoding::decode(bytes, None, &|_| 0) else { return false };
    let first = decoded.text.lines().map(str::trim).find(|line| !line.is_empty());
    first.is_some_and(|line| line.eq_ignore_ascii_case("BEGIN:VCARD"))
}

/// Reads a file of vCards as a table.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Table, Unreadable> {
    let Decoded { text, encoding, because } = encoding::decode(bytes, None, &|_| 0)?;
    let (mut rows, mut asides) = (Vec::new(), Vec::new());
    let mut card: Option<(u32, Vec<&str>)> = None;
    let mut last = 0;
    for (line, number) in text.lines().zip(1..) {
        last = number;
        let word = line.trim();
        if word.eq_ignore_ascii_case("BEGIN:VCARD") {
            if let Some((begin, lines)) = card.take() {
                rows.push(row(begin, number - 1, &lines, Some(RowFault::CutOff)));
            }
            card = Some((number, vec![line]));
        } else if let Some((begin, lines)) = &mut card {
            lines.push(line);
            if word.eq_ignore_ascii_case("END:VCARD") {
                rows.push(row(*begin, number, lines, None));
                card = None;
            }
        } else {
            let kind = if word.is_empty() { AsideKind::Blank } else { AsideKind::Footer };
            asides.push(Aside { line: number, last_line: number, kind, text: word.to_owned() });
        }
        if rows.len() > limits.rows {
            return Err(Unreadable::TooManyRows { limit: limits.rows });
        }
    }
    if let Some((begin, lines)) = card {
        rows.push(row(begin, last, &lines, Some(RowFault::CutOff)));
    }
    let columns = COLUMNS.into_iter().enumerate();
    let mut notes = vec![Note::Encoding(encoding)];
    match because {
        Because::Certain => {}
        Because::NamesAreKnown => notes.push(Note::EncodingByNames),
        Because::Assumed => notes.push(Note::EncodingAssumed),
        Because::Doubtful(others) => notes.push(Note::EncodingDoubtful(others)),
    }
    Ok(Table {
        header_line: 0,
        header_last_line: 0,
        columns: columns.map(|(index, title)| Column { index, title: title.to_owned() }).collect(),
        rows,
        asides,
        notes,
        lines: last,
    })
}

/// The row of a card.
fn row(line: u32, last_line: u32, lines: &[&str], fault: Option<RowFault>) -> Row {
    let mut cells: [Vec<String>; COLUMNS.len()] = std::array::from_fn(|_| Vec::new());
    let text = lines.join("\r\n") + if fault.is_some() { "\r\nEND:VCARD\r\n" } else { "\r\n" };
    cells[NOT_KEPT].extend(no_properties(lines));
    match VCard::parse(&text) {
        Ok(card) => fill(&mut cells, &card),
        Err(_) => cells[NOT_KEPT].push("the card cannot be read".to_owned()),
    }
    let between = |title: &str| if OF_SEVERAL_LINES.contains(&title) { "\n\n" } else { "\n" };
    let cells = cells.into_iter().zip(COLUMNS).map(|(values, title)| values.join(between(title))).collect();
    let raw = RawRow { line, last_line, cells: Vec::new(), faults: Vec::new(), is_hidden: false };
    Row::new(&raw, fault.into_iter().collect(), cells)
}

/// Lines that no property begins on and none goes on in: the reader passes them over.
fn no_properties<'a>(lines: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    let goes_on = |at: usize| at > 0 && lines[at - 1].trim_end().ends_with('=');
    let stray = move |(at, line): &(usize, &&str)| {
        !line.trim().is_empty() && !line.starts_with([' ', '\t']) && !line.contains(':') && !goes_on(*at)
    };
    lines.iter().enumerate().filter(stray).map(|(_, line)| format!("stray line: {}", line.trim()))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "whatever else a card says is kept by its name")]
fn fill(cells: &mut [Vec<String>; COLUMNS.len()], card: &VCard) {
    let at = |title: &str| COLUMNS.iter().position(|column| *column == title).unwrap_or(NOT_KEPT);
    let (mut full, mut composed, mut phonetic) = (Vec::new(), Vec::new(), Vec::new());
    for entry in &card.entries {
        let values: Vec<String> = entry.values.iter().map(|value| text(value, entry)).collect();
        let whole = values.iter().filter(|value| !value.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        if whole.is_empty() {
            continue;
        }
        let label = label(entry, card);
        let label = label.as_deref();
        match &entry.name {
            VCardProperty::Version | VCardProperty::Begin | VCardProperty::End => {}
            VCardProperty::Fn => full.push(whole),
            VCardProperty::N => {
                let part = |at: usize| values.get(at).cloned().unwrap_or_default();
                // Family; given; further; before; after.
                let name = [part(3), part(1), part(2), part(0), part(4)].map(|word| word.trim().to_owned());
                composed.push(name.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
            }
            VCardProperty::Nickname => {
                cells[at("other names")].extend(values.into_iter().filter(|it| !it.is_empty()));
            }
            VCardProperty::Email => cells[at("email")].push(labelled(&whole, label)),
            VCardProperty::Tel => {
                let number = whole.strip_prefix("tel:").unwrap_or(&whole).replace(";ext=", " ext. ");
                cells[at("phone")].push(labelled(&number, label));
            }
            VCardProperty::Adr => {
                let lines: Vec<&str> =
                    values.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
                cells[at("post")].push(labelled(&lines.join("\n"), label));
            }
            VCardProperty::Org => cells[at("organisations")].push(whole),
            VCardProperty::Title => cells[at("position")].push(whole),
            VCardProperty::Role if cells[at("position")].is_empty() && !has(card, &VCardProperty::Title) => {
                cells[at("position")].push(whole);
            }
            VCardProperty::Lang => cells[at("languages")].push(whole),
            VCardProperty::Tz => cells[at("zone")].push(whole),
            VCardProperty::Note => cells[at("notes")].push(whole),
            VCardProperty::Source => cells[at("sources")].push(whole),
            VCardProperty::Photo | VCardProperty::Logo | VCardProperty::Sound | VCardProperty::Key => {
                cells[NOT_KEPT].push(format!("{}: not kept", entry.name.as_str()));
            }
            VCardProperty::Prodid | VCardProperty::Rev | VCardProperty::Clientpidmap => {
                cells[NOT_KEPT].push(format!("{}: {whole}", entry.name.as_str()));
            }
            VCardProperty::Other(name) if name.to_ascii_uppercase().starts_with("X-PHONETIC-") => {
                phonetic.push(whole);
            }
            VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ABLABEL") => {}
            other => {
                let value = labelled(&whole, label);
                cells[at("notes")].push(format!("{}: {value}", other.as_str()));
            }
        }
    }
    cells[at("pronunciation")].extend((!phonetic.is_empty()).then(|| phonetic.join(" ")));
    // A composed name that only repeats the words of the full one says nothing new.
    let words = |name: &str| name.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let known: Vec<String> = full.iter().flat_map(|name| words(name)).collect();
    composed.retain(|name| !name.is_empty() && words(name).iter().any(|word| !known.contains(word)));
    let mut names = full.into_iter().chain(composed);
    cells[at("name")].extend(names.next());
    cells[at("other names")].extend(names);
}

fn has(card: &VCard, property: &VCardProperty) -> bool {
    card.entries.iter().any(|entry| entry.name == *property && !entry.values.is_empty())
}

/// A value in words.
fn text(value: &VCardValue, entry: &VCardEntry) -> String {
    let text = match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Component(parts) => parts.join(", "),
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Float(number) => number.to_string(),
        VCardValue::Boolean(value) => value.to_string(),
        other @ (VCardValue::PartialDateTime(_)
        | VCardValue::Binary(_)
        | VCardValue::Sex(_)
        | VCardValue::GramGender(_)
        | VCardValue::Kind(_)) => written(other, entry),
    };
    repaired(text.trim())
}

/// A value as the card writes it.
fn written(value: &VCardValue, entry: &VCardEntry) -> String {
    let entry = VCardEntry { values: vec![value.clone()], group: None, params: Vec::new(), ..entry.clone() };
    let name = entry.name.as_str().to_owned();
    let card = VCard { entries: vec![entry] }.to_string().replace("\r\n ", "");
    let line = card.lines().find(|line| line.starts_with(&name));
    line.and_then(|line| line.split_once(':')).map(|(_, value)| value.to_owned()).unwrap_or_default()
}

/// UTF-8 that some program took for Latin-1: `KÃ¶ln` is `Köln`.
fn repaired(text: &str) -> String {
    let bytes: Option<Vec<u8>> = text.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    let fixed = bytes.filter(|bytes| !bytes.is_ascii()).and_then(|bytes| String::from_utf8(bytes).ok());
    fixed.unwrap_or_else(|| text.to_owned())
}

/// What an entry is for: the label that its program wrote beside it, or else its types.
#[expect(clippy::wildcard_enum_match_arm, reason = "a type is a word, and nothing else is")]
fn label(entry: &VCardEntry, card: &VCard) -> Option<String> {
    let named = |other: &&VCardEntry| {
        entry.group.is_some()
            && other.group == entry.group
            && matches!(&other.name, VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ABLABEL"))
    };
    if let Some(label) = card.entries.iter().find(named).and_then(|other| other.values.first()) {
        let label = text(label, entry);
        return Some(label.trim_start_matches("_$!<").trim_end_matches(">!$_").to_lowercase());
    }
    let types = entry.params.iter().filter(|param| param.name == VCardParameterName::Type);
    let words: Vec<String> = types
        .filter_map(|param| match &param.value {
            VCardParameterValue::Type(kind) => Some(kind.as_str().to_lowercase()),
            VCardParameterValue::Text(word) => Some(word.to_lowercase()),
            _ => None,
        })
        .filter(|word| !["internet", "pref", "voice", "x-internet"].contains(&word.as_str()))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn labelled(value: &str, label: Option<&str>) -> String {
    label.map_or_else(|| value.to_owned(), |label| format!("{value} ({label})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = read(text.as_bytes(), &Limits::default()).expect("a table");
        table.rows.iter().map(|row| row.cells().to_vec()).collect()
    }

    #[test]
    fn what_programs_write_is_undone_and_nothing_is_lost() {
        let cards = cells(
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;Dr.;\r\n\
             FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =\r\nM=C3=BCller\r\nTEL;CELL:+49 221 000000\r\n\
             PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQ\r\n\r\nNOTE;ENCODING=QUOTED-PRINTABLE:K=C3=B6ln\r\nstray\r\nX-SKYPE:joerg\r\nEND:VCARD\r\n",
        );
        let card = cards[0].join("|");
        assert!(card.starts_with("Jörg Müller|Dr. Jörg Müller||"), "{card}");
        for kept in
            ["+49 221 000000 (cell)", "Köln", "X-SKYPE: joerg", "PHOTO: not kept", "stray line: stray"]
        {
            assert!(card.contains(kept), "{kept}: {card}");
        }
    }

    #[test]
    fn labels_of_apple_and_folded_lines_are_read() {
        let cards = cells(
            "BEGIN:VCARD\nVERSION:3.0\nN:Muster;Anna;;;\nFN:Anna Muster\nitem1.EMAIL;type=INTERNET:anna@exam\n ple.org\n\
             item1.X-ABLabel:_$!<Other>!$_\nORG:Stadt Köln;Amt für Internationales;\nADR;TYPE=HOME:;;Weg 1;Köln;;50667;Germany\nEND:VCARD\n",
        );
        let card = &cards[0];
        assert_eq!(card[4], "anna@example.org (other)");
        assert_eq!(card[7], "Stadt Köln, Amt für Internationales");
        assert_eq!(card[6], "Weg 1\nKöln\n50667\nGermany (home)");
        assert_eq!(card[1], "");
    }

    #[test]
    fn a_card_that_is_cut_off_is_a_faulty_row_and_text_between_cards_is_told() {
        let text = "BEGIN:VCARD\nVERSION:4.0\nFN:A\nBEGIN:VCARD\nVERSION:4.0\nFN:B\nEND:VCARD\nwhat is this\nBEGIN:VCARD\nFN:C\n";
        let table = read(text.as_bytes(), &Limits::default()).expect("a table");
        let faults: Vec<_> =
            table.rows.iter().map(|row| (row.line, row.cell(0), !row.faults.is_empty())).collect();
        assert_eq!(faults, [(1, "A", true), (4, "B", false), (9, "C", true)]);
        assert_eq!(table.asides.len(), 1);
    }
}
