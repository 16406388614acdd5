//! Knows the media types that go over the wire.

/// The media type of bodies and replies.
pub const JSON_MEDIA_TYPE: &str = "application/json";
/// The media type of every error reply (RFC 9457).
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";
/// The media type of a mail with its headers (RFC 5322).
pub const MAIL_MEDIA_TYPE: &str = "message/rfc822";

/// The kinds of file that can be imported. The media type decides, not the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileFormat {
    /// Comma- or semicolon-separated text, in any encoding that the import can tell.
    Csv,
    /// Tab-separated text.
    Tsv,
    /// An Office Open XML workbook.
    Xlsx,
    /// An address book of vCards, version 2.1 to 4.
    Vcard,
    /// A calendar, whose events are taken as a log of engagements of one partnership.
    Icalendar,
}

impl FileFormat {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Tsv, Self::Xlsx, Self::Vcard, Self::Icalendar];

    /// The media type by which a file of this format is sent.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Vcard => "text/vcard",
            Self::Icalendar => "text/calendar",
        }
    }

    /// The format with this media type, whatever its parameters.
    #[must_use]
    pub fn from_media_type(text: &str) -> Option<Self> {
        let essence = essence(text);
        Self::ALL.into_iter().find(|format| essence.eq_ignore_ascii_case(format.media_type()))
    }
}

/// The kinds of document that the text of an agreement can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TextFormat {
    /// A PDF file.
    Pdf,
    /// Plain text in UTF-8.
    Plain,
    /// An Office Open XML document.
    Docx,
    /// An `OpenDocument` text.
    Odt,
}

impl TextFormat {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Plain, Self::Docx, Self::Odt];

    /// The media type by which a document of this format is sent.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Plain => "text/plain",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
        }
    }

    /// The format with this media type, whatever its parameters.
    #[must_use]
    pub fn from_media_type(text: &str) -> Option<Self> {
        let essence = essence(text);
        Self::ALL.into_iter().find(|format| essence.eq_ignore_ascii_case(format.media_type()))
    }

    /// The format of a document by what it begins with; none if it is none of these.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let has = |part: &[u8]| bytes.windows(part.len()).any(|found| found == part);
        if bytes.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if bytes.starts_with(b"PK\x03\x04") {
            // What `OpenDocument` demands of the first entry, and the part that Office Open XML demands of any document.
            let odt = bytes.get(30..).is_some_and(|rest| rest.starts_with(ODT_FIRST_ENTRY));
            let docx = !odt && has(b"word/document.xml");
            if odt { Some(Self::Odt) } else { docx.then_some(Self::Docx) }
        } else {
            std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).map(|_| Self::Plain)
        }
    }
}

const ODT_FIRST_ENTRY: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";

/// The media type without its parameters: `text/csv; charset=utf-8` is `text/csv`.
pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The `charset` of a media type: `utf-8` of `text/csv; charset="utf-8"`.
pub(crate) fn charset(media_type: &str) -> Option<&str> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_of_a_media_type_is_found() {
        assert_eq!(charset("text/csv; header=present; Charset=\"windows-1250\""), Some("windows-1250"));
        assert_eq!(charset("text/csv"), None);
    }

    #[test]
    fn a_document_is_known_by_its_bytes_and_not_by_what_is_said_of_it() {
        let mut odt = b"PK\x03\x04".to_vec();
        odt.resize(30, 0);
        odt.extend_from_slice(ODT_FIRST_ENTRY);
        for (bytes, format) in [
            (b"%PDF-1.7 \xff".as_slice(), Some(TextFormat::Pdf)),
            ("Artículo 1".as_bytes(), Some(TextFormat::Plain)),
            (&odt, Some(TextFormat::Odt)),
            (b"PK\x03\x04....word/document.xml", Some(TextFormat::Docx)),
            (b"PK\x03\x04....xl/workbook.xml", None),
            (b"\x7fELF\xff", None),
            (b"text with \0", None),
        ] {
            assert_eq!(TextFormat::of(bytes), format, "{bytes:?}");
        }
    }
}
