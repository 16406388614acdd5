//! Runs of the import.

use sister_cities_domain::id::{ImportId, RecordKind};
use sister_cities_domain::import_run::{ImportContent, ImportRun};
use sister_cities_domain::value::ContentHash;

use super::{CreationOnly, column, is};
use crate::catalogue::IMPORT;
use crate::{Columns, Condition, Filter, Realm, Record, Value};

/// What a list of imports can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportFilter {
    /// In the state of this name, as in `applied`.
    State(String),
    /// That bring in this.
    Content(ImportContent),
    /// Of the file with this content.
    File(ContentHash),
}

impl Record for ImportRun {
    const KIND: RecordKind = RecordKind::Import;
    const VERSION: u16 = 1;
    type Id = ImportId;
    type Filter = ImportFilter;
    type Sort = CreationOnly;

    fn id(&self) -> ImportId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }

    fn columns(&self) -> Columns {
        Columns {
            values: vec![
                self.state.kind().as_str().into(),
                self.content.as_str().into(),
                Value::Bytes(self.file.as_bytes().to_vec()),
            ],
            sets: Vec::new(),
        }
    }
}

impl Filter for ImportFilter {
    fn conditions(&self) -> Vec<Condition> {
        match self {
            Self::State(state) => is(column(&IMPORT, 0), state.as_str()),
            Self::Content(content) => is(column(&IMPORT, 1), content.as_str()),
            Self::File(hash) => is(column(&IMPORT, 2), Value::Bytes(hash.as_bytes().to_vec())),
        }
    }
}
