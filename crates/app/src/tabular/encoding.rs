//! From bytes to text: which encoding, and why. The rule is in the module above.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::error::Unreadable;

/// The encodings that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// Windows-1252, the Western European code page, a superset of ISO 8859-1's letters.
    Windows1252,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        })
    }
}

/// How much of a file is looked at to tell UTF-16 without a byte-order mark.
const SAMPLE: usize = 4096;

pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Unreadable> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return match std::str::from_utf8(rest) {
            Ok(text) => checked(Cow::Borrowed(text), Encoding::Utf8),
            Err(error) => Err(Unreadable::MixedEncoding { line: line_at(rest, error.valid_up_to()) }),
        };
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, Encoding::Utf16Le);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, Encoding::Utf16Be);
    }
    if let Some(encoding) = utf16_by_zeroes(bytes) {
        return utf16(bytes, encoding);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => checked(Cow::Borrowed(text), Encoding::Utf8),
        Err(error) => {
            if mostly_utf8(bytes) {
                return Err(Unreadable::MixedEncoding { line: line_at(bytes, error.valid_up_to()) });
            }
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            checked(text, Encoding::Windows1252)
        }
    }
}

/// Text with NUL in it is no text.
fn checked(text: Cow<'_, str>, encoding: Encoding) -> Result<(Cow<'_, str>, Encoding), Unreadable> {
    if text.contains('\0') {
        return Err(Unreadable::NotATable { found: "a binary file" });
    }
    Ok((text, encoding))
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<(Cow<'_, str>, Encoding), Unreadable> {
    let codec = match encoding {
        Encoding::Utf16Be => UTF_16BE,
        Encoding::Utf16Le | Encoding::Utf8 | Encoding::Windows1252 => UTF_16LE,
    };
    match codec.decode_without_bom_handling(bytes) {
        (text, false) => checked(text, encoding),
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
        return Some(Encoding::Utf16Le);
    }
    if second == 0 && first * 5 >= pairs {
        return Some(Encoding::Utf16Be);
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

    #[test]
    fn a_western_file_is_read_as_windows_1252() {
        let (text, encoding) = decode(b"Bogot\xe1;M\xfcnchen\n").unwrap();
        assert_eq!((text.as_ref(), encoding), ("Bogotá;München\n", Encoding::Windows1252));
    }

    #[test]
    fn utf_16_is_seen_with_and_without_its_mark() {
        let big: Vec<u8> = "Kyiv,Київ\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = "Kyiv,Київ\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&big).unwrap(), (Cow::from("Kyiv,Київ\n"), Encoding::Utf16Be));
        assert_eq!(decode(&little).unwrap(), (Cow::from("Kyiv,Київ\n"), Encoding::Utf16Le));
        let marked = [b"\xff\xfe".as_slice(), &little].concat();
        assert_eq!(decode(&marked).unwrap(), (Cow::from("Kyiv,Київ\n"), Encoding::Utf16Le));
    }

    #[test]
    fn two_encodings_in_one_file_are_refused_with_the_line() {
        let bytes = b"city,country\nBogot\xc3\xa1,Colombia\nM\xc3\xbcnchen,Germany\nK\xf6ln,Germany\n";
        assert_eq!(decode(bytes), Err(Unreadable::MixedEncoding { line: 4 }));
    }
}
