//! From bytes to text: which encoding, and why. The rule is in the module above.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::code_page::CodePage;
use super::error::Unreadable;

/// An encoding that is read, by the name that the web has for it, or of DOS.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Encoding(Kind);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Web(&'static encoding_rs::Encoding),
    Dos(&'static CodePage),
}

impl Encoding {
    /// UTF-8, with or without a byte-order mark.
    pub const UTF_8: Self = Self(Kind::Web(UTF_8));
    /// UTF-16, little end first.
    pub const UTF_16_LE: Self = Self(Kind::Web(UTF_16LE));
    /// UTF-16, big end first.
    pub const UTF_16_BE: Self = Self(Kind::Web(UTF_16BE));
    /// Windows-1252, the Western European code page, a superset of ISO 8859-1's letters.
    pub const WINDOWS_1252: Self = Self(Kind::Web(WINDOWS_1252));

    /// The encoding of that label: `windows-1250`, `cp1250`, `latin2`, `Shift_JIS`.
    #[must_use]
    pub fn named(label: &str) -> Option<Self> {
        let label = label.trim();
        let known = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        // Names that spreadsheets and databases have for the code pages.
        let page = || {
            let lower = label.to_ascii_lowercase();
            let number = ["cp", "windows", "ansi", "ibm", "oem", "dos"]
                .into_iter()
                .find_map(|word| lower.strip_prefix(word))
                .unwrap_or(&lower);
            let number = number.trim_start_matches(['-', '_', ' ']);
            if let Some(page) = CodePage::numbered(number) {
                return Some(Kind::Dos(page));
            }
            let name = match number {
                "932" => "shift_jis".to_owned(),
                "936" => "gbk".to_owned(),
                "949" => "euc-kr".to_owned(),
                "950" => "big5".to_owned(),
                other => format!("windows-{other}"),
            };
            encoding_rs::Encoding::for_label_no_replacement(name.as_bytes()).map(Kind::Web)
        };
        known.map(Kind::Web).or_else(page).map(Self)
    }

    /// Those that are tried where the bytes are no Unicode text, the likeliest first.
    pub(super) fn tried() -> impl Iterator<Item = Self> {
        const LABELS: [&str; 26] = [
            "windows-1252",
            "windows-1250",
            "iso-8859-2",
            "windows-1254",
            "windows-1251",
            "shift_jis",
            "euc-jp",
            "gb18030",
            "big5",
            "euc-kr",
            "windows-1253",
            "windows-1257",
            "windows-1255",
            "windows-1256",
            "koi8-u",
            "macintosh",
            "iso-8859-15",
            "ibm850",
            "ibm852",
            "ibm866",
            "iso-8859-5",
            "iso-8859-7",
            "iso-8859-4",
            "koi8-r",
            "windows-874",
            "x-mac-cyrillic",
        ];
        LABELS.into_iter().filter_map(Self::named)
    }

    /// All that somebody may say a text is in.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        const MORE: [&str; 13] = [
            "iso-8859-3",
            "iso-8859-6",
            "iso-8859-8",
            "iso-8859-10",
            "iso-8859-13",
            "iso-8859-14",
            "iso-8859-16",
            "ibm437",
            "windows-1258",
            "gbk",
            "iso-2022-jp",
            "utf-16le",
            "utf-16be",
        ];
        Self::tried().chain(MORE.into_iter().filter_map(Self::named))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Web(encoding) => encoding.name(),
            Kind::Dos(page) => page.name,
        }
    }

    /// The text, if the bytes can be of this encoding.
    pub(super) fn text(self, bytes: &[u8]) -> Option<String> {
        let bytes =
            if self == Self::UTF_8 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
        let (text, has_errors) = self.decode(bytes);
        // Controls of the range above ASCII stand in no text, only where an encoding has nothing better for a byte.
        let is_text = !has_errors && !text.chars().any(|c| matches!(c, '\0' | '\u{80}'..='\u{9f}'));
        is_text.then(|| text.into_owned())
    }
}

impl Encoding {
    fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        match self.0 {
            Kind::Web(encoding) => encoding.decode_without_bom_handling(bytes),
            Kind::Dos(page) => (Cow::Owned(page.decode(bytes)), false),
        }
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = [
            (Self::UTF_16_LE, "UTF-16 LE"),
            (Self::UTF_16_BE, "UTF-16 BE"),
            (Self::WINDOWS_1252, "Windows-1252"),
        ];
        f.write_str(
            known.iter().find(|(encoding, _)| encoding == self).map_or(self.name(), |(_, name)| *name),
        )
    }
}

/// How a text was got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: Encoding,
    pub(super) because: Because,
}

/// Why this encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Because {
    /// The bytes say so, or the caller.
    Certain,
    /// The names of the list are known in it, and in no other.
    NamesAreKnown,
    /// The letters are those of Western Europe, and nothing speaks for another.
    Assumed,
    /// Nothing tells; the others that it may be.
    Doubtful(Vec<Encoding>),
}

/// How many names of a text are known; told by whoever knows what the text is about.
pub(super) type Known<'k> = dyn Fn(&str) -> usize + 'k;

/// How much of a file is looked at to tell UTF-16 without a byte-order mark.
const SAMPLE: usize = 4096;

pub(super) fn decode<'a>(
    bytes: &'a [u8],
    said: Option<Encoding>,
    known: &Known<'_>,
) -> Result<Decoded<'a>, Unreadable> {
    let certain = |text, encoding| Ok(Decoded { text, encoding, because: Because::Certain });
    if let Some(encoding) = said {
        return match encoding.text(bytes) {
            Some(text) => certain(Cow::Owned(text), encoding),
            None => Err(Unreadable::NotInEncoding { encoding: encoding.name() }),
        };
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return match std::str::from_utf8(rest) {
            Ok(text) => certain(checked(Cow::Borrowed(text))?, Encoding::UTF_8),
            Err(error) => Err(Unreadable::MixedEncoding { line: line_at(rest, error.valid_up_to()) }),
        };
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return certain(utf16(rest, Encoding::UTF_16_LE)?, Encoding::UTF_16_LE);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return certain(utf16(rest, Encoding::UTF_16_BE)?, Encoding::UTF_16_BE);
    }
    if let Some(encoding) = utf16_by_zeroes(bytes) {
        return certain(utf16(bytes, encoding)?, encoding);
    }
    // The sign by which JIS turns to Japanese letters stands in no other text.
    let is_jis = bytes.is_ascii() && bytes.windows(2).any(|two| two == b"\x1b$");
    if let Some(jis) = Encoding::named("iso-2022-jp").filter(|_| is_jis)
        && let Some(text) = jis.text(bytes)
    {
        return certain(Cow::Owned(text), jis);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => certain(checked(Cow::Borrowed(text))?, Encoding::UTF_8),
        Err(error) => {
            if mostly_utf8(bytes) {
                return Err(Unreadable::MixedEncoding { line: line_at(bytes, error.valid_up_to()) });
            }
            if bytes.contains(&0) {
                return Err(Unreadable::NotATable { found: "a binary file" });
            }
            best(bytes, known)
        }
    }
}

/// The encoding in which most names are known. Encodings that give the same text are one.
fn best<'a>(bytes: &[u8], known: &Known<'_>) -> Result<Decoded<'a>, Unreadable> {
    let mut texts: Vec<(usize, Encoding, String)> = Vec::new();
    for encoding in Encoding::tried() {
        let Some(text) = encoding.text(bytes) else { continue };
        if texts.iter().all(|(_, _, other)| *other != text) {
            texts.push((known(&text), encoding, text));
        }
    }
    let most = texts.iter().map(|(known, _, _)| *known).max().unwrap_or_default();
    let of_most = texts.iter().filter(|(known, _, _)| *known == most).count();
    let western = texts.iter().position(|(known, encoding, text)| {
        *known == most && *encoding == Encoding::WINDOWS_1252 && is_western(text)
    });
    let first = texts.iter().position(|(known, _, _)| *known == most);
    let (at, because) = match (western, first) {
        (_, Some(at)) if most > 0 && of_most == 1 => (at, Because::NamesAreKnown),
        (Some(at), _) => (at, Because::Assumed),
        (None, Some(at)) => {
            let mut others: Vec<(usize, usize)> = texts
                .iter()
                .enumerate()
                .filter(|(_, (known, _, _))| *known == most)
                .map(|(at, (_, _, text))| (oddities(text), at))
                .collect();
            others.sort_unstable();
            let encodings = others.iter().map(|(_, at)| texts[*at].1).collect();
            (others.first().map_or(at, |(_, first)| *first), Because::Doubtful(encodings))
        }
        (None, None) => return Err(Unreadable::NotATable { found: "a binary file" }),
    };
    let (_, encoding, text) = texts.swap_remove(at);
    Ok(Decoded { text: Cow::Owned(text), encoding, because })
}

/// How often a text shows what words do not: a sign between letters or next to one, a capital behind a small letter, letters of two scripts in a
/// word.
fn oddities(text: &str) -> usize {
    let is_foreign = |c: char| !c.is_ascii();
    let script = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => 1,
        '\u{370}'..='\u{3ff}' => 2,
        '\u{400}'..='\u{52f}' => 3,
        '\u{590}'..='\u{5ff}' => 4,
        '\u{600}'..='\u{6ff}' => 5,
        '\u{ff61}'..='\u{ff9f}' => 6,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => 7,
        '\u{ac00}'..='\u{d7a3}' => 8,
        _ => 0,
    };
    let chars: Vec<char> = text.chars().collect();
    let odd = |pair: &[char]| {
        let (one, other) = (pair[0], pair[1]);
        if !is_foreign(one) && !is_foreign(other) {
            return false;
        }
        let letters = (one.is_alphabetic(), other.is_alphabetic());
        let is_sign = |c: char| {
            is_foreign(c) && !c.is_alphanumeric() && !matches!(c, '’' | '‘' | '“' | '”' | '–' | '\u{a0}')
        };
        letters == (true, true)
            && (one.is_lowercase() && other.is_uppercase() || script(one) != script(other))
            || letters.0 && is_sign(other)
            || letters.1 && is_sign(one)
    };
    chars.windows(2).filter(|pair| odd(pair)).count()
}

/// Whether the letters above ASCII are those of Western European words: few to a word, no signs among letters.
fn is_western(text: &str) -> bool {
    const SIGNS: &str = "’‘“”„«»–—…•·°€£§©®²³½ª º¿¡´†";
    let is_letter = |c: char| {
        matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž' | 'Ÿ')
            && !matches!(c, 'ð' | 'þ' | 'Þ')
    };
    text.split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '\t' | '"')).all(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let foreign = word.chars().filter(|c| !c.is_ascii()).count();
        let marked = word.chars().filter(|c| is_letter(*c)).count();
        let plausible = word.chars().all(|c| c.is_ascii() || is_letter(c) || SIGNS.contains(c));
        // A sign between letters is no sign of this encoding: `Ko¹ice`.
        let inner: Vec<char> = word.chars().collect();
        let is_broken = inner.windows(3).any(|three| {
            three[0].is_alphabetic()
                && three[2].is_alphabetic()
                && !three[1].is_ascii()
                && !is_letter(three[1])
                && !matches!(three[1], '’' | '´' | '·' | '–')
        });
        foreign == 0 || plausible && !is_broken && (marked * 2 <= letters || letters <= 2)
    })
}

/// Text with NUL in it is no text.
fn checked(text: Cow<'_, str>) -> Result<Cow<'_, str>, Unreadable> {
    if text.contains('\0') {
        return Err(Unreadable::NotATable { found: "a binary file" });
    }
    Ok(text)
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<Cow<'_, str>, Unreadable> {
    match encoding.decode(bytes) {
        (text, false) => checked(text),
        (text, true) => {
            let before = text.split('\u{fffd}').next().unwrap_or("");
            Err(Unreadable::BrokenUtf16 { line: line_at(before.as_bytes(), before.len()) })
        }
    }
}

/// In UTF-16 of mostly Latin text every second byte is zero, and separators always have a zero half.
fn utf16_by_zeroes(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let (mut first, mut second) = (0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    if first == 0 && second * 5 >= pairs {
        return Some(Encoding::UTF_16_LE);
    }
    if second == 0 && first * 5 >= pairs {
        return Some(Encoding::UTF_16_BE);
    }
    None
}

/// Whether there are more whole UTF-8 sequences than foreign bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut foreign) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        foreign += usize::from(!chunk.invalid().is_empty());
    }
    whole > foreign
}

fn line_at(bytes: &[u8], offset: usize) -> u32 {
    let mut line = 1_u32;
    let mut previous = 0;
    for &byte in &bytes[..offset.min(bytes.len())] {
        if byte == b'\r' || (byte == b'\n' && previous != b'\r') {
            line = line.saturating_add(1);
        }
        previous = byte;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(String, Encoding), Unreadable> {
        decode(bytes, None, &|_| 0).map(|decoded| (decoded.text.into_owned(), decoded.encoding))
    }

    #[test]
    fn a_western_file_is_read_as_windows_1252() {
        let (text, encoding) = read(b"Bogot\xe1;M\xfcnchen\n").unwrap();
        assert_eq!((text.as_ref(), encoding), ("Bogotá;München\n", Encoding::WINDOWS_1252));
    }

    #[test]
    fn utf_16_is_seen_with_and_without_its_mark() {
        let big: Vec<u8> = "Kyiv,Київ\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = "Kyiv,Київ\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&big).unwrap(), ("Kyiv,Київ\n".to_owned(), Encoding::UTF_16_BE));
        assert_eq!(read(&little).unwrap(), ("Kyiv,Київ\n".to_owned(), Encoding::UTF_16_LE));
        let marked = [b"\xff\xfe".as_slice(), &little].concat();
        assert_eq!(read(&marked).unwrap(), ("Kyiv,Київ\n".to_owned(), Encoding::UTF_16_LE));
    }

    #[test]
    fn two_encodings_in_one_file_are_refused_with_the_line() {
        let bytes = b"city,country\nBogot\xc3\xa1,Colombia\nM\xc3\xbcnchen,Germany\nK\xf6ln,Germany\n";
        assert_eq!(read(bytes), Err(Unreadable::MixedEncoding { line: 4 }));
    }

    #[test]
    fn the_encoding_in_which_the_names_are_known_is_the_right_one() {
        let lodz = b"\xa3\xf3d\x9f;Polska\n";
        let known = |text: &str| usize::from(text.contains("Łódź"));
        let decoded = decode(lodz, None, &known).unwrap();
        assert_eq!((decoded.encoding.name(), decoded.because), ("windows-1250", Because::NamesAreKnown));
        // Where no name tells, a doubtful one is not taken.
        let decoded = decode(lodz, None, &|_| 0).unwrap();
        let Because::Doubtful(encodings) = &decoded.because else { panic!("{decoded:?}") };
        // The likeliest is the first proposal, and how the file is shown.
        assert_eq!((encodings[0].name(), decoded.text.as_ref()), ("windows-1250", "Łódź;Polska\n"));
        let said = decode(lodz, Encoding::named("cp1250"), &|_| 0).unwrap();
        assert_eq!((said.text.as_ref(), said.because), ("Łódź;Polska\n", Because::Certain));
        assert!(decode(b"\xff\xfe\xfa", Encoding::named("utf-8"), &|_| 0).is_err());
    }
}
