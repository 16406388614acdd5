//! The typed layer: how a type of the domain becomes a record and back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sister_cities_domain::id::{RecordKind, RecordRef};

use crate::catalogue::{KindDescription, Stored};
use crate::{RawBody, ReadError, Realm, Revision, StoredRecord, Value};

/// A type that is stored as a record.
///
/// To add one: implement this trait in a file of its own in the [catalogue](crate::catalogue), name the type in the list of kinds
/// there, write a migration for each back end, and add a sample to the conformance suite.
pub trait Record: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its kind.
    const KIND: RecordKind;

    /// The version of the shape of its body. Raised with every change that an older reader would not understand.
    const VERSION: u16;

    /// Its columns and sets, and how they are read from a record.
    const STORED: Stored<Self>;

    /// What the database knows of it.
    const DESCRIPTION: KindDescription;

    /// Its id.
    type Id: Copy + Into<RecordRef> + Send + Sync;

    /// Its id.
    fn id(&self) -> Self::Id;

    /// Whose record it is.
    fn realm(&self) -> Realm;

    /// The values of the catalogue's columns and sets.
    fn columns(&self) -> Columns {
        (Self::STORED.read)(self)
    }

    /// Reads a body; types with more than one version bring older ones up to date here.
    ///
    /// # Errors
    ///
    /// What was wrong, for the log.
    fn from_body(body: &RawBody) -> Result<Self, String> {
        if body.version > Self::VERSION {
            return Err(format!(
                "its body has version {}, this program knows {}",
                body.version,
                Self::VERSION
            ));
        }
        serde_json::from_str(&body.json).map_err(|error| error.to_string())
    }
}

/// The values of the catalogue's columns and sets of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The columns, in the order of the catalogue.
    pub values: Vec<Value>,
    /// The sets, in the order of the catalogue.
    pub sets: Vec<Vec<Value>>,
}

/// A record and the revision it was read at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The record.
    pub value: T,
    /// The revision to give back with the change.
    pub revision: Revision,
}

impl<T: Record> Versioned<T> {
    /// Reads a stored record.
    ///
    /// # Errors
    ///
    /// [`ReadError::Corrupt`] if the body cannot be understood.
    pub fn from_stored(stored: &StoredRecord) -> Result<Self, ReadError> {
        let value = T::from_body(&stored.body).map_err(|detail| ReadError::Corrupt {
            record: RecordRef { kind: T::KIND, id: stored.id },
            detail,
        })?;
        Ok(Self { value, revision: stored.revision })
    }
}

/// Names a record of type `T` in journals and errors.
#[must_use]
pub fn record_ref<T: Record>(id: T::Id) -> RecordRef {
    id.into()
}
