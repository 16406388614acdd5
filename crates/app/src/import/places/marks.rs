//! What is no part of a name in the cell of a list: marks, numbers of lines, footnotes, superscripts, quotes around all of it, line breaks.

use super::words::bracketed;
use crate::import::cells::footnote::without_footnotes;

/// A cell without what is no part of a name: marks of a list, footnotes, superscripts, quotes around all of it, line breaks.
pub(crate) fn clean(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut is_behind_mark = false;
    for c in without_footnotes(&written_out(cell)).chars() {
        // `Sydney*1`: the number belongs to the mark.
        if is_behind_mark && c.is_ascii_digit() {
            continue;
        }
        is_behind_mark = matches!(c, '*' | '†' | '‡' | '§');
        match c {
            '*'
            | '†'
            | '‡'
            | '§'
            | '¹'
            | '²'
            | '³'
            | '⁰'..='⁹'
            | '•'
            | '●'
            | '▪'
            | '‣'
            | '◦'
            | '·'
            | '☆'
            | '★'
            | '✓'
            | '✔'
            | '►'
            | '⁽'
            | '⁾'
            // Flags, pictures, arrows and boxes, and the marks of direction and of form that nobody sees.
            | '\u{1f1e6}'..='\u{1f1ff}'
            | '\u{1f300}'..='\u{1faff}'
            | '\u{25a0}'..='\u{27bf}'
            | '\u{2b00}'..='\u{2bff}'
            | '\u{200d}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{fe0e}'
            | '\u{fe0f}' => {}
            // `①`, `⑴`, `⒈` and the like.
            '\u{2460}'..='\u{24ff}' => out.push(' '),
            other => out.push(other),
        }
    }
    // What held but marks, as in `Tokyo (*)`.
    let out = out.replace("()", " ").replace("[]", " ");
    let spaced = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = spaced.as_str();
    loop {
        let before = text;
        text = without_end(without_mark(text)).trim();
        for (open, close) in
            [('"', '"'), ('\'', '\''), ('_', '_'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’'), ('»', '«')]
        {
            if let Some(inner) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
                text = inner.trim();
            }
        }
        if text == before {
            return text.to_owned();
        }
    }
}

/// Letters that pages of the web write as names.
const ENTITIES: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&auml;", "ä"),
    ("&ouml;", "ö"),
    ("&uuml;", "ü"),
    ("&Auml;", "Ä"),
    ("&Ouml;", "Ö"),
    ("&Uuml;", "Ü"),
    ("&szlig;", "ß"),
    ("&aacute;", "á"),
    ("&eacute;", "é"),
    ("&iacute;", "í"),
    ("&oacute;", "ó"),
    ("&uacute;", "ú"),
    ("&agrave;", "à"),
    ("&egrave;", "è"),
    ("&acirc;", "â"),
    ("&ecirc;", "ê"),
    ("&ocirc;", "ô"),
    ("&ccedil;", "ç"),
    ("&ntilde;", "ñ"),
    ("&atilde;", "ã"),
    ("&aring;", "å"),
    ("&oslash;", "ø"),
    ("&amp;", "&"),
];

fn written_out(cell: &str) -> String {
    if !cell.contains('&') {
        return cell.to_owned();
    }
    let text = ENTITIES.iter().fold(cell.to_owned(), |text, (entity, letter)| text.replace(entity, letter));
    numbers_as_letters(&text)
}

/// `K&#246;ln`, `K&#xf6;ln` with the letter.
fn numbers_as_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("&#") {
        out.push_str(before);
        let letter = behind.split_once(';').and_then(|(number, after)| {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            Some((char::from_u32(code).filter(|c| !c.is_control())?, after))
        });
        rest = if let Some((letter, after)) = letter {
            out.push(letter);
            after
        } else {
            out.push_str("&#");
            behind
        };
    }
    out.push_str(rest);
    out
}

/// `Sydney;`, `Moscow.`, `Busan (1)` without what ends it. A full stop behind a word of two letters shortens it.
fn without_end(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches([';', ',', ':']);
    if let Some((name, inside)) = bracketed(text)
        && inside.len() == 1
        && inside.bytes().all(|byte| byte.is_ascii_digit())
    {
        return name;
    }
    // `Durban 1)`.
    let before = text.trim_end_matches(')').trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.trim_end_matches(')').len() - before.len();
    if text.ends_with(')')
        && (1..=2).contains(&digits)
        && before.ends_with(|c: char| c.is_alphabetic() || c == ' ')
    {
        return before.trim_end();
    }
    let last = text.rsplit([' ', '.', '-']).find(|word| !word.is_empty()).unwrap_or_default();
    match text.strip_suffix('.') {
        Some(name) if last.chars().count() > 3 && !name.contains('.') => name,
        Some(_) | None => text,
    }
}

/// `1. Osaka`, `2) Milan`, `a) Lyon`, `- Accra`, `#5 Kyiv`, `IV. Warsaw`, `03 Turin`, without the mark.
fn without_mark(text: &str) -> &str {
    let rest =
        text.strip_prefix(['-', '–', '—', '>', '+', '~', '=', '#']).filter(|rest| rest.starts_with(' '));
    if let Some(rest) = rest {
        return rest;
    }
    // `01 Turin`, but `29 Palms`.
    let counted = text.strip_prefix('#').or_else(|| text.strip_prefix('0'));
    if let Some((number, rest)) = counted.and_then(|counted| counted.split_once(' '))
        && (1..=3).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return rest;
    }
    // `Nr. 1 Osaka`, `№ 2 Milan`, `N° 3 Lyon`.
    let counted = ["nr. ", "nr ", "no. ", "n° ", "nº ", "№ ", "№", "num. ", "lp. ", "poz. "]
        .into_iter()
        .find_map(|word| {
            let head = text.get(..word.len()).filter(|head| head.to_lowercase() == word)?;
            Some(&text[head.len()..])
        });
    if let Some((number, rest)) = counted.and_then(|counted| counted.split_once(' '))
        && let number = number.trim_end_matches([':', '.', ')', ','])
        && (1..=3).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return rest;
    }
    if let Some((number, rest)) = text.split_once(". ")
        && (2..=5).contains(&number.len())
        && number.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
    {
        return rest;
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letter = usize::from(inner.starts_with(|c: char| c.is_ascii_lowercase()));
    let mark = if digits > 0 { digits } else { letter };
    if (1..=3).contains(&mark)
        && let Some(rest) = inner[mark..].strip_prefix(['.', ')', ':', 'º', 'ª', '°', '/', '-', '–'])
        && rest.starts_with(' ')
    {
        return rest;
    }
    // `1.Osaka`, `2)Milan`, `3 - Lyon`: digits only, and a letter behind them.
    let behind = text[digits.min(text.len())..].trim_start();
    if (1..=3).contains(&digits)
        && inner.len() == text.len()
        && let Some(rest) = behind.strip_prefix(['.', ')', ':', '-', '–', '—', '|'])
        && rest.trim_start().starts_with(char::is_alphabetic)
        && (rest.starts_with(' ') || !behind.starts_with(['-', '–', '—']))
    {
        return rest.trim_start();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn marks_of_a_list_are_no_part_of_a_name() {
        for (written, name) in [
            ("1. Osaka", "Osaka"),
            ("2) Milan", "Milan"),
            ("(3) Lyon", "Lyon"),
            ("• Lucerne", "Lucerne"),
            ("- Accra", "Accra"),
            ("Kyiv*", "Kyiv"),
            ("Hamburg [1]", "Hamburg"),
            ("Durban¹", "Durban"),
            ("Łódź¹⁾", "Łódź"),
            ("Hamburg [suspended]", "Hamburg (suspended)"),
            ("Busan (1)", "Busan"),
            ("IV. Accra", "Accra"),
            ("V. N. de Gaia", "V. N. de Gaia"),
            ("01 Shanghai", "Shanghai"),
            ("#5 Toronto", "Toronto"),
            ("29 Palms", "29 Palms"),
            ("1.Osaka", "Osaka"),
            ("2)Milan", "Milan"),
            ("3 - Lyon", "Lyon"),
            ("4º Porto", "Porto"),
            ("Nr. 5 Kiel", "Kiel"),
            ("№ 6 Lviv", "Lviv"),
            ("① Kobe", "Kobe"),
            ("✅ Kyoto", "Kyoto"),
            ("Durban 1)", "Durban"),
            ("Sydney*1", "Sydney"),
            ("Petah Tikva (*)", "Petah Tikva"),
            ("K&#246;ln", "Köln"),
            ("Oslo.", "Oslo"),
            // The number of a department.
            ("Saint-Denis (93)", "Saint-Denis (93)"),
            ("🏙️ Accra", "Accra"),
            ("No. 1 Town", "Town"),
            ("Nordhausen", "Nordhausen"),
            ("9-de-Julio", "9-de-Julio"),
            ("Moscow.", "Moscow"),
            ("Frankfurt a. M.", "Frankfurt a. M."),
            ("Halle (Westf.)", "Halle (Westf.)"),
            ("Washington, D.C.", "Washington, D.C."),
            ("Sydney;", "Sydney"),
            ("_Bogotá_", "Bogotá"),
            ("\u{200e}Casablanca\u{200f}", "Casablanca"),
            ("🇯🇵 Kobe", "Kobe"),
            ("M&uuml;nchen", "München"),
            ("Köln&nbsp;", "Köln"),
            ("\"Paris\"", "Paris"),
            ("„Köln“", "Köln"),
            ("San Luis\nPotosí", "San Luis Potosí"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("6. Oktober City", "Oktober City"),
            ("10th of Ramadan City", "10th of Ramadan City"),
        ] {
            assert_eq!(clean(written), name, "{written}");
        }
    }
}
