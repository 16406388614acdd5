//! Knows percent-encoding, strictly: a broken escape or text that is not UTF-8 is refused, never repaired.

use std::fmt::Write as _;

/// A broken percent escape, or escaped bytes that are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a percent sign must be followed by two hexadecimal digits, and the bytes must be UTF-8")]
pub struct BadPercent;

/// Escapes all but the unreserved characters of RFC 3986 (letters, digits, `-._~`).
#[must_use]
pub fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Resolves percent escapes.
///
/// # Errors
///
/// [`BadPercent`] if an escape is cut or not hexadecimal, or if the bytes are not UTF-8.
pub fn percent_decode(text: &str) -> Result<String, BadPercent> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = bytes.next().and_then(hex_digit).ok_or(BadPercent)?;
            let low = bytes.next().and_then(hex_digit).ok_or(BadPercent)?;
            out.push(high << 4 | low);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).map_err(|_| BadPercent)
}

/// Splits a query string into decoded names and values; `+` is a space. Empty parts between `&` are skipped.
///
/// # Errors
///
/// [`BadPercent`] as in [`percent_decode`].
pub fn query_pairs(query: &str) -> Result<Vec<(String, String)>, BadPercent> {
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((percent_decode(&name.replace('+', " "))?, percent_decode(&value.replace('+', " "))?))
        })
        .collect()
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_decodes_to_itself() {
        for text in ["", "prt_01h455vb4pex5vsknk084sn02q", "Český Těšín & co", "100 %", "a+b/c?d=e"] {
            assert_eq!(percent_decode(&percent_encode(text)).as_deref(), Ok(text));
        }
    }

    #[test]
    fn broken_escapes_are_refused_not_repaired() {
        for text in ["%", "%4", "%zz", "%ff", "%c3%28", "a%2"] {
            assert_eq!(percent_decode(text), Err(BadPercent), "{text}");
        }
    }

    #[test]
    fn a_query_keeps_order_and_repetition() {
        let pairs = query_pairs("kind=sister-city&&kind=a%26b&q=St.+Gallen&flag").expect("a good query");
        let expected = [("kind", "sister-city"), ("kind", "a&b"), ("q", "St. Gallen"), ("flag", "")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
