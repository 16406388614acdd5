//! Knows what a request may carry: nothing, JSON, or a file.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::json;
use crate::media::{FileFormat, JSON_MEDIA_TYPE, MAIL_MEDIA_TYPE, TextFormat, charset, essence};
use crate::problem::FieldError;

/// What class of body an endpoint takes; the class decides the size limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyClass {
    /// No body.
    Empty,
    /// JSON, at most 1 MiB by default.
    Json,
    /// A file, at most 5 MiB by default.
    File,
}

/// A body ready to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedBody {
    /// The media type.
    pub media_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A body that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BodyFault {
    /// The media type is not one that the endpoint takes.
    #[error("the media type is not one of: {}", .accepted.join(", "))]
    MediaType {
        /// The media types that the endpoint takes.
        accepted: Vec<&'static str>,
    },
    /// The media type names a charset in which the endpoint does not read.
    #[error("the charset {found:?} is not read; JSON is UTF-8")]
    Charset {
        /// The charset as it was named.
        found: String,
        /// The media types that the endpoint takes.
        accepted: Vec<&'static str>,
    },
    /// The bytes are not what the media type says, or break a limit of depth or length.
    #[error("{detail}")]
    Malformed {
        /// What is wrong, and where.
        detail: String,
    },
    /// The bytes can be read, but fields are not right.
    #[error("{} field(s) are not right", .0.len())]
    Invalid(Vec<FieldError>),
}

/// What a request carries.
pub trait RequestBody: Sized + Send + Sync + 'static {
    /// The class of body.
    const CLASS: BodyClass;

    /// The media types taken; empty for no body.
    fn media_types() -> Vec<&'static str>;

    /// Writes the body; `None` for no body.
    ///
    /// # Errors
    ///
    /// If the value cannot be written as JSON.
    fn encode(&self) -> Result<Option<EncodedBody>, serde_json::Error>;

    /// Reads the body. `media_type` is the `Content-Type` header as it came, if it did.
    ///
    /// # Errors
    ///
    /// [`BodyFault`], which names the field.
    fn decode(media_type: Option<&str>, bytes: Vec<u8>) -> Result<Self, BodyFault>;

    /// The JSON Schema of the body, for a JSON body.
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema>;
}

/// No body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoBody;

impl RequestBody for NoBody {
    const CLASS: BodyClass = BodyClass::Empty;

    fn media_types() -> Vec<&'static str> {
        Vec::new()
    }

    fn encode(&self) -> Result<Option<EncodedBody>, serde_json::Error> {
        Ok(None)
    }

    fn decode(_: Option<&str>, bytes: Vec<u8>) -> Result<Self, BodyFault> {
        if bytes.is_empty() {
            Ok(Self)
        } else {
            Err(BodyFault::Malformed { detail: "this operation takes no body".to_owned() })
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
}

/// A JSON body; a test sees to it that each refuses unknown fields.
impl<T: Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static> RequestBody for T {
    const CLASS: BodyClass = BodyClass::Json;

    fn media_types() -> Vec<&'static str> {
        vec![JSON_MEDIA_TYPE]
    }

    fn encode(&self) -> Result<Option<EncodedBody>, serde_json::Error> {
        Ok(Some(EncodedBody { media_type: JSON_MEDIA_TYPE, bytes: serde_json::to_vec(self)? }))
    }

    fn decode(media_type: Option<&str>, bytes: Vec<u8>) -> Result<Self, BodyFault> {
        let media_type = media_type.filter(|text| essence(text).eq_ignore_ascii_case(JSON_MEDIA_TYPE));
        let media_type = media_type.ok_or_else(|| BodyFault::MediaType { accepted: Self::media_types() })?;
        only_utf8(media_type, Self::media_types)?;
        json::from_slice(&bytes)
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<Self>())
    }
}

/// Refuses a charset that is not UTF-8: what is sent in another one would be read as something else.
fn only_utf8(media_type: &str, accepted: fn() -> Vec<&'static str>) -> Result<(), BodyFault> {
    match charset(media_type) {
        Some(found) if !["utf-8", "utf8"].iter().any(|known| found.eq_ignore_ascii_case(known)) => {
            Err(BodyFault::Charset { found: found.to_owned(), accepted: accepted() })
        }
        Some(_) | None => Ok(()),
    }
}

/// A file to import, sent as its raw bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct FileUpload {
    /// What the file is, as its media type says.
    pub format: FileFormat,
    /// The encoding that its media type names, if it does: `windows-1250` in `text/csv; charset=windows-1250`.
    pub charset: Option<String>,
    /// The file.
    pub bytes: Vec<u8>,
}

impl FileUpload {
    /// A file whose encoding is not said.
    #[must_use]
    pub const fn new(format: FileFormat, bytes: Vec<u8>) -> Self {
        Self { format, charset: None, bytes }
    }
}

impl std::fmt::Debug for FileUpload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileUpload({:?}, {} bytes)", self.format, self.bytes.len())
    }
}

impl RequestBody for FileUpload {
    const CLASS: BodyClass = BodyClass::File;

    fn media_types() -> Vec<&'static str> {
        FileFormat::ALL.map(FileFormat::media_type).to_vec()
    }

    fn encode(&self) -> Result<Option<EncodedBody>, serde_json::Error> {
        Ok(Some(EncodedBody { media_type: self.format.media_type(), bytes: self.bytes.clone() }))
    }

    fn decode(media_type: Option<&str>, bytes: Vec<u8>) -> Result<Self, BodyFault> {
        let format = media_type
            .and_then(FileFormat::from_media_type)
            .ok_or_else(|| BodyFault::MediaType { accepted: Self::media_types() })?;
        if bytes.is_empty() {
            let empty =
                FieldError::at_pointer("", "the file is empty").expecting("a file with something in it");
            return Err(BodyFault::Invalid(vec![empty]));
        }
        let charset = media_type.and_then(charset).map(str::to_owned);
        Ok(Self { format, charset, bytes })
    }

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
}

/// The text of an agreement, sent as its raw bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct TextUpload {
    /// What the document is, as its media type says.
    pub format: TextFormat,
    /// The document.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for TextUpload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TextUpload({:?}, {} bytes)", self.format, self.bytes.len())
    }
}

impl RequestBody for TextUpload {
    const CLASS: BodyClass = BodyClass::File;

    fn media_types() -> Vec<&'static str> {
        TextFormat::ALL.map(TextFormat::media_type).to_vec()
    }

    fn encode(&self) -> Result<Option<EncodedBody>, serde_json::Error> {
        Ok(Some(EncodedBody { media_type: self.format.media_type(), bytes: self.bytes.clone() }))
    }

    fn decode(media_type: Option<&str>, bytes: Vec<u8>) -> Result<Self, BodyFault> {
        let format = media_type
            .and_then(TextFormat::from_media_type)
            .ok_or_else(|| BodyFault::MediaType { accepted: Self::media_types() })?;
        if format == TextFormat::Plain {
            media_type.map_or(Ok(()), |media_type| only_utf8(media_type, Self::media_types))?;
        }
        if bytes.is_empty() {
            let error = FieldError::at_pointer("", "the document is empty");
            return Err(BodyFault::Invalid(vec![error.expecting("at least one byte")]));
        }
        if TextFormat::of(&bytes) != Some(format) {
            let detail = format!("the document is not {}", format.media_type());
            return Err(BodyFault::Malformed { detail });
        }
        Ok(Self { format, bytes })
    }

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
}

/// A mail that came, sent as its raw bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct MailUpload {
    /// The mail with its headers (RFC 5322).
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for MailUpload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MailUpload({} bytes)", self.bytes.len())
    }
}

impl RequestBody for MailUpload {
    const CLASS: BodyClass = BodyClass::File;

    fn media_types() -> Vec<&'static str> {
        vec![MAIL_MEDIA_TYPE]
    }

    fn encode(&self) -> Result<Option<EncodedBody>, serde_json::Error> {
        Ok(Some(EncodedBody { media_type: MAIL_MEDIA_TYPE, bytes: self.bytes.clone() }))
    }

    fn decode(media_type: Option<&str>, bytes: Vec<u8>) -> Result<Self, BodyFault> {
        if media_type.is_none_or(|text| !essence(text).eq_ignore_ascii_case(MAIL_MEDIA_TYPE)) {
            return Err(BodyFault::MediaType { accepted: Self::media_types() });
        }
        if bytes.is_empty() {
            let error =
                FieldError::at_pointer("", "the mail is empty").expecting("a mail with something in it");
            return Err(BodyFault::Invalid(vec![error]));
        }
        Ok(Self { bytes })
    }

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
}
