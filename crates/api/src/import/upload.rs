//! `POST /v1/programmes/{programme}/imports`.

use http::Method;
use sister_cities_domain::value::Name;

use crate::{Access, Concurrency, Endpoint, FileUpload, Scope};

use super::{ImportKind, ImportView, MappingText};
use crate::programme::ProgrammePath;

/// Uploads a file to import; nothing is written but the file.
pub enum UploadImport {}

impl Endpoint for UploadImport {
    const NAME: &'static str = "upload_import";
    const SUMMARY: &'static str = "Uploads a file to import; nothing is written but the file.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/imports";
    const ACCESS: Access = Access::Scope(Scope::ImportWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    type Path = ProgrammePath;
    type Query = UploadImportQuery;
    type Body = FileUpload;
    type Reply = ImportView;
}

crate::parameters! {
    /// What the file is.
    pub struct UploadImportQuery {
        /// What it holds.
        pub kind: ImportKind,
        /// The name that it has, for people.
        pub file_name: Option<Name>,
        /// How it is to be read, if its header does not say enough: a mapping as JSON text.
        pub mapping: Option<MappingText>,
    }
}
