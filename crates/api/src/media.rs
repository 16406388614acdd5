//! Knows the media types that go over the wire.

/// The media type of bodies and replies.
pub const JSON_MEDIA_TYPE: &str = "application/json";
/// The media type of every error reply (RFC 9457).
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

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
}

impl FileFormat {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Tsv, Self::Xlsx];

    /// The media type by which a file of this format is sent.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The format with this media type; parameters such as `charset` have no say.
    #[must_use]
    pub fn from_media_type(text: &str) -> Option<Self> {
        let essence = essence(text);
        Self::ALL.into_iter().find(|format| essence.eq_ignore_ascii_case(format.media_type()))
    }
}

/// The media type without its parameters: `text/csv; charset=utf-8` is `text/csv`.
pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}
