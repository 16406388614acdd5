//! Access tokens.

use sister_cities_domain::access::AccessToken;
use sister_cities_domain::id::{RecordKind, TokenId};

use super::CreationOnly;
use crate::{Columns, Condition, Filter, Realm, Record, Value};

/// A list that is not filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a list without filters has none")]
pub enum NoFilter {}

impl Filter for NoFilter {
    fn conditions(&self) -> Vec<Condition> {
        match *self {}
    }
}

impl Record for AccessToken {
    const KIND: RecordKind = RecordKind::Token;
    const VERSION: u16 = 1;
    type Id = TokenId;
    type Filter = NoFilter;
    type Sort = CreationOnly;

    fn id(&self) -> TokenId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }

    fn columns(&self) -> Columns {
        Columns { values: vec![Value::Bytes(self.hash.as_bytes().to_vec())], sets: Vec::new() }
    }
}
